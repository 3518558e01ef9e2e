//! The words with which a provider confirms that it received a request (LY-SVC-15.2).
//!
//! The card brings words; the provider may put its own in their place at any moment, without a new version of the
//! card, and the next acknowledgement uses them. A place that nothing can fill is refused.

mod api;
pub(crate) mod page;
pub(crate) mod table;
pub(crate) mod word;

use authz::{Actor, Attribute, Failure, Kind, Refusal, Resource};
use clock::Timestamp;
use language::Text;
use std::sync::Arc;

use crate::{
    Services,
    entry::{ACKNOWLEDGEMENT_PLACEHOLDERS, Entry, placeholders},
};

pub(crate) use {api::routes as api_routes, page::routes as page_routes};

const CHARACTERS_MIN: usize = 20;
const CHARACTERS_MAX: usize = 1_000;

/// Words of an acknowledgement, and since when.
pub(crate) struct Worded {
    pub text: Text,
    /// Absent where the card's words count.
    pub set_at: Option<Timestamp>,
}

/// Refuses words that are missing, too long, or have a place that nothing can fill.
pub(crate) fn check(text: &Text) -> Result<(), Refusal> {
    let mut refusal = Refusal::new(Kind::Invalid, "acknowledgement.text_invalid", &["LY-SVC-15.2"]);
    for (field, words) in [("ar", &text.ar), ("en", &text.en)] {
        let unknown = placeholders(words);
        let unknown = unknown.iter().find(|name| !ACKNOWLEDGEMENT_PLACEHOLDERS.contains(&name.as_str()));
        if let Some(name) = unknown {
            return Err(Refusal::new(Kind::Invalid, "acknowledgement.placeholder_unknown", &["LY-SVC-15.2"])
                .with_item(field, "placeholder", name));
        }
        match words.chars().count() {
            0 => refusal = refusal.with_item(field, "required", ""),
            n if n < CHARACTERS_MIN => {
                refusal = refusal.with_item(field, "too_short", &CHARACTERS_MIN.to_string());
            }
            n if n > CHARACTERS_MAX => {
                refusal = refusal.with_item(field, "too_long", &CHARACTERS_MAX.to_string());
            }
            _ => {}
        }
    }
    if refusal.items.is_empty() { Ok(()) } else { Err(refusal) }
}

/// What the policies see: the desks of the providing body.
pub(crate) fn resource(entry: &Entry) -> Resource {
    let desk = |role: &str| Attribute::Word(format!("{role}@{}", entry.body));
    Resource {
        kind: "Acknowledgement",
        id: entry.card.id.clone(),
        attributes: vec![("author_desk", desk("author")), ("head_desk", desk("head"))],
    }
}

impl Services {
    /// The words in force for a service, for whoever may change them.
    pub(crate) async fn worded(&self, actor: &Actor, slug: &str) -> Result<(Arc<Entry>, Worded), Failure> {
        let entry = self.directory.entry(slug).ok_or_else(Refusal::not_found)?;
        self.policies.require("services", actor, "word_acknowledgement", &resource(&entry))?;
        let own = table::of(&self.store.read(), entry.id).await?;
        let worded = match own {
            Some((text, at)) => Worded { text, set_at: Some(at) },
            None => Worded { text: entry.card.acknowledgement.clone(), set_at: None },
        };
        Ok((entry, worded))
    }
}
