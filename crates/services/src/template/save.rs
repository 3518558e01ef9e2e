//! An author keeps what was written: in the open version, or in a new one when the newest is already decided.

use std::sync::Arc;

use authz::{Actor, Failure, Item, Kind, Policies, Refusal};
use clock::Clock;
use language::Text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{LETTER_CHARACTERS_MAX, Template, TemplateState, refused, resource, table};

pub struct Save {
    pub actor: Actor,
    pub service: String,
    pub output: String,
    pub body: Uuid,
    pub letter: Text,
    /// The revision of the open version that was on the screen; nothing for a new one.
    pub revision: Option<i64>,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Save {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let id = format!("template/{}/{}", self.service, self.output);
        let resource = resource(tx, self.body, &id, self.actor.person).await?;
        self.policies.require("services", &self.actor, "template_write", &resource)?;
        self.check()?;
        let newest = table::newest(tx, &self.service, &self.output).await?;
        match newest {
            Some(open) if open.state.is_open() => self.keep(tx, open).await,
            Some(pending) if pending.state == TemplateState::Pending => Err(changed().into()),
            newest => self.begin(tx, newest.map_or(1, |newest| newest.version + 1)).await,
        }
    }
}

impl Save {
    fn check(&self) -> Result<(), Failure> {
        let fault = |field: &str, words: &str| {
            match words.trim().chars().count() {
                0 => Some(("required", String::new())),
                n if n > LETTER_CHARACTERS_MAX => Some(("too_long", LETTER_CHARACTERS_MAX.to_string())),
                _ => None,
            }
            .map(|(code, detail)| Item { field: field.into(), code: code.into(), detail })
        };
        let items: Vec<Item> =
            [fault("ar", &self.letter.ar), fault("en", &self.letter.en)].into_iter().flatten().collect();
        if items.is_empty() { Ok(()) } else { Err(refused(items)) }
    }

    async fn keep(&self, tx: &Tx, mut open: Template) -> Result<Uuid, Failure> {
        if self.revision.is_some_and(|seen| seen != open.revision) {
            return Err(changed().into());
        }
        if open.letter == self.letter {
            return Ok(open.id);
        }
        open.letter = self.letter.clone();
        open.author = self.actor.person;
        open.saved_at = self.clock.now();
        if !table::update(tx, &open).await? {
            return Err(changed().into());
        }
        self.record(tx, &open).await?;
        Ok(open.id)
    }

    async fn begin(&self, tx: &Tx, version: i64) -> Result<Uuid, Failure> {
        let new = Template {
            id: Uuid::now_v7(),
            service: self.service.clone(),
            output: self.output.clone(),
            version,
            body: self.body,
            state: TemplateState::Draft,
            letter: self.letter.clone(),
            revision: 1,
            author: self.actor.person,
            saved_at: self.clock.now(),
            standard: String::new(),
            decided_at: None,
            remarks: String::new(),
            used_from: None,
        };
        table::insert(tx, &new).await?;
        self.record(tx, &new).await?;
        Ok(new.id)
    }

    async fn record(&self, tx: &Tx, template: &Template) -> Result<(), Failure> {
        let recorded = ledger::Entry {
            kind: "template.saved",
            subject: template.subject(),
            actor: Some(self.actor.person),
            controls: &[],
            body: json!({ "service": template.service, "output": template.output, "version": template.version }),
            at: template.saved_at,
        };
        Ok(ledger::append(tx, recorded).await.map(drop)?)
    }
}

/// Somebody else wrote in the meantime, or it is being judged.
pub(super) fn changed() -> Refusal {
    Refusal::new(Kind::Conflict, "template.changed", &[])
}
