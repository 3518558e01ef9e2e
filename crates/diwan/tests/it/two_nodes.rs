//! Two nodes on one PostgreSQL, and one of them dies under load: nobody is refused twice, nothing that was acknowledged
//! is lost or there twice, and what the dead one had in its hands is taken over within seconds.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use store::{Sql, Store, StoreConfig};
use tokio::{
    task::{JoinHandle, JoinSet},
    time::sleep,
};

use crate::{
    crash::{Node, submit},
    template::Place,
    world::{application, client},
};

/// Outputs that are being made when the node dies; each keeps a worker busy for a moment.
const APPROVED: usize = 16;
const TAKEOVER_MAX: Duration = Duration::from_secs(10);
const LOAD_SECONDS: u64 = 6;

/// Jobs by whoever holds them.
async fn held(store: &Store) -> BTreeSet<(uuid::Uuid, uuid::Uuid)> {
    let select = "SELECT holder, id FROM job WHERE state = 'open' AND holder IS NOT NULL AND kind = 'services.issue_outputs'";
    let rows = store.read().all(select, vec![]).await.expect("jobs can be read");
    rows.iter().map(|row| (row.get("holder").expect("a holder"), row.get("id").expect("an id"))).collect()
}

/// Submits under one key until some node answers, and says how often a node answered with a refusal.
async fn insists(
    http: &reqwest::Client,
    nodes: &[String; 2],
    token: &str,
    key: &str,
    body: &Value,
) -> (String, u32) {
    let mut refused = 0;
    for node in nodes.iter().cycle() {
        match submit(http, node, token, key, body).await {
            Some((201, answer)) => return (answer["number"].as_str().expect("a number").to_owned(), refused),
            Some(_) => refused += 1,
            None => sleep(Duration::from_millis(20)).await,
        }
    }
    unreachable!("the nodes are asked for ever")
}

/// Does what a request offers, with the example that it gives.
async fn acts(http: &reqwest::Client, address: &str, href: &str, act: &str, token: &str) {
    let call = http.get(format!("{address}{href}")).bearer_auth(token);
    let seen: Value = call.send().await.expect("an answer").json().await.expect("JSON");
    let actions = seen["actions"].as_array().expect("actions");
    let action = actions.iter().find(|action| action["name"] == act).expect("it is offered");
    let call = http.post(format!("{address}{href}/{act}")).bearer_auth(token);
    let done = call.json(&action["input"]["examples"][0]).send().await.expect("an answer");
    assert_eq!(done.status().as_u16(), 200, "{act}");
}

/// Two nodes with workers, one that only answers, and requests that wait for their decision.
struct Trial {
    store: Store,
    http: reqwest::Client,
    tokens: Vec<(String, String)>,
    body: Value,
    web: Node,
    hrefs: Vec<String>,
}

impl Trial {
    async fn prepare(place: &Place) -> Trial {
        let http = client();
        let cast = diwan::demo::cast::read(&place.settings()).expect("the demo names its cast");
        let answers = json!({
            "address": "حي الزيتون، شارع النخيل، عمارة 12، شقة 7", "city": "مدينة الساحل",
            "residing_since": "2021-09-01", "household_members": 5, "purpose": "school_enrolment",
        });
        let store = Store::open(&place.database_url, StoreConfig::default()).await.expect("the store opens");
        let mut trial = Trial {
            store,
            tokens: cast.into_iter().map(|line| (line.name, line.token)).collect(),
            body: application("residence-certificate", answers),
            web: Node::start_as(place, &http, "web").await,
            http,
            hrefs: Vec::new(),
        };
        for number in 0..APPROVED {
            let (key, token) = (format!("prepared-{number}"), trial.token("Salma"));
            let answer = submit(&trial.http, &trial.web.address, &token, &key, &trial.body).await;
            let href = answer.expect("an answer").1["href"].as_str().expect("an address").to_owned();
            acts(&trial.http, &trial.web.address, &href, "verify", &trial.token("Hamad")).await;
            trial.hrefs.push(href);
        }
        trial
    }

    fn token(&self, name: &str) -> String {
        let line = self.tokens.iter().find(|(known, _)| known == name);
        line.expect("the cast has somebody of this name").1.clone()
    }

    /// One request after another is approved, and each orders its output.
    fn approves(&self) -> JoinHandle<()> {
        let (http, address, token) = (self.http.clone(), self.web.address.clone(), self.token("Noura"));
        let hrefs = self.hrefs.clone();
        tokio::spawn(async move {
            for href in hrefs {
                acts(&http, &address, &href, "approve", &token).await;
            }
        })
    }

    /// People who submit to both nodes in turn; the numbers that they got, and how often they were refused.
    fn people_submit(&self, nodes: &[&Node; 2]) -> JoinSet<(Vec<String>, u32)> {
        let mut people = JoinSet::new();
        for (place, name) in ["Salma", "Huda", "Hamad", "Noura"].into_iter().enumerate() {
            let nodes = nodes.map(|node| node.address.clone());
            let (token, body) = (self.token(name), self.body.clone());
            people.spawn(async move {
                let (mut numbers, mut refused, started, http) = (Vec::new(), 0, Instant::now(), client());
                while started.elapsed() < Duration::from_secs(LOAD_SECONDS) {
                    let key = format!("load-{place}-{}", numbers.len());
                    let outcome = insists(&http, &nodes, &token, &key, &body).await;
                    refused += outcome.1;
                    numbers.push(outcome.0);
                }
                (numbers, refused)
            });
        }
        people
    }

    /// The moment comes when both nodes have something in their hands.
    async fn both_hold(&self) -> BTreeSet<(uuid::Uuid, uuid::Uuid)> {
        let until = Instant::now() + Duration::from_secs(30);
        while Instant::now() < until {
            let held = held(&self.store).await;
            if held.iter().map(|(holder, _)| holder).collect::<BTreeSet<_>>().len() > 1 {
                return held;
            }
            sleep(Duration::from_millis(2)).await;
        }
        panic!("never did both nodes hold something");
    }

    /// How long it takes until none of these is in the same hands any more: done, or taken over.
    async fn taken_over(&self, orphans: &BTreeSet<(uuid::Uuid, uuid::Uuid)>) -> Duration {
        let died = Instant::now();
        while held(&self.store).await.intersection(orphans).next().is_some() {
            assert!(died.elapsed() < TAKEOVER_MAX, "{} jobs are not taken over", orphans.len());
            sleep(Duration::from_millis(20)).await;
        }
        died.elapsed()
    }

    async fn count(&self, select: &str) -> usize {
        let row = self.store.read().one(select, vec![]).await.expect("rows can be counted").expect("a count");
        row.get::<i64>("n").expect("a number").unsigned_abs() as usize
    }

    /// Every output is made, once; every number is there, once, and nothing else.
    async fn is_whole(&self, numbers: &[String]) {
        let completed = "SELECT COUNT(*) AS n FROM request WHERE state = 'completed'";
        let until = Instant::now() + Duration::from_secs(60);
        while self.count(completed).await < APPROVED && Instant::now() < until {
            sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(self.count(completed).await, APPROVED, "every output is made");
        assert_eq!(self.count("SELECT COUNT(*) AS n FROM output").await, APPROVED, "and each once");
        let unique: BTreeSet<&String> = numbers.iter().collect();
        assert_eq!(unique.len(), numbers.len(), "no number was given twice");
        let there = self.count("SELECT COUNT(*) AS n FROM request").await;
        assert_eq!(there, numbers.len() + APPROVED, "nothing is lost, nothing is there twice");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_one_of_two_nodes_dies_the_other_carries_on() {
    let places = Place::on_each_engine().await;
    let Some(place) = places.into_iter().find(|place| place.engine() == "PostgreSQL") else { return };
    let trial = Trial::prepare(&place).await;
    let first = Node::start_as(&place, &trial.http, "all").await;
    let second = Node::start_as(&place, &trial.http, "all").await;
    let approving = trial.approves();
    let mut people = trial.people_submit(&[&first, &second]);
    let orphans = trial.both_hold().await;
    first.dies().await;
    let takeover = trial.taken_over(&orphans).await;
    let (mut numbers, mut refused) = (Vec::new(), 0);
    while let Some(person) = people.join_next().await {
        let (own, own_refused) = person.expect("everybody is answered");
        numbers.extend(own);
        refused += own_refused;
    }
    approving.await.expect("everything is approved");
    trial.is_whole(&numbers).await;
    assert_eq!(refused, 0, "nobody was refused");
    eprintln!(
        "{} jobs taken over {takeover:?} after the kill; {} requests, none lost",
        orphans.len(),
        numbers.len()
    );
    second.dies().await;
    trial.web.dies().await;
    place.clear().await;
}
