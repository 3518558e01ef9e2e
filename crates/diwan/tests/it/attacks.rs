//! Somebody guesses at a password: the alert, the warnings by text message, the end of the password, the case, and the way
//! back.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use clock::{Clock, DAY, HOUR, MINUTE};
use identity::{Credentials, Origin, Step, code_at};
use jobs::{Work, Workers};
use notify::{SMS_JOB, Sms, SmsError, Texter};
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Answer, Person, TestDiwan, on_both_engines_at};

const ATTACKS: &str = "/api/v1/attacks";
pub const CASES: &str = "/api/v1/cases";
const LADDER: &str = "/api/v1/attacks/ladder";
pub const WORDS: &str = "راجعنا سجلات الدخول ووجدنا المحاولات من شبكة واحدة.";
pub const DOCUMENT: &str = "بطاقة شخصية رقم 204518";
pub const NEW_PASSWORD: &str = "قهوة الصباح على الشرفة";
pub const NOBODY: &str = "119000000009";

pub fn at_rest() -> Clock {
    Clock::fixed(Clock::System.now())
}

/// A gateway that keeps what it was handed.
#[derive(Clone, Default)]
pub struct Gateway(Arc<Mutex<Vec<(String, String)>>>);

#[async_trait]
impl Sms for Gateway {
    async fn send(&self, phone: &str, text: &str, _: &str) -> Result<(), SmsError> {
        self.0.lock().expect("nobody broke it").push((phone.to_owned(), text.to_owned()));
        Ok(())
    }
}

impl Gateway {
    pub fn sent(&self) -> Vec<(String, String)> {
        self.0.lock().expect("nobody broke it").clone()
    }

    /// Runs every job that is due, sending text messages by this gateway.
    pub async fn works(&self, world: &TestDiwan) {
        let texts = world.parts.site.texts.clone();
        let (store, clock) = (world.parts.store.clone(), world.clock.clone());
        let texter = Texter::new(store.clone(), clock.clone(), texts, Some(Arc::new(self.clone())));
        let mut works = world.works();
        works.retain(|work| work.kind() != SMS_JOB);
        works.push(Arc::new(texter) as Arc<dyn Work>);
        Workers::new(store, clock, works).drain().await.expect("jobs run");
    }
}

fn from(address: &str) -> Origin {
    let address: IpAddr = address.parse().expect("an address");
    Origin { address, user_agent: "Firefox Linux".into() }
}

pub async fn tries(
    world: &TestDiwan,
    identifier: &str,
    password: &str,
    code: Option<String>,
    address: &str,
) -> String {
    let typed = Credentials { identifier: identifier.into(), password: password.into(), code };
    match world.parts.identity.sign_in(&typed, &from(address)).await {
        Ok(Step::Opened(opened)) => opened.secret,
        Ok(Step::CodeNeeded { .. }) => "code".into(),
        Err(failure) => failure.refusal().map_or("broken", |refusal| refusal.code).into(),
    }
}

async fn guesses(world: &TestDiwan, name: &str, times: usize) {
    let identifier = world.line(name).identifier.clone();
    for time in 0..times {
        let address = if time % 2 == 0 { "198.51.100.23" } else { "203.0.113.77" };
        assert_eq!(tries(world, &identifier, "not the password", None, address).await, "auth.wrong");
    }
}

/// Signs in from home with password and code; the secret of the session.
pub async fn signs_in(world: &TestDiwan, name: &str, password: &str) -> String {
    // A code counts once, so each sign-in has a moment of its own.
    world.clock.advance(MINUTE);
    let line = world.line(name);
    let code = line.totp_secret.as_deref().and_then(|secret| code_at(secret, world.clock.now()));
    let secret = tries(world, &line.identifier, password, code, "192.0.2.1").await;
    assert_eq!(secret.len(), 43, "{secret}");
    secret
}

/// A page with the cookie of a session.
pub async fn opens(world: &TestDiwan, secret: &str, method: Method, path: &str) -> Answer {
    let call = world.stranger().call(method, path).header("cookie", format!("diwan_session={secret}"));
    let call = call.header("accept", "text/html").header("sec-fetch-site", "same-origin");
    let call = call.header("content-type", "application/x-www-form-urlencoded");
    Answer::to(call).await
}

pub async fn listed(person: &Person, path: &str) -> Vec<Value> {
    person.gets(path).await.is(200).json()["items"].as_array().expect("items").clone()
}

async fn kinds(world: &TestDiwan, subject: &str) -> Vec<String> {
    world.history(subject).await.into_iter().map(|it| it.kind).collect()
}

/// Guessed at until the alert is open and the first warning is out; its id.
async fn attacked(world: &TestDiwan, gateway: &Gateway, name: &str) -> String {
    guesses(world, name, 5).await;
    gateway.works(world).await;
    let person = world.actor(name).await.person.to_string();
    let found = listed(&world.person("Sanad"), &format!("{ATTACKS}?state=open")).await;
    let found = found.into_iter().find(|it| it["person"] == person.as_str()).expect("an alert");
    found["id"].as_str().expect("an id").to_owned()
}

/// The same until every warning went unanswered.
async fn unanswered(world: &TestDiwan, gateway: &Gateway, name: &str) -> String {
    let id = attacked(world, gateway, name).await;
    for _ in 0..3 {
        world.clock.advance(DAY);
        gateway.works(world).await;
    }
    id
}

// proves: LY-MAIL-3.07b, LY-MAIL-3.07e, LY-MAIL-3.07g
// refuses: GET /api/v1/attacks, GET /api/v1/attacks/{id}, POST /api/v1/attacks/{id}/reset
// refuses: GET /compliance/attacks, GET /compliance/attacks/{id}, POST /compliance/attacks/{id}/reset
// refuses: POST /api/v1/attacks/{id}/code, POST /compliance/attacks/{id}/code
// refuses: GET /api/v1/cases/{id}, GET /compliance/cases/{id}
#[tokio::test]
async fn an_account_whose_warnings_go_unanswered_is_reset_and_a_case_opens() {
    on_both_engines_at(at_rest, |world| async move {
        let (gateway, sanad) = (Gateway::default(), world.person("Sanad"));
        guesses(&world, "Noura", 4).await;
        for _ in 0..5 {
            tries(&world, NOBODY, "not the password", None, "192.0.2.99").await;
        }
        gateway.works(&world).await;
        assert_eq!(listed(&sanad, ATTACKS).await.len(), 0, "four are none, and nobody has no alert");
        let line = world.line("Noura").identifier.clone();
        assert_eq!(tries(&world, &line, "wrong again", None, "198.51.100.23").await, "auth.wrong");
        gateway.works(&world).await;

        let id = noticed(&world, &gateway).await;
        is_nobody_elses(&world, &id).await;
        let reset = format!("{ATTACKS}/{id}/reset");
        // Nobody ends the password too early.
        sanad.posts(&reset, &json!({})).await.refused(409, "mail.reset_not_due", &["LY-MAIL-3.07e"]);
        warned_until_due(&world, &gateway, &id).await;

        // In one act: no session and no token goes on, and the old password opens nothing.
        let (noura, old) = (world.person("Noura"), world.line("Noura").password.clone());
        let secret = signs_in(&world, "Noura", &old).await;
        opens(&world, &secret, Method::GET, "/account").await.is(200);
        let case = sanad.posts_once(&reset, "one", &json!({})).await.is(201).word("case");
        assert_eq!(sanad.posts_once(&reset, "one", &json!({})).await.is(201).word("case"), case, "once");
        opens(&world, &secret, Method::GET, "/account").await.is(303);
        noura.gets("/api/v1/me").await.is(401);
        assert_eq!(tries(&world, &line, &old, None, "192.0.2.1").await, "auth.wrong");
        sanad.posts(&reset, &json!({})).await.refused(409, "mail.reset_not_due", &["LY-MAIL-3.07e"]);
        let history = kinds(&world, &format!("attack/{id}")).await;
        let counted = |kind: &str| history.iter().filter(|it| *it == kind).count();
        assert_eq!((counted("attack.noticed"), counted("attack.warned"), counted("attack.reset")), (1, 3, 1));

        case_is_sealed(&world, &id, &case).await;
        comes_back(&world, &gateway, &id).await;
    })
    .await;
}

/// One alert with count, networks and span; the warning is out at once and kept with its result.
async fn noticed(world: &TestDiwan, gateway: &Gateway) -> String {
    let sanad = world.person("Sanad");
    let attack = listed(&sanad, ATTACKS).await.remove(0);
    let id = attack["id"].as_str().expect("an id").to_owned();
    let full = sanad.gets(&format!("{ATTACKS}/{id}")).await.is(200).json();
    assert_eq!((full["guesses"].as_i64(), full["state"].as_str()), (Some(5), Some("open")));
    assert_eq!(full["sources"].as_array().map(Vec::len), Some(2));
    let warning = &full["warnings_sent"][0];
    let (phone, text) = gateway.sent().remove(0);
    assert_eq!(warning["phone"].as_str(), Some(phone.as_str()));
    assert_eq!((warning["text"].as_str(), warning["result"].as_str()), (Some(text.as_str()), Some("sent")));
    let within = world.parts.packs.parameter("mail.alert.sms_within").and_then(|it| it.value.duration());
    let sent_at = warning["result_at"].as_str().expect("when it was sent");
    let latest = (world.clock.now() + within.expect("a span")).to_string();
    assert!(sent_at < latest.as_str(), "{sent_at} {latest}");
    assert!(text.contains('5') && !text.contains("http"), "{text}");
    id
}

async fn is_nobody_elses(world: &TestDiwan, id: &str) {
    for other in ["Salma", "Widad", "Omar"] {
        let other = world.person(other);
        other.gets(ATTACKS).await.refused(403, "compliance.not_yours", &[]);
        other.gets(&format!("{ATTACKS}/{id}")).await.is(404);
        other.posts(&format!("{ATTACKS}/{id}/reset"), &json!({})).await.is(404);
        other.posts(&format!("{ATTACKS}/{id}/code"), &json!({ "document": DOCUMENT })).await.is(404);
        other.posts_form(&format!("/compliance/attacks/{id}/code"), &[("document", DOCUMENT)]).await.is(404);
        other.opens("/compliance/attacks").await.is(403);
        other.opens(&format!("/compliance/attacks/{id}")).await.is(404);
        other.posts_form(&format!("/compliance/attacks/{id}/reset"), &[]).await.is(404);
    }
}

/// The other warnings come at the interval, once each; then a reset is due and the officers are told.
async fn warned_until_due(world: &TestDiwan, gateway: &Gateway, id: &str) {
    let (sanad, reset) = (world.person("Sanad"), format!("{ATTACKS}/{id}/reset"));
    for sent in 2..=3 {
        world.clock.advance(DAY - HOUR);
        gateway.works(world).await;
        assert_eq!(gateway.sent().len(), sent - 1, "not before the interval");
        world.clock.advance(HOUR);
        gateway.works(world).await;
        gateway.works(world).await;
        assert_eq!(gateway.sent().len(), sent, "once each");
    }
    sanad.posts(&reset, &json!({})).await.refused(409, "mail.reset_not_due", &["LY-MAIL-3.07e"]);
    world.clock.advance(DAY);
    gateway.works(world).await;
    assert_eq!(gateway.sent().len(), 3, "the ladder ends");
    world.parts.compliance.keep_house().await.expect("officers are told");
    let told = sanad.gets("/api/v1/inbox").await.is(200).json().to_string();
    assert!(told.contains("نورة"), "{told}");
    let due = listed(&sanad, &format!("{ATTACKS}?state=due&q=219760851942")).await.remove(0);
    assert_eq!((due["reset_allowed"].as_bool(), due["state"].as_str()), (Some(true), Some("due")));
    assert!(sanad.reads(&format!("/compliance/attacks/{id}")).await.contains("/reset"));
}

/// The head of her unit was told, and the case holds her records under a hash.
async fn case_is_sealed(world: &TestDiwan, id: &str, case: &str) {
    let sanad = world.person("Sanad");
    let widad = world.person("Widad").gets("/api/v1/inbox").await.is(200).json().to_string();
    assert!(widad.contains("نورة علي الشريف"), "{widad}");
    let file = sanad.gets(&format!("{CASES}/{case}")).await.is(200).json();
    assert_eq!(
        (file["kind"].as_str(), file["origin"].as_str()),
        (Some("forensic"), Some(&*format!("attack/{id}")))
    );
    assert_eq!(
        (file["next_step"].as_str(), file["control"].as_str()),
        (Some("examine"), Some("LY-MAIL-3.07g"))
    );
    let evidence = &file["evidence"][0];
    assert_eq!(evidence["sha256"].as_str().map(str::len), Some(64));
    assert!(evidence["entries"].as_i64() > Some(8), "{evidence}");
    let sealed = world.history(&format!("case/{case}")).await;
    assert!(sealed.iter().any(|it| it.kind == "case.sealed"
        && it.body.as_ref().is_some_and(|body| body["sha256"] == evidence["sha256"])));
    let attack = sanad.gets(&format!("{ATTACKS}/{id}")).await.is(200).json();
    assert_eq!(attack["case"].as_str(), Some(case));
    world.person("Widad").gets(&format!("{CASES}/{case}")).await.is(404);
    world.person("Hamad").opens(&format!("/compliance/cases/{case}")).await.is(404);
}

/// Noura is handed a code, sets a new password with it, and signs in with her second factor as ever.
async fn comes_back(world: &TestDiwan, gateway: &Gateway, attack: &str) {
    let (sanad, line) = (world.person("Sanad"), world.line("Noura").clone());
    let hand_over = format!("{ATTACKS}/{attack}/code");
    // Nobody takes an account over alone: whoever ended the password does not hand over the code.
    let alone = sanad.posts(&hand_over, &json!({ "document": DOCUMENT })).await;
    alone.refused(409, "attack.four_eyes", &["LY-MAIL-3.07e"]);
    let amal = world.person("Amal");
    amal.posts(&hand_over, &json!({ "document": "لا" })).await.is(422);
    let code = amal.posts(&hand_over, &json!({ "document": DOCUMENT })).await.is(201).word("code");
    gateway.works(world).await;
    assert_eq!(gateway.sent().len(), 4, "she is told of it");
    assert!(!gateway.sent().iter().any(|(_, text)| text.contains(&code)), "the code travels by hand alone");
    let page = format!("/compliance/attacks/{attack}/code");
    sanad.posts_form(&page, &[("document", DOCUMENT)]).await.is(409);
    let shown = amal.posts_form(&page, &[("document", DOCUMENT)]).await.is(200).page();
    let code_again = shown.split("<code dir=\"ltr\">").nth(1).and_then(|rest| rest.split('<').next());
    let fresh = code_again.expect("the code stands on the page").to_owned();
    let enters = async |code: &str, new: &str| {
        let stranger = world.stranger();
        let typed =
            [("identifier", line.identifier.as_str()), ("code", code), ("password", new), ("again", new)];
        stranger.posts_form("/sign-in/code", &typed).await.status
    };
    assert_eq!(enters(&code, NEW_PASSWORD).await, 401, "another one was handed over since");
    assert_eq!(enters(&fresh, "short").await, 422, "the code is still good");
    assert_eq!(enters(&fresh, NEW_PASSWORD).await, 303);
    assert_eq!(enters(&fresh, NEW_PASSWORD).await, 401, "once");
    signs_in(world, "Noura", NEW_PASSWORD).await;
    amal.posts(&hand_over, &json!({ "document": DOCUMENT })).await.refused(
        409,
        "attack.code_not_needed",
        &["LY-MAIL-3.07e"],
    );
}

// refuses: GET /account/warning, POST /account/warning
#[tokio::test]
async fn whoever_answers_the_warning_keeps_the_password() {
    on_both_engines_at(at_rest, |world| async move {
        let (gateway, sanad) = (Gateway::default(), world.person("Sanad"));
        world.stranger().opens("/account/warning").await.is(303);
        world.stranger().posts_form("/account/warning", &[]).await.is(303);
        let id = unanswered(&world, &gateway, "Hamad").await;
        let password = world.line("Hamad").password.clone();
        let secret = signs_in(&world, "Hamad", &password).await;
        let account = opens(&world, &secret, Method::GET, "/account").await.is(200).page();
        assert!(account.contains("/account/warning"), "the account page says so");
        let page = opens(&world, &secret, Method::GET, "/account/warning").await.is(200).page();
        assert!(page.contains("198.51.100.23"), "{page}");
        // What was shown long ago does not answer: who guessed a session must not say that all is well.
        world.clock.advance(HOUR / 3);
        let asked = opens(&world, &secret, Method::POST, "/account/warning").await;
        assert_ne!(asked.status, 303, "the second factor is asked for");
        let secret = signs_in(&world, "Hamad", &password).await;
        opens(&world, &secret, Method::POST, "/account/warning").await.is(303);
        opens(&world, &secret, Method::POST, "/account/warning").await.is(409);
        let reset = sanad.posts(&format!("{ATTACKS}/{id}/reset"), &json!({})).await;
        reset.refused(409, "mail.reset_not_due", &["LY-MAIL-3.07e"]);
        let seen = sanad.gets(&format!("{ATTACKS}/{id}")).await.is(200).json();
        assert_eq!(seen["state"], "answered");
        assert!(kinds(&world, &format!("attack/{id}")).await.contains(&"attack.answered".to_owned()));

        // A new password answers as well, and more guesses are a new alert.
        world.clock.advance(HOUR);
        let other = attacked(&world, &gateway, "Hamad").await;
        assert_ne!(other, id);
        let person = world.actor("Hamad").await.person;
        let person = identity::person(&world.parts.store.read(), person).await.expect("read").expect("there");
        world.parts.identity.set_password(Some(person.id), &person, NEW_PASSWORD).await.expect("set");
        assert_eq!(sanad.gets(&format!("{ATTACKS}/{other}")).await.is(200).json()["state"], "answered");
    })
    .await;
}

// proves: LY-MAIL-3.07d
// refuses: GET /api/v1/attacks/ladder, POST /api/v1/attacks/ladder
// refuses: GET /compliance/attacks/ladder, POST /compliance/attacks/ladder
#[tokio::test]
async fn the_implementing_body_alone_sets_the_ladder_and_open_alerts_follow() {
    on_both_engines_at(at_rest, |world| async move {
        let (gateway, amal) = (Gateway::default(), world.person("Amal"));
        let id = attacked(&world, &gateway, "Noura").await;
        let sooner = json!({ "warnings": "2", "hours": "6" });
        for other in ["Widad", "Sanad", "Hamad"] {
            let other = world.person(other);
            other.posts(LADDER, &sooner).await.refused(403, "compliance.not_yours", &[]);
            other.opens("/compliance/attacks/ladder").await.is(403);
            other
                .posts_form("/compliance/attacks/ladder", &[("warnings", "2"), ("hours", "6")])
                .await
                .is(403);
        }
        world.person("Widad").gets(LADDER).await.is(403);
        let seen = amal.gets(LADDER).await.is(200).json();
        assert_eq!((seen["warnings"].as_str(), seen["hours"].as_str()), (Some("3"), Some("24")));
        let looser = amal.posts(LADDER, &json!({ "warnings": "4", "hours": "24" })).await;
        looser.refused(409, "policy.weaker_than_baseline", &["LY-MAIL-2.04b", "IQ-SOC-2.3"]);
        let none = amal.posts(LADDER, &json!({ "warnings": "0", "hours": "س" })).await;
        none.refused(422, "attack.ladder_invalid", &["LY-MAIL-3.07d"])
            .names(&[("warnings", "ladder_number"), ("hours", "ladder_number")]);
        let page = amal.posts_form("/compliance/attacks/ladder", &[("warnings", "9"), ("hours", "6")]).await;
        assert!(page.is(409).page().contains("value=\"9\""), "what was typed stays");

        world.clock.advance(HOUR * 7);
        gateway.works(&world).await;
        assert_eq!(gateway.sent().len(), 1);
        amal.posts(LADDER, &sooner).await.is(204);
        gateway.works(&world).await;
        assert_eq!(gateway.sent().len(), 2, "the next warning is overdue by the new interval");
        world.clock.advance(HOUR * 6);
        let seen = world.person("Sanad").gets(&format!("{ATTACKS}/{id}")).await.is(200).json();
        assert_eq!(seen["reset_allowed"], true, "two are enough now");
        amal.posts_form("/compliance/attacks/ladder", &[("warnings", "٣"), ("hours", "٢٤")]).await.is(303);
        let seen = world.person("Sanad").gets(&format!("{ATTACKS}/{id}")).await.is(200).json();
        assert_eq!(seen["reset_allowed"], false, "and a change back counts as well");
        let set = world.history("parameter/mail.alerts").await;
        let kinds = set.iter().filter(|it| it.kind == "ladder.set");
        assert_eq!(kinds.clone().count(), 2);
        assert!(kinds.clone().all(|it| it.controls == ["LY-MAIL-3.07d"] && it.actor.is_some()));
    })
    .await;
}

// proves: LY-MAIL-3.07f
#[tokio::test]
async fn without_a_registered_head_the_administrator_is_told_and_the_gap_is_found() {
    on_both_engines_at(at_rest, |world| async move {
        let (gateway, sanad) = (Gateway::default(), world.person("Sanad"));
        let reset = async |name: &str| {
            let id = unanswered(&world, &gateway, name).await;
            sanad.posts(&format!("{ATTACKS}/{id}/reset"), &json!({})).await.is(201);
        };
        let inbox =
            async |name: &str| world.person(name).gets("/api/v1/inbox").await.is(200).json().to_string();
        let gaps = async || listed(&world.person("Omar"), "/api/v1/findings?control=LY-MAIL-3.07f").await;
        reset("Noura").await;
        assert!(inbox("Widad").await.contains("نورة علي الشريف"), "the head of her unit");
        assert_eq!(gaps().await.len(), 0);
        reset("Laila").await;
        assert!(inbox("Amal").await.contains("ليلى حسن بن موسى"), "the administrator of her body");
        let found = gaps().await;
        assert_eq!((found.len(), found[0]["body"].as_str()), (1, Some("digital-authority")));
        // Nobody ends the password of their own account.
        let id = unanswered(&world, &gateway, "Sanad").await;
        let own = world.surely("Sanad", authz::Assurance::Substantial).await;
        let refused = own.posts(&format!("{ATTACKS}/{id}/reset"), &json!({})).await;
        refused.refused(409, "attack.own_account", &["LY-MAIL-3.07e"]);
    })
    .await;
}
