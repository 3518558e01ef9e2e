//! The work that sends a code to a new address. It is no notice: what proves an address must not lie in the inbox too.

use std::sync::Arc;

use async_trait::async_trait;
use jobs::{JobError, Task, Work};
use notify::{Direct, Post};
use uuid::Uuid;

use super::table;
use crate::{Identity, person};

/// The kind of the job.
pub(super) const PROVE_JOB: &str = "identity.prove_email";

pub struct ProveEmail {
    identity: Arc<Identity>,
    post: Arc<Post>,
}

impl ProveEmail {
    pub fn new(identity: Arc<Identity>, post: Arc<Post>) -> ProveEmail {
        ProveEmail { identity, post }
    }
}

#[async_trait]
impl Work for ProveEmail {
    fn kind(&self) -> &'static str {
        PROVE_JOB
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = task.payload.get("change").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let id: Uuid = id.ok_or_else(|| JobError::Never("the payload names no change".into()))?;
        let sql = self.identity.store.read();
        let change = table::by_id(&sql, id).await?.filter(|change| change.is_good(self.identity.clock.now()));
        // Another change took its place, or it is over: nobody waits for this code any more.
        let Some(change) = change else { return Ok(()) };
        let Some(person) = person::table::person(&sql, change.person).await? else { return Ok(()) };
        let code = change.code(&self.identity.key);
        let letter = Direct {
            id: change.id,
            to: change.email.clone(),
            language: person.language,
            subject: "identity-email-letter-subject",
            lead: "identity-email-letter-lead",
            foot: "identity-email-letter-foot",
            values: vec![("code", code.clone())],
            path: format!("/account/email?code={code}"),
        };
        self.post.send_direct(letter).await
    }
}
