//! Lines that stay open between two sign-ins, a few for each body: some bound as the account that looks people up, some for
//! trying passwords. A line belongs to one question at a time; what was asked on it is not kept.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use courier::Reach;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};
use uuid::Uuid;

use super::{Fault, Line, Stage, Target};
use crate::account::{Account, Bound};

/// Sign-ins of one body that ask its directory at the same moment; others wait.
const QUESTIONS_MAX: usize = 8;
const WAIT_MAX: Duration = Duration::from_secs(2);
/// A line that nobody used for longer is closed: firewalls forget it.
const IDLE_MAX: Duration = Duration::from_secs(60);

/// The lines to one directory, as it is set up at the moment.
pub(crate) struct Lines {
    target: Target,
    reach: Reach,
    places: Semaphore,
    readers: Mutex<Vec<(Line, Instant)>>,
    triers: Mutex<Vec<(Line, Instant)>>,
}

/// The lines of each body. What was set up anew gets new ones.
#[derive(Default)]
pub(crate) struct Pool(Mutex<HashMap<Uuid, (i64, Arc<Lines>)>>);

impl Pool {
    /// The lines of a body at this revision of its connection; `target` is only made where there are none yet.
    pub(crate) fn lines(
        &self,
        (body, revision): (Uuid, i64),
        reach: &Reach,
        target: impl FnOnce() -> Result<Target, authz::Failure>,
    ) -> Result<Arc<Lines>, authz::Failure> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, lines)) = known.get(&body)
            && *of == revision
        {
            return Ok(lines.clone());
        }
        let lines = Arc::new(Lines {
            target: target()?,
            reach: reach.clone(),
            places: Semaphore::new(QUESTIONS_MAX),
            readers: Mutex::default(),
            triers: Mutex::default(),
        });
        known.insert(body, (revision, lines.clone()));
        Ok(lines)
    }
}

fn take(lines: &Mutex<Vec<(Line, Instant)>>) -> Option<Line> {
    let mut idle = lines.lock().unwrap_or_else(PoisonError::into_inner);
    while let Some((mut line, since)) = idle.pop() {
        if since.elapsed() < IDLE_MAX && !line.is_closed() {
            return Some(line);
        }
    }
    None
}

fn put(lines: &Mutex<Vec<(Line, Instant)>>, line: Line) {
    let mut idle = lines.lock().unwrap_or_else(PoisonError::into_inner);
    if idle.len() < QUESTIONS_MAX {
        idle.push((line, Instant::now()));
    }
}

impl Lines {
    /// The accounts of this number, and what a bind with the password says where there is exactly one.
    pub(crate) async fn ask(
        &self,
        identifier: &str,
        password: &str,
    ) -> Result<(Vec<Account>, Option<Bound>), Fault> {
        let _place = self.place().await?;
        let named = |account: &Account| account.values(&self.target.attribute).any(|it| it == identifier);
        let accounts = self.find(identifier).await?;
        let bound = match accounts.as_slice() {
            [one] if named(one) => Some(self.bind(&one.dn, password).await?),
            _ => None,
        };
        // A filter that finds somebody who does not carry the number finds nobody.
        Ok((accounts.into_iter().filter(named).collect(), bound))
    }

    /// The accounts of this number alone, without a password.
    pub(crate) async fn look_up(&self, identifier: &str) -> Result<Vec<Account>, Fault> {
        let _place = self.place().await?;
        let named = |account: &Account| account.values(&self.target.attribute).any(|it| it == identifier);
        Ok(self.find(identifier).await?.into_iter().filter(named).collect())
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, Fault> {
        let slow = || Fault::new(Stage::Reach, "slow", "");
        let place = timeout(WAIT_MAX, self.places.acquire()).await.map_err(|_| slow())?;
        place.map_err(|_| slow())
    }

    /// On a line from before, or on a new one where that broke meanwhile.
    async fn find(&self, identifier: &str) -> Result<Vec<Account>, Fault> {
        if let Some(mut line) = take(&self.readers)
            && let Ok(found) = line.find(&self.target, identifier).await
        {
            put(&self.readers, line);
            return Ok(found);
        }
        let mut line = Line::open_as_reader(&self.target, &self.reach).await?;
        let found = line.find(&self.target, identifier).await?;
        put(&self.readers, line);
        Ok(found)
    }

    async fn bind(&self, dn: &str, password: &str) -> Result<Bound, Fault> {
        if let Some(mut line) = take(&self.triers)
            && let Ok(bound) = line.bind(dn, password).await
        {
            put(&self.triers, line);
            return Ok(bound);
        }
        let mut line = Line::open(&self.target, &self.reach).await?;
        let bound = line.bind(dn, password).await?;
        put(&self.triers, line);
        Ok(bound)
    }
}
