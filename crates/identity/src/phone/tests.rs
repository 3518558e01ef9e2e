//! Numbers on record and their codes, on both engines: what may be on record, what opens, what stops at once.

use std::time::Duration;

use clock::{DAY, MINUTE};
use language::{Lang, Text};

use super::{
    add::{AddPhone, AskPhone, Outcome, asked},
    code::{TEXT_CODE_LIFE, TEXT_CODES_PER_NUMBER_MAX},
    enrol::EnrolPhone,
    table,
};
use crate::{
    secret,
    security_key::challenge::{Asked, Purpose},
    testing::*,
    *,
};

const OWN: &str = "+218910000101";
const OTHER: &str = "+218920000102";
/// Of an operator that answers an officer.
const UNPROVED: &str = "+218950000103";

impl World {
    async fn ready_to_text(&self) {
        let now = self.clock.now();
        self.store.write(notify::AnnounceSms { ready: true, now }).await.expect("announced");
    }

    /// What the phone shows that got the code of this place.
    async fn texted(&self, asked: &Asked) -> String {
        let code = table::waiting_code(&self.store.read(), asked).await.expect("codes can be read");
        code.expect("a code waits").code(&self.identity.key)
    }

    async fn asks(&self, opened: &Opened, number: &str) -> String {
        let Session { person, id: session, .. } = opened.session;
        let (number, now) = (number.to_owned(), self.clock.now());
        word(self.store.write(AskPhone { person, session, number, body: None, now }).await)
    }

    async fn answers(&self, opened: &Opened, code: &str) -> Outcome {
        let Session { person, id: session, .. } = opened.session;
        let (key, now, code) = (self.identity.key.clone(), self.clock.now(), code.to_owned());
        self.store.write(AddPhone { person, session, code, key, now }).await.expect("an answer")
    }

    /// Puts a number on record by its code.
    async fn records(&self, opened: &Opened, number: &str) {
        assert_eq!(self.asks(opened, number).await, "done");
        let code = self.texted(&asked(opened.session.id)).await;
        assert_eq!(self.answers(opened, &code).await, Outcome::Added);
    }

    async fn enrols(&self, opened: &Opened) -> String {
        let Session { person, id: session, .. } = opened.session;
        word(self.store.write(EnrolPhone { person, session, now: self.clock.now() }).await)
    }

    /// The password alone: the secret under which the code is awaited.
    async fn begins(&self, identifier: &str) -> String {
        match self.tries(identifier, PASSWORD, None, "192.0.2.1").await.expect("the password is right") {
            Step::CodeNeeded { secret } => secret,
            Step::Opened(_) => panic!("the password opened alone"),
        }
    }

    async fn types(&self, waiting: &str, code: &str) -> String {
        word(self.identity.sign_in_with(waiting, Shown::Code(code), &from("192.0.2.1")).await)
    }

    async fn judges(&self, bodies: &[uuid::Uuid], number: &str, verdict: Verdict) -> String {
        let judge = Judge::Administrator { person: self.hamad, bodies: bodies.to_vec() };
        let (number, at) = (number.to_owned(), self.clock.now());
        word(self.store.write(JudgeNumber { judge, number, verdict, at }).await)
    }

    async fn phone_of(&self, person: uuid::Uuid) -> Option<Phone> {
        table::phone(&self.store.read(), person).await.expect("phones can be read")
    }

    /// Where a warning about Hamad's account would go.
    async fn warns_at(&self) -> Option<String> {
        let sql = self.store.read();
        let hamad = person::table::person(&sql, self.hamad).await.expect("a person").expect("Hamad");
        super::warned_at(&sql, &hamad).await.expect("phones can be read")
    }

    async fn kinds_of(&self, person: uuid::Uuid) -> Vec<String> {
        let history = ledger::history(&self.store.read(), &format!("person/{person}"), None, 100).await;
        history.expect("a history").into_iter().map(|entry| entry.kind).collect()
    }

    /// An administrator of the civil registry, with a number for safety or none.
    async fn administrator(&self) -> uuid::Uuid {
        let maryam = registering("219700000009", Text::new("مريم", "Maryam"));
        let maryam = self.store.write(maryam).await.expect("maryam");
        let appoint = organisations::Appoint {
            actor: None,
            at: NOW,
            person: maryam.id,
            body: self.body,
            unit: None,
            role: "administrator".into(),
            from: NOW,
            until: None,
        };
        self.store.write(appoint).await.expect("an appointment");
        maryam.id
    }
}

fn of_sign_in(waiting: &str) -> Asked {
    Asked { purpose: Purpose::SignIn, bound: secret::hash(waiting) }
}

// proves: LY-MAIL-3.02f
// refuses: POST /account/phone
#[tokio::test]
async fn a_number_of_another_country_is_never_on_record() {
    for world in worlds().await {
        world.ready_to_text().await;
        assert_eq!(world.post("/account/phone", "", "phone=0910000101").await.status(), 303, "a stranger");
        let salma = world.signs_in(SALMA).await;
        for number in ["+21650000101", "+14155550101", "+218213330101"] {
            assert_eq!(world.asks(&salma, number).await, "identity.phone_not_local", "{number}");
            let typed = form(&[("phone", number)]);
            let (status, page) = text(world.post("/account/phone", &cookie(&salma), &typed).await).await;
            assert_eq!(status, 422);
            assert!(page.contains(&format!("value=\"{number}\"")), "nothing typed is lost");
            assert!(page.contains("ليس من أرقام البلاد المحمولة"), "{page}");
        }
        assert_eq!(world.asks(&salma, "not a number").await, "identity.phone_invalid");
        assert_eq!(world.answers(&salma, "123456").await, Outcome::Over, "no code went out");
        assert!(world.phone_of(world.salma).await.is_none());
    }
}

// proves: LY-MAIL-3.02g
#[tokio::test]
async fn a_temporary_number_is_refused_and_one_found_out_later_is_suspended_and_told() {
    for world in worlds().await {
        world.ready_to_text().await;
        let maryam = world.administrator().await;
        let hamad = world.signs_in(HAMAD).await;
        assert_eq!(world.asks(&hamad, "+218919900001").await, "identity.phone_temporary");
        assert!(world.phone_of(world.hamad).await.is_none());
        world.records(&hamad, OWN).await;
        assert_eq!(world.enrols(&hamad).await, "done");
        assert_eq!(world.judges(&[world.body], OWN, Verdict::Temporary).await, "done");

        let phone = world.phone_of(world.hamad).await.expect("it stays on record");
        assert_eq!(phone.purposes(), []);
        let waiting = world.begins(HAMAD).await;
        let refused = word(world.identity.text_for_sign_in(&waiting).await);
        assert_eq!(refused, "identity.phone_temporary", "no code goes to it");
        for (person, key) in [(world.hamad, "phone-stopped"), (maryam, "phone-stopped-of-staff")] {
            let told = notify::list(&world.store.read(), person, None, 10).await.expect("notices");
            assert!(told.iter().any(|notice| notice.key == key), "{key}");
        }
        let salma = world.signs_in(SALMA).await;
        assert_eq!(world.asks(&salma, OWN).await, "identity.phone_temporary", "for nobody else either");
        assert!(world.kinds_of(world.hamad).await.contains(&"phone.judged".to_owned()));
    }
}

// proves: LY-MAIL-2.02d
#[tokio::test]
async fn a_number_for_which_no_operator_stands_is_no_second_factor() {
    for world in worlds().await {
        world.ready_to_text().await;
        let hamad = world.signs_in(HAMAD).await;
        assert_eq!(world.enrols(&hamad).await, "identity.phone_missing");
        world.records(&hamad, UNPROVED).await;
        assert_eq!(world.enrols(&hamad).await, "identity.phone_not_verified");
        let refused = world.post("/account/phone/factor", &cookie(&hamad), "").await;
        let (status, page) = text(refused).await;
        assert_eq!(status, 422);
        assert!(page.contains("LY-MAIL-2.02d"), "{page}");
        assert_eq!(world.judges(&[world.body], UNPROVED, Verdict::Negative).await, "done");
        assert_eq!(world.enrols(&hamad).await, "identity.phone_not_verified");

        world.clock.advance(DAY);
        assert_eq!(world.judges(&[world.body], UNPROVED, Verdict::Positive).await, "done");
        let hamad = world.signs_in(HAMAD).await;
        assert_eq!(world.enrols(&hamad).await, "done");
        let phone = world.phone_of(world.hamad).await.expect("on record");
        let said = phone.said.expect("the result is kept with it");
        assert_eq!((phone.operator.as_str(), said.verdict), ("ltt", Verdict::Positive));
        assert_eq!((said.at, said.source.as_str()), (NOW + DAY, "officer"));

        // Where the operator counts a code that came back, the result is there with the number.
        world.records(&hamad, OTHER).await;
        let phone = world.phone_of(world.hamad).await.expect("on record");
        let said = phone.said.expect("the result is kept with it");
        assert_eq!((phone.operator.as_str(), said.source.as_str(), said.at), ("libyana", "code", NOW + DAY));
    }
}

// proves: LY-MAIL-3.02b
#[tokio::test]
async fn an_official_is_asked_about_a_number_that_held_for_long() {
    for world in worlds().await {
        world.ready_to_text().await;
        let (hamad, salma) = (world.signs_in(HAMAD).await, world.signs_in(SALMA).await);
        world.records(&hamad, OWN).await;
        world.records(&salma, OTHER).await;
        world.clock.advance(PHONE_RECONFIRM - MINUTE);
        assert!(!world.identity.asks_about_phone(world.hamad).await.expect("an answer"));
        world.clock.advance(MINUTE);
        assert!(!world.identity.asks_about_phone(world.salma).await.expect("an answer"), "no official");
        let typed = form(&[("identifier", HAMAD), ("password", PASSWORD), ("next", "/desk?a=b")]);
        let begun = world.post("/sign-in", "", &typed).await;
        let waiting = set_cookie(&begun, "diwan_sign_in").expect("a cookie");
        let waiting = format!("diwan_sign_in={}", waiting.split(';').next().unwrap_or_default());
        let typed = form(&[("code", &world.code()), ("next", "/desk?a=b")]);
        let opened = world.post("/sign-in", &waiting, &typed).await;
        let asked_at = opened.headers()["location"].to_str().expect("an address").to_owned();
        assert_eq!(asked_at, "/account/phone?again=1&next=/desk%3Fa%3Db");
        let session = set_cookie(&opened, "diwan_session").expect("a session");
        let session = format!("diwan_session={}", session.split(';').next().unwrap_or_default());
        let (status, page) = world.get(&asked_at, &session).await;
        assert!(status == 200 && page.contains("/account/phone/again"), "{page}");
        let on = world.post("/account/phone/again", &session, &form(&[("next", "/desk?a=b")])).await;
        assert_eq!(on.headers()["location"], "/desk?a=b");
        assert!(!world.identity.asks_about_phone(world.hamad).await.expect("an answer"));

        world.clock.advance(MINUTE);
        let hamad = world.signs_in(HAMAD).await;
        assert_eq!(world.asks(&hamad, OTHER).await, "done");
        assert!(matches!(world.answers(&hamad, "000000x").await, Outcome::Wrong(2)), "not without its code");
        assert_eq!(world.phone_of(world.hamad).await.map(|phone| phone.number).as_deref(), Some(OWN));
        let code = world.texted(&asked(hamad.session.id)).await;
        assert_eq!(world.answers(&hamad, &code).await, Outcome::Added);
        let (sql, subject) = (world.store.read(), format!("person/{}", world.hamad));
        let history = ledger::history(&sql, &subject, None, 100).await.expect("a history");
        let replaced = history.iter().find(|entry| entry.kind == "phone.replaced").expect("an entry");
        let said = replaced.body.clone().expect("a body");
        assert_eq!((&said["before"], &said["after"]), (&"+21891••••101".into(), &"+21892••••102".into()));
    }
}

#[tokio::test]
async fn a_code_opens_once_in_its_place_in_its_time_and_three_wrong_ones_lock_it() {
    for world in worlds().await {
        world.ready_to_text().await;
        let salma = world.signs_in(SALMA).await;
        world.records(&salma, OWN).await;
        assert_eq!(world.enrols(&salma).await, "done");

        let first = world.begins(SALMA).await;
        assert_eq!(word(world.identity.text_for_sign_in(&first).await), "done");
        let code = world.texted(&of_sign_in(&first)).await;
        assert_eq!(world.types(&first, &code).await, "done");
        assert_eq!(world.types(&first, &code).await, "auth.code_expired", "the sign-in is over");

        let again = world.begins(SALMA).await;
        assert_eq!(world.types(&again, &code).await, "auth.code_wrong", "a code of another sign-in");
        assert_eq!(word(world.identity.text_for_sign_in(&again).await), "done");
        let right = world.texted(&of_sign_in(&again)).await;
        for _ in 0..TEXT_TRIES_MAX {
            assert_eq!(world.types(&again, "1").await, "auth.code_wrong");
        }
        assert_eq!(world.types(&again, &right).await, "auth.code_wrong", "the right one is locked by now");
        let kinds = world.kinds_of(world.salma).await;
        for kind in ["phone.code_ordered", "phone.code_wrong", "phone.code_locked"] {
            assert!(kinds.iter().any(|found| found == kind), "{kind}: {kinds:?}");
        }

        world.clock.advance(LOCK_WINDOW);
        let late = world.begins(SALMA).await;
        assert_eq!(word(world.identity.text_for_sign_in(&late).await), "done");
        let code = world.texted(&of_sign_in(&late)).await;
        world.clock.advance(TEXT_CODE_LIFE);
        assert_ne!(world.types(&late, &code).await, "done", "too late");
    }
}

#[tokio::test]
async fn a_sensitive_page_opens_by_a_text_message_and_keeps_what_was_typed() {
    for world in worlds().await {
        world.ready_to_text().await;
        let opened = world.signs_in(SALMA).await;
        world.records(&opened, OWN).await;
        assert_eq!(world.enrols(&opened).await, "done");
        let salma = cookie(&opened);
        world.clock.advance(STEP_UP_HOLDS);
        let typed = form(&[("name", "برنامج"), ("days", "30"), ("confirm_text", "1")]);
        let (status, page) = text(world.post("/account/tokens", &salma, &typed).await).await;
        assert_eq!(status, 401);
        assert!(page.contains("برنامج") && page.contains("+21891••••101"), "{page}");
        let code = world.texted(&Asked::in_session(Purpose::Confirm, opened.session.id)).await;
        let typed = form(&[("name", "برنامج"), ("days", "30"), ("confirm_code", &code)]);
        let (status, page) = text(world.post("/account/tokens", &salma, &typed).await).await;
        assert_eq!(status, 200);
        assert!(page.contains(TOKEN_PREFIX), "the token is issued");
    }
}

#[tokio::test]
async fn a_number_in_wrong_hands_stops_at_once() {
    for world in worlds().await {
        world.ready_to_text().await;
        let hamad = world.signs_in(HAMAD).await;
        assert_eq!(world.warns_at().await.as_deref(), Some("0910000000"), "that of the register");
        world.records(&hamad, OWN).await;
        assert_eq!(world.warns_at().await.as_deref(), Some(OWN));
        assert_eq!(world.enrols(&hamad).await, "done");
        let waiting = world.begins(HAMAD).await;
        assert_eq!(word(world.identity.text_for_sign_in(&waiting).await), "done");
        let code = world.texted(&of_sign_in(&waiting)).await;
        let stranger = uuid::Uuid::now_v7();
        assert_eq!(world.judges(&[stranger], OWN, Verdict::Compromised).await, "identity.phone_not_held");
        assert_eq!(world.get("/account", &cookie(&hamad)).await.0, 200);
        assert_eq!(world.judges(&[world.body], OWN, Verdict::Compromised).await, "done");

        assert_eq!(world.get("/account", &cookie(&hamad)).await.0, 303, "every session has ended");
        assert_eq!(world.types(&waiting, &code).await, "auth.code_wrong", "a code under way opens nothing");
        assert_eq!(world.phone_of(world.hamad).await.map(|phone| phone.purposes()), Some(vec![]));
        assert_eq!(world.warns_at().await, None, "whoever has the phone is not warned");
        world.clock.advance(LOCK_WINDOW);
        let hamad = world.signs_in(HAMAD).await;
        assert!(world.identity.asks_about_phone(world.hamad).await.expect("an answer"), "asked for another");
        assert_eq!(world.asks(&hamad, OWN).await, "identity.phone_compromised");
        world.records(&hamad, OTHER).await;
        assert!(!world.identity.asks_about_phone(world.hamad).await.expect("an answer"));
    }
}

#[tokio::test]
async fn nobody_floods_a_phone_and_nothing_is_promised_without_a_gateway() {
    for world in worlds().await {
        let salma = world.signs_in(SALMA).await;
        assert_eq!(world.asks(&salma, OWN).await, "identity.phone_no_means");
        world.ready_to_text().await;
        for _ in 0..TEXT_CODES_PER_NUMBER_MAX {
            assert_eq!(world.asks(&salma, OWN).await, "done");
        }
        assert_eq!(world.asks(&salma, OWN).await, "identity.phone_codes_too_many");
        let hamad = world.signs_in(HAMAD).await;
        assert_eq!(world.asks(&hamad, OWN).await, "identity.phone_codes_too_many", "whoever asks");
        let others = TEXT_CODES_PER_PERSON_MAX - TEXT_CODES_PER_NUMBER_MAX;
        for number in 0..others {
            assert_eq!(world.asks(&salma, &format!("+21892000020{number}")).await, "done");
        }
        assert_eq!(world.asks(&salma, OTHER).await, "identity.phone_codes_too_many", "to no number");
        world.clock.advance(TEXT_WINDOW + Duration::from_secs(1));
        assert_eq!(world.asks(&salma, OWN).await, "done");
    }
}

// refuses: GET /account/phone, POST /account/phone/confirm, POST /account/phone/drop, POST /account/phone/again
// refuses: POST /account/phone/factor, POST /account/phone/factor/remove, POST /account/phone/remove
// refuses: GET /numbers, POST /numbers
#[tokio::test]
async fn strangers_and_others_find_no_numbers() {
    for world in worlds().await {
        world.ready_to_text().await;
        assert_eq!(world.get("/account/phone", "").await.0, 303);
        for act in ["confirm", "drop", "again", "factor", "factor/remove", "remove"] {
            let answer = world.post(&format!("/account/phone/{act}"), "", "").await;
            assert_eq!(answer.status(), 303, "{act}");
        }
        let hamad = cookie(&world.signs_in(HAMAD).await);
        assert_eq!(world.get("/numbers", &hamad).await.0, 404);
        let typed = form(&[("phone", OWN), ("result", "positive")]);
        assert_eq!(world.post("/numbers", &hamad, &typed).await.status(), 404);
        for act in ["confirm", "again", "factor"] {
            let answer = world.post(&format!("/account/phone/{act}"), &hamad, "code=1").await;
            assert!([409, 422].contains(&answer.status().as_u16()), "{act}");
        }
        let body = form(&[("phone", OWN), ("owner", &uuid::Uuid::now_v7().to_string())]);
        assert_eq!(world.post("/account/phone", &hamad, &body).await.status(), 404, "no body of theirs");
    }
}

#[test]
fn the_message_holds_a_code_and_no_link_in_one_piece() {
    let texts = language::Texts::assemble(&[web::LOCALE, organisations::LOCALE, LOCALE]).expect("texts");
    for lang in Lang::ALL {
        let values = [("code", "123456".into()), ("minutes", "10".into())];
        let said = texts.say(lang, "identity-phone-text", &values);
        assert!(said.contains("123456") && !said.contains("://") && !said.contains("www"), "{said}");
        assert!(said.chars().count() <= 160, "{said}");
    }
}
