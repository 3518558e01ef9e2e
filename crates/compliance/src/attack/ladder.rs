//! The implementing body sets how many warnings must go unanswered and how long each waits: stricter than the packs, never
//! looser. Open alerts follow at once.

use std::{sync::Arc, time::Duration};

use authz::{Actor, Failure, Item, Kind, Refusal};
use identity::Ladder;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{OnceKey, Tx, Verb};
use utoipa::ToSchema;

use crate::Door;
use crate::{
    Compliance, Packs,
    authority::{About, Acting},
};

pub(crate) const WARNINGS: &str = "mail.alerts.before_reset";
pub(crate) const INTERVAL: &str = "mail.alerts.interval";
const INVALID: Refusal = Refusal::new(Kind::Invalid, "attack.ladder_invalid", &["LY-MAIL-3.07d"]);
const HOUR_SECONDS: u64 = 3_600;

/// How many warnings, and the hours that each waits, as they were typed or sent.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct WarningLadder {
    /// How many warnings must go unanswered before a password may be ended.
    #[schema(example = "3")]
    pub warnings: String,
    /// Hours that each of them waits for its answer.
    #[schema(example = "24")]
    pub hours: String,
}

impl WarningLadder {
    pub(crate) fn of(ladder: Ladder) -> WarningLadder {
        let hours = ladder.interval.as_secs() / HOUR_SECONDS;
        WarningLadder { warnings: ladder.warnings.to_string(), hours: hours.to_string() }
    }

    /// Whole numbers from one on that are as strict as the packs.
    fn read(&self, packs: &Packs) -> Result<Ladder, Failure> {
        let number = |typed: &str| language::fold_digits(typed.trim()).parse::<u32>().unwrap_or_default();
        let (warnings, hours) = (number(&self.warnings), number(&self.hours));
        let wrong: Vec<Item> = [("warnings", warnings), ("hours", hours)]
            .into_iter()
            .filter(|(_, number)| *number == 0)
            .map(|(field, _)| Item {
                field: field.into(),
                code: "ladder_number".into(),
                detail: String::new(),
            })
            .collect();
        if !wrong.is_empty() {
            return Err(INVALID.with_items(wrong).into());
        }
        tighten(packs, WARNINGS, "warnings", &format!("{warnings} alerts"))?;
        tighten(packs, INTERVAL, "hours", &format!("{hours} hours"))?;
        let interval = Duration::from_secs(u64::from(hours) * HOUR_SECONDS);
        Ok(Ladder { warnings: i64::from(warnings), interval })
    }
}

fn tighten(packs: &Packs, parameter: &str, field: &str, value: &str) -> Result<(), Refusal> {
    let Some(stated) = packs.parameter(parameter) else { return Ok(()) };
    stated.tighten(value).map(drop).map_err(|refusal| {
        let items =
            refusal.items.iter().map(|item| Item { field: field.to_owned(), ..item.clone() }).collect();
        refusal.with_items(items)
    })
}

pub(crate) struct SetLadder {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    pub typed: WarningLadder,
}

impl Verb for SetLadder {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check(tx, "set_ladder", None, About::default()).await?;
        let ladder = self.typed.read(&self.packs)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let open = identity::set_ladder(tx, ladder, by, at).await?;
        let entry = ledger::Entry {
            kind: "ladder.set",
            subject: "parameter/mail.alerts".into(),
            actor: Some(by),
            controls: &["LY-MAIL-3.07d"],
            body: json!({
                "warnings": ladder.warnings,
                "hours": ladder.interval.as_secs() / HOUR_SECONDS,
                "open_alerts": open,
            }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl Compliance {
    pub(crate) async fn ladder_seen(&self, actor: &Actor) -> Result<Ladder, Failure> {
        let sql = self.store.read();
        self.acting(actor).check(&sql, "see_attack", None, About::default()).await?;
        Ok(self.identity.ladder(&sql).await?)
    }

    pub(crate) async fn set_ladder(
        &self,
        actor: &Actor,
        typed: WarningLadder,
        key: Option<OnceKey>,
    ) -> Result<(), Failure> {
        let verb = SetLadder { acting: self.acting(actor), packs: self.packs.clone(), typed };
        self.carry_out(actor, "parameter/mail.alerts", verb, key).await
    }
}
