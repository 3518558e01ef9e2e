//! VERB. A provider words its own acknowledgement.

use std::sync::Arc;

use authz::{Actor, Failure, Policies};
use clock::Clock;
use compliance::Door;
use language::{Text, clean_text};
use serde_json::json;
use store::{Tx, Verb};

use super::{check, resource, table};
use crate::{Services, entry::Entry};

pub(crate) struct Word {
    pub actor: Actor,
    pub entry: Arc<Entry>,
    pub text: Text,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Word {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.policies.require("services", &self.actor, "word_acknowledgement", &resource(&self.entry))?;
        check(&self.text)?;
        let at = self.clock.now();
        table::set(tx, self.entry.id, &self.text, self.actor.person, at).await?;
        let entry = ledger::Entry {
            kind: "acknowledgement.worded",
            subject: format!("service/{}", self.entry.card.id),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-15.2"],
            body: json!({ "service": self.entry.card.id, "text": self.text }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl Services {
    pub(crate) async fn word(&self, actor: &Actor, slug: &str, text: Text) -> Result<(), Failure> {
        let (entry, _) = self.worded(actor, slug).await?;
        let clean = |text: &str| clean_text(text).trim().to_owned();
        let verb = Word {
            actor: actor.clone(),
            entry,
            text: Text::new(clean(&text.ar), clean(&text.en)),
            policies: self.policies.clone(),
            clock: self.clock.clone(),
        };
        self.carry_out(actor, &format!("service/{slug}"), verb, None).await
    }
}
