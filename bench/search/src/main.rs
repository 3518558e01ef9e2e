//! Asks Diwan's index the judged queries, and writes the cards for its peers.
//!
//! `search cards COUNT FILE` writes a card a line as JSON; `search measure COUNT` builds the index of as many cards and
//! prints what it found, how well, and how fast.

mod cards;
mod judged;
#[cfg(test)]
mod tests;

use std::{
    io::Write,
    time::{Duration, Instant},
};

use cards::Card;
use language::{Document, Field, Index, Thesaurus};
use serde_json::json;

/// How often each query is asked for its latency; the first time is not counted.
const ROUNDS: usize = 20;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let count = |word: &str| word.parse().expect("a number of cards");
    match arguments.as_slice() {
        ["cards", cards, file] => write(count(cards), file),
        ["measure", cards] => println!("{}", measure(count(cards))),
        ["missed", cards] => missed(count(cards)),
        _ => eprintln!("search cards COUNT FILE | search measure COUNT | search missed COUNT"),
    }
}

fn all(count: usize) -> Vec<Card> {
    let demo = cards::demo();
    let rest = count.saturating_sub(demo.len());
    demo.into_iter().chain(cards::made_up(rest)).collect()
}

fn write(count: usize, file: &str) {
    let file = std::fs::File::create(file).expect("the file can be written");
    let mut out = std::io::BufWriter::new(file);
    for card in all(count) {
        serde_json::to_writer(&mut out, &card).expect("a card is JSON");
        out.write_all(b"\n").expect("the disk has room");
    }
}

fn index(cards: &[Card]) -> Index {
    let mut index = Index::default();
    index.extend(cards.iter().map(document));
    index
}

/// The same fields with the same weights as in the directory.
fn document(card: &Card) -> Document<'_> {
    let mut texts = vec![
        (Field::NAME, card.name.ar.as_str()),
        (Field::NAME, &card.name.en),
        (Field::SUMMARY, &card.summary.ar),
        (Field::SUMMARY, &card.summary.en),
        (Field::TEXT, &card.description.ar),
        (Field::TEXT, &card.description.en),
    ];
    for (field, titled) in [(Field::BESIDE, &card.outputs), (Field::TEXT, &card.documents)] {
        texts.extend(titled.iter().flat_map(|it| [(field, it.title.ar.as_str()), (field, &it.title.en)]));
    }
    let keywords = card.keywords.ar.iter().chain(&card.keywords.en);
    texts.extend(keywords.map(|keyword| (Field::KEYWORD, keyword.as_str())));
    Document { key: &card.id, texts }
}

fn ask(index: &Index, cards: &[Card], query: &str) -> Vec<String> {
    let found = index.find(query, Thesaurus::built_in(), |_| true, 0..judged::RANKS);
    found.hits.iter().map(|(place, _)| cards[*place as usize].id.clone()).collect()
}

fn measure(count: usize) -> serde_json::Value {
    let cards = all(count);
    let started = Instant::now();
    let index = index(&cards);
    let built = started.elapsed();
    let judged = judged::queries();
    let answers: Vec<Vec<String>> = judged.iter().map(|it| ask(&index, &cards, &it.query)).collect();
    let mut took: Vec<Duration> = Vec::new();
    let started = Instant::now();
    for _ in 0..ROUNDS {
        for it in &judged {
            let one = Instant::now();
            ask(&index, &cards, &it.query);
            took.push(one.elapsed());
        }
    }
    let all = started.elapsed();
    took.sort();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
    let started = Instant::now();
    let mut changed = index.clone();
    changed.remove(0);
    changed.extend([document(&cards[0])]);
    let one_more = started.elapsed();
    let (quality, classes) = judged::quality(&judged, &answers);
    json!({
        "engine": "diwan", "cards": cards.len(), "quality": quality, "classes": classes,
        "p50_ms": at(0.50), "p99_ms": at(0.99), "most_ms": at(1.0),
        "queries_per_second": took.len() as f64 / all.as_secs_f64(),
        "build_seconds": built.as_secs_f64(), "one_card_ms": one_more.as_secs_f64() * 1_000.0,
        "index_bytes": index.bytes(),
    })
}

/// Shows each query whose answers lack something, for whoever wants to know why.
fn missed(count: usize) {
    let cards = all(count);
    let index = index(&cards);
    for it in judged::queries() {
        let answers = ask(&index, &cards, &it.query);
        let lacking: Vec<&String> = it.relevant.iter().filter(|id| !answers.contains(id)).collect();
        if !lacking.is_empty() {
            let first = answers.iter().take(3).cloned().collect::<Vec<_>>().join(" ");
            println!("{}\t{}\tlacks {lacking:?}\tfound {first}", it.class, it.query);
        }
    }
}
