//! The endpoint of a body: the address at which its own system is told of every request, correction and withdrawal that
//! concerns it (LY-SVC-7.1b).
//!
//! What is told is an event and where to read: no answer of an applicant leaves by this way. Each event is a delivery that
//! is written in the transaction of what it tells of, so that nothing is lost; a job posts it under the same id until it
//! is acknowledged by a status of 200 to 299, and after the last try a person sends it again.

pub(crate) mod again;
pub(crate) mod api;
pub(crate) mod deliver;
pub(crate) mod keep;
pub(crate) mod outcome;
pub(crate) mod page;
pub(crate) mod table;
pub(crate) mod tell;

use std::time::Duration;

use authz::{Actor, Attribute, Failure, Refusal, Resource};
use clock::{DAY, Timestamp};
use jobs::Policy;
use uuid::Uuid;

use crate::Services;

pub(crate) const CONTROLS: &[&str] = &["LY-SVC-7.1b"];
/// Tries of one delivery before a person has to look: about four days, so that a weekend's outage mends itself.
pub(crate) const TRIES_MAX: u32 = 28;
const DELAY_FIRST: Duration = Duration::from_secs(5);
const DELAY_MAX: Duration = Duration::from_secs(6 * 3_600);
/// Failed tries of one delivery after which its body is told, about twenty minutes after the first.
pub(crate) const TOLD_AFTER_TRIES: i64 = 8;
/// How long the log keeps what was acknowledged.
pub(crate) const DELIVERED_KEPT: Duration = DAY.saturating_mul(90);

/// Roles of a body that see where it is told, and those of them that say so.
const SEEING_ROLES: [&str; 4] = ["administrator", "head", "author", "verifier"];
const KEEPING_ROLES: [&str; 2] = ["administrator", "head"];

pub(crate) fn policy() -> Policy {
    let attempt_max = courier::CONNECT_TIME_MAX + courier::ANSWER_TIME_MAX + Duration::from_secs(10);
    Policy {
        attempts_max: TRIES_MAX,
        delay_first: DELAY_FIRST,
        delay_max: DELAY_MAX,
        attempt_max,
        ..Policy::default()
    }
}

/// Where a body is told.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    pub address: String,
    pub set_at: Timestamp,
    pub failing_since: Option<Timestamp>,
}

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Delivered,
    Corrected,
    Withdrawn,
    /// It lies on a desk of a body that does not provide the service.
    Arrived,
    /// Nothing happened: the body tries its own address.
    Tried,
}

impl Event {
    pub(crate) const ALL: [Event; 5] =
        [Event::Delivered, Event::Corrected, Event::Withdrawn, Event::Arrived, Event::Tried];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Event::Delivered => "request.delivered",
            Event::Corrected => "request.corrected",
            Event::Withdrawn => "request.withdrawn",
            Event::Arrived => "request.arrived",
            Event::Tried => "endpoint.tried",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.word() == word)
    }
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It will be tried, or tried again.
    Waiting,
    /// Acknowledged.
    Delivered,
    /// Given up; a person sends it again.
    Failed,
}

impl Standing {
    pub(crate) const ALL: [Standing; 3] = [Standing::Waiting, Standing::Delivered, Standing::Failed];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Waiting => "waiting",
            Standing::Delivered => "delivered",
            Standing::Failed => "failed",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.word() == word)
    }
}

/// One event on its way to a body.
#[derive(Clone, Debug)]
pub(crate) struct Delivery {
    pub id: Uuid,
    pub body: Uuid,
    pub event: Event,
    /// Of the request; empty for a trial.
    pub number: String,
    /// What is posted, the same at each try.
    pub payload: String,
    pub standing: Standing,
    pub tries: i64,
    pub created_at: Timestamp,
    pub tried_at: Option<Timestamp>,
    /// The last answer: a status, or the word for why there was none.
    pub answer: String,
    /// When it was acknowledged or given up.
    pub ended_at: Option<Timestamp>,
}

/// What the policies see of a body's endpoint.
pub(crate) fn resource(body: Uuid) -> Resource {
    let desks =
        |roles: &[&str]| Attribute::Words(roles.iter().map(|role| format!("{role}@{body}")).collect());
    Resource {
        kind: "Endpoint",
        id: body.to_string(),
        attributes: vec![("seeing_desks", desks(&SEEING_ROLES)), ("keeping_desks", desks(&KEEPING_ROLES))],
    }
}

impl Services {
    /// A body by its slug, for whoever may see where it is told.
    pub(crate) async fn body_told(&self, actor: &Actor, slug: &str) -> Result<organisations::Body, Failure> {
        let body = organisations::body_by_slug(&self.store.read(), slug).await?;
        let body = body.ok_or_else(Refusal::not_found)?;
        self.policies.require("services", actor, "see_endpoint", &resource(body.id))?;
        Ok(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekend_without_answers_is_waited_for() {
        let policy = policy();
        let all: Duration = (1..TRIES_MAX).map(|attempt| policy.delay(attempt, 0.0)).sum();
        assert!((DAY * 3..DAY * 6).contains(&all), "{all:?}");
        let until_told: Duration =
            (1..TOLD_AFTER_TRIES as u32).map(|attempt| policy.delay(attempt, 0.0)).sum();
        assert!(until_told < Duration::from_secs(1_800), "{until_told:?}");
    }

    #[test]
    fn words_come_back() {
        assert!(Event::ALL.into_iter().all(|event| Event::named(event.word()) == Some(event)));
        assert!(Standing::ALL.into_iter().all(|it| Standing::named(it.word()) == Some(it)));
    }
}
