//! A delivery is posted. The job may run twice; the id under which it is posted stays the same, and what is acknowledged
//! is posted no more.

use std::sync::Arc;

use async_trait::async_trait;
use authz::Failure;
use bytes::Bytes;
use courier::{Letter, PostError};
use jobs::{JobError, Policy, Task, Work};
use uuid::Uuid;

use super::{
    Delivery, Standing,
    outcome::{GiveUp, Tried},
    policy, table,
};
use crate::Services;

/// The kind of job that posts a delivery.
pub(crate) const KIND: &str = "services.deliver_to_endpoint";

/// The worker of deliveries.
pub struct DeliverToEndpoints(pub Arc<Services>);

#[async_trait]
impl Work for DeliverToEndpoints {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn policy(&self) -> Policy {
        policy()
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        match self.0.deliver_to_endpoint(named(task)?).await.map_err(JobError::of)? {
            None => Ok(()),
            Some(answer) => Err(JobError::Again(answer)),
        }
    }

    async fn given_up(&self, task: &Task, _reason: &str) -> Result<(), JobError> {
        let verb = GiveUp { delivery: named(task)?, clock: self.0.clock.clone() };
        self.0.store.write(verb).await.map_err(JobError::of)?;
        self.0.ledger.wake();
        Ok(())
    }
}

fn named(task: &Task) -> Result<Uuid, JobError> {
    let id = task.payload.get("delivery").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    id.ok_or_else(|| JobError::Never("the payload names no delivery".into()))
}

impl Services {
    /// Posts it and writes down the answer. Nothing when it need not be tried again, else why it must.
    async fn deliver_to_endpoint(&self, id: Uuid) -> Result<Option<String>, Failure> {
        let delivery = table::delivery(&self.store.read(), id).await?;
        let Some(delivery) = delivery.filter(|it| it.standing == Standing::Waiting) else { return Ok(None) };
        let answer = self.post(&delivery).await?;
        let standing = if is_acknowledged(&answer) { Standing::Delivered } else { Standing::Waiting };
        let tried = Tried { delivery, answer: answer.clone(), standing, clock: self.clock.clone() };
        self.store.write(tried).await?;
        self.ledger.wake();
        Ok((standing == Standing::Waiting).then_some(answer))
    }

    /// The status that came back, or the word for why none did.
    async fn post(&self, delivery: &Delivery) -> Result<String, Failure> {
        let Some(endpoint) = table::find(&self.store.read(), delivery.body).await? else {
            return Ok("no_endpoint".to_owned());
        };
        // What the installation allows may have become less since it was registered.
        let Ok(address) = self.courier.reach().check(&endpoint.address) else {
            return Ok("address".to_owned());
        };
        let letter = Letter {
            id: delivery.id,
            address,
            content_type: courier::JSON,
            content: Bytes::from(delivery.payload.clone()),
            signed_at: self.clock.now().seconds(),
            bearer: None,
        };
        Ok(match self.courier.post(&letter).await {
            Ok(status) => status.to_string(),
            Err(error) => word(&error).to_owned(),
        })
    }
}

fn is_acknowledged(answer: &str) -> bool {
    answer.parse().is_ok_and(|status: u16| (200..300).contains(&status))
}

fn word(error: &PostError) -> &'static str {
    match error {
        PostError::OutOfReach => "out_of_reach",
        PostError::Unreachable(_) => "unreachable",
        PostError::Untrusted(_) => "untrusted",
        PostError::Slow => "slow",
        PostError::Broken(_) | PostError::Letter(_) => "broken",
    }
}

#[cfg(test)]
mod tests {
    use language::Texts;

    use super::*;

    #[test]
    fn every_reason_has_its_words() {
        let texts = Texts::assemble(&[crate::LOCALE]).expect("the texts can be read");
        for word in ["no_endpoint", "address", "out_of_reach", "unreachable", "untrusted", "slow", "broken"] {
            assert!(texts.keys().contains(format!("endpoint-answer-{word}").as_str()), "{word}");
        }
    }

    #[test]
    fn only_a_status_of_success_acknowledges() {
        for (answer, acknowledged) in [
            ("200", true),
            ("204", true),
            ("299", true),
            ("300", false),
            ("199", false),
            ("500", false),
            ("slow", false),
        ] {
            assert_eq!(is_acknowledged(answer), acknowledged, "{answer}");
        }
    }
}
