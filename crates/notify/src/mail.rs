//! The work that sends e-mail.

mod config;
mod digest;
mod direct;
mod letter;
mod sending;

use std::sync::Arc;

use async_trait::async_trait;
use clock::{Clock, Timestamp};
use jobs::{JobError, Policy, Task, Work};
use language::Texts;
use store::{Store, StoreError, Tx, Verb};
use uuid::Uuid;

use crate::{
    bounce::{self, Report, TakeBounce},
    choice::{self, choose::OpenLeave},
    notice::{DeliveryState, Means, table},
};

pub use config::{MailConfig, MailConfigError};
pub use digest::{DIGEST_JOB, Digester};
pub use direct::Direct;
use sending::{Server, Trouble};

/// Whether letters can be addressed to it.
pub fn is_email(address: &str) -> bool {
    address.parse::<lettre::Address>().is_ok()
}

/// The kind of the job that sends one e-mail.
pub const MAIL_JOB: &str = "notify.mail";

/// How far a delivery has come.
pub(crate) struct Progress {
    pub(crate) notice: Uuid,
    pub(crate) means: Means,
    pub(crate) state: DeliveryState,
    pub(crate) now: Timestamp,
    pub(crate) reason: Option<String>,
    pub(crate) retry_at: Option<Timestamp>,
}

impl Verb for Progress {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::progress(tx, self).await
    }
}

/// The notice that a job is about.
pub(crate) fn notice_id(task: &Task) -> Result<Uuid, JobError> {
    let named = task.payload.get("notice").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    named.ok_or_else(|| JobError::Never("the job names no notice".into()))
}

/// About when a job that fails now is tried next.
pub(crate) fn next_try(task: &Task, policy: &Policy, now: Timestamp) -> Option<Timestamp> {
    (task.attempt < policy.attempts_max).then(|| now + policy.delay(task.attempt, 0.0))
}

/// Sends e-mail through one server.
pub struct Mailer {
    post: Arc<Post>,
}

/// What both works that send e-mail stand on.
pub struct Post {
    store: Store,
    clock: Clock,
    texts: Arc<Texts>,
    server: Option<Server>,
}

impl Post {
    /// Without a server, deliveries end as `no_means`, visibly.
    pub fn new(
        store: Store,
        clock: Clock,
        texts: Arc<Texts>,
        config: Option<MailConfig>,
    ) -> Result<Arc<Post>, MailConfigError> {
        let server = config.map(Server::new).transpose()?;
        Ok(Arc::new(Post { store, clock, texts, server }))
    }

    /// The next server refused a letter for good, which counts like one that came back.
    async fn came_back(&self, letter: Uuid, reason: &str) -> Result<(), StoreError> {
        let report = Report { failed: true, lasting: true, reason: reason.to_owned() };
        self.store.write(TakeBounce { letter, report, now: self.clock.now() }).await.map(drop)
    }

    /// Where the person says "no more of these" without signing in.
    async fn leave_href(&self, person: Uuid, topic: &str, server: &Server) -> Result<String, StoreError> {
        let code = match choice::table::leave_code(&self.store.read(), person).await? {
            Some(code) => code,
            None => self.store.write(OpenLeave { person, now: self.clock.now() }).await?,
        };
        Ok(format!("{}/notifications/leave/{code}?topic={topic}", server.config.public_address))
    }
}

impl Mailer {
    pub fn new(post: Arc<Post>) -> Mailer {
        Mailer { post }
    }

    async fn note(&self, task: &Task, state: DeliveryState, reason: Option<String>) -> Result<(), JobError> {
        let now = self.post.clock.now();
        let retry_at =
            (state == DeliveryState::Delayed).then(|| next_try(task, &self.policy(), now)).flatten();
        let progress =
            Progress { notice: notice_id(task)?, means: Means::Email, state, now, reason, retry_at };
        Ok(self.post.store.write(progress).await?)
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
        let post = &self.post;
        let Some((notice, route)) =
            table::to_deliver(&post.store.read(), notice_id(task)?, Means::Email).await?
        else {
            return Err(JobError::Never("the notice is not there any more".into()));
        };
        if matches!(route.state, DeliveryState::Sent | DeliveryState::Bounced) {
            return Ok(());
        }
        if bounce::is_stopped(&post.store.read(), &route.address).await? {
            return self.note(task, DeliveryState::Stopped, None).await;
        }
        let Some(server) = &post.server else {
            return self.note(task, DeliveryState::NoMeans, None).await;
        };
        let leave = match route.topic.is_empty() {
            true => None,
            false => Some(post.leave_href(notice.person, &route.topic, server).await?),
        };
        let letter = letter::of_notice(&notice, &route, &server.config, &post.texts, post.clock.now(), leave)
            .map_err(JobError::Never)?;
        match server.send(letter, &route.address).await {
            Ok(answer) => self.note(task, DeliveryState::Sent, Some(answer)).await,
            Err(trouble) => {
                match &trouble {
                    Trouble::Bounced(reason) => post.came_back(notice.id, reason).await?,
                    Trouble::Later(reason) => {
                        self.note(task, DeliveryState::Delayed, Some(reason.clone())).await?;
                    }
                }
                Err(trouble.into())
            }
        }
    }

    async fn given_up(&self, task: &Task, reason: &str) -> Result<(), JobError> {
        self.note(task, DeliveryState::Failed, Some(reason.into())).await
    }
}
