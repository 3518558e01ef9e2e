//! What is settled between the competent administration and the providers: where documents are kept, what everybody has to
//! follow, how long proposals are kept; and what comes on storage media.

use std::path::Path;

use clock::{Clock, DAY};
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::{
    authoring::{ENTRIES, publishes, registers, submission},
    template::Place,
    world::{Answer, PDF, Person, TestDiwan, on_both_engines, on_both_engines_at},
};

const REASON: &str = "الأرشيف غير متصل بالبوابة حتى نهاية الشهر.";
const STORE: &str = "civil-store";

/// Names of all files below a folder.
fn files_in(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path().is_dir() {
            true => found.extend(files_in(&entry.path())),
            false => found.push(entry.path().display().to_string()),
        }
    }
    found
}

fn terms(location: &str, years: &str) -> Vec<(&'static str, String)> {
    vec![
        ("body", "civil-registry".into()),
        ("location", location.into()),
        ("site_ar", "المنارة".into()),
        ("site_en", "Manara".into()),
        ("retention_years", years.into()),
        ("access", "officer".into()),
    ]
}

async fn proposes(person: &Person, pairs: &[(&'static str, String)]) -> Answer {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    person.posts_form("/directory/storage", &pairs).await
}

/// The id of the newest agreement of the civil registry in this state.
async fn agreement(person: &Person, state: &str) -> String {
    let listed = person.gets("/api/v1/directory/storage?body=civil-registry").await.is(200).json();
    let items = listed["items"].as_array().expect("items");
    let found = items.iter().find(|it| it["state"] == state).expect("an agreement");
    found["id"].as_str().expect("an id").to_owned()
}

// proves: LY-SVC-20.1a
#[tokio::test]
async fn documents_of_a_request_lie_with_its_provider_alone() {
    for place in Place::on_each_engine().await {
        let (own, other) = (place.data.join("registry"), place.data.join("city"));
        let stores = vec![format!("{STORE}={}", own.display()), format!("city-store={}", other.display())];
        let world = TestDiwan::open_with(&place, Clock::System, |serve| serve.stores = stores).await;
        let (hamad, laila) = (world.person("Hamad"), world.person("Laila"));
        let salma = world.surely("Salma", authz::Assurance::Substantial).await;
        proposes(&hamad, &terms(STORE, "10")).await.is(303);
        let proposed = agreement(&laila, "proposed").await;
        laila.posts_form(&format!("/directory/storage/{proposed}/approve"), &[]).await.is(303);

        let number = salma.delivers("name-correction").await;
        let document: String = {
            let seen = hamad.sees(&number).await;
            let href = seen["documents"][0]["href"].as_str().expect("a document");
            href.rsplit('/').next().expect("an id").to_owned()
        };
        let arrived = files_in(&place.data.join("documents"));
        assert!(arrived.iter().any(|file| file.contains(&document)), "{arrived:?}");
        world.works_off_its_jobs().await;
        let holds = |folder: &Path| files_in(folder).iter().filter(|file| file.contains(&document)).count();
        assert_eq!(
            [holds(&own), holds(&other), holds(&place.data.join("documents"))],
            [1, 0, 0],
            "the provider's storage alone holds it"
        );
        // The portal kept its hash and a link, and leads there.
        let got = hamad.gets(&format!("/requests/{number}/documents/{document}")).await.is(200);
        assert_eq!(got.bytes, PDF);
        let held = documents::find(&world.parts.store.read(), document.parse().expect("an id")).await;
        let held = held.expect("readable").expect("there");
        let hash = salma.uploads("page.pdf", PDF).await.is(201).word("sha256");
        assert_eq!((held.place.as_str(), held.sha256), (STORE, hash));

        // What one provider keeps, another's storage never holds.
        let mut asked = crate::world::application("building-permit", world.example("building-permit"));
        asked["documents"] = json!([
            { "evidence": "drawings", "document": document },
            { "evidence": "site-photos", "document": salma.uploads("page.pdf", PDF).await.id() },
        ]);
        let refused = salma.posts("/api/v1/requests", &asked).await;
        refused.refused(409, "documents.of_another_body", &["LY-SVC-20.1a"]);
        let mut taken = terms(STORE, "10");
        taken[0].1 = "municipality".into();
        proposes(&world.person("Khalid"), &taken).await.is(409);
        world.works_off_its_jobs().await;
        assert_eq!((holds(&own), holds(&other)), (1, 0));
        world.end();
        place.clear().await;
    }
}

// proves: LY-SVC-20.1b
// refuses: GET /directory/storage, POST /directory/storage, POST /directory/storage/{id}/approve
// refuses: POST /directory/storage/{id}/end, GET /api/v1/directory/storage
#[tokio::test]
async fn nothing_is_published_without_a_storage_agreement() {
    on_both_engines(|world| async move {
        let (hamad, laila, salma) = (world.person("Hamad"), world.person("Laila"), world.person("Salma"));
        salma.gets("/directory/storage").await.is(403);
        let list = "/api/v1/directory/storage";
        salma.gets(list).await.refused(403, "directory.no_desk", &["LY-SVC-20.1b"]);
        let now = agreement(&laila, "in_force").await;
        let end = format!("/directory/storage/{now}/end");
        hamad.posts_form(&end, &[("reason", REASON)]).await.is(403);
        laila.posts_form(&end, &[("reason", "no")]).await.is(422);
        laila.posts_form(&end, &[("reason", REASON)]).await.is(303);

        let version = registers(&hamad, &submission(&world, |_| {})).await;
        let refused = publishes(&world, "residence-certificate", version).await;
        refused.refused(409, "documents.storage_agreement", &["LY-SVC-20.1b"]);

        // Proposed is not agreed, and nobody agrees with themselves.
        salma.posts_form("/directory/storage", &[("body", "civil-registry")]).await.is(403);
        proposes(&hamad, &terms("nowhere", "0")).await.is(422);
        proposes(&hamad, &terms("civil-registry", "10")).await.is(303);
        let publish = format!("{ENTRIES}/residence-certificate/versions/{version}/publish");
        laila.posts(&publish, &json!({})).await.refused(
            409,
            "documents.storage_agreement",
            &["LY-SVC-20.1b"],
        );
        let proposed = agreement(&laila, "proposed").await;
        let approve = format!("/directory/storage/{proposed}/approve");
        hamad.posts_form(&approve, &[]).await.is(409);
        world.person("Noura").posts_form(&approve, &[]).await.is(403);
        laila.posts_form(&approve, &[]).await.is(303);
        laila.posts(&publish, &json!({})).await.is(200);
        proposes(&laila, &terms("civil-registry", "20")).await.is(303);
        let own = agreement(&laila, "proposed").await;
        laila.posts_form(&format!("/directory/storage/{own}/approve"), &[]).await.is(409);
        let told: Vec<String> =
            world.history(&format!("storage/{proposed}")).await.into_iter().map(|it| it.kind).collect();
        assert_eq!(told, ["storage.proposed", "storage.approved"]);
    })
    .await;
}

fn standard(slug: &str, words: &'static str) -> Form {
    let file = Part::bytes(words.as_bytes()).file_name("text.txt");
    let said = [
        ("kind", "standard"),
        ("slug", slug),
        ("title_ar", "صيغة العناوين"),
        ("title_en", "Format of addresses"),
        ("summary_ar", "كيف تُكتب العناوين."),
        ("summary_en", "How addresses are written."),
    ];
    let form = said
        .iter()
        .fold(Form::new(), |form, (name, value)| form.text((*name).to_owned(), (*value).to_owned()));
    form.part("file", file)
}

async fn writes(person: &Person, form: Form) -> Answer {
    Answer::to(person.call(Method::POST, "/directory/standards").multipart(form)).await
}

// proves: LY-SVC-19.2, LY-SVC-2.1
// refuses: GET /standards, GET /standards/{slug}, GET /standards/{slug}/versions/{version}/file
// refuses: GET /api/v1/standards, GET /api/v1/standards/{id}
// refuses: GET /directory/standards, POST /directory/standards, POST /directory/standards/{slug}/{version}/{act}
#[tokio::test]
async fn a_standard_binds_nobody_before_everybody_can_read_it() {
    on_both_engines(|world| async move {
        let (amal, hamad, anybody) = (world.person("Amal"), world.person("Hamad"), world.stranger());
        hamad.gets("/directory/standards").await.is(403);
        writes(&hamad, standard("addresses", "one")).await.is(403);
        writes(&amal, standard("?", "one")).await.is(422);
        writes(&amal, standard("addresses", "The first text.")).await.is(303);
        let act = |version: i64, act: &str| format!("/directory/standards/addresses/{version}/{act}");
        let json = async |person: &Person, path: &str| {
            Answer::to(person.call(Method::POST, path).header("accept", "application/json")).await
        };
        json(&amal, &act(1, "enforce")).await.refused(409, "standard.unpublished", &["LY-SVC-19.2"]);
        json(&hamad, &act(1, "publish")).await.refused(403, "directory.not_competent", &["LY-SVC-22.3"]);
        let api = "/api/v1/standards/addresses";
        anybody.gets(api).await.refused(404, "not_found", &[]);
        anybody.gets("/standards/addresses").await.is(404);
        anybody.gets("/standards/addresses/versions/1/file").await.is(404);
        json(&amal, &act(1, "publish")).await.is(303);
        json(&amal, &act(1, "enforce")).await.is(303);
        writes(&amal, standard("addresses", "The second text.")).await.is(303);
        json(&amal, &act(2, "publish")).await.is(303);
        json(&amal, &act(2, "enforce")).await.is(303);

        // The page lists what is in force; its history stays, and each text is downloaded as it was.
        let states = |told: &Value| -> Vec<(i64, String)> {
            let line = |it: &Value| (it["version"].as_i64().unwrap_or(0), it["state"].to_string());
            told.as_array().expect("versions").iter().map(line).collect()
        };
        let told = anybody.gets(api).await.is(200).json();
        assert_eq!(states(&told), [(2, "\"in_force\"".to_owned()), (1, "\"superseded\"".to_owned())]);
        for (version, words) in [(1, "The first text."), (2, "The second text.")] {
            let file = anybody.gets(&format!("/standards/addresses/versions/{version}/file")).await.is(200);
            assert_eq!(file.page(), words);
            assert!(file.header("content-disposition").starts_with("attachment"));
        }
        let page = anybody.gets("/standards?lang=en").await.is(200).page();
        assert!(page.contains("Format of addresses") && page.contains("In force"), "{page}");
        // The rule set stands there with version and date.
        let line = page.split("Format of addresses").nth(1).and_then(|rest| rest.split("</li>").next());
        let line = line.expect("the standard has its line").replace(['\u{2068}', '\u{2069}'], "");
        let (year, _, _) = clock::civil_from_days(world.clock.now().day());
        assert!(line.contains("Version 2 · in force since"), "{line}");
        assert!(line.contains(&year.to_string()), "{line}");
        let history = anybody.gets("/standards/addresses?lang=en").await.is(200).page();
        assert!(history.contains("Replaced by a newer version"));
        json(&amal, &act(2, "end")).await.is(303);
        json(&amal, &act(2, "enforce")).await.refused(409, "standard.transition", &["LY-SVC-19.2"]);
        anybody.gets("/standards?cursor=%25").await.is(422);
        anybody.gets("/api/v1/standards?cursor=%25").await.refused(422, "web.cursor", &[]);
    })
    .await;
}

/// Answers as clamd does: whatever holds the word is infected.
async fn scanner(infected: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            tokio::spawn(scan(line, infected));
        }
    });
    address
}

async fn scan(mut line: TcpStream, infected: &'static [u8]) -> std::io::Result<()> {
    line.read_exact(&mut [0; 10]).await?;
    let mut content = Vec::new();
    loop {
        let length = line.read_u32().await? as usize;
        if length == 0 {
            break;
        }
        let start = content.len();
        content.resize(start + length, 0);
        line.read_exact(&mut content[start..]).await?;
    }
    let found = content.windows(infected.len()).any(|part| part == infected);
    line.write_all(if found { b"stream: Test FOUND\0" } else { b"stream: OK\0" }).await
}

fn media(reason: &str, files: &[(&str, &[u8])]) -> Form {
    let said = [("reason", reason), ("carrier", "usb_drive"), ("label", "SN-204"), ("handed_by", "Salma")];
    let form = said
        .iter()
        .fold(Form::new(), |form, (name, value)| form.text((*name).to_owned(), (*value).to_owned()));
    files.iter().fold(form, |form, (name, bytes)| {
        form.part("file", Part::bytes(bytes.to_vec()).file_name((*name).to_owned()))
    })
}

// proves: LY-SVC-7.2
// refuses: POST /api/v1/requests/{number}/intakes, GET /api/v1/requests/{number}/intakes
// refuses: GET /desk/{number}/media, POST /desk/{number}/media
#[tokio::test]
async fn what_comes_on_media_is_hashed_scanned_and_explained() {
    const BAD: &[u8] = b"this text is the infected one";
    const BAD_HASH: &str = "c8af1f76943a4331c87294e03cf5ed8b08b5a95013edadcf879803306b05de8b";
    for place in Place::on_each_engine().await {
        let address = scanner(b"infected").await;
        let world = TestDiwan::open_with(&place, Clock::System, |serve| serve.clamd = Some(address)).await;
        let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
        let number = salma.submits("residence-certificate", world.example("residence-certificate")).await;
        let number = number.is(201).word("number");
        let (path, page) = (format!("/api/v1/requests/{number}/intakes"), format!("/desk/{number}/media"));
        let takes = async |person: &Person, path: &str, form: Form| {
            Answer::to(person.call(Method::POST, path).multipart(form)).await
        };
        let files: [(&str, &[u8]); 2] = [("page.pdf", PDF), ("notes.txt", BAD)];
        takes(&salma, &path, media(REASON, &files)).await.is(403);
        salma.gets(&page).await.is(403);
        takes(&hamad, &path, media(" ", &files)).await.refused(422, "intake.reason_missing", &["LY-SVC-7.2"]);
        let again = takes(&hamad, &page, media("لا", &files)).await.is(422);
        assert!(again.page().contains("SN-204"), "what was typed is still there");
        assert_eq!(hamad.gets(&path).await.is(200).json(), json!([]));
        takes(&hamad, &path, media(REASON, &files)).await.is(201);

        let told = hamad.gets(&path).await.is(200).json();
        assert_eq!(told[0]["reason"], REASON);
        assert_eq!(told[0]["carrier"], "usb_drive");
        let line = |place: usize| told[0]["files"][place].clone();
        let hash = salma.uploads("page.pdf", PDF).await.is(201).word("sha256");
        assert_eq!((line(0)["sha256"].clone(), line(0)["scan"].clone()), (hash.into(), "clean".into()));
        assert_eq!((line(1)["sha256"].clone(), line(1)["scan"].clone()), (BAD_HASH.into(), "malware".into()));
        assert_eq!(line(1)["document"], Value::Null, "what is infected is not kept");
        let document = line(0)["document"].as_str().expect("a document").to_owned();
        let got = salma.gets(&format!("/requests/{number}/documents/{document}")).await.is(200);
        assert_eq!(got.bytes, PDF);
        let kinds: Vec<String> =
            world.history(&format!("request/{number}")).await.into_iter().map(|it| it.kind).collect();
        assert!(kinds.contains(&"request.media_taken".to_owned()), "{kinds:?}");
        world.person("Maryam").gets(&path).await.refused(404, "not_found", &[]);
        hamad.gets(&page).await.is(200);
        world.end();
        place.clear().await;
    }
}

// proves: LY-SVC-22.2
#[tokio::test]
async fn proposals_go_when_the_rules_keep_them_no_longer_and_the_register_stays() {
    on_both_engines_at(
        || Clock::fixed(Clock::System.now()),
        |world| async move {
            let (hamad, amal) = (world.person("Hamad"), world.person("Amal"));
            let before = hamad.gets("/api/v1/directory/register?limit=100").await.is(200).json();
            let begun = hamad.posts_form("/directory/proposals", &[]).await.is(303);
            let proposal = begun.header("location").to_owned();
            let removed = async || world.parts.services.remove_old_proposals().await.expect("removed");
            world.clock.advance(DAY * 40);
            assert_eq!(removed().await, 0, "the rules keep it for half a year");
            let mut rules = amal.gets("/api/v1/directory/rules").await.is(200).json()["rules"].clone();
            rules["proposal_days"] = 30.into();
            let set = amal.posts("/api/v1/directory/rules", &rules).await.is(200).json();
            assert_eq!(set["version"], 1);
            assert_eq!(removed().await, 1);
            assert_eq!(removed().await, 0);
            hamad.gets(&proposal).await.is(404);
            let after = hamad.gets("/api/v1/directory/register?limit=100").await.is(200).json();
            assert_eq!(before, after, "nothing leaves the register");
            assert_eq!(world.history_of("directory.proposal_removed").await, 1);
        },
    )
    .await;
}

// proves: LY-SVC-8.2a
// refuses: GET /directory/levels, POST /directory/levels
#[tokio::test]
async fn the_supervising_body_sets_the_level_and_it_is_asked_for_at_once() {
    on_both_engines(|world| async move {
        let (hamad, amal, salma) = (world.person("Hamad"), world.person("Amal"), world.person("Salma"));
        let service = "residence-certificate";
        salma.submits(service, world.example(service)).await.is(201);
        salma.gets("/directory/levels").await.is(403);
        let set = [("service", service), ("level", "substantial"), ("reason", REASON)];
        hamad.posts_form("/directory/levels", &set).await.is(403);
        amal.posts_form("/directory/levels", &[("service", service), ("level", "sure"), ("reason", REASON)])
            .await
            .is(422);
        amal.posts_form("/directory/levels", &[("service", service), ("level", "high"), ("reason", "")])
            .await
            .is(422);
        amal.posts_form("/directory/levels", &set).await.is(303);

        let refused = salma.submits(service, world.example(service)).await;
        refused.refused(401, "identity.assurance_required", &["LY-SVC-8.1"]);
        salma.posts_form(&format!("/services/{service}/apply"), &[]).await.is(401);
        let sure = world.surely("Salma", authz::Assurance::Substantial).await;
        let delivered = sure.submits(service, world.example(service)).await.is(201).json();
        assert_eq!(delivered["receipt"]["statement"]["body"]["assurance"], 2);
        let told = amal.gets(&format!("/directory/levels?service={service}")).await.is(200).page();
        assert!(told.contains(REASON), "who, when and why are kept");
        let set = world.history(&format!("service/{service}")).await;
        let set = set.iter().find(|entry| entry.kind == "service.level_set").expect("in the ledger");
        assert_eq!(set.actor, Some(world.actor("Amal").await.person));
    })
    .await;
}

// refuses: GET /requests/{number}/documents/{document}/quarantine
// refuses: POST /requests/{number}/documents/{document}/quarantine
#[tokio::test]
async fn a_document_found_to_be_confidential_is_closed_and_its_body_alerted() {
    on_both_engines(|world| async move {
        let (salma, khalid) = (world.person("Salma"), world.person("Khalid"));
        let number =
            world.surely("Salma", authz::Assurance::Substantial).await.delivers("building-permit").await;
        let href = khalid.sees(&number).await["documents"][0]["href"].as_str().expect("a link").to_owned();
        let path = href.trim_start_matches("/api/v1").to_owned();
        khalid.gets(&path).await.is(200);
        let here = format!("{path}/quarantine");
        let found = [("level", "secret"), ("reason", REASON)];
        salma.gets(&here).await.is(403);
        salma.posts_form(&here, &found).await.is(403);
        world.person("Maryam").posts_form(&here, &found).await.is(404);
        khalid.posts_form(&here, &[("level", "public"), ("reason", REASON)]).await.is(422);
        khalid.posts_form(&here, &[("level", "secret"), ("reason", "")]).await.is(422);
        khalid.posts_form(&here, &found).await.is(303);
        khalid.posts_form(&here, &found).await.is(409);
        for somebody in [&salma, &khalid] {
            somebody.gets(&href).await.refused(409, "document.quarantined", &["LY-SVC-4.2a"]);
        }
        let inbox = world.person("Rashid").gets("/api/v1/inbox").await.is(200).text();
        assert!(inbox.contains(&number), "the head is alerted: {inbox}");
        let kinds: Vec<String> =
            world.history(&format!("request/{number}")).await.into_iter().map(|it| it.kind).collect();
        assert!(kinds.contains(&"document.quarantined".to_owned()), "{kinds:?}");
    })
    .await;
}
