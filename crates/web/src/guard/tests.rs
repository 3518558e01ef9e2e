//! The guards, as tables where they decide and through a whole router where they answer.

use std::sync::Arc;

use authz::{Kind, Refusal};
use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use clock::{Clock, Timestamp};
use http_body_util::BodyExt;
use language::{Offset, Text, Texts};
use tower::ServiceExt;

use super::{GuardConfig, Rate, cross_site::is_ours, guard};
use crate::{Error, IdempotencyKey, Json, LOCALE, Path, Query, Shell, Signed, Site, seat, see_other};

fn site() -> Site {
    Site {
        texts: Arc::new(Texts::assemble(&[LOCALE]).expect("the texts")),
        public_address: "https://office.example".into(),
        name: Text::new("المكتب", "The office"),
        demo: false,
        clock: Clock::fixed(Timestamp(1_772_357_400_000_000)),
        offset: Offset::UTC,
    }
}

#[derive(serde::Deserialize)]
struct Asked {
    city: String,
}

#[derive(serde::Deserialize)]
struct Page {
    #[serde(rename = "limit")]
    _limit: u8,
}

fn incomplete() -> Refusal {
    Refusal::new(Kind::Invalid, "request.incomplete", &["LY-SVC-13.4"]).with_item("city", "required", "")
}

/// One route for each way in which a call may end badly.
fn router() -> Router {
    let api = Router::new()
        .route("/json", post(|Json(asked): Json<Asked>| async move { Json(asked.city) }))
        .route("/query", get(|Query(Page { .. })| async { "page" }))
        .route("/path/{id}", get(|Path(_): Path<uuid::Uuid>| async { "found" }))
        .route("/axum/{id}", get(|_: axum::extract::Path<uuid::Uuid>| async { "found" }))
        .route("/bytes", post(|bytes: Bytes| async move { bytes.len().to_string() }))
        .route("/once", post(|IdempotencyKey(key)| async move { key.unwrap_or_default() }))
        .route("/refuse", get(|| async { Err::<(), Error>(incomplete().into()) }))
        .route(
            "/stranger",
            get(|| async { Err::<(), _>(Error::from(Refusal::new(Kind::NotIdentified, "web.x", &[]))) }),
        )
        .route("/reused", get(|| async { Err::<(), Error>(store::Reused.into()) }))
        .route("/busy", get(|| async { Err::<(), Error>(store::StoreError::Busy.into()) }));
    let pages = Router::new()
        .route("/hello", get(|shell: Shell| async move { shell.t("web-skip") }))
        .route("/refuse", get(|_: Shell| async { Err::<(), Error>(incomplete().into()) }))
        .route(
            "/break",
            get(|| async { Err::<(), Error>(std::io::Error::other("the disk said secret").into()) }),
        )
        .route("/panic", get(|| async { panics() }))
        .route("/slow", get(|| async { tokio::time::sleep(std::time::Duration::from_secs(60)).await }))
        .route("/act", post(|| async { see_other("/done") }));
    let seated = axum::middleware::from_fn(|mut request, next: axum::middleware::Next| async {
        let salma = Signed { name: "سلمى".into(), desk: false, inbox_unread: 2, admin: false };
        seat(&mut request, salma);
        next.run(request).await
    });
    Router::new().nest("/api", api).merge(pages.layer(seated))
}

fn panics() {
    panic!("a rule nobody wrote");
}

async fn ask(request: axum::http::request::Builder, body: &'static str) -> Response {
    let config = GuardConfig { body_bytes_max: 64, ..GuardConfig::new(site()) };
    guard(router(), config)
        .oneshot(request.body(Body::from(body)).expect("a request"))
        .await
        .expect("an answer")
}

async fn text(response: Response) -> String {
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// Method, path, content type, body → status and code.
async fn check(line: &'static str, body: &'static str, expected: &str) {
    let words: Vec<&str> = line.split(' ').collect();
    let mut request = Request::builder().method(words[0]).uri(words[1]);
    if let Some(media_type) = words.get(2) {
        request = request.header(header::CONTENT_TYPE, *media_type);
    }
    let response = ask(request, body).await;
    let status = response.status().as_u16();
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json", "{line}");
    let problem: serde_json::Value = serde_json::from_str(&text(response).await).expect("a problem");
    assert_eq!(problem["status"], status, "{line}");
    assert!(problem["title"].as_str().is_some_and(|title| !title.starts_with("refusal-")), "{line}");
    assert_eq!(format!("{status} {}", problem["code"].as_str().unwrap_or_default()), expected, "{line}");
}

#[tokio::test]
async fn every_refusal_under_api_is_a_problem() {
    check("GET /api/refuse", "", "422 request.incomplete").await;
    check("GET /api/stranger", "", "401 web.x").await;
    check("GET /api/reused", "", "422 idempotency.key_reused").await;
    check("GET /api/busy", "", "503 web.busy").await;
    check("GET /api/nowhere", "", "404 not_found").await;
    check("GET /api/path/7", "", "404 not_found").await;
    check("GET /api/axum/7", "", "400 web.body").await;
    check("GET /api/query?limit=many", "", "422 web.query").await;
    check("PUT /api/json application/json", "{}", "405 web.method").await;
    check("POST /api/json text/plain", "{}", "415 web.content_type").await;
    check("POST /api/json application/json", "{", "400 web.json").await;
    check("POST /api/json application/json", "{\"city\":7}", "422 web.json").await;
    check("POST /api/json application/json", "{} trailing", "422 web.json").await;
    check(
        "POST /api/bytes",
        "0123456789012345678901234567890123456789012345678901234567890123456789",
        "413 web.too_large",
    )
    .await;
}

#[tokio::test]
async fn a_problem_names_the_field_and_the_article() {
    let request = Request::builder().uri("/api/refuse").header(header::ACCEPT_LANGUAGE, "en");
    let problem: serde_json::Value =
        serde_json::from_str(&text(ask(request, "").await).await).expect("a problem");
    assert_eq!(problem["type"], "https://office.example/problems/request.incomplete");
    assert_eq!(problem["controls"], serde_json::json!(["LY-SVC-13.4"]));
    assert_eq!(problem["errors"][0]["field"], "city");
    assert_eq!(problem["errors"][0]["message"], "Fill this in");
    let missing =
        Request::builder().method("POST").uri("/api/json").header(header::CONTENT_TYPE, "application/json");
    let problem: serde_json::Value =
        serde_json::from_str(&text(ask(missing, "{}").await).await).expect("a problem");
    assert_eq!(
        (&problem["errors"][0]["field"], &problem["errors"][0]["code"]),
        (&"city".into(), &"required".into())
    );
}

#[tokio::test]
async fn a_refused_page_says_the_sentence_the_article_and_the_way_out() {
    let page = text(
        ask(Request::builder().uri("/refuse").header("referer", "https://office.example/form"), "").await,
    )
    .await;
    for seen in [
        "بعض ما أرسلته يحتاج إلى تصحيح",
        "href=\"/controls/LY-SVC-13.4\"",
        "href=\"/form\"",
        "سلمى",
        "dir=\"rtl\"",
    ] {
        assert!(page.contains(seen), "{seen} in {page}");
    }
}

#[tokio::test]
async fn what_broke_is_an_apology_with_a_number_and_no_secret() {
    for path in ["/break", "/panic"] {
        let response = ask(Request::builder().uri(path), "").await;
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let page = text(response).await;
        assert!(
            page.contains("رقم البلاغ") && !page.contains("secret") && !page.contains("nobody wrote"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn nobody_waits_for_ever() {
    let config =
        GuardConfig { call_timeout: std::time::Duration::from_millis(20), ..GuardConfig::new(site()) };
    let request = Request::builder().uri("/slow").body(Body::empty()).expect("a request");
    let response = guard(router(), config).oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let response = ask(Request::builder().uri("/hello?lang=en"), "").await;
    let headers = response.headers();
    for name in [
        "content-security-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "x-request-id",
        "strict-transport-security",
        "ratelimit",
    ] {
        assert!(headers.contains_key(name), "{name}");
    }
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(headers[header::CACHE_CONTROL], "no-store");
    assert!(headers[header::SET_COOKIE].to_str().expect("text").starts_with("lang=en; Path=/"));
    assert_eq!(text(response).await, "Skip to the content");
}

#[tokio::test]
async fn assets_are_kept_for_ever_and_travel_small() {
    let request = Request::builder().uri(crate::assets::href("diwan.css")).header("accept-encoding", "gzip");
    let response = ask(request, "").await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
    let unknown = ask(Request::builder().uri("/assets/diwan.00000000.css"), "").await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn too_often_is_refused_and_says_when_to_return() {
    let router = guard(router(), GuardConfig { rate: Some(Rate::new(2, 1)), ..GuardConfig::new(site()) });
    let mut seen = Vec::new();
    for _ in 0..3 {
        let request = Request::builder().uri("/api/nowhere").body(Body::empty()).expect("a request");
        let response = router.clone().oneshot(request).await.expect("an answer");
        seen.push((response.status().as_u16(), response.headers().contains_key(header::RETRY_AFTER)));
    }
    assert_eq!(seen, [(404, false), (404, false), (429, true)]);
}

#[tokio::test]
async fn a_key_is_visible_and_short() {
    let long = "k".repeat(201);
    for (key, expected) in [("a-1", 200), ("", 422), ("with space", 422), (long.as_str(), 422)] {
        let request = Request::builder().method("POST").uri("/api/once").header("idempotency-key", key);
        assert_eq!(ask(request, "").await.status().as_u16(), expected, "{key}");
    }
}

/// Headers, one a line → may it change something?
fn ours(method: Method, lines: &str) -> bool {
    let mut headers = HeaderMap::new();
    headers.insert(header::HOST, "office.example".parse().expect("a host"));
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").expect("a header");
        let name: header::HeaderName = name.parse().expect("a name");
        headers.insert(name, value.parse().expect("a value"));
    }
    is_ours(&site(), &method, &headers)
}

#[test]
fn only_our_own_pages_and_programs_change_something() {
    let session = "cookie: session=1\n";
    let form = "content-type: application/x-www-form-urlencoded\n";
    let table = [
        ("", true),
        ("sec-fetch-site: same-origin\ncookie: session=1", true),
        ("sec-fetch-site: none\ncookie: session=1", true),
        ("sec-fetch-site: cross-site", false),
        ("sec-fetch-site: same-site\norigin: https://office.example", false),
        ("sec-fetch-site: cross-site\nauthorization: Bearer abc", true),
        ("origin: https://office.example", true),
        ("origin: https://evil.example", false),
        ("origin: https://office.example.evil.example", false),
        ("origin: null", false),
        ("referer: https://office.example/form?x=1", true),
        ("referer: https://evil.example/https://office.example", false),
        ("cookie: session=1", false),
        ("cookie: lang=ar; theme=dark", true),
        ("cookie: session=1\ncontent-type: application/json", true),
        ("cookie: session=1\ncontent-type: multipart/form-data; boundary=x", false),
        ("authorization: Basic abc\nsec-fetch-site: cross-site", false),
    ];
    for (lines, expected) in table {
        assert_eq!(ours(Method::POST, lines), expected, "{lines}");
        assert!(ours(Method::GET, lines), "{lines}");
    }
    assert!(!ours(Method::DELETE, &format!("{session}{form}")));
}

#[tokio::test]
async fn another_site_is_refused_in_words() {
    let request = Request::builder().method("POST").uri("/act").header("sec-fetch-site", "cross-site");
    let response = ask(request, "").await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(text(response).await.contains("جاء من موقع آخر"));
    let request = Request::builder().method("POST").uri("/act").header("sec-fetch-site", "same-origin");
    assert_eq!(ask(request, "").await.status(), StatusCode::SEE_OTHER);
}

#[test]
fn the_texts_are_whole_in_both_languages() {
    assert_eq!(site().texts.missing(), []);
}

#[tokio::test]
async fn the_gallery_speaks_both_languages_and_carries_nothing_inline() {
    for lang in ["ar", "en"] {
        let request = Request::builder().uri(format!("/gallery?lang={lang}")).body(Body::empty());
        let router = guard(crate::routes(), GuardConfig::new(site()));
        let page = text(router.oneshot(request.expect("a request")).await.expect("an answer")).await;
        assert!(page.contains("</html>"), "{page}");
        for never in [" style=", "<script>", " onclick=", ">web-", ">refusal-", "/assets/unknown", "{$"] {
            assert!(!page.contains(never), "{never} in {page}");
        }
    }
}

#[test]
fn the_first_page_stays_small() {
    let arabic = ["diwan.css", "diwan.js", "icon.svg", "arabic-400.woff2", "arabic-600.woff2"];
    let bytes: usize = arabic.iter().map(|name| crate::assets::transfer_bytes(name)).sum();
    // 60 KB in all, of which a page itself and the headers may take ten.
    assert!(bytes <= 50 * 1_024, "{bytes}");
}
