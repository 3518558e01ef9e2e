//! Text messages: the port that an operator's gateway plugs into. None is built in, and the product says so
//! instead of pretending: a delivery without a gateway ends as `no_means`.

use std::sync::Arc;

use async_trait::async_trait;
use clock::{Clock, Timestamp};
use jobs::{JobError, Task, Work};
use language::{Digits, Lang, Offset, Texts};
use store::Store;
use uuid::Uuid;

use crate::{
    mail::{Progress, next_try, notice_id},
    notice::{DeliveryState, Means, Message, Notice, Reading, Words, one_line, table},
};

/// The kind of the job that sends one text message.
pub const SMS_JOB: &str = "notify.sms";
/// Characters of a text message: three parts of Arabic text.
const SMS_CHARACTERS_MAX: usize = 201;

/// Why a gateway did not take a message.
#[derive(Debug, thiserror::Error)]
pub enum SmsError {
    #[error("the gateway may take it later: {0}")]
    Later(String),
    #[error("the gateway will never take it: {0}")]
    Refused(String),
}

/// A gateway for text messages.
#[async_trait]
pub trait Sms: Send + Sync {
    /// Hands the text over. `reference` is the same for every try of one message.
    async fn send(&self, phone: &str, text: &str, reference: &str) -> Result<(), SmsError>;
}

/// What a message says as a text message: for whoever keeps it beside what it tells about.
pub fn text_of(message: &Message, texts: &Texts, lang: Lang) -> String {
    let notice = Notice {
        id: Uuid::nil(),
        person: message.to,
        key: message.key.to_owned(),
        args: message.args.clone(),
        link: String::new(),
        subject: String::new(),
        sent_at: Timestamp(0),
        read_at: None,
        archived_at: None,
        asks: false,
    };
    written(&notice, texts, lang)
}

fn written(notice: &Notice, texts: &Texts, lang: Lang) -> String {
    let reading = Reading { texts, lang, digits: Digits::Latin, offset: Offset::UTC };
    one_line(&Words::of(notice, reading).subject(), SMS_CHARACTERS_MAX)
}

/// The work that sends text messages.
pub struct Texter {
    store: Store,
    clock: Clock,
    texts: Arc<Texts>,
    gateway: Option<Arc<dyn Sms>>,
}

impl Texter {
    pub fn new(store: Store, clock: Clock, texts: Arc<Texts>, gateway: Option<Arc<dyn Sms>>) -> Texter {
        Texter { store, clock, texts, gateway }
    }

    fn progress(
        &self,
        task: &Task,
        state: DeliveryState,
        reason: Option<String>,
    ) -> Result<Progress, JobError> {
        Ok(Progress {
            notice: notice_id(task)?,
            means: Means::Sms,
            state,
            now: self.clock.now(),
            reason,
            retry_at: None,
        })
    }
}

#[async_trait]
impl Work for Texter {
    fn kind(&self) -> &'static str {
        SMS_JOB
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let Some((notice, route)) =
            table::to_deliver(&self.store.read(), notice_id(task)?, Means::Sms).await?
        else {
            return Err(JobError::Never("the notice is not there any more".into()));
        };
        if route.state == DeliveryState::Sent {
            return Ok(());
        }
        let Some(gateway) = &self.gateway else {
            return Ok(self.store.write(self.progress(task, DeliveryState::NoMeans, None)?).await?);
        };
        let text = written(&notice, &self.texts, route.language);
        match gateway.send(&route.address, &text, &notice.id.to_string()).await {
            Ok(()) => Ok(self.store.write(self.progress(task, DeliveryState::Sent, None)?).await?),
            Err(SmsError::Refused(reason)) => Err(JobError::Never(reason)),
            Err(SmsError::Later(reason)) => {
                let mut progress = self.progress(task, DeliveryState::Delayed, Some(reason.clone()))?;
                progress.retry_at = next_try(task, &self.policy(), progress.now);
                self.store.write(progress).await?;
                Err(JobError::Again(reason))
            }
        }
    }

    async fn given_up(&self, task: &Task, reason: &str) -> Result<(), JobError> {
        Ok(self.store.write(self.progress(task, DeliveryState::Failed, Some(reason.into()))?).await?)
    }
}
