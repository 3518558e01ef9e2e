//! `/desk/staff-directory`: the directory of a body as it is set up, how it answers, a trial that says what failed, and the way
//! out of force.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use compliance::Door;
use identity::{Caller, FreshForm};
use serde::Deserialize;
use web::{
    Fault as FieldFault, Form, Page, Query, Shell,
    components::{Choice, Field, Link, Moment, named},
    see_other, stay,
};

use super::{Connection, HREF, Health, end::EndConnection, subject_of, table, wish::ConnectionWish};
use crate::{
    Desk, Directories,
    call::Asked,
    line::{Channel, Fault, Stage},
    places::places,
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/desk/staff-directory", get(show).post(set))
        .route("/desk/staff-directory/try", post(try_out))
        .route("/desk/staff-directory/end", post(end))
}

/// How a connection stands, in words.
struct Standing {
    fails: bool,
    since: String,
    server: String,
    answered: String,
    failed: String,
    /// Why it failed, and what the other side said.
    fault: String,
    said: String,
}

/// What somebody did on the page that did not end it.
#[derive(Default)]
struct Shown {
    typed: Option<ConnectionWish>,
    reason: String,
    refusal: Option<Refusal>,
    /// A trial that was made a moment ago; the fault, if it met one.
    trial: Option<Option<Fault>>,
    done: String,
}

#[derive(Template)]
#[template(path = "connection/page.html")]
struct ConnectionPage {
    places: Vec<Link>,
    bodies: Vec<Link>,
    body: String,
    body_name: String,
    done: String,
    standing: Option<Standing>,
    stages: Vec<Moment>,
    trial_fails: bool,
    fields: Vec<Field>,
    end: Field,
    faults: Vec<FieldFault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Directories {
    async fn connection_page(
        &self,
        actor: &Actor,
        shell: Shell,
        slug: &str,
        shown: Shown,
    ) -> Result<ConnectionPage, Failure> {
        let kept = self.kept(actor, slug).await?;
        self.acting(actor).check("see", kept.body.id, None)?;
        let sql = self.store.read();
        let connection = table::find(&sql, kept.body.id).await?;
        let health = table::health(&sql, kept.body.id).await?.unwrap_or_default();
        let typed = shown.typed.unwrap_or_else(|| match &connection {
            Some(connection) => ConnectionWish::of(connection),
            None => ConnectionWish::proposed(),
        });
        let faults = shown.refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = fields(&shell, &typed, connection.is_some(), &faults);
        let end = Field::area(&shell, "reason", shell.t("staff-directory-end-reason"))
            .hint(shell.t("staff-directory-end-reason-hint"))
            .rows(3)
            .value(shown.reason)
            .faults(&faults);
        let all: Vec<Field> = fields.iter().cloned().chain([end.clone()]).collect();
        Ok(ConnectionPage {
            places: places(&shell, &kept.body.slug),
            bodies: kept.links(&shell, HREF),
            body_name: shell.text(&kept.body.name).to_owned(),
            body: kept.body.slug,
            done: shown.done,
            standing: connection.as_ref().map(|connection| standing(&shell, connection, &health)),
            trial_fails: shown.trial.as_ref().is_some_and(Option::is_some),
            stages: shown.trial.map(|trial| stages(&shell, trial.as_ref())).unwrap_or_default(),
            faults: named(faults, &all),
            refusal: shown.refusal.filter(|it| it.items.is_empty()),
            fields,
            end,
            shell,
        })
    }
}

fn standing(shell: &Shell, connection: &Connection, health: &Health) -> Standing {
    let moment = |at: Option<clock::Timestamp>| at.map(|at| shell.moment(at)).unwrap_or_default();
    let fault = match health.fault.as_str() {
        "" => String::new(),
        word => fault_words(shell, word, ""),
    };
    Standing {
        fails: health.fails(),
        since: shell.moment(connection.set_at),
        server: format!("{}:{}", connection.host, connection.port),
        answered: moment(health.answered_at),
        failed: moment(health.failed_at),
        fault,
        said: health.said.clone(),
    }
}

/// What a fault is called, in the words that stand at the field too.
fn fault_words(shell: &Shell, word: &str, said: &str) -> String {
    let key = format!("refusal-item-staff-directory-{}", word.replace('_', "-"));
    shell.t1(&key, "detail", said)
}

/// Each stage of a trial: done, the one that failed, and what was not come to.
fn stages(shell: &Shell, fault: Option<&Fault>) -> Vec<Moment> {
    let one = |stage: Stage| {
        let state = match fault {
            Some(fault) if stage == fault.stage => "refused",
            Some(fault) if stage > fault.stage => "next",
            _ => "done",
        };
        let failed = fault.filter(|fault| stage == fault.stage);
        Moment {
            state,
            title: shell.t(&format!("staff-directory-stage-{}", stage.word())),
            when: failed.map(|fault| fault_words(shell, fault.word, &fault.said)).unwrap_or_default(),
            note: failed.map(|fault| fault.said.clone()).unwrap_or_default(),
        }
    };
    Stage::ALL.map(one).to_vec()
}

fn fields(shell: &Shell, typed: &ConnectionWish, is_set: bool, faults: &[FieldFault]) -> Vec<Field> {
    let channels = Channel::ALL.map(|it| {
        Choice::new(it.word(), shell.t(&format!("staff-directory-channel-{}", it.word())))
            .hint(shell.t(&format!("staff-directory-channel-{}-hint", it.word())))
    });
    let text = |name: &str, key: &str, value: &str| {
        Field::text(shell, name, shell.t(key)).hint(shell.t(&format!("{key}-hint"))).value(value)
    };
    let secret =
        Field::password(shell, "secret", shell.t("staff-directory-secret")).autocomplete("new-password");
    let secret = match is_set {
        true => secret.hint(shell.t("staff-directory-secret-kept")).optional(),
        false => secret.hint(shell.t("staff-directory-secret-hint")),
    };
    let fields = vec![
        text("host", "staff-directory-host", &typed.host)
            .attribute("dir", "ltr")
            .attribute("maxlength", "253"),
        Field::radios(shell, "channel", shell.t("staff-directory-channel"), channels.to_vec())
            .value(&typed.channel),
        Field::number(shell, "port", shell.t("staff-directory-port"))
            .hint(shell.t("staff-directory-port-hint"))
            .optional()
            .attribute("maxlength", "5")
            .value(&typed.port),
        Field::area(shell, "authorities", shell.t("staff-directory-authorities"))
            .hint(shell.t("staff-directory-authorities-hint"))
            .attribute("dir", "ltr")
            .rows(4)
            .optional()
            .value(&typed.authorities),
        text("reader", "staff-directory-reader", &typed.reader).attribute("dir", "ltr"),
        secret,
        text("base", "staff-directory-base", &typed.base).attribute("dir", "ltr"),
        text("filter", "staff-directory-filter", &typed.filter).attribute("dir", "ltr"),
        text("attribute", "staff-directory-attribute", &typed.attribute).attribute("dir", "ltr").short(),
    ];
    fields.into_iter().map(|field| field.faults(faults)).collect()
}

async fn show(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    Query(asked): Query<Asked>,
    shell: Shell,
) -> Result<Page<ConnectionPage>, web::Error> {
    let done = match asked.done.as_str() {
        word @ ("set" | "ended") => shell.t(&format!("staff-directory-done-{word}")),
        _ => String::new(),
    };
    let shown = Shown { done, ..Shown::default() };
    Ok(Page(directories.connection_page(&actor, shell, &asked.body, shown).await?))
}

/// Whose directory a form is about, when it says nothing else.
#[derive(Default, Deserialize)]
#[serde(default)]
struct About {
    body: String,
    reason: String,
}

async fn set(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    Query(asked): Query<Asked>,
    shell: Shell,
    FreshForm(wish): FreshForm<ConnectionWish>,
) -> Result<Response, web::Error> {
    let body = directories.kept(&actor, &asked.body).await?.body;
    let (refusal, trial) = match directories.set_connection(&actor, body.id, &wish).await {
        Ok(None) => {
            return Ok(see_other(&web::address(HREF, [("body", body.slug.as_str()), ("done", "set")])));
        }
        Ok(Some(fault)) => (fault.refusal(), Some(Some(fault))),
        Err(failure) => (failure.mendable()?, None),
    };
    let kind = refusal.kind;
    let shown = Shown { typed: Some(wish), refusal: Some(refusal), trial, ..Shown::default() };
    Ok(stay(kind, directories.connection_page(&actor, shell, &body.slug, shown).await?))
}

async fn try_out(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(about): Form<About>,
) -> Result<Page<ConnectionPage>, web::Error> {
    let body = directories.kept(&actor, &about.body).await?.body;
    let trial = Some(directories.try_connection(&actor, body.id).await?);
    let shown = Shown { trial, ..Shown::default() };
    Ok(Page(directories.connection_page(&actor, shell, &body.slug, shown).await?))
}

async fn end(
    State(directories): State<Arc<Directories>>,
    Caller(actor): Caller,
    shell: Shell,
    FreshForm(about): FreshForm<About>,
) -> Result<Response, web::Error> {
    let body = directories.kept(&actor, &about.body).await?.body;
    let reason = about.reason.clone();
    let verb = EndConnection { acting: directories.acting(&actor), body: body.id, reason };
    match directories.carry_out(&actor, &subject_of(body.id), verb, None).await {
        Ok(()) => Ok(see_other(&web::address(HREF, [("body", body.slug.as_str()), ("done", "ended")]))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let shown = Shown { reason: about.reason, refusal: Some(refusal), ..Shown::default() };
            Ok(stay(kind, directories.connection_page(&actor, shell, &body.slug, shown).await?))
        }
    }
}
