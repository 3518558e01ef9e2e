//! The officer has checked each answer and each document (LY-SVC-16.1); the request goes on to whoever comes next.

use std::sync::Arc;

use authz::{Failure, Item, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};

use super::{
    Act,
    act::{Acting, Told},
};
use crate::entry::Entry;

pub struct Verify {
    pub acting: Acting,
    pub entry: Arc<Entry>,
    /// The items that were checked: all of them, or it is refused.
    pub items: Vec<String>,
}

impl Verb for Verify {
    type Answer = String;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<String, Failure> {
        let mut request = self.acting.request(tx, &self.entry, Act::Verify).await?;
        let unchecked: Vec<Item> = request
            .items()
            .into_iter()
            .filter(|item| !self.items.contains(item))
            .map(|field| Item { field, code: "unverified".into(), detail: String::new() })
            .collect();
        if !unchecked.is_empty() {
            return Err(Refusal::new(Kind::Conflict, "request.unverified", &["LY-SVC-16.1"])
                .with_items(unchecked)
                .into());
        }
        let now = self.acting.clock.now();
        request.checks.verified = request.items();
        request.checks.verified_by = Some(self.acting.actor.person);
        request.checks.corrections.clear();
        let told = Told {
            kind: "request.verified",
            controls: &["LY-SVC-16.1", "LY-SVC-16.3b"],
            note: "",
            body: json!({ "items": request.checks.verified }),
            at: now,
        };
        self.acting.conclude(tx, &self.entry, &mut request, (Act::Verify, None), told).await?;
        Ok(request.state.word().to_owned())
    }
}
