//! What a person does with the password and the authenticator app, through the router as it runs, on each engine.

use clock::MINUTE;

use crate::{testing::*, *};

const NEW: &str = "قهوة الصباح على الشرفة";

/// The secret that the page shows to an app, as it is typed.
fn shown(page: &str) -> String {
    let (_, rest) = page.split_once("<code dir=\"ltr\">").expect("a key is shown");
    rest.split_once("</code>").expect("the key ends").0.replace(' ', "")
}

// refuses: GET /account/password
// refuses: POST /account/password
#[tokio::test]
async fn a_password_is_changed_by_whoever_knows_it_and_ends_every_other_session() {
    for world in worlds().await {
        let (here, there) = (world.signs_in(SALMA).await, world.signs_in(SALMA).await);
        assert_eq!(world.get("/account/password", "").await.0, 303, "nobody is led to the sign-in");
        for (present, new, again, status) in [
            ("not the password", NEW, NEW, 422),
            (PASSWORD, NEW, "something else", 422),
            (PASSWORD, "short", "short", 422),
            (PASSWORD, "passwordpassword", "passwordpassword", 422),
        ] {
            let typed = form(&[("present", present), ("password", new), ("again", again)]);
            let (answered, page) = text(world.post("/account/password", &cookie(&here), &typed).await).await;
            assert_eq!(answered, status, "{new}");
            assert!(page.contains("error-summary") && !page.contains(PASSWORD), "{new}");
        }
        assert_eq!(world.get("/api/v1/me", &cookie(&there)).await.0, 200);
        let typed = form(&[("present", PASSWORD), ("password", NEW), ("again", NEW)]);
        assert_eq!(world.post("/account/password", &cookie(&here), &typed).await.status(), 303);
        assert_eq!(world.get("/api/v1/me", &cookie(&here)).await.0, 200);
        assert_eq!(world.get("/api/v1/me", &cookie(&there)).await.0, 401);
        assert_eq!(word(world.tries(SALMA, PASSWORD, None, "192.0.2.1").await), "auth.wrong");
        assert_eq!(word(world.tries(SALMA, NEW, None, "192.0.2.1").await), "done");
        assert!(notify::unread(&world.store.read(), world.salma).await.unwrap() > 0, "she is told");
    }
}

#[tokio::test]
async fn guessing_the_present_password_locks_like_signing_in() {
    for world in worlds().await {
        let here = world.signs_in(SALMA).await;
        let typed = form(&[("present", "wrong"), ("password", NEW), ("again", NEW)]);
        for _ in 0..IDENTIFIER_FAILURES_MAX {
            assert_eq!(world.post("/account/password", &cookie(&here), &typed).await.status(), 422);
        }
        assert_eq!(world.post("/account/password", &cookie(&here), &typed).await.status(), 429);
        assert_eq!(word(world.tries(SALMA, PASSWORD, None, "192.0.2.9").await), "auth.locked");
    }
}

// refuses: GET /account/authenticator
// refuses: POST /account/authenticator
// refuses: POST /account/authenticator/confirm
// refuses: POST /account/authenticator/remove
#[tokio::test]
async fn an_app_counts_once_its_first_code_was_right_and_only_in_the_session_that_began() {
    for world in worlds().await {
        let (here, there) = (world.signs_in(SALMA).await, world.signs_in(SALMA).await);
        assert_eq!(world.get("/account/authenticator", "").await.0, 303);
        let wrong = form(&[("present", "wrong")]);
        assert_eq!(world.post("/account/authenticator", &cookie(&here), &wrong).await.status(), 422);
        let right = form(&[("present", PASSWORD)]);
        assert_eq!(world.post("/account/authenticator", &cookie(&here), &right).await.status(), 303);
        let (_, page) = world.get("/account/authenticator", &cookie(&here)).await;
        assert!(page.contains("<svg class=\"qr\""));
        let secret = shown(&page);
        assert!(!world.get("/account/authenticator", &cookie(&there)).await.1.contains("class=\"qr\""));
        let code = code_at(&secret, world.clock.now()).expect("a code");
        let typed = form(&[("code", code.as_str())]);
        let confirm = "/account/authenticator/confirm";
        assert_eq!(world.post(confirm, &cookie(&there), &typed).await.status(), 409);
        let wrong = form(&[("code", "000000")]);
        assert_eq!(world.post(confirm, &cookie(&here), &wrong).await.status(), 422);
        assert_eq!(word(world.tries(SALMA, PASSWORD, None, "192.0.2.1").await), "done", "nothing counts yet");

        assert_eq!(world.post(confirm, &cookie(&here), &typed).await.status(), 303);
        assert_eq!(world.get("/api/v1/me", &cookie(&there)).await.0, 401, "no session without the app stays");
        assert!(world.get("/api/v1/me", &cookie(&here)).await.1.contains("substantial"));
        assert_eq!(
            word(world.tries(SALMA, PASSWORD, Some(&code), "192.0.2.1").await),
            "auth.code_wrong",
            "the code was used"
        );
        world.clock.advance(MINUTE);
        let next = code_at(&secret, world.clock.now()).expect("a code");
        assert_eq!(word(world.tries(SALMA, PASSWORD, Some(&next), "192.0.2.1").await), "done");

        let remove = "/account/authenticator/remove";
        assert_eq!(world.post(remove, &cookie(&here), &form(&[("present", "no")])).await.status(), 422);
        assert_eq!(world.post(remove, &cookie(&here), &right).await.status(), 303);
        assert!(world.get("/api/v1/me", &cookie(&here)).await.1.contains("basic"));
        assert_eq!(word(world.tries(SALMA, PASSWORD, None, "192.0.2.1").await), "done");
    }
}

#[tokio::test]
async fn staff_cannot_do_without_a_second_factor_and_what_took_too_long_is_over() {
    for world in worlds().await {
        let hamad = world.signs_in(HAMAD).await;
        let right = form(&[("present", PASSWORD)]);
        let refused = world.post("/account/authenticator/remove", &cookie(&hamad), &right).await;
        assert_eq!(refused.status(), 403);
        assert_eq!(world.post("/account/authenticator", &cookie(&hamad), &right).await.status(), 303);
        let secret = shown(&world.get("/account/authenticator", &cookie(&hamad)).await.1);
        world.clock.advance(ENROLMENT_LIFE);
        let code = code_at(&secret, world.clock.now()).expect("a code");
        let typed = form(&[("code", code.as_str())]);
        let late = world.post("/account/authenticator/confirm", &cookie(&hamad), &typed).await;
        assert_eq!(late.status(), 409);
    }
}
