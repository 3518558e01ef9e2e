//! What is sensitive asks again for the second factor, and goes on where it was with all that was typed.

use axum::{body::Body, http::Request};
use clock::MINUTE;

use crate::{testing::*, *};

impl World {
    async fn says(&self, path: &str, cookie: &str, body: &str) -> (u16, String) {
        let request = Request::post(path)
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookie)
            .body(Body::from(body.to_owned()));
        text(self.call(request.expect("a request")).await).await
    }
}

// proves: KW-RW-9.5.9
// refuses: GET /account/confirm, POST /account/confirm, POST /api/v1/sessions/confirm
#[tokio::test]
async fn what_is_sensitive_opens_after_a_fresh_second_factor_and_not_before() {
    for world in worlds().await {
        assert_eq!(world.get("/account/confirm", "").await.0, 303);
        assert_eq!(world.post("/account/confirm", "", "").await.status(), 303);
        assert_eq!(world.says("/api/v1/sessions/confirm", "", "{}").await.0, 401);
        let hamad = cookie(&world.signs_in(HAMAD).await);
        for path in ["/account/keys", "/account/recovery"] {
            assert_eq!(world.get(path, &hamad).await.0, 200, "the sign-in itself is fresh: {path}");
        }
        world.clock.advance(STEP_UP_HOLDS);
        for path in ["/account/keys", "/account/recovery"] {
            let (status, page) = world.get(path, &hamad).await;
            assert_eq!(status, 401, "{path}");
            assert!(page.contains("KW-RW-9.5.9") && page.contains("confirm_code"), "{path}");
        }
        let token = r#"{"name":"a program","days":30}"#;
        let (status, problem) = world.says("/api/v1/tokens", &hamad, token).await;
        assert_eq!(status, 401);
        assert!(problem.contains("auth.step_up_required") && problem.contains("KW-RW-9.5.9"), "{problem}");

        let wrong = form(&[("confirm_code", "000000"), ("next", "/account/keys")]);
        let (status, page) = text(world.post("/account/confirm", &hamad, &wrong).await).await;
        assert_eq!(status, 401);
        assert!(page.contains("value=\"/account/keys\""), "the way on is kept");
        let right = form(&[("confirm_code", &world.code()), ("next", "/account/keys")]);
        let on = world.post("/account/confirm", &hamad, &right).await;
        assert_eq!((on.status().as_u16(), on.headers()["location"].as_bytes()), (303, &b"/account/keys"[..]));
        assert_eq!(world.get("/account/keys", &hamad).await.0, 200);
        assert_eq!(world.says("/api/v1/tokens", &hamad, token).await.0, 201);

        world.clock.advance(STEP_UP_HOLDS);
        let code = format!(r#"{{"code":"{}"}}"#, world.code());
        assert_eq!(world.says("/api/v1/sessions/confirm", &hamad, r#"{"code":"1"}"#).await.0, 401);
        assert_eq!(world.says("/api/v1/sessions/confirm", &hamad, &code).await.0, 204);
        assert_eq!(world.says("/api/v1/sessions/confirm", &hamad, &code).await.0, 401, "a code counts once");
        assert_eq!(world.says("/api/v1/tokens", &hamad, token).await.0, 201);
    }
}

#[tokio::test]
async fn a_form_that_comes_too_late_goes_on_with_everything_that_was_typed() {
    for world in worlds().await {
        let hamad = cookie(&world.signs_in(HAMAD).await);
        world.clock.advance(STEP_UP_HOLDS);
        let typed = [("name", "محاسبة & <b>"), ("days", "30")];
        let (status, page) = text(world.post("/account/tokens", &hamad, &form(&typed)).await).await;
        assert_eq!(status, 401);
        assert!(
            page.contains("action=\"/account/tokens\"") && page.contains("محاسبة &#38; &#60;b&#62;"),
            "{page}"
        );
        assert!(!page.contains("<b>"));
        let wrong = form(&[typed[0], typed[1], ("confirm_code", "000000")]);
        let (status, page) = text(world.post("/account/tokens", &hamad, &wrong).await).await;
        assert_eq!(status, 401);
        assert!(page.contains("محاسبة"), "still nothing is lost");
        let code = world.code();
        let right = form(&[typed[0], typed[1], ("confirm_code", &code)]);
        let (status, page) = text(world.post("/account/tokens", &hamad, &right).await).await;
        assert_eq!(status, 200);
        assert!(page.contains(TOKEN_PREFIX), "the token is issued");
    }
}

#[tokio::test]
async fn whoever_has_no_second_factor_shows_the_password_and_guesses_are_counted() {
    for world in worlds().await {
        let salma = cookie(&world.signs_in(SALMA).await);
        world.clock.advance(MINUTE * 15);
        let (status, page) = world.get("/account/keys/new", &salma).await;
        assert_eq!(status, 401);
        assert!(page.contains("confirm_password"));
        let right = form(&[("confirm_password", PASSWORD), ("next", "//evil.example")]);
        let on = world.post("/account/confirm", &salma, &right).await;
        assert_eq!(on.headers()["location"], "/", "never away from here");
        assert_eq!(world.get("/account/keys/new", &salma).await.0, 200);
        world.clock.advance(MINUTE * 15);
        let wrong = form(&[("confirm_password", "wrong"), ("next", "/account/keys")]);
        for _ in 0..IDENTIFIER_FAILURES_MAX {
            assert_eq!(world.post("/account/confirm", &salma, &wrong).await.status(), 422);
        }
        assert_eq!(world.post("/account/confirm", &salma, &wrong).await.status(), 429);
    }
}
