//! `/drafts/{id}/{step}`: one step of the form. What was typed is saved first, valid or not; then it is checked, and
//! what is wrong is said on the same page with nothing to type again (LY-SVC-13.2a).

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Kind, Refusal};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use identity::Caller;
use language::Text;
use serde_json::Value;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Field, named},
    see_other,
};

use super::{frame::Frame, journey::Stop, open::Opened, page::Whence};
use crate::{
    Services,
    form::{self, FieldKind},
};

/// The button that saves and leaves.
const LATER: &str = "_later";

type Posted = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "draft/step.html")]
struct StepPage {
    shell: Shell,
    frame: Frame,
    /// Where the form saves while somebody types.
    keep: String,
    fields: Vec<Field>,
    faults: Vec<Fault>,
    /// The law under which every personal question of this step is asked, when it is one and the same (LY-SVC-6.4a).
    basis: Option<Text>,
}

/// The saved mark alone, for whoever saves while typing.
#[derive(Template)]
#[template(path = "draft/kept.html")]
pub(super) struct KeptPiece {
    shell: Shell,
    saved: String,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((id, step)): Path<(Uuid, String)>,
    Query(whence): Query<Whence>,
) -> Result<Response, web::Error> {
    let opened = services.open_draft(&actor, id).await?;
    if let Some(sent) = opened.sent() {
        return Ok(sent);
    }
    let place = opened.journey.form_at(&step).ok_or_else(Refusal::not_found)?;
    Ok(Page(StepPage::new(shell, &opened, place, &whence, None)).into_response())
}

pub(super) async fn submit(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((id, step)): Path<(Uuid, String)>,
    Query(whence): Query<Whence>,
    Form(posted): Form<Posted>,
) -> Result<Response, web::Error> {
    let mut opened = services.open_draft(&actor, id).await?;
    if let Some(sent) = opened.sent() {
        return Ok(sent);
    }
    let place = opened.journey.form_at(&step).ok_or_else(Refusal::not_found)?;
    services.keep_step(&mut opened, place, &posted).await?;
    if posted.iter().any(|(name, _)| name == LATER) {
        return Ok(see_other("/?kept=1"));
    }
    match opened.wrong(place) {
        None => Ok(see_other(&whence.next(&opened, Stop::Form(place)))),
        wrong => {
            let page = StepPage::new(shell, &opened, place, &whence, wrong);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response())
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
) -> Result<Page<KeptPiece>, web::Error> {
    let mut opened = services.open_draft(&actor, id).await?;
    let place = opened.journey.form_at(&step).ok_or_else(Refusal::not_found)?;
    if opened.draft.sent_as.is_none() {
        services.keep_step(&mut opened, place, &posted).await?;
    }
    Ok(Page(KeptPiece { saved: opened.saved(&shell), shell }))
}

impl Services {
    async fn keep_step(&self, opened: &mut Opened, place: usize, posted: &Posted) -> Result<(), Failure> {
        let entry = opened.entry.clone();
        let Some(step) = entry.form.steps().get(place) else { return Ok(()) };
        let answers = &mut opened.draft.answers;
        entry.form.read_step(&step.id, posted, answers);
        // A yes-or-no question that was left open is not a no.
        let open = step.fields.iter().filter(|key| !posted.iter().any(|(name, _)| name == *key));
        for field in
            open.filter_map(|key| entry.form.field(key)).filter(|field| field.kind == FieldKind::Truth)
        {
            answers.shift_remove(&field.key);
        }
        self.save(opened).await
    }
}

impl Opened {
    /// What is wrong with a step, if anything is.
    fn wrong(&self, place: usize) -> Option<Refusal> {
        let step = self.entry.form.steps().get(place)?;
        let items = self.entry.form.check_step(&Value::Object(self.draft.answers.clone()), &step.id);
        let refusal = || Refusal::new(Kind::Invalid, "request.incomplete", &["LY-SVC-13.2a"]);
        (!items.is_empty()).then(|| refusal().with_items(items))
    }
}

impl StepPage {
    fn new(shell: Shell, opened: &Opened, place: usize, whence: &Whence, wrong: Option<Refusal>) -> StepPage {
        let faults = wrong.map(|refusal| shell.faults(&refusal)).unwrap_or_default();
        let entry = &opened.entry;
        let keys = entry.form.steps().get(place).map(|step| step.fields.as_slice()).unwrap_or_default();
        let asked: Vec<&form::Field> = keys.iter().filter_map(|key| entry.form.field(key)).collect();
        let basis = common_basis(&asked);
        let fields: Vec<Field> = asked
            .iter()
            .map(|field| {
                let asked = field.asked(&shell, opened.draft.answers.get(&field.key)).faults(&faults);
                if is_digits(entry.form.schema(), &field.key) {
                    asked.attribute("inputmode", "numeric")
                } else {
                    asked
                }
            })
            .map(|field| if basis.is_some() { field.basis("", "") } else { field })
            .collect();
        let stop = Stop::Form(place);
        let keep = format!("/drafts/{}/keep/{}", opened.draft.id, opened.journey.address(stop));
        let frame = opened.frame(&shell, stop, whence);
        StepPage { faults: named(faults, &fields), frame, keep, basis, fields, shell }
    }
}

/// A code of digits alone gets the keyboard of digits.
fn is_digits(schema: &Value, key: &str) -> bool {
    let pattern = schema.pointer(&format!("/properties/{key}/pattern")).and_then(Value::as_str);
    pattern.is_some_and(|pattern| !pattern.contains(char::is_alphabetic))
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

    #[test]
    fn digits_get_their_keyboard() {
        let schema = serde_json::json!({ "properties": {
            "plot": { "pattern": "^[0-9]{3,8}$" },
            "passport": { "pattern": "^[A-Z0-9]{6,9}$" },
            "name": {},
        }});
        let of = |key: &str| is_digits(&schema, key);
        assert_eq!((of("plot"), of("passport"), of("name"), of("absent")), (true, false, false, false));
    }

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
