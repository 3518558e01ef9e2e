//! The author submits a proposal for verification, or puts it away.

use std::sync::Arc;

use authz::{Actor, Failure, Policies, Refusal};
use clock::Clock;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{process::invalid, save::own, table};
use crate::entry::{
    reading,
    register::{Register, Registered},
};

pub(crate) struct SubmitProposal {
    pub actor: Actor,
    pub id: Uuid,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for SubmitProposal {
    type Answer = Registered;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Registered, Failure> {
        let proposal = own(table::find(tx, self.id).await?, &self.actor)?;
        let register = Register {
            actor: self.actor.clone(),
            card: reading::card(&proposal.card)?,
            form: if proposal.form.trim().is_empty() { "{}".to_owned() } else { proposal.form.clone() },
            process: reading::process(&proposal.process)?,
            policies: self.policies.clone(),
            clock: self.clock.clone(),
        };
        if let Some(process) = &register.process {
            // Whether it can be carried out is asked here already, and not only of whoever would publish it.
            let findings = process.clone().completed(&register.card).findings(&register.card);
            if !findings.is_empty() {
                return Err(invalid(findings).into());
            }
        }
        let registered = register.apply(tx).await?;
        table::close(tx, self.id, self.clock.now()).await?;
        Ok(registered)
    }
}

/// Puts a proposal away; what is published is not touched.
pub(crate) struct PutAway {
    pub actor: Actor,
    pub id: Uuid,
    pub clock: Clock,
}

impl Verb for PutAway {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let proposal = own(table::find(tx, self.id).await?, &self.actor)?;
        match table::close(tx, proposal.id, self.clock.now()).await? {
            true => Ok(()),
            false => Err(Refusal::not_found().into()),
        }
    }
}
