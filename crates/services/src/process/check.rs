//! Whether a process can be carried out: what is wrong with it, one finding each, before it is published.
//!
//! Pure: it looks at the document and the card. Whether the bodies that it names exist and have somebody to act is asked
//! of the database by `publish`.

use std::collections::HashSet;

use authz::Item;
use language::Text;

use super::{Expiry, Move, Party, Process, Stage};
use crate::{
    entry::Card,
    request::{Act, State},
};

impl Process {
    /// Everything that keeps this process from being carried out; nothing when it can be.
    pub fn findings(&self, card: &Card) -> Vec<Item> {
        let mut found = Findings(Vec::new());
        if self.stages.is_empty() {
            found.add("process", "no_stages", "");
            return found.0;
        }
        self.check_start(&mut found);
        for (place, stage) in self.stages.iter().enumerate() {
            if self.stages[..place].iter().any(|before| before.id == stage.id) {
                found.stage(stage, "stage_twice", "");
            }
            self.check_stage(stage, &mut found);
        }
        self.check_paths(&mut found);
        self.check_outputs(card, &mut found);
        self.check_clocks(card, &mut found);
        found.0
    }

    fn check_start(&self, found: &mut Findings) {
        if let Some(start) = self.start()
            && (start.state != State::Received || start.party.role().is_none())
        {
            found.stage(start, "start_not_a_desk", "");
        }
    }

    fn check_stage(&self, stage: &Stage, found: &mut Findings) {
        if blank(&stage.title) {
            found.stage(stage, "title_missing", "");
        }
        if !stage.is_end() && !stage.party.is_somebody() {
            found.stage(stage, "party_missing", "");
        }
        match (stage.is_end(), stage.moves.is_empty()) {
            (true, false) => found.stage(stage, "moves_after_end", ""),
            (false, true) => found.stage(stage, "dead_end", ""),
            _ => {}
        }
        for (place, way) in stage.moves.iter().enumerate() {
            self.check_move(stage, place, way, found);
        }
        if stage.working_days == Some(0) {
            found.stage(stage, "clock_not_positive", "");
        }
        if let Some(expiry) = &stage.expiry {
            self.check_expiry(stage, expiry, found);
        }
    }

    fn check_move(&self, stage: &Stage, place: usize, way: &Move, found: &mut Findings) {
        let same = |other: &&Move| other.act == way.act && (other.to == way.to || way.act != Act::PassOn);
        if stage.moves[..place].iter().any(|other| same(&other)) {
            found.stage(stage, "move_twice", way.act.word());
        }
        if !stage.party.may(way.act) {
            found.stage(stage, "act_of_others", way.act.word());
        }
        match self.stage(&way.to) {
            None => found.stage(stage, "unknown_target", &way.to),
            Some(next) if !leads_to(way.act, next) => found.stage(stage, "wrong_target", &way.to),
            Some(_) => {}
        }
    }

    fn check_expiry(&self, stage: &Stage, expiry: &Expiry, found: &mut Findings) {
        let days = match expiry {
            Expiry::Remind { after_working_days } => *after_working_days,
            Expiry::Escalate { after_working_days, role } => {
                if role.trim().is_empty() {
                    found.stage(stage, "party_missing", "");
                }
                *after_working_days
            }
            Expiry::Act { after_working_days, act, to } => {
                match self.stage(to) {
                    None => found.stage(stage, "unknown_target", to),
                    Some(next) if !leads_to(*act, next) => found.stage(stage, "wrong_target", to),
                    Some(_) => {}
                }
                *after_working_days
            }
        };
        if days == 0 {
            found.stage(stage, "clock_not_positive", "");
        }
    }

    /// Every stage is reached, an end is reachable from each, nothing goes round without the applicant, and nothing is
    /// granted that nobody has verified.
    fn check_paths(&self, found: &mut Findings) {
        let start = self.start().map_or("", |stage| stage.id.as_str());
        let reached: HashSet<&str> = self.ahead(start).into_iter().chain([start]).collect();
        for stage in &self.stages {
            let ahead = self.ahead(&stage.id);
            if !reached.contains(stage.id.as_str()) {
                found.stage(stage, "unreachable", "");
            }
            let ends = ahead.iter().any(|id| self.stage(id).is_some_and(Stage::is_end));
            if !stage.is_end() && !stage.moves.is_empty() && !ends {
                found.stage(stage, "no_end", "");
            }
            if stage.party != Party::Applicant && self.returns_alone(stage) {
                found.stage(stage, "loop_without_applicant", "");
            }
        }
        for stage in self.granted_unverified() {
            found.stage(stage, "granted_unverified", "");
        }
    }

    /// Whether a stage comes back to itself without the applicant having moved.
    fn returns_alone(&self, stage: &Stage) -> bool {
        let among_desks = |from: &Stage, _: &Move| from.party != Party::Applicant;
        self.reached_by(&[&stage.id], among_desks).contains(stage.id.as_str())
    }

    /// The stages that grant what can arrive there without a verification. What the applicant corrects counts as
    /// unverified again, so it is followed from there as well.
    fn granted_unverified(&self) -> Vec<&Stage> {
        let corrected = self.stages.iter().flat_map(|stage| &stage.moves);
        let corrected = corrected.filter(|way| way.act == Act::Resubmit).map(|way| way.to.as_str());
        let from: Vec<&str> =
            self.start().map(|stage| stage.id.as_str()).into_iter().chain(corrected).collect();
        let mut open = self.reached_by(&from, |_, way| way.act != Act::Verify);
        open.extend(from);
        self.stages
            .iter()
            .filter(|stage| stage.offers(Act::Approve) && open.contains(stage.id.as_str()))
            .collect()
    }

    /// The stages that are reached from some by the moves that are allowed.
    fn reached_by<'p>(&'p self, from: &[&str], allowed: impl Fn(&Stage, &Move) -> bool) -> HashSet<&'p str> {
        let mut reached = HashSet::new();
        let mut open: Vec<&Stage> = from.iter().filter_map(|id| self.stage(id)).collect();
        while let Some(stage) = open.pop() {
            for way in stage.moves.iter().filter(|way| allowed(stage, way)) {
                if let Some(next) = self.stage(&way.to)
                    && reached.insert(next.id.as_str())
                {
                    open.push(next);
                }
            }
        }
        reached
    }

    /// Each output of the card is made somewhere, and each required document is looked at by somebody.
    fn check_outputs(&self, card: &Card, found: &mut Findings) {
        let start = self.start().map_or("", |stage| stage.id.as_str());
        let reached: Vec<&Stage> =
            self.ahead(start).into_iter().chain([start]).filter_map(|id| self.stage(id)).collect();
        for stage in &self.stages {
            for output in stage.outputs.iter().filter(|id| card.outputs.iter().all(|known| known.id != **id))
            {
                found.stage(stage, "unknown_output", output);
            }
        }
        for output in &card.outputs {
            let made = |stage: &&Stage| {
                stage.offers(Act::Issue) && (stage.outputs.is_empty() || stage.outputs.contains(&output.id))
            };
            if !reached.iter().any(made) {
                found.add(&format!("output.{}", output.id), "output_never_made", "");
            }
        }
        if !reached.iter().any(|stage| stage.offers(Act::Verify)) {
            for evidence in card.documents.iter().filter(|evidence| evidence.required) {
                found.add(&format!("document.{}", evidence.id), "document_never_checked", "");
            }
        }
    }

    /// The time limits of the stages fit into what the card promises.
    fn check_clocks(&self, card: &Card, found: &mut Findings) {
        let desks = self.course().filter(|stage| stage.party != Party::System);
        let days: u32 = desks.filter_map(|stage| stage.working_days).fold(0, u32::saturating_add);
        if let Some(promised) = card.delivery_working_days
            && days > promised
        {
            found.add("process", "clocks_exceed_promise", &format!("{days} > {promised}"));
        }
    }
}

/// Whether an act may end at a stage: each act has one kind of place behind it.
fn leads_to(act: Act, next: &Stage) -> bool {
    let is_desk = next.party.role().is_some();
    match act {
        Act::Verify | Act::PassOn | Act::Resubmit => is_desk && !next.is_end(),
        Act::SendBack => next.party == Party::Applicant && next.state == State::Returned,
        Act::Approve => next.party == Party::System && next.state == State::Approved,
        Act::Refuse => next.state == State::Refused,
        Act::Issue => next.state == State::Completed,
        // What an applicant may do at any stage stands at none.
        Act::Withdraw | Act::Complete => false,
    }
}

impl Party {
    fn is_somebody(&self) -> bool {
        match self {
            Party::Applicant | Party::System => true,
            Party::Provider { role } => organisations::ROLES.contains(&role.as_str()),
            Party::Body { body, role } => {
                !body.trim().is_empty() && organisations::ROLES.contains(&role.as_str())
            }
        }
    }

    fn may(&self, act: Act) -> bool {
        match act {
            Act::Resubmit => *self == Party::Applicant,
            Act::Issue => *self == Party::System,
            _ => self.role().is_some(),
        }
    }
}

fn blank(text: &Text) -> bool {
    text.ar.trim().is_empty() || text.en.trim().is_empty()
}

struct Findings(Vec<Item>);

impl Findings {
    fn add(&mut self, field: &str, code: &str, detail: &str) {
        self.0.push(Item { field: field.into(), code: code.into(), detail: detail.into() });
    }

    fn stage(&mut self, stage: &Stage, code: &str, detail: &str) {
        self.add(&format!("stage.{}", stage.id), code, detail);
    }
}
