//! A change of working time: holidays that come, move or go, and hours; of the whole state or of one body. Each is a version
//! with its reason and its source of law, so that anybody can say later why a request was due on that day.

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use language::Text;
use ledger::Entry;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Hours, table};
use crate::body;

/// Fewer characters explain nothing.
const REASON_CHARACTERS_MIN: usize = 5;
const REASON_CHARACTERS_MAX: usize = 1_000;
/// Days that one change may add: the holidays of a few years in a file.
pub const DAYS_ADDED_MAX: usize = 200;

/// Whose working time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Of every body.
    State,
    Body(Uuid),
}

impl Scope {
    pub(super) fn word(self) -> String {
        match self {
            Scope::State => "state".to_owned(),
            Scope::Body(body) => body.to_string(),
        }
    }
}

/// A day on which nobody works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// Local day since 1970-01-01, as `clock::days_from_civil` counts.
    pub day: i64,
    pub name: Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Change {
    /// One feast of several days, or those of a whole year.
    Add {
        holidays: Vec<Holiday>,
    },
    /// A feast that the moon moved.
    Move {
        from: i64,
        to: i64,
    },
    Remove {
        day: i64,
    },
    Hours {
        hours: Hours,
    },
}

#[derive(Clone, Debug)]
pub struct ChangeCalendar {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub scope: Scope,
    pub change: Change,
    pub reason: String,
    /// The act that says so: «قرار مجلس الوزراء رقم 12 لسنة 2026».
    pub source: String,
}

impl Verb for ChangeCalendar {
    /// The version of the calendar that it made.
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        self.check()?;
        if let Scope::Body(body) = self.scope {
            body::table::body(tx, body).await?.ok_or(Refusal::not_found())?;
        }
        self.write(tx).await?;
        let version = table::add_change(tx, self).await?;
        let entry = Entry {
            kind: "calendar.changed",
            subject: match self.scope {
                Scope::State => "state/calendar".to_owned(),
                Scope::Body(body) => format!("body/{body}"),
            },
            actor: self.actor,
            controls: &[],
            body: json!({
                "version": version, "change": self.change, "days": self.days(), "reason": self.reason,
                "source": self.source,
            }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(version)
    }
}

impl ChangeCalendar {
    /// The days that it touches, as people write them.
    fn days(&self) -> Vec<String> {
        let days: Vec<i64> = match &self.change {
            Change::Add { holidays } => holidays.iter().map(|holiday| holiday.day).collect(),
            Change::Move { from, to } => vec![*from, *to],
            Change::Remove { day } => vec![*day],
            Change::Hours { .. } => Vec::new(),
        };
        days.into_iter().map(table::day_in_words).collect()
    }

    fn check(&self) -> Result<(), Refusal> {
        let mut items = Vec::new();
        let mut miss = |field: &str, code: &str, detail: String| {
            items.push(Item { field: field.into(), code: code.into(), detail });
        };
        for (field, words) in [("reason", &self.reason), ("source", &self.source)] {
            match words.trim().chars().count() {
                0..REASON_CHARACTERS_MIN => miss(field, "too_short", REASON_CHARACTERS_MIN.to_string()),
                REASON_CHARACTERS_MIN..=REASON_CHARACTERS_MAX => {}
                _ => miss(field, "too_long", REASON_CHARACTERS_MAX.to_string()),
            }
        }
        if let Change::Add { holidays } = &self.change {
            let blank = |text: &Text| text.ar.trim().is_empty() || text.en.trim().is_empty();
            if holidays.is_empty() {
                miss("day", "required", String::new());
            }
            if holidays.iter().any(|holiday| blank(&holiday.name)) {
                miss("name", "required", String::new());
            }
            if holidays.len() > DAYS_ADDED_MAX {
                miss("day", "too_big", DAYS_ADDED_MAX.to_string());
            }
        }
        if !items.is_empty() {
            return Err(Refusal::new(Kind::Invalid, "calendar.change_incomplete", &[]).with_items(items));
        }
        match &self.change {
            Change::Hours { hours } if !hours.are_possible() => Err(HOURS_INVALID),
            _ => Ok(()),
        }
    }

    async fn write(&self, tx: &Tx) -> Result<(), Failure> {
        match &self.change {
            Change::Add { holidays } => {
                for Holiday { day, name } in holidays {
                    table::put_holiday(tx, self.scope, *day, name).await?;
                }
            }
            Change::Move { from, to } => {
                let name = table::holiday(tx, self.scope, *from).await?.ok_or(Refusal::not_found())?;
                if table::holiday(tx, self.scope, *to).await?.is_some() {
                    return Err(TAKEN.into());
                }
                table::remove_holiday(tx, self.scope, *from).await?;
                table::put_holiday(tx, self.scope, *to, &name).await?;
            }
            Change::Remove { day } => {
                if !table::remove_holiday(tx, self.scope, *day).await? {
                    return Err(Refusal::not_found().into());
                }
            }
            Change::Hours { hours } => table::put_hours(tx, self.scope, hours).await?,
        }
        Ok(table::move_generation(tx).await?)
    }
}

const HOURS_INVALID: Refusal = Refusal::new(Kind::Invalid, "org.hours_invalid", &[]);
const TAKEN: Refusal = Refusal::new(Kind::Conflict, "calendar.day_taken", &[]);
