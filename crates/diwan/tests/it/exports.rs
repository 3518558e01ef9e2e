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
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let half = half.await;
        killed.abort();
        assert_eq!(half["rows"].as_u64(), Some(u64::from(AT_ONCE_ROWS_MAX)), "{half}");
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
        for _ in 0..2 {
            salma.posts("/api/v1/exports", &asked).await.is(201);
        }
    })
    .await;
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
