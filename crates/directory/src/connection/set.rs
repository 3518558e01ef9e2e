//! VERB. A directory is put in force for a body, or set up otherwise, after it was tried.

use authz::Failure;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Connection, HREF, table};
use crate::{
    authority::{Acting, guards},
    telling::message,
};

pub(crate) struct SetConnection {
    pub acting: Acting,
    /// Tried a moment ago.
    pub connection: Connection,
}

impl Verb for SetConnection {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let new = &self.connection;
        self.acting.check("set", new.body, None)?;
        let was_there = table::find(tx, new.body).await?.is_some();
        table::put(tx, new).await?;
        let entry = ledger::Entry {
            kind: "staff_directory.set",
            subject: new.ledger_subject(),
            actor: Some(new.set_by),
            controls: &["KW-RW-9.5.6"],
            body: json!({ "host": new.host, "port": new.port, "channel": new.channel.word(), "base": new.base,
                "filter": new.filter, "attribute": new.attribute, "reader": new.reader }),
            at: new.set_at,
        };
        ledger::append(tx, entry).await?;
        let outcome = if was_there { "changed" } else { "begun" };
        tell_guards(tx, &self.acting, new.body, (outcome, "")).await
    }
}

/// Who answers for security hears of every change: whoever chooses the directory chooses who gets in.
pub(super) async fn tell_guards(
    tx: &Tx,
    acting: &Acting,
    body: Uuid,
    (outcome, words): (&str, &str),
) -> Result<(), Failure> {
    let at = acting.clock.now();
    let people = guards(tx, body, at).await?;
    let Some(body) = organisations::body(tx, body).await? else { return Ok(()) };
    compliance::tell(tx, &people, at, |to| {
        message(to, "staff-directory-set", super::subject_of(body.id), HREF.into())
            .text("body", &body.name)
            .word("outcome", outcome)
            .word("words", words)
    })
    .await
}
