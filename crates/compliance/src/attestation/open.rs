//! Opens an attestation for each control that a person confirms, at each body that its document binds by now.

use std::collections::HashMap;

use authz::Failure;
use clock::{DAY, Timestamp};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{FIRST_DAYS, table};
use crate::{Compliance, Enforcement, assignment};

struct OpenAttestations {
    body: Uuid,
    controls: Vec<String>,
    at: Timestamp,
}

impl Verb for OpenAttestations {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let due = self.at + DAY * FIRST_DAYS;
        for control in &self.controls {
            table::open(tx, self.body, control, self.at, due).await?;
        }
        Ok(())
    }
}

impl Compliance {
    /// Safe on many nodes and again: what is open stays as it is.
    pub async fn open_attestations(&self) -> Result<(), Failure> {
        let (sql, at) = (self.store.read(), self.clock.now());
        let opened: HashMap<Uuid, i64> = table::opened(&sql).await?.into_iter().collect();
        let mut bound: HashMap<Uuid, Vec<String>> = HashMap::new();
        for assigned in assignment::table::all(&sql).await?.into_iter().filter(|it| it.from_at <= at) {
            let controls = self.packs.all().iter();
            let attested =
                controls.filter(|it| it.pack == assigned.pack && it.enforcement == Enforcement::Attest);
            bound.entry(assigned.body).or_default().extend(attested.map(|it| it.id.clone()));
        }
        for (body, controls) in bound {
            if opened.get(&body).copied().unwrap_or_default() < controls.len() as i64 {
                self.store.write(OpenAttestations { body, controls, at }).await?;
            }
        }
        Ok(())
    }
}
