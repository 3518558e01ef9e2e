//! The competent administration adds a group of words, changes one, or takes it out of force (LY-SVC-23.4).

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use language::Group;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Words, check, not_competent, resource, table};

pub struct SetWords {
    pub actor: Actor,
    /// The group and the version that was looked at; none for a new group.
    pub known: Option<(Uuid, i64)>,
    pub group: Group,
    pub in_force: bool,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for SetWords {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let resource = resource(tx).await?;
        self.policies
            .require("services", &self.actor, "edit_search_words", &resource)
            .map_err(|refusal| if refusal.code == "not_allowed" { not_competent() } else { refusal })?;
        check(&self.group)?;
        let at = self.clock.now();
        let (id, version) = self.known.map_or_else(|| (Uuid::now_v7(), 1), |(id, seen)| (id, seen + 1));
        let words = Words { id, version, group: self.group.clone(), in_force: self.in_force };
        let before = match self.known {
            None => {
                table::insert(tx, &words, at).await?;
                None
            }
            Some(_) => {
                let before = table::by_id(tx, id).await?.ok_or(Refusal::not_found())?;
                if !table::update(tx, &words, at).await? {
                    return Err(Refusal::new(Kind::Conflict, "search.words_changed", &["LY-SVC-23.4"]).into());
                }
                Some(before)
            }
        };
        let entry = ledger::Entry {
            kind: "search.words_set",
            subject: format!("search/words/{id}"),
            actor: Some(self.actor.person),
            controls: &["LY-SVC-23.4"],
            body: json!({ "version": version, "now": told(&words), "before": before.as_ref().map(told) }),
            at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

fn told(words: &Words) -> serde_json::Value {
    json!({
        "relation": words.group.relation.word(), "words": words.group.words, "finds": words.group.finds,
        "in_force": words.in_force,
    })
}
