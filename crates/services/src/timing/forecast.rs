//! What is told of how long a service takes: from its own outcomes, once they say enough.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use authz::Failure;
use clock::{MINUTE, Timestamp};
use organisations::Calendar;
use outlook::{Foreseen, Outlook, Told};
use uuid::Uuid;

use super::table;
use crate::Services;

/// How long an outlook is told before the outcomes are read anew.
const KEPT: Duration = Duration::from_secs(5 * MINUTE.as_secs());

/// When it was read, and what; nothing for an entry that too little is known of.
type Read = (Timestamp, Option<Arc<Outlook>>);

/// What a node has read of the outcomes, by entry.
#[derive(Default)]
pub struct Forecasts(RwLock<HashMap<Uuid, Read>>);

impl Forecasts {
    fn known(&self, entry: Uuid, now: Timestamp) -> Option<Option<Arc<Outlook>>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        known
            .get(&entry)
            .filter(|(read_at, _)| now.since(*read_at) < KEPT)
            .map(|(_, outlook)| outlook.clone())
    }

    fn keep(&self, entry: Uuid, now: Timestamp, outlook: Option<Arc<Outlook>>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(entry, (now, outlook));
    }
}

/// Whole working days, as people are told: half of the requests end within `half`, nine in ten within `most`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    pub half: u32,
    pub most: u32,
}

impl Usual {
    fn of(foreseen: Foreseen, working_day: Duration) -> Usual {
        let days = |time: Duration| (time.as_secs_f64() / working_day.as_secs_f64()).ceil().max(1.0) as u32;
        Usual { half: days(foreseen.half), most: days(foreseen.most) }
    }
}

impl Usual {
    pub(crate) fn said(self, shell: &web::Shell) -> String {
        match self.half == self.most || self.most <= 2 {
            true => shell.t1("timing-usual-within", "most", self.most),
            false => shell.t2("timing-usual-between", "half", self.half, "most", self.most),
        }
    }
}

impl Services {
    pub(crate) async fn outlook(
        &self,
        entry: Uuid,
        calendar: &Calendar,
    ) -> Result<Option<Arc<Outlook>>, Failure> {
        let now = self.clock.now();
        if let Some(known) = self.forecasts.known(entry, now) {
            return Ok(known);
        }
        let mut cases = Vec::new();
        for (mut case, holder, since) in table::cases(&self.store.read(), entry, now).await? {
            if holder.counts() {
                case.spent += calendar.working_between(since, now);
            }
            cases.push(case);
        }
        let outlook = Outlook::of(&cases, now, |from, to| calendar.working_between(from, to)).map(Arc::new);
        self.forecasts.keep(entry, now, outlook.clone());
        Ok(outlook)
    }

    /// How long it usually takes; nothing while too few outcomes are known, and then the directory's own promise is said.
    pub(crate) async fn usual(&self, entry: Uuid, calendar: &Calendar) -> Result<Option<Usual>, Failure> {
        let outlook = self.outlook(entry, calendar).await?;
        let foreseen = outlook.and_then(|outlook| outlook.foreseen());
        Ok(foreseen.map(|foreseen| Usual::of(foreseen, calendar.working_day())))
    }

    /// What is kept with a request that is delivered now, so that it can be judged when it has ended.
    pub(crate) async fn foretold(&self, entry: Uuid, calendar: &Calendar) -> Result<Option<Told>, Failure> {
        let outlook = self.outlook(entry, calendar).await?;
        Ok(outlook.and_then(|outlook| outlook.foreseen()).map(|foreseen| {
            let day = calendar.working_day();
            Told { plain: foreseen.plain, shown: day * Usual::of(foreseen, day).most }
        }))
    }
}
