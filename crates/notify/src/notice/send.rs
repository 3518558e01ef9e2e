//! Sends a message: its inbox row and its e-mail job, in the transaction of what it tells about.

use clock::Timestamp;
use jobs::Job;
use language::Lang;
use serde_json::json;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::{
    Address, DeliveryState, Means, Message,
    table::{self, Route},
};
use crate::{mail::MAIL_JOB, sms::SMS_JOB};

/// Puts the message into the person's inbox and, when there is an address, orders the e-mail.
/// Without an address the delivery says so: `no_means`.
pub async fn send(
    tx: &Tx,
    now: Timestamp,
    message: Message,
    address: Option<Address>,
) -> Result<(), StoreError> {
    let id = Uuid::now_v7();
    table::insert(tx, id, now, &message).await?;
    match address {
        Some(Address { email, language }) => {
            order(tx, id, now, MAIL_JOB, route(Means::Email, email, language)).await
        }
        None => {
            let nowhere =
                Route { state: DeliveryState::NoMeans, ..route(Means::Email, String::new(), Lang::Ar) };
            table::insert_delivery(tx, id, now, nowhere).await
        }
    }
}

/// The same by text message: for people whom a compromised mailbox must not reach.
pub async fn send_sms(
    tx: &Tx,
    now: Timestamp,
    message: Message,
    phone: String,
    language: Lang,
) -> Result<(), StoreError> {
    let id = Uuid::now_v7();
    table::insert(tx, id, now, &message).await?;
    order(tx, id, now, SMS_JOB, route(Means::Sms, phone, language)).await
}

fn route(means: Means, address: String, language: Lang) -> Route {
    Route { means, address, language, state: DeliveryState::Queued }
}

async fn order(
    tx: &Tx,
    notice: Uuid,
    now: Timestamp,
    kind: &'static str,
    route: Route,
) -> Result<(), StoreError> {
    table::insert_delivery(tx, notice, now, route).await?;
    let payload = json!({ "notice": notice });
    jobs::enqueue(tx, Job { kind, key: notice.to_string(), payload, run_at: now }).await
}
