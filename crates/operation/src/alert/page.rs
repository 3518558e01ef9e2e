//! Alerts as pages: all of them, and one with what to do about it and who has taken it.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Path, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{Alert, acknowledge::NOTE_CHARACTERS_MAX, table};
use crate::{
    Operation, component,
    overview::{Asked, PAGE_ROWS, views},
};

pub(crate) fn routes() -> Router<Arc<Operation>> {
    Router::new()
        .route("/operation/alerts", get(list))
        .route("/operation/alerts/{alert}", get(show))
        .route("/operation/alerts/{alert}/acknowledge", post(acknowledge))
}

/// One alert in a table.
pub(crate) struct AlertLine {
    pub href: String,
    pub component: String,
    pub said: String,
    pub opened: String,
    pub state: String,
    pub signal: &'static str,
}

#[derive(Template)]
#[template(path = "alert/list.html")]
struct AlertsPage {
    views: Vec<Link>,
    alerts: Vec<AlertLine>,
    first: String,
    next: String,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "alert/show.html")]
struct AlertPage {
    trail: Vec<Link>,
    faults: Vec<Fault>,
    /// Why it was refused, where no field is to be mended.
    refused: Option<Refusal>,
    line: AlertLine,
    advice: String,
    facts: Vec<(String, String)>,
    /// Empty when somebody has acknowledged it.
    fields: Vec<Field>,
    action: String,
    shell: Shell,
}

async fn list(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    operation.permitted(&actor, "see").await?;
    let after: Option<(i64, Uuid)> = Cursor::decode_given(Some(&asked.cursor))?;
    let sql = operation.store.read();
    let mut alerts = table::list(&sql, after.unwrap_or(table::AFTER_ALL), PAGE_ROWS as i64 + 1).await?;
    let next = Cursor::cut(&mut alerts, PAGE_ROWS, |last| (last.opened_at.0, last.id))?;
    Ok(Page(AlertsPage {
        views: views(&shell),
        alerts: alerts.iter().map(|alert| operation.alert_line(&shell, alert)).collect(),
        first: if after.is_some() { "/operation/alerts".to_owned() } else { String::new() },
        next: next.map(|cursor| shell.with("cursor", &cursor)).unwrap_or_default(),
        shell,
    })
    .into_response())
}

async fn show(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(alert): Path<Uuid>,
) -> Result<Response, web::Error> {
    Ok(Page(operation.alert_page(&actor, shell, alert, "", None).await?).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    note: String,
}

async fn acknowledge(
    State(operation): State<Arc<Operation>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(alert): Path<Uuid>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    match operation.acknowledge(&actor, alert, typed.note.clone(), None).await {
        Ok(()) => Ok(see_other(&format!("/operation/alerts/{alert}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let page = operation.alert_page(&actor, shell, alert, &typed.note, Some(refusal)).await?;
            Ok(stay(kind, page))
        }
    }
}

impl Operation {
    pub(crate) fn alert_line(&self, shell: &Shell, alert: &Alert) -> AlertLine {
        let (word, signal) = match (alert.is_open(), alert.acknowledged_at) {
            (true, None) => ("new", "needs-you"),
            (true, Some(_)) => ("taken", "waiting"),
            (false, _) => ("over", "done"),
        };
        AlertLine {
            href: format!("/operation/alerts/{}", alert.id),
            component: shell.t(&component::key(&alert.component)),
            said: self.say(shell, &alert.said),
            opened: shell.moment(alert.opened_at),
            state: shell.t(&format!("operation-alert-{word}")),
            signal,
        }
    }

    async fn alert_page(
        &self,
        actor: &Actor,
        shell: Shell,
        alert: Uuid,
        typed: &str,
        refusal: Option<Refusal>,
    ) -> Result<AlertPage, Failure> {
        self.permitted(actor, "see").await?;
        let sql = self.store.read();
        let alert = table::find(&sql, alert).await?.ok_or_else(Refusal::not_found)?;
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let mut facts = vec![(shell.t("operation-opened"), shell.moment(alert.opened_at))];
        if let (Some(at), Some(by)) = (alert.acknowledged_at, alert.acknowledged_by) {
            let who = identity::person(&sql, by).await?;
            let who = who.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default();
            facts.push((shell.t("operation-acknowledged-by"), who));
            facts.push((shell.t("operation-acknowledged"), shell.moment(at)));
            facts.push((shell.t("operation-note"), alert.note.clone()));
        }
        if let Some(at) = alert.cleared_at {
            facts.push((shell.t("operation-cleared"), shell.moment(at)));
        }
        if alert.acknowledged_at.is_some() && !typed.is_empty() {
            facts.push((shell.t("operation-note-unsent"), typed.to_owned()));
        }
        let note = Field::area(&shell, "note", shell.t("operation-note"))
            .hint(shell.t("operation-note-hint"))
            .attribute("maxlength", &NOTE_CHARACTERS_MAX.to_string())
            .rows(3)
            .value(typed)
            .faults(&faults);
        let fields = if alert.acknowledged_at.is_none() { vec![note] } else { Vec::new() };
        Ok(AlertPage {
            trail: vec![
                Link::new("/operation", shell.t("operation-title")),
                Link::new("/operation/alerts", shell.t("operation-alerts")),
            ],
            refused: refusal.filter(|refusal| refusal.items.is_empty()),
            faults: named(faults, &fields),
            advice: alert.said.advice(&self.texts, shell.lang).unwrap_or_default(),
            line: self.alert_line(&shell, &alert),
            facts,
            fields,
            action: format!("/operation/alerts/{}/acknowledge", alert.id),
            shell,
        })
    }
}
