//! Asks for everything that was acknowledged.

use std::{
    collections::{HashMap, HashSet},
    path::Path,
};

use futures::{StreamExt, TryStreamExt, stream};
use serde::Serialize;

use crate::{
    LoadError,
    limits::CHECKS_AT_ONCE,
    numbers::{self, Acknowledged},
    server::Server,
};

/// How many missing numbers are named in a report.
const NAMED_MAX: usize = 20;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    pub asked: usize,
    /// Acknowledged numbers that the server does not know.
    pub missing: usize,
    /// Numbers that were acknowledged under two keys, and keys under which two numbers were acknowledged.
    pub duplicates: usize,
    /// Requests that the server shows and that are not in the file: older ones, and answers that got lost.
    pub others: Option<usize>,
    /// The first of the missing.
    pub named: Vec<String>,
}

impl Checked {
    pub fn is_clean(&self) -> bool {
        self.missing == 0 && self.duplicates == 0
    }
}

pub async fn check(server: &Server, file: &Path) -> Result<Checked, LoadError> {
    let acknowledged = numbers::read(file)?;
    let missing = missing(server, &acknowledged).await?;
    let listed = listed(server).await?;
    let known: HashSet<&str> = acknowledged.iter().map(|one| one.number.as_str()).collect();
    Ok(Checked {
        asked: acknowledged.len(),
        missing: missing.len(),
        duplicates: duplicates(&acknowledged),
        others: listed.map(|listed| listed.iter().filter(|number| !known.contains(number.as_str())).count()),
        named: missing.into_iter().take(NAMED_MAX).collect(),
    })
}

async fn missing(server: &Server, acknowledged: &[Acknowledged]) -> Result<Vec<String>, LoadError> {
    let asked = stream::iter(acknowledged).map(|one| async move {
        let known = server.knows(one.token % server.tokens(), &one.number).await?;
        Ok::<_, LoadError>((!known).then(|| one.number.clone()))
    });
    asked
        .buffer_unordered(CHECKS_AT_ONCE)
        .try_filter_map(|missing| async move { Ok(missing) })
        .try_collect()
        .await
}

/// Everything that the owners of the tokens are shown. None where the server has no such list.
pub async fn listed(server: &Server) -> Result<Option<HashSet<String>>, LoadError> {
    let mut all = HashSet::new();
    for token in 0..server.tokens() {
        match server.all_numbers(token).await? {
            Some(numbers) => all.extend(numbers),
            None => return Ok(None),
        }
    }
    Ok(Some(all))
}

/// A pair of number and key that was written twice is one answer to a repeated call, and no duplicate.
pub fn duplicates(acknowledged: &[Acknowledged]) -> usize {
    let (mut by_number, mut by_key) = (HashMap::new(), HashMap::new());
    let mut count = 0;
    for Acknowledged { number, key, .. } in acknowledged {
        let other_key = *by_number.entry(number.as_str()).or_insert(key.as_str()) != key;
        let other_number = *by_key.entry(key.as_str()).or_insert(number.as_str()) != number;
        count += usize::from(other_key || other_number);
    }
    count
}
