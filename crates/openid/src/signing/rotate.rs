//! A new key takes over.

use authz::Failure;
use serde_json::json;
use store::{Tx, Verb};

use super::{KeptKey, table};

pub(crate) struct Rotate {
    pub new: KeptKey,
}

impl Verb for Rotate {
    type Answer = KeptKey;
    type Error = Failure;

    /// Two nodes that find no key at once end with one.
    async fn apply(&self, tx: &Tx) -> Result<KeptKey, Failure> {
        let at = self.new.made_at;
        if let Some(key) = table::current(tx, at).await? {
            return Ok(key);
        }
        table::insert(tx, &self.new).await?;
        let body = json!({ "signs_until": self.new.signs_until.to_string() });
        let subject = format!("openid-key/{}", self.new.id);
        let controls: &[&str] = &["LY-SVC-8.1"];
        ledger::append(
            tx,
            ledger::Entry { kind: "openid.key_made", subject, actor: None, controls, body, at },
        )
        .await?;
        Ok(self.new.clone())
    }
}
