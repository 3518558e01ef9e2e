//! The owner answers a duty: the card is right as it stands, with a reason, or it was corrected elsewhere. A new version
//! that is published answers by itself what asked for an update (LY-SVC-23.5, 25.1).

use authz::{Failure, Kind, Refusal};
use clock::DAY;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Duty, DutyKind, Owner, owner, table};
use crate::{
    entry::{
        authority::{Acting, reason},
        version::{self, Version},
    },
    rulebook,
    telling::message,
};

pub(crate) struct CloseDuty {
    pub acting: Acting,
    pub duty: Uuid,
    /// Why nothing changes, or what was done.
    pub answer: String,
}

impl Verb for CloseDuty {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let duty = table::find(tx, self.duty).await?.ok_or(Refusal::not_found())?;
        let slug = table::slug_of(tx, duty.entry).await?.ok_or(Refusal::not_found())?;
        let version = version::leading(tx, &slug).await?;
        self.check_may(&version, &duty)?;
        if duty.closed_at.is_some() {
            return Err(Refusal::new(Kind::Conflict, "directory.duty_closed", &["LY-SVC-23.5"]).into());
        }
        let answer = match duty.kind {
            // What was confirmed at the cadence needs no words.
            DutyKind::Confirm if self.answer.trim().is_empty() => String::new(),
            _ => reason("answer", &self.answer)?,
        };
        let at = self.acting.clock.now();
        table::close(tx, duty.id, "unchanged", &answer, at).await?;
        if duty.kind == DutyKind::Confirm {
            let rules = rulebook::table::current(tx).await?.rules;
            let known = table::owner(tx, duty.entry).await?;
            let owner = Owner {
                person: duty.owner,
                since: known.map_or(at, |owner| owner.since),
                confirmed_at: at,
                confirm_due_at: at + DAY * rules.confirm_every_days,
            };
            table::put_owner(tx, duty.entry, &owner).await?;
        }
        self.tell_reporter(tx, &version, &duty, &answer).await?;
        self.record(tx, &version, &duty).await
    }
}

impl CloseDuty {
    /// Whoever has no part in the body does not learn that there is such a duty.
    fn check_may(&self, version: &Version, duty: &Duty) -> Result<(), Refusal> {
        let Acting { actor, policies, .. } = &self.acting;
        let resource = owner::resource(version, duty.owner);
        let outcome = policies.require("services", actor, "answer_duty", &resource);
        let is_near = actor.bodies().contains(&version.body);
        if is_near { outcome } else { outcome.map_err(|_| Refusal::not_found()) }
    }

    async fn tell_reporter(
        &self,
        tx: &Tx,
        version: &Version,
        duty: &Duty,
        answer: &str,
    ) -> Result<(), Failure> {
        let (DutyKind::ErrorReport, Some(reporter)) = (duty.kind, duty.opened_by) else { return Ok(()) };
        let slug = &version.card.id;
        let told =
            message(reporter, "report-answered", format!("service/{slug}"), format!("/services/{slug}"))
                .text("service", &version.card.name)
                .word("answer", answer);
        Ok(identity::tell(tx, told, self.acting.clock.now()).await?)
    }

    async fn record(&self, tx: &Tx, version: &Version, duty: &Duty) -> Result<(), Failure> {
        let confirmed = duty.kind == DutyKind::Confirm;
        let recorded = ledger::Entry {
            kind: if confirmed { "entry.confirmed" } else { "entry.duty_answered" },
            subject: format!("service/{}", version.card.id),
            actor: Some(self.acting.actor.person),
            controls: &["LY-SVC-23.5", "LY-SVC-25.1"],
            body: json!({ "service": version.card.id, "version": version.version, "duty": duty.id,
                "kind": duty.kind.word() }),
            at: self.acting.clock.now(),
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}
