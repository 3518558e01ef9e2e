//! The letter of the day: everything that a person chose to hear of once a day, grouped by what it is about.
//!
//! A job of one name a person and hour, so that any number of nodes sends one letter; what it took up once it keeps,
//! so that a second try says the same. Whoever changes the mode in between still gets what was put off.

use std::sync::Arc;

use async_trait::async_trait;
use clock::Timestamp;
use jobs::{JobError, Task, Work};
use language::Digits;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Post, Trouble, letter::Letter, next_try, sending::Server};
use crate::notice::{DeliveryState, Notice, Reading, Words, table, table::Route};

/// The kind of the job that sends the letter of the day.
pub const DIGEST_JOB: &str = "notify.digest";
/// Lines of one letter; the rest is counted and stands in the inbox.
const DIGEST_LINES_MAX: u32 = 60;

/// Sends letters of the day.
pub struct Digester {
    post: Arc<Post>,
}

struct Gather {
    person: Uuid,
    digest: Uuid,
}

impl Verb for Gather {
    type Answer = u64;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<u64, StoreError> {
        table::gather(tx, self.person, self.digest).await
    }
}

struct Ended {
    digest: Uuid,
    state: DeliveryState,
    now: Timestamp,
    reason: Option<String>,
    retry_at: Option<Timestamp>,
}

impl Verb for Ended {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        let more = (self.reason.clone(), self.retry_at);
        table::digest_ended(tx, self.digest, self.state, self.now, more).await
    }
}

impl Digester {
    pub fn new(post: Arc<Post>) -> Digester {
        Digester { post }
    }

    async fn note(
        &self,
        task: &Task,
        state: DeliveryState,
        reason: Option<String>,
        retry_at: Option<Timestamp>,
    ) -> Result<(), JobError> {
        let now = self.post.clock.now();
        Ok(self.post.store.write(Ended { digest: task.id, state, now, reason, retry_at }).await?)
    }

    async fn letter(
        &self,
        task: &Task,
        told: &[(Notice, Route)],
        route: &Route,
        server: &Server,
    ) -> Result<Letter, StoreError> {
        let (post, lang) = (&self.post, route.language);
        let count = told.len() as i64;
        let say = |key: &str| post.texts.say(lang, key, &[("count", count.into())]);
        let topic = if told.iter().all(|(_, one)| one.topic == route.topic) { &route.topic } else { "" };
        let person = told.first().map(|(notice, _)| notice.person).unwrap_or_default();
        Ok(Letter {
            lang,
            to: route.address.clone(),
            subject: say("notify-digest-subject"),
            id: task.id.to_string(),
            lead: say("notify-digest-lead"),
            groups: grouped(told, |notice| {
                let reading =
                    Reading { texts: &post.texts, lang, digits: Digits::Latin, offset: server.config.offset };
                Words::of(notice, reading).subject_line()
            }),
            href: format!("{}/inbox", server.config.public_address),
            leave: Some(post.leave_href(person, topic, server).await?),
            foot: None,
        })
    }
}

/// One group a subject, in the order of the newest; within it the oldest first.
fn grouped(told: &[(Notice, Route)], line: impl Fn(&Notice) -> String) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (notice, _) in told {
        let heading = notice.subject.rsplit('/').next().unwrap_or_default();
        match groups.iter_mut().find(|(known, _)| known == heading) {
            Some((_, lines)) => lines.insert(0, line(notice)),
            None => groups.push((heading.to_owned(), vec![line(notice)])),
        }
    }
    groups
}

#[async_trait]
impl Work for Digester {
    fn kind(&self) -> &'static str {
        DIGEST_JOB
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let person = task.payload.get("person").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let person = person.ok_or_else(|| JobError::Never("the job names no person".into()))?;
        let post = &self.post;
        post.store.write(Gather { person, digest: task.id }).await?;
        let told = table::gathered(&post.store.read(), task.id, DIGEST_LINES_MAX).await?;
        let Some((_, route)) = told.first() else { return Ok(()) };
        let Some(server) = &post.server else {
            return self.note(task, DeliveryState::NoMeans, None, None).await;
        };
        let letter = self.letter(task, &told, route, server).await?;
        let letter =
            letter.compose(&server.config, &post.texts, post.clock.now()).map_err(JobError::Never)?;
        match server.send(letter, &route.address).await {
            Ok(answer) => self.note(task, DeliveryState::Sent, Some(answer), None).await,
            Err(Trouble::Bounced(reason)) => {
                post.came_back(task.id, &reason).await?;
                Err(JobError::Never(reason))
            }
            Err(Trouble::Later(reason)) => {
                // Still gathered: the next try tells the same.
                let next = next_try(task, &self.policy(), post.clock.now());
                self.note(task, DeliveryState::Digest, Some(reason.clone()), next).await?;
                Err(JobError::Again(reason))
            }
        }
    }

    async fn given_up(&self, task: &Task, reason: &str) -> Result<(), JobError> {
        self.note(task, DeliveryState::Failed, Some(reason.into()), None).await
    }
}
