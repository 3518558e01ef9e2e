//! The standard process: an officer verifies, a decider decides, the output is made. Services that do not say otherwise
//! take it, with the names that their card gives to its stages.

use language::Text;

use super::{Milestone, Move, Party, Process, Stage};
use crate::{
    entry::Card,
    request::{Act, State},
};

impl Process {
    /// The standard process in the words of a card.
    pub fn standard(card: &Card) -> Process {
        let received = named(card, "received", RECEIVED);
        Process {
            legal_basis: card.legal_basis.clone(),
            rights: card.rights.clone(),
            obligations: card.obligations.clone(),
            before: Vec::new(),
            after: Vec::new(),
            delivery: Milestone { title: received.0, holder: received.1 },
            stages: vec![
                stage(card, "verification", VERIFICATION, State::Received, desk("officer"))
                    .with(&[(Act::Verify, "decision"), (Act::SendBack, "correction")]),
                stage(card, "decision", DECISION, State::Verified, desk("decider")).with(&[
                    (Act::SendBack, "correction"),
                    (Act::Approve, "output"),
                    (Act::Refuse, "refused"),
                ]),
                stage(card, "output", OUTPUT, State::Approved, Party::System)
                    .with(&[(Act::Issue, "completed")]),
                stage(card, "correction", CORRECTION, State::Returned, Party::Applicant)
                    .with(&[(Act::Resubmit, "verification")]),
                stage(card, "completed", COMPLETED, State::Completed, Party::System),
                stage(card, "refused", REFUSED, State::Refused, Party::System),
            ],
        }
    }
}

/// Names in both languages: of the stage, and of whoever holds it.
type Names = [(&'static str, &'static str); 2];

const RECEIVED: Names =
    [("استلام الطلب", "Request received"), ("مكتب استقبال الطلبات", "Requests intake office")];
const VERIFICATION: Names = [
    ("التحقق من البيانات والوثائق", "Data and documents verified"),
    ("الموظف المختص", "The officer in charge"),
];
const DECISION: Names = [("القرار", "Decision"), ("صاحب القرار", "The decider")];
const OUTPUT: Names = [("إصدار المخرج", "Output issued"), ("المنصة", "The platform")];
const CORRECTION: Names = [("التصحيح لديك", "Correction by you"), ("مقدم الطلب", "The applicant")];
const COMPLETED: Names = [("اكتمل الطلب", "Completed"), ("المنصة", "The platform")];
const REFUSED: Names = [("رُفض الطلب", "Refused"), ("المنصة", "The platform")];

fn named(card: &Card, id: &str, names: Names) -> (Text, Text) {
    match card.stage(id) {
        Some(stage) => (stage.title.clone(), stage.holder.clone()),
        None => (Text::new(names[0].0, names[0].1), Text::new(names[1].0, names[1].1)),
    }
}

fn desk(role: &str) -> Party {
    Party::Provider { role: role.to_owned() }
}

fn stage(card: &Card, id: &str, names: Names, state: State, party: Party) -> Stage {
    let (title, holder) = named(card, id, names);
    Stage {
        id: id.to_owned(),
        title,
        holder,
        party,
        state,
        working_days: None,
        moves: Vec::new(),
        expiry: None,
        outputs: Vec::new(),
        legal_basis: None,
    }
}

impl Stage {
    fn with(mut self, ways: &[(Act, &str)]) -> Stage {
        let way = |(act, to): &(Act, &str)| Move { act: *act, to: (*to).to_owned(), title: None, asks: None };
        self.moves = ways.iter().map(way).collect();
        self
    }
}
