//! An appeal (تظلم): the applicant says that a refusal is wrong, or that the time limit has passed.
//!
//! It lies with the head of the body, who must not be the one who decided before. Upheld, it brings the request back to
//! the decision; rejected, it ends with reasons and with the way that is left.

pub(crate) mod api;
mod carry_out;
pub(crate) mod decide;
pub(crate) mod file;
pub(crate) mod page;
pub(crate) mod table;

use authz::{Attribute, Resource};
use clock::{DAY, Timestamp};
use uuid::Uuid;

use crate::{
    entry::Card,
    request::{Request, State},
};

/// Calendar days in which an appeal against a refusal may be filed, where the card says nothing else.
pub const FILED_WITHIN_DAYS: u32 = 30;
/// Calendar days in which the head answers.
pub const ANSWERED_WITHIN_DAYS: u32 = 30;

/// What an appeal is against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    Refusal,
    Delay,
}

impl Against {
    pub fn word(self) -> &'static str {
        match self {
            Against::Refusal => "refusal",
            Against::Delay => "delay",
        }
    }

    pub fn named(word: &str) -> Option<Against> {
        [Against::Refusal, Against::Delay].into_iter().find(|against| against.word() == word)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppealState {
    Open,
    Upheld,
    Rejected,
}

impl AppealState {
    pub fn word(self) -> &'static str {
        match self {
            AppealState::Open => "open",
            AppealState::Upheld => "upheld",
            AppealState::Rejected => "rejected",
        }
    }

    pub fn named(word: &str) -> Option<AppealState> {
        let all = [AppealState::Open, AppealState::Upheld, AppealState::Rejected];
        all.into_iter().find(|state| state.word() == word)
    }
}

#[derive(Clone, Debug)]
pub struct Appeal {
    pub id: Uuid,
    pub request: Uuid,
    pub body: Uuid,
    pub against: Against,
    /// Why, in the applicant's words.
    pub grounds: String,
    pub state: AppealState,
    pub filed_at: Timestamp,
    pub due_at: Timestamp,
    /// Why it was upheld or rejected.
    pub reasons: String,
    /// What is left to do after a rejection.
    pub remedy: String,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<Timestamp>,
}

/// What a request may be appealed for now, and until when; nothing while there is nothing to appeal against.
pub(crate) fn possible(
    request: &Request,
    card: &Card,
    now: Timestamp,
) -> Option<(Against, Option<Timestamp>)> {
    match request.state {
        State::Refused => {
            let days = card.appeal_days.unwrap_or(FILED_WITHIN_DAYS);
            request.closed_at.map(|closed| (Against::Refusal, Some(closed + DAY * days)))
        }
        state if state.is_closed() || state == State::Returned => None,
        _ => (now > request.due_at).then_some((Against::Delay, None)),
    }
}

/// What the policies see when somebody decides the appeal of a request.
pub(crate) fn resource(request: &Request) -> Resource {
    let decided_by = request.checks.decided_by.map(|by| by.to_string()).unwrap_or_default();
    Resource {
        kind: "Appeal",
        id: request.number.to_string(),
        attributes: vec![
            ("applicant", Attribute::Word(request.applicant.to_string())),
            ("head_desk", Attribute::Word(format!("head@{}", request.body))),
            ("decided_by", Attribute::Word(decided_by)),
        ],
    }
}
