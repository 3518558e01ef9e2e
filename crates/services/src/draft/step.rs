//! `/drafts/{id}/{step}`: one step of the form. What was typed is saved first, valid or not; then it is checked, and
//! what is wrong is said on the same page with nothing to type again (LY-SVC-13.2a).

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Kind, Refusal};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use clock::Timestamp;
use identity::Caller;
use language::Text;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use web::{Fault, Form, Json, Page, Path, Shell, see_other, stay};

use super::{
    Draft,
    frame::Frame,
    journey::Stop,
    keep::{Change as KeptChange, Keep},
    open::Opened,
    page::{Whence, Working},
};
use crate::{
    Services,
    form::{
        self, Change, How,
        asked::{Asked, Asking, Note, shown},
        group::ROWS_ACT,
    },
};

/// The button that saves and leaves.
const LATER: &str = "_later";
/// The button that takes another device's answer; with a minus before it, the one that leaves it.
const TAKE: &str = "_take";
/// The button of whoever has read what changed.
const READ: &str = "_read";
/// The revision of the draft that a page showed.
const SEEN: &str = "_seen";

type Posted = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "draft/step.html")]
struct StepPage {
    shell: Shell,
    frame: Frame,
    questions: Vec<Asked>,
    faults: Vec<Fault>,
    /// The law under which every personal question of this step is asked, when it is one and the same (LY-SVC-6.4a).
    basis: Option<Text>,
    changes: Vec<Change>,
    /// What the script of the page needs.
    live: Live,
}

/// What the page keeps and computes with while somebody types.
struct Live {
    /// Where the form saves while somebody types.
    keep: String,
    seen: i64,
    rules: String,
    answers: String,
    today: i64,
}

/// The answer to whoever saves while typing.
#[derive(Serialize)]
pub(super) struct Kept {
    /// The saved mark: «حُفظ في 10:42».
    said: String,
    revision: i64,
    /// Questions that were answered otherwise on another device.
    others: Vec<String>,
}

pub(super) async fn show(
    Working { shell, whence, opened, .. }: Working,
    Path((_, step)): Path<(Uuid, String)>,
) -> Result<Response, web::Error> {
    let place = opened.journey.form_at(&step).ok_or_else(Refusal::not_found)?;
    Ok(Page(StepPage::new(shell, &opened, place, &whence, None)).into_response())
}

pub(super) async fn submit(
    Working { services, shell, whence, mut opened, .. }: Working,
    Path((_, step)): Path<(Uuid, String)>,
    Form(posted): Form<Posted>,
) -> Result<Response, web::Error> {
    let place = opened.journey.form_at(&step).ok_or_else(Refusal::not_found)?;
    services.keep_step(&mut opened, place, &posted).await?;
    if settle(&services, &mut opened, &posted).await? {
        return Ok(see_other(&format!("{}{}", opened.href(Stop::Form(place)), whence.query())));
    }
    if let Some((_, word)) = posted.iter().find(|(name, _)| name == ROWS_ACT) {
        let group = form::key_of(word);
        let known = opened.entry.form.field(group).map(|field| field.key.as_str()).unwrap_or_default();
        let href = opened.href(Stop::Form(place));
        return Ok(see_other(&format!("{href}{}#{known}", whence.query())));
    }
    if posted.iter().any(|(name, _)| name == LATER) {
        return Ok(see_other("/?kept=1"));
    }
    match opened.wrong(place) {
        None => Ok(see_other(&whence.next(&opened, Stop::Form(place)))),
        wrong => {
            let page = StepPage::new(shell, &opened, place, &whence, wrong);
            Ok(stay(Kind::Invalid, page))
        }
    }
}

/// Saves while somebody types, and says when.
pub(super) async fn keep(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((id, step)): Path<(Uuid, String)>,
    Form(posted): Form<Posted>,
) -> Result<Json<Kept>, web::Error> {
    let mut opened = services.open_draft(&actor, id).await?;
    let place = opened.form_at(&step).ok_or_else(Refusal::not_found)?;
    if opened.draft.sent_as.is_none() {
        services.keep_step(&mut opened, place, &posted).await?;
    }
    let others = opened.draft.notes.others.keys().cloned().collect();
    let said = shell.t1("web-saved-at", "time", opened.saved(&shell));
    Ok(Json(Kept { said, revision: opened.draft.revision, others }))
}

/// Takes another device's answer, or says that the changes of a new version were read.
async fn settle(services: &Services, opened: &mut Opened, posted: &Posted) -> Result<bool, Failure> {
    let word = |name: &str| posted.iter().find(|(key, _)| key == name).map(|(_, word)| word.as_str());
    let change = match (word(TAKE), word(READ)) {
        (Some(word), _) => match word.strip_prefix('-') {
            Some(key) => KeptChange::Other { key: key.to_owned(), takes: false },
            None => KeptChange::Other { key: word.to_owned(), takes: true },
        },
        (None, Some(_)) => KeptChange::Read,
        (None, None) => return Ok(false),
    };
    services.change(opened, change).await?;
    Ok(true)
}

impl Services {
    async fn keep_step(&self, opened: &mut Opened, place: usize, posted: &Posted) -> Result<(), Failure> {
        let entry = opened.entry.clone();
        let Some(step) = entry.form.steps().get(place) else { return Ok(()) };
        let mut answers = opened.draft.answers.clone();
        entry.form.read_step(&step.id, posted, &mut answers);
        entry.form.act_on_rows(posted, &mut answers);
        let seen = posted.iter().find(|(name, _)| name == SEEN).and_then(|(_, seen)| seen.parse().ok());
        let keys = step.fields.clone();
        self.change(opened, KeptChange::Answers { keys, answers, seen }).await
    }

    async fn change(&self, opened: &mut Opened, change: KeptChange) -> Result<(), Failure> {
        let (person, draft) = (opened.draft.person, opened.draft.id);
        let keep = Keep { person, draft, entry: opened.entry.clone(), change, at: self.clock.now() };
        let kept = self.store.write(keep).await?;
        let documents = std::mem::take(&mut opened.draft.documents);
        opened.draft = Draft { documents, ..kept };
        opened.refresh();
        Ok(())
    }
}

impl Opened {
    /// A step at its address, also while it does not apply: what was typed there is kept.
    fn form_at(&self, address: &str) -> Option<usize> {
        let steps = self.entry.form.steps();
        self.journey.form_at(address).or_else(|| steps.iter().position(|step| step.id == address))
    }

    /// What is wrong with a step, if anything is.
    fn wrong(&self, place: usize) -> Option<Refusal> {
        let step = self.entry.form.steps().get(place)?;
        let answers = Value::Object(self.draft.answers.clone());
        let items = self.entry.form.check_step(&answers, &step.id, self.today);
        let refusal = || Refusal::new(Kind::Invalid, "request.incomplete", &["LY-SVC-13.2a"]);
        (!items.is_empty()).then(|| refusal().with_items(items))
    }
}

impl StepPage {
    fn new(shell: Shell, opened: &Opened, place: usize, whence: &Whence, wrong: Option<Refusal>) -> StepPage {
        let mut faults = wrong.map(|refusal| shell.faults(&refusal)).unwrap_or_default();
        for fault in &mut faults {
            fault.label = opened.label_of(&fault.field, &shell);
        }
        let form = &opened.entry.form;
        let keys = form.steps().get(place).map(|step| step.fields.as_slice()).unwrap_or_default();
        let fields: Vec<&form::Field> = keys.iter().filter_map(|key| form.field(key)).collect();
        let basis = common_basis(&fields);
        let answers = &form.begun(&opened.draft.answers);
        let outcome = &form.outcome(answers, opened.today);
        let asking = Asking { shell: &shell, form, answers, outcome, faults: &faults };
        let questions: Vec<Asked> = fields
            .iter()
            .map(|field| {
                let mut asked = asking.question(field);
                if basis.is_some() {
                    asked.without_basis();
                }
                asked.notes.extend(opened.other(field, &shell));
                asked
            })
            .collect();
        let stop = Stop::Form(place);
        let frame = opened.frame(&shell, stop, whence);
        let live = opened.live(stop);
        StepPage { frame, basis, changes: opened.changes.clone(), live, questions, faults, shell }
    }
}

impl StepPage {
    fn change_key(&self, change: &Change) -> &'static str {
        match change.how {
            How::Added => "form-change-added",
            How::Removed => "form-change-removed",
            How::Required => "form-change-required",
            How::Optional => "form-change-optional",
            How::Changed => "form-change-changed",
        }
    }
}

impl Opened {
    fn live(&self, stop: Stop) -> Live {
        let program = self.entry.form.ruling().program();
        let ruled =
            program.has_rules() || self.entry.form.fields().iter().any(|field| !field.columns.is_empty());
        Live {
            keep: format!("/drafts/{}/keep/{}", self.draft.id, self.journey.address(stop)),
            seen: self.draft.revision,
            rules: if ruled { program.json().to_string() } else { String::new() },
            answers: serde_json::to_string(&self.draft.answers).unwrap_or_default(),
            today: self.today,
        }
    }

    /// Where an answer came from, or what another device answered.
    fn other(&self, field: &form::Field, shell: &Shell) -> Vec<Note> {
        let given = self.draft.answers.get(&field.key);
        if given.is_some() && given == self.draft.notes.sources.get(&field.key) {
            let source = shell.t("draft-source-persons");
            let text = shell.t1("draft-source", "source", source.as_str());
            return vec![Note { kind: "source", text, take: None }];
        }
        let Some(other) = self.draft.notes.others.get(&field.key) else { return Vec::new() };
        let value = shown(shell, field, &other.value);
        let at = shell.moment(Timestamp(other.at));
        let text = shell.t2("draft-other", "value", value.as_str(), "time", at.as_str());
        vec![Note { kind: "other", text, take: Some(field.key.clone()) }]
    }
}

/// The one law behind all personal questions, so that it is said once and not under each of them.
fn common_basis(fields: &[&form::Field]) -> Option<Text> {
    let personal: Vec<&Text> = fields.iter().filter_map(|field| field.legal_basis.as_ref()).collect();
    let first = personal.first()?;
    let same = personal.iter().all(|basis| basis == first);
    (same && personal.len() > 1).then(|| (*first).clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Form;

    // proves: LY-SVC-6.4a
    #[test]
    fn a_law_that_all_questions_share_is_said_once() {
        let source = include_str!("../../../../demo/services/residence-certificate.form.json");
        let form = Form::parse(source).expect("the demo form parses");
        let of_step = |id: &str| -> Vec<&form::Field> {
            let step = form.step(id).expect("the step exists");
            step.fields.iter().filter_map(|key| form.field(key)).collect()
        };
        assert!(common_basis(&of_step("residence")).is_some_and(|basis| basis.en.contains("Law No. 27")));
        assert_eq!(common_basis(&of_step("purpose")), None);
        assert_eq!(common_basis(&[]), None);
    }
}
