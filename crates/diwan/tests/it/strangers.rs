//! Every call of the API that names something by its id, tried on somebody else's: a citizen on another's, an officer of one
//! body on another body's. What is private answers exactly as what does not exist; nothing changes.
//!
//! The calls come from the description of the API, so that a new one that does not say here whose id it takes fails.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};
use services::RequestNumber;
use store::Sql;

use crate::{
    collecting::completed,
    delegations,
    machines::Machine,
    operation::other_node,
    refusals::{NOBODYS_ID, OPEN, body, described, nobodys},
    tunnels::Book,
    world::{Answer, PDF, Person, TestDiwan, on_both_engines},
};

const SERVICE: &str = "residence-certificate";
const WORDS: &str = "لا يوجد سجل بالنماذج التي حلت محلها الخدمة الإلكترونية.";

/// What everybody signed in may do with what is public.
const ANYBODYS: [&str; 1] = ["POST /api/v1/services/{id}/errors"];

/// Paths below which things are public or known by name, so that a refusal may say that they exist.
const NAMED: &[&str] = &[
    "/api/v1/bodies/{body}",
    "/api/v1/services/{id}",
    "/api/v1/directory/entries/{id}",
    "/api/v1/directory/register/{id}",
    "/api/v1/directory/classification/",
    "/api/v1/directory/endpoints/{body}",
    "/api/v1/compliance/",
    "/api/v1/attestations/{body}",
    "/api/v1/controls/{id}",
    "/api/v1/staff-directories/{body}",
    "/api/v1/standards/{id}",
    "/api/v1/lists/{list}",
];

/// Somebody's things, by the first words of the calls that take them.
pub struct Things(BTreeMap<&'static str, String>);

impl Things {
    pub async fn made(world: &TestDiwan) -> Things {
        let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
        let open = salma.delivers(SERVICE).await;
        let done = completed(world, &salma).await;
        let number = |number: &str| format!("/api/v1/requests/{number}");
        let asked = json!({ "recipient": "سلمى خالد", "street": "شارع الاستقلال 12", "city": "مدينة الساحل" });
        let copy = salma.posts(&format!("{}/copy", number(&done)), &asked).await.is(200).word("id");
        let slots = salma.gets(&format!("{}/slots", number(&done))).await.is(200).json();
        let slot = json!({ "starts_at": slots["items"][0]["starts_at"] });
        let booked = salma.posts(&format!("{}/appointment", number(&done)), &slot).await.is(200);
        let refused = salma.delivers(SERVICE).await;
        hamad.takes(&refused, "verify").await.is(200);
        let reason = json!({ "reason": "العنوان المذكور لا يطابق القيد في السجل." });
        world.person("Noura").acts(&refused, "refuse", reason).await.is(200);
        let grounds = json!({ "grounds": "العنوان صحيح، وقد حدثته في السجل قبل أسبوع." });
        salma.acts(&refused, "appeal", grounds).await.is(200);
        let list = json!({ "list": "desk", "form": "csv" });
        let mut things = BTreeMap::from([
            ("/api/v1/requests/{number}/approve", open.clone()),
            ("/api/v1/requests/{number}/refuse", open.clone()),
            ("/api/v1/requests/{number}/resubmit", open.clone()),
            ("/api/v1/requests/{number}/send_back", open.clone()),
            ("/api/v1/requests/{number}/verify", open.clone()),
            ("/api/v1/requests/{number}/withdraw", open),
            ("/api/v1/requests/{number}/appeal", refused),
            ("/api/v1/requests/{number}", done),
            ("/api/v1/copies/", copy),
            ("/api/v1/appointments/", booked.json()["appointment"]["id"].as_str().unwrap_or_default().into()),
            ("/api/v1/systems/", connected(world).await),
            ("/api/v1/exports/", hamad.posts("/api/v1/exports", &list).await.id()),
            ("/api/v1/uploads/", uploading(&salma).await),
        ]);
        let finding = json!({ "body": "digital-authority", "control": "LY-SVC-21.1", "severity": "high", "what": WORDS });
        things
            .insert("/api/v1/findings/", world.person("Omar").posts("/api/v1/findings", &finding).await.id());
        things.insert("/api/v1/exemptions/", exemption(world).await);
        let begun = hamad.posts("/api/v1/directory/proposals", &json!({ "service": SERVICE })).await;
        things.insert("/api/v1/directory/proposals/", begun.id());
        let report = json!({ "words": "ساعات العمل المذكورة في البطاقة قديمة." });
        salma.posts(&format!("/api/v1/services/{SERVICE}/errors"), &report).await.is(201);
        things.insert("/api/v1/directory/duties/", any(world, "SELECT id FROM entry_duty").await);
        things.insert("/api/v1/appeals/", any(world, "SELECT id FROM appeal").await);
        let own = |table: &str| {
            format!(
                "SELECT {table}.id FROM {table} JOIN identity_person ON identity_person.id = {table}.person WHERE identity_person.identifier = '219880412736'"
            )
        };
        things.insert("/api/v1/tokens/", any(world, &own("identity_token")).await);
        let signed_in = json!({ "identifier": "219880412736", "password": world.line("Salma").password });
        world.stranger().posts("/api/v1/sessions", &signed_in).await.is(201);
        things.insert("/api/v1/sessions/", any(world, &own("identity_session")).await);
        let mut node = other_node(world, 9);
        node.place.mail = Some("127.0.0.1:1".to_owned());
        node.watch().await.expect("a mail server that is not there is told of");
        things.insert("/api/v1/operation/alerts/", any(world, "SELECT id FROM operation_alert").await);
        let (device, loss) = lost(world).await;
        things.insert("/api/v1/devices/", device);
        things.insert("/api/v1/losses/", loss);
        things.extend(allowed(world).await);
        things.insert("/api/v1/emergencies/", emergency(world).await);
        let inbox = salma.gets("/api/v1/inbox").await.is(200).json();
        things.insert("/api/v1/inbox/", inbox["items"][0]["id"].as_str().expect("a notice").to_owned());
        things.insert("/api/v1/attacks/", attack(world).await);
        things.insert("/api/v1/cases/", violation(world).await);
        things.insert("/api/v1/permissions/narrowings/", narrowing(world).await);
        let (policy, assignment) = policy(world).await;
        things.insert("/api/v1/policies/", policy);
        things.insert("/api/v1/acknowledgements/", assignment);
        Things(things)
    }

    /// The id of one of them, by the words before it.
    pub fn one(&self, start: &str) -> Option<String> {
        let exact = self.0.get(start).or_else(|| self.0.get(format!("{start}{{number}}").as_str()));
        exact.cloned()
    }

    /// The path with somebody else's id in its first place; nothing for a call of which it is not said whose id it takes.
    pub fn somebodys(&self, path: &str) -> Option<String> {
        let known = self.0.iter().filter(|(start, _)| path.starts_with(*start));
        let (_, id) = known.max_by_key(|(start, _)| start.len())?;
        let place = path.find('{')?;
        let rest = &path[place..];
        let after = &rest[rest.find('}')? + 1..];
        Some(nobodys(&format!("{}{id}{after}", &path[..place])))
    }
}

/// Somebody who is named to get in while the staff directory of another body is silent.
async fn emergency(world: &TestDiwan) -> String {
    let until = (world.clock.now() + clock::DAY * 9).to_string();
    let number = &world.line("Omar").identifier;
    let wish = json!({ "person": number, "until": &until[..10], "reason": WORDS });
    let path = "/api/v1/staff-directories/digital-authority/emergencies";
    world.person("Amal").posts(path, &wish).await.id()
}

/// What Hamad asks to be let off.
async fn exemption(world: &TestDiwan) -> String {
    let today = world.clock.now().to_string();
    let later = (world.clock.now() + clock::DAY * 30).to_string();
    let wish = json!({ "body": "civil-registry", "controls": ["LY-SVC-20.1b"], "justification": WORDS,
        "from": &today[..10], "until": &later[..10] });
    world.person("Hamad").posts("/api/v1/exemptions", &wish).await.id()
}

/// Something that Amal would narrow.
async fn narrowing(world: &TestDiwan) -> String {
    let narrowing = json!({ "capability": "services", "action": "see_delays", "what": "assurance:high", "reason": WORDS });
    let proposed = world.person("Amal").posts("/api/v1/permissions/narrowings", &narrowing).await;
    proposed.is(201).word("id")
}

/// A case about Laila.
async fn violation(world: &TestDiwan) -> String {
    let violation = json!({ "body": "digital-authority", "control": "OM-SOC-C.3", "title": "مخالفة",
        "identifier": world.line("Laila").identifier, "facts": WORDS });
    world.person("Omar").posts("/api/v1/cases", &violation).await.id()
}

/// Somebody guesses at Noura's password until an alert is open.
async fn attack(world: &TestDiwan) -> String {
    let typed = json!({ "identifier": world.line("Noura").identifier, "password": "not the password" });
    for _ in 0..identity::GUESSES_FOR_ALERT {
        world.stranger().posts("/api/v1/sessions", &typed).await.is(401);
    }
    world.works_off_all_but_mail().await;
    any(world, "SELECT id FROM identity_attack").await
}

/// A policy that binds the civil registry, and what Noura has to acknowledge of it.
async fn policy(world: &TestDiwan) -> (String, String) {
    let id = crate::policies::published(world, "social_media").await;
    world.works_off_all_but_mail().await;
    let mine = world.person("Noura").gets("/api/v1/acknowledgements").await.is(200).json();
    (id, mine["items"][0]["id"].as_str().expect("an assignment").to_owned())
}

async fn any(world: &TestDiwan, question: &str) -> String {
    let row = world.parts.store.read().one(question, vec![]).await.expect("it can be read");
    row.expect("there is one").get::<uuid::Uuid>("id").expect("an id").to_string()
}

/// A device of somebody at another body, and the report of its loss.
async fn lost(world: &TestDiwan) -> (String, String) {
    let (devices, yasin) = (&world.parts.devices, world.actor("Yasin").await);
    let new =
        ::devices::NewDevice { body: "health-ministry", holder: "", name: "tablet", ownership: "personal" };
    let device = devices.register_device(&yasin, new).await.expect("a device");
    let (amal, number) = (world.actor("Amal").await, &world.line("Yasin").identifier);
    let loss = devices.report_device_lost(&amal, number, device, "").await.expect("a loss");
    (device.to_string(), loss.to_string())
}

/// A network of another body, and somebody who may work through it.
async fn allowed(world: &TestDiwan) -> [(&'static str, String); 2] {
    let (devices, yasin) = (&world.parts.devices, world.actor("Yasin").await);
    let (amal, sanad) = (world.actor("Amal").await, world.actor("Sanad").await);
    let new = ::devices::NewDevice {
        body: "health-ministry",
        holder: &world.line("Yasin").identifier,
        name: "laptop",
        ownership: "institution",
    };
    let device = devices.register_device(&amal, new).await.expect("a device");
    let machine = Machine::new(world);
    devices.make_ready(&yasin, device, machine.verifier()).await.expect("it is ready");
    let new = ::devices::NewVpn {
        body: "health-ministry",
        name: "remote",
        interface: "wg9",
        gateway: "vpn.example.gov:51820",
        range: "10.99.0.0/24",
        routes: "10.0.0.0/8",
        is_draft: false,
    };
    let vpn = devices.register_vpn(&amal, new).await.expect("a network");
    let shown = world.parts.documents.put_bytes(sanad.person, "shown.pdf", PDF, Default::default()).await;
    let shown = shown.expect("a document");
    let today = devices.offset.local(world.clock.now()).to_string();
    let attested = (WORDS, WORDS, &today[..10]);
    devices.approve_vpn(&sanad, vpn, attested, (shown.id, shown.name)).await.expect("it is approved");
    devices.tunnels.ask(std::sync::Arc::new(Book::published()));
    devices.activate_vpn(&amal, vpn).await.expect("it is switched on");
    let new = ::devices::NewPermission { vpn, device, from: &today[..10], until: &today[..10], why: WORDS };
    let permission = devices.grant_vpn(&amal, new).await.expect("a permission");
    [("/api/v1/vpn/profiles/", vpn.to_string()), ("/api/v1/vpn/permissions/", permission.to_string())]
}

async fn uploading(person: &Person) -> String {
    let call = person.call(Method::POST, "/api/v1/uploads").header("tus-resumable", "1.0.0");
    let call = call.header("upload-length", 9).header("upload-metadata", "filename bGVhc2UucGRm");
    let begun = Answer::to(call).await.is(201);
    begun.header("location").rsplit('/').next().unwrap_or_default().to_owned()
}

async fn tries(person: &Person, call: &str, path: &str) -> Answer {
    let method: Method = call.split_once(' ').expect("a call").0.parse().expect("a method");
    let request = person.call(method.clone(), path).header("tus-resumable", "1.0.0");
    let request = match method {
        Method::POST if call.ends_with("/intakes") => {
            request.multipart(reqwest::multipart::Form::new().text("reason", "قرص مع الطلب"))
        }
        Method::PATCH => request
            .header("upload-offset", 0)
            .header("content-type", "application/offset+octet-stream")
            .body(vec![b'x'; 9]),
        Method::POST | Method::PUT => request.json(&body(call)),
        _ => request,
    };
    Answer::to(request).await
}

/// What an answer tells: the status and the code.
fn told(answer: &Answer) -> (u16, String) {
    let problem: Value = serde_json::from_slice(&answer.bytes).unwrap_or_default();
    (answer.status, problem["code"].as_str().unwrap_or_default().to_owned())
}

/// Each act leaves an entry, so without a new one nothing was done.
async fn acts(world: &TestDiwan) -> i64 {
    let count = "SELECT COUNT(*) AS found FROM ledger_entry WHERE kind <> 'refused'";
    let row = world.parts.store.read().one(count, vec![]).await.expect("the ledger can be read");
    row.expect("a count").get("found").expect("a number")
}

#[tokio::test]
async fn nobody_opens_or_changes_what_is_somebody_elses() {
    on_both_engines(|world| async move {
        let mut things = Things::made(&world).await;
        let delegation = delegations::asked(&world, "Noura", "Aisha", &["decider"]).await;
        things.0.insert("/api/v1/delegations/", delegation);
        let before = acts(&world).await;
        let nobodys_number = RequestNumber::random(world.clock.now()).to_string();
        let (mut wrong, mut private) = (Vec::new(), 0);
        let calls = described(&world).await;
        let calls = calls.iter().filter(|call| call.contains('{') && !OPEN.contains(&call.as_str()));
        for call in calls.filter(|call| !ANYBODYS.contains(&call.as_str())) {
            let path = call.split_once(' ').expect("a call").1;
            let named = NAMED.iter().any(|start| path.starts_with(start));
            let theirs = match things.somebodys(path) {
                Some(theirs) => theirs,
                None if named => path.replace("{body}", "civil-registry").replace("{pack}", "ly-services"),
                None => panic!("{call}: say in `Things` whose id it takes"),
            };
            let theirs = nobodys(&theirs.replace("entries/{id}", &format!("entries/{SERVICE}")));
            let theirs = theirs.replace(&format!("services/{NOBODYS_ID}"), &format!("services/{SERVICE}"));
            for name in ["Huda", "Rashid"] {
                let answer = told(&tries(&world.person(name), call, &theirs).await);
                if named && (400..500).contains(&answer.0) {
                    continue;
                }
                // A number of the right shape, so that it is looked for.
                let nothing = nobodys(&path.replace("{number}", &nobodys_number));
                let nothing = told(&tries(&world.person(name), call, &nothing).await);
                private += 1;
                if named || answer != nothing || !(400..500).contains(&answer.0) {
                    wrong.push(format!("{name}: {call} on {theirs}: {answer:?}, on nothing: {nothing:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(private >= 100, "only {private} were tried");
        assert_eq!(acts(&world).await, before, "nothing was done");
    })
    .await;
}

/// A system that another body connected.
async fn connected(world: &TestDiwan) -> String {
    let telling = json!({ "body": "digital-authority", "name_ar": "أرشيف الهيئة", "name_en": "Archive", "kind": "public",
        "redirect_uris": ["https://archive.example/back"], "assurance": "basic" });
    world.person("Amal").posts("/api/v1/systems", &telling).await.id()
}
