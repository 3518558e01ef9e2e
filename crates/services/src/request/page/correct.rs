//! Correcting what was returned, and only that, with each instruction beside its field (LY-SVC-16.2).

pub(crate) mod posted;

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart},
    response::{IntoResponse, Response},
    routing::get,
};
use rules::Outcome;
use serde_json::{Map, Value};
use uuid::Uuid;
use web::{Fault, Page, Path, Shell, components, see_other, stay};

use self::posted::Posted;
use super::{about::About, words};
use crate::{
    Services,
    call::Visit,
    entry::Evidence,
    form::{
        asked::{Asked, Asking},
        group::ROWS_ACT,
    },
    request::{Act, Correction, RequestNumber, follow::Followed},
};

/// Bytes of one correction with all its files; each file has a limit of its own.
const CORRECTION_BYTES_MAX: usize = 100 * 1024 * 1024;

pub(super) fn routes() -> Router<Arc<Services>> {
    let correct = get(show).post(send).layer(DefaultBodyLimit::max(CORRECTION_BYTES_MAX));
    Router::new().route("/requests/{number}/correct", correct)
}

/// A document that was uploaded a moment ago, with something else still to be corrected.
struct Kept {
    name: String,
    value: String,
    file: String,
}

struct Ask {
    item: String,
    instruction: String,
    field: Asked,
    /// The files as they were sent, to compare.
    earlier: Vec<words::DocumentLine>,
    kept: Vec<Kept>,
}

#[derive(Template)]
#[template(path = "request/page/correct.html")]
struct CorrectPage {
    about: About,
    asks: Vec<Ask>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    revision: i64,
    shell: Shell,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    let followed = services.follow(&actor, &number).await?;
    if !followed.actions.contains(&Act::Resubmit) {
        return Ok(see_other(&format!("/requests/{number}")));
    }
    Ok(Page(page(shell, &followed, &Draft::of(&followed), None)).into_response())
}

async fn send(
    Visit { services, actor, shell }: Visit,
    Path(number): Path<RequestNumber>,
    form: Multipart,
) -> Result<Response, web::Error> {
    let followed = services.follow(&actor, &number).await?;
    if !followed.actions.contains(&Act::Resubmit) {
        return Ok(see_other(&format!("/requests/{number}")));
    }
    let posted = services.read_correction(&actor, form).await?;
    Ok(services.send_correction(&actor, shell, followed, posted).await?)
}

/// The answers and documents as they are on the page.
struct Draft {
    answers: Map<String, Value>,
    /// What the answers come to: what is asked, what is computed.
    outcome: Outcome,
    kept: Vec<(String, Uuid, String)>,
    revision: i64,
}

impl Draft {
    fn of(followed: &Followed) -> Draft {
        let answers = followed.request.answers.as_object().cloned().unwrap_or_default();
        let mut draft = Draft {
            answers,
            outcome: Outcome::default(),
            kept: Vec::new(),
            revision: followed.request.revision,
        };
        draft.refresh(followed);
        draft
    }

    fn refresh(&mut self, followed: &Followed) {
        let today = followed.provider.today(followed.request.delivered_at);
        self.outcome = followed.entry.form.outcome(&self.answers, today);
    }
}

impl Services {
    async fn send_correction(
        &self,
        actor: &Actor,
        shell: Shell,
        followed: Followed,
        posted: Posted,
    ) -> Result<Response, Failure> {
        let mut draft = Draft::of(&followed);
        let marked: Vec<String> = corrections(&followed).iter().map(|it| it.item.clone()).collect();
        followed.entry.form.read_fields(&marked, &posted.words, &mut draft.answers);
        followed.entry.form.act_on_rows(&posted.words, &mut draft.answers);
        draft.refresh(&followed);
        draft.kept = self.kept_files(actor, &posted).await?;
        draft.revision = posted.revision.unwrap_or(draft.revision);
        let number = followed.request.number.clone();
        if posted.words.iter().any(|(name, _)| name == ROWS_ACT) {
            return Ok(Page(page(shell, &followed, &draft, None)).into_response());
        }
        let refused = match posted.refusal {
            Some(refusal) => refusal,
            None => {
                let documents: Vec<(String, Uuid)> =
                    draft.kept.iter().map(|(evidence, id, _)| (evidence.clone(), *id)).collect();
                let acting = self.acting(actor, &number, Some(draft.revision));
                match self.resubmit(acting, Value::Object(draft.answers.clone()), &documents, None).await {
                    Ok(_) => return Ok(see_other(&format!("/requests/{number}?sent=1"))),
                    Err(Failure::Refused(refusal)) if on_page(&refusal) => refusal,
                    Err(failure) => return Err(failure),
                }
            }
        };
        let kind = match refused.kind {
            Kind::Conflict => {
                draft.revision = followed.request.revision;
                Kind::Conflict
            }
            _ => Kind::Invalid,
        };
        Ok(stay(kind, page(shell, &followed, &draft, Some(refused))))
    }

    /// What was uploaded now, and what was uploaded before and is still named; only a person's own.
    pub(crate) async fn kept_files(
        &self,
        actor: &Actor,
        posted: &Posted,
    ) -> Result<Vec<(String, Uuid, String)>, Failure> {
        let mut kept: Vec<(String, Uuid, String)> = posted.files.clone();
        for (evidence, id) in &posted.kept {
            if posted.files.iter().any(|(known, ..)| known == evidence) {
                continue;
            }
            let document = documents::find(&self.store.read(), *id).await?;
            if let Some(document) = document.filter(|document| document.owner == actor.person) {
                kept.push((evidence.clone(), *id, document.name));
            }
        }
        Ok(kept)
    }
}

/// What the person can mend stays on the page; the rest is not for this page.
pub(crate) fn on_page(refusal: &Refusal) -> bool {
    matches!(refusal.kind, Kind::Invalid | Kind::Conflict | Kind::TooLarge | Kind::Unavailable)
}

fn corrections(followed: &Followed) -> &[Correction] {
    &followed.request.checks.corrections
}

fn page(shell: Shell, followed: &Followed, draft: &Draft, refusal: Option<Refusal>) -> CorrectPage {
    let request = &followed.request;
    let mut faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
    for fault in &mut faults {
        fault.label = words::item_title(&shell, &followed.entry, &fault.field);
    }
    let earlier = words::documents(&shell, &followed.entry, request);
    let mut asks: Vec<Ask> =
        corrections(followed).iter().map(|it| ask(&shell, followed, draft, &faults, it)).collect();
    for document in earlier {
        if let Some(ask) = asks.iter_mut().find(|ask| ask.item == document.item) {
            ask.earlier.push(document);
        }
    }
    CorrectPage {
        about: About::of(&shell, followed, "request-correct-title"),
        asks,
        refusal,
        faults,
        revision: draft.revision,
        shell,
    }
}

fn ask(shell: &Shell, followed: &Followed, draft: &Draft, faults: &[Fault], correction: &Correction) -> Ask {
    let item = correction.item.as_str();
    let evidence = item.strip_prefix("document.").unwrap_or_default();
    let kept: Vec<Kept> = draft.kept.iter().filter(|(known, ..)| known == evidence).map(kept_line).collect();
    let form = &followed.entry.form;
    let field = match form.field(item) {
        Some(field) => {
            let (answers, outcome) = (&draft.answers, &draft.outcome);
            Asking { shell, form, answers, outcome, faults }.question(field)
        }
        None => {
            let label = words::item_title(shell, &followed.entry, item);
            let field = components::Field::file(shell, item, label, &accepted()).hint(file_hint(shell));
            let field = if kept.is_empty() { field } else { field.optional() };
            let field = several(field, followed.entry.evidence(evidence));
            Asked::plain(shell, field.faults(faults))
        }
    };
    Ask {
        item: item.to_owned(),
        instruction: correction.instruction.clone(),
        field,
        earlier: Vec::new(),
        kept,
    }
}

fn kept_line((evidence, id, name): &(String, Uuid, String)) -> Kept {
    Kept { name: format!("kept.{evidence}"), value: id.to_string(), file: name.clone() }
}

/// Several files are chosen at once where several may stand for one document.
pub(crate) fn several(field: components::Field, evidence: Option<&Evidence>) -> components::Field {
    match evidence.is_some_and(|evidence| evidence.files_max() > 1) {
        true => field.attribute("multiple", "multiple"),
        false => field,
    }
}

/// The endings of every kind of file that is taken, as the attribute `accept` names them.
pub(crate) fn accepted() -> String {
    let endings = documents::MediaType::ALL.iter().flat_map(|kind| kind.endings());
    endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
}

fn file_hint(shell: &Shell) -> String {
    shell.t("request-file-hint")
}
