//! What a person gets: the inbox row in the verb's transaction, and the letter through a real mail server.

mod choice;
mod inbox;
mod mail;
mod server;

use std::sync::Arc;

use clock::{Clock, Timestamp};
use language::{Lang, Locale, Offset, Text, Texts};
use notify::{Address, Announce, Digester, MailConfig, Mailer, Message, Post};
use store::{Store, StoreError, Tx, Verb};
use uuid::Uuid;

/// 1 March 2026, noon in UTC.
const NOON: Timestamp = Timestamp(1_772_366_400_000_000);
const SALMA: Uuid = Uuid::from_u128(1);
const HAMAD: Uuid = Uuid::from_u128(2);

const LETTERS: Locale = Locale {
    name: "letters",
    ar: "notice-decided-subject = صدر القرار في طلبك { $number }: { $service }\nnotice-decided-body = صدر القرار في { $decided_at }.\n",
    en: "notice-decided-subject = Your request { $number } was decided: { $service }\nnotice-decided-body = It was decided on { $decided_at }.\n",
};

fn texts() -> Arc<Texts> {
    Arc::new(Texts::assemble(&[LETTERS, notify::LOCALE, web::LOCALE]).unwrap())
}

fn decided(to: Uuid, number: &str) -> Message {
    Message::new(to, "decided", format!("request/{number}"), format!("/requests/{number}"))
        .word("number", number)
        .text("service", &Text::new("شهادة إقامة", "Residence certificate"))
        .moment("decided_at", NOON)
}

/// A verb that tells somebody something.
struct Tell {
    message: Message,
    address: Option<Address>,
    fails: bool,
    /// Noon, when it does not matter.
    at: Option<Timestamp>,
}

impl Tell {
    fn salma(number: &str, email: &str, language: Lang) -> Tell {
        let address = Some(Address { email: email.into(), language });
        Tell { message: decided(SALMA, number), address, fails: false, at: None }
    }
}

impl Verb for Tell {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        let now = self.at.unwrap_or(NOON);
        notify::send(tx, now, self.message.clone(), self.address.clone()).await?;
        if self.fails { Err(StoreError::Shape("the verb says no".into())) } else { Ok(()) }
    }
}

fn mail_config(server: String) -> MailConfig {
    MailConfig {
        bounces: Some("bounces@services.example".into()),
        server,
        sign_in: None,
        authority_pem: None,
        from: "no-reply@gov.example".into(),
        name: Text::new("الهيئة الوطنية للخدمات الرقمية", "National Digital Services Authority"),
        public_address: "https://services.example".into(),
        offset: Offset { minutes: 120 },
    }
}

fn workers(store: &Store, clock: &Clock, config: Option<MailConfig>) -> jobs::Workers {
    let post = Post::new(store.clone(), clock.clone(), texts(), config).unwrap();
    let works: Vec<Arc<dyn jobs::Work>> =
        vec![Arc::new(Mailer::new(post.clone())), Arc::new(Digester::new(post))];
    jobs::Workers::new(store.clone(), clock.clone(), works)
}

/// The workers have said that they can send e-mail.
async fn ready(store: &Store) {
    store.write(Announce { email: true, now: NOON }).await.unwrap();
}

/// The state and the reason of the one delivery of Salma's newest notice.
async fn delivery(store: &Store) -> (&'static str, String) {
    let newest = notify::list(&store.read(), SALMA, None, 1).await.unwrap().remove(0);
    let delivery = notify::deliveries(&store.read(), &[newest.id]).await.unwrap().remove(0);
    (delivery.state.code(), delivery.reason.unwrap_or_default())
}
