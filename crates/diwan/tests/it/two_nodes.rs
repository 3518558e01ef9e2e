//! Two nodes on one PostgreSQL, and one of them dies under load: nobody is refused twice, nothing that was acknowledged
//! is lost or there twice, and what the dead one had in its hands is taken over within seconds.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use store::{Sql, Store, StoreConfig};
use tokio::{task::JoinSet, time::sleep};

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
    client: reqwest::Client,
    nodes: [String; 2],
    token: String,
    key: String,
    body: Value,
) -> (String, u32) {
    let mut refused = 0;
    for node in nodes.iter().cycle() {
        match submit(&client, node, &token, &key, &body).await {
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_one_of_two_nodes_dies_the_other_carries_on() {
    let Some(place) = Place::on_each_engine().await.into_iter().find(|place| place.engine() == "PostgreSQL")
    else {
        return;
    };
    let http = client();
    let cast = diwan::demo::cast::read(&place.settings()).expect("the demo names its cast");
    let token = |name: &str| cast.iter().find(|line| line.name == name).expect("known").token.clone();
    let answers = json!({
        "address": "حي الزيتون، شارع النخيل، عمارة 12، شقة 7", "city": "مدينة الساحل",
        "residing_since": "2021-09-01", "household_members": 5, "purpose": "school_enrolment",
    });
    let body = application("residence-certificate", answers);
    let store = Store::open(&place.database_url, StoreConfig::default()).await.expect("the store opens");

    // A node that only answers takes the acts; the other two have the workers.
    let web = Node::start_as(&place, &http, "web").await;
    let mut hrefs = Vec::new();
    for number in 0..APPROVED {
        let key = format!("prepared-{number}");
        let answer = submit(&http, &web.address, &token("Salma"), &key, &body).await.expect("an answer").1;
        hrefs.push(answer["href"].as_str().expect("an address").to_owned());
    }
    for href in &hrefs {
        acts(&http, &web.address, href, "verify", &token("Hamad")).await;
    }
    let first = Node::start_as(&place, &http, "all").await;
    let second = Node::start_as(&place, &http, "all").await;
    let (approver, address, decider) = (http.clone(), web.address.clone(), token("Noura"));
    let approving = tokio::spawn(async move {
        for href in hrefs {
            acts(&approver, &address, &href, "approve", &decider).await;
        }
    });

    let mut clients = JoinSet::new();
    for (place_in_line, name) in ["Salma", "Huda", "Hamad", "Noura"].into_iter().enumerate() {
        let nodes = [first.address.clone(), second.address.clone()];
        let (token, body) = (token(name), body.clone());
        clients.spawn(async move {
            let (mut numbers, mut refused, started) = (Vec::new(), 0, Instant::now());
            let http = client();
            while started.elapsed() < Duration::from_secs(LOAD_SECONDS) {
                let key = format!("load-{place_in_line}-{}", numbers.len());
                let outcome = insists(http.clone(), nodes.clone(), token.clone(), key, body.clone()).await;
                refused += outcome.1;
                numbers.push(outcome.0);
            }
            (numbers, refused)
        });
    }
    // The moment comes when both have something in their hands.
    let until = Instant::now() + Duration::from_secs(30);
    let mut orphans = BTreeSet::new();
    while Instant::now() < until {
        orphans = held(&store).await;
        if orphans.iter().map(|(holder, _)| holder).collect::<BTreeSet<_>>().len() > 1 {
            break;
        }
        sleep(Duration::from_millis(2)).await;
    }
    let died = Instant::now();
    first.dies().await;
    // Taken over: held by somebody else, or done.
    let mut takeover = Duration::ZERO;
    while died.elapsed() < TAKEOVER_MAX * 3 {
        if held(&store).await.intersection(&orphans).next().is_none() {
            takeover = died.elapsed();
            break;
        }
        sleep(Duration::from_millis(20)).await;
    }
    let (mut numbers, mut refused) = (Vec::new(), 0);
    while let Some(done) = clients.join_next().await {
        let (own, own_refused) = done.expect("a client ends");
        numbers.extend(own);
        refused += own_refused;
    }
    approving.await.expect("everything is approved");
    let count = async |select: &str| -> i64 {
        let row = store.read().one(select, vec![]).await.expect("rows can be counted").expect("a count");
        row.get("n").expect("a number")
    };
    let until = Instant::now() + Duration::from_secs(60);
    let completed = "SELECT COUNT(*) AS n FROM request WHERE state = 'completed'";
    while count(completed).await < APPROVED as i64 && Instant::now() < until {
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(count(completed).await, APPROVED as i64, "every output is made");
    assert_eq!(count("SELECT COUNT(*) AS n FROM output").await, APPROVED as i64, "and each once");
    let unique: BTreeSet<&String> = numbers.iter().collect();
    assert_eq!(unique.len(), numbers.len(), "no number was given twice");
    let there = count("SELECT COUNT(*) AS n FROM request").await;
    assert_eq!(there, (numbers.len() + APPROVED) as i64, "nothing is lost, nothing is there twice");
    assert_eq!(refused, 0, "nobody was refused");
    assert!(!orphans.is_empty(), "the node that died held something");
    assert!(!takeover.is_zero() && takeover < TAKEOVER_MAX, "taken over after {takeover:?}");
    eprintln!(
        "{} jobs taken over {takeover:?} after the kill; {} requests, none lost",
        orphans.len(),
        numbers.len()
    );
    second.dies().await;
    web.dies().await;
    place.clear().await;
}
