//! Sends a message: its inbox row and the order of its e-mail, in the transaction of what it tells about.

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
use crate::{
    bounce,
    choice::{self, Choice, Way},
    mail::{DIGEST_JOB, MAIL_JOB},
    sms::SMS_JOB,
};

/// Puts the message into the person's inbox and, when there is an address, sends the e-mail on the way that the
/// person chose. Without an address, or where nothing can be sent, the delivery says so: `no_means`. Answers the id.
pub async fn send(
    tx: &Tx,
    now: Timestamp,
    message: Message,
    address: Option<Address>,
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    table::insert(tx, id, now, &message).await?;
    let Some(Address { email, language }) = address else {
        let nowhere = Route::new(Means::Email, String::new(), Lang::Ar).state(DeliveryState::NoMeans);
        table::insert_delivery(tx, id, now, nowhere).await?;
        return Ok(id);
    };
    let is_stopped = bounce::is_stopped(tx, &email).await?;
    let route = Route::new(Means::Email, email, language).topic(&message);
    if is_stopped {
        table::insert_delivery(tx, id, now, route.state(DeliveryState::Stopped)).await?;
        return Ok(id);
    }
    match choice::table::email_of(tx, message.to).await? {
        Some(choice) => by_email(tx, id, now, &message, choice, route).await?,
        None => table::insert_delivery(tx, id, now, route.state(DeliveryState::NoMeans)).await?,
    }
    Ok(id)
}

async fn by_email(
    tx: &Tx,
    id: Uuid,
    now: Timestamp,
    message: &Message,
    choice: Choice,
    route: Route,
) -> Result<(), StoreError> {
    match choice.way(&message.handling, now) {
        Way::Off => table::insert_delivery(tx, id, now, route.state(DeliveryState::Off)).await,
        Way::Now => order(tx, id, now, MAIL_JOB, route).await,
        Way::At(at) => order_at(tx, id, (now, at), MAIL_JOB, route.until(at)).await,
        Way::Digest(at) => {
            let route = route.state(DeliveryState::Digest).until(at);
            table::insert_delivery(tx, id, now, route).await?;
            // While the letter of that day is not sent, ordering it again changes nothing.
            let job = Job {
                kind: DIGEST_JOB,
                key: format!("{}/{}", message.to, at.seconds()),
                payload: json!({ "person": message.to }),
                run_at: at,
            };
            jobs::enqueue(tx, job).await
        }
    }
}

/// The same by text message: for people whom a compromised mailbox must not reach. Without a number the delivery says so.
/// Answers the id.
pub async fn send_sms(
    tx: &Tx,
    now: Timestamp,
    message: Message,
    phone: String,
    language: Lang,
) -> Result<Uuid, StoreError> {
    let id = Uuid::now_v7();
    table::insert(tx, id, now, &message).await?;
    let has_number = !phone.is_empty();
    let route = Route::new(Means::Sms, phone, language);
    match has_number {
        true => order(tx, id, now, SMS_JOB, route).await?,
        false => table::insert_delivery(tx, id, now, route.state(DeliveryState::NoMeans)).await?,
    }
    Ok(id)
}

async fn order(
    tx: &Tx,
    notice: Uuid,
    now: Timestamp,
    kind: &'static str,
    route: Route,
) -> Result<(), StoreError> {
    order_at(tx, notice, (now, now), kind, route).await
}

async fn order_at(
    tx: &Tx,
    notice: Uuid,
    (now, run_at): (Timestamp, Timestamp),
    kind: &'static str,
    route: Route,
) -> Result<(), StoreError> {
    table::insert_delivery(tx, notice, now, route).await?;
    jobs::enqueue(tx, job(notice, kind, run_at)).await
}

fn job(notice: Uuid, kind: &'static str, run_at: Timestamp) -> Job {
    Job { kind, key: notice.to_string(), payload: json!({ "notice": notice }), run_at }
}

/// Orders another try of an e-mail that did not arrive, to another address where one is given. False when there is
/// nothing to retry, or no way to send.
pub async fn retry(tx: &Tx, notice: Uuid, email: Option<String>, now: Timestamp) -> Result<bool, StoreError> {
    if !choice::table::is_email_ready(tx).await? || !table::reopen(tx, notice, email, now).await? {
        return Ok(false);
    }
    // One that still waits for its next try is brought forward; ordering anew would change nothing.
    if !jobs::hasten(tx, MAIL_JOB, &notice.to_string(), now).await? {
        jobs::enqueue(tx, job(notice, MAIL_JOB, now)).await?;
    }
    Ok(true)
}

/// What was asked of the person about this subject is done: it no longer stands under "needs you".
pub async fn settle(tx: &Tx, person: Uuid, subject: &str) -> Result<(), StoreError> {
    table::settle(tx, person, subject).await
}
