//! Attacks on the sign-in itself: stuffing, replay, fixation and enumeration, each refused.

use identity::code_at;
use reqwest::Method;
use serde_json::json;

use crate::{
    attacks::{NEW_PASSWORD, NOBODY, at_rest, opens, tries},
    world::{Answer, TestDiwan, on_both_engines_at},
};

async fn api_sign_in(world: &TestDiwan, identifier: &str, password: &str, code: Option<&str>) -> Answer {
    let typed = json!({ "identifier": identifier, "password": password, "code": code });
    world.stranger().posts("/api/v1/sessions", &typed).await
}

// refuses: POST /api/v1/sessions, GET /sign-in/code, POST /sign-in/code
#[tokio::test]
async fn nobody_learns_whether_a_number_exists() {
    on_both_engines_at(at_rest, |world| async move {
        let salma = world.line("Salma").clone();
        let known = api_sign_in(&world, &salma.identifier, "not the password", None).await;
        let unknown = api_sign_in(&world, NOBODY, "not the password", None).await;
        assert_eq!((known.status, unknown.status), (401, 401));
        let said = |answer: &Answer| {
            let problem = answer.problem();
            (problem["code"].clone(), problem["title"].clone(), problem["detail"].clone())
        };
        assert_eq!(said(&known), said(&unknown));
        let enters = async |identifier: &str| {
            let typed = [("identifier", identifier), ("code", "K7MQ-2XRT-9BHW")];
            let typed = [typed.as_slice(), &[("password", NEW_PASSWORD), ("again", NEW_PASSWORD)]].concat();
            let page = world.stranger().posts_form("/sign-in/code", &typed).await.is(401).page();
            page.replace(identifier, "")
        };
        assert_eq!(enters(NOBODY).await, enters(&salma.identifier).await, "nor does a code tell");
    })
    .await;
}

// refuses: POST /api/v1/sessions
#[tokio::test]
async fn stuffing_replay_and_fixation_lead_nowhere() {
    on_both_engines_at(at_rest, |world| async move {
        let (salma, hamad) = (world.line("Salma").clone(), world.line("Hamad").clone());
        // A code counts once, however often it is shown.
        let code =
            code_at(hamad.totp_secret.as_deref().expect("a factor"), world.clock.now()).expect("a code");
        api_sign_in(&world, &hamad.identifier, &hamad.password, Some(&code)).await.is(201);
        let again = api_sign_in(&world, &hamad.identifier, &hamad.password, Some(&code)).await;
        again.refused(401, "auth.code_wrong", &["LY-SVC-8.1"]);

        // A cookie planted before the sign-in opens nothing after it.
        let planted = "A".repeat(43);
        let fields = format!("identifier={}&password={}", salma.identifier, salma.password);
        let call = world.stranger().call(Method::POST, "/sign-in");
        let call = call.header("cookie", format!("diwan_session={planted}"));
        let call = call.header("sec-fetch-site", "same-origin");
        let call = call.header("content-type", "application/x-www-form-urlencoded").body(fields);
        let signed_in = Answer::to(call).await.is(303);
        let cookies: Vec<&str> =
            signed_in.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok()).collect();
        assert!(cookies.iter().any(|line| line.starts_with("diwan_session=") && !line.contains(&planted)));
        opens(&world, &planted, Method::GET, "/account").await.is(303);

        // Many accounts from one source: the source is locked, for good passwords too, and others are not.
        let mut locked = None;
        for number in 0..40 {
            let identifier = format!("1190000{number:05}");
            let said = tries(&world, &identifier, "Summer2026!", None, "198.51.100.9").await;
            if said == "auth.locked" {
                locked.get_or_insert(number);
            }
        }
        assert_eq!(locked, Some(20));
        let stuffed = tries(&world, &salma.identifier, &salma.password, None, "198.51.100.9").await;
        assert_eq!(stuffed, "auth.locked");
        assert_eq!(tries(&world, &salma.identifier, &salma.password, None, "192.0.2.77").await.len(), 43);
    })
    .await;
}

/// A clock that is a step off is forgiven, on either side; two steps are not.
#[tokio::test]
async fn a_code_of_another_time_is_refused() {
    on_both_engines_at(at_rest, |world| async move {
        let step = identity::STEP_SECONDS as i64 * 1_000_000;
        for (name, off, expected) in
            [("Hamad", -2, 401), ("Hamad", -1, 201), ("Noura", 2, 401), ("Noura", 1, 201)]
        {
            let line = world.line(name).clone();
            let at = clock::Timestamp(world.clock.now().0 + off * step);
            let code = code_at(line.totp_secret.as_deref().expect("a factor"), at).expect("a code");
            let answer = api_sign_in(&world, &line.identifier, &line.password, Some(&code)).await;
            assert_eq!(answer.status, expected, "{name} {off} steps off");
        }
    })
    .await;
}
