//! A farewell: the logout token that tells one system that a session is over (OpenID Connect Back-Channel Logout 1.0).

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use authz::Failure;
use clock::Timestamp;
use courier::{Address, Letter};
use jobs::{Job, JobError, Task, Work};
use serde_json::{Value, json};
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Visit, table, tell::id_in};
use crate::{OpenId, client, consent};

/// The kind of job.
const KIND: &str = "openid.farewell";
/// How long a logout token is believed; each try signs a new one.
const FAREWELL_LIFE: Duration = Duration::from_secs(120);
/// What the token is about, as the standard names it.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Orders it, in the transaction of what ended.
pub(crate) async fn order(tx: &Tx, visit: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let payload = json!({ "visit": visit });
    jobs::enqueue(tx, Job { kind: KIND, key: visit.to_string(), payload, run_at: at }).await
}

/// The worker of it.
pub struct SayFarewell(pub Arc<OpenId>);

#[async_trait]
impl Work for SayFarewell {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = id_in(task, "visit")?;
        let visit = table::find(&self.0.store.read(), id).await?;
        let Some(visit) = visit.filter(|visit| !visit.is_told) else { return Ok(()) };
        if let Some(letter) = self.0.farewell(&visit).await? {
            match self.0.courier.post(&letter).await? {
                200..=299 => {}
                408 | 429 | 500..=599 => return Err(JobError::Again("the system could not take it".into())),
                status => return Err(JobError::Never(format!("the system refused it with {status}"))),
            }
        }
        self.0.store.write(Told { visit: id, at: self.0.clock.now() }).await.map_err(JobError::of)
    }
}

impl OpenId {
    /// The letter, or nothing where the system takes none any more.
    async fn farewell(&self, visit: &Visit) -> Result<Option<Letter>, JobError> {
        let sql = self.store.read();
        let client = client::table::find(&sql, visit.client).await?;
        let Some(client) = client.filter(|it| it.ended_at.is_none()) else { return Ok(None) };
        let Some(consent) = consent::table::find(&sql, client.id, visit.person).await? else {
            return Ok(None);
        };
        // What the installation allows may have become less since it was registered.
        let Some(address) = self.reached(&client.logout_uri) else { return Ok(None) };
        let now = self.clock.now();
        let token = self.sign("logout+jwt", &self.claims(visit, consent.subject, now)).await;
        let content = web::address("", [("logout_token", token.map_err(JobError::of)?.as_str())]);
        Ok(Some(Letter {
            id: visit.id,
            address,
            content_type: courier::FORM,
            content: content.trim_start_matches('?').to_owned().into(),
            signed_at: now.seconds(),
            bearer: None,
        }))
    }

    fn reached(&self, uri: &str) -> Option<Address> {
        (!uri.is_empty()).then(|| self.courier.reach().check(uri).ok()).flatten()
    }

    fn claims(&self, visit: &Visit, subject: Uuid, now: Timestamp) -> Value {
        json!({
            "iss": self.issuer,
            "aud": visit.client.to_string(),
            "sub": subject,
            "sid": visit.id,
            "iat": now.seconds(),
            "exp": (now + FAREWELL_LIFE).seconds(),
            "jti": Uuid::now_v7(),
            "events": { (EVENT): {} },
        })
    }
}

struct Told {
    visit: Uuid,
    at: Timestamp,
}

impl Verb for Told {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        Ok(table::told(tx, self.visit, self.at).await?)
    }
}
