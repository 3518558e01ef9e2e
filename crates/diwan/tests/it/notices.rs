//! What people are told about a request: to the address on it, in the provider's words, and what came of each letter.

use std::sync::Arc;

use identity::ProveEmail;
use jobs::{Work, Workers};
use language::Text;
use notify::{Announce, MailConfig, Mailer, Post};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

use crate::world::{NOBODYS_NUMBER, TestDiwan, application, on_both_engines};

const SERVICE: &str = "residence-certificate";
const NOBODYS_ID: &str = "00000000-0000-7000-8000-000000000000";

/// A mail server that takes letters for everybody but `gone@…`; it keeps to whom each went.
#[derive(Clone)]
pub struct Server {
    address: String,
    /// To whom, and the letter; its first line is the return path.
    letters: Arc<Mutex<Vec<(String, String)>>>,
}

impl Server {
    pub async fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = format!("smtp://{}", listener.local_addr().expect("a listener has an address"));
        let server = Server { address, letters: Arc::default() };
        let answering = server.clone();
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                let answering = answering.clone();
                tokio::spawn(async move { answering.answers(caller).await });
            }
        });
        server
    }

    async fn answers(&self, caller: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = caller.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 mail.example\r\n").await?;
        let (mut from, mut to) = (String::new(), String::new());
        while let Some(line) = lines.next_line().await? {
            let answer = match line.split([' ', ':']).next().unwrap_or_default() {
                "MAIL" => {
                    from = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    "250 OK"
                }
                "RCPT" if line.contains("gone@") => "550 5.1.1 no such mailbox",
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    "250 OK"
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await?;
                    let mut letter = format!("{from}\n");
                    while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                        letter += &(line + "\n");
                    }
                    self.letters.lock().await.push((to.clone(), letter));
                    "250 2.0.0 taken"
                }
                _ => "250 OK",
            };
            write.write_all(format!("{answer}\r\n").as_bytes()).await?;
        }
        Ok(())
    }

    /// The letters that went to an address, each with its return path as the first line.
    pub async fn letters_to(&self, address: &str) -> Vec<String> {
        let letters = self.letters.lock().await;
        letters.iter().filter(|(to, _)| to == address).map(|(_, letter)| letter.clone()).collect()
    }

    /// Sends what waits; answers to whom letters have gone in all.
    pub async fn delivers(&self, world: &TestDiwan) -> Vec<String> {
        world.works_off_all_but_mail().await;
        let config = MailConfig {
            bounces: Some("bounces@diwan.example".into()),
            server: self.address.clone(),
            sign_in: None,
            authority_pem: None,
            from: "no-reply@diwan.example".into(),
            name: Text::new("البوابة", "Portal"),
            public_address: "https://portal.example".into(),
            offset: world.parts.site.offset,
        };
        let (store, clock) = (world.parts.store.clone(), world.clock.clone());
        let texts = world.parts.site.texts.clone();
        let post = Post::new(store.clone(), clock.clone(), texts, Some(config)).expect("a post");
        let prover = ProveEmail::new(world.parts.identity.clone(), post.clone());
        let works: Vec<Arc<dyn Work>> = vec![Arc::new(Mailer::new(post)), Arc::new(prover)];
        Workers::new(store, clock, works).drain().await.expect("mail goes out");
        self.letters.lock().await.iter().map(|(to, _)| to.clone()).collect()
    }
}

pub async fn ready(world: &TestDiwan) {
    let announce = Announce { email: true, now: world.clock.now() };
    world.parts.store.write(announce).await.expect("a worker says what it can send by");
    // Whatever the hour at which this runs, nothing waits for the morning.
    let choice = json!({ "modes": {}, "offset_minutes": 120, "quiet": null, "digest_hour": 8 });
    world.person("Salma").puts("/api/v1/notifications", &choice).await.is(200);
}

/// The newest message about a request and its e-mail, as both sides see it.
fn newest(told: &Value) -> (String, String, Value) {
    let notice = &told["notices"][0];
    let delivery = &notice["deliveries"][0];
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (word(&notice["subject"]), word(&delivery["state"]), delivery.clone())
}

// proves: LY-SVC-18.1b
// refuses: GET /api/v1/requests/{number}/notices
// refuses: PUT /api/v1/requests/{number}/email
// refuses: POST /api/v1/requests/{number}/notices/{id}/send_again
// refuses: GET /requests/{number}/notices
// refuses: POST /requests/{number}/notices
// refuses: POST /requests/{number}/notices/{id}/send-again
#[tokio::test]
async fn completion_is_told_at_the_address_on_the_request() {
    on_both_engines(|world| async move {
        ready(&world).await;
        let server = Server::start().await;
        let (salma, hamad, noura) = (world.person("Salma"), world.person("Hamad"), world.person("Noura"));
        let mut asked = application(SERVICE, world.example(SERVICE));
        asked["email"] = "not an address".into();
        salma
            .posts("/api/v1/requests", &asked)
            .await
            .refused(422, "request.email_invalid", &["LY-SVC-18.1b"])
            .names(&[("email", "email")]);
        asked["email"] = "gone@mail.example".into();
        let number = salma.posts("/api/v1/requests", &asked).await.is(201).word("number");
        hamad.takes(&number, "verify").await.is(200);
        noura.takes(&number, "approve").await.is(200);
        assert!(server.delivers(&world).await.is_empty(), "nobody takes letters there");

        // Both sides see that it bounced, and why.
        let path = format!("/api/v1/requests/{number}/notices");
        let told = salma.gets(&format!("{path}?lang=en")).await.is(200).json();
        let (subject, state, delivery) = newest(&told);
        assert!(subject.contains("is complete"), "{told}");
        assert_eq!((state.as_str(), delivery["address"].as_str()), ("bounced", Some("gone@mail.example")));
        assert!(delivery["reason"].as_str().is_some_and(|reason| reason.contains("no such mailbox")));
        let provider = hamad.gets(&format!("{path}?lang=en")).await.is(200).json();
        assert_eq!(provider, told);
        for who in [&salma, &hamad] {
            let page = who.gets(&format!("/requests/{number}/notices?lang=en")).await.is(200);
            let page = String::from_utf8(page.bytes).expect("a page");
            assert!(page.contains("Bounced") && page.contains("no such mailbox"), "{page}");
        }
        let inbox = salma.gets("/inbox?lang=en").await.is(200);
        let inbox = String::from_utf8(inbox.bytes).expect("a page");
        assert!(inbox.contains("Our letters do not reach your e-mail"), "{inbox}");

        let good = json!({ "email": "salma.new@mail.example" });
        let email = format!("/api/v1/requests/{number}/email");
        only_its_applicant_gives_an_address(&world, &number).await;
        salma.puts(&email, &good).await.is(204);
        let again = delivery["send_again"].as_str().expect("it may be sent again").to_owned();
        world.person("Huda").posts(&again, &json!({})).await.is(404);
        let nobodys = format!("/requests/{number}/notices/{NOBODYS_ID}/send-again");
        hamad.posts_form(&nobodys, &[]).await.is(404);
        hamad.posts(&again, &json!({})).await.is(204);
        let went = server.delivers(&world).await;
        assert_eq!(went.last().map(String::as_str), Some("salma.new@mail.example"));
        let told = hamad.gets(&format!("{path}?lang=en")).await.is(200).json();
        let completed = &told["notices"][1];
        assert_eq!(completed["deliveries"][0]["state"], "sent");
        assert_eq!(completed["deliveries"][0]["reason"], "250 2.0.0 taken");
        let letter = server.letters.lock().await.last().expect("a letter").1.clone();
        assert!(!letter.contains("Salma") && !letter.contains("سلمى"), "nothing personal: {letter}");
        hamad.posts(&again, &json!({})).await.refused(409, "notice.not_retriable", &["LY-SVC-18.1b"]);
        assert!(
            world.history(&format!("request/{number}")).await.iter().any(|it| it.kind == "notice.sent_again")
        );
    })
    .await;
}

/// Only who may, and only what is an address.
async fn only_its_applicant_gives_an_address(world: &TestDiwan, number: &str) {
    let (salma, path) = (world.person("Salma"), format!("/api/v1/requests/{number}/notices"));
    let email = format!("/api/v1/requests/{number}/email");
    let good = json!({ "email": "salma.new@mail.example" });
    world.person("Hamad").puts(&email, &good).await.refused(403, "not_allowed", &["LY-SVC-18.1b"]);
    world.person("Huda").puts(&email, &good).await.is(404);
    world.person("Huda").gets(&path).await.is(404);
    world.stranger().gets(&path).await.refused(401, "auth.sign_in_required", &["LY-SVC-8.1"]);
    salma.gets(&format!("/requests/{NOBODYS_NUMBER}/notices")).await.is(404);
    for wrong in ["", "salma", "a@b\r\nBcc: c@d.e", "a b@c.d"] {
        let body = json!({ "email": wrong });
        salma.puts(&email, &body).await.refused(422, "request.email_invalid", &["LY-SVC-18.1b"]);
    }
    let page = format!("/requests/{number}/notices");
    salma.posts_form(&page, &[("email", "salma")]).await.is(422);
}

// proves: LY-SVC-15.2
// refuses: GET /api/v1/services/{id}/acknowledgement
// refuses: PUT /api/v1/services/{id}/acknowledgement
// refuses: GET /services/{id}/acknowledgement
// refuses: POST /services/{id}/acknowledgement
#[tokio::test]
async fn a_provider_words_its_own_acknowledgement() {
    on_both_engines(|world| async move {
        let (salma, hamad) = (world.person("Salma"), world.person("Hamad"));
        let path = format!("/api/v1/services/{SERVICE}/acknowledgement");
        let words = json!({ "ar": "وصلنا طلبك {number} يوم {delivered_at}، وموعدنا {due_at}.",
            "en": "Your request {number} reached us on {delivered_at}; expect us by {due_at}." });
        let unknown = json!({ "ar": "وصلنا طلبك {applicant} وشكرًا لك.", "en": words["en"] });
        hamad
            .puts(&path, &unknown)
            .await
            .refused(422, "acknowledgement.placeholder_unknown", &["LY-SVC-15.2"])
            .names(&[("ar", "placeholder")]);
        let short = json!({ "ar": "وصل.", "en": "" });
        hamad
            .puts(&path, &short)
            .await
            .refused(422, "acknowledgement.text_invalid", &["LY-SVC-15.2"])
            .names(&[("ar", "too_short"), ("en", "required")]);
        for (who, status) in [(&salma, 403), (&world.person("Maryam"), 403), (&world.stranger(), 401)] {
            who.gets(&path).await.is(status);
            who.puts(&path, &words).await.is(status);
        }
        hamad.gets("/services/nothing/acknowledgement").await.is(404);
        let page = format!("/services/{SERVICE}/acknowledgement");
        salma.gets(&page).await.is(403);
        let refused =
            hamad.posts_form(&page, &[("ar", "{name} is a long enough text"), ("en", "x")]).await.is(422);
        assert!(String::from_utf8_lossy(&refused.bytes).contains("is a long enough text"), "nothing is lost");

        let before = salma.submits(SERVICE, world.example(SERVICE)).await.is(201).json();
        assert!(!before["acknowledgement"]["en"].as_str().expect("words").contains("expect us by"));
        assert_eq!(hamad.puts(&path, &words).await.is(200).json()["ar"], words["ar"]);
        let after = salma.submits(SERVICE, world.example(SERVICE)).await.is(201).json();
        let said = after["acknowledgement"]["en"].as_str().expect("words").to_owned();
        let number = after["number"].as_str().expect("a number");
        assert!(said.contains(number) && said.contains("expect us by") && !said.contains('{'), "{said}");
        let inbox = salma.gets("/api/v1/inbox?lang=en").await.is(200).json();
        assert_eq!(inbox["items"][0]["body"].as_str().map(plain), Some(plain(&said)));
        assert_eq!(
            world.history(&format!("service/{SERVICE}")).await.last().expect("an entry").kind,
            "acknowledgement.worded"
        );
    })
    .await;
}

/// Without the marks that hold numbers together.
fn plain(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}
