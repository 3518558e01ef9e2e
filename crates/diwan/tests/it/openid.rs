//! People sign in at a body's system with their account: by a library that is not ours, by what a thief would try, and until the
//! session ends, whatever ends it.

use std::process::Stdio;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clock::{DAY, HOUR, MINUTE, SECOND};
use diwan::settings::ServeSettings;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};
use uuid::Uuid;

use crate::{
    endpoints::System,
    machines::{Browser, HOME, OFFICE, in_networks, just_now},
    world::{Answer, TestDiwan, encoded},
};

/// Names a Python that has Authlib.
const PYTHON_VARIABLE: &str = "DIWAN_TEST_OPENID_PYTHON";
const BACK: &str = "http://127.0.0.1:9/back?from=diwan";
const AFTER: &str = "http://127.0.0.1:9/bye";
const VERIFIER: &str = "a-proof-that-nobody-guesses-0123456789-0123456789";
const NEW_PASSWORD: &str = "seven lamps over the harbour";
pub const CONTROLS: &[&str] = &["LY-SVC-8.1"];

pub fn with_own_machine(serve: &mut ServeSettings) {
    serve.endpoint_networks = vec!["127.0.0.0/8".parse().expect("a network")];
}

/// A system that a body connected.
pub struct Connected {
    pub id: String,
    pub secret: String,
    pub system: System,
}

pub fn telling(kind: &str, assurance: &str, logout_uri: &str) -> Value {
    json!({ "body": "digital-authority", "name_ar": "أرشيف الهيئة", "name_en": "Archive", "kind": kind,
        "redirect_uris": [BACK, "http://127.0.0.1:9/other"], "after_logout_uris": [AFTER], "logout_uri": logout_uri,
        "scopes": ["profile", "email"], "assurance": assurance })
}

pub async fn connect(world: &TestDiwan, kind: &str, assurance: &str) -> Connected {
    let (amal, system) = (world.person("Amal"), System::opens().await);
    let id = amal.posts("/api/v1/systems", &telling(kind, assurance, &system.address)).await.id();
    let secret = match kind {
        "public" => String::new(),
        _ => amal.posts(&format!("/api/v1/systems/{id}/secret"), &json!({})).await.is(201).word("secret"),
    };
    Connected { id, secret, system }
}

impl Connected {
    /// What the system asks for, changed as said; what is empty is left out.
    pub fn asks(&self, changed: &[(&str, &str)]) -> Vec<(String, String)> {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let good = [
            ("client_id", self.id.as_str()),
            ("redirect_uri", BACK),
            ("response_type", "code"),
            ("scope", "openid profile email phone"),
            ("state", "what the system keeps"),
            ("nonce", "n-1"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let kept = good.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
        let all = kept.chain(changed).filter(|(_, value)| !value.is_empty());
        all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    pub fn path(&self, changed: &[(&str, &str)]) -> String {
        let asked = self.asks(changed);
        let pairs: Vec<String> =
            asked.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        format!("/openid/authorize?{}", pairs.join("&"))
    }

    /// The person agrees, and comes back with a code.
    pub async fn agreed(&self, browser: &Browser) -> String {
        let page = opens(browser, &self.path(&[])).await.is(200).page();
        assert!(page.contains("diwan_ruling"), "the person is asked: {page}");
        code_in(&rules(browser, self, "agree").await)
    }

    pub async fn exchanges(&self, world: &TestDiwan, code: &str, changed: &[(&str, &str)]) -> Answer {
        let good = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
            ("client_id", &self.id),
            ("client_secret", &self.secret),
        ];
        let kept = good.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name));
        let pairs: Vec<(&str, &str)> = kept.chain(changed).copied().collect();
        world.stranger().posts_form("/openid/token", &pairs).await
    }

    /// Signs in whole; what the tokens are.
    pub async fn signs_in(&self, world: &TestDiwan, browser: &Browser) -> Value {
        let answer = opens(browser, &self.path(&[])).await;
        let code = match answer.status {
            303 => code_in(&answer.leads_to()),
            _ => self.agreed(browser).await,
        };
        self.exchanges(world, &code, &[]).await.is(200).json()
    }
}

pub async fn opens(browser: &Browser, path: &str) -> Answer {
    Answer::to(browser.call(Method::GET, path).header("accept", "text/html")).await
}

/// Answers the question; where the page leads on to.
async fn rules(browser: &Browser, connected: &Connected, ruling: &str) -> String {
    let mut pairs = connected.asks(&[]);
    pairs.push(("diwan_ruling".into(), ruling.into()));
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    goes_on(&browser.posts("/openid/authorize", &pairs).await.is(200).page())
}

/// Where a page leads by itself.
fn goes_on(page: &str) -> String {
    let (_, rest) =
        page.split_once("content=\"0; url=").unwrap_or_else(|| panic!("it leads nowhere: {page}"));
    let href = rest.split('"').next().unwrap_or_default();
    href.replace("&#38;", "&").replace("&amp;", "&")
}

/// What an address says under a name.
fn word_in(href: &str, name: &str) -> Option<String> {
    let url = reqwest::Url::parse(href).expect("an address");
    let found = url.query_pairs().find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned())
}

fn code_in(href: &str) -> String {
    assert!(href.starts_with(&format!("{BACK}&")), "{href}");
    assert_eq!(word_in(href, "state").as_deref(), Some("what the system keeps"));
    word_in(href, "code").unwrap_or_else(|| panic!("no code: {href}"))
}

/// What a token says, unverified; the library of others verifies.
pub fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}

/// The logout tokens that arrived, once every job is done.
pub async fn farewells(world: &TestDiwan, connected: &Connected) -> Vec<String> {
    world.works_off_all_but_mail().await;
    let got = connected.system.got();
    let token = |content: &[u8]| {
        String::from_utf8_lossy(content).strip_prefix("logout_token=").expect("a logout token").to_owned()
    };
    got.iter()
        .inspect(|letter| {
            assert_eq!(letter.header("content-type"), "application/x-www-form-urlencoded");
        })
        .map(|letter| token(&letter.content))
        .collect()
}

/// A system by Authlib, in a process of its own.
struct Library {
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    _child: Child,
}

impl Library {
    async fn starts(world: &TestDiwan, connected: &Connected, method: &str) -> Option<Library> {
        let Ok(python) = std::env::var(PYTHON_VARIABLE) else {
            assert!(
                std::env::var("CI").is_err(),
                "{PYTHON_VARIABLE} must name a Python with Authlib under CI"
            );
            eprintln!("not tried: {PYTHON_VARIABLE} is not set");
            return None;
        };
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/openid_client.py");
        let mut child = Command::new(python)
            .args([program, &world.address, &connected.id, &connected.secret, BACK, method])
            .env("AUTHLIB_INSECURE_TRANSPORT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the library starts");
        let input = child.stdin.take().expect("it reads");
        let lines = BufReader::new(child.stdout.take().expect("it answers")).lines();
        Some(Library { input, lines, _child: child })
    }

    async fn does(&mut self, order: Value) -> Value {
        self.input.write_all(format!("{order}\n").as_bytes()).await.expect("it takes orders");
        let line = self.lines.next_line().await.expect("it answers").expect("it lives");
        let answer: Value = serde_json::from_str(&line).expect("JSON");
        assert!(answer["error"].is_null(), "{order}: {answer}");
        answer
    }

    /// The path on this site to which the library sends a person.
    async fn begins(&mut self, world: &TestDiwan, more: Value) -> String {
        let url = self.does(json!({ "do": "begin", "more": more })).await["url"].as_str().map(str::to_owned);
        url.and_then(|url| url.strip_prefix(&world.address).map(str::to_owned)).expect("our address")
    }

    async fn finishes(&mut self, world: &TestDiwan, href: &str) -> Value {
        self.does(json!({ "do": "finish", "url": href, "now": world.clock.now().seconds() })).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_library_of_others_signs_people_in_and_hears_when_they_leave() {
    in_networks(with_own_machine, |world| async move {
        for (kind, method) in [("confidential", "client_secret_basic"), ("public", "none")] {
            let connected = connect(&world, kind, "basic").await;
            let Some(mut library) = Library::starts(&world, &connected, method).await else { return };
            let noura = Browser::of(&world, "Noura", OFFICE).await;
            let path = library.begins(&world, json!({})).await;
            let page = opens(&noura, &path).await.is(200).page();
            assert!(page.contains("name=\"diwan_ruling\""), "{page}");
            // The form brings back what the library asked for.
            let url = reqwest::Url::parse(&format!("{}{path}", world.address)).expect("an address");
            let mut pairs: Vec<(String, String)> =
                url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
            pairs.push(("diwan_ruling".into(), "agree".into()));
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
            let href = goes_on(&noura.posts("/openid/authorize", &pairs).await.is(200).page());
            let first = library.finishes(&world, &href).await;
            assert_eq!((&first["status"], &first["fetched"]), (&json!(200), &json!(1)));
            let said = &first["claims"];
            assert_eq!((&said["acr"], &said["amr"]), (&json!("substantial"), &json!(["pwd", "otp", "mfa"])));
            assert_eq!(first["person"]["sub"], said["sub"]);
            assert_eq!(first["person"]["name#en"], json!(world.line("Noura").full_name.en));
            assert!(first["person"]["email"].is_string());
            // The system did not register for the phone, so nobody was asked about it.
            assert!(first["person"]["phone_number"].is_null());
            assert!(
                !first.to_string().contains(&world.line("Noura").identifier),
                "no national number leaves"
            );
            // A month later another key signs; who keeps the old ones asks for them anew.
            world.clock.advance(DAY * 30 + HOUR);
            assert_eq!(farewells(&world, &connected).await.len(), 1, "the session of that day is over");
            let noura = Browser::of(&world, "Noura", OFFICE).await;
            let path = library.begins(&world, json!({ "max_age": "600" })).await;
            let second = library.finishes(&world, &opens(&noura, &path).await.leads_to()).await;
            assert_eq!((&second["status"], &second["fetched"]), (&json!(200), &json!(2)));
            assert_eq!(second["claims"]["sub"], said["sub"], "the system knows the person again");
            assert_ne!(second["claims"]["sid"], said["sid"]);
            let keys = world.stranger().gets("/openid/jwks").await.is(200).json();
            assert_eq!(keys["keys"].as_array().map(Vec::len), Some(2), "the old key is still published");
            // The system sends the person here to sign out; the person is asked, and the system hears of it.
            let hint = second["id_token"].as_str().unwrap_or_default();
            let out =
                format!("/openid/end-session?id_token_hint={hint}&post_logout_redirect_uri={AFTER}&state=s1");
            opens(&noura, &out).await.is(200);
            let pairs = [("id_token_hint", hint), ("post_logout_redirect_uri", AFTER), ("state", "s1")];
            let href = goes_on(&noura.posts("/openid/end-session", &pairs).await.is(200).page());
            assert_eq!(href, format!("{AFTER}?state=s1"));
            noura.gets("/api/v1/me").await.is(401);
            let tokens = farewells(&world, &connected).await;
            let now = world.clock.now().seconds();
            let [token] = tokens.as_slice() else { panic!("{tokens:?}") };
            let heard = library.does(json!({ "do": "farewell", "token": token, "now": now })).await;
            assert_eq!(heard["claims"]["sid"], second["claims"]["sid"]);
            assert_eq!(heard["claims"]["sub"], second["claims"]["sub"]);
            assert_eq!(library.does(json!({ "do": "told" })).await["status"], json!(401));
        }
    })
    .await;
}

/// LY-SVC-8.1: one sign-in, and one end of it everywhere.
#[tokio::test]
async fn whatever_ends_a_session_is_told_to_every_system_that_it_reached() {
    in_networks(with_own_machine, |world| async move {
        let (one, other) =
            (connect(&world, "confidential", "basic").await, connect(&world, "public", "basic").await);
        let person = world.actor("Noura").await.person;
        for how in ["signed out", "ended elsewhere", "all others ended", "password set", "time over", "lost"]
        {
            let there = Browser::of(&world, "Noura", OFFICE).await;
            let tokens = [one.signs_in(&world, &there).await, other.signs_in(&world, &there).await];
            let here = Browser::of(&world, "Noura", HOME).await;
            let sessions = here.gets("/api/v1/sessions").await.is(200).json();
            let sessions = sessions["items"].as_array().cloned().unwrap_or_default();
            let theirs =
                sessions.iter().find(|session| session["current"] == false).expect("the other session");
            let theirs = theirs["id"].as_str().expect("an id").to_owned();
            assert!(farewells(&world, &one).await.is_empty(), "{how}: nobody left yet");
            match how {
                "signed out" => drop(there.posts("/sign-out", &[]).await.is(303)),
                "ended elsewhere" => {
                    drop(here.posts(&format!("/account/sessions/{theirs}/end"), &[]).await.is(303));
                }
                "all others ended" => drop(here.posts("/account/sessions/end", &[]).await.is(303)),
                "password set" => {
                    let found = identity::person(&world.parts.store.read(), person).await.expect("read");
                    let found = found.expect("Noura");
                    world.parts.identity.set_password(None, &found, NEW_PASSWORD).await.expect("set");
                    let old = &world.line("Noura").password;
                    world.parts.identity.set_password(None, &found, old).await.expect("set back");
                }
                "time over" => world.clock.advance(HOUR * 12),
                _ => {
                    let (day, time) = just_now(&world);
                    let lost = [("lost_on", day.as_str()), ("lost_at", &time), ("words", "in a taxi")];
                    there.posts("/account/devices/loss", &lost).await.is(200);
                }
            }
            for (system, tokens) in [&one, &other].into_iter().zip(&tokens) {
                let told = farewells(&world, system).await;
                let sids: Vec<Value> = told.iter().map(|token| claims(token)["sid"].clone()).collect();
                let id_token = tokens["id_token"].as_str().unwrap_or_default();
                assert_eq!(sids, vec![claims(id_token)["sid"].clone()], "{how}");
                let opens = world.bearer(tokens["access_token"].as_str().unwrap_or_default());
                opens.gets("/openid/userinfo").await.is(401);
                assert!(farewells(&world, system).await.is_empty(), "{how}: told once");
            }
        }
    })
    .await;
}

/// A system that cannot take a farewell gets it later, and one that refuses it is not asked again.
#[tokio::test]
async fn a_farewell_is_tried_until_it_is_taken() {
    in_networks(with_own_machine, |world| async move {
        let connected = connect(&world, "confidential", "basic").await;
        let noura = Browser::of(&world, "Noura", OFFICE).await;
        connected.signs_in(&world, &noura).await;
        connected.system.will_answer(&[503]);
        noura.posts("/sign-out", &[]).await.is(303);
        assert_eq!(farewells(&world, &connected).await.len(), 1);
        world.clock.advance(HOUR);
        assert_eq!(farewells(&world, &connected).await.len(), 1, "it is sent again");
        world.clock.advance(DAY);
        assert!(farewells(&world, &connected).await.is_empty(), "and was taken");
    })
    .await;
}

// refuses: GET /openid/authorize, POST /openid/authorize, GET /openid/end-session, POST /openid/end-session
#[tokio::test]
async fn nobody_is_led_to_an_address_that_is_not_registered() {
    in_networks(with_own_machine, |world| async move {
        let connected = connect(&world, "confidential", "basic").await;
        let noura = Browser::of(&world, "Noura", OFFICE).await;
        let other = Uuid::now_v7().to_string();
        for (changed, code) in [
            (("redirect_uri", "https://evil.example/"), "openid.redirect_unregistered"),
            (("redirect_uri", "http://127.0.0.1:9/back"), "openid.redirect_unregistered"),
            (("redirect_uri", "http://127.0.0.1:9/back?from=diwan&x"), "openid.redirect_unregistered"),
            (
                ("redirect_uri", "http://127.0.0.1:9/back?from=diwan@evil.example"),
                "openid.redirect_unregistered",
            ),
            (("redirect_uri", ""), "openid.redirect_unregistered"),
            (("client_id", other.as_str()), "openid.client_unknown"),
            (("client_id", "x"), "openid.client_unknown"),
            (("client_id", ""), "openid.client_unknown"),
        ] {
            let path = connected.path(&[changed]);
            noura.gets(&path).await.refused(422, code, CONTROLS);
            let asked = connected.asks(&[changed, ("diwan_ruling", "agree")]);
            let asked: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (&**name, &**value)).collect();
            noura.posts("/openid/authorize", &asked).await.refused(422, code, CONTROLS);
            // Nor with an error, nor without a session.
            noura.gets(&format!("{path}&response_type=token")).await.refused(422, code, CONTROLS);
            assert_eq!(world.stranger().gets(&path).await.header("location"), "");
        }
        let long = connected.path(&[("state", &"s".repeat(3_500))]);
        noura.gets(&long).await.refused(422, "openid.request_long", &[]);
        for (query, code) in [
            (
                format!("client_id={}&post_logout_redirect_uri={BACK}", connected.id),
                "openid.redirect_unregistered",
            ),
            (format!("post_logout_redirect_uri={AFTER}"), "openid.client_unknown"),
            (format!("post_logout_redirect_uri={AFTER}&id_token_hint=a.b.c"), "openid.client_unknown"),
        ] {
            noura.gets(&format!("/openid/end-session?{query}")).await.refused(422, code, CONTROLS);
            world.stranger().gets(&format!("/openid/end-session?{query}")).await.is(422);
        }
        let pairs =
            [("client_id", connected.id.as_str()), ("post_logout_redirect_uri", "https://evil.example/")];
        noura.posts("/openid/end-session", &pairs).await.is(422);
        noura.gets("/api/v1/me").await.is(200);
        // A link from elsewhere signs nobody out and agrees to nothing: both only ask.
        opens(&noura, "/openid/end-session").await.is(200);
        noura.gets("/api/v1/me").await.is(200);
        for path in ["/openid/end-session", "/openid/authorize"] {
            let mut elsewhere = reqwest::header::HeaderMap::new();
            elsewhere.insert("sec-fetch-site", "cross-site".parse().expect("a value"));
            let call = noura.call(Method::POST, path).headers(elsewhere);
            let call = call.header("content-type", "application/x-www-form-urlencoded");
            assert_eq!(Answer::to(call.body("")).await.status, 403, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_system_is_told_in_the_words_of_the_standard_why_it_gets_no_code() {
    in_networks(with_own_machine, |world| async move {
        let connected = connect(&world, "confidential", "basic").await;
        let noura = Browser::of(&world, "Noura", OFFICE).await;
        let error = async |browser: &Browser, changed: &[(&str, &str)]| {
            let href = opens(browser, &connected.path(changed)).await.leads_to();
            assert!(href.starts_with(&format!("{BACK}&")), "{href}");
            assert_eq!(word_in(&href, "iss").as_deref(), Some(world.address.as_str()));
            word_in(&href, "error").unwrap_or_default()
        };
        assert_eq!(error(&noura, &[("prompt", "none")]).await, "consent_required");
        assert_eq!(error(&noura, &[("response_type", "token")]).await, "unsupported_response_type");
        assert_eq!(error(&noura, &[("code_challenge", "")]).await, "invalid_request");
        assert_eq!(error(&noura, &[("code_challenge_method", "plain")]).await, "invalid_request");
        // LY-MAIL-3B.4a: no sign-in outlives its session.
        assert_eq!(error(&noura, &[("scope", "openid offline_access")]).await, "access_denied");
        let declined = rules(&noura, &connected, "decline").await;
        assert_eq!(word_in(&declined, "error").as_deref(), Some("access_denied"));
        connected.agreed(&noura).await;
        assert_eq!(error(&noura, &[("prompt", "none")]).await, "", "now a code is given in silence");
        world.clock.advance(MINUTE * 5);
        assert_eq!(error(&noura, &[("prompt", "none"), ("max_age", "60")]).await, "login_required");
        assert_eq!(error(&noura, &[("prompt", "none"), ("max_age", "3600")]).await, "");
        let asked = opens(&noura, &connected.path(&[("prompt", "consent")])).await.is(200).page();
        assert!(asked.contains("diwan_ruling"), "consent is asked for again");
        // A stranger signs in first, and so does whoever shall do so anew; both come back here with all that was asked.
        let stranger = Browser::of(&world, "Salma", OFFICE).await;
        stranger.posts("/sign-out", &[]).await.is(303);
        assert_eq!(error(&stranger, &[("prompt", "none")]).await, "login_required");
        let to = opens(&stranger, &connected.path(&[])).await.leads_to();
        assert!(to.starts_with("/sign-in?next=/openid/authorize%3Fclient_id%3D"), "{to}");
        for anew in [[("prompt", "login")], [("max_age", "60")]] {
            let to = opens(&noura, &connected.path(&anew)).await.leads_to();
            assert!(to.starts_with("/sign-in?again=1&next="), "{to}");
            assert!(
                opens(&noura, &to).await.is(200).page().contains("name=\"password\""),
                "the form is shown"
            );
            let back = reqwest::Url::parse(&format!("{}{to}", world.address)).expect("an address");
            let back =
                back.query_pairs().find(|(name, _)| name == "next").expect("a way back").1.into_owned();
            opens(&noura, &back).await.is(303);
            let again = Browser::of(&world, "Noura", OFFICE).await;
            assert!(!code_in(&goes_on(&opens(&again, &back).await.is(200).page())).is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn a_system_that_asks_for_a_second_factor_gets_nobody_without_one() {
    in_networks(with_own_machine, |world| async move {
        let sure = connect(&world, "confidential", "substantial").await;
        let (salma, noura) =
            (Browser::of(&world, "Salma", OFFICE).await, Browser::of(&world, "Noura", OFFICE).await);
        salma.gets(&sure.path(&[])).await.refused(401, "identity.assurance_required", CONTROLS);
        let silent = opens(&salma, &sure.path(&[("prompt", "none")])).await.leads_to();
        assert_eq!(word_in(&silent, "error").as_deref(), Some("interaction_required"));
        assert_eq!(
            claims(sure.signs_in(&world, &noura).await["id_token"].as_str().unwrap_or_default())["acr"],
            "substantial"
        );
        // One that is content with less is told truthfully what was shown.
        let any = connect(&world, "public", "basic").await;
        let said = claims(any.signs_in(&world, &salma).await["id_token"].as_str().unwrap_or_default());
        assert_eq!((&said["acr"], &said["amr"]), (&json!("basic"), &json!(["pwd"])));
        salma.gets(&any.path(&[("acr_values", "substantial")])).await.refused(
            401,
            "identity.assurance_required",
            CONTROLS,
        );
    })
    .await;
}

// refuses: POST /openid/token, GET /openid/userinfo, POST /openid/userinfo
#[tokio::test]
async fn a_code_counts_once_for_its_system_its_address_and_its_proof() {
    in_networks(with_own_machine, |world| async move {
        let (own, thief) =
            (connect(&world, "confidential", "basic").await, connect(&world, "confidential", "basic").await);
        let noura = Browser::of(&world, "Noura", OFFICE).await;
        let code = own.agreed(&noura).await;
        let no = async |changed: &[(&str, &str)], status: u16, error: &str| {
            let answer = own.exchanges(&world, &code, changed).await.is(status);
            assert_eq!(answer.word("error"), error, "{changed:?}");
            assert_eq!(answer.header("cache-control"), "no-store");
        };
        no(&[("client_secret", "")], 401, "invalid_client").await;
        no(&[("client_secret", &thief.secret)], 401, "invalid_client").await;
        no(&[("client_id", "nobody")], 401, "invalid_client").await;
        no(&[("grant_type", "password")], 400, "unsupported_grant_type").await;
        no(&[("grant_type", "refresh_token")], 400, "unsupported_grant_type").await;
        no(&[("code_verifier", "")], 400, "invalid_request").await;
        no(&[("code_verifier", &"x".repeat(64))], 400, "invalid_grant").await;
        no(&[("redirect_uri", "http://127.0.0.1:9/other")], 400, "invalid_grant").await;
        no(&[("redirect_uri", "")], 400, "invalid_grant").await;
        no(&[("client_id", &thief.id), ("client_secret", &thief.secret)], 400, "invalid_grant").await;
        no(&[("code", "guessed")], 400, "invalid_grant").await;
        let both =
            world.stranger().call(Method::POST, "/openid/token").basic_auth(&own.id, Some(&own.secret));
        let both = both.header("content-type", "application/x-www-form-urlencoded");
        let both =
            Answer::to(both.body(format!("grant_type=authorization_code&client_secret={}", own.secret)))
                .await;
        assert_eq!((both.status, both.word("error").as_str()), (400, "invalid_request"));
        // None of that used it up.
        let tokens = own.exchanges(&world, &code, &[]).await.is(200).json();
        let bearer = world.bearer(tokens["access_token"].as_str().unwrap_or_default());
        let told = bearer.gets("/openid/userinfo").await.is(200).json();
        assert_eq!(told["sub"], claims(tokens["id_token"].as_str().unwrap_or_default())["sub"]);
        // It opens nothing else here.
        bearer.gets("/api/v1/me").await.refused(401, "auth.token_invalid", CONTROLS);
        // Shown again, by whomever, it ends what it gave.
        no(&[], 400, "invalid_grant").await;
        bearer.gets("/openid/userinfo").await.is(401);
        bearer.posts_form("/openid/userinfo", &[]).await.is(401);
        world.stranger().gets("/openid/userinfo").await.is(401);
        assert_eq!(world.history_of("openid.code_replayed").await, 1);
        // A code waits a minute and no longer, a token ten; and none of them outlives the session.
        let code = code_in(&opens(&noura, &own.path(&[])).await.leads_to());
        world.clock.advance(SECOND * 60);
        assert_eq!(own.exchanges(&world, &code, &[]).await.is(400).word("error"), "invalid_grant");
        let tokens = own.signs_in(&world, &noura).await;
        let bearer = world.bearer(tokens["access_token"].as_str().unwrap_or_default());
        world.clock.advance(MINUTE * 10 - SECOND);
        bearer.gets("/openid/userinfo").await.is(200);
        world.clock.advance(SECOND);
        bearer.gets("/openid/userinfo").await.is(401);
        let code = code_in(&opens(&noura, &own.path(&[])).await.leads_to());
        noura.posts("/sign-out", &[]).await.is(303);
        assert_eq!(own.exchanges(&world, &code, &[]).await.is(400).word("error"), "invalid_grant");
    })
    .await;
}
