//! A body's own control: what it asks of itself beyond the documents that bind it, with an owner and a cadence (KW-RW-7.2.g4,
//! KW-RW-9.2.6d). It is confirmed like an attested control of a document, and stands in the same lists and files.

pub(crate) mod add;
pub(crate) mod api;
pub(crate) mod end;
pub(crate) mod page;
pub(crate) mod table;

use std::{collections::HashMap, sync::OnceLock, time::Duration};

use authz::Failure;
use clock::{DAY, Timestamp};
use language::Text;
use store::Sql;
use uuid::Uuid;

use crate::{Compliance, Control, Enforcement, Packs, Proof, attestation};

/// The word in the place of a document's id.
pub(crate) const PACK: &str = "own";
/// How the ids of all own controls begin.
pub(crate) const PREFIX: &str = "OWN-";

#[derive(Clone, Debug)]
pub(crate) struct OwnControl {
    /// `OWN-civil-registry-1`.
    pub id: String,
    pub body: Uuid,
    pub number: i64,
    pub title: String,
    pub duty: String,
    /// What it is limited to, as the ledger names it: `service/…`; empty for everything that the body does.
    pub subject: String,
    pub cadence_days: i64,
    pub added_by: Uuid,
    pub added_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

impl OwnControl {
    /// The subject by which the ledger knows it.
    pub(crate) fn ledger_subject(&self) -> String {
        format!("control/{}", self.id)
    }

    pub(crate) fn cadence(&self) -> Duration {
        DAY * u32::try_from(self.cadence_days).unwrap_or(1)
    }

    /// As a control among those of the documents. It is written once, in the language of the body.
    fn control(&self) -> Control {
        let both = |text: &str| Text::new(text, text);
        let place = match self.subject.as_str() {
            "" => Text::new("ضابط خاص بالجهة", "Own control of the body"),
            subject => Text::new(
                format!("ضابط خاص بالجهة، {subject}"),
                format!("Own control of the body, {subject}"),
            ),
        };
        Control {
            id: self.id.clone(),
            pack: PACK.to_owned(),
            article: place,
            actor: Text::new("الجهة الحكومية", "government body"),
            enforcement: Enforcement::Attest,
            module: "compliance".to_owned(),
            title: both(&self.title),
            duty: both(&self.duty),
            shows: String::new(),
            codes: Vec::new(),
            parameters: Vec::new(),
            proof: Proof::default(),
            stems: OnceLock::new(),
        }
    }
}

/// A control that binds a body, of a document or its own, and how often it is confirmed.
pub(crate) async fn confirmable(
    sql: &impl Sql,
    packs: &Packs,
    (body, id): (Uuid, &str),
    at: Timestamp,
) -> Result<Option<(Control, Duration)>, Failure> {
    if let Some(control) = packs.control(id) {
        let cadence = attestation::cadence(sql, packs, control, body, at).await?;
        return Ok(Some((control.clone(), cadence)));
    }
    let own = table::find(sql, body, id).await?;
    Ok(own.map(|own| (own.control(), own.cadence())))
}

impl Compliance {
    /// The titles of the own controls among these.
    pub(crate) async fn own_titles(
        &self,
        listed: &[attestation::Attestation],
    ) -> Result<HashMap<String, String>, Failure> {
        let sql = self.store.read();
        let mut titles = HashMap::new();
        for held in listed.iter().filter(|it| it.control.starts_with(PREFIX)) {
            let own = table::find(&sql, held.body, &held.control).await?;
            titles.extend(own.map(|own| (own.id, own.title)));
        }
        Ok(titles)
    }

    /// The own controls of a body that are in force.
    pub(crate) async fn own_controls(&self, body: Uuid) -> Result<Vec<Control>, Failure> {
        let own = table::of_body(&self.store.read(), body).await?;
        Ok(own.iter().filter(|own| own.ended_at.is_none()).map(OwnControl::control).collect())
    }
}
