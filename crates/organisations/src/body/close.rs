//! A body is closed by a decree: its functions go to its successor, its appointments end, and everything that it did stays.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{change::CLOSED, function, table};
use crate::appointment;

const HAS_BODIES: Refusal = Refusal::new(Kind::Conflict, "org.body_has_bodies", &[]);
const SUCCESSOR: Refusal = Refusal::new(Kind::Invalid, "org.successor_missing", &[]);

#[derive(Clone, Debug)]
pub struct CloseBody {
    pub actor: Option<Uuid>,
    pub at: Timestamp,
    pub body: Uuid,
    pub successor: Option<Uuid>,
    /// The decree that closes it.
    pub decree: String,
}

impl Verb for CloseBody {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut body = table::body(tx, self.body).await?.ok_or(Refusal::not_found())?;
        if body.closed_at.is_some() {
            return Err(CLOSED.into());
        }
        if table::count_below(tx, body.id).await? > 0 {
            return Err(HAS_BODIES.into());
        }
        let successor = match self.successor.filter(|successor| *successor != body.id) {
            Some(successor) => table::body(tx, successor).await?.filter(|it| it.closed_at.is_none()),
            None => None,
        };
        let successor = successor.ok_or_else(|| SUCCESSOR.with_item("successor", "choice", ""))?;
        for held in &body.functions {
            table::end_function(tx, body.id, held, self.at).await?;
            if !successor.has_function(held) {
                function::give(tx, (successor.id, None), held, self.at).await?;
            }
        }
        let ended = appointment::table::end_all_at(tx, body.id, self.at).await?;
        (body.closed_at, body.successor) = (Some(self.at), Some(successor.id));
        table::save(tx, &body).await?;
        for about in [body.id, successor.id] {
            let entry = Entry {
                kind: "body.closed",
                subject: format!("body/{about}"),
                actor: self.actor,
                controls: &["LY-SVC-1.05"],
                body: json!({ "body": body.id, "successor": successor.id, "decree": self.decree,
                    "functions": body.functions, "appointments_ended": ended }),
                at: self.at,
            };
            ledger::append(tx, entry).await?;
        }
        Ok(())
    }
}
