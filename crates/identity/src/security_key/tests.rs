//! Security keys through the router as it runs, on each engine: what they open, and every way in which they must not.

use clock::{MINUTE, SECOND};
use store::Sql;

use super::{CHALLENGE_LIFE, soft::SoftKey};
use crate::{testing::*, *};

const ORIGIN: &str = "https://diwan.example";
const REFUSED: &str = "LY-MAIL-2.02c";

/// A question as it stands on a page: its id and what the browser hands to the key.
struct OnPage {
    challenge: String,
    options: String,
}

fn question(page: &str, field: &str) -> OnPage {
    let between = |begin: &str, end: &str| {
        let (_, rest) = page.split_once(begin).unwrap_or_else(|| panic!("{begin} in {page}"));
        rest.split_once(end).expect("it ends").0.to_owned()
    };
    let options = between("data-options=\"", "\"").replace("&#34;", "\"").replace("&quot;", "\"");
    OnPage { challenge: between(&format!("name=\"{field}\" value=\""), "\""), options }
}

impl World {
    /// Somebody who is signed in adds a key under a name.
    async fn adds(&self, here: &Opened, key: &SoftKey, name: &str) -> u16 {
        let (status, page) = self.get("/account/keys/new", &cookie(here)).await;
        assert_eq!(status, 200, "{page}");
        let asked = question(&page, "challenge");
        let answer = key.makes_itself_known(&asked.options);
        let typed = form(&[("name", name), ("challenge", &asked.challenge), ("answer", &answer)]);
        self.post("/account/keys", &cookie(here), &typed).await.status().as_u16()
    }

    /// The password was right: the cookie of the sign-in that waits, and the question to the keys.
    async fn is_asked(&self, identifier: &str) -> (String, OnPage) {
        let typed = form(&[("identifier", identifier), ("password", PASSWORD), ("next", "/")]);
        let answer = self.post("/sign-in", "", &typed).await;
        let waiting = set_cookie(&answer, "diwan_sign_in").expect("a sign-in waits");
        let waiting = format!("diwan_sign_in={}", waiting.split(';').next().expect("a value"));
        let (status, page) = text(answer).await;
        assert_eq!(status, 200);
        (waiting, question(&page, "challenge"))
    }

    /// The status of a sign-in that a key answers, and the page.
    async fn shows(&self, waiting: &str, asked: &OnPage, answer: &str) -> (u16, String) {
        let typed = form(&[("challenge", &asked.challenge), ("answer", answer), ("next", "/")]);
        text(self.post("/sign-in", waiting, &typed).await).await
    }
}

// proves: LY-MAIL-2.02c
#[tokio::test]
async fn a_key_opens_with_the_password_and_no_answer_counts_twice_or_from_elsewhere() {
    for world in worlds().await {
        let (here, there) = (world.signs_in(SALMA).await, world.signs_in(SALMA).await);
        let mut key = SoftKey::new(ORIGIN);
        assert_eq!(world.adds(&here, &key, "مفتاح البيت").await, 303);
        assert_eq!(
            world.get("/api/v1/me", &cookie(&there)).await.0,
            401,
            "no session without a factor stays"
        );
        assert!(world.get("/account/keys", &cookie(&here)).await.1.contains("مفتاح البيت"));
        assert!(notify::unread(&world.store.read(), world.salma).await.unwrap() > 0, "she is told");

        let (waiting, asked) = world.is_asked(SALMA).await;
        let answer = key.answers(&asked.options);
        let typed = form(&[("challenge", &asked.challenge), ("answer", &answer), ("next", "/")]);
        let opened = world.post("/sign-in", &waiting, &typed).await;
        assert_eq!(opened.status(), 303);
        let session = set_cookie(&opened, "diwan_session").expect("a session");
        let session = format!("diwan_session={}", session.split(';').next().expect("a value"));
        assert!(world.get("/api/v1/me", &session).await.1.contains("substantial"));
        assert!(world.get("/api/v1/sessions", &session).await.1.contains("\"factor\":\"key\""));

        let (waiting, fresh) = world.is_asked(SALMA).await;
        let mut elsewhere = key.clone();
        elsewhere.origin = "https://evil.example".into();
        let mut strange = SoftKey::new(ORIGIN);
        let (foreign, unknown) = (elsewhere.answers(&fresh.options), strange.answers(&fresh.options));
        for (case, asked, answer) in [
            ("the same answer to the same question", &asked, answer.as_str()),
            ("the same answer to another question", &fresh, answer.as_str()),
            ("an answer given at another site", &fresh, foreign.as_str()),
            ("a key that nobody added", &fresh, unknown.as_str()),
        ] {
            let (status, page) = world.shows(&waiting, asked, answer).await;
            assert_eq!(status, 401, "{case}");
            assert!(page.contains(REFUSED), "{case}");
        }
        let (waiting, asked) = world.is_asked(SALMA).await;
        assert_eq!(world.shows(&waiting, &asked, &key.answers(&asked.options)).await.0, 303, "she gets in");
    }
}

#[tokio::test]
async fn an_answer_counts_where_and_while_it_was_asked() {
    for world in worlds().await {
        let here = world.signs_in(SALMA).await;
        let mut key = SoftKey::new(ORIGIN);
        assert_eq!(world.adds(&here, &key, "key").await, 303);
        let (_, first) = world.is_asked(SALMA).await;
        let (waiting, _) = world.is_asked(SALMA).await;
        let answer = key.answers(&first.options);
        assert_eq!(world.shows(&waiting, &first, &answer).await.0, 401, "asked in another sign-in");
        let (waiting, asked) = world.is_asked(SALMA).await;
        let answer = key.answers(&asked.options);
        world.clock.advance(CHALLENGE_LIFE);
        assert_eq!(world.shows(&waiting, &asked, &answer).await.0, 401, "too late");
        for wrong in ["", "{}", "[]", "not JSON"] {
            let (waiting, asked) = world.is_asked(SALMA).await;
            assert_eq!(world.shows(&waiting, &asked, wrong).await.0, 401, "{wrong}");
        }
        // Five failures: from now on not even the right password leads to a question.
        assert_eq!(word(world.tries(SALMA, PASSWORD, Some("000000"), "198.51.100.9").await), "auth.locked");
        world.clock.advance(MINUTE * 15 + SECOND);
        assert_eq!(
            word(world.tries(SALMA, PASSWORD, Some("000000"), "198.51.100.9").await),
            "auth.code_wrong"
        );
    }
}

#[tokio::test]
async fn a_copied_key_and_its_original_are_stopped_and_the_person_learns_of_it() {
    for world in worlds().await {
        let here = world.signs_in(SALMA).await;
        let mut key = SoftKey::new(ORIGIN);
        assert_eq!(world.adds(&here, &key, "key").await, 303);
        let mut copy = key.clone();
        for _ in 0..2 {
            let (waiting, asked) = world.is_asked(SALMA).await;
            assert_eq!(world.shows(&waiting, &asked, &key.answers(&asked.options)).await.0, 303);
        }
        let (waiting, asked) = world.is_asked(SALMA).await;
        let (status, page) = world.shows(&waiting, &asked, &copy.answers(&asked.options)).await;
        assert_eq!(status, 401);
        assert!(page.contains(REFUSED));
        let copied = "SELECT COUNT(*) AS found FROM ledger_entry WHERE kind = 'key.copied'";
        let row = world.store.read().one(copied, vec![]).await.unwrap().unwrap();
        assert_eq!(row.get::<i64>("found").unwrap(), 1);
        assert!(world.get("/account/keys", &cookie(&here)).await.1.contains("tag refused"));
        let typed = form(&[("identifier", SALMA), ("password", PASSWORD), ("next", "/")]);
        let (status, page) = text(world.post("/sign-in", "", &typed).await).await;
        assert_eq!(status, 200, "the password alone opens nothing");
        assert!(!page.contains("data-key") && !page.contains("name=\"code\""), "and no key is asked");
    }
}

// refuses: GET /account/keys, POST /account/keys, GET /account/keys/new, GET /account/keys/{id}
// refuses: POST /account/keys/{id}, POST /account/keys/{id}/remove
#[tokio::test]
async fn keys_are_named_and_removed_by_their_person_and_staff_keep_a_factor() {
    for world in worlds().await {
        let (hamad, salma) = (world.signs_in(HAMAD).await, world.signs_in(SALMA).await);
        let key = SoftKey::new(ORIGIN);
        assert_eq!(world.adds(&hamad, &key, "").await, 422, "a key has a name");
        assert_eq!(world.adds(&hamad, &key, "office").await, 303);
        assert_eq!(world.adds(&salma, &key, "mine too").await, 422, "one key, one person");
        let id = {
            let row = world.store.read().one("SELECT id FROM identity_key", vec![]).await.unwrap().unwrap();
            row.get::<uuid::Uuid>("id").unwrap()
        };
        let (path, remove) = (format!("/account/keys/{id}"), format!("/account/keys/{id}/remove"));
        for path in ["/account/keys", "/account/keys/new", &path] {
            assert_eq!(world.get(path, "").await.0, 303, "a stranger is led to the sign-in: {path}");
        }
        let nobody = form(&[("name", "x"), ("challenge", &id.to_string())]);
        for path in ["/account/keys", &path, &remove] {
            assert_eq!(world.post(path, "", &nobody).await.status(), 303, "{path}");
        }
        assert_eq!(world.get(&path, &cookie(&salma)).await.0, 404);
        assert_eq!(world.post(&path, &cookie(&salma), "name=hers").await.status(), 404);
        assert_eq!(world.post(&remove, &cookie(&salma), "").await.status(), 404);
        assert_eq!(world.post(&path, &cookie(&hamad), "name=").await.status(), 422);
        assert_eq!(world.post(&path, &cookie(&hamad), "name=Desk").await.status(), 303);
        assert!(world.get("/account/keys", &cookie(&hamad)).await.1.contains("Desk"));

        let password = form(&[("present", PASSWORD)]);
        let app_goes = world.post("/account/authenticator/remove", &cookie(&hamad), &password).await;
        assert_eq!(app_goes.status(), 303, "the key is left");
        assert_eq!(world.post(&remove, &cookie(&hamad), "").await.status(), 403, "the last one stays");
        assert!(world.get("/account/keys", &cookie(&hamad)).await.1.contains("Desk"));
    }
}
