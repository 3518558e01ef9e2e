//! The inbox: whose it is, its pages, its API.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    Extension, Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use clock::{Clock, SECOND};
use http_body_util::BodyExt;
use language::{Lang, Offset, Text};
use notify::{Recipient, Sms, SmsError, Texter};
use serde_json::Value;
use store::{Store, StoreError, Tx, Verb};
use testkit::database::stores;
use tower::ServiceExt;
use uuid::Uuid;
use web::{GuardConfig, Site};

use super::{HAMAD, NOON, SALMA, Tell, choice::kinds, decided, delivery, texts};

const MIGRATIONS: [store::Migrations; 2] = [jobs::MIGRATIONS, notify::MIGRATIONS];

pub fn portal(store: &Store, caller: Option<Uuid>) -> Router {
    let (api, _) = notify::api(store.clone(), kinds()).split_for_parts();
    let mut router = notify::pages(store.clone(), kinds()).merge(api);
    if let Some(person) = caller {
        router = router.layer(Extension(Recipient(person)));
    }
    let site = Site {
        texts: texts(),
        public_address: "http://127.0.0.1:8080".into(),
        name: Text::new("الهيئة", "Authority"),
        demo: false,
        clock: Clock::fixed(NOON),
        offset: Offset { minutes: 120 },
    };
    web::guard(router, GuardConfig { rate: None, ..GuardConfig::new(site) })
}

pub async fn ask(router: Router, method: &str, path: &str) -> (StatusCode, Option<String>, String) {
    ask_with(router, method, path, "").await
}

/// The same with a body: a form, or JSON.
pub async fn ask_with(
    router: Router,
    method: &str,
    path: &str,
    body: &str,
) -> (StatusCode, Option<String>, String) {
    let media = if body.starts_with('{') { "application/json" } else { "application/x-www-form-urlencoded" };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "127.0.0.1:8080")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, media)
        .body(Body::from(body.to_owned()))
        .unwrap();
    let response = router.oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let location = headers.get(header::LOCATION).map(|path| path.to_str().unwrap().to_owned());
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, location, String::from_utf8(body.to_vec()).unwrap())
}

async fn tell(store: &Store, to: Uuid, number: &str) {
    store.write(Tell { message: decided(to, number), address: None, fails: false, at: None }).await.unwrap();
}

async fn first(store: &Store, person: Uuid) -> notify::Notice {
    notify::list(&store.read(), person, None, 1).await.unwrap().remove(0)
}

#[tokio::test]
async fn a_verb_that_fails_told_nobody() {
    for store in stores(&MIGRATIONS).await {
        let tell = Tell { fails: true, ..Tell::salma("26-1", "salma@mail.example", Lang::Ar) };
        assert!(store.write(tell).await.is_err());
        assert!(notify::list(&store.read(), SALMA, None, 9).await.unwrap().is_empty());
        assert!(jobs::counts(&store.read()).await.unwrap().is_empty());
    }
}

// refuses: GET /inbox
// refuses: GET /inbox/{id}
// refuses: GET /api/v1/inbox
// refuses: POST /api/v1/inbox/{id}/read
// refuses: POST /api/v1/inbox/{id}/unread
// refuses: POST /api/v1/inbox/{id}/archive
// refuses: POST /api/v1/inbox/{id}/restore
// refuses: POST /inbox/{id}/mark
// refuses: GET /inbox/count
#[tokio::test]
async fn a_stranger_and_another_person_see_nothing() {
    for store in stores(&MIGRATIONS).await {
        tell(&store, SALMA, "26-1").await;
        let id = first(&store, SALMA).await.id;
        for act in ["unread", "archive", "restore"] {
            let path = format!("/api/v1/inbox/{id}/{act}");
            assert_eq!(ask(portal(&store, None), "POST", &path).await.0, 401);
            assert_eq!(ask(portal(&store, Some(HAMAD)), "POST", &path).await.0, 404);
        }
        let mark = format!("/inbox/{id}/mark");
        assert_eq!(ask_with(portal(&store, Some(HAMAD)), "POST", &mark, "mark=archive").await.0, 404);
        assert_eq!(ask_with(portal(&store, Some(SALMA)), "POST", &mark, "mark=burn").await.0, 404);
        assert_eq!(ask(portal(&store, None), "GET", "/inbox/count").await.0, 401);
        let cases: [(Option<Uuid>, &str, String, u16, &str); 8] = [
            (None, "GET", "/inbox".into(), 303, "/sign-in?next=/inbox"),
            (None, "GET", format!("/inbox/{id}"), 303, "/sign-in?next=/inbox/"),
            (None, "GET", "/api/v1/inbox".into(), 401, "auth.sign_in_required"),
            (None, "POST", format!("/api/v1/inbox/{id}/read"), 401, "auth.sign_in_required"),
            (Some(HAMAD), "GET", format!("/inbox/{id}"), 404, ""),
            (Some(HAMAD), "POST", format!("/api/v1/inbox/{id}/read"), 404, "not_found"),
            (Some(HAMAD), "GET", "/inbox/not-an-id".into(), 404, ""),
            (Some(HAMAD), "GET", "/api/v1/inbox?cursor=made-up".into(), 422, "web.cursor"),
        ];
        for (caller, method, path, status, words) in cases {
            let (found, location, body) = ask(portal(&store, caller), method, &path).await;
            assert_eq!(found, status, "{method} {path}: {body}");
            assert!(location.unwrap_or(body).contains(words), "{method} {path}");
        }
        let (_, _, body) = ask(portal(&store, Some(HAMAD)), "GET", "/inbox").await;
        assert!(!body.contains("26-1"));
        assert_eq!(notify::unread(&store.read(), SALMA).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn opening_a_message_reads_it_and_leads_on() {
    for store in stores(&MIGRATIONS).await {
        tell(&store, SALMA, "26-000123").await;
        let id = first(&store, SALMA).await.id;
        let (status, _, body) = ask(portal(&store, Some(SALMA)), "GET", "/inbox").await;
        assert_eq!(status, 200);
        for words in [
            "صدر القرار في طلبك <bdi class=\"number\">26-000123</bdi>",
            "شهادة إقامة",
            "لديك رسالة واحدة لم تقرأها",
        ] {
            assert!(body.contains(words), "{words} is missing in {body}");
        }
        let (_, _, english) = ask(portal(&store, Some(SALMA)), "GET", "/inbox?lang=en").await;
        assert!(
            english
                .contains("Your request <bdi class=\"number\">26-000123</bdi> was decided: <bdi>Residence certificate</bdi>"),
            "{english}"
        );

        let (status, location, _) = ask(portal(&store, Some(SALMA)), "GET", &format!("/inbox/{id}")).await;
        assert_eq!((status.as_u16(), location.as_deref()), (303, Some("/requests/26-000123")));
        assert_eq!(notify::unread(&store.read(), SALMA).await.unwrap(), 0);
        assert_eq!(first(&store, SALMA).await.read_at, Some(NOON));
        let (_, _, body) = ask(portal(&store, Some(SALMA)), "GET", "/inbox").await;
        assert!(body.contains("قرأت كل رسائلك"), "{body}");
    }
}

#[tokio::test]
async fn a_message_leads_nowhere_but_into_the_portal() {
    for store in stores(&MIGRATIONS).await {
        for link in
            ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:x", ""]
        {
            let message = notify::Message { link: link.into(), ..decided(SALMA, "26-1") };
            store.write(Tell { message, address: None, fails: false, at: None }).await.unwrap();
            let id = first(&store, SALMA).await.id;
            let (_, location, _) = ask(portal(&store, Some(SALMA)), "GET", &format!("/inbox/{id}")).await;
            assert_eq!(location.as_deref(), Some("/inbox"), "{link}");
        }
    }
}

#[tokio::test]
async fn the_api_pages_through_everything_once_and_marks_as_read() {
    for store in stores(&MIGRATIONS).await {
        for number in 0..45 {
            tell(&store, SALMA, &format!("26-{number:03}")).await;
        }
        let (mut found, mut path) = (Vec::new(), "/api/v1/inbox?lang=en".to_owned());
        loop {
            let (status, _, body) = ask(portal(&store, Some(SALMA)), "GET", &path).await;
            assert_eq!(status, 200, "{body}");
            let page: Value = serde_json::from_str(&body).unwrap();
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 20);
            found.extend(items.iter().map(|item| item["about"].as_str().unwrap().to_owned()));
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/inbox?lang=en&cursor={next}"),
                None => break,
            }
        }
        let expected: Vec<String> = (0..45).rev().map(|number| format!("request/26-{number:03}")).collect();
        assert_eq!(found, expected);

        let (_, _, body) = ask(portal(&store, Some(SALMA)), "GET", "/api/v1/inbox?lang=en").await;
        let item = serde_json::from_str::<Value>(&body).unwrap()["items"][0].clone();
        assert_eq!(item["subject"], "Your request 26-044 was decided: Residence certificate");
        assert_eq!(item["link"], "/requests/26-044");
        assert_eq!(item["read_at"], Value::Null);
        assert_eq!(item["deliveries"][0]["state"], "no_means");
        let read = format!("/api/v1/inbox/{}/read", item["id"].as_str().unwrap());
        for _ in 0..2 {
            assert_eq!(ask(portal(&store, Some(SALMA)), "POST", &read).await.0, 204);
        }
        assert_eq!(notify::unread(&store.read(), SALMA).await.unwrap(), 44);
    }
}

#[tokio::test]
async fn an_officer_sees_what_was_said_about_a_subject() {
    for store in stores(&MIGRATIONS).await {
        tell(&store, SALMA, "26-1").await;
        tell(&store, HAMAD, "26-1").await;
        tell(&store, SALMA, "26-2").await;
        let said = notify::about(&store.read(), "request/26-1", 9).await.unwrap();
        assert_eq!(said.iter().map(|notice| notice.person).collect::<Vec<_>>(), [SALMA, HAMAD]);
    }
}

struct TellBySms;

impl Verb for TellBySms {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        notify::send_sms(tx, NOON, decided(SALMA, "26-1"), "0910000000".into(), Lang::Ar).await.map(drop)
    }
}

/// A gateway that cannot take anything for now.
struct Grumpy;

#[async_trait]
impl Sms for Grumpy {
    async fn send(&self, phone: &str, text: &str, reference: &str) -> Result<(), SmsError> {
        assert_eq!((phone, text), ("0910000000", "صدر القرار في طلبك 26-1: شهادة إقامة"));
        assert!(reference.parse::<Uuid>().is_ok());
        Err(SmsError::Later("the network is full".into()))
    }
}

#[tokio::test]
async fn a_text_message_without_a_gateway_says_so() {
    for store in stores(&MIGRATIONS).await {
        let clock = Clock::fixed(NOON);
        let workers = |gateway: Option<Arc<dyn Sms>>| {
            let texter = Texter::new(store.clone(), clock.clone(), texts(), gateway);
            jobs::Workers::new(store.clone(), clock.clone(), vec![Arc::new(texter)])
        };
        store.write(TellBySms).await.unwrap();
        assert_eq!(delivery(&store).await.0, "queued");
        workers(Some(Arc::new(Grumpy))).drain().await.unwrap();
        assert_eq!(delivery(&store).await.0, "delayed", "it is tried again later");
        clock.advance(3 * SECOND);
        workers(None).drain().await.unwrap();
        assert_eq!(delivery(&store).await.0, "no_means");
    }
}

#[tokio::test]
async fn an_inbox_is_narrowed_searched_and_tidied() {
    for store in stores(&MIGRATIONS).await {
        for number in ["26-001", "26-002", "26-003"] {
            tell(&store, SALMA, number).await;
        }
        let asking = decided(SALMA, "26-004").of_kind(kinds().find("asks"));
        store.write(Tell { message: asking, address: None, fails: false, at: None }).await.unwrap();
        let list = async |query: &str| {
            let path = format!("/api/v1/inbox?lang=en&{query}");
            let (status, _, body) = ask(portal(&store, Some(SALMA)), "GET", &path).await;
            assert_eq!(status, 200, "{body}");
            let page: Value = serde_json::from_str(&body).unwrap();
            let about = |item: &Value| item["about"].as_str().unwrap()[11..].to_owned();
            page["items"].as_array().unwrap().iter().map(about).collect::<Vec<_>>()
        };
        assert_eq!(list("q=26-002").await, ["002"]);
        assert_eq!(list("q=%D8%B4%D9%87%D8%A7%D8%AF%D9%87").await.len(), 4, "شهاده finds شهادة");
        assert_eq!(list("q=residence+26-003").await, ["003"]);
        assert!(list("q=%25").await.len() == 4 && list("q=nothing").await.is_empty());
        assert_eq!(list("show=needs_you").await, ["004"]);

        let id = first(&store, SALMA).await.id;
        let mark = format!("/inbox/{id}/mark");
        let post = async |mark_as: &str| {
            let form = format!("mark={mark_as}&back=%2Finbox%3Fshow%3Dall");
            let (status, location, _) = ask_with(portal(&store, Some(SALMA)), "POST", &mark, &form).await;
            assert_eq!((status.as_u16(), location.as_deref()), (303, Some("/inbox?show=all")));
        };
        post("archive").await;
        assert_eq!(list("").await, ["003", "002", "001"]);
        assert_eq!(
            (list("show=archived").await, list("show=needs_you").await),
            (vec!["004".to_owned()], vec![])
        );
        post("restore").await;
        assert_eq!(list("show=unread").await, ["003", "002", "001"]);
        post("unread").await;
        assert_eq!(list("show=unread").await.len(), 4);
        let (_, _, count) = ask(portal(&store, Some(SALMA)), "GET", "/inbox/count").await;
        assert!(count.contains(">4<"), "{count}");
        store.write(Settle).await.unwrap();
        assert!(list("show=needs_you").await.is_empty());
        let (_, _, page) = ask(portal(&store, Some(SALMA)), "GET", "/inbox?show=needs_you").await;
        assert!(page.contains("لا شيء مطلوب منك الآن"), "{page}");
    }
}

struct Settle;

impl Verb for Settle {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        notify::settle(tx, SALMA, "request/26-004").await
    }
}
