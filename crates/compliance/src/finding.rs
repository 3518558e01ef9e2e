//! A finding: something that a control asks for was found not to hold at a body. It has an owner and a clock, is answered
//! by the body and closed by somebody else (four eyes). Any part of the product raises one in its own transaction.

pub(crate) mod answer;
pub(crate) mod api;
pub(crate) mod judge;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod raise;
pub(crate) mod remind;
pub(crate) mod report;
pub(crate) mod table;

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use language::Text;
use store::Tx;
use uuid::Uuid;

use crate::authority::{About, Acting};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    pub(crate) const ALL: [Severity; 4] =
        [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.word() == word)
    }

    pub(crate) fn rank(self) -> i64 {
        match self {
            Severity::Low => 1,
            Severity::Medium => 2,
            Severity::High => 3,
            Severity::Critical => 4,
        }
    }

    fn ranked(rank: i64) -> Option<Severity> {
        Severity::ALL.into_iter().find(|severity| severity.rank() == rank)
    }

    /// How long the body has to answer, in its own working days.
    pub(crate) fn working_days(self) -> u32 {
        match self {
            Severity::Low => 20,
            Severity::Medium => 10,
            Severity::High => 5,
            Severity::Critical => 2,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The body has to answer.
    Open,
    /// Somebody else has to say whether the answer is enough.
    Answered,
    Closed,
}

impl Standing {
    const ALL: [Standing; 3] = [Standing::Open, Standing::Answered, Standing::Closed];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Answered => "answered",
            Standing::Closed => "closed",
        }
    }

    fn named(word: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.word() == word)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub id: Uuid,
    /// What makes it the same finding: it is open once.
    pub key: String,
    pub control: String,
    pub body: Uuid,
    /// What it is about, as the ledger names it: `service/residence-certificate`; empty for the body as a whole.
    pub subject: String,
    pub what: Text,
    pub severity: Severity,
    /// Who has to answer; nobody where the body has nobody who could.
    pub owner: Option<Uuid>,
    /// Nobody where the platform found it.
    pub opened_by: Option<Uuid>,
    pub opened_at: Timestamp,
    pub due_at: Timestamp,
    pub standing: Standing,
    pub answer: String,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<Timestamp>,
    pub closing: String,
    pub closed_by: Option<Uuid>,
    pub closed_at: Option<Timestamp>,
    /// How often it was found while it was open.
    pub times: i64,
    pub last_at: Timestamp,
}

impl Finding {
    pub(crate) fn ledger_subject(&self) -> String {
        format!("finding/{}", self.id)
    }

    pub(crate) fn href(&self) -> String {
        format!("/compliance/findings/{}", self.id)
    }

    pub(crate) fn is_late(&self, now: Timestamp) -> bool {
        self.standing == Standing::Open && self.due_at < now
    }

    /// Whoever answers never judges.
    pub(crate) fn about(&self) -> About {
        About {
            owner: self.owner,
            parties: self.owner.into_iter().chain(self.answered_by).collect(),
            ..About::default()
        }
    }
}

impl Acting {
    /// A finding on which the next act is this one; to whoever may not see it there is none.
    async fn finding(
        &self,
        tx: &Tx,
        id: Uuid,
        act: &'static str,
        standing: Standing,
    ) -> Result<Finding, Failure> {
        let finding = table::find(tx, id).await?.ok_or_else(Refusal::not_found)?;
        if !self.may(tx, "see_finding", Some(finding.body), finding.about()).await? {
            return Err(Refusal::not_found().into());
        }
        self.check(tx, act, Some(finding.body), finding.about()).await?;
        if finding.standing == standing { Ok(finding) } else { Err(wrong_step(finding.standing).into()) }
    }
}

/// Another step comes first.
pub(crate) fn wrong_step(standing: Standing) -> Refusal {
    let code = match standing {
        Standing::Open => "finding.unanswered",
        Standing::Answered => "finding.answered",
        Standing::Closed => "finding.closed",
    };
    Refusal::new(Kind::Conflict, code, &[])
}

pub(crate) const INVALID: Refusal = Refusal::new(Kind::Invalid, "finding.incomplete", &[]);
