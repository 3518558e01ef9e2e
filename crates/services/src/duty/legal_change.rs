//! A provider files that a law or regulation of its services changed: the competent administration is told, and every
//! service that it names gets a task to follow (LY-SVC-25.3).

use authz::{Failure, Item, Kind, Refusal};
use clock::{DAY, Timestamp};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Duty, DutyKind, owner, report, table};
use crate::{
    entry::{
        authority::{self, Acting},
        version::{self, Version},
    },
    rulebook,
    telling::message,
};

/// Services that one notice may name.
const SERVICES_MAX: usize = 100;
const REFERENCE_CHARACTERS_MAX: usize = 300;

pub(crate) struct FileLegalChange {
    pub acting: Acting,
    pub services: Vec<String>,
    /// The act that changed: `Law No. 3 of 2026`.
    pub reference: String,
    pub effective_at: Option<Timestamp>,
    pub words: String,
}

impl Verb for FileLegalChange {
    type Answer = Vec<Uuid>;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Vec<Uuid>, Failure> {
        let mut affected = Vec::with_capacity(self.services.len());
        for slug in self.services.iter().take(SERVICES_MAX) {
            let version = version::leading(tx, slug).await?;
            let held = table::owner(tx, version.entry).await?.map_or(version.author, |it| it.person);
            let resource = owner::resource(&version, held);
            self.acting.policies.require("services", &self.acting.actor, "file_legal_change", &resource)?;
            affected.push((version, held));
        }
        self.check()?;
        let at = self.acting.clock.now();
        let due_at = at + DAY * rulebook::table::current(tx).await?.rules.legal_change_days;
        let mut duties = Vec::with_capacity(affected.len());
        for (version, held) in &affected {
            let duty = self.duty(version, *held, due_at, at);
            table::insert(tx, &duty).await?;
            report::tell_owner(tx, version, &duty).await?;
            self.record(tx, version, &duty).await?;
            duties.push(duty.id);
        }
        self.tell_administration(tx, &affected, at).await?;
        Ok(duties)
    }
}

impl FileLegalChange {
    fn check(&self) -> Result<(), Refusal> {
        let reference = self.reference.trim().chars().count();
        let gaps = [
            ("services", "required", self.services.is_empty()),
            ("services", "too_many", self.services.len() > SERVICES_MAX),
            ("reference", "required", reference == 0),
            ("reference", "too_long", reference > REFERENCE_CHARACTERS_MAX),
            ("effective_on", "required", self.effective_at.is_none()),
        ];
        let limit = |field| if field == "services" { SERVICES_MAX } else { REFERENCE_CHARACTERS_MAX };
        let items: Vec<Item> = gaps
            .iter()
            .filter(|(_, _, gap)| *gap)
            .map(|(field, code, _)| Item {
                field: (*field).into(),
                code: (*code).into(),
                detail: limit(*field).to_string(),
            })
            .collect();
        match items.is_empty() {
            true => Ok(()),
            false => Err(Refusal::new(Kind::Invalid, "directory.legal_change_incomplete", &["LY-SVC-25.3"])
                .with_items(items)),
        }
    }

    fn duty(&self, version: &Version, owner: Uuid, due_at: Timestamp, at: Timestamp) -> Duty {
        Duty {
            id: Uuid::now_v7(),
            entry: version.entry,
            body: version.body,
            owner,
            kind: DutyKind::LegalChange,
            opened_by: Some(self.acting.actor.person),
            words: self.words.trim().to_owned(),
            reference: self.reference.trim().to_owned(),
            effective_at: self.effective_at,
            opened_at: at,
            due_at,
            closed_at: None,
            outcome: String::new(),
            answer: String::new(),
        }
    }

    async fn record(&self, tx: &Tx, version: &Version, duty: &Duty) -> Result<(), Failure> {
        let recorded = ledger::Entry {
            kind: "entry.legal_change_filed",
            subject: format!("service/{}", version.card.id),
            actor: Some(self.acting.actor.person),
            controls: &["LY-SVC-25.3"],
            body: json!({ "service": version.card.id, "reference": duty.reference,
                "effective_at": duty.effective_at.map(|at| at.to_string()), "duty": duty.id }),
            at: duty.opened_at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }

    async fn tell_administration(
        &self,
        tx: &Tx,
        affected: &[(Version, Uuid)],
        at: Timestamp,
    ) -> Result<(), Failure> {
        let Some((first, _)) = affected.first() else { return Ok(()) };
        let administration = authority::administration(tx).await?;
        for verifier in organisations::people_with(tx, "verifier", administration, at).await? {
            let slug = &first.card.id;
            let link = format!("/directory/entries/{slug}");
            let told = message(verifier, "legal-change-filed", format!("service/{slug}"), link)
                .text("service", &first.card.name)
                .word("reference", self.reference.trim())
                .word("services_count", affected.len().to_string());
            identity::tell(tx, told, at).await?;
        }
        Ok(())
    }
}
