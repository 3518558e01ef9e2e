//! `…/preview`: a form as the applicant will see it, step by step, for whoever writes or verifies it. It begins with the
//! form's own example; conditions, calculations and checks work as they will. Nothing is stored: the answers travel with
//! the page.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Caller;
use rules::Outcome;
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;
use web::{Fault, Page, Path, Query, Shell, stay};

use super::{
    Field, Form, Step,
    asked::{Asked, Asking, shown},
    group::ROWS_ACT,
};
use crate::Services;

/// The answers so far, as JSON.
const ANSWERS: &str = "_answers";
/// The step that the page showed.
const STEP: &str = "_step";
/// The button: `next`, `back`, or the id of a step.
const GO: &str = "_go";

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/proposals/{id}/preview", get(proposal).post(go_on_in_proposal))
        .route("/directory/entries/{slug}/versions/{version}/preview", get(version).post(go_on_in_version))
}

type Posted = Vec<(String, String)>;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asks {
    /// Begins without the example.
    empty: Option<String>,
}

/// What is shown, and from where.
struct Subject {
    name: String,
    form: Result<Form, Refusal>,
    action: String,
    back: String,
    /// The day in the provider's zone.
    today: i64,
}

/// One step as its applicant will see it, or what was answered in all of them.
#[derive(Template)]
#[template(path = "form/preview.html")]
struct PreviewPage {
    shell: Shell,
    name: String,
    action: String,
    back: String,
    refusal: Option<Refusal>,
    /// Ids and titles of the steps that apply.
    steps: Vec<(String, String)>,
    /// The place of the step that is shown; behind the last one stand the answers.
    at: usize,
    questions: Vec<Asked>,
    faults: Vec<Fault>,
    given: Vec<(String, String)>,
    answers: String,
    rules: String,
    today: i64,
}

async fn proposal(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(asks): Query<Asks>,
) -> Result<Response, web::Error> {
    let subject = services.of_proposal(&actor, &shell, id).await?;
    Ok(begin(shell, subject, &asks))
}

async fn go_on_in_proposal(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    web::Form(posted): web::Form<Posted>,
) -> Result<Response, web::Error> {
    let subject = services.of_proposal(&actor, &shell, id).await?;
    Ok(go_on(shell, subject, &posted))
}

async fn version(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((slug, number)): Path<(String, i64)>,
    Query(asks): Query<Asks>,
) -> Result<Response, web::Error> {
    let subject = services.of_version(&actor, &shell, &slug, number).await?;
    Ok(begin(shell, subject, &asks))
}

async fn go_on_in_version(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((slug, number)): Path<(String, i64)>,
    web::Form(posted): web::Form<Posted>,
) -> Result<Response, web::Error> {
    let subject = services.of_version(&actor, &shell, &slug, number).await?;
    Ok(go_on(shell, subject, &posted))
}

impl Services {
    async fn of_proposal(&self, actor: &Actor, shell: &Shell, id: Uuid) -> Result<Subject, Failure> {
        let proposal = self.own_proposal(actor, id).await?;
        let here = format!("/directory/proposals/{id}");
        let name = proposal.name(shell.lang);
        Ok(Subject {
            name: if name.is_empty() { shell.t("proposal-nameless") } else { name },
            form: parsed(&proposal.form)?,
            action: format!("{here}/preview"),
            back: format!("{here}/form"),
            today: self.today_at(proposal.body),
        })
    }

    async fn of_version(
        &self,
        actor: &Actor,
        shell: &Shell,
        slug: &str,
        number: i64,
    ) -> Result<Subject, Failure> {
        let version = self.version_for(actor, slug, number).await?;
        let here = format!("/directory/entries/{}/versions/{number}", version.card.id);
        Ok(Subject {
            name: shell.text(&version.card.name).to_owned(),
            form: parsed(&version.form)?,
            action: format!("{here}/preview"),
            back: here,
            today: self.today_at(version.body),
        })
    }

    fn today_at(&self, body: Uuid) -> i64 {
        let now = self.clock.now();
        let plain = || now.day();
        self.directory.provider(body).map_or_else(plain, |provider| provider.today(now))
    }
}

/// A form that cannot be shown says why on the page.
fn parsed(source: &str) -> Result<Result<Form, Refusal>, Failure> {
    match Form::parse(source) {
        Ok(form) => Ok(Ok(form)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(failure) => Err(failure),
    }
}

fn begin(shell: Shell, subject: Subject, asks: &Asks) -> Response {
    let example = subject.form.as_ref().ok().and_then(Form::example).and_then(Value::as_object);
    let answers = match asks.empty {
        Some(_) => Map::new(),
        None => example.cloned().unwrap_or_default(),
    };
    Page(PreviewPage::of(shell, subject, answers, 0, None)).into_response()
}

/// Reads the step that was shown, and shows it again or the one that was asked for.
fn go_on(shell: Shell, subject: Subject, posted: &Posted) -> Response {
    let word = |name: &str| posted.iter().find(|(key, _)| key == name).map(|(_, word)| word.as_str());
    let Ok(form) = &subject.form else {
        return Page(PreviewPage::of(shell, subject, Map::new(), 0, None)).into_response();
    };
    let kept = word(ANSWERS).and_then(|json| serde_json::from_str::<Value>(json).ok());
    let mut answers = kept.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    let step = word(STEP).unwrap_or_default();
    form.read_step(step, posted, &mut answers);
    form.act_on_rows(posted, &mut answers);
    let outcome = form.outcome(&answers, subject.today);
    let applying = applying(form, &outcome);
    let here = applying.iter().position(|known| known.id == step);
    let wrong = match (word(GO), here, word(ROWS_ACT)) {
        (Some("next"), Some(_), None) => wrong(form, &answers, step, subject.today),
        _ => None,
    };
    let here_or_end = here.unwrap_or(applying.len());
    let at = match word(GO) {
        _ if word(ROWS_ACT).is_some() || wrong.is_some() => here_or_end,
        Some("back") => here_or_end.saturating_sub(1),
        Some("next") | None => here_or_end + 1,
        Some(id) => applying.iter().position(|known| known.id == id).unwrap_or(applying.len()),
    };
    let kind = wrong.as_ref().map(|refusal| refusal.kind);
    stay(kind, PreviewPage::of(shell, subject, answers, at, wrong))
}

fn wrong(form: &Form, answers: &Map<String, Value>, step: &str, today: i64) -> Option<Refusal> {
    let items = form.check_step(&Value::Object(answers.clone()), step, today);
    let refusal = || Refusal::new(Kind::Invalid, "request.incomplete", &["LY-SVC-13.2a"]);
    (!items.is_empty()).then(|| refusal().with_items(items))
}

fn applying<'a>(form: &'a Form, outcome: &Outcome) -> Vec<&'a Step> {
    form.steps().iter().filter(|step| !outcome.hidden.contains(&format!("step.{}", step.id))).collect()
}

impl PreviewPage {
    fn of(
        shell: Shell,
        subject: Subject,
        answers: Map<String, Value>,
        at: usize,
        wrong: Option<Refusal>,
    ) -> PreviewPage {
        let mut page = PreviewPage {
            name: subject.name,
            action: subject.action,
            back: subject.back,
            refusal: None,
            steps: Vec::new(),
            at: 0,
            questions: Vec::new(),
            faults: wrong.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default(),
            given: Vec::new(),
            answers: serde_json::to_string(&answers).unwrap_or_default(),
            rules: String::new(),
            today: subject.today,
            shell,
        };
        match subject.form {
            Ok(form) => page.fill(&form, &answers, at),
            Err(refusal) => page.refusal = Some(refusal),
        }
        page
    }

    fn fill(&mut self, form: &Form, answers: &Map<String, Value>, at: usize) {
        let begun = form.begun(answers);
        let outcome = form.outcome(&begun, self.today);
        let steps = applying(form, &outcome);
        let title = |step: &&Step| (step.id.clone(), self.shell.text(&step.title).to_owned());
        (self.at, self.steps) = (at.min(steps.len()), steps.iter().map(title).collect());
        for fault in &mut self.faults {
            fault.label = form.title_at(&fault.field, &self.shell);
        }
        let program = form.ruling().program();
        self.rules = program.json().to_string();
        let Some(step) = steps.get(self.at) else {
            self.given = given(&self.shell, form, &outcome);
            return;
        };
        let shell = &self.shell;
        let asking = Asking { shell, form, answers: &begun, outcome: &outcome, faults: &self.faults };
        let fields = step.fields.iter().filter_map(|key| form.field(key));
        self.questions = fields.map(|field| asking.question(field)).collect();
    }

    fn step(&self) -> &str {
        self.steps.get(self.at).map(|(id, _)| id.as_str()).unwrap_or_default()
    }

    fn title(&self) -> String {
        self.steps.get(self.at).map_or_else(|| self.shell.t("preview-answers"), |(_, title)| title.clone())
    }

    /// What the stepper shows: every step that applies, and the answers behind them.
    fn titles(&self) -> Vec<String> {
        let titles = self.steps.iter().map(|(_, title)| title.clone());
        titles.chain([self.shell.t("preview-answers")]).collect()
    }
}

/// What would be sent: without what is not asked, with what is computed.
fn given(shell: &Shell, form: &Form, outcome: &Outcome) -> Vec<(String, String)> {
    let line = |field: &Field| {
        let value = outcome.answers.get(&field.key)?;
        Some((shell.text(&field.title).to_owned(), shown(shell, field, value)))
    };
    form.fields().iter().filter_map(line).collect()
}
