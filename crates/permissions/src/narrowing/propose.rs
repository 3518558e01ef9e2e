//! Somebody at the competent administration proposes to narrow what the policies allow.

use std::sync::Arc;

use authz::{Failure, Narrowing, Refusal};
use compliance::Packs;
use notify::Message;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{CONTROLS, EXISTS, Held, LOCKS_OUT, NewNarrowing, State, UNKNOWN, table, what_of, word_of};
use crate::{
    KINDS, POLICIES,
    authority::{Acting, deciders, words},
};

/// Controls that one narrowing is founded on.
const CONTROLS_MAX: usize = 10;

pub struct ProposeNarrowing {
    pub(crate) acting: Acting,
    pub(crate) packs: Arc<Packs>,
    pub(crate) wish: NewNarrowing,
}

impl Verb for ProposeNarrowing {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        self.acting.check(tx, "propose_narrowing", None).await?;
        let (reason, id) = (words("reason", &self.wish.reason)?, Uuid::now_v7());
        let narrowing = self.narrowing(id)?;
        let known = table::of_act(tx, (&narrowing.capability, &narrowing.action)).await?;
        if known.iter().any(|held| held.narrowing.what == narrowing.what) {
            return Err(EXISTS.into());
        }
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let held = Held {
            id,
            narrowing,
            reason,
            state: State::Proposed,
            proposed_by: by,
            proposed_at: at,
            decided_by: None,
            decided_at: None,
            words: String::new(),
            end_reason: String::new(),
            end_proposed_by: None,
            end_proposed_at: None,
        };
        table::insert(tx, &held).await?;
        record(tx, "narrowing.proposed", &held, &self.acting).await?;
        tell_deciders(tx, &held, &self.acting).await?;
        Ok(id)
    }
}

impl ProposeNarrowing {
    /// What is proposed, if there is such an act and such a role in it.
    fn narrowing(&self, id: Uuid) -> Result<Narrowing, Refusal> {
        let wish = &self.wish;
        if wish.capability == POLICIES.capability {
            return Err(LOCKS_OUT);
        }
        let what = what_of(&wish.what).ok_or_else(|| UNKNOWN.with_item("what", "unknown", ""))?;
        let unknown = |id: &&String| self.packs.control(id).is_none();
        if wish.controls.len() > CONTROLS_MAX || wish.controls.iter().find(unknown).is_some() {
            return Err(UNKNOWN.with_item("controls", "unknown_control", ""));
        }
        let narrowing = Narrowing {
            id,
            capability: wish.capability.clone(),
            action: wish.action.clone(),
            what,
            controls: wish.controls.clone(),
        };
        let rows = self.acting.policies.rows(&wish.capability, &wish.action);
        narrowing.text(rows).map_err(|_| UNKNOWN.with_item("what", "unknown", ""))?;
        Ok(narrowing)
    }
}

/// The entry of a step; it says the whole policy, so that the ledger alone tells what was in force when.
pub(super) async fn record(tx: &Tx, kind: &'static str, held: &Held, acting: &Acting) -> Result<(), Failure> {
    let narrowing = &held.narrowing;
    let rows = acting.policies.rows(&narrowing.capability, &narrowing.action);
    let entry = ledger::Entry {
        kind,
        subject: held.subject(),
        actor: Some(acting.actor.person),
        controls: CONTROLS,
        body: json!({
            "capability": narrowing.capability,
            "action": narrowing.action,
            "what": word_of(&narrowing.what),
            "controls": narrowing.controls,
            "policy": narrowing.text(rows).unwrap_or_default(),
        }),
        at: acting.clock.now(),
    };
    ledger::append(tx, entry).await?;
    Ok(())
}

/// Everybody who may decide learns that something waits.
pub(super) async fn tell_deciders(tx: &Tx, held: &Held, acting: &Acting) -> Result<(), Failure> {
    let at = acting.clock.now();
    for person in deciders(tx, acting.actor.person, at).await? {
        let message = Message::new(person, "narrowing-proposed", held.subject(), held.href())
            .of_kind(KINDS.find("narrowing-proposed"));
        identity::tell(tx, message, at).await?;
    }
    Ok(())
}
