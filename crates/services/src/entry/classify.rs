//! The competent administration sorts a published service anew, as a version of its own, so that the register can say
//! when and by whom (LY-SVC-22.3, 23.4). Nothing of what the service is or asks for changes.

use authz::{Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};

use super::{
    Card, KINDS_OF_BENEFICIARY,
    authority::Acting,
    maturity,
    standing::EntryAct,
    table, tell,
    version::{self, Version},
};
use crate::{
    classification::{self, Tree},
    form::Form,
};

pub(crate) struct Classify {
    pub acting: Acting,
    pub slug: String,
    pub themes: Vec<String>,
    pub life_events: Vec<String>,
    pub audience: Vec<String>,
}

impl Verb for Classify {
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        let leading = version::leading(tx, &self.slug).await?;
        self.acting.check(tx, EntryAct::Classify, &leading).await?;
        leading.state.after(EntryAct::Classify)?;
        self.check_words(tx).await?;
        let sorted = self.sorted(&leading);
        let at = self.acting.clock.now();
        let number = table::latest(tx, &self.slug).await?.map_or(1, |(_, version)| version + 1);
        let form = Form::parse(&leading.form)?;
        let new = table::NewVersion {
            id: leading.entry,
            version: number,
            body: leading.body,
            card: &sorted,
            form: &form,
            process: leading.process.as_ref(),
            author: leading.author,
            at,
        };
        table::insert(tx, new).await?;
        // What was attested of the process holds: nothing of it changes.
        if let Some(reviewer) = leading.legal_reviewer {
            table::attest(tx, leading.entry, number, reviewer, at).await?;
        }
        table::publish(tx, leading.entry, number, self.acting.actor.person, at).await?;
        let version = Version { version: number, card: sorted, ..leading };
        maturity::table::record(tx, &version, at).await?;
        let body = json!({ "service": self.slug, "version": number, "themes": self.themes,
            "life_events": self.life_events, "audience": self.audience });
        self.acting.record(tx, EntryAct::Classify, &version, "", body, at).await?;
        tell::owner(tx, &version, "entry-classified", "", at).await?;
        Ok(number)
    }
}

impl Classify {
    async fn check_words(&self, tx: &Tx) -> Result<(), Failure> {
        classification::table::require(tx, Tree::Theme, &self.themes).await?;
        classification::table::require(tx, Tree::LifeEvent, &self.life_events).await?;
        let unknown = self.audience.iter().any(|kind| !KINDS_OF_BENEFICIARY.contains(&kind.as_str()));
        let missing = |field: &str| {
            Refusal::new(Kind::Invalid, "directory.field_missing", &["LY-SVC-1.14a"])
                .with_item(field, "required", "")
        };
        match (self.audience.is_empty() || unknown, self.themes.is_empty()) {
            (true, _) => Err(missing("audience").into()),
            (_, true) => Err(missing("themes").into()),
            _ => Ok(()),
        }
    }

    fn sorted(&self, leading: &Version) -> Card {
        Card {
            themes: self.themes.clone(),
            life_events: self.life_events.clone(),
            audience: self.audience.clone(),
            ..leading.card.clone()
        }
    }
}
