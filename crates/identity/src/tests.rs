//! Sessions, tokens, mandates and pages, through the router as it runs, on each engine.

use authz::Assurance;
use axum::http::header;
use clock::{DAY, HOUR, MINUTE};
use language::Text;
use uuid::Uuid;

use crate::{session::sign_in::page::own_path, testing::*, *};

#[tokio::test]
async fn a_sign_in_gives_a_new_secret_whatever_the_browser_brought() {
    for world in worlds().await {
        let planted = "diwan_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let form = format!("identifier={SALMA}&password={PASSWORD}&next=%2Fservices").replace(' ', "+");
        let answer = world.post("/sign-in", planted, &form).await;
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()[header::LOCATION], "/services");
        let line = set_cookie(&answer, "diwan_session").expect("a cookie");
        assert!(!line.starts_with("AAAA"));
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Secure"] {
            assert!(line.contains(attribute), "{line}");
        }
        assert_eq!(world.get("/api/v1/me", planted).await.0, 401);
        let first = format!("diwan_session={}", line.split(';').next().unwrap());
        assert_eq!(world.get("/api/v1/me", &first).await.0, 200);

        let answer = world.post("/sign-in", &first, &form).await;
        let second = format!(
            "diwan_session={}",
            set_cookie(&answer, "diwan_session").unwrap().split(';').next().unwrap()
        );
        assert_ne!(first, second);
        assert_eq!(world.get("/api/v1/me", &first).await.0, 401, "the session before has ended");
        assert_eq!(world.get("/api/v1/me", &second).await.0, 200);
    }
}

#[test]
fn only_paths_of_this_site_are_come_back_to() {
    for (next, path) in [
        ("/services/a?b=c", "/services/a?b=c"),
        ("/", "/"),
        ("", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("\\\\evil.example", "/"),
        (" //evil.example", "/"),
        ("/a b", "/"),
        ("/sign-out", "/"),
        ("/sign-in?next=/sign-in", "/"),
    ] {
        assert_eq!(own_path(next), path, "{next:?}");
    }
    assert_eq!(own_path(&format!("/{}", "a".repeat(5_000))), "/");
}

#[tokio::test]
async fn a_redirect_never_leaves_the_site() {
    for world in worlds().await {
        for next in [
            "%2F%2Fevil.example",
            "https%3A%2F%2Fevil.example",
            "%2F%5Cevil.example",
            "%2F%09%2Fevil.example",
        ] {
            let form = format!("identifier={SALMA}&password={PASSWORD}&next={next}").replace(' ', "+");
            let answer = world.post("/sign-in", "", &form).await;
            assert_eq!(answer.headers()[header::LOCATION], "/", "{next}");
        }
    }
}

#[tokio::test]
async fn the_page_asks_for_the_code_and_nothing_twice() {
    for world in worlds().await {
        let form = format!("identifier={HAMAD}&password={PASSWORD}&next=%2Fdesk").replace(' ', "+");
        let answer = world.post("/sign-in", "", &form).await;
        let waiting = set_cookie(&answer, "diwan_sign_in").expect("a waiting cookie");
        assert!(waiting.contains("; HttpOnly") && waiting.contains("; Secure"), "{waiting}");
        assert_eq!(set_cookie(&answer, "diwan_session"), None);
        let (status, page) = text(answer).await;
        assert_eq!(status, 200);
        assert!(
            page.contains("one-time-code") && page.contains("value=\"/desk\"") && !page.contains(PASSWORD)
        );
        let waiting = format!("diwan_sign_in={}", waiting.split(';').next().unwrap());

        let (status, page) = text(world.post("/sign-in", &waiting, "code=000000&next=%2Fdesk").await).await;
        assert_eq!(status, 401);
        assert!(page.contains("one-time-code") && page.contains("رمز التحقق غير صحيح"));

        let code = format!("code={}&next=%2Fdesk", world.code());
        let answer = world.post("/sign-in", &waiting, &code).await;
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()[header::LOCATION]),
            (303, &"/desk".parse().unwrap())
        );
        assert!(set_cookie(&answer, "diwan_session").is_some());
    }
}

#[tokio::test]
async fn a_session_ends_by_idleness_and_by_age() {
    for world in worlds().await {
        for (case, who, minutes, uses, status) in [
            ("staff just before", HAMAD, 29, 1, 200),
            ("staff after half an hour", HAMAD, 30, 1, 401),
            ("a citizen after half an hour", SALMA, 30, 1, 200),
            ("a citizen after eight hours", SALMA, 480, 1, 401),
            ("a citizen who is active", SALMA, 300, 2, 200),
            ("twelve hours end all", SALMA, 360, 2, 401),
        ] {
            let opened = world.signs_in(who).await;
            let mut last = 0;
            for _ in 0..uses {
                world.clock.advance(MINUTE * minutes);
                last = world.get("/api/v1/me", &cookie(&opened)).await.0;
                seen(&world, &opened).await;
            }
            assert_eq!(last, status, "{case}");
            world.clock.advance(MINUTE);
        }
    }
}

/// Last use is written beside the request, so the test waits for it.
async fn seen(world: &World, opened: &Opened) {
    for _ in 0..100 {
        let open = world.identity.sessions(&world.actor(opened)).await.unwrap();
        let ours = open.iter().find(|session| session.id == opened.session.id);
        if ours.is_none_or(|session| session.last_seen_at == world.clock.now()) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_person_ends_own_sessions_and_nobody_elses() {
    for world in worlds().await {
        let (salma, again) = (world.signs_in(SALMA).await, world.signs_in(SALMA).await);
        let hamad = world.signs_in(HAMAD).await;
        let end = async |shown: &str, id: Uuid| {
            world.post(&format!("/account/sessions/{id}/end"), shown, "").await.status().as_u16()
        };
        assert_eq!(end(&cookie(&hamad), salma.session.id).await, 404);
        assert_eq!(end(&cookie(&hamad), Uuid::now_v7()).await, 404);
        assert_eq!(world.get("/api/v1/me", &cookie(&salma)).await.0, 200);
        assert_eq!(end(&cookie(&salma), again.session.id).await, 303);
        assert_eq!(world.get("/api/v1/me", &cookie(&again)).await.0, 401);
        assert_eq!(end(&cookie(&salma), again.session.id).await, 404);

        let other = world.signs_in(SALMA).await;
        assert_eq!(world.post("/account/sessions/end", &cookie(&salma), "").await.status(), 303);
        assert_eq!(world.get("/api/v1/me", &cookie(&other)).await.0, 401);
        assert_eq!(world.get("/api/v1/me", &cookie(&salma)).await.0, 200);
        assert_eq!(world.post("/sign-out", &cookie(&salma), "").await.status(), 303);
        assert_eq!(world.get("/api/v1/me", &cookie(&salma)).await.0, 401);
        assert_eq!(world.get("/api/v1/me", &cookie(&hamad)).await.0, 200);
    }
}

#[tokio::test]
async fn a_new_password_ends_what_the_old_one_opened() {
    for world in worlds().await {
        let opened = world.signs_in(SALMA).await;
        let person = person(&world.store.read(), world.salma).await.unwrap().unwrap();
        world.identity.set_password(None, &person, "another long phrase").await.unwrap();
        assert_eq!(world.get("/api/v1/me", &cookie(&opened)).await.0, 401);
        assert_eq!(word(world.tries(SALMA, PASSWORD, None, "192.0.2.1").await), "auth.wrong");
        let weak = world.identity.set_password(None, &person, "short").await;
        assert_eq!(word(weak), "identity.password_weak");
    }
}

#[tokio::test]
async fn a_token_calls_until_it_ends_and_never_issues_another() {
    for world in worlds().await {
        let opened = world.signs_in(HAMAD).await;
        let actor = world.actor(&opened);
        let (shown, token) = world.identity.issue_token(&actor, "برنامج", 2).await.unwrap();
        let (status, me) = world.get("/api/v1/me", &shown).await;
        assert_eq!(status, 200);
        assert!(me.contains("\"substantial\"") && me.contains("\"officer\""), "{me}");
        let stored = token::table::open_tokens(&world.store.read(), world.hamad, NOW).await.unwrap();
        assert_eq!(stored, std::slice::from_ref(&token));

        for bad in ["diwan_x", &shown.replace("diwan_", "diwan_A"), &format!("diwan_{}", "A".repeat(43))] {
            let (status, problem) = world.get("/api/v1/me", bad).await;
            assert!(status == 401 && problem.contains("auth.token_invalid"), "{bad}: {problem}");
        }
        let by_token = authz::Actor { via: authz::Via::Token(token.id), ..actor.clone() };
        for (case, actor, name, days, expected) in [
            ("by a token", &by_token, "x", 1, "auth.session_required"),
            ("without a name", &actor, " ", 1, "auth.token_incomplete"),
            ("for no time", &actor, "x", 0, "auth.token_incomplete"),
            ("for more than a year", &actor, "x", 366, "auth.token_incomplete"),
            ("as it should be", &actor, "x", 365, "done"),
        ] {
            assert_eq!(word(world.identity.issue_token(actor, name, days).await), expected, "{case}");
        }
        let end = |person| EndToken { at: NOW, person, token: token.id };
        assert_eq!(word(world.store.write(end(world.salma)).await), "not_found");
        let (second, _) = world.identity.issue_token(&actor, "y", 2).await.unwrap();
        assert_eq!(word(world.store.write(end(world.hamad)).await), "done");
        assert_eq!(world.get("/api/v1/me", &shown).await.0, 401);
        assert_eq!(world.get("/api/v1/me", &second).await.0, 200);
        world.clock.advance(DAY * 2);
        assert_eq!(world.get("/api/v1/me", &second).await.0, 401, "it has expired");
    }
}

#[tokio::test]
async fn one_person_has_a_limited_number_of_tokens() {
    for world in worlds().await {
        let actor = world.actor(&world.signs_in(SALMA).await);
        for _ in 0..token::TOKENS_MAX {
            world.identity.issue_token(&actor, "x", 1).await.unwrap();
        }
        assert_eq!(word(world.identity.issue_token(&actor, "x", 1).await), "auth.tokens_too_many");
    }
}

/// Roles count only with a second factor, and only as long as the appointment lasts.
#[tokio::test]
async fn a_role_is_carried_by_the_next_request_or_not() {
    for world in worlds().await {
        let hamad = world.signs_in(HAMAD).await;
        let salma = world.signs_in(SALMA).await;
        let appoint = organisations::Appoint {
            actor: None,
            at: NOW,
            person: world.salma,
            body: world.body,
            unit: None,
            role: "decider".into(),
            from: NOW,
            until: None,
        };
        world.store.write(appoint).await.unwrap();
        let me = world.get("/api/v1/me", &cookie(&salma)).await.1;
        assert!(me.contains("\"roles\":[]"), "a password alone makes no officer: {me}");
        assert!(world.get("/api/v1/me", &cookie(&hamad)).await.1.contains("\"officer\""));
        let end = organisations::EndAppointment { actor: None, at: NOW, appointment: world.appointment };
        world.store.write(end).await.unwrap();
        assert!(world.get("/api/v1/me", &cookie(&hamad)).await.1.contains("\"roles\":[]"));
    }
}

#[tokio::test]
async fn strangers_are_led_to_the_sign_in_and_programs_are_told() {
    for world in worlds().await {
        let request = axum::http::Request::get("/account?lang=en").body(axum::body::Body::empty()).unwrap();
        let answer = world.call(request).await;
        assert_eq!(answer.status(), 303);
        assert_eq!(answer.headers()[header::LOCATION], "/sign-in?next=/account%3Flang%3Den");
        let answer = world.post("/account/preferences", "", "language=en&digits=latn").await;
        assert_eq!(answer.headers()[header::LOCATION], "/sign-in?next=/account");
        for path in ["/api/v1/me", "/api/v1/sessions", "/api/v1/tokens"] {
            let (status, problem) = world.get(path, "").await;
            assert!(status == 401 && problem.contains("auth.sign_in_required"), "{path}: {problem}");
        }
    }
}

#[tokio::test]
async fn the_account_page_shows_what_is_known_and_keeps_choices() {
    for world in worlds().await {
        let opened = world.signs_in(SALMA).await;
        let entity = entity_of(&world, world.salma).await;
        let (status, page) = world.get("/account", &cookie(&opened)).await;
        assert_eq!(status, 200);
        for sight in ["سلمى", SALMA, "Firefox, Linux", "هذا الجهاز", entity.registration.as_str()]
        {
            assert!(page.contains(sight), "{sight}");
        }
        let answer = world.post("/account/preferences", &cookie(&opened), "language=en&digits=arab").await;
        assert_eq!(answer.headers()[header::LOCATION], "/account?lang=en&digits=arab");
        let person = person(&world.store.read(), world.salma).await.unwrap().unwrap();
        assert_eq!((person.language, person.digits), (language::Lang::En, language::Digits::Arabic));

        let (status, page) =
            text(world.post("/account/tokens", &cookie(&opened), "name=x&days=%D9%A3%D9%A0").await).await;
        assert!(status == 200 && page.contains("diwan_"), "{status}");
        assert!(!world.get("/account", &cookie(&opened)).await.1.contains("diwan_session="));
        let (status, page) =
            text(world.post("/account/tokens", &cookie(&opened), "name=x&days=many").await).await;
        assert!(status == 422 && page.contains("error-summary"), "{status}");
    }
}

async fn entity_of(world: &World, person: Uuid) -> LegalEntity {
    let register = RegisterEntity {
        actor: None,
        at: NOW,
        name: Text::new("شركة النور", "Al-Nour Company"),
        kind: Beneficiary::PrivateInstitution,
        registration: "س.ت ٤٤١٢".into(),
        abroad: false,
    };
    let entity = world.store.write(register.clone()).await.unwrap();
    assert_eq!(word(world.store.write(register.clone()).await), "identity.registration_taken");
    let natural = RegisterEntity { kind: Beneficiary::Citizen, registration: "1".into(), ..register };
    assert_eq!(word(world.store.write(natural).await), "identity.kind_invalid");
    let grant = GrantMandate {
        actor: None,
        at: NOW,
        person,
        entity: entity.id,
        scope: SCOPE_ALL.into(),
        from: NOW,
        until: Some(NOW + HOUR),
    };
    assert_eq!(
        word(world.store.write(GrantMandate { until: Some(NOW), ..grant.clone() }).await),
        "identity.period_invalid"
    );
    world.store.write(grant).await.unwrap();
    entity
}

/// LY-SVC-1.12: for an entity acts who has a recorded mandate, and only then.
#[tokio::test]
async fn a_mandate_holds_for_its_person_in_its_time() {
    for world in worlds().await {
        let entity = entity_of(&world, world.salma).await;
        assert_eq!(entity.registration, "س.ت 4412");
        let held = async |person, at| word(mandate_for(&world.store.read(), person, entity.id, at).await);
        assert_eq!(held(world.salma, NOW).await, "done");
        assert_eq!(held(world.hamad, NOW).await, "identity.no_mandate", "another person");
        assert_eq!(held(world.salma, NOW - MINUTE).await, "identity.no_mandate", "before it");
        assert_eq!(held(world.salma, NOW + HOUR).await, "identity.no_mandate", "after it");
        let (mandate, _) = mandate_for(&world.store.read(), world.salma, entity.id, NOW).await.unwrap();
        assert!(mandate.covers("residence-certificate"));
        let end = EndMandate { actor: None, at: NOW + MINUTE, mandate: mandate.id };
        assert_eq!(word(world.store.write(end.clone()).await), "done");
        assert_eq!(word(world.store.write(end).await), "done");
        assert_eq!(held(world.salma, NOW + MINUTE).await, "identity.no_mandate", "it was ended");
    }
}

/// LY-SVC-1.03: accounts of each kind, here and abroad, one a national number.
#[tokio::test]
async fn a_person_is_registered_once_with_a_kind() {
    for world in worlds().await {
        let name = || Text::new("ليلى", "Layla");
        let base = registering("419900000009", name());
        for (case, verb, expected) in [
            (
                "a visitor abroad",
                RegisterPerson { kind: Beneficiary::Visitor, abroad: true, ..base.clone() },
                "done",
            ),
            ("the same number", base.clone(), "identity.identifier_taken"),
            ("in other digits", registering("٤١٩٩٠٠٠٠٠٠٠٩", name()), "identity.identifier_taken"),
            ("eleven digits", registering("41990000000", name()), "identity.identifier_invalid"),
            (
                "a company",
                RegisterPerson { kind: Beneficiary::PrivateInstitution, ..base.clone() },
                "identity.kind_invalid",
            ),
            ("no name", registering("519900000009", Text::default()), "identity.name_missing"),
            (
                "a resident",
                RegisterPerson { kind: Beneficiary::Resident, ..registering("519900000009", name()) },
                "done",
            ),
        ] {
            assert_eq!(word(world.store.write(verb).await), expected, "{case}");
        }
        let found = persons(&world.store.read(), &[world.salma, Uuid::now_v7(), world.hamad]).await.unwrap();
        assert_eq!(found.len(), 2);
    }
}

/// LY-SVC-8.1: what asks for more assurance is refused with what it asks for.
#[tokio::test]
async fn assurance_is_required_and_named() {
    for world in worlds().await {
        let basic = world.actor(&world.signs_in(SALMA).await);
        let substantial = world.actor(&world.signs_in(HAMAD).await);
        for (actor, level, allowed) in [
            (&basic, Assurance::Basic, true),
            (&basic, Assurance::Substantial, false),
            (&substantial, Assurance::Substantial, true),
            (&substantial, Assurance::High, false),
        ] {
            let refused = require(actor, level).err();
            assert_eq!(refused.is_none(), allowed, "{level:?}");
            if let Some(refusal) = refused {
                assert_eq!(
                    (refusal.code, refusal.controls),
                    ("identity.assurance_required", &["LY-SVC-8.1"][..])
                );
            }
        }
    }
}

#[tokio::test]
async fn what_is_over_is_swept_and_what_is_open_stays() {
    for world in worlds().await {
        let ended = world.signs_in(SALMA).await;
        assert_eq!(word(world.tries("999999999999", "wrong", None, "192.0.2.1").await), "auth.wrong");
        world.clock.advance(DAY * 100);
        let open = world.signs_in(SALMA).await;
        let swept = world.store.write(Sweep { at: world.clock.now() }).await.unwrap();
        assert_eq!(swept, 3, "a session, a counter and a guess");
        assert_eq!(world.get("/api/v1/me", &cookie(&ended)).await.0, 401);
        assert_eq!(world.get("/api/v1/me", &cookie(&open)).await.0, 200);
    }
}

#[tokio::test]
async fn a_demo_fills_the_form_and_shows_the_code_and_nothing_else_does() {
    for world in worlds().await {
        let plain = world.get("/sign-in?as=hamad", "").await.1;
        assert!(!plain.contains(PASSWORD) && !plain.contains("hamad\""), "{plain}");
        let demo = world.in_a_demo();
        let page = demo.get("/sign-in?as=hamad&next=%2Fdesk", "").await.1;
        assert!(page.contains(PASSWORD) && page.contains(HAMAD) && page.contains("as=hamad"), "{page}");
        let form = format!("identifier={HAMAD}&password={PASSWORD}&next=%2Fdesk&as=hamad").replace(' ', "+");
        let page = text(demo.post("/sign-in", "", &form).await).await.1;
        assert!(page.contains(&demo.code()), "{page}");
        let page = text(world.post("/sign-in", "", &form).await).await.1;
        assert!(!page.contains(&world.code()), "{page}");
    }
}
