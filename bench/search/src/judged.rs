//! The judged set, and what it says of the answers that an engine gave.

use std::collections::BTreeMap;

use serde::Serialize;

/// Answers of an engine that count.
pub const RANKS: usize = 10;

pub struct Judged {
    pub class: String,
    pub query: String,
    pub relevant: Vec<String>,
}

pub fn queries() -> Vec<Judged> {
    let lines = include_str!("../queries.tsv").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut columns = line.split('\t');
            let mut column =
                || columns.next().unwrap_or_else(|| panic!("{line} has three columns")).to_owned();
            let (class, query, relevant) = (column(), column(), column());
            Judged { class, query, relevant: relevant.split(',').map(str::to_owned).collect() }
        })
        .collect()
}

/// Means over queries.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Quality {
    pub queries: usize,
    /// The share of what is relevant that stands among the first ten.
    pub recall: f64,
    /// One over the rank of the first relevant answer.
    pub mrr: f64,
}

impl Quality {
    fn add(&mut self, judged: &Judged, answers: &[String]) {
        let among = &answers[..answers.len().min(RANKS)];
        let found = judged.relevant.iter().filter(|id| among.contains(id)).count();
        let first = among.iter().position(|id| judged.relevant.contains(id));
        self.queries += 1;
        self.recall += found as f64 / judged.relevant.len() as f64;
        self.mrr += first.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
    }

    fn mean(mut self) -> Quality {
        let queries = self.queries.max(1) as f64;
        self.recall /= queries;
        self.mrr /= queries;
        self
    }
}

/// Of all queries, and by class.
pub fn quality(judged: &[Judged], answers: &[Vec<String>]) -> (Quality, BTreeMap<String, Quality>) {
    let mut all = Quality::default();
    let mut by_class: BTreeMap<String, Quality> = BTreeMap::new();
    for (judged, answers) in judged.iter().zip(answers) {
        all.add(judged, answers);
        by_class.entry(judged.class.clone()).or_default().add(judged, answers);
    }
    (all.mean(), by_class.into_iter().map(|(class, quality)| (class, quality.mean())).collect())
}
