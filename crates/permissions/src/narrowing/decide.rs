//! A second person agrees to what was proposed, or does not.

use authz::{Failure, Refusal};
use notify::Message;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{DECIDED, State, propose, table};
use crate::{
    KINDS,
    authority::{Acting, OVERSEERS, words},
};

pub(crate) struct DecideNarrowing {
    pub acting: Acting,
    pub narrowing: Uuid,
    pub agrees: bool,
    pub words: String,
}

impl Verb for DecideNarrowing {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check(tx, "see_narrowings", None).await?;
        let held = table::find(tx, self.narrowing).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "decide_narrowing", Some(held.proposer())).await?;
        let words = words("words", &self.words)?;
        let (to, kind) = match (held.state, self.agrees) {
            (State::Proposed, true) => (State::InForce, "narrowing.in_force"),
            (State::Proposed, false) => (State::Refused, "narrowing.refused"),
            (State::Ending, true) => (State::Ended, "narrowing.ended"),
            (State::Ending, false) => (State::InForce, "narrowing.end_refused"),
            _ => return Err(DECIDED.into()),
        };
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !table::decide(tx, held.id, (held.state, to), (by, &words), at).await? {
            return Err(DECIDED.into());
        }
        table::move_generation(tx).await?;
        propose::record(tx, kind, &held, &self.acting).await?;
        self.settle(tx, &held, &words).await
    }
}

impl DecideNarrowing {
    /// Nobody is asked any more, and whoever proposed learns the outcome.
    async fn settle(&self, tx: &Tx, held: &super::Held, words: &str) -> Result<(), Failure> {
        let at = self.acting.clock.now();
        if let Some(body) = organisations::holder_of(tx, organisations::COMPETENT_ADMINISTRATION).await? {
            for role in OVERSEERS {
                for person in organisations::people_with(tx, role, body, at).await? {
                    notify::settle(tx, person, &held.subject()).await?;
                }
            }
        }
        let message = Message::new(held.proposer(), "narrowing-decided", held.subject(), held.href())
            .of_kind(KINDS.find("narrowing-decided"))
            .word("words", words.to_owned());
        identity::tell(tx, message, at).await?;
        Ok(())
    }
}
