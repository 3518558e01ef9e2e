//! A service request, from the moment of its delivery to its output.
//!
//! What a request is stands here, pure; which act leads where is in its service's process. The SQL is in `table`, and
//! each thing that an applicant or an officer does is a verb of its own beside this file.

pub(crate) mod act;
pub(crate) mod again;
pub(crate) mod api;
pub(crate) mod archive;
pub(crate) mod carry_out;
pub(crate) mod checklist;
pub(crate) mod complete;
pub(crate) mod confirm;
pub(crate) mod decide;
pub(crate) mod expire;
pub(crate) mod follow;
pub(crate) mod moving;
pub(crate) mod named_act;
pub(crate) mod number;
pub(crate) mod page;
mod paper;
pub(crate) mod pass_on;
pub(crate) mod prepare;
pub(crate) mod receipt;
mod receipt_pdf;
pub(crate) mod resubmit;
pub(crate) mod send_back;
pub(crate) mod submit;
pub(crate) mod table;
pub(crate) mod undo;
pub(crate) mod verify;
pub(crate) mod withdraw;

use authz::{Actor, Attribute, Resource};
use clock::Timestamp;
use language::Text;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

pub use confirm::{Confirmed, Gap};
pub use named_act::NamedAct;
pub use number::RequestNumber;

/// Where a request stands, as everybody may know it; it follows from the stage of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It arrived, and does not count as received: something is missing, or a datum could not be confirmed (LY-SVC-15.3).
    ReceiptNotConfirmed,
    /// Delivered complete; somebody examines it.
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
    /// Taken back by its applicant before a decision.
    Withdrawn,
    /// It was never completed in the time that there was for it.
    Expired,
}

/// What can be done to a request. Where it leads is in the process of its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Every answer and document was checked.
    Verify,
    /// On to the next desk, with a finding or an opinion where the process asks for one.
    PassOn,
    SendBack,
    Resubmit,
    Approve,
    Refuse,
    /// The platform hands out the outputs.
    Issue,
    /// The applicant takes it back; it stands in no process, because it is possible wherever nothing is decided.
    Withdraw,
    /// The applicant completes what was not confirmed as received; it stands in no process, because none has begun.
    Complete,
}

impl State {
    pub const ALL: [State; 9] = [
        State::ReceiptNotConfirmed,
        State::Received,
        State::Returned,
        State::Verified,
        State::Approved,
        State::Refused,
        State::Completed,
        State::Withdrawn,
        State::Expired,
    ];

    pub fn word(self) -> &'static str {
        match self {
            State::ReceiptNotConfirmed => "receipt_not_confirmed",
            State::Received => "received",
            State::Returned => "returned",
            State::Verified => "verified",
            State::Approved => "approved",
            State::Refused => "refused",
            State::Completed => "completed",
            State::Withdrawn => "withdrawn",
            State::Expired => "expired",
        }
    }

    pub fn named(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    pub fn is_closed(self) -> bool {
        matches!(self, State::Refused | State::Completed | State::Withdrawn | State::Expired)
    }

    /// The next step is the applicant's.
    pub fn needs_applicant(self) -> bool {
        matches!(self, State::ReceiptNotConfirmed | State::Returned)
    }

    /// Whether it was ever delivered: before that no time runs, and nothing is due.
    pub fn was_received(self) -> bool {
        !matches!(self, State::ReceiptNotConfirmed | State::Expired)
    }

    /// Nobody has decided yet: the applicant may take it back.
    pub fn is_undecided(self) -> bool {
        matches!(self, State::ReceiptNotConfirmed | State::Received | State::Returned | State::Verified)
    }
}

impl Act {
    pub const ALL: [Act; 9] = [
        Act::Complete,
        Act::Resubmit,
        Act::Verify,
        Act::PassOn,
        Act::SendBack,
        Act::Approve,
        Act::Refuse,
        Act::Issue,
        Act::Withdraw,
    ];

    /// The action's name in the policies and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Act::Verify => "verify",
            Act::PassOn => "pass_on",
            Act::SendBack => "send_back",
            Act::Resubmit => "resubmit",
            Act::Approve => "approve",
            Act::Refuse => "refuse",
            Act::Issue => "issue",
            Act::Withdraw => "withdraw",
            Act::Complete => "complete",
        }
    }

    /// Whether it settles what was asked for.
    pub fn is_decision(self) -> bool {
        matches!(self, Act::Approve | Act::Refuse)
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
    /// What desks on the way have written: findings and opinions, oldest first.
    #[serde(default)]
    pub opinions: Vec<Opinion>,
    /// Why its receipt is not confirmed (LY-SVC-15.3); empty from the delivery on.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// What a register confirmed when it arrived.
    #[serde(default)]
    pub confirmed: Vec<Confirmed>,
    /// What the applicant is asked to correct (LY-SVC-16.2).
    pub corrections: Vec<Correction>,
    /// Why it was refused, or what was decided, in the decider's words.
    pub decision: String,
    pub decided_by: Option<Uuid>,
    /// What the provider will do, for an output of kind `measure` (LY-SVC-18.2).
    pub measures: String,
    /// The administrative act that came of it (LY-SVC-18.3).
    #[serde(flatten)]
    pub act: NamedAct,
}

/// One item that the applicant must correct, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Correction {
    /// A field of the form, or `document.<id>`.
    pub item: String,
    /// What to do, in the officer's words.
    pub instruction: String,
}

/// What a desk on the way has found or thinks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// The stage at which it was written.
    pub stage: String,
    /// The stage to which the request was passed on.
    pub to: String,
    pub body: Uuid,
    /// The desk, as policies name it.
    pub desk: String,
    pub by: Uuid,
    /// Microseconds since 1970.
    pub at: i64,
    pub words: String,
}

/// The desk that a request lies on: a role at a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    pub role: String,
    pub body: Uuid,
}

impl Desk {
    /// As policies name it.
    pub fn word(&self) -> String {
        format!("{}@{}", self.role, self.body)
    }
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
    /// The stage of its process.
    pub stage: String,
    /// Whose turn it is; none with the applicant, with the platform, and at the end.
    pub desk: Option<Desk>,
    /// Moves with every change, so that two officers never overwrite each other.
    pub revision: i64,
    pub answers: Value,
    pub documents: Vec<Supplied>,
    pub checks: Checks,
    pub assurance: i64,
    /// The version of the responsibility statement that was accepted, and when (LY-SVC-14.2); empty until it is.
    pub declaration: String,
    pub declared_at: Option<Timestamp>,
    pub acknowledgement: Text,
    /// While its receipt is not confirmed, the moment at which it arrived.
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
                ("stage_desk", Attribute::Word(self.desk.as_ref().map(Desk::word).unwrap_or_default())),
                ("asked_desks", Attribute::Words(self.asked_desks())),
                ("state", Attribute::Word(self.state.word().to_owned())),
            ],
        }
    }

    /// Whether somebody sits at a body that has a part in it: the provider, the desk that it lies on, one that was asked.
    pub fn concerns(&self, actor: &Actor) -> bool {
        let asked = self.checks.opinions.iter().map(|opinion| opinion.body);
        let mut bodies = asked.chain([self.body]).chain(self.desk.as_ref().map(|desk| desk.body));
        bodies.any(|body| actor.roles.iter().any(|role| role.body == body))
    }

    /// The desks that were asked on the way, which keep seeing what they wrote about.
    fn asked_desks(&self) -> Vec<String> {
        self.checks.opinions.iter().map(|opinion| opinion.desk.clone()).collect()
    }

    /// What nobody has recorded as verified yet (LY-SVC-16.1).
    pub fn unverified(&self) -> Vec<String> {
        self.items().into_iter().filter(|item| !self.checks.verified.contains(item)).collect()
    }

    /// Everything that has to be verified: each answer and each document.
    pub fn items(&self) -> Vec<String> {
        let answers = self.answers.as_object().map(|map| map.keys().cloned().collect()).unwrap_or_default();
        let mut items: Vec<String> = answers;
        for supplied in &self.documents {
            // Several files that stand for one document are looked at together.
            let item = format!("document.{}", supplied.evidence);
            if !items.contains(&item) {
                items.push(item);
            }
        }
        items
    }
}
