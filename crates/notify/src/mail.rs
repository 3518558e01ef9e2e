//! The work that sends e-mail.

mod config;
mod letter;

use std::sync::Arc;

use async_trait::async_trait;
use clock::{Clock, Timestamp};
use jobs::{JobError, Task, Work};
use language::Texts;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor, transport::smtp};
use store::{Store, StoreError, Tx, Verb};
use uuid::Uuid;

use crate::notice::{DeliveryState, Means, table};

pub use config::{MailConfig, MailConfigError};

/// The kind of the job that sends one e-mail.
pub const MAIL_JOB: &str = "notify.mail";

/// How far a delivery has come.
pub(crate) struct Progress {
    pub(crate) notice: Uuid,
    pub(crate) means: Means,
    pub(crate) state: DeliveryState,
    pub(crate) now: Timestamp,
    pub(crate) reason: Option<String>,
}

impl Verb for Progress {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::progress(tx, self.notice, self.means, self.state, self.now, self.reason.clone()).await
    }
}

/// The notice that a job is about.
pub(crate) fn notice_id(task: &Task) -> Result<Uuid, JobError> {
    let named = task.payload.get("notice").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    named.ok_or_else(|| JobError::Never("the job names no notice".into()))
}

/// Sends e-mail through one server.
pub struct Mailer {
    store: Store,
    clock: Clock,
    texts: Arc<Texts>,
    server: Option<Server>,
}

struct Server {
    config: MailConfig,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mailer {
    /// Without a server, deliveries end as `no_means`, visibly.
    pub fn new(
        store: Store,
        clock: Clock,
        texts: Arc<Texts>,
        config: Option<MailConfig>,
    ) -> Result<Mailer, MailConfigError> {
        let server = match config {
            Some(config) => Some(Server { transport: config.transport()?, config }),
            None => None,
        };
        Ok(Mailer { store, clock, texts, server })
    }

    async fn note(&self, task: &Task, state: DeliveryState, reason: Option<String>) -> Result<(), JobError> {
        let progress =
            Progress { notice: notice_id(task)?, means: Means::Email, state, now: self.clock.now(), reason };
        Ok(self.store.write(progress).await?)
    }
}

#[async_trait]
impl Work for Mailer {
    fn kind(&self) -> &'static str {
        MAIL_JOB
    }

    /// A node that dies between the server's yes and our own note sends the letter again, under the same
    /// Message-ID, by which mail programs show it once.
    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let Some((notice, route)) =
            table::to_deliver(&self.store.read(), notice_id(task)?, Means::Email).await?
        else {
            return Err(JobError::Never("the notice is not there any more".into()));
        };
        if route.state == DeliveryState::Sent {
            return Ok(());
        }
        let Some(server) = &self.server else {
            return self.note(task, DeliveryState::NoMeans, None).await;
        };
        let letter = letter::compose(&notice, &route, &server.config, &self.texts, self.clock.now())
            .map_err(JobError::Never)?;
        match server.transport.send(letter).await {
            Ok(_) => self.note(task, DeliveryState::Sent, None).await,
            Err(error) => {
                let (error, reason) = judge(&error, &route.address);
                self.note(task, DeliveryState::Queued, Some(reason)).await?;
                Err(error)
            }
        }
    }

    async fn given_up(&self, task: &Task, reason: &str) -> Result<(), JobError> {
        self.note(task, DeliveryState::Failed, Some(reason.into())).await
    }
}

/// A server's lasting no is about this letter, unless it is about us (our sign-in, our encryption: 530 to 538):
/// that is mended by the operator, and no letter may be lost over it. Reasons never carry the address.
fn judge(error: &smtp::Error, address: &str) -> (JobError, String) {
    let mut words = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        words = format!("{words}: {cause}");
        source = cause.source();
    }
    let words = words.replace(address, "<address>");
    let about_us = error.status().is_some_and(|code| (530..=538).contains(&u16::from(code)));
    let error = match error.is_permanent() && !about_us {
        true => JobError::Never(words.clone()),
        false => JobError::Again(words.clone()),
    };
    (error, words)
}
