//! What every verb and page of compliance stands on.

use std::sync::Arc;

use authz::{Actor, Failure, Policies};
use clock::Clock;
use documents::Documents;
use identity::Identity;
use ledger::Ledger;
use store::Store;
use uuid::Uuid;

use crate::{Door, Packs, authority::Acting};

/// Tells of a body whether it provides services: whoever knows the directory answers.
pub type Provides = Arc<dyn Fn(Uuid) -> bool + Send + Sync>;

pub struct Compliance {
    pub store: Store,
    pub clock: Clock,
    pub ledger: Arc<Ledger>,
    pub documents: Arc<Documents>,
    pub policies: Arc<Policies>,
    pub packs: Arc<Packs>,
    pub provides: Provides,
    pub identity: Arc<Identity>,
}

impl Compliance {
    pub(crate) fn acting(&self, actor: &Actor) -> Acting {
        Acting { actor: actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() }
    }

    /// What comes with time: attestations open and come due, exemptions end, what is late is reminded of.
    /// Safe on many nodes: each thing is done once.
    pub async fn keep_house(&self) -> Result<(), Failure> {
        self.open_attestations().await?;
        self.remind_of_attestations().await?;
        self.keep_exemptions().await?;
        self.remind_of_findings().await?;
        self.remind_of_attacks().await
    }
}

impl Door for Compliance {
    fn store(&self) -> &Store {
        &self.store
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}
