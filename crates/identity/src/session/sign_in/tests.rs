//! Signing in as tables, and the attacks that it must stand.

use std::time::Duration;

use authz::{Assurance, Failure};
use clock::{MINUTE, SECOND};
use store::Sql;

use super::Step;
use crate::{Shown, gate::LOCK_WINDOW, testing::*};

fn outcome(step: Result<Step, Failure>) -> String {
    match step {
        Ok(Step::Opened(opened)) if opened.session.assurance == Assurance::Basic => "basic".into(),
        Ok(Step::Opened(_)) => "substantial".into(),
        Ok(Step::CodeNeeded { .. }) => "code".into(),
        Err(failure) => word::<()>(Err(failure)),
    }
}

#[tokio::test]
async fn who_signs_in_with_what() {
    for world in worlds().await {
        let code = world.code();
        for (case, identifier, password, code, expected) in [
            ("a citizen", SALMA, PASSWORD, None, "basic"),
            ("in Arabic digits", "١١٩٩٠٠٠٠٠٠٠١", PASSWORD, None, "basic"),
            ("a wrong password", SALMA, "another pass phrase", None, "auth.wrong"),
            ("no password", SALMA, "", None, "auth.wrong"),
            ("nobody's number", "999999999999", PASSWORD, None, "auth.wrong"),
            ("no number at all", "salma' OR 1=1", PASSWORD, None, "auth.wrong"),
            ("an officer without the code", HAMAD, PASSWORD, None, "code"),
            ("an officer with a wrong code", HAMAD, PASSWORD, Some("000000"), "auth.code_wrong"),
            ("a right code, a wrong password", HAMAD, "another pass phrase", Some(&*code), "auth.wrong"),
            ("an officer with the code", HAMAD, PASSWORD, Some(&*code), "substantial"),
            ("an officer who has no factor", NOURA, PASSWORD, None, "auth.factor_missing"),
        ] {
            let step = world.tries(identifier, password, code, "192.0.2.1").await;
            assert_eq!(outcome(step), expected, "{case}");
        }
    }
}

/// LY-SVC-8.1: who guesses is stopped, and who owns the account gets in again after the window.
#[tokio::test]
async fn five_failures_lock_the_identifier_until_the_window_has_passed() {
    for world in worlds().await {
        for attempt in 1..=5 {
            let step = world.tries(SALMA, "wrong", None, "192.0.2.1").await;
            assert_eq!(outcome(step), "auth.wrong", "{attempt}");
        }
        for (case, identifier, address, after, expected) in [
            ("the right password is refused too", SALMA, "192.0.2.1", 0, "auth.locked"),
            ("from anywhere", SALMA, "198.51.100.9", 0, "auth.locked"),
            ("somebody else is not", HAMAD, "192.0.2.1", 0, "code"),
            ("just before the end", SALMA, "192.0.2.1", 14 * 60 + 59, "auth.locked"),
            ("after the window", SALMA, "192.0.2.1", 1, "basic"),
        ] {
            world.clock.advance(SECOND * after);
            let step = world.tries(identifier, PASSWORD, None, address).await;
            assert_eq!(outcome(step), expected, "{case}");
        }
    }
}

#[tokio::test]
async fn success_wipes_the_failures_of_the_identifier() {
    for world in worlds().await {
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(outcome(world.tries(SALMA, "wrong", None, "192.0.2.1").await), "auth.wrong");
            }
            assert_eq!(outcome(world.tries(SALMA, PASSWORD, None, "192.0.2.1").await), "basic");
        }
    }
}

#[tokio::test]
async fn twenty_failures_lock_the_address_whoever_is_guessed_at() {
    for world in worlds().await {
        for number in 0..20 {
            let identifier = format!("3199{number:08}");
            let address = if number % 2 == 0 { "2001:db8::1" } else { "2001:db8::2" };
            assert_eq!(outcome(world.tries(&identifier, "wrong", None, address).await), "auth.wrong");
        }
        assert_eq!(outcome(world.tries(SALMA, PASSWORD, None, "2001:db8::3").await), "auth.locked");
        assert_eq!(outcome(world.tries(SALMA, PASSWORD, None, "2001:db8:0:1::3").await), "basic");
        world.clock.advance(LOCK_WINDOW);
        assert_eq!(outcome(world.tries(SALMA, PASSWORD, None, "2001:db8::3").await), "basic");
    }
}

#[tokio::test]
async fn guesses_at_the_same_moment_are_counted_one_by_one() {
    for world in worlds().await {
        let world = std::sync::Arc::new(world);
        let guesses: Vec<_> = (0..16)
            .map(|_| {
                let world = world.clone();
                tokio::spawn(async move { outcome(world.tries(SALMA, "wrong", None, "192.0.2.1").await) })
            })
            .collect();
        let mut checked = 0;
        for guess in guesses {
            match guess.await.unwrap().as_str() {
                "auth.wrong" => checked += 1,
                other => assert_eq!(other, "auth.locked"),
            }
        }
        assert_eq!(checked, 5);
    }
}

/// A stranger learns nothing from the answer: neither words nor status tell a known number from an unknown one.
#[tokio::test]
async fn an_unknown_number_is_answered_like_a_known_one() {
    for world in worlds().await {
        let mut answers = Vec::new();
        for identifier in [SALMA, HAMAD, NOURA, "999999999999", "abc"] {
            let mut said = Vec::new();
            for _ in 0..6 {
                let form = format!("identifier={identifier}&password=wrong&next=%2F");
                let (status, page) = text(world.post("/sign-in", "", &form).await).await;
                said.push((status, page.replace(identifier, "…")));
            }
            answers.push(said);
            // The address has its own count, which is not what this test is about.
            world.clock.advance(LOCK_WINDOW);
        }
        for said in &answers[1..] {
            assert_eq!(said, &answers[0]);
        }
        assert_eq!((answers[0][0].0, answers[0][5].0), (401, 429));
    }
}

#[tokio::test]
async fn a_code_counts_once_and_never_backwards() {
    for world in worlds().await {
        world.clock.advance(MINUTE);
        let (earlier, code) = {
            let now = world.clock.now();
            (crate::code_at(&world.secret, now - SECOND * 30).unwrap(), world.code())
        };
        for (case, code, expected) in [
            ("the first use", &code, "substantial"),
            ("the second use", &code, "auth.code_wrong"),
            ("an unused code from before", &earlier, "auth.code_wrong"),
        ] {
            let step = world.tries(HAMAD, PASSWORD, Some(code), "192.0.2.1").await;
            assert_eq!(outcome(step), expected, "{case}");
        }
        world.clock.advance(Duration::from_secs(30));
        let step = world.tries(HAMAD, PASSWORD, Some(&world.code()), "192.0.2.1").await;
        assert_eq!(outcome(step), "substantial", "the next code");
    }
}

#[tokio::test]
async fn a_code_used_twice_at_the_same_moment_opens_one_session() {
    for world in worlds().await {
        let world = std::sync::Arc::new(world);
        let code = world.code();
        let uses: Vec<_> = (0..4)
            .map(|_| {
                let (world, code) = (world.clone(), code.clone());
                tokio::spawn(
                    async move { outcome(world.tries(HAMAD, PASSWORD, Some(&code), "192.0.2.1").await) },
                )
            })
            .collect();
        let mut opened = 0;
        for r#use in uses {
            opened += u32::from(r#use.await.unwrap() == "substantial");
        }
        assert_eq!(opened, 1);
    }
}

/// Whoever knows the password has five guesses at the code, however often the password is given again.
#[tokio::test]
async fn the_password_does_not_buy_guesses_at_the_code() {
    for world in worlds().await {
        let mut words = Vec::new();
        for _ in 0..7 {
            let waiting = match world.tries(HAMAD, PASSWORD, None, "192.0.2.1").await {
                Ok(Step::CodeNeeded { secret }) => secret,
                other => {
                    words.push(outcome(other));
                    continue;
                }
            };
            let step = world.identity.sign_in_with(&waiting, Shown::Code("000000"), &from("192.0.2.1")).await;
            words.push(outcome(step.map(Step::Opened)));
        }
        let wrong = ["auth.code_wrong"; 5];
        assert_eq!(words[..5], wrong);
        assert_eq!(words[5..], ["auth.locked", "auth.locked"]);
    }
}

#[tokio::test]
async fn a_code_is_awaited_for_five_minutes_by_the_last_who_gave_the_password() {
    for world in worlds().await {
        let waiting = |step| match step {
            Ok(Step::CodeNeeded { secret }) => secret,
            other => panic!("{}", outcome(other)),
        };
        let first = waiting(world.tries(HAMAD, PASSWORD, None, "192.0.2.1").await);
        let second = waiting(world.tries(HAMAD, PASSWORD, None, "192.0.2.1").await);
        let finish = async |secret: &str| {
            let step =
                world.identity.sign_in_with(secret, Shown::Code(&world.code()), &from("192.0.2.1")).await;
            outcome(step.map(Step::Opened))
        };
        assert_eq!(finish(&first).await, "auth.code_expired", "an earlier one is void");
        assert_eq!(finish("").await, "auth.code_expired");
        assert_eq!(finish(&"A".repeat(43)).await, "auth.code_expired");
        assert_eq!(finish(&second).await, "substantial");
        assert_eq!(finish(&second).await, "auth.code_expired", "it opens one session");
        let late = waiting(world.tries(HAMAD, PASSWORD, None, "192.0.2.1").await);
        world.clock.advance(MINUTE * 5);
        assert_eq!(finish(&late).await, "auth.code_expired", "after five minutes");
    }
}

#[tokio::test]
async fn the_ledger_tells_of_failures_and_locks_without_naming_the_number() {
    for world in worlds().await {
        for _ in 0..7 {
            let _ = world.tries(SALMA, "wrong", None, "192.0.2.1").await;
        }
        let rows =
            world.store.read().all("SELECT kind, subject, controls, body FROM ledger_entry", vec![]).await;
        let mut kinds = Vec::new();
        for row in rows.unwrap() {
            let line: Vec<String> =
                ["kind", "subject", "controls", "body"].map(|column| row.get(column).unwrap()).to_vec();
            assert!(!line.iter().any(|text| text.contains(SALMA) || text.contains("wrong")), "{line:?}");
            if line[0].starts_with("auth.") {
                assert!(line[2].contains("LY-SVC-8.1"), "{line:?}");
                kinds.push(line[0].clone());
            }
        }
        assert_eq!(kinds.iter().filter(|kind| *kind == "auth.failed").count(), 5);
        assert_eq!(kinds.iter().filter(|kind| *kind == "auth.locked").count(), 1);
    }
}
