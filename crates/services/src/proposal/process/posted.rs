//! From what a page posted back to a process, and the orders that its buttons give: a stage more, a move less, one place
//! up. Nothing is judged here; a draft may be as unfinished as its author is.

use language::{Text, fold_digits};

use crate::{
    process::{Expiry, Milestone, Move, Party, Process, Stage},
    request::{Act, State},
};

/// Rows of a list beyond which a page is not read.
const ROWS_MAX: usize = 80;
/// Tells an act from the stage that it leads to, in the choice of what the law answers.
pub(super) const LAPSE_SEPARATOR: char = '>';
/// The lists of texts in the order of the page.
pub(super) const LISTS: [&str; 4] = ["before", "after", "rights", "obligations"];

/// The fields of a form by their names.
pub(super) struct Posted<'p>(pub &'p [(String, String)]);

impl Posted<'_> {
    pub(super) fn one(&self, name: &str) -> String {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.replace("\r\n", "\n").trim().to_owned()).unwrap_or_default()
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    fn text(&self, name: &str) -> Text {
        Text::new(self.one(&format!("{name}_ar")), self.one(&format!("{name}_en")))
    }

    /// A text that may be left out.
    fn some(&self, name: &str) -> Option<Text> {
        Some(self.text(name)).filter(|text| !text.ar.is_empty() || !text.en.is_empty())
    }

    /// Digits of either script. What is no number is as wrong as nought, and the check says so.
    fn days(&self, name: &str) -> Option<u32> {
        let typed = fold_digits(&self.one(name));
        (!typed.trim().is_empty()).then(|| typed.trim().parse().unwrap_or_default())
    }

    fn texts(&self, list: &str) -> Vec<Text> {
        let rows = (0..ROWS_MAX).take_while(|place| self.has(&format!("{list}.{place}_ar")));
        rows.map(|place| self.text(&format!("{list}.{place}"))).collect()
    }

    pub(super) fn process(&self) -> Process {
        let stages = (0..ROWS_MAX).take_while(|place| self.has(&format!("stage.{place}.id")));
        Process {
            legal_basis: self.text("legal_basis"),
            rights: self.texts("rights"),
            obligations: self.texts("obligations"),
            before: self.texts("before"),
            after: self.texts("after"),
            delivery: Milestone { title: self.text("delivery.title"), holder: self.text("delivery.holder") },
            stages: stages.map(|place| self.stage(&format!("stage.{place}"))).collect(),
        }
    }

    fn stage(&self, here: &str) -> Stage {
        let at = |name: &str| format!("{here}.{name}");
        let moves = (0..ROWS_MAX).take_while(|place| self.has(&format!("{here}.move.{place}.act")));
        let outputs = self.0.iter().filter(|(name, _)| *name == at("outputs"));
        Stage {
            id: self.one(&at("id")),
            title: self.text(&at("title")),
            holder: self.text(&at("holder")),
            party: self.party(here),
            state: State::named(&self.one(&at("state"))).unwrap_or(State::Received),
            working_days: self.days(&at("working_days")),
            moves: moves.filter_map(|place| self.way(&format!("{here}.move.{place}"))).collect(),
            expiry: self.expiry(here),
            outputs: outputs.map(|(_, value)| value.clone()).filter(|value| !value.is_empty()).collect(),
            legal_basis: self.some(&at("legal_basis")),
        }
    }

    fn party(&self, here: &str) -> Party {
        let (who, body) = (self.one(&format!("{here}.who")), self.one(&format!("{here}.body")));
        match (who.as_str(), body.is_empty()) {
            ("applicant", _) => Party::Applicant,
            ("system", _) => Party::System,
            (_, true) => Party::Provider { role: who },
            (_, false) => Party::Body { body, role: who },
        }
    }

    fn way(&self, here: &str) -> Option<Move> {
        let act = act_named(&self.one(&format!("{here}.act")))?;
        let to = self.one(&format!("{here}.to"));
        Some(Move {
            act,
            to,
            title: self.some(&format!("{here}.title")),
            asks: self.some(&format!("{here}.asks")),
        })
    }

    fn expiry(&self, here: &str) -> Option<Expiry> {
        let at = |name: &str| format!("{here}.{name}");
        let after_working_days = self.days(&at("after")).unwrap_or_default();
        match self.one(&at("then")).as_str() {
            "remind" => Some(Expiry::Remind { after_working_days }),
            "escalate" => Some(Expiry::Escalate { after_working_days, role: self.one(&at("escalate")) }),
            "act" => {
                let lapse = self.one(&at("lapse"));
                let (act, to) = lapse.split_once(LAPSE_SEPARATOR).unwrap_or((&lapse, ""));
                let act = act_named(act).unwrap_or(Act::PassOn);
                Some(Expiry::Act { after_working_days, act, to: to.to_owned() })
            }
            _ => None,
        }
    }
}

fn act_named(word: &str) -> Option<Act> {
    Act::ALL.into_iter().find(|act| act.word() == word)
}

/// Carries an order out: `stage.add`, `stage.2.up`, `stage.2.move.add`, `stage.2.move.0.remove`, `before.add`,
/// `before.1.down`. Gives the place on the page where the author goes on; an order that fits nothing changes nothing.
pub(super) fn order(process: &mut Process, order: &str) -> String {
    let words: Vec<&str> = order.split('.').collect();
    let number = |word: &str| word.parse::<usize>().ok();
    match words.as_slice() {
        ["stage", "add"] => format!("stage-{}", add_stage(process)),
        ["stage", place, "move", "add"] => {
            if let Some(stage) = number(place).and_then(|place| process.stages.get_mut(place)) {
                stage.moves.push(Move { act: Act::PassOn, to: String::new(), title: None, asks: None });
            }
            format!("stage-{place}")
        }
        ["stage", place, "move", way, how] => {
            if let Some(stage) = number(place).and_then(|place| process.stages.get_mut(place)) {
                number(way).and_then(|way| rearrange(&mut stage.moves, way, how));
            }
            format!("stage-{place}")
        }
        ["stage", place, how] => {
            let place = number(place).unwrap_or(usize::MAX);
            rearrange(&mut process.stages, place, how).map_or("stages".into(), |now| format!("stage-{now}"))
        }
        [list, rest @ ..] => {
            let Some(texts) = list_of(process, list) else { return String::new() };
            match rest {
                ["add"] if texts.len() < ROWS_MAX => texts.push(Text::default()),
                [place, how] => drop(number(place).and_then(|place| rearrange(texts, place, how))),
                _ => {}
            }
            format!("list-{list}")
        }
        [] => String::new(),
    }
}

fn list_of<'p>(process: &'p mut Process, list: &str) -> Option<&'p mut Vec<Text>> {
    match list {
        "before" => Some(&mut process.before),
        "after" => Some(&mut process.after),
        "rights" => Some(&mut process.rights),
        "obligations" => Some(&mut process.obligations),
        _ => None,
    }
}

/// The place of the row afterwards; nothing when it is gone.
fn rearrange<T>(rows: &mut Vec<T>, place: usize, how: &str) -> Option<usize> {
    if place >= rows.len() {
        return None;
    }
    let to = match how {
        "up" => place.saturating_sub(1),
        "down" => (place + 1).min(rows.len() - 1),
        "remove" => {
            rows.remove(place);
            return None;
        }
        _ => place,
    };
    rows.swap(place, to);
    Some(to)
}

/// A new stage stands before the ends, at an officer's desk, and leads nowhere yet.
fn add_stage(process: &mut Process) -> usize {
    let free = |number: &usize| process.stage(&format!("stage-{number}")).is_none();
    let number = (1..=ROWS_MAX + 1).find(free).unwrap_or_default();
    let stage = Stage {
        id: format!("stage-{number}"),
        title: Text::default(),
        holder: Text::default(),
        party: Party::Provider { role: "officer".to_owned() },
        state: State::Received,
        working_days: None,
        moves: Vec::new(),
        expiry: None,
        outputs: Vec::new(),
        legal_basis: None,
    };
    let place = process.stages.iter().position(Stage::is_end).unwrap_or(process.stages.len());
    if process.stages.len() < ROWS_MAX {
        process.stages.insert(place, stage);
    }
    place
}
