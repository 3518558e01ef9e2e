//! The head writes, changes or removes a canned text of the body.

use authz::{Actor, Failure, Kind, Refusal};
use clock::Timestamp;
use language::{Text, clean_text};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Canned, NAME_CHARACTERS_MAX, WORDS_CHARACTERS_MAX, table};
use crate::Services;

enum Change {
    Write,
    Rewrite,
    Remove,
}

struct Edit {
    actor: Uuid,
    canned: Canned,
    change: Change,
    at: Timestamp,
}

impl Verb for Edit {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let canned = &self.canned;
        let (done, kind) = match self.change {
            Change::Write => (table::insert(tx, canned).await.map(|()| true)?, "canned.written"),
            Change::Rewrite => (table::update(tx, canned).await?, "canned.written"),
            Change::Remove => (table::remove(tx, canned.id, self.at).await?, "canned.removed"),
        };
        if !done {
            return Err(Refusal::new(Kind::Conflict, "canned.changed", &[]).into());
        }
        let entry = ledger::Entry {
            kind,
            subject: format!("body/{}", canned.body),
            actor: Some(self.actor),
            controls: &[],
            body: json!({ "text": canned.id, "use": canned.used_for.word(), "name": canned.name, "words": canned.words }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

impl Services {
    /// Writes a new text, or a known one anew; everything in it is in both languages.
    pub async fn write_canned(&self, actor: &Actor, canned: Canned) -> Result<(), Failure> {
        self.require_head(actor, canned.body)?;
        let canned = Canned { name: cleaned(&canned.name), words: cleaned(&canned.words), ..canned };
        check(&canned)?;
        let known = table::find(&self.store.read(), canned.id).await?;
        let change = match known {
            Some(known) if known.body == canned.body => Change::Rewrite,
            Some(_) => return Err(Refusal::not_found().into()),
            None => Change::Write,
        };
        self.change_canned(actor, canned, change).await
    }

    pub(crate) async fn remove_canned(&self, actor: &Actor, id: Uuid) -> Result<(), Failure> {
        let canned = table::find(&self.store.read(), id).await?;
        let canned = canned.filter(|canned| self.heads(actor, canned.body)).ok_or_else(Refusal::not_found)?;
        self.change_canned(actor, canned, Change::Remove).await
    }

    async fn change_canned(&self, actor: &Actor, canned: Canned, change: Change) -> Result<(), Failure> {
        self.store.write(Edit { actor: actor.person, canned, change, at: self.clock.now() }).await?;
        self.ledger.wake();
        Ok(())
    }
}

fn cleaned(text: &Text) -> Text {
    let clean = |words: &str| clean_text(words).trim().to_owned();
    Text::new(clean(&text.ar), clean(&text.en))
}

fn check(canned: &Canned) -> Result<(), Refusal> {
    let refusal = Refusal::new(Kind::Invalid, "canned.incomplete", &[]);
    let parts = [
        ("name_ar", &canned.name.ar, NAME_CHARACTERS_MAX),
        ("name_en", &canned.name.en, NAME_CHARACTERS_MAX),
        ("words_ar", &canned.words.ar, WORDS_CHARACTERS_MAX),
        ("words_en", &canned.words.en, WORDS_CHARACTERS_MAX),
    ];
    let mut refused = refusal.clone();
    for (field, text, max) in parts {
        match text.chars().count() {
            0 => refused = refused.with_item(field, "required", ""),
            n if n > max => refused = refused.with_item(field, "too_long", &max.to_string()),
            _ => {}
        }
    }
    if let Some(name) = Canned::unknown_placeholder(&canned.words) {
        refused = refused.with_item("words_ar", "placeholder", &name);
    }
    if refused.items.is_empty() { Ok(()) } else { Err(refused) }
}
