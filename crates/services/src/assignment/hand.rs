//! A task changes hands: an officer takes it, gives it to a colleague or puts it back, or the head moves it.
//!
//! Whoever acted on an older page is told who has it now; nobody takes what they did not see.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::Clock;
use compliance::Door;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{
    Services,
    request::{Request, RequestNumber, act::visible},
    task::table::{Held, hand, held},
};

pub(crate) struct Hand {
    pub actor: Actor,
    pub number: RequestNumber,
    /// Who had it on the page that was acted on; `None` accepts whoever has it.
    pub seen: Option<Option<Uuid>>,
    /// Nobody: back to the queue.
    pub to: Option<Uuid>,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Hand {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let request = visible(tx, &self.policies, &self.actor, &self.number).await?;
        let Some(task) = held(tx, request.id).await? else {
            return Err(Refusal::new(Kind::Conflict, "desk.nothing_open", &[]).into());
        };
        self.policies.require("services", &self.actor, self.action(), &resource(&task, self.to))?;
        let seen = self.seen.unwrap_or(task.holder);
        if task.holder == self.to {
            return Ok(());
        }
        if seen != task.holder {
            return Err(Refusal::new(Kind::Conflict, "desk.taken", &[]).into());
        }
        self.check_recipient(tx, &request, &task).await?;
        if !hand(tx, task.id, task.holder, self.to).await? {
            return Err(Refusal::new(Kind::Conflict, "desk.taken", &[]).into());
        }
        let entry = ledger::Entry {
            kind: "task.assigned",
            subject: request.subject(),
            actor: Some(self.actor.person),
            controls: &[],
            body: json!({ "number": request.number.as_str(), "from": task.holder, "to": self.to }),
            at: self.clock.now(),
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl Hand {
    fn action(&self) -> &'static str {
        match self.to {
            Some(person) if person == self.actor.person => "take",
            Some(_) => "give",
            None => "put_back",
        }
    }

    /// Whoever gets it sits at that desk, is there, and did not apply for it.
    async fn check_recipient(&self, tx: &Tx, request: &Request, task: &Held) -> Result<(), Failure> {
        let Some(person) = self.to else { return Ok(()) };
        if person == request.applicant {
            return Err(Refusal::new(Kind::NotAllowed, "request.own", &["LY-SVC-16.1"]).into());
        }
        let present = table::present(tx, &task.desk, self.clock.now()).await?;
        if present.contains(&person) || person == self.actor.person {
            return Ok(());
        }
        Err(Refusal::new(Kind::Conflict, "desk.not_there", &[]).with_item("to", "not_there", "").into())
    }
}

/// A task as the policies see it.
fn resource(task: &Held, to: Option<Uuid>) -> Resource {
    let word = |person: Option<Uuid>| Attribute::Word(person.map(|it| it.to_string()).unwrap_or_default());
    Resource {
        kind: "Task",
        id: task.id.to_string(),
        attributes: vec![
            ("desk", Attribute::Word(task.desk.word())),
            ("head_desk", Attribute::Word(format!("head@{}", task.desk.body))),
            ("holder", word(task.holder)),
            ("to", word(to)),
        ],
    }
}

impl Services {
    /// Gives the open task of a request to somebody, or back to nobody; `seen` is who had it on the page.
    pub async fn hand(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        seen: Option<Option<Uuid>>,
        to: Option<Uuid>,
    ) -> Result<(), Failure> {
        let verb = Hand {
            actor: actor.clone(),
            number: number.clone(),
            seen,
            to,
            policies: self.policies.clone(),
            clock: self.clock.clone(),
        };
        self.carry_out(actor, &format!("request/{number}"), verb, None).await
    }
}
