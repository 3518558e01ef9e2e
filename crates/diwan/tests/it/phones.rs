//! A number on record, a code over SMPP to a centre that shows it, and signing in with it: the whole way.

use clock::Clock;
use identity::{TEXT_CODE_LIFE, TEXT_TRIES_MAX};
use reqwest::{Client, Response, redirect::Policy};
use smsc::{Centre, Habits};

use crate::{
    template::Place,
    world::{TestDiwan, encoded},
};

const NUMBER: &str = "+218920000777";

/// A browser of somebody of the cast: pages, forms and cookies.
struct Browser {
    client: Client,
    world: TestDiwan,
    identifier: String,
    password: String,
}

impl Browser {
    fn of(world: &TestDiwan, name: &str) -> Browser {
        let line = world.line(name);
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).build().expect("a client");
        let (identifier, password) = (line.identifier.clone(), line.password.clone());
        Browser { client, world: world.clone(), identifier, password }
    }

    async fn posts(&self, path: &str, pairs: &[(&str, &str)]) -> Response {
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let call = self.client.post(format!("{}{path}", self.world.address));
        let call = call.header("content-type", "application/x-www-form-urlencoded");
        call.header("sec-fetch-site", "same-origin").body(pairs.join("&")).send().await.expect("an answer")
    }

    async fn gives_password(&self) -> Response {
        self.posts("/sign-in", &[("identifier", &self.identifier), ("password", &self.password)]).await
    }

    async fn types(&self, code: &str) -> Response {
        self.posts("/sign-in", &[("code", code)]).await
    }

    async fn is_signed_in(&self) -> bool {
        let answer = self.client.get(format!("{}/account", self.world.address)).send().await;
        answer.expect("an answer").status() == 200
    }
}

/// Runs what is due and answers the code that the phone shows.
async fn texted(world: &TestDiwan, centre: &Centre) -> String {
    let before = centre.received(Some(NUMBER)).len();
    world.works_off_its_jobs().await;
    let received = centre.received(Some(NUMBER));
    assert_eq!(received.len(), before + 1, "one message went out");
    let text = &received[0].text;
    assert!(!text.contains("://") && !text.contains("www"), "{text}");
    text.split(|letter: char| !letter.is_ascii_digit())
        .find(|word| word.len() == 6)
        .expect("a code")
        .to_owned()
}

// proves: LY-MAIL-2.02b
#[tokio::test]
async fn a_code_by_text_message_opens_once_expires_and_locks() {
    for place in Place::on_each_engine().await {
        let centre = Centre::new(Habits { password: String::new(), ..Habits::default() });
        let address = centre.listen("127.0.0.1:0").await.expect("a port");
        let clock = Clock::fixed(Clock::System.now());
        let world = TestDiwan::open_with(&place, clock, |serve| {
            serve.smpp = Some(format!("smpp://diwan@{address}"));
        })
        .await;
        let now = world.clock.now();
        world.parts.store.write(notify::AnnounceSms { ready: true, now }).await.expect("announced");
        opens_once(&world, &centre).await;
        expires_and_locks(&world, &centre).await;
        world.end();
        place.clear().await;
    }
}

/// She puts her number on record, switches the code on, and signs in with it.
async fn opens_once(world: &TestDiwan, centre: &Centre) {
    let huda = Browser::of(world, "Huda");
    assert_eq!(huda.gives_password().await.status(), 303);
    assert_eq!(huda.posts("/account/phone", &[("phone", "092 000 0777")]).await.status(), 303);
    let code = texted(world, centre).await;
    assert_eq!(huda.posts("/account/phone/confirm", &[("code", &code)]).await.status(), 303);
    assert_eq!(huda.posts("/account/phone/factor", &[]).await.status(), 303);

    let elsewhere = Browser::of(world, "Huda");
    assert_eq!(elsewhere.gives_password().await.status(), 200, "the password does not open alone");
    assert!(!elsewhere.is_signed_in().await);
    let code = texted(world, centre).await;
    assert_eq!(elsewhere.types(&code).await.status(), 303);
    assert!(elsewhere.is_signed_in().await);

    let copied = Browser::of(world, "Huda");
    assert_eq!(copied.gives_password().await.status(), 200);
    texted(world, centre).await;
    assert_eq!(copied.types(&code).await.status(), 401, "a code counts once");
    assert!(!copied.is_signed_in().await);
}

async fn expires_and_locks(world: &TestDiwan, centre: &Centre) {
    let late = Browser::of(world, "Huda");
    late.gives_password().await;
    let code = texted(world, centre).await;
    world.clock.advance(identity::LOCK_WINDOW.min(TEXT_CODE_LIFE));
    assert_eq!(late.types(&code).await.status(), 401, "its time is over");

    world.clock.advance(identity::TEXT_WINDOW);
    let guesser = Browser::of(world, "Huda");
    guesser.gives_password().await;
    let code = texted(world, centre).await;
    for _ in 0..TEXT_TRIES_MAX {
        let wrong = if code == "000000" { "000001" } else { "000000" };
        assert_eq!(guesser.types(wrong).await.status(), 401);
    }
    assert_eq!(guesser.types(&code).await.status(), 401, "the right one is locked by now");
    let huda = world.actor("Huda").await.person;
    let history = world.history(&format!("person/{huda}")).await;
    let count = |kind: &str| history.iter().filter(|entry| entry.kind == kind).count();
    assert_eq!(
        (count("phone.code_wrong"), count("phone.code_locked")),
        (3, 1),
        "one at the copy, two and the last here"
    );
    let ordered =
        history.iter().find(|entry| entry.kind == "phone.code_ordered").expect("each is in the log");
    let said = ordered.body.clone().expect("a body");
    assert_eq!((&said["sender"], &said["purpose"]), (&"identity".into(), &"second_factor".into()));
    assert_eq!(said["number"], "+21892••••777");
    let code = said["code"].as_str().expect("its id");
    let message =
        sms::message(&world.parts.store.read(), &format!("code/{code}")).await.expect("messages can be read");
    assert!(message.is_some_and(|message| message.handed_at.is_some()), "handed to the operator");
}
