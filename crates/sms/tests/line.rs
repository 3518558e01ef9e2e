//! The line against a centre of our own and one that is not ours, and the gateway: real sockets, both engines for the log.

use std::{
    collections::VecDeque,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use clock::{Clock, Timestamp};
use courier::{Courier, Reach};
use ledger::Keys;
use notify::{Sms, SmsError};
use sms::{
    Book, Carrier, Gateway, Line, Receipt, ReceiptState, Receipts, Sender, SmppConfig, Standing, message,
};
use smsc::{Centre, Habits, pages};
use store::Store;
use testkit::database::stores;
use tokio::{io::AsyncBufReadExt, net::TcpListener, time::sleep};

const PHONE: &str = "+218910000101";
const SWITCHED_OFF: &str = "+218910000999";
const LONG: &str = "رسالة طويلة من ديوان تصل في أجزاء، ويضعها الهاتف معًا كما كُتبت. فيها أرقام مثل 482913 وكلمة Diwan، وليس فيها رابط.";
const TRIES: u32 = 100;
const TRY_EVERY: Duration = Duration::from_millis(50);
const PYTHON_VARIABLE: &str = "DIWAN_TEST_SMPP_PYTHON";

fn config(address: &str) -> SmppConfig {
    SmppConfig::parse(&format!("smpp://diwan@{address}"), "demo", "Diwan").expect("a config")
}

async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..TRIES {
        if let Some(found) = look().await {
            return found;
        }
        sleep(TRY_EVERY).await;
    }
    panic!("it did not happen: {what}");
}

fn book(store: &Store) -> Arc<Book> {
    Arc::new(Book { store: store.clone(), clock: Clock::System })
}

async fn standing(store: &Store, reference: &str) -> Option<Standing> {
    message(&store.read(), reference).await.expect("messages can be read").map(|message| message.standing())
}

#[tokio::test]
async fn a_message_arrives_whole_and_its_receipts_are_kept() {
    for store in stores(&[sms::MIGRATIONS]).await {
        let centre = Centre::new(Habits::default());
        let address = centre.listen("127.0.0.1:0").await.expect("a port").to_string();
        let line = Arc::new(Line::open(config(&address), book(&store)));
        let sender = Sender::new(store.clone(), Clock::System, line);
        for (text, parts) in [("Your code is 482913.", 1), ("رمزك 482913", 1), (LONG, 2)] {
            let reference = format!("code/{}", uuid::Uuid::now_v7());
            sender.send(PHONE, text, &reference).await.expect("sent");
            sender.send(PHONE, text, &reference).await.expect("sent once");
            let received = centre.received(Some(PHONE));
            assert_eq!((received[0].text.as_str(), received[0].parts), (text, parts));
            eventually("the receipts", async || {
                (standing(&store, &reference).await == Some(Standing::Delivered)).then_some(())
            })
            .await;
        }
        assert_eq!(centre.received(None).len(), 3, "no message went twice");
        sender.send(SWITCHED_OFF, "Your code is 482913.", "notice/1").await.expect("the centre has it");
        eventually("the bad news", async || {
            (standing(&store, "notice/1").await == Some(Standing::Failed)).then_some(())
        })
        .await;
        let kept = message(&store.read(), "notice/1").await.expect("messages can be read").expect("kept");
        assert_eq!(kept.masked, "+21891••••999");
        let link = sender.send(PHONE, "open portal.example now", "notice/2").await;
        assert!(matches!(link, Err(SmsError::Refused(_))), "a message carries no link");
        assert_eq!(standing(&store, "notice/2").await, None);
    }
}

#[tokio::test]
async fn a_receipt_may_come_before_the_name_of_its_part_and_the_last_word_stays() {
    for store in stores(&[sms::MIGRATIONS]).await {
        let book = book(&store);
        let receipt = |state, word: &str| Receipt { centre_id: "7".into(), state, word: word.into() };
        assert!(book.take(receipt(ReceiptState::OnTheWay, "ENROUTE")).await);
        assert!(book.take(receipt(ReceiptState::Delivered, "DELIVRD")).await);
        assert!(book.take(receipt(ReceiptState::OnTheWay, "ENROUTE")).await);
        let sender = Sender::new(store.clone(), Clock::System, Arc::new(Named("7")));
        sender.send(PHONE, "text", "notice/3").await.expect("sent");
        assert_eq!(standing(&store, "notice/3").await, Some(Standing::Delivered));
        let old = Timestamp(Clock::System.now().0) + clock::DAY * 121;
        assert_eq!(store.write(sms::SweepMessages { at: old }).await.expect("swept"), 1);
        assert_eq!(standing(&store, "notice/3").await, None);
    }
}

/// Answers one name for each message.
struct Named(&'static str);

#[async_trait]
impl Carrier for Named {
    async fn carry(&self, _: &str, _: &str, _: &str) -> Result<Vec<String>, SmsError> {
        Ok(vec![self.0.into()])
    }
}

/// Keeps receipts where the test sees them.
#[derive(Default)]
struct Shelf {
    taken: Mutex<VecDeque<Receipt>>,
}

#[async_trait]
impl Receipts for Shelf {
    async fn take(&self, receipt: Receipt) -> bool {
        self.taken.lock().expect("nobody panicked").push_back(receipt);
        true
    }
}

#[tokio::test]
async fn a_centre_that_is_given_too_much_is_given_less_and_a_wrong_number_is_refused() {
    let habits = Habits { per_second_max: Some(2), ..Habits::default() };
    let centre = Centre::new(habits);
    let address = centre.listen("127.0.0.1:0").await.expect("a port").to_string();
    let line = Line::open(config(&address), Arc::new(Shelf::default()));
    for number in 0..4 {
        line.carry(PHONE, &format!("message {number}"), "").await.expect("taken in the end");
    }
    assert_eq!(centre.received(None).len(), 4);
    assert!(centre.throttled() > 0, "it said that it was too much");
    assert!(matches!(line.carry("+12", "text", "").await, Err(SmsError::Refused(_))));
}

#[tokio::test]
async fn a_line_that_breaks_is_opened_again_and_a_wrong_password_opens_none() {
    let centre = Centre::new(Habits::default());
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = free.local_addr().expect("an address").to_string();
    drop(free);
    let line = Line::open(config(&address), Arc::new(Shelf::default()));
    assert!(matches!(line.carry(PHONE, "text", "").await, Err(SmsError::Later(_))), "nobody is there");
    centre.listen(&address).await.expect("the centre comes");
    eventually("the line", async || line.carry(PHONE, "text", "").await.ok()).await;
    assert_eq!(centre.received(None).len(), 1);

    let wrong = SmppConfig::parse(&format!("smpp://diwan@{address}"), "wrong", "Diwan").expect("a config");
    let wrong = Line::open(wrong, Arc::new(Shelf::default()));
    assert!(matches!(wrong.carry(PHONE, "text", "").await, Err(SmsError::Later(_))));
    assert_eq!(centre.binds(), 1);
}

#[tokio::test]
async fn a_gateway_is_posted_to_under_its_token_and_only_where_calls_may_go() {
    let centre = Centre::new(Habits::default());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/send", listener.local_addr().expect("an address"));
    tokio::spawn(axum::serve(listener, pages(centre.clone())).into_future());
    let file = std::env::temp_dir().join(format!("diwan-sms-{}.key", uuid::Uuid::now_v7()));
    let keys = Arc::new(Keys::load_or_create(file).expect("keys"));
    let reach = Reach(vec!["127.0.0.0/8".parse().expect("a network")]);
    let courier = Arc::new(Courier::new(reach, None, keys).expect("a courier"));
    let gateway = |token: &str| Gateway {
        courier: courier.clone(),
        clock: Clock::System,
        address: courier.reach().check(&address).expect("it may be called"),
        token: token.into(),
        from: "Diwan".into(),
    };
    gateway("demo").carry(PHONE, LONG, "code/1").await.expect("taken");
    assert_eq!(centre.received(Some(PHONE))[0].text, LONG);
    assert!(matches!(gateway("wrong").carry(PHONE, LONG, "code/1").await, Err(SmsError::Refused(_))));
    assert!(Reach::default().check(&address).is_err(), "not where it is not named");
}

/// A program from other people at the other end.
fn python(script: &str, arguments: &[&str]) -> Command {
    let python = std::env::var(PYTHON_VARIABLE)
        .unwrap_or_else(|_| panic!("{PYTHON_VARIABLE} names a Python with smpplib and smpp34; see bin/test"));
    let mut command = Command::new(python);
    command.arg(format!("{}/tests/{script}", env!("CARGO_MANIFEST_DIR"))).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

#[tokio::test]
async fn a_client_that_is_not_ours_speaks_to_our_centre() {
    let centre = Centre::new(Habits::default());
    let port = centre.listen("127.0.0.1:0").await.expect("a port").port().to_string();
    let said = tokio::task::spawn_blocking(move || python("client.py", &[&port]).output());
    let said = said.await.expect("it ran").expect("it started");
    assert!(said.status.success(), "{said:?}");
    assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), "DELIVRD DELIVRD DELIVRD");
    let received = centre.received(Some(PHONE));
    assert_eq!(received.len(), 2);
    assert_eq!((received[0].text.as_str(), received[0].parts), (LONG, 2));
    assert_eq!(received[1].text, "plain text");
}

#[tokio::test]
async fn our_line_speaks_to_a_centre_that_is_not_ours() {
    let mut child = tokio::process::Command::from(python("centre.py", &[]))
        .kill_on_drop(true)
        .spawn()
        .expect("it starts");
    let output = child.stdout.take().expect("its output");
    let mut lines = tokio::io::BufReader::new(output).lines();
    let port = lines.next_line().await.expect("it speaks").expect("a line");
    let shelf = Arc::new(Shelf::default());
    let line = Line::open(config(&format!("127.0.0.1:{port}")), shelf.clone());
    let ids = line.carry(PHONE, LONG, "").await.expect("taken");
    assert_eq!(ids.len(), 2);
    for part in 1..=2 {
        let said = lines.next_line().await.expect("it speaks").expect("a line");
        assert!(said.starts_with(&format!("submit 218910000101 udhi=1 coding=8 part={part}/2")), "{said}");
    }
    eventually("its receipts", async || {
        let taken = shelf.taken.lock().expect("nobody panicked");
        let known = taken.iter().filter(|receipt| ids.contains(&receipt.centre_id));
        (known.filter(|receipt| receipt.state == ReceiptState::Delivered).count() == 2).then_some(())
    })
    .await;
}
