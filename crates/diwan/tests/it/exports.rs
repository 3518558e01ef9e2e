//! Lists as files: the rows of the page under its permission, and long files that survive a crash.

use std::time::Duration;

use clock::Timestamp;
use notify::Message;
use serde_json::{Value, json};
use services::AT_ONCE_ROWS_MAX;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use crate::world::{NOBODYS_NUMBER, Person, TestDiwan, on_both_engines};

const SERVICE: &str = "residence-certificate";
const NOBODYS_ID: &str = "00000000-0000-7000-8000-000000000000";

async fn file(person: &Person, path: &str) -> String {
    let answer = person.gets(path).await.is(200);
    String::from_utf8(answer.bytes).expect("a file is UTF-8")
}

// refuses: GET /api/v1/lists/{list}
// refuses: POST /api/v1/exports
// refuses: GET /api/v1/exports
// refuses: GET /api/v1/exports/{id}
// refuses: GET /api/v1/exports/{id}/file
// refuses: GET /exports
// refuses: POST /exports
// refuses: GET /exports/new
// refuses: GET /exports/{id}
// refuses: GET /exports/{id}/file
#[tokio::test]
async fn a_list_is_taken_out_as_its_page_shows_it() {
    on_both_engines(|world| async move {
        let (salma, hamad, huda) = (world.person("Salma"), world.person("Hamad"), world.person("Huda"));
        let (one, other) = (salma.delivers(SERVICE).await, salma.delivers(SERVICE).await);
        let csv = file(&salma, "/api/v1/lists/requests?lang=ar").await;
        let lines: Vec<&str> = csv.trim_end().split("\r\n").collect();
        assert!(lines[0].starts_with("\u{feff}رقم الطلب,الخدمة,"), "{csv}");
        assert!(lines.len() == 3 && lines[1].starts_with(&other) && lines[2].starts_with(&one), "{csv}");
        let rows: Vec<Value> =
            serde_json::from_str(&file(&salma, "/api/v1/lists/requests?form=json&lang=en").await)
                .expect("JSON");
        assert_eq!((rows.len(), rows[0]["number"].as_str()), (2, Some(other.as_str())));
        assert_eq!(rows[0]["delivered_at"], salma.sees(&other).await["delivered_at"]);
        let closed = file(&salma, "/api/v1/lists/requests?form=json&show=closed").await;
        assert_eq!(closed.replace(char::is_whitespace, ""), "[]");
        let desk = file(&hamad, "/api/v1/lists/desk?form=ndjson&kind=verification").await;
        assert!(desk.lines().count() >= 2 && desk.contains(&one), "{desk}");
        let history = file(&hamad, &format!("/api/v1/lists/history?form=ndjson&request={one}")).await;
        assert!(history.contains("request.delivered") && history.contains("LY-SVC-14.1a"), "{history}");
        assert!(file(&huda, "/api/v1/lists/services?lang=en").await.contains(SERVICE));
        assert!(file(&salma, "/api/v1/lists/inbox").await.contains(&one));
        let disposition = salma.gets("/api/v1/lists/inbox?lang=en").await;
        assert!(disposition.header("content-disposition").contains(".csv"));
        let taken = world.history_of("export.taken").await;
        assert!(taken >= 8, "each is an event: {taken}");

        salma.gets("/api/v1/lists/desk").await.refused(403, "desk.none", &[]);
        salma.gets("/api/v1/lists/nothing").await.is(404);
        salma.gets("/api/v1/lists/inbox?form=xls").await.refused(422, "export.form_unknown", &[]);
        huda.gets(&format!("/api/v1/lists/history?request={one}")).await.is(404);
        huda.gets(&format!("/api/v1/lists/history?request={NOBODYS_NUMBER}")).await.is(404);
        let asked = json!({ "list": "desk", "form": "csv" });
        salma.posts("/api/v1/exports", &asked).await.refused(403, "desk.none", &[]);
        for path in ["/exports", "/exports/new?list=requests", &format!("/exports/{NOBODYS_ID}")] {
            assert!(matches!(world.stranger().gets(path).await.status, 303 | 401), "{path}");
        }
        for path in ["", "/file"] {
            salma.gets(&format!("/exports/{NOBODYS_ID}{path}")).await.is(404);
            salma.gets(&format!("/api/v1/exports/{NOBODYS_ID}{path}")).await.is(404);
        }
        world.stranger().gets("/api/v1/exports").await.refused(401, "auth.sign_in_required", &["LY-SVC-8.1"]);
        salma.gets("/exports/new?list=nothing").await.is(404);
        salma.posts_form("/exports", &[("list", "requests"), ("form", "xls")]).await.is(422);
        let page = salma.posts_form("/exports", &[("list", "requests"), ("form", "csv")]).await.is(200);
        let page = String::from_utf8(page.bytes).expect("a file is UTF-8");
        assert!(page.starts_with('\u{feff}') && page.contains(&one), "a short list is the answer itself");
    })
    .await;
}

/// Who sees a page, where it lies, the list that it leads to, and a word that the file has.
const PAGES: [(&str, &str, &str, &str); 13] = [
    ("", "/services?topic=civil-status", "list=services&topic=civil-status", "residence-certificate"),
    ("", "/browse", "list=bodies", "civil-registry"),
    ("", "/directory/register?state=published", "list=register&state=published", "residence-certificate"),
    ("", "/controls?pack=kw-remote&cursor=", "list=controls&pack=kw-remote", "KW-RW"),
    ("Salma", "/requests?show=open", "list=requests&show=open", "26-"),
    ("Salma", "/browse", "list=subscriptions", "civil-status"),
    ("Salma", "/inbox", "list=inbox", "26-"),
    ("Salma", "/account", "list=history", "subscription.begun"),
    ("Hamad", "/desk", "list=desk", "26-"),
    ("Laila", "/directory", "list=duties", ""),
    ("Laila", "/directory/words", "list=words", ""),
    (
        "Laila",
        "/directory/entries/residence-certificate",
        "list=history&service=residence-certificate",
        "entry.",
    ),
    ("Salma", "REQUEST/notices", "list=notices&request=REQUEST", "26-"),
];

#[tokio::test]
async fn every_list_leads_to_its_file_and_strangers_get_what_is_public() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let number = salma.delivers(SERVICE).await;
        let follow = json!({ "tree": "theme", "word": "civil-status" });
        salma.posts("/api/v1/subscriptions", &follow).await.is(204);
        let wrong = json!({ "words": "العنوان على البطاقة غير صحيح." });
        salma.posts(&format!("/api/v1/services/{SERVICE}/errors"), &wrong).await.is(201);
        for (who, page, list, word) in PAGES {
            let person = if who.is_empty() { world.stranger() } else { world.person(who) };
            let page = page.replace("REQUEST", &format!("/requests/{number}"));
            let list = list.replace("REQUEST", &number);
            let shown = person.gets(&page).await.is(200).page().replace("&amp;", "&").replace("&#38;", "&");
            assert!(shown.contains(&format!("/exports/new?{list}")), "{page} leads to {list}");
            person.gets(&format!("/exports/new?{list}")).await.is(200);
            let (name, rest) = list["list=".len()..].split_once('&').unwrap_or((&list["list=".len()..], ""));
            for form in ["csv", "json", "ndjson"] {
                let taken = file(&person, &format!("/api/v1/lists/{name}?form={form}&{rest}")).await;
                assert!(taken.lines().count() > 1 || form == "ndjson", "{list} has rows: {taken}");
                assert!(taken.contains(word), "{list} holds {word}: {taken}");
            }
        }
        let laila = world.person("Laila");
        let errors = file(&laila, "/api/v1/lists/duties?form=json&kind=error_report").await;
        assert!(errors.contains("العنوان على البطاقة"), "{errors}");
        let others = file(&laila, "/api/v1/lists/duties?form=json&kind=legal_change").await;
        assert!(!others.contains("العنوان على البطاقة"), "{others}");
        let kuwait = file(&world.stranger(), "/api/v1/lists/controls?pack=kw-remote").await;
        assert_eq!(kuwait.matches("KW-RW").count(), kuwait.matches("kw-remote").count());
        for list in ["delays", "advice", "copies", "appeals"] {
            let (head, path) = (world.person("Widad"), format!("/api/v1/lists/{list}"));
            assert!([200, 403].contains(&head.gets(&path).await.status), "{list}");
            assert_eq!(salma.gets(&path).await.status, 403, "{list} is no applicant's");
        }
        for list in ["duties", "words"] {
            assert_eq!(salma.gets(&format!("/api/v1/lists/{list}")).await.status, 403, "{list}");
        }
        for list in ["requests", "inbox", "history", "delays", "subscriptions", "words"] {
            let path = format!("/api/v1/lists/{list}");
            world.stranger().gets(&path).await.refused(401, "auth.sign_in_required", &["LY-SVC-8.1"]);
        }
        salma.gets(&format!("/api/v1/lists/history?service={SERVICE}")).await.is(404);
        let strangers = world.stranger().posts_form("/exports", &[("list", "bodies"), ("form", "csv")]).await;
        assert!(strangers.is(200).header("content-disposition").contains(".csv"));
    })
    .await;
}

/// Messages by the thousand.
struct Many {
    to: Uuid,
    count: u32,
    at: Timestamp,
}

impl Verb for Many {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        for number in 0..self.count {
            let message = Message::new(self.to, "request-refused", "request/26-1", "/requests")
                .word("number", number.to_string());
            notify::send(tx, self.at, message, None).await?;
        }
        Ok(())
    }
}

// refuses: POST /api/v1/exports/{id}/stop
// refuses: POST /api/v1/exports/{id}/resume
// refuses: POST /exports/{id}/stop
// refuses: POST /exports/{id}/resume
#[tokio::test]
async fn a_long_file_is_made_once_whoever_dies_on_the_way() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let (person, count) = (world.actor("Salma").await.person, AT_ONCE_ROWS_MAX + 700);
        let many = Many { to: person, count, at: world.clock.now() };
        world.parts.store.write(many).await.expect("messages are sent");
        salma.gets("/api/v1/lists/inbox").await.refused(409, "export.too_long", &[]);
        let asked = json!({ "list": "inbox", "form": "ndjson" });
        let first = salma.posts_once("/api/v1/exports", "one", &asked).await.is(201).json();
        let again = salma.posts_once("/api/v1/exports", "one", &asked).await.is(201).json();
        assert_eq!((&first["id"], &first["state"]), (&again["id"], &json!("asked")));
        let path = format!("/api/v1/exports/{}", first["id"].as_str().expect("an id"));
        salma.gets(&format!("{path}/file")).await.refused(409, "export.not_ready", &[]);

        // The worker dies as soon as the first part is there.
        let killed = tokio::spawn({
            let world = world.clone();
            async move { world.works_off_its_jobs().await }
        });
        let half = async {
            loop {
                let seen = salma.gets(&path).await.is(200).json();
                if seen["rows"].as_i64() > Some(0) {
                    return seen;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let half = half.await;
        killed.abort();
        assert_eq!(half["rows"].as_u64(), Some(u64::from(AT_ONCE_ROWS_MAX)), "{half}");
        assert_eq!(half["expected_rows"].as_u64(), Some(u64::from(count)), "{half}");
        assert!(half["remaining_seconds"].is_u64() && half["actions"] == json!(["stop"]), "{half}");
        stopped_and_resumed(&world, &salma, &path).await;
        finished(&world, &salma, &path).await;
        let whole = file(&salma, &format!("{path}/file")).await;
        let mut numbers: Vec<String> = whole
            .lines()
            .map(|line| {
                serde_json::from_str::<Value>(line).expect("a line of JSON")["sent_at"].to_string() + line
            })
            .collect();
        let lines = numbers.len();
        numbers.sort();
        numbers.dedup();
        let before = salma.gets("/api/v1/inbox").await.is(200).json();
        assert_eq!(before["items"][0]["link"], path.replace("/api/v1", ""), "she is told: {before}");
        assert_eq!((lines, numbers.len()), (count as usize, count as usize), "every row once");
        world.person("Huda").gets(&path).await.is(404);
        world.person("Huda").gets(&format!("{path}/file")).await.is(404);
        let downloads = world.history_of("export.downloaded").await;
        assert_eq!(downloads, 1);
        let done = salma.gets(&path).await.is(200).json();
        assert_eq!((&done["actions"], &done["remaining_seconds"]), (&json!(["fetch"]), &Value::Null));
        let nothing = json!({});
        salma.posts(&format!("{path}/stop"), &nothing).await.refused(409, "export.not_open", &[]);
        salma.posts(&format!("{path}/resume"), &nothing).await.refused(409, "export.not_stopped", &[]);
    })
    .await;
}

/// Its owner stops it, by page and by program, and has it go on; nobody else can, and nothing that was written is lost.
async fn stopped_and_resumed(world: &TestDiwan, salma: &Person, path: &str) {
    let (page, nothing) = (path.replace("/api/v1", ""), json!({}));
    for act in ["stop", "resume"] {
        world.person("Huda").posts(&format!("{path}/{act}"), &nothing).await.is(404);
        world.person("Huda").posts_form(&format!("{page}/{act}"), &[]).await.is(404);
    }
    salma.posts_form(&format!("{page}/resume"), &[]).await.is(409);
    let stopped = salma.posts(&format!("{path}/stop"), &nothing).await.is(200).json();
    assert_eq!((&stopped["state"], &stopped["actions"]), (&json!("stopped"), &json!(["resume"])));
    let again = salma.posts_form(&format!("{page}/stop"), &[]).await.is(409).page();
    assert!(again.contains("/resume"), "the page says how it stands: {again}");
    world.works_off_its_jobs().await;
    let still = salma.gets(path).await.is(200).json();
    assert_eq!((&still["state"], &still["rows"]), (&stopped["state"], &stopped["rows"]));
    salma.gets(&format!("{path}/file")).await.refused(409, "export.not_ready", &[]);
    salma.posts_form(&format!("{page}/resume"), &[]).await.is(303);
    assert_eq!(salma.gets(path).await.is(200).json()["state"], "running");
}

/// Another worker takes over when the lease of the dead one ends.
async fn finished(world: &TestDiwan, salma: &Person, path: &str) {
    for _ in 0..60 {
        world.works_off_its_jobs().await;
        if salma.gets(path).await.is(200).json()["state"] == "ready" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    panic!("the file is never ready");
}
