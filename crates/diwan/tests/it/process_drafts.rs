//! The process of a card that is being written: kept with each change, checked at once, undone step by step, never
//! overwritten by a second author, and in force in no other way than before.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::world::{Answer, Person, on_both_engines};

const SERVICE: &str = "residence-certificate";

/// A draft of the next version of a service.
async fn begun(author: &Person) -> (String, String) {
    let begun = author.posts("/api/v1/directory/proposals", &json!({ "service": SERVICE })).await;
    let begun = begun.is(201).json();
    let id = begun["id"].as_str().expect("an id").to_owned();
    (format!("/api/v1/directory/proposals/{id}/process"), format!("/directory/proposals/{id}/process"))
}

/// The findings as `field code`.
fn found(draft: &Value) -> Vec<String> {
    let findings = draft["findings"].as_array().expect("findings");
    let line = |it: &Value| format!("{} {}", it["field"], it["code"]).replace('"', "");
    findings.iter().map(line).collect()
}

// refuses: POST /api/v1/directory/proposals, GET /api/v1/directory/proposals/{id}/process
// refuses: PUT /api/v1/directory/proposals/{id}/process, POST /api/v1/directory/proposals/{id}/process/undo
#[tokio::test]
async fn a_draft_is_checked_kept_and_undone_and_nobody_overwrites_it() {
    on_both_engines(|world| async move {
        let hamad = world.person("Hamad");
        let begin = json!({ "service": SERVICE });
        let refused = world.person("Salma").posts("/api/v1/directory/proposals", &begin).await;
        refused.refused(403, "directory.no_desk", &["LY-SVC-24.1b"]);
        let elsewhere = world.person("Maryam").posts("/api/v1/directory/proposals", &begin).await;
        elsewhere.refused(404, "not_found", &[]);

        let (draft, _) = begun(&hamad).await;
        world.person("Maryam").gets(&draft).await.refused(404, "not_found", &[]);
        let whole = hamad.gets(&draft).await.is(200).json();
        assert_eq!((found(&whole), &whole["changes"]), (Vec::new(), &json!([])));
        let undo = format!("{draft}/undo");
        hamad.posts(&undo, &json!({})).await.refused(409, "process.nothing_to_undo", &[]);

        // One way fewer, and a role that nobody holds: both are found, and the draft is kept all the same.
        let mut changed = whole["process"].clone();
        changed["stage"][1]["moves"].as_array_mut().expect("moves").pop();
        changed["stage"][1]["party"]["role"] = "member".into();
        changed["stage"][1]["working_days"] = 1.into();
        let asked = json!({ "revision": whole["revision"], "process": changed });
        let kept = hamad.puts(&draft, &asked).await.is(200).json();
        assert_eq!(found(&kept), ["stage.refused unreachable", "stage.decision nobody_can_act"]);
        let told = kept["changes"].as_array().expect("it is in force");
        let told: Vec<&str> = told.iter().filter_map(|it| it["aspect"].as_str()).collect();
        assert_eq!(told, ["party", "days", "moves"]);

        // Whoever looked at the page before is told, and overwrites nothing.
        let late = json!({ "revision": whole["revision"], "process": whole["process"] });
        hamad.puts(&draft, &late).await.refused(409, "directory.proposal_changed", &[]);
        let stale = json!({ "revision": whole["revision"] });
        hamad.posts(&undo, &stale).await.refused(409, "directory.proposal_changed", &[]);
        hamad.puts(&draft, &json!({ "process": { "colour": 1 } })).await.refused(
            422,
            "directory.process_unreadable",
            &["LY-SVC-24.1b"],
        );

        let back = hamad.posts(&undo, &json!({ "revision": kept["revision"] })).await.is(200).json();
        assert_eq!((&back["process"], found(&back)), (&whole["process"], Vec::new()));
        hamad.puts(&draft, &json!({ "process": null })).await.is(200);
        let standard = hamad.gets(&draft).await.is(200).json();
        assert_eq!(standard["is_standard"], true);
    })
    .await;
}

/// What a page would send of the draft, with what its button says.
fn posted(process: &Value, revision: &Value, order: &str) -> Vec<(String, String)> {
    let mut pairs =
        vec![("_revision".to_owned(), revision.to_string()), ("_do".to_owned(), order.to_owned())];
    let mut add = |name: String, value: &Value| {
        let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        pairs.push((name, if value.is_null() { String::new() } else { word }));
    };
    let text = |name: &str, value: &Value, add: &mut dyn FnMut(String, &Value)| {
        add(format!("{name}_ar"), &value["ar"]);
        add(format!("{name}_en"), &value["en"]);
    };
    text("legal_basis", &process["legal_basis"], &mut add);
    for list in ["before", "after", "rights", "obligations"] {
        for (place, row) in process[list].as_array().expect("a list").iter().enumerate() {
            text(&format!("{list}.{place}"), row, &mut add);
        }
    }
    for part in ["title", "holder"] {
        text(&format!("delivery.{part}"), &process["delivery"][part], &mut add);
    }
    for (place, stage) in process["stage"].as_array().expect("stages").iter().enumerate() {
        let at = |name: &str| format!("stage.{place}.{name}");
        for part in ["id", "state", "working_days"] {
            add(at(part), &stage[part]);
        }
        let who = if stage["party"]["role"].is_string() { "role" } else { "kind" };
        add(at("who"), &stage["party"][who]);
        add(at("body"), &stage["party"]["body"]);
        for part in ["title", "holder", "legal_basis"] {
            text(&at(part), &stage[part], &mut add);
        }
        for (way, row) in stage["moves"].as_array().expect("moves").iter().enumerate() {
            add(at(&format!("move.{way}.act")), &row["act"]);
            add(at(&format!("move.{way}.to")), &row["to"]);
            for part in ["title", "asks"] {
                text(&at(&format!("move.{way}.{part}")), &row[part], &mut add);
            }
        }
        add(at("then"), &stage["expiry"]["then"]);
        add(at("after"), &stage["expiry"]["after_working_days"]);
        add(at("escalate"), &stage["expiry"]["role"]);
    }
    pairs
}

async fn sends(author: &Person, page: &str, pairs: &[(String, String)]) -> Answer {
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    author.posts_form(page, &pairs).await
}

// refuses: POST /directory/proposals/{id}/process/file, POST /directory/proposals/{id}/process
#[tokio::test]
async fn the_page_needs_no_script_to_change_a_process() {
    on_both_engines(|world| async move {
        let hamad = world.person("Hamad");
        let (draft, page) = begun(&hamad).await;
        let whole = hamad.gets(&draft).await.is(200).json();
        let shown = hamad.gets(&page).await.is(200).page();
        assert!(
            shown.contains("name=\"stage.0.title_ar\"") && shown.contains("<svg class=\"process-picture\"")
        );

        let added = sends(&hamad, &page, &posted(&whole["process"], &whole["revision"], "stage.add")).await;
        assert_eq!(added.status, 303, "{}", added.text());
        assert!(added.header("location").ends_with("#stage-4"), "{}", added.header("location"));
        let more = hamad.gets(&draft).await.is(200).json();
        assert_eq!(more["process"]["stage"].as_array().map(Vec::len), Some(7));
        assert!(found(&more).contains(&"stage.stage-1 dead_end".to_owned()), "{:?}", found(&more));
        assert!(hamad.gets(&page).await.is(200).page().contains("class=\"found\""), "it stands at the stage");
        let check = page.replace("/process", "/check");
        assert!(hamad.gets(&check).await.is(200).page().contains(&format!("href=\"{page}\"")));
        let submit = hamad.posts_form(&page.replace("/process", "/submit"), &[]).await;
        assert_eq!(submit.status, 409, "a process that cannot be carried out is not submitted");

        // A page that lay open meanwhile: what was typed stays on it, and nothing is overwritten.
        let mut typed = whole["process"].clone();
        typed["stage"][0]["title"]["en"] = "Typed on an old page".into();
        let stale = sends(&hamad, &page, &posted(&typed, &whole["revision"], "save")).await;
        assert_eq!(stale.status, 409);
        assert!(stale.page().contains("Typed on an old page"));

        let undone = sends(&hamad, &page, &posted(&more["process"], &more["revision"], "undo")).await;
        assert_eq!(undone.status, 303);
        let back = hamad.gets(&draft).await.is(200).json();
        assert_eq!(back["process"], whole["process"]);

        // Out as a file and in again, in both forms; what cannot be read is refused and changes nothing.
        for ending in ["toml", "json"] {
            let file = hamad.gets(&format!("{page}.{ending}")).await.is(200).page();
            hamad.puts(&draft, &json!({ "process": null })).await.is(200);
            let form = |text: String| Form::new().part("process", Part::text(text).file_name("process"));
            let call = hamad.call(reqwest::Method::POST, &format!("{page}/file"));
            let call = call.header("origin", world.address.clone());
            assert_eq!(Answer::to(call.multipart(form(file))).await.status, 303, "{ending}");
            let again = hamad.gets(&draft).await.is(200).json();
            assert_eq!(again["process"], whole["process"], "{ending}");
            let call = hamad.call(reqwest::Method::POST, &format!("{page}/file"));
            let call = call.header("origin", world.address.clone());
            assert_eq!(Answer::to(call.multipart(form("stage = 7".to_owned()))).await.status, 422);
        }
    })
    .await;
}

#[tokio::test]
async fn a_process_is_played_with_people_who_do_not_exist() {
    on_both_engines(|world| async move {
        let laila = world.person("Laila");
        let play = "/api/v1/services/building-permit/process/play";
        world.person("Salma").gets(&format!("{play}?person=citizen")).await.refused(404, "not_found", &[]);
        laila.gets(&format!("{play}?person=nobody")).await.refused(404, "not_found", &[]);
        let played = async |person: &str, path: &str| {
            laila.gets(&format!("{play}?person={person}&path={path}")).await.is(200).json()
        };
        let (here, abroad) = (played("citizen", "corrected").await, played("abroad", "corrected").await);
        assert_eq!(here["people"].as_array().map(Vec::len), Some(7));
        let whys = |played: &Value| -> Vec<String> {
            let scenes = played["scenes"].as_array().expect("scenes");
            scenes.iter().map(|it| format!("{} {}", it["stage"], it["why"]).replace('"', "")).collect()
        };
        assert_eq!(
            whys(&here)[..3],
            ["verification returned", "correction only-way", "verification forward"]
        );
        let told = |scene: &Value| -> Vec<String> {
            let all = scene["notices"].as_array().expect("notices");
            all.iter().filter_map(|it| it["notice"].as_str().map(str::to_owned)).collect()
        };
        assert_eq!(told(&here["scenes"][0]), ["timer-remind", "request-returned"]);
        // Whoever is abroad answers late: they are reminded, and everything that follows is later.
        assert_eq!(
            (told(&here["scenes"][1]), told(&abroad["scenes"][1])),
            (vec![], vec!["request-remind".into()])
        );
        assert!(abroad["scenes"][1]["until"].as_str() > here["scenes"][1]["until"].as_str());
        let silent = played("citizen", "silent").await;
        assert!(whys(&silent).contains(&"title-opinion by-law".to_owned()), "{:?}", whys(&silent));

        let outside = played("no-mandate", "granted").await;
        let last = outside["door"].as_array().and_then(|door| door.last()).expect("a door");
        assert_eq!((&last["refused"], &outside["scenes"]), (&json!("identity.no_mandate"), &json!([])));
    })
    .await;
}
