//! Who works on which task: by a rule that the body sets, or by hand.
//!
//! A rule is applied in the transaction that opens the task. What comes back corrected goes to whoever had it before,
//! as long as they are there. Nobody is handed their own request.

pub(crate) mod absence;
pub(crate) mod hand;
pub(crate) mod page;
pub(crate) mod rule;
pub(crate) mod table;

use authz::{Actor, Failure};
use clock::Timestamp;
use store::{StoreError, Tx};
use uuid::Uuid;

use crate::{
    Services,
    request::{Desk, Request},
};

/// How a rule chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Nobody: officers take what they do.
    ByHand,
    /// One after the other.
    RoundRobin,
    /// Whoever has the least.
    LeastLoad,
}

impl Way {
    pub const ALL: [Way; 3] = [Way::ByHand, Way::RoundRobin, Way::LeastLoad];

    pub fn word(self) -> &'static str {
        match self {
            Way::ByHand => "by_hand",
            Way::RoundRobin => "round_robin",
            Way::LeastLoad => "least_load",
        }
    }

    pub fn named(word: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.word() == word)
    }
}

/// The rule of a desk, for one service or for all that have none of their own.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub desk: Desk,
    /// Nil for every service.
    pub entry: Uuid,
    pub way: Way,
    /// Who was chosen last, where they take turns.
    pub last: Option<Uuid>,
}

/// The holder of a task that is being opened; nobody where no rule says so.
pub(crate) async fn chosen(
    tx: &Tx,
    request: &Request,
    desk: &Desk,
    answered: bool,
    now: Timestamp,
) -> Result<Option<Uuid>, StoreError> {
    let before = match answered {
        true => table::holder_before(tx, request.id, desk).await?,
        false => None,
    };
    let rule = table::rule_for(tx, desk, request.entry).await?;
    let rule = rule.filter(|rule| rule.way != Way::ByHand);
    if before.is_none() && rule.is_none() {
        return Ok(None);
    }
    let present = table::present(tx, desk, now).await?;
    let present: Vec<Uuid> = present.into_iter().filter(|person| *person != request.applicant).collect();
    if let Some(before) = before.filter(|before| present.contains(before)) {
        return Ok(Some(before));
    }
    let Some(rule) = rule else { return Ok(None) };
    let next = match rule.way {
        Way::RoundRobin => next_in_turn(&present, rule.last),
        _ => least_loaded(&present, &table::loads(tx, desk.body).await?),
    };
    if rule.way == Way::RoundRobin && next.is_some() {
        table::turn(tx, &rule, next).await?;
    }
    Ok(next)
}

/// Whoever follows the last one; `present` is in a fixed order.
fn next_in_turn(present: &[Uuid], last: Option<Uuid>) -> Option<Uuid> {
    let after = last.and_then(|last| present.iter().find(|person| **person > last));
    after.or(present.first()).copied()
}

/// Whoever has the fewest open tasks; the first of equals.
fn least_loaded(present: &[Uuid], loads: &[(Uuid, i64)]) -> Option<Uuid> {
    let load =
        |person: &Uuid| loads.iter().find(|(held_by, _)| held_by == person).map_or(0, |(_, load)| *load);
    present.iter().min_by_key(|person| load(person)).copied()
}

impl Services {
    /// Whether this person heads the body: sets its rules, reads its load, moves its work.
    pub(crate) fn heads(&self, actor: &Actor, body: Uuid) -> bool {
        self.policies
            .decide("services", actor, "head_desk", &desk_resource(&Desk { role: "head".into(), body }))
            .permitted
    }

    pub(crate) fn require_head(&self, actor: &Actor, body: Uuid) -> Result<(), Failure> {
        Ok(self.policies.require(
            "services",
            actor,
            "head_desk",
            &desk_resource(&Desk { role: "head".into(), body }),
        )?)
    }
}

/// A desk as the policies see it.
pub(crate) fn desk_resource(desk: &Desk) -> authz::Resource {
    authz::Resource {
        kind: "Desk",
        id: desk.word(),
        attributes: vec![
            ("desk", authz::Attribute::Word(desk.word())),
            ("head_desk", authz::Attribute::Word(format!("head@{}", desk.body))),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_go_round_and_loads_even_out() {
        let some: Vec<Uuid> = (1..=3).map(Uuid::from_u128).collect();
        let (one, two, three) = (some[0], some[1], some[2]);
        assert_eq!(next_in_turn(&some, None), Some(one));
        assert_eq!(next_in_turn(&some, Some(one)), Some(two));
        assert_eq!(next_in_turn(&some, Some(three)), Some(one));
        // Whoever had the last turn may be away; the turn goes on behind them.
        assert_eq!(next_in_turn(&[one, three], Some(two)), Some(three));
        assert_eq!(next_in_turn(&[], Some(two)), None);
        assert_eq!(least_loaded(&some, &[(one, 4), (two, 2), (three, 2)]), Some(two));
        assert_eq!(least_loaded(&some, &[(one, 4), (two, 2)]), Some(three));
        assert_eq!(least_loaded(&[], &[]), None);
    }
}
