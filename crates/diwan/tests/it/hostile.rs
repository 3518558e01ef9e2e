//! Input that no honest program sends. It is refused in words, quickly, and the next caller notices nothing.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::world::{Answer, Person, TestDiwan, application, on_both_engines};

const SERVICE: &str = "residence-certificate";
const REQUESTS: &str = "/api/v1/requests";

async fn sends(person: &Person, body: impl Into<reqwest::Body>) -> Answer {
    let call = person.call(Method::POST, REQUESTS).header("content-type", "application/json");
    Answer::to(call.body(body)).await
}

/// What the server says to bytes as they are, up to the end of the connection or a pause.
async fn raw(world: &TestDiwan, bytes: &[u8]) -> String {
    let mut stream =
        TcpStream::connect(world.address.trim_start_matches("http://")).await.expect("a connection");
    stream.write_all(bytes).await.expect("the bytes are sent");
    let mut said = vec![0; 16 * 1024];
    let read = timeout(Duration::from_secs(20), stream.read(&mut said)).await.expect("an answer in time");
    String::from_utf8_lossy(&said[..read.unwrap_or(0)]).into_owned()
}

// refuses: POST /api/v1/requests
#[tokio::test]
async fn bodies_that_are_too_large_too_deep_or_no_text() {
    on_both_engines(|world| async move {
        let salma = world.person("Salma");
        let mut large = application(SERVICE, world.example(SERVICE));
        large["answers"]["address"] = "س".repeat(5 * 1024 * 1024).into();
        sends(&salma, large.to_string()).await.refused(413, "web.too_large", &[]);
        let deep = format!(r#"{{"service":"x","answers":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        sends(&salma, deep).await.refused(400, "web.json", &[]);
        sends(&salma, b"{\"service\":\"\xff\xfe\"}".to_vec()).await.is(400);
        sends(&salma, "").await.refused(400, "web.json", &[]);
        sends(&salma, "[]").await.is(422);
        sends(&salma, r#"{"service":"x","service":"y","answers":{}}"#).await.refused(422, "web.json", &[]);
        sends(&salma, r#"{"service":"x","answers":{},"admin":true}"#).await.refused(422, "web.json", &[]);
        let call = salma.call(Method::POST, REQUESTS).header("content-type", "text/plain").body("{}");
        Answer::to(call).await.refused(415, "web.content_type", &[]);
        // Marks that cannot be seen, and the byte that not every database can keep, are dropped.
        let mut marked = world.example(SERVICE);
        marked["city"] = "مدينة\u{0} الساحل\u{202e}".into();
        let number = salma.submits(SERVICE, marked).await.is(201).word("number");
        assert_eq!(salma.sees(&number).await["answers"]["city"], "مدينة الساحل");
        salma.submits(SERVICE, world.example(SERVICE)).await.is(201);
    })
    .await;
}

#[tokio::test]
async fn heads_that_are_too_long_or_lie() {
    on_both_engines(|world| async move {
        let long = "x".repeat(1_000_000);
        let said = raw(&world, format!("GET /api/v1/me HTTP/1.1\r\nhost: x\r\nx-long: {long}\r\n\r\n").as_bytes()).await;
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
        let many: String = (0..500).map(|number| format!("x-{number}: y\r\n")).collect();
        let said = raw(&world, format!("GET /api/v1/me HTTP/1.1\r\nhost: x\r\n{many}\r\n").as_bytes()).await;
        assert!(said.starts_with("HTTP/1.1 4"), "{said}");
        let both = "POST /api/v1/requests HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n";
        let said = raw(&world, both.as_bytes()).await;
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
        for path in ["/%00", "/../../etc/passwd", "/api/v1/services/%ff%fe", "/api/v1/services/%2e%2e%2f"] {
            let said = raw(&world, format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").as_bytes()).await;
            assert!(said.starts_with("HTTP/1.1 40"), "{path}: {said}");
        }
        for token in ["", "Bearer", "Bearer ", "Bearer \u{fffd}", "Basic YTpi", "Bearer dwn_0000"] {
            let call = world.stranger().call(Method::GET, "/api/v1/me").header("authorization", token);
            let refused = Answer::to(call).await;
            assert_eq!(refused.status, 401, "{token:?}: {}", refused.text());
        }
        world.person("Salma").gets("/api/v1/me").await.is(200);
    })
    .await;
}

#[tokio::test]
async fn a_body_that_does_not_arrive_ends_and_disturbs_nobody() {
    on_both_engines(|world| async move {
        let head = "POST /api/v1/requests HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{";
        let slow = tokio::spawn({
            let world = world.clone();
            async move { raw(&world, head.as_bytes()).await }
        });
        let salma = world.person("Salma");
        for _ in 0..5 {
            salma.gets("/api/v1/me").await.is(200);
        }
        let said = slow.await.expect("the slow caller ends");
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4") || said.starts_with("HTTP/1.1 503"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn words_of_the_query_are_only_words() {
    on_both_engines(|world| async move {
        let anybody = world.stranger();
        let long = "س".repeat(5_000);
        for words in
            ["'; DROP TABLE request; --", "\" OR 1=1", "*", "NEAR(", "a AND", "\u{202e}", long.as_str()]
        {
            let url = reqwest::Url::parse_with_params("http://x/api/v1/services", [("q", words)])
                .expect("an address");
            let answer = anybody.gets(&format!("/api/v1/services?{}", url.query().unwrap_or_default())).await;
            assert!(matches!(answer.status, 200 | 414 | 422 | 431), "{}: {}", answer.status, answer.text());
        }
        let salma = world.person("Salma");
        let mut answers = world.example(SERVICE);
        answers["address"] = "<script>alert(1)</script> '; DROP TABLE request; --".into();
        let number = salma.submits(SERVICE, answers.clone()).await.is(201).word("number");
        assert_eq!(salma.sees(&number).await["answers"], answers);
        let page = salma.gets(&format!("/requests/{number}")).await.is(200);
        assert!(!String::from_utf8_lossy(&page.bytes).contains("<script>alert"));
        let login = json!({ "identifier": "' OR '1'='1", "password": "x" });
        let refused = anybody.posts("/api/v1/sessions", &login).await;
        assert!(matches!(refused.status, 401 | 422), "{}", refused.text());
    })
    .await;
}
