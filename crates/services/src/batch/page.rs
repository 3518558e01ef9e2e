//! A batch as pages: the preview with the words that go with it, one confirmation, and how each line ended.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{Verdict, carry_out::DONE, table};
use crate::{
    Services,
    call::Visit,
    request::{
        Act, RequestNumber,
        decide::{WORDS_CHARACTERS_MAX, WORDS_CHARACTERS_MIN},
    },
};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/desk/batches/preview", post(preview))
        .route("/desk/batches", post(order))
        .route("/desk/batches/{id}", get(show))
}

/// What the list, and then the preview, sends.
#[derive(Default)]
struct Posted {
    numbers: Vec<RequestNumber>,
    /// With the revision that the preview showed: `26-…-51@3`.
    seen: Vec<(RequestNumber, i64)>,
    act: String,
    words: String,
}

impl Posted {
    fn of(pairs: Vec<(String, String)>) -> Posted {
        let mut posted = Posted::default();
        for (name, value) in pairs {
            match name.as_str() {
                "request" => posted.numbers.extend(value.parse::<RequestNumber>()),
                "seen" => posted.seen.extend(
                    value
                        .split_once('@')
                        .and_then(|(number, revision)| Some((number.parse().ok()?, revision.parse().ok()?))),
                ),
                "act" => posted.act = value,
                "measures" | "reason" => posted.words = value,
                _ => {}
            }
        }
        posted
    }

    fn act(&self) -> Result<Act, Refusal> {
        match self.act.as_str() {
            "approve" => Ok(Act::Approve),
            "refuse" => Ok(Act::Refuse),
            _ => Err(Refusal::new(Kind::Invalid, "batch.act_unknown", &["LY-SVC-17.1a"])),
        }
    }
}

struct Line {
    number: String,
    href: String,
    applicant: String,
    /// As the confirmation sends it; empty for what is left out.
    seen: String,
    /// Why it is left out, or how it ended.
    said: String,
    signal: &'static str,
}

#[derive(Template)]
#[template(path = "batch/preview.html")]
struct PreviewPage {
    trail: Vec<Link>,
    act: &'static str,
    service: String,
    chosen: Vec<Line>,
    left_out: Vec<Line>,
    field: Option<Field>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "batch/page.html")]
struct BatchPage {
    trail: Vec<Link>,
    here: String,
    lines: Vec<Line>,
    done: usize,
    through: usize,
    all: usize,
    is_ended: bool,
    shell: Shell,
}

async fn preview(
    Visit { services, actor, shell }: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let posted = Posted::of(pairs);
    Ok(Page(services.preview_page(&actor, shell, &posted, None).await?).into_response())
}

async fn order(
    Visit { services, actor, shell }: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let mut posted = Posted::of(pairs);
    posted.numbers = posted.seen.iter().map(|(number, _)| number.clone()).collect();
    match services.confirm_batch(&actor, &posted).await {
        Ok(id) => Ok(see_other(&format!("/desk/batches/{id}"))),
        Err(Failure::Refused(refusal)) if refusal.kind == Kind::Invalid && !refusal.items.is_empty() => {
            let page = services.preview_page(&actor, shell, &posted, Some(refusal)).await?;
            Ok(stay(Kind::Invalid, page))
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<BatchPage>, web::Error> {
    Ok(Page(services.batch_page(&actor, shell, id).await?))
}

impl Services {
    async fn preview_page(
        &self,
        actor: &Actor,
        shell: Shell,
        posted: &Posted,
        refusal: Option<Refusal>,
    ) -> Result<PreviewPage, Failure> {
        let act = posted.act()?;
        let preview = self.preview_batch(actor, &posted.numbers, act).await?;
        let people: Vec<Uuid> = preview.lines.iter().filter_map(|line| line.applicant).collect();
        let persons = identity::persons(&self.store.read(), &people).await?;
        let name = |id: Uuid| {
            let person = persons.iter().find(|person| person.id == id);
            person.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default()
        };
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let field = field(&shell, act, preview.needs_measures, &posted.words, &faults);
        let (mut chosen, mut left_out) = (Vec::new(), Vec::new());
        for line in &preview.lines {
            let seen = match line.left_out {
                None => format!("{}@{}", line.number, line.revision),
                Some(_) => String::new(),
            };
            let said = line.left_out.map(|why| shell.t(why.key())).unwrap_or_default();
            let whole = Line {
                number: shell.in_digits(line.number.to_string()),
                href: format!("/desk/{}", line.number),
                applicant: line.applicant.map(name).unwrap_or_default(),
                seen,
                said,
                signal: "",
            };
            if line.left_out.is_none() { chosen.push(whole) } else { left_out.push(whole) }
        }
        let entry = preview.entry.and_then(|entry| self.directory.entry_by_id(entry));
        Ok(PreviewPage {
            trail: vec![Link::new("/desk", shell.t("desk-title"))],
            act: act.word(),
            service: entry.map_or_else(String::new, |entry| shell.text(&entry.card.name).to_owned()),
            chosen,
            left_out,
            faults: named(faults, field.as_slice()),
            field,
            refusal,
            shell,
        })
    }

    async fn confirm_batch(&self, actor: &Actor, posted: &Posted) -> Result<Uuid, Failure> {
        let act = posted.act()?;
        let preview = self.preview_batch(actor, &posted.numbers, act).await?;
        let words = language::clean_text(&posted.words).trim().to_owned();
        let verdict = match act {
            Act::Refuse => {
                check(
                    Refusal::new(Kind::Invalid, "request.reason_missing", &["LY-SVC-17.1b"]),
                    "reason",
                    &words,
                )?;
                Verdict::Refuse { reason: words }
            }
            _ => {
                if preview.needs_measures {
                    let refusal = Refusal::new(Kind::Invalid, "output.measure_missing", &["LY-SVC-18.2"]);
                    check(refusal, "measures", &words)?;
                }
                Verdict::Approve { measures: words }
            }
        };
        let chosen = preview.lines.iter().filter(|line| line.left_out.is_none());
        let seen = |number: &RequestNumber| posted.seen.iter().find(|(known, _)| known == number);
        let picked: Vec<(RequestNumber, i64)> =
            chosen.filter_map(|line| seen(&line.number)).cloned().collect();
        self.order_batch(actor, &picked, verdict).await
    }

    async fn batch_page(&self, actor: &Actor, shell: Shell, id: Uuid) -> Result<BatchPage, Failure> {
        let sql = self.store.read();
        let batch = table::find(&sql, id).await?.filter(|batch| batch.person == actor.person);
        let batch = batch.ok_or_else(Refusal::not_found)?;
        let lines = table::lines(&sql, id).await?;
        let line = |line: &super::Line| Line {
            number: shell.in_digits(line.number.clone()),
            href: format!("/desk/{}", line.number),
            applicant: String::new(),
            seen: String::new(),
            said: said(&shell, &line.outcome),
            signal: match line.outcome.as_str() {
                "" => "waiting",
                DONE => "done",
                _ => "needs-you",
            },
        };
        Ok(BatchPage {
            trail: vec![Link::new("/desk", shell.t("desk-title"))],
            here: format!("/desk/batches/{id}"),
            done: lines.iter().filter(|line| line.outcome == DONE).count(),
            through: lines.iter().filter(|line| !line.outcome.is_empty()).count(),
            all: lines.len(),
            lines: lines.iter().map(line).collect(),
            is_ended: batch.ended_at.is_some(),
            shell,
        })
    }
}

/// How a line ended, in words.
fn said(shell: &Shell, outcome: &str) -> String {
    match outcome {
        "" => shell.t("batch-waits"),
        DONE => shell.t("batch-done"),
        code => shell
            .said(&format!("refusal-{}", code.replace(['.', '_'], "-")))
            .unwrap_or_else(|| shell.t("batch-not-done")),
    }
}

fn check(refusal: Refusal, field: &str, words: &str) -> Result<(), Refusal> {
    match words.chars().count() {
        0 => Err(refusal.with_item(field, "required", "")),
        n if n < WORDS_CHARACTERS_MIN => {
            Err(refusal.with_item(field, "too_short", &WORDS_CHARACTERS_MIN.to_string()))
        }
        n if n > WORDS_CHARACTERS_MAX => {
            Err(refusal.with_item(field, "too_long", &WORDS_CHARACTERS_MAX.to_string()))
        }
        _ => Ok(()),
    }
}

/// The words that go with all of them, where words are needed.
fn field(shell: &Shell, act: Act, measures: bool, words: &str, faults: &[Fault]) -> Option<Field> {
    let field = match act {
        Act::Refuse => Field::area(shell, "reason", shell.t("desk-reason")).hint(shell.t("desk-reason-hint")),
        _ if measures => {
            Field::area(shell, "measures", shell.t("desk-measures")).hint(shell.t("desk-measures-hint"))
        }
        _ => return None,
    };
    Some(field.value(words).attribute("maxlength", &WORDS_CHARACTERS_MAX.to_string()).faults(faults))
}
