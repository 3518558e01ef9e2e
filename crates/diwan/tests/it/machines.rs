//! People at browsers that come from one network or another, and devices that speak as `diwan agent` does.

use std::{net::IpAddr, sync::Arc};

use bytes::Bytes;
use clock::{Clock, MINUTE};
use courier::{Courier, Letter, Reach};
use diwan::settings::ServeSettings;
use ledger::Keys;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    template::Place,
    world::{Answer, Person, TestDiwan, encoded},
};

pub const OFFICE: &str = "10.1.1.1";
pub const HOME: &str = "192.0.2.9";
pub const REASON: &str = "حضر صاحب الحساب بهويته إلى المكتب.";

/// Runs a test in a world with a main network, behind a proxy that is trusted, at a clock of its own, on each engine.
pub async fn in_networks<F, T>(change: fn(&mut ServeSettings), test: F)
where
    F: Fn(TestDiwan) -> T,
    T: Future<Output = ()>,
{
    for place in Place::on_each_engine().await {
        eprintln!("on {}", place.engine());
        let world = TestDiwan::open_with(&place, Clock::fixed(Clock::System.now()), |serve| {
            serve.zones = vec!["main=10.0.0.0/8".parse().expect("a zone")];
            serve.trusted_proxies = vec![IpAddr::from([127, 0, 0, 1])];
            change(serve);
        })
        .await;
        test(world.clone()).await;
        world.end();
        place.clear().await;
    }
}

/// Somebody at a browser, who comes from an address as the proxy tells it.
pub struct Browser {
    anybody: Person,
    cookie: String,
    from: &'static str,
}

impl Browser {
    /// Signed in with the second factor. The clock moves on, because a code counts once.
    pub async fn of(world: &TestDiwan, name: &str, from: &'static str) -> Browser {
        Browser::opened(world, &sign_in(world, name, from).await.is(201), from)
    }

    /// With the session that was opened a moment ago.
    pub fn opened(world: &TestDiwan, answer: &Answer, from: &'static str) -> Browser {
        let line = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        Browser { anybody: world.stranger(), cookie: line, from }
    }

    pub fn call(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let call = self.anybody.call(method, path).header("cookie", &self.cookie);
        call.header("x-forwarded-for", self.from).header("sec-fetch-site", "same-origin")
    }

    pub async fn gets(&self, path: &str) -> Answer {
        Answer::to(self.call(Method::GET, path).header("accept", "application/json")).await
    }

    /// Posts a form; a no that is not the form's to mend comes as a problem.
    pub async fn posts(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let call = self.call(Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
        Answer::to(call.header("accept", "application/json").body(pairs.join("&"))).await
    }

    pub fn at(&self, from: &'static str) -> Browser {
        Browser { anybody: self.anybody.clone(), cookie: self.cookie.clone(), from }
    }
}

pub async fn sign_in(world: &TestDiwan, name: &str, from: &str) -> Answer {
    let password = world.line(name).password.clone();
    sign_in_with(world, name, &password, from).await
}

/// The same with another password. The clock moves on, because a code counts once.
pub async fn sign_in_with(world: &TestDiwan, name: &str, password: &str, from: &str) -> Answer {
    world.clock.advance(MINUTE);
    let line = world.line(name);
    let code = line.totp_secret.as_deref().and_then(|secret| identity::code_at(secret, world.clock.now()));
    let asked = json!({ "identifier": line.identifier, "password": password, "code": code });
    let call = world.stranger().call(Method::POST, "/api/v1/sessions").header("x-forwarded-for", from);
    Answer::to(call.json(&asked)).await
}

/// A device with a key of its own, which speaks as `diwan agent` does.
pub struct Machine {
    pub courier: Courier,
    world: TestDiwan,
}

impl Machine {
    pub fn new(world: &TestDiwan) -> Machine {
        let file = std::env::temp_dir().join(format!("diwan-device-{}.key", Uuid::now_v7()));
        let name = format!("device-{}", Uuid::now_v7());
        let keys = Arc::new(Keys::load_or_create_named(file, &name).expect("a key"));
        let here = Reach(vec!["127.0.0.0/8".parse().expect("a network")]);
        Machine { courier: Courier::new(here, None, keys).expect("a courier"), world: world.clone() }
    }

    /// The public half of its key.
    pub fn verifier(&self) -> ledger::VerifierKey {
        self.courier.keys().sign_as(|_| Vec::new()).0
    }

    fn key(&self) -> String {
        self.verifier().to_string()
    }

    pub fn letter(&self, what: &str, content: &Value) -> Letter {
        let address = format!("{}/api/v1/devices/{what}", self.world.address);
        Letter {
            id: Uuid::now_v7(),
            address: self.courier.reach().check(&address).expect("an address"),
            content_type: courier::JSON,
            content: Bytes::from(content.to_string()),
            signed_at: self.world.clock.now().seconds(),
            bearer: None,
        }
    }

    pub async fn posts(&self, what: &str, content: &Value) -> u16 {
        self.courier.post(&self.letter(what, content)).await.expect("an answer")
    }

    pub async fn enrols(&self, code: &str) -> u16 {
        self.posts("enrol", &json!({ "code": code, "key": self.key(), "system": { "name": "debian" } })).await
    }

    /// What opens in a browser as this device's ticket.
    pub async fn ticket(&self) -> String {
        let secret = identity::new_one_time_secret();
        let hash: String = identity::secret_hash(&secret).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(self.posts("tickets", &json!({ "hash": hash })).await, 204);
        secret
    }

    pub async fn reports(&self, change: impl FnOnce(&mut Value)) -> u16 {
        let day = clock::civil_from_days(self.world.clock.now().day());
        let mut posture = json!({
            "system": { "name": "debian", "version": "12.8" },
            "antivirus": { "name": "clamav", "definitions_on": format!("{:04}-{:02}-{:02}", day.0, day.1, day.2) },
            "bluetooth_discoverable": false,
            "applications": [{ "name": "firefox-esr", "version": "128.4.0" }],
        });
        change(&mut posture);
        self.posts("reports", &posture).await
    }
}

/// The enrolment code that a page shows.
pub fn code_on(page: &str) -> String {
    let begins = page.find("agent enrol ").expect("a code is shown") + "agent enrol ".len();
    let words = page[begins..].split_whitespace().nth(1).expect("a code follows the address");
    words.chars().take_while(|letter| *letter != '<').collect()
}

/// A device on the list with its key and its holder's acceptance.
pub async fn ready(
    world: &TestDiwan,
    holder: &Browser,
    name: &str,
    number: Option<&str>,
) -> (String, Machine) {
    let aisha = world.person("Aisha");
    match number {
        None => {
            let pairs = [("name", name), ("body", "civil-registry")];
            holder.at(OFFICE).posts("/account/devices", &pairs).await.is(303);
        }
        Some(number) => {
            let pairs = [
                ("name", name),
                ("body", "civil-registry"),
                ("holder", number),
                ("ownership", "institution"),
            ];
            aisha.posts_form("/desk/devices", &pairs).await.is(303);
        }
    }
    let id = newest(&aisha).await;
    if number.is_none() {
        aisha.posts_form(&format!("/desk/devices/{id}/decide"), &[("ruling", "list")]).await.is(303);
    }
    let rules = [("care", "on"), ("hidden", "on")];
    holder.posts(&format!("/account/devices/{id}/accept"), &rules).await.is(303);
    let code = code_on(&holder.posts(&format!("/account/devices/{id}/code"), &[]).await.is(200).page());
    let machine = Machine::new(world);
    assert_eq!(machine.enrols(&code).await, 201);
    (id, machine)
}

pub async fn newest(keeper: &Person) -> String {
    let listed = keeper.gets("/api/v1/devices").await.is(200).json();
    listed["items"][0]["id"].as_str().expect("a device").to_owned()
}

pub async fn state(keeper: &Person, id: &str) -> String {
    keeper.gets(&format!("/api/v1/devices/{id}")).await.is(200).word("state")
}

/// The things to mend that are open, by kind and name.
pub async fn open_gaps(keeper: &Person, id: &str) -> Vec<String> {
    let shown = keeper.gets(&format!("/api/v1/devices/{id}")).await.is(200).json();
    let gaps = shown["gaps"].as_array().expect("gaps").clone();
    let open = gaps.into_iter().filter(|gap| gap["closed_at"].is_null());
    let mut open: Vec<String> =
        open.map(|gap| format!("{}/{}", gap["kind"], gap["name"]).replace('"', "")).collect();
    open.sort();
    open
}

pub async fn subjects(person: &Person) -> String {
    person.gets("/api/v1/inbox").await.is(200).text()
}

/// A loss at this moment, as a form has it.
pub fn just_now(world: &TestDiwan) -> (String, String) {
    let local = world.parts.devices.offset.local(world.clock.now()).to_string();
    (local[..10].to_owned(), local[11..16].to_owned())
}
