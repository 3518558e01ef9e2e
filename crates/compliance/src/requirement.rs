//! A requirement: what one body has to keep beyond the documents, from a day on and with the reason. It is a stricter number,
//! or a duty in words. The body sets its own; the competent administration attaches one to a body, such as a mission abroad.

pub(crate) mod api;
pub(crate) mod end;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod set;
pub(crate) mod table;

use std::collections::BTreeMap;

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use store::Sql;
use uuid::Uuid;

use crate::{Packs, Resolved};

#[derive(Clone, Debug)]
pub(crate) struct Requirement {
    pub id: Uuid,
    pub body: Uuid,
    /// Empty where it is a duty in words.
    pub parameter: String,
    pub value: String,
    pub duty: String,
    pub reason: String,
    pub from_at: Timestamp,
    /// Attached by the competent administration, which alone ends it.
    pub is_national: bool,
    pub set_by: Uuid,
    pub ended_at: Option<Timestamp>,
    pub end_reason: String,
}

/// How a requirement stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Ahead,
    InForce,
    Ended,
}

impl Standing {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Ahead => "ahead",
            Standing::InForce => "in_force",
            Standing::Ended => "ended",
        }
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            Standing::Ahead => "waiting",
            Standing::InForce => "done",
            Standing::Ended => "",
        }
    }
}

impl Requirement {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        match self.ended_at {
            Some(ended) if ended <= now => Standing::Ended,
            _ if now < self.from_at => Standing::Ahead,
            _ => Standing::InForce,
        }
    }

    pub(crate) fn ledger_subject(&self) -> String {
        format!("requirement/{}", self.id)
    }
}

pub(crate) const INVALID: Refusal =
    Refusal::new(Kind::Invalid, "requirement.incomplete", &["LY-MAIL-2.04b", "IQ-SOC-2.3"]);

/// A number as it holds for one body at a moment: the strictest of the documents and of what is required beyond them.
pub async fn effective(
    sql: &impl Sql,
    packs: &Packs,
    body: Uuid,
    parameter: &str,
    at: Timestamp,
) -> Result<Option<Resolved>, Failure> {
    let Some(baseline) = packs.parameter(parameter) else { return Ok(None) };
    let in_force = table::in_force(sql, body, at).await?;
    Ok(Some(tightened(baseline, &in_force)))
}

/// Every number of the documents as it holds for one body, by its id.
pub(crate) fn all_effective(packs: &Packs, in_force: &[Requirement]) -> BTreeMap<String, Resolved> {
    let named: Vec<&str> = in_force.iter().map(|it| it.parameter.as_str()).collect();
    let baselines = named.iter().filter_map(|id| packs.parameter(id));
    baselines.map(|baseline| (baseline.id.clone(), tightened(baseline, in_force))).collect()
}

/// One that became weaker than its document, because a stricter document came later, does not count.
fn tightened(baseline: &Resolved, in_force: &[Requirement]) -> Resolved {
    let own = in_force.iter().filter(|it| it.parameter == baseline.id);
    own.fold(baseline.clone(), |so_far, it| so_far.tighten(&it.value).unwrap_or(so_far))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn requirement(parameter: &str, value: &str) -> Requirement {
        Requirement {
            id: Uuid::nil(),
            body: Uuid::nil(),
            parameter: parameter.into(),
            value: value.into(),
            duty: String::new(),
            reason: String::new(),
            from_at: Timestamp(10),
            is_national: false,
            set_by: Uuid::nil(),
            ended_at: Some(Timestamp(20)),
            end_reason: String::new(),
        }
    }

    #[test]
    fn the_strictest_of_the_documents_and_the_body_holds() {
        let packs = crate::packs::shared();
        let check = |values: &[&str], expected: &str| {
            let held: Vec<Requirement> =
                values.iter().map(|value| requirement("social.credential.max_age", value)).collect();
            let baseline = packs.parameter("social.credential.max_age").expect("a parameter");
            assert_eq!(tightened(baseline, &held).value.to_string(), expected, "{values:?}");
        };
        check(&[], "90 days");
        check(&["60 days"], "60 days");
        check(&["60 days", "80 days"], "60 days");
        check(&["120 days"], "90 days");
    }

    #[test]
    fn a_requirement_holds_from_its_day_until_it_is_ended() {
        let it = requirement("", "");
        let check = |now: i64, expected: Standing| assert_eq!(it.standing(Timestamp(now)), expected, "{now}");
        check(9, Standing::Ahead);
        check(10, Standing::InForce);
        check(19, Standing::InForce);
        check(20, Standing::Ended);
    }
}
