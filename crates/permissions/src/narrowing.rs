//! A narrowing: what the policies allow and the installation does not. Proposed by one person of the competent administration
//! and decided by another; so is its end.

pub(crate) mod api;
pub(crate) mod decide;
pub(crate) mod follow;
pub(crate) mod page;
pub(crate) mod propose;
pub(crate) mod propose_end;
mod table;

use authz::{Actor, Assurance, Failure, Kind, Narrowed, Narrowing, Refusal};
use clock::Timestamp;
use uuid::Uuid;

use crate::Permissions;
pub(crate) use table::of_act;

pub(crate) const CONTROLS: &[&str] = &["LY-SVC-12.1"];

/// What somebody wants to narrow.
#[derive(Clone, Debug, Default)]
pub struct NewNarrowing {
    pub capability: String,
    pub action: String,
    /// `without:<role>`, `assurance:substantial` or `assurance:high`.
    pub what: String,
    /// Ids of controls that it is founded on; may be none.
    pub controls: Vec<String>,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Proposed,
    InForce,
    Refused,
    /// In force, and its end is proposed.
    Ending,
    Ended,
}

impl State {
    pub const ALL: [State; 5] =
        [State::Proposed, State::InForce, State::Ending, State::Ended, State::Refused];

    pub fn word(self) -> &'static str {
        match self {
            State::Proposed => "proposed",
            State::InForce => "in_force",
            State::Refused => "refused",
            State::Ending => "ending",
            State::Ended => "ended",
        }
    }

    pub fn named(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The signal of the design that it is shown with.
    pub fn signal(self) -> &'static str {
        match self {
            State::InForce => "done",
            State::Proposed | State::Ending => "waiting",
            State::Refused => "refused",
            State::Ended => "",
        }
    }
}

/// A narrowing as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub id: Uuid,
    pub narrowing: Narrowing,
    pub reason: String,
    pub state: State,
    pub proposed_by: Uuid,
    pub proposed_at: Timestamp,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<Timestamp>,
    /// Why it was decided so, the last time.
    pub words: String,
    pub end_reason: String,
    pub end_proposed_by: Option<Uuid>,
    pub end_proposed_at: Option<Timestamp>,
}

impl Held {
    pub fn href(&self) -> String {
        format!("/permissions/narrowings/{}", self.id)
    }

    pub fn subject(&self) -> String {
        format!("narrowing/{}", self.id)
    }

    /// Whoever proposed the step that waits for a decision.
    pub fn proposer(&self) -> Uuid {
        if self.state == State::Ending {
            self.end_proposed_by.unwrap_or(self.proposed_by)
        } else {
            self.proposed_by
        }
    }

    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Proposed | State::Ending)
    }
}

/// `without:officer` as it is meant.
fn what_of(word: &str) -> Option<Narrowed> {
    let (kind, detail) = word.split_once(':')?;
    match kind {
        "without" => Some(Narrowed::WithoutRole(detail.to_owned())),
        "assurance" => Assurance::named(detail).filter(|it| *it > Assurance::Basic).map(Narrowed::Assurance),
        _ => None,
    }
}

/// The same as a word of addresses and the API.
pub(crate) fn word_of(what: &Narrowed) -> String {
    match what {
        Narrowed::WithoutRole(role) => format!("without:{role}"),
        Narrowed::Assurance(Assurance::High) => "assurance:high".to_owned(),
        Narrowed::Assurance(_) => "assurance:substantial".to_owned(),
    }
}

impl Permissions {
    /// One narrowing, for those who may see any.
    pub(crate) async fn narrowing(&self, actor: &Actor, id: Uuid) -> Result<Held, Failure> {
        let sql = self.store.read();
        if !self.acting(actor).may(&sql, "see_narrowings", None).await? {
            return Err(Refusal::not_found().into());
        }
        Ok(table::find(&sql, id).await?.ok_or_else(Refusal::not_found)?)
    }
}

pub(crate) const UNKNOWN: Refusal = Refusal::new(Kind::Invalid, "narrowing.unknown", CONTROLS);
pub(crate) const LOCKS_OUT: Refusal = Refusal::new(Kind::Conflict, "narrowing.locks_out", CONTROLS);
pub(crate) const EXISTS: Refusal = Refusal::new(Kind::Conflict, "narrowing.exists", CONTROLS);
pub(crate) const DECIDED: Refusal = Refusal::new(Kind::Conflict, "narrowing.decided", CONTROLS);
