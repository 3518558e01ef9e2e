//! The fields of a process: the same names and values that `posted` reads back, with the words that a page shows.

use std::collections::HashMap;

use language::{Lang, Text};
use web::{
    Fault, Shell,
    components::{Choice, Field},
};

use super::posted::{LAPSE_SEPARATOR, LISTS};
use crate::{
    entry::{Card, directory::Provider},
    process::{Expiry, Move, Party, Process, Stage, page::act_word},
    request::{Act, State, page::words::state_word},
};

/// The acts that a process may hold; taking a request back stands in none.
const ACTS: [Act; 7] =
    [Act::Verify, Act::PassOn, Act::SendBack, Act::Resubmit, Act::Approve, Act::Refuse, Act::Issue];
/// The states for which a stage may stand; a request is withdrawn from any.
const STATES: [State; 6] =
    [State::Received, State::Verified, State::Approved, State::Returned, State::Completed, State::Refused];
/// Roles that sit at a desk of a process, the most usual first.
const ROLES: [&str; 7] = ["officer", "decider", "head", "member", "legal_reviewer", "verifier", "auditor"];

/// Every field with its value, in the order of the page.
pub(super) fn pairs(process: &Process) -> Vec<(String, String)> {
    let mut all = Pairs(Vec::new());
    all.text("legal_basis", &process.legal_basis);
    all.text("delivery.title", &process.delivery.title);
    all.text("delivery.holder", &process.delivery.holder);
    for list in LISTS {
        for (place, text) in texts(process, list).iter().enumerate() {
            all.text(&format!("{list}.{place}"), text);
        }
    }
    for (place, stage) in process.stages.iter().enumerate() {
        all.stage(&format!("stage.{place}"), stage);
    }
    all.0
}

pub(super) fn texts<'p>(process: &'p Process, list: &str) -> &'p [Text] {
    match list {
        "before" => &process.before,
        "after" => &process.after,
        "rights" => &process.rights,
        _ => &process.obligations,
    }
}

struct Pairs(Vec<(String, String)>);

impl Pairs {
    fn add(&mut self, name: String, value: impl Into<String>) {
        self.0.push((name, value.into()));
    }

    fn text(&mut self, name: &str, text: &Text) {
        self.add(format!("{name}_ar"), text.ar.as_str());
        self.add(format!("{name}_en"), text.en.as_str());
    }

    fn some(&mut self, name: &str, text: Option<&Text>) {
        self.text(name, text.unwrap_or(&Text::default()));
    }

    fn stage(&mut self, here: &str, stage: &Stage) {
        let at = |name: &str| format!("{here}.{name}");
        self.add(at("id"), stage.id.as_str());
        self.text(&at("title"), &stage.title);
        self.text(&at("holder"), &stage.holder);
        let (who, body) = match &stage.party {
            Party::Applicant => ("applicant", ""),
            Party::System => ("system", ""),
            Party::Provider { role } => (role.as_str(), ""),
            Party::Body { body, role } => (role.as_str(), body.as_str()),
        };
        self.add(at("who"), who);
        self.add(at("body"), body);
        self.add(at("state"), stage.state.word());
        self.add(at("working_days"), days(stage.working_days));
        for (place, way) in stage.moves.iter().enumerate() {
            self.way(&at(&format!("move.{place}")), way);
        }
        self.silence(here, stage.expiry.as_ref());
        for output in &stage.outputs {
            self.add(at("outputs"), output.as_str());
        }
        self.some(&at("legal_basis"), stage.legal_basis.as_ref());
    }

    fn way(&mut self, here: &str, way: &Move) {
        self.add(format!("{here}.act"), way.act.word());
        self.add(format!("{here}.to"), way.to.as_str());
        self.some(&format!("{here}.title"), way.title.as_ref());
        self.some(&format!("{here}.asks"), way.asks.as_ref());
    }

    fn silence(&mut self, here: &str, expiry: Option<&Expiry>) {
        let (then, after, role, lapse) = match expiry {
            None => ("", None, "", String::new()),
            Some(Expiry::Remind { after_working_days }) => {
                ("remind", Some(*after_working_days), "", String::new())
            }
            Some(Expiry::Escalate { after_working_days, role }) => {
                ("escalate", Some(*after_working_days), role.as_str(), String::new())
            }
            Some(Expiry::Act { after_working_days, act, to }) => {
                ("act", Some(*after_working_days), "", lapse(*act, to))
            }
        };
        self.add(format!("{here}.then"), then);
        self.add(format!("{here}.after"), days(after));
        self.add(format!("{here}.escalate"), role);
        self.add(format!("{here}.lapse"), lapse);
    }
}

fn lapse(act: Act, to: &str) -> String {
    format!("{}{LAPSE_SEPARATOR}{to}", act.word())
}

fn days(days: Option<u32>) -> String {
    days.map(|days| days.to_string()).unwrap_or_default()
}

/// A stage as it is edited.
pub(super) struct StageBox {
    pub place: usize,
    pub id: String,
    pub number: String,
    pub title: String,
    /// Who holds it and for how long, while the box is closed.
    pub told: String,
    pub is_open: bool,
    pub faults: Vec<Fault>,
    pub names: Vec<[Field; 2]>,
    pub who: Vec<Field>,
    pub ways: Vec<WayBox>,
    pub silence: Vec<Field>,
    pub outputs: Option<Field>,
    /// Outputs that are kept though the stage does not show them.
    pub hidden: Vec<String>,
    pub basis: [Field; 2],
}

/// A way on from a stage.
pub(super) struct WayBox {
    pub head: [Field; 2],
    pub words: Vec<[Field; 2]>,
    pub has_words: bool,
}

/// A list of texts in both languages.
pub(super) struct ListBox {
    pub list: &'static str,
    pub legend: String,
    pub rows: Vec<[Field; 2]>,
}

/// What the fields of a process are made from.
pub(super) struct Sheet<'s> {
    pub shell: &'s Shell,
    pub card: &'s Card,
    pub process: &'s Process,
    pub providers: &'s [std::sync::Arc<Provider>],
    values: HashMap<String, String>,
}

impl<'s> Sheet<'s> {
    pub(super) fn new(
        shell: &'s Shell,
        card: &'s Card,
        process: &'s Process,
        providers: &'s [std::sync::Arc<Provider>],
    ) -> Sheet<'s> {
        Sheet { shell, card, process, providers, values: pairs(process).into_iter().collect() }
    }

    fn value(&self, name: &str) -> &str {
        self.values.get(name).map(String::as_str).unwrap_or_default()
    }

    fn t(&self, key: &str) -> String {
        self.shell.t(&format!("process-edit-{key}"))
    }

    /// Both languages of a text beside each other.
    pub(super) fn pair(&self, name: &str, label: &str, rows: u8, required: bool) -> [Field; 2] {
        Lang::ALL.map(|lang| {
            let (name, code) = (format!("{name}_{}", lang.code()), lang.code());
            let label = self.shell.t1(&format!("proposal-in-{code}"), "what", label);
            let field = match rows {
                0 | 1 => Field::text(self.shell, &name, label),
                _ => Field::area(self.shell, &name, label).rows(rows),
            };
            let field = if required { field } else { field.optional() };
            field.attribute("lang", code).value(self.value(&name))
        })
    }

    fn select(&self, name: String, key: &str, choices: Vec<Choice>) -> Field {
        Field::select(self.shell, &name, self.t(key), choices).value(self.value(&name))
    }

    pub(super) fn lists(&self) -> Vec<ListBox> {
        let list = |list: &'static str| {
            let legend = self.t(if list == "after" { "after-list" } else { list });
            let rows = (0..texts(self.process, list).len())
                .map(|place| {
                    let what = self.shell.t2(
                        "process-edit-row",
                        "what",
                        legend.as_str(),
                        "number",
                        self.shell.num(place + 1),
                    );
                    self.pair(&format!("{list}.{place}"), &what, 2, true)
                })
                .collect();
            ListBox { list, legend, rows }
        };
        LISTS.into_iter().map(list).collect()
    }

    pub(super) fn stage(&self, place: usize, faults: Vec<Fault>, open: &str) -> Option<StageBox> {
        let stage = self.process.stages.get(place)?;
        let here = format!("stage.{place}");
        let title = self.shell.text(&stage.title).trim().to_owned();
        let makes = stage.offers(Act::Issue) && !self.card.outputs.is_empty();
        Some(StageBox {
            place,
            id: stage.id.clone(),
            number: self.shell.num(place + 1),
            title: if title.is_empty() { self.t("nameless") } else { title },
            told: self.told(stage),
            is_open: !faults.is_empty() || open == format!("stage-{place}"),
            faults,
            names: vec![
                self.pair(&format!("{here}.title"), &self.t("title"), 1, true),
                self.pair(&format!("{here}.holder"), &self.t("holder"), 1, false),
            ],
            who: self.who(&here),
            ways: (0..stage.moves.len())
                .map(|way| self.way(&format!("{here}.move.{way}"), stage, way))
                .collect(),
            silence: self.silence(&here, stage),
            outputs: makes.then(|| self.outputs(&here, stage)),
            hidden: if makes { Vec::new() } else { stage.outputs.clone() },
            basis: self.pair(
                &format!("{here}.legal_basis"),
                &self.shell.t("process-edit-stage-basis"),
                2,
                false,
            ),
        })
    }

    fn told(&self, stage: &Stage) -> String {
        let limit = stage.working_days.map(|days| self.shell.t1("process-days", "count", days));
        let holder = self.shell.text(&stage.holder).trim().to_owned();
        let parts = [holder, limit.unwrap_or_default()];
        let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        told.join(" · ")
    }

    fn who(&self, here: &str) -> Vec<Field> {
        let role = |role: &&str| Choice::new(*role, self.shell.t(&format!("org-role-{role}")));
        let mut who =
            vec![Choice::new("applicant", self.t("applicant")), Choice::new("system", self.t("system"))];
        who.extend(ROLES.iter().map(role));
        let bodies = self.providers.iter().filter(|body| body.slug != self.card.body);
        let bodies = bodies.map(|body| Choice::new(body.slug.as_str(), self.shell.text(&body.name)));
        let states = STATES.map(|state| Choice::new(state.word(), state_word(self.shell, state)));
        let promised = self.card.delivery_working_days;
        let default = promised.map(|days| self.shell.t1("process-days", "count", days));
        let default = default.unwrap_or_else(|| "none".to_owned());
        let limit = format!("{here}.working_days");
        vec![
            self.select(format!("{here}.who"), "who", who),
            self.select(format!("{here}.body"), "body", bodies.collect())
                .hint(self.shell.t("process-edit-body-hint"))
                .optional(),
            self.select(format!("{here}.state"), "state", states.to_vec()),
            Field::number(self.shell, &limit, self.t("limit"))
                .hint(self.shell.t1("process-edit-limit-hint", "promise", default))
                .optional()
                .value(self.value(&limit)),
        ]
    }

    fn targets(&self, own: &Stage) -> Vec<Choice> {
        let title = |stage: &Stage| {
            let title = self.shell.text(&stage.title).trim();
            if title.is_empty() { stage.id.clone() } else { title.to_owned() }
        };
        let others = self.process.stages.iter().filter(|stage| stage.id != own.id);
        others.map(|stage| Choice::new(stage.id.as_str(), title(stage))).collect()
    }

    fn way(&self, here: &str, stage: &Stage, place: usize) -> WayBox {
        let acts = ACTS.map(|act| Choice::new(act.word(), act_word(self.shell, act)));
        let mut targets = self.targets(stage);
        let to = self.value(&format!("{here}.to"));
        // A stage that is gone stays readable until its author has chosen another.
        if !to.is_empty() && targets.iter().all(|known| known.value != to) {
            targets.push(Choice::new(to, self.shell.t1("process-edit-gone", "stage", to)));
        }
        let way = &stage.moves[place];
        WayBox {
            head: [
                self.select(format!("{here}.act"), "act", acts.to_vec()),
                self.select(format!("{here}.to"), "to", targets),
            ],
            words: vec![
                self.pair(&format!("{here}.title"), &self.shell.t("process-edit-way-title"), 1, false),
                self.pair(&format!("{here}.asks"), &self.shell.t("process-edit-way-asks"), 1, false),
            ],
            has_words: way.title.is_some() || way.asks.is_some(),
        }
    }

    fn silence(&self, here: &str, stage: &Stage) -> Vec<Field> {
        let then = ["remind", "escalate", "act"];
        let then = then.map(|word| Choice::new(word, self.t(&format!("then-{word}"))));
        let roles = ROLES.map(|role| Choice::new(role, self.shell.t(&format!("org-role-{role}"))));
        let title = |id: &str| match self.process.stage(id) {
            Some(stage) => self.shell.text(&stage.title).to_owned(),
            None => id.to_owned(),
        };
        let said = |act: Act, to: &str| {
            self.shell.t2("process-way", "act", act_word(self.shell, act), "stage", title(to))
        };
        let mut ways: Vec<Choice> = stage
            .moves
            .iter()
            .map(|way| Choice::new(lapse(way.act, &way.to), said(way.act, &way.to)))
            .collect();
        if let Some(Expiry::Act { act, to, .. }) = &stage.expiry
            && ways.iter().all(|known| known.value != lapse(*act, to))
        {
            ways.push(Choice::new(lapse(*act, to), said(*act, to)));
        }
        let after = format!("{here}.after");
        vec![
            self.select(format!("{here}.then"), "then", then.to_vec()).optional(),
            Field::number(self.shell, &after, self.t("after")).optional().value(self.value(&after)),
            self.select(format!("{here}.escalate"), "escalate", roles.to_vec()).optional(),
            self.select(format!("{here}.lapse"), "lapse", ways).optional(),
        ]
    }

    fn outputs(&self, here: &str, stage: &Stage) -> Field {
        let outputs = self.card.outputs.iter();
        let outputs = outputs.map(|it| Choice::new(it.id.as_str(), self.shell.text(&it.title)));
        let name = format!("{here}.outputs");
        Field::checkboxes(self.shell, &name, self.t("outputs"), outputs.collect())
            .hint(self.shell.t("process-edit-outputs-hint"))
            .optional()
            .value(stage.outputs.join("\n"))
    }
}
