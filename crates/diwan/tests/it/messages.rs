//! Messages on a request: both sides write, the request stays where it is, and others see nothing of it.

use reqwest::{Method, multipart};
use serde_json::json;

use crate::world::{Answer, PDF, Person, TestDiwan, on_both_engines};

/// A file goes with words by either side, on the page.
async fn files_go_with_words(world: &TestDiwan, number: &str, typed: &str) {
    let (salma, hamad, huda) = (world.person("Salma"), world.person("Hamad"), world.person("Huda"));
    let (api, page) = (format!("/api/v1/requests/{number}/messages"), format!("/requests/{number}/messages"));
    let form = |who: &Person, words: &str, file: Option<(&'static str, &'static [u8])>| {
        let mut form = multipart::Form::new().text("words", words.to_owned());
        if let Some((name, bytes)) = file {
            form = form.part("document.file", multipart::Part::bytes(bytes).file_name(name));
        }
        Answer::to(who.call(Method::POST, &page).multipart(form))
    };
    // A file goes with words by either side; what was taken is kept while the words are mended.
    let kept = form(&salma, typed, Some(("map.pdf", PDF))).await.is(422).page();
    assert!(kept.contains(typed) && kept.contains("map.pdf"), "nothing is given twice");
    let document = kept.split("name=\"kept.file\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let document = document.expect("the file is kept").to_owned();
    let parts = multipart::Form::new().text("words", "هذا المخطط.").text("kept.file", document.clone());
    Answer::to(salma.call(Method::POST, &page).multipart(parts)).await.is(303);
    let shown = hamad.gets(&page).await.is(200).page();
    assert!(shown.contains(&document) && shown.contains("map.pdf"));
    form(&hamad, "هذه صورة القرار السابق.", Some(("earlier.pdf", PDF))).await.is(303);
    let shown = salma.gets(&api).await.is(200).json();
    let href = shown["items"][0]["documents"][0]["href"].as_str().expect("a file by the desk").to_owned();
    assert_eq!(salma.gets(&href).await.is(200).bytes, PDF);
    form(&salma, "انظر.", Some(("page.html", b"<html><script>1</script></html>"))).await.is(422);
    form(&huda, "انظر.", Some(("map.pdf", PDF))).await.is(404);
    form(&salma, "شكرًا", None).await.is(303);
}

// refuses: GET /api/v1/requests/{number}/messages, POST /api/v1/requests/{number}/messages
// refuses: GET /requests/{number}/messages, POST /requests/{number}/messages
#[tokio::test]
async fn a_desk_asks_and_its_applicant_answers() {
    on_both_engines(|world| async move {
        let (salma, hamad, huda) = (world.person("Salma"), world.person("Hamad"), world.person("Huda"));
        let number = salma.delivers("residence-certificate").await;
        let (api, page) =
            (format!("/api/v1/requests/{number}/messages"), format!("/requests/{number}/messages"));
        let before = salma.sees(&number).await;
        let question = json!({ "words": "هل يمكن أن ترسلي فاتورة كهرباء حديثة؟" });
        hamad.posts(&api, &question).await.is(201);
        let inbox = salma.gets("/api/v1/inbox").await.is(200).json();
        assert_eq!(inbox["items"][0]["about"], format!("request/{number}"));
        let bill = salma.uploads("bill.pdf", PDF).await.id();
        let answer = json!({ "words": "هذه فاتورة الشهر الماضي.", "documents": [bill] });
        salma.posts_once(&api, "answer", &answer).await.is(201);
        salma.posts_once(&api, "answer", &answer).await.is(201);

        let messages = hamad.gets(&api).await.is(200).json()["items"].clone();
        assert_eq!(messages.as_array().map(Vec::len), Some(2), "asked twice, written once");
        assert_eq!((&messages[0]["side"], &messages[1]["side"]), (&json!("applicant"), &json!("desk")));
        let href = messages[0]["documents"][0]["href"].as_str().expect("what is enclosed has an address");
        assert_eq!(hamad.gets(href).await.is(200).bytes, PDF);
        let shown = hamad.gets(&page).await.is(200);
        assert!(shown.page().contains("هذه فاتورة الشهر الماضي."));
        let after = salma.sees(&number).await;
        assert_eq!((&after["stage"], &after["revision"]), (&before["stage"], &before["revision"]));

        for other in [&huda, &world.person("Khalid")] {
            other.gets(&api).await.refused(404, "not_found", &[]);
            other.posts(&api, &question).await.refused(404, "not_found", &[]);
            other.gets(&page).await.is(404);
            other.gets(href).await.refused(404, "not_found", &[]);
        }
        let missing = hamad.posts(&api, &json!({ "words": " " })).await;
        missing.refused(422, "message.words_missing", &[]).names(&[("words", "required")]);
        let stolen = json!({ "words": "انظر المرفق.", "documents": [bill] });
        hamad.posts(&api, &stolen).await.refused(422, "message.document_unknown", &[]);
        let typed = "س".repeat(2_001);
        files_go_with_words(&world, &number, &typed).await;

        hamad.takes(&number, "verify").await.is(200);
        world.person("Noura").takes(&number, "approve").await.is(200);
        world.works_off_its_jobs().await;
        salma.posts(&api, &question).await.refused(409, "message.closed", &["LY-SVC-16.3a"]);
        let history = world.history(&format!("request/{number}")).await;
        assert_eq!(history.iter().filter(|entry| entry.kind == "request.message").count(), 5);
    })
    .await;
}
