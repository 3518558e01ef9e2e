//! Pages and API through the guard, as callers see them.

use axum::{Router, body::Body, http::Request};
use clock::{Clock, Timestamp};
use http_body_util::BodyExt;
use language::{Offset, Text, Texts};
use tower::ServiceExt;
use web::{GuardConfig, Site};

fn site() -> Router {
    let packs = crate::packs::shared();
    let (api, _) = crate::api().split_for_parts();
    let router = Router::new().merge(crate::pages()).merge(api).with_state(packs);
    let site = Site {
        texts: std::sync::Arc::new(Texts::assemble(&[language::LOCALE, web::LOCALE, crate::LOCALE]).unwrap()),
        public_address: "http://127.0.0.1".into(),
        name: Text::new("منصة الخدمات", "Services platform"),
        demo: false,
        clock: Clock::fixed(Timestamp(1_772_357_400_000_000)),
        offset: Offset { minutes: 120 },
    };
    web::guard(router, GuardConfig { rate: None, ..GuardConfig::new(site) })
}

async fn asked(path: &str) -> (u16, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = site().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn json(path: &str) -> serde_json::Value {
    let (status, body) = asked(path).await;
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).unwrap()
}

// proves: LY-SVC-1.06
#[tokio::test]
async fn the_list_shows_every_pack_and_finds_by_words() {
    let (status, page) = asked("/controls?lang=ar").await;
    assert_eq!(status, 200);
    for pack in crate::packs::shared().packs() {
        assert!(page.contains(&format!("/controls?pack={}", pack.id)), "{}", pack.id);
    }
    let (_, page) = asked(
        "/controls?lang=ar&q=%D8%A7%D9%84%D9%88%D8%AB%D8%A7%D8%A6%D9%82+%D8%A7%D9%84%D8%B3%D8%B1%D9%8A%D8%A9",
    )
    .await;
    assert!(page.contains("/controls/LY-SVC-4.2a"), "the search finds the article");
    let (_, page) = asked("/controls?lang=en&q=zzzz").await;
    assert!(page.contains("empty-title"));
}

// proves: IQ-SOC-0.1, KW-RW-3.3
#[tokio::test]
async fn every_document_stands_in_the_register_with_what_it_rests_on() {
    for (lang, edition) in [("ar", "الإصدار"), ("en", "Edition")] {
        let (_, list) = asked(&format!("/controls?lang={lang}")).await;
        let plain = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
        let list = plain(&list);
        for pack in crate::packs::shared().packs() {
            let issuer = if lang == "ar" { &pack.issuer.ar } else { &pack.issuer.en };
            assert!(list.contains(issuer.as_str()), "{issuer}");
            assert!(list.contains(&format!("/controls/packs/{}", pack.id)));
            let (status, page) = asked(&format!("/controls/packs/{}?lang={lang}", pack.id)).await;
            assert_eq!(status, 200);
            let page = plain(&page);
            for source in &pack.footings {
                let texts = if lang == "ar" {
                    [&source.title.ar, &source.from.ar]
                } else {
                    [&source.title.en, &source.from.en]
                };
                texts.into_iter().for_each(|text| assert!(page.contains(text.as_str()), "{text}"));
            }
            let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
            assert!(main.contains(issuer.as_str()) && !main.contains(">pack-"), "{main}");
        }
        assert!(list.contains(edition) && list.contains("2024"), "the guide of Iraq states both");
    }
    let practices = |pack: &str| {
        let packs = crate::packs::shared();
        let sources = packs.pack(pack).unwrap().footings.iter();
        sources.filter(|source| source.kind == crate::FootingKind::Practice).count()
    };
    assert!(practices("kw-remote") >= 3);
}

// refuses: GET /controls
// refuses: GET /controls/packs/{pack}
// refuses: GET /api/v1/controls
// refuses: GET /api/v1/controls/{id}
#[tokio::test]
async fn what_does_not_exist_is_refused() {
    for (path, status) in [
        ("/controls?state=perfect", 422),
        ("/controls?cursor=x", 422),
        ("/controls/packs/nowhere", 404),
        ("/api/v1/controls?pack=none", 422),
        ("/api/v1/controls?cursor=!!", 422),
        ("/api/v1/controls?colour=red", 422),
        ("/api/v1/controls/LY-SVC-99", 404),
    ] {
        assert_eq!(asked(path).await.0, status, "{path}");
    }
}

#[tokio::test]
async fn the_api_pages_through_all_controls() {
    let (mut ids, mut next) = (Vec::new(), String::new());
    loop {
        let page = json(&format!("/api/v1/controls?limit=200{next}")).await;
        ids.extend(
            page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()),
        );
        assert_eq!(page["total"], 472);
        match page["next"].as_str() {
            Some(cursor) => next = format!("&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(
        ids,
        crate::packs::shared().all().iter().map(|control| control.id.clone()).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn one_control_carries_its_numbers_and_their_source() {
    let control = json("/api/v1/controls/IQ-SOC-6.g.1").await;
    assert_eq!(control["codes"][0], "credential.expired");
    assert_eq!(control["parameters"][0]["value"], "90 days");
    let packs = control["parameters"][0]["decided_by"].as_array().unwrap();
    assert!(packs.iter().any(|pack| pack == "iq-social"));
    assert!(control["duty"]["ar"].as_str().unwrap().len() > 10);
}
