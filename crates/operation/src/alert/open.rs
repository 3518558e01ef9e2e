//! An alert begins and ends, in the transaction of the look that found it, and the named people are told.

use std::sync::{Arc, LazyLock};

use authz::Failure;
use clock::Timestamp;
use language::Texts;
use notify::{Kinds, Message};
use serde_json::json;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::{Alert, rule, subject, table};
use crate::{
    component::{self, Said},
    people,
};

static KINDS: LazyLock<Arc<Kinds>> =
    LazyLock::new(|| Arc::new(Kinds::parse(include_str!("../../notices.toml")).unwrap_or_default()));

/// The kinds of notice of this capability.
pub fn kinds() -> Arc<Kinds> {
    KINDS.clone()
}

/// Opens an alert unless one about this component is open or it has no rule.
pub(crate) async fn open(
    tx: &Tx,
    texts: &Texts,
    component: &str,
    said: &Said,
    at: Timestamp,
) -> Result<(), Failure> {
    let Some(rule) = rule(component) else { return Ok(()) };
    let alert = Alert {
        id: Uuid::now_v7(),
        component: component.to_owned(),
        said: said.clone(),
        opened_at: at,
        cleared_at: None,
        acknowledged_at: None,
        acknowledged_by: None,
        note: String::new(),
    };
    if !table::insert(tx, &alert).await? {
        return Ok(());
    }
    let controls: Vec<&str> = rule.controls.iter().map(String::as_str).collect();
    record(
        tx,
        "alert.opened",
        &alert.subject(),
        &controls,
        json!({ "component": component, "word": said.word }),
        at,
    )
    .await?;
    tell(tx, texts, &alert, at).await
}

/// The component is well again.
pub(crate) async fn clear(tx: &Tx, component: &str, at: Timestamp) -> Result<(), Failure> {
    let Some(id) = table::clear(tx, component, at).await? else { return Ok(()) };
    let subject = subject(id);
    for person in people::administrators(tx, at).await? {
        notify::settle(tx, person.id, &subject).await?;
    }
    record(tx, "alert.cleared", &subject, &[], json!({ "component": component }), at).await?;
    Ok(())
}

async fn record(
    tx: &Tx,
    kind: &'static str,
    subject: &str,
    controls: &[&str],
    body: serde_json::Value,
    at: Timestamp,
) -> Result<(), StoreError> {
    let entry = ledger::Entry { kind, subject: subject.to_owned(), actor: None, controls, body, at };
    ledger::append(tx, entry).await.map(drop)
}

async fn tell(tx: &Tx, texts: &Texts, alert: &Alert, at: Timestamp) -> Result<(), Failure> {
    for person in people::administrators(tx, at).await? {
        let link = format!("/operation/alerts/{}", alert.id);
        let message = Message::new(person.id, "operation-alert", alert.subject(), link)
            .of_kind(KINDS.find("operation-alert"))
            .text("component", &texts.both(&component::key(&alert.component)))
            .moment("since_at", alert.opened_at);
        notify::send(tx, at, message, person.address()).await?;
    }
    Ok(())
}
