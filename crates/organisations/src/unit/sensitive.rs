//! Marking a unit as handling sensitive correspondence or data, with its reason and day (LY-MAIL-2.01a).

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;

const REASON_MISSING: Refusal = Refusal::new(Kind::Invalid, "org.reason_missing", &["LY-MAIL-2.01a"]);

/// Sets the mark from a day on, or takes it away. Units below inherit it.
#[derive(Clone, Debug)]
pub struct MarkSensitive {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub unit: Uuid,
    /// Nothing takes the mark away.
    pub from: Option<Timestamp>,
    pub reason: String,
}

impl Verb for MarkSensitive {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut unit = table::unit(tx, self.unit).await?.ok_or(Refusal::not_found())?;
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(REASON_MISSING.with_item("reason", "required", "").into());
        }
        unit.sensitive_from = self.from;
        unit.sensitive_reason = self.from.map(|_| reason.to_owned()).unwrap_or_default();
        table::save(tx, &unit).await?;
        let entry = Entry {
            kind: if self.from.is_some() { "unit.marked_sensitive" } else { "unit.no_longer_sensitive" },
            subject: format!("body/{}", unit.body),
            actor: self.actor,
            controls: &["LY-MAIL-2.01a"],
            body: json!({
                "unit": unit.id,
                "slug": unit.slug,
                "from": self.from.map(|from| from.to_string()),
                "reason": reason,
            }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
