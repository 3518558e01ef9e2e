//! Whoever confirms is asked before the day and reminded after it. Several at one body come as one message.

use std::collections::BTreeMap;

use authz::Failure;
use clock::{Clock, DAY, Timestamp};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{ASKED_DAYS, Attestation, table};
use crate::{
    Compliance,
    authority::{ANSWERERS, people_at},
    telling::{message, tell},
};

/// Attestations that one transaction reminds of.
const AT_ONCE: i64 = 500;

struct RemindOfAttestations {
    clock: Clock,
    late: bool,
}

impl Verb for RemindOfAttestations {
    type Answer = usize;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<usize, Failure> {
        let now = self.clock.now();
        let found = match self.late {
            true => table::late(tx, now, AT_ONCE).await?,
            false => table::to_ask(tx, now + DAY * ASKED_DAYS, AT_ONCE).await?,
        };
        let mut told: BTreeMap<(Uuid, Option<Uuid>), Vec<&Attestation>> = BTreeMap::new();
        for held in &found {
            if table::asked(tx, held, self.late, now).await? {
                told.entry((held.body, held.person)).or_default().push(held);
            }
        }
        for ((body, person), held) in told {
            self.tell(tx, (body, person), &held, now).await?;
        }
        Ok(found.len())
    }
}

impl RemindOfAttestations {
    async fn tell(
        &self,
        tx: &Tx,
        (body, person): (Uuid, Option<Uuid>),
        held: &[&Attestation],
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Some(body) = organisations::body(tx, body).await? else { return Ok(()) };
        let to = match person {
            Some(person) => vec![person],
            None => people_at(tx, &ANSWERERS, body.id, now).await?,
        };
        let key = if self.late { "attestation-late" } else { "attestation-due" };
        let first = held.iter().map(|it| it.due_at).min().unwrap_or(now);
        tell(tx, &to, now, |to| {
            let link = "/compliance/attestations?mine=yes".to_owned();
            message(to, key, format!("attestation/{}", body.slug), link)
                .text("body", &body.name)
                .word("due_count", held.len().to_string())
                .moment("due_on", first)
        })
        .await
    }
}

impl Compliance {
    pub async fn remind_of_attestations(&self) -> Result<(), Failure> {
        for late in [false, true] {
            while self.store.write(RemindOfAttestations { clock: self.clock.clone(), late }).await? > 0 {}
        }
        Ok(())
    }
}
