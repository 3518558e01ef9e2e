//! A service request, from the moment of its delivery to its output.
//!
//! States and what may follow them are here, pure; the SQL is in `table`, and each thing that an applicant or an
//! officer does is a verb of its own beside this file.

pub(crate) mod act;
pub(crate) mod api;
pub(crate) mod carry_out;
pub(crate) mod decide;
pub(crate) mod follow;
pub(crate) mod number;
pub(crate) mod page;
pub(crate) mod prepare;
pub(crate) mod receipt;
mod receipt_pdf;
pub(crate) mod resubmit;
pub(crate) mod send_back;
pub(crate) mod submit;
pub(crate) mod table;
pub(crate) mod verify;

use authz::{Attribute, Kind, Refusal, Resource};
use clock::Timestamp;
use language::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

pub use number::RequestNumber;

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Delivered complete; an officer verifies it.
    Received,
    /// The applicant must correct what was marked.
    Returned,
    /// Verified; somebody who may sign decides.
    Verified,
    /// Granted; the output is being made.
    Approved,
    /// Not granted, with the reason.
    Refused,
    /// The output is available.
    Completed,
}

/// What can be done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Verify,
    SendBack,
    Resubmit,
    Approve,
    Refuse,
    Issue,
}

impl State {
    pub const ALL: [State; 6] = [
        State::Received,
        State::Returned,
        State::Verified,
        State::Approved,
        State::Refused,
        State::Completed,
    ];

    pub fn word(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Returned => "returned",
            State::Verified => "verified",
            State::Approved => "approved",
            State::Refused => "refused",
            State::Completed => "completed",
        }
    }

    pub fn named(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The only way from one state to another; any other move is refused (LY-SVC-17.1a).
    pub fn after(self, act: Act) -> Result<State, Refusal> {
        match (self, act) {
            (State::Received, Act::Verify) => Ok(State::Verified),
            (State::Received | State::Verified, Act::SendBack) => Ok(State::Returned),
            (State::Returned, Act::Resubmit) => Ok(State::Received),
            (State::Verified, Act::Approve) => Ok(State::Approved),
            (State::Verified, Act::Refuse) => Ok(State::Refused),
            (State::Approved, Act::Issue) => Ok(State::Completed),
            (State::Received, Act::Approve | Act::Refuse) => {
                Err(Refusal::new(Kind::Conflict, "request.unverified", &["LY-SVC-16.1"]))
            }
            _ => Err(Refusal::new(Kind::Conflict, "process.transition", &["LY-SVC-17.1a"])),
        }
    }

    pub fn is_closed(self) -> bool {
        matches!(self, State::Refused | State::Completed)
    }

    /// The stage of the card that stands for this state.
    pub fn stage(self) -> &'static str {
        match self {
            State::Received | State::Returned => "verification",
            State::Verified | State::Refused => "decision",
            State::Approved | State::Completed => "output",
        }
    }
}

/// A document that was supplied for one of the card's pieces of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplied {
    /// The evidence's id on the card: `lease`.
    pub evidence: String,
    pub document: Uuid,
    pub name: String,
    pub sha256: String,
    pub bytes: i64,
    pub media_type: String,
}

/// What officers recorded about the items of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checks {
    /// Items that were verified, and by whom (LY-SVC-16.1).
    pub verified: Vec<String>,
    pub verified_by: Option<Uuid>,
    /// What the applicant is asked to correct (LY-SVC-16.2).
    pub corrections: Vec<Correction>,
    /// Why it was refused, or what was decided, in the decider's words.
    pub decision: String,
    pub decided_by: Option<Uuid>,
    /// What the provider will do, for an output of kind `measure` (LY-SVC-18.2).
    pub measures: String,
    /// Reference of the administrative act (LY-SVC-18.3).
    pub act_reference: String,
}

/// One item that the applicant must correct, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Correction {
    /// A field of the form, or `document.<id>`.
    pub item: String,
    /// What to do, in the officer's words.
    pub instruction: String,
}

#[derive(Clone, Debug)]
pub struct Request {
    pub id: Uuid,
    pub number: RequestNumber,
    pub entry: Uuid,
    pub entry_version: i64,
    pub body: Uuid,
    pub applicant: Uuid,
    pub entity: Option<Uuid>,
    pub state: State,
    /// Moves with every change, so that two officers never overwrite each other.
    pub revision: i64,
    pub answers: Value,
    pub documents: Vec<Supplied>,
    pub checks: Checks,
    pub assurance: i64,
    pub acknowledgement: Text,
    pub delivered_at: Timestamp,
    pub due_at: Timestamp,
    pub returned_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
}

impl Request {
    /// The name under which the ledger and the inbox speak of this request.
    pub fn subject(&self) -> String {
        format!("request/{}", self.number)
    }

    /// What the policies see of it.
    pub fn resource(&self) -> Resource {
        Resource {
            kind: "Request",
            id: self.number.to_string(),
            attributes: vec![
                ("applicant", Attribute::Word(self.applicant.to_string())),
                ("officer_desk", Attribute::Word(format!("officer@{}", self.body))),
                ("decider_desk", Attribute::Word(format!("decider@{}", self.body))),
                ("head_desk", Attribute::Word(format!("head@{}", self.body))),
                ("state", Attribute::Word(self.state.word().to_owned())),
            ],
        }
    }

    /// Everything that has to be verified: each answer and each document.
    pub fn items(&self) -> Vec<String> {
        let answers = self.answers.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
        let documents = self.documents.iter().map(|supplied| format!("document.{}", supplied.evidence));
        let mut items: Vec<String> = answers;
        items.extend(documents);
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // proves: LY-SVC-17.1a, LY-SVC-16.1
    #[test]
    fn only_these_moves_exist() {
        let acts = [Act::Verify, Act::SendBack, Act::Resubmit, Act::Approve, Act::Refuse, Act::Issue];
        let allowed = [
            (State::Received, Act::Verify, State::Verified),
            (State::Received, Act::SendBack, State::Returned),
            (State::Verified, Act::SendBack, State::Returned),
            (State::Returned, Act::Resubmit, State::Received),
            (State::Verified, Act::Approve, State::Approved),
            (State::Verified, Act::Refuse, State::Refused),
            (State::Approved, Act::Issue, State::Completed),
        ];
        for state in State::ALL {
            for act in acts {
                let expected = allowed.iter().find(|(from, by, _)| *from == state && *by == act);
                match (state.after(act), expected) {
                    (Ok(to), Some((_, _, wanted))) => assert_eq!(to, *wanted),
                    (Err(refusal), None) => {
                        let unverified =
                            state == State::Received && matches!(act, Act::Approve | Act::Refuse);
                        let code = if unverified { "request.unverified" } else { "process.transition" };
                        assert_eq!(refusal.code, code);
                    }
                    (outcome, _) => panic!("{state:?} {act:?} gave {outcome:?}"),
                }
            }
        }
    }
}
