//! The process of a service: the stages that a request passes through, who acts at each, and where each act leads.
//!
//! A process is data, a document beside the card and the form, and a version of it belongs to a version of the entry:
//! a request ends under the process with which it began. Requests move along its moves and in no other way
//! (LY-SVC-17.1a); the public state, the desks, the actions and the timeline all follow from the stage.

pub(crate) mod api;
pub(crate) mod attest;
mod check;
pub(crate) mod page;
mod people;
pub(crate) mod picture;
pub(crate) mod play;
pub(crate) mod ready;
mod show;
mod simulate;
pub(crate) mod standard;
#[cfg(test)]
mod tests;
pub(crate) mod waiting;

use authz::{Kind, Refusal};
use language::Text;
use serde::{Deserialize, Serialize};

use crate::{
    entry::Card,
    request::{Act, State},
};

/// How a service is carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// The laws that lay down this procedure (LY-SVC-4.3).
    pub legal_basis: Text,
    /// What the applicant may claim and owes while it runs (LY-SVC-17.1b).
    #[serde(default)]
    pub rights: Vec<Text>,
    #[serde(default)]
    pub obligations: Vec<Text>,
    /// The procedure as it was on paper, step by step (LY-SVC-11.1).
    #[serde(default)]
    pub before: Vec<Text>,
    /// The procedure as people go through it now, step by step.
    #[serde(default)]
    pub after: Vec<Text>,
    /// How the timeline calls the delivery itself, before the first stage.
    #[serde(default)]
    pub delivery: Milestone,
    /// In the order of the timeline; the first is where every request begins.
    #[serde(default, rename = "stage")]
    pub stages: Vec<Stage>,
}

/// Something that happens at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    pub title: Text,
    pub holder: Text,
}

/// A place where a request stands until somebody acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    pub id: String,
    pub title: Text,
    /// Whoever holds the request here, as its applicant reads it.
    #[serde(default)]
    pub holder: Text,
    pub party: Party,
    /// The public state that this stage stands for.
    pub state: State,
    /// The stage's own time limit; none leaves it to the limit of the request.
    pub working_days: Option<u32>,
    #[serde(default)]
    pub moves: Vec<Move>,
    /// What follows when nobody acts.
    pub expiry: Option<Expiry>,
    /// Outputs of the card that are made here; none means all of them, where outputs are made at all.
    #[serde(default)]
    pub outputs: Vec<String>,
    /// The article that asks for this stage, where it is another one than that of the process.
    pub legal_basis: Option<Text>,
}

/// Who acts at a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Party {
    Applicant,
    /// A role at the providing body.
    Provider {
        role: String,
    },
    /// A role at another body, by its slug.
    Body {
        body: String,
        role: String,
    },
    /// The platform itself.
    System,
}

/// One way on from a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    pub act: Act,
    /// The stage that it leads to.
    pub to: String,
    /// What the button says, where the act's own name does not say enough.
    pub title: Option<Text>,
    /// The words that must be written with it, by their name: «نتيجة المعاينة».
    pub asks: Option<Text>,
}

/// What happens to a request that nobody has acted on in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "then", rename_all = "snake_case", deny_unknown_fields)]
pub enum Expiry {
    /// The party is reminded.
    Remind { after_working_days: u32 },
    /// A higher role at the same body is told as well.
    Escalate { after_working_days: u32, role: String },
    /// The law answers in the party's place.
    Act { after_working_days: u32, act: Act, to: String },
}

impl Process {
    /// Where every request begins.
    pub fn start(&self) -> Option<&Stage> {
        self.stages.first()
    }

    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// The stage to which an act leads; any other move is refused (LY-SVC-17.1a). `to` tells two ways of one act
    /// apart, and may be left out where there is one.
    pub fn after(&self, stage: &str, act: Act, to: Option<&str>) -> Result<&Stage, Refusal> {
        let here = self.stage(stage).ok_or(NO_WAY)?;
        let mut ways = here.moves.iter().filter(|way| way.act == act && to.is_none_or(|to| way.to == to));
        match (ways.next(), ways.next()) {
            (Some(way), None) => self.stage(&way.to).ok_or(NO_WAY),
            (None, _) if here.state == State::Received && act.is_decision() => Err(UNVERIFIED),
            _ => Err(NO_WAY),
        }
    }

    /// Whether an act leads anywhere from a stage.
    pub fn allows(&self, stage: &str, act: Act) -> Result<(), Refusal> {
        match self.stage(stage) {
            Some(here) if here.moves.iter().any(|way| way.act == act) => Ok(()),
            _ => self.after(stage, act, None).map(drop),
        }
    }

    /// The move that an act takes, when there is exactly one that fits.
    pub fn way(&self, stage: &str, act: Act, to: Option<&str>) -> Option<&Move> {
        let ways = &self.stage(stage)?.moves;
        ways.iter().find(|way| way.act == act && to.is_none_or(|to| way.to == to))
    }

    /// The stages of the timeline: those at which somebody other than the applicant has to act.
    pub fn course(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().filter(|stage| stage.is_of_course())
    }

    /// The stages that can still come after one, itself left out unless a way leads back.
    pub fn ahead<'p>(&'p self, from: &str) -> Vec<&'p str> {
        let mut found: Vec<&str> = Vec::new();
        let mut open: Vec<&Stage> = self.stage(from).into_iter().collect();
        while let Some(stage) = open.pop() {
            for way in &stage.moves {
                if let Some(next) = self.stage(&way.to)
                    && !found.contains(&next.id.as_str())
                {
                    found.push(&next.id);
                    open.push(next);
                }
            }
        }
        found
    }

    /// The stage at which a request is granted.
    pub fn granting(&self) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.moves.iter().any(|way| way.act == Act::Approve))
    }

    /// A document without stages takes the standard ones of its card, and without rights those of the card.
    pub fn completed(mut self, card: &Card) -> Process {
        let standard = Process::standard(card);
        if self.stages.is_empty() {
            self.stages = standard.stages;
        }
        if self.delivery == Milestone::default() {
            self.delivery = standard.delivery;
        }
        if self.rights.is_empty() {
            self.rights = standard.rights;
        }
        if self.obligations.is_empty() {
            self.obligations = standard.obligations;
        }
        self
    }
}

const NO_WAY: Refusal = Refusal::new(Kind::Conflict, "process.transition", &["LY-SVC-17.1a"]);
const UNVERIFIED: Refusal = Refusal::new(Kind::Conflict, "request.unverified", &["LY-SVC-16.1"]);

impl Stage {
    /// Nothing follows: the request is closed.
    pub fn is_end(&self) -> bool {
        self.state.is_closed()
    }

    fn is_of_course(&self) -> bool {
        !self.is_end() && self.party != Party::Applicant
    }

    pub fn offers(&self, act: Act) -> bool {
        self.moves.iter().any(|way| way.act == act)
    }
}

impl Party {
    /// The role that acts, for the parties that are somebody's desk.
    pub fn role(&self) -> Option<&str> {
        match self {
            Party::Applicant | Party::System => None,
            Party::Provider { role } | Party::Body { role, .. } => Some(role),
        }
    }
}
