//! The machine dies at any moment: `kill -9` while people submit, again and again. Whatever was acknowledged is there
//! afterwards exactly once, with everything that belongs to it, and what was not acknowledged can be asked again.
//!
//! `DIWAN_CRASH_ROUNDS` says how often (200 for the full run); `DIWAN_CRASH_SEED` repeats the moments of a run.

use std::{
    collections::BTreeMap,
    net::TcpListener,
    process::Stdio,
    sync::{Arc, Mutex},
    time::Duration,
};

use diwan::demo::cast;
use ledger::{VerifyingKeys, verify_handed_in};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use reqwest::Client;
use serde_json::{Value, json};
use store::{Sql, Store, StoreConfig};
use tokio::{
    process::{Child, Command},
    task::JoinSet,
    time::{Instant, sleep},
};

use crate::{
    template::{PROGRAM, Place},
    world::client,
};

const ROUNDS_DEFAULT: u64 = 12;
const CLIENTS: [&str; 6] = ["Salma", "Huda", "Hamad", "Noura", "Khalid", "Rashid"];
/// When the machine dies, in milliseconds after the clients began.
const LIFE_MILLIS: std::ops::Range<u64> = 20..320;
const START_MAX: Duration = Duration::from_secs(30);

fn number_in(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// The program, serving.
pub struct Node {
    child: Child,
    pub address: String,
}

impl Node {
    async fn start(place: &Place, client: &Client) -> Node {
        Node::start_as(place, client, "all").await
    }

    /// A node that does everything, or only a part.
    pub async fn start_as(place: &Place, client: &Client, role: &str) -> Node {
        let listen = free_address();
        let child = Command::new(PROGRAM)
            .args(["serve", "--listen", &listen, "--role", role])
            .env("DIWAN_DATA", &place.data)
            .env("DIWAN_DATABASE_URL", &place.database_url)
            .env("DIWAN_CALLS_PER_SECOND", "0")
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        let node = Node { child, address: format!("http://{listen}") };
        let until = Instant::now() + START_MAX;
        while Instant::now() < until {
            if client.get(format!("{}/health", node.address)).send().await.is_ok() {
                return node;
            }
            sleep(Duration::from_millis(10)).await;
        }
        panic!("the program did not come up again");
    }

    /// As a power cut would: nothing is flushed, nobody says goodbye.
    pub async fn dies(mut self) {
        self.child.kill().await.expect("the program can be killed");
    }
}

fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("a listener has an address").to_string()
}

/// What was asked under each key, and what was answered.
#[derive(Clone, Default)]
struct Book(Arc<Mutex<BTreeMap<String, Line>>>);

#[derive(Clone)]
struct Line {
    token: String,
    answer: Option<Value>,
    checked: bool,
}

impl Book {
    fn asks(&self, key: &str, token: &str) {
        let line = Line { token: token.to_owned(), answer: None, checked: false };
        self.0.lock().expect("the book is whole").insert(key.to_owned(), line);
    }

    fn answered(&self, key: &str, answer: Value) {
        let mut lines = self.0.lock().expect("the book is whole");
        lines.get_mut(key).expect("what is answered was asked").answer = Some(answer);
    }

    fn lines(&self, wanted: impl Fn(&Line) -> bool) -> Vec<(String, Line)> {
        let lines = self.0.lock().expect("the book is whole");
        lines.iter().filter(|(_, line)| wanted(line)).map(|(key, line)| (key.clone(), line.clone())).collect()
    }

    fn checks_off(&self, key: &str) {
        self.0.lock().expect("the book is whole").get_mut(key).expect("it was asked").checked = true;
    }
}

/// One call; nothing when the connection broke before the answer was whole.
pub async fn submit(
    client: &Client,
    address: &str,
    token: &str,
    key: &str,
    body: &Value,
) -> Option<(u16, Value)> {
    let call = client.post(format!("{address}/api/v1/requests")).bearer_auth(token);
    let answer = call.header("idempotency-key", key).json(body).send().await.ok()?;
    let status = answer.status().as_u16();
    Some((status, answer.json().await.ok()?))
}

/// Submits one request after another until the machine dies.
async fn keeps_submitting(
    client: Client,
    address: String,
    token: String,
    name: String,
    body: Value,
    book: Book,
) {
    for number in 0.. {
        let key = format!("{name}-{number}");
        book.asks(&key, &token);
        match submit(&client, &address, &token, &key, &body).await {
            Some((201, answer)) => book.answered(&key, answer),
            Some((status, answer)) => panic!("{key} got {status}: {answer}"),
            None => return,
        }
    }
}

struct Crash<'p> {
    place: &'p Place,
    client: Client,
    tokens: Vec<String>,
    body: Value,
    keys: VerifyingKeys,
    book: Book,
}

impl Crash<'_> {
    fn of(place: &Place) -> Crash<'_> {
        let settings = place.settings();
        let lines = cast::read(&settings).expect("the demo names its cast");
        let tokens = CLIENTS.iter().map(|name| {
            let line = lines.iter().find(|line| line.name == *name);
            line.expect("the cast has somebody of this name").token.clone()
        });
        let answers = json!({
            "address": "حي الزيتون، شارع النخيل، عمارة 12، شقة 7", "city": "مدينة الساحل",
            "residing_since": "2021-09-01", "household_members": 5, "purpose": "school_enrolment",
        });
        Crash {
            place,
            client: client(),
            tokens: tokens.collect(),
            body: crate::world::application("residence-certificate", answers),
            keys: VerifyingKeys::load(settings.key_file("ledger.key.pub"))
                .expect("the public keys lie there"),
            book: Book::default(),
        }
    }

    /// A node lives for a moment and dies.
    async fn round(&self, round: u64, life: Duration) {
        let node = Node::start(self.place, &self.client).await;
        self.settle(&node).await;
        let mut clients = JoinSet::new();
        for (number, token) in self.tokens.iter().enumerate() {
            let name = format!("{round}-{number}");
            // Each client has connections of its own, as different people have.
            let (address, token) = (node.address.clone(), token.clone());
            clients.spawn(keeps_submitting(
                client(),
                address,
                token,
                name,
                self.body.clone(),
                self.book.clone(),
            ));
        }
        sleep(life).await;
        node.dies().await;
        clients.join_all().await;
    }

    /// What was not answered is asked again under its key; what was answered is looked up.
    async fn settle(&self, node: &Node) {
        for (key, line) in self.book.lines(|line| line.answer.is_none()) {
            let again = submit(&self.client, &node.address, &line.token, &key, &self.body).await;
            let (status, answer) = again.expect("the node answers");
            assert_eq!(status, 201, "{key}: {answer}");
            self.book.answered(&key, answer);
        }
        for (key, line) in self.book.lines(|line| !line.checked) {
            self.is_kept(node, &line).await;
            self.book.checks_off(&key);
        }
    }

    async fn is_kept(&self, node: &Node, line: &Line) {
        let answer = line.answer.as_ref().expect("it was answered");
        let get = async |href: &str| {
            let call = self.client.get(format!("{}{href}", node.address)).bearer_auth(&line.token);
            let answer = call.send().await.expect("the node answers");
            assert_eq!(answer.status().as_u16(), 200, "{href} is lost");
            answer.bytes().await.expect("the answer is whole")
        };
        let href = answer["href"].as_str().expect("an acknowledged request has an address");
        let seen: Value = serde_json::from_slice(&get(href).await).expect("a request is JSON");
        for member in ["number", "delivered_at", "due_at", "acknowledgement"] {
            assert_eq!(seen[member], answer[member], "{href}: {member}");
        }
        let given = serde_json::to_vec(&answer["receipt"]).expect("a receipt is JSON");
        for receipt in [given, get(&format!("{href}/receipt")).await.to_vec()] {
            let verified = verify_handed_in(&receipt, &self.keys).expect("the receipt verifies");
            assert_eq!(verified.seal.statement.body["number"], answer["number"]);
        }
    }

    /// Every request that is there belongs to exactly one key, and has exactly one of everything.
    async fn is_whole(&self) {
        let store =
            Store::open(&self.place.database_url, StoreConfig::default()).await.expect("the store opens");
        let select = "SELECT r.number,
                (SELECT COUNT(*) FROM task t WHERE t.request = r.id AND t.done_at IS NULL) AS tasks,
                (SELECT COUNT(*) FROM notice n WHERE n.subject = 'request/' || r.number) AS notices,
                (SELECT COUNT(*) FROM ledger_entry e WHERE e.kind = 'request.delivered'
                    AND e.subject = 'request/' || r.number) AS entries
            FROM request r";
        let mut there = Vec::new();
        for row in store.read().all(select, vec![]).await.expect("requests can be counted") {
            let number: String = row.get("number").expect("a number");
            for each in ["tasks", "notices", "entries"] {
                assert_eq!(row.get::<i64>(each).expect("a count"), 1, "{number}: {each}");
            }
            there.push(number);
        }
        let answers = self.book.lines(|_| true).into_iter().filter_map(|(_, line)| line.answer);
        let mut acknowledged: Vec<String> =
            answers.filter_map(|answer| answer["number"].as_str().map(str::to_owned)).collect();
        there.sort();
        acknowledged.sort();
        assert_eq!(there, acknowledged);
    }

    async fn verifies(&self) {
        let mut verify = Command::new(PROGRAM);
        verify
            .arg("verify")
            .env("DIWAN_DATA", &self.place.data)
            .env("DIWAN_DATABASE_URL", &self.place.database_url);
        let output = verify.output().await.expect("the program starts");
        assert!(output.status.success(), "{output:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_nothing_happens_twice() {
    let rounds = number_in("DIWAN_CRASH_ROUNDS").unwrap_or(ROUNDS_DEFAULT);
    let seed = number_in("DIWAN_CRASH_SEED").unwrap_or_else(rand::random);
    for place in Place::on_each_engine().await {
        eprintln!("on {}: {rounds} rounds, DIWAN_CRASH_SEED={seed}", place.engine());
        let mut moments = StdRng::seed_from_u64(seed);
        let (crash, began) = (Crash::of(&place), Instant::now());
        for round in 0..rounds {
            crash.round(round, Duration::from_millis(moments.random_range(LIFE_MILLIS))).await;
        }
        let node = Node::start(&place, &crash.client).await;
        crash.settle(&node).await;
        crash.is_whole().await;
        node.dies().await;
        crash.verifies().await;
        let acknowledged = crash.book.lines(|_| true).len();
        eprintln!("{acknowledged} requests, {rounds} crashes, {:?} in all", began.elapsed());
        assert!(acknowledged > 0, "nobody got an answer, so nothing was tried");
        place.clear().await;
    }
}
