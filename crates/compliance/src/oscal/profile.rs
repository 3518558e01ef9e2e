//! The profile: which controls are followed, and with which values. Each number is set to the value in force: where several
//! documents speak of one, to the strictest of them.

use authz::Failure;
use clock::Timestamp;
use organisations::Body;
use serde_json::{Value, json};

use super::{CATALOG_HREF, catalog::param_id, document, prop};
use crate::{Compliance, Packs};

impl Packs {
    /// The OSCAL profile of this selection, under a name of its own.
    pub fn oscal_profile(&self, name: &str, title: &str, at: Timestamp) -> Value {
        let ids: Vec<&str> = self.all().iter().map(|control| control.id.as_str()).collect();
        let holds = json!({
            "imports": [{ "href": CATALOG_HREF, "include-controls": [{ "with-ids": ids }] }],
            "merge": { "as-is": true },
            "modify": { "set-parameters": self.values_in_force() },
        });
        document("profile", name, title, at, holds)
    }

    /// Each number in each document that asks for it; one that a document leaves open has no value yet.
    fn values_in_force(&self) -> Vec<Value> {
        let closed = self.parameters().filter(|resolved| resolved.value != crate::Value::Open);
        let set = closed.flat_map(|resolved| {
            let deciding = resolved.origins.iter().find(|origin| origin.decides);
            let from = deciding.map(|origin| origin.pack.as_str()).unwrap_or_default();
            resolved.origins.iter().map(move |origin| {
                let stricter = origin.value != resolved.value;
                json!({
                    "param-id": param_id(&origin.pack, &resolved.id),
                    "props": [prop("stricter-by", if stricter { from } else { "" })],
                    "values": [resolved.value.to_string()],
                })
            })
        });
        set.collect()
    }
}

impl Compliance {
    /// The OSCAL profile of a body: the documents that bind it now.
    pub async fn oscal_body_profile(&self, body: &Body) -> Result<Value, Failure> {
        let held = self.held(body.id).await?;
        let now = self.clock.now();
        let bound = held.packs.iter().filter(|it| it.from_at <= now).map(|it| it.pack.as_str());
        let own = self.packs.select(&bound.collect::<Vec<_>>())?;
        Ok(own.oscal_profile(&body.slug, &format!("{} · {}", body.name.ar, body.name.en), now))
    }
}
