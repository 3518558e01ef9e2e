//! A body's own system is told of what concerns it: signed, until it acknowledges, under an id that stays; what could not
//! be delivered shows and is sent again.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use authz::Assurance;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
};
use base64::{Engine as _, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::{Clock, DAY, HOUR};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use crate::{
    template::Place,
    world::{Person, TestDiwan, on_both_engines},
};

const SERVICE: &str = "residence-certificate";
const CONTROLS: &[&str] = &["LY-SVC-7.1b"];
const OF_THE_BODY: &str = "/api/v1/directory/endpoints/civil-registry";

/// What arrived at a system of others.
#[derive(Clone, Debug)]
pub struct Letter {
    method: Method,
    target: String,
    headers: HeaderMap,
    pub content: Vec<u8>,
}

impl Letter {
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).and_then(|line| line.to_str().ok()).unwrap_or_default().to_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.content).expect("a letter is JSON")
    }

    fn event(&self) -> String {
        self.json()["event"].as_str().unwrap_or_default().to_owned()
    }
}

/// A system of a body. It answers the statuses that it was given, then 200.
#[derive(Clone, Default)]
pub struct System {
    got: Arc<Mutex<Vec<Letter>>>,
    answers: Arc<Mutex<VecDeque<u16>>>,
    pub address: String,
}

impl System {
    pub async fn opens() -> System {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = format!("http://{}/events?of=diwan", listener.local_addr().expect("an address"));
        let system = System { address, ..System::default() };
        let router = Router::new().fallback(take).with_state(system.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        system
    }

    pub fn will_answer(&self, statuses: &[u16]) {
        self.answers.lock().expect("nobody panicked").extend(statuses);
    }

    /// What arrived since the last look.
    pub fn got(&self) -> Vec<Letter> {
        std::mem::take(&mut *self.got.lock().expect("nobody panicked"))
    }
}

async fn take(
    State(system): State<System>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    content: Bytes,
) -> StatusCode {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let target = format!("http://{host}{uri}");
    system.got.lock().expect("nobody panicked").push(Letter {
        method,
        target,
        headers,
        content: content.to_vec(),
    });
    let status = system.answers.lock().expect("nobody panicked").pop_front().unwrap_or(200);
    StatusCode::from_u16(status).expect("a status")
}

/// Checks the signature as a receiver does who has read RFC 9421 and the published keys, and nothing of ours.
async fn is_signed(stranger: &Person, letter: &Letter) {
    let input = letter.header("signature-input").strip_prefix("diwan=").expect("a label").to_owned();
    let covered = input.split_once(')').expect("components").0.trim_start_matches('(').replace('"', "");
    assert_eq!(covered, "@method @target-uri content-type content-digest idempotency-key");
    let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&letter.content)));
    assert_eq!(letter.header("content-digest"), digest);
    let mut lines = Vec::new();
    for name in covered.split(' ') {
        let value = match name {
            "@method" => letter.method.to_string(),
            "@target-uri" => letter.target.clone(),
            header => letter.header(header),
        };
        lines.push(format!("\"{name}\": {value}"));
    }
    lines.push(format!("\"@signature-params\": {input}"));
    let key_id = input.split_once("keyid=\"").expect("a key").1.split('"').next().expect("its id");
    let keys = "/api/v1/directory/endpoint-keys";
    stranger.gets(&format!("{keys}?kid=nobody")).await.is(404);
    let keys = stranger.gets(keys).await.is(200).json();
    let key =
        keys["keys"].as_array().expect("keys").iter().find(|key| key["kid"] == key_id).expect("published");
    let public = URL_SAFE_NO_PAD.decode(key["x"].as_str().expect("x")).expect("base64url");
    let public = VerifyingKey::from_bytes(&public.try_into().expect("32 bytes")).expect("a key");
    let signature = letter.header("signature");
    let signature =
        signature.strip_prefix("diwan=:").and_then(|it| it.strip_suffix(':')).expect("a signature");
    let signature = Signature::from_slice(&STANDARD.decode(signature).expect("base64")).expect("64 bytes");
    public.verify_strict(lines.join("\n").as_bytes(), &signature).expect("the signature is good");
    public
        .verify_strict((lines.join("\n") + " ").as_bytes(), &signature)
        .expect_err("nothing else is signed");
}

async fn deliveries(person: &Person, state: &str) -> Vec<Value> {
    let href = format!("{OF_THE_BODY}/deliveries?state={state}");
    person.gets(&href).await.is(200).json()["items"].as_array().expect("items").clone()
}

/// A world that may call this machine, by a clock that a test moves.
async fn each_world(test: impl AsyncFn(TestDiwan)) {
    for place in Place::on_each_engine().await {
        let networks = vec!["127.0.0.0/8".parse().expect("a network")];
        let clock = Clock::fixed(Clock::System.now());
        let world = TestDiwan::open_with(&place, clock, |serve| serve.endpoint_networks = networks).await;
        test(world.clone()).await;
        world.end();
        place.clear().await;
    }
}

// proves: LY-SVC-7.1b
// refuses: GET /api/v1/directory/endpoint-keys
#[tokio::test]
async fn a_body_is_told_of_every_request_until_it_acknowledges() {
    each_world(async |world| {
        let (salma, hamad, widad) = (world.person("Salma"), world.person("Hamad"), world.person("Widad"));
        let system = System::opens().await;
        let before = salma.delivers(SERVICE).await;
        widad.puts(OF_THE_BODY, &json!({ "address": system.address })).await.is(200);
        world.works_off_its_jobs().await;
        let trial = system.got();
        assert_eq!(trial.iter().map(Letter::event).collect::<Vec<_>>(), ["endpoint.tried"]);
        is_signed(&world.stranger(), &trial[0]).await;

        // Two failures and an acknowledgement: the same letter under the same id, then never again.
        system.will_answer(&[500, 503]);
        let number = salma.delivers(SERVICE).await;
        let queue = hamad.gets("/api/v1/tasks").await.is(200).json().to_string();
        assert!(queue.contains(&number), "it lies in the work queue in any case");
        world.works_off_its_jobs().await;
        let waiting = deliveries(&widad, "waiting").await;
        assert_eq!(
            (waiting.len(), &waiting[0]["answer"], &waiting[0]["tries"]),
            (1, &json!("500"), &json!(1))
        );
        for _ in 0..3 {
            world.clock.advance(HOUR);
            world.works_off_its_jobs().await;
        }
        let got = system.got();
        assert_eq!(got.len(), 3, "two failures, one acknowledgement, and no more");
        let id = got[0].header("idempotency-key");
        assert!(got.iter().all(|it| it.header("idempotency-key") == id && it.content == got[0].content));
        for letter in &got {
            is_signed(&world.stranger(), letter).await;
        }
        let told = got[2].json();
        assert_eq!(
            (&told["event"], &told["number"], &told["service"], &told["state"], &told["body"]),
            (
                &json!("request.delivered"),
                &json!(number),
                &json!(SERVICE),
                &json!("received"),
                &json!("civil-registry")
            )
        );
        assert!(!told.to_string().contains("address"), "no answers leave by this way: {told}");
        let arrived = deliveries(&widad, "delivered").await;
        let line = arrived.iter().find(|it| it["id"] == id.as_str()).expect("in the log");
        assert_eq!((&line["tries"], &line["answer"]), (&json!(3), &json!("200")));
        assert!(
            line["ended_at"].is_string() && line["created_at"].is_string(),
            "its times are recorded: {line}"
        );
        let history = world.history(&format!("request/{number}")).await;
        assert!(history.iter().any(|entry| entry.kind == "endpoint.delivered" && entry.actor.is_none()));

        hears_of_the_applicant(&world, &system, &number, &before).await;
    })
    .await;
}

/// A correction and a withdrawal are told; what the body itself does is not.
async fn hears_of_the_applicant(world: &TestDiwan, system: &System, number: &str, before: &str) {
    let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
    let instruction = "اكتب اسم المدينة كما هو في السجل.";
    let corrections = json!({ "corrections": [{ "item": "city", "instruction": instruction }] });
    hamad.acts(number, "send_back", corrections).await.is(200);
    let mut answers = world.example(SERVICE);
    answers["city"] = "طرابلس".into();
    salma.acts(number, "resubmit", json!({ "answers": answers })).await.is(200);
    salma.acts(before, "withdraw", json!({ "reason": "" })).await.is(200);
    world.works_off_its_jobs().await;
    let told: Vec<(String, Value)> =
        system.got().iter().map(|it| (it.event(), it.json()["number"].clone())).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.contains(&("request.corrected".into(), json!(number))), "{told:?}");
    assert!(told.contains(&("request.withdrawn".into(), json!(before))), "{told:?}");
}

// proves: LY-SVC-7.1b
#[tokio::test]
async fn another_body_is_told_when_a_request_reaches_its_desk() {
    each_world(async |world| {
        let salma = world.surely("Salma", Assurance::Substantial).await;
        let (khalid, idris) = (world.person("Khalid"), world.person("Idris"));
        let system = System::opens().await;
        let address = json!({ "address": system.address });
        idris.puts("/api/v1/directory/endpoints/land-registry", &address).await.is(200);
        let number = salma.delivers("building-permit").await;
        world.works_off_its_jobs().await;
        assert_eq!(system.got().iter().map(Letter::event).collect::<Vec<_>>(), ["endpoint.tried"]);
        khalid.takes(&number, "verify").await.is(200);
        khalid.takes(&number, "pass_on").await.is(200);
        world.works_off_its_jobs().await;
        let got = system.got();
        assert_eq!(got.iter().map(Letter::event).collect::<Vec<_>>(), ["request.arrived"]);
        let told = got[0].json();
        assert_eq!((&told["number"], &told["stage"]), (&json!(number), &json!("title-opinion")));
        // Taken back while it lies there: both bodies would be told; the one without an endpoint is not.
        salma.acts(&number, "withdraw", json!({ "reason": "" })).await.is(200);
        world.works_off_its_jobs().await;
        assert_eq!(system.got().iter().map(Letter::event).collect::<Vec<_>>(), ["request.withdrawn"]);
    })
    .await;
}

/// The newest notice of somebody about the endpoint of the civil registry.
async fn alarms(person: &Person) -> usize {
    let inbox = person.gets("/api/v1/inbox").await.is(200).json();
    let items = inbox["items"].as_array().expect("items");
    items.iter().filter(|item| item["about"] == "endpoint/civil-registry").count()
}

#[tokio::test]
async fn what_is_never_acknowledged_shows_and_is_sent_again_by_hand() {
    each_world(async |world| {
        let (salma, widad) = (world.person("Salma"), world.person("Widad"));
        // Somebody listens and never says a word.
        let silent = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = format!("http://{}/", silent.local_addr().expect("an address"));
        widad.puts(OF_THE_BODY, &json!({ "address": address })).await.is(200);
        let number = salma.delivers(SERVICE).await;
        world.works_off_its_jobs().await;
        let waiting = deliveries(&widad, "waiting").await;
        let answers: Vec<&Value> = waiting.iter().map(|line| &line["answer"]).collect();
        assert_eq!(answers, ["slow", "slow"], "the trial and the request");
        drop(silent);
        for _ in 0..30 {
            world.clock.advance(HOUR * 8);
            world.works_off_its_jobs().await;
        }
        let failed = deliveries(&widad, "failed").await;
        let line = failed.iter().find(|line| line["number"] == number.as_str()).expect("nothing is lost");
        assert_eq!((&line["answer"], &line["tries"]), (&json!("unreachable"), &json!(28)));
        assert_eq!(alarms(&widad).await, 1, "told once, however many could not be delivered");
        assert!(widad.gets(OF_THE_BODY).await.is(200).json()["failing_since"].is_string());
        let page = widad.reads("/directory/endpoints?state=failed&lang=en").await;
        assert!(
            page.contains("Could not connect") && page.contains("28 tries") && page.contains("Send again")
        );

        // Another address, and the same letter goes there when a person says so.
        let system = System::opens().await;
        widad.puts(OF_THE_BODY, &json!({ "address": system.address })).await.is(200);
        let id = line["id"].as_str().expect("an id");
        let retry = format!("/directory/endpoints/civil-registry/deliveries/{id}/retry");
        widad.posts_form(&retry, &[]).await.is(303);
        widad.posts_form(&retry, &[]).await.is(409);
        world.works_off_its_jobs().await;
        let got = system.got();
        let again: Vec<&Letter> = got.iter().filter(|it| it.header("idempotency-key") == id).collect();
        assert_eq!(again.len(), 1);
        is_signed(&world.stranger(), again[0]).await;
        assert_eq!(
            deliveries(&widad, "failed").await.len(),
            1,
            "the trial of the old address stays given up"
        );
        assert_eq!(widad.gets(OF_THE_BODY).await.is(200).json()["failing_since"], Value::Null);
        world.clock.advance(DAY);
        world.works_off_its_jobs().await;
        assert!(system.got().is_empty(), "what was acknowledged is sent no more");
    })
    .await;
}

// refuses: GET /directory/endpoints, POST /directory/endpoints/{body}, POST /directory/endpoints/{body}/end
// refuses: POST /directory/endpoints/{body}/try, POST /directory/endpoints/{body}/deliveries/{id}/retry
// refuses: GET /api/v1/directory/endpoints/{body}, PUT /api/v1/directory/endpoints/{body}
// refuses: DELETE /api/v1/directory/endpoints/{body}, POST /api/v1/directory/endpoints/{body}/trials
// refuses: GET /api/v1/directory/endpoints/{body}/deliveries
// refuses: POST /api/v1/directory/endpoints/{body}/deliveries/{id}/retry
#[tokio::test]
async fn an_address_leads_into_no_private_network_and_is_its_bodys_own() {
    on_both_engines(|world| async move {
        let (salma, hamad, widad) = (world.person("Salma"), world.person("Hamad"), world.person("Widad"));
        for (address, word) in [
            ("http://registry.example/", "endpoint_plain"),
            ("http://127.0.0.1:1/", "endpoint_out_of_reach"),
            ("https://10.0.0.1/", "endpoint_out_of_reach"),
            ("https://169.254.169.254/latest", "endpoint_out_of_reach"),
            ("https://[::1]/", "endpoint_out_of_reach"),
            ("https://user:word@registry.example/", "endpoint_form"),
            ("registry", "endpoint_form"),
        ] {
            let refused = widad.puts(OF_THE_BODY, &json!({ "address": address })).await;
            refused.refused(422, "endpoint.address_invalid", CONTROLS).names(&[("address", word)]);
        }
        let page = widad
            .posts_form("/directory/endpoints/civil-registry", &[("address", "http://a.example/")])
            .await;
        assert!(page.is(422).page().contains("http://a.example/"), "what was typed stays");

        // A name is asked at each call what it stands for, and a private answer is not called.
        widad.puts(OF_THE_BODY, &json!({ "address": "https://localhost:1/" })).await.is(200);
        world.works_off_its_jobs().await;
        assert_eq!(deliveries(&widad, "waiting").await[0]["answer"], "out_of_reach");

        // Whoever only writes for the body sees it; others do not.
        hamad.reads("/directory/endpoints").await;
        let form = "/directory/endpoints/civil-registry";
        let retry = format!("{form}/deliveries/{}/retry", uuid::Uuid::nil());
        let own = [("address", "https://a.example/")];
        hamad.posts_form(form, &own).await.is(403);
        for path in [format!("{form}/end"), format!("{form}/try"), retry.clone()] {
            hamad.posts_form(&path, &[]).await.is(403);
        }
        hamad.puts(OF_THE_BODY, &json!({ "address": "https://a.example/" })).await.is(403);
        salma.gets("/directory/endpoints").await.is(403);
        for path in ["", "/deliveries"] {
            salma.gets(&format!("{OF_THE_BODY}{path}")).await.is(403);
        }
        salma.posts(&format!("{OF_THE_BODY}/trials"), &json!({})).await.is(403);
        hamad
            .posts(&format!("{OF_THE_BODY}/deliveries/{}/retry", uuid::Uuid::nil()), &json!({}))
            .await
            .is(403);
        hamad.deletes(OF_THE_BODY).await.is(403);
        let weakly = world.surely("Widad", Assurance::Basic).await;
        let refused = weakly.puts(OF_THE_BODY, &json!({ "address": "https://a.example/" })).await;
        refused.refused(403, "not_allowed", &["LY-SVC-7.1b"]);

        widad.deletes(OF_THE_BODY).await.is(204);
        widad.deletes(OF_THE_BODY).await.refused(409, "endpoint.none", CONTROLS);
        widad.posts(&format!("{OF_THE_BODY}/trials"), &json!({})).await.refused(
            409,
            "endpoint.none",
            CONTROLS,
        );
        assert_eq!(deliveries(&widad, "failed").await[0]["answer"], "no_endpoint", "nothing is lost");
    })
    .await;
}
