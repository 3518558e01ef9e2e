//! How a try ended, written down: what was acknowledged is in the ledger with its moment, and a body to which nothing
//! arrives is told so once.

use authz::Failure;
use clock::{Clock, Timestamp};
use serde_json::json;
use store::{Tx, Verb};

use super::{CONTROLS, DELIVERED_KEPT, Delivery, Standing, TOLD_AFTER_TRIES, table};
use crate::{Services, entry::tell, telling};

pub(super) struct Tried {
    pub delivery: Delivery,
    pub answer: String,
    pub standing: Standing,
    pub clock: Clock,
}

impl Verb for Tried {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let (delivery, at) = (&self.delivery, self.clock.now());
        if !table::tried(tx, delivery.id, self.standing, &self.answer, at).await? {
            return Ok(());
        }
        if self.standing == Standing::Delivered {
            table::works(tx, delivery.body).await?;
            return record(tx, "endpoint.delivered", delivery, delivery.tries + 1, at).await;
        }
        table::fails(tx, delivery.body, at).await?;
        match delivery.tries + 1 >= TOLD_AFTER_TRIES {
            true => tell_body(tx, delivery, at).await,
            false => Ok(()),
        }
    }
}

/// After the last try.
pub(super) struct GiveUp {
    pub delivery: uuid::Uuid,
    pub clock: Clock,
}

impl Verb for GiveUp {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let at = self.clock.now();
        let Some(delivery) = table::delivery(tx, self.delivery).await? else { return Ok(()) };
        if !table::give_up(tx, delivery.id, at).await? {
            return Ok(());
        }
        record(tx, "endpoint.failed", &delivery, delivery.tries, at).await?;
        tell_body(tx, &delivery, at).await
    }
}

async fn record(
    tx: &Tx,
    kind: &'static str,
    delivery: &Delivery,
    tries: i64,
    at: Timestamp,
) -> Result<(), Failure> {
    let subject = match delivery.number.as_str() {
        "" => format!("endpoint/{}", delivery.body),
        number => format!("request/{number}"),
    };
    let entry = ledger::Entry {
        kind,
        subject,
        actor: None,
        controls: CONTROLS,
        body: json!({ "delivery": delivery.id, "body": delivery.body, "event": delivery.event.word(), "tries": tries }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}

async fn tell_body(tx: &Tx, delivery: &Delivery, at: Timestamp) -> Result<(), Failure> {
    if !table::is_news(tx, delivery.body, at).await? {
        return Ok(());
    }
    let Some(body) = organisations::body(tx, delivery.body).await? else { return Ok(()) };
    let message = |to| {
        let link = format!("/directory/endpoints?body={}", body.slug);
        telling::message(to, "endpoint-failing", format!("endpoint/{}", body.slug), link)
            .text("body", &body.name)
    };
    tell::body(tx, body.id, at, message).await?;
    Ok(())
}

struct ForgetDeliveries {
    before: Timestamp,
}

impl Verb for ForgetDeliveries {
    type Answer = u64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<u64, Failure> {
        Ok(table::forget(tx, self.before).await?)
    }
}

impl Services {
    /// Takes out of the log what was acknowledged long ago; the ledger keeps that it was.
    pub async fn forget_deliveries(&self) -> Result<u64, Failure> {
        self.store.write(ForgetDeliveries { before: self.clock.now() - DELIVERED_KEPT }).await
    }
}
