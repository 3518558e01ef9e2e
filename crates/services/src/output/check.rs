//! Verifying an output by the address in its QR code, for anybody: that it was issued, by whom, when, and with which
//! fingerprint. It names no applicant.

use authz::{Failure, Refusal};
use language::Text;

use super::{Output, table};
use crate::Services;

/// What anybody may know of an output whose code they hold.
pub struct Checked {
    pub output: Output,
    pub title: Text,
    pub provider: Text,
    /// Its place in the ledger, when a signed checkpoint holds it.
    pub index: Option<u64>,
}

/// Letters of a code; anything else is no code.
const CODE_LETTERS: usize = 32;

impl Services {
    pub async fn check_output(&self, code: &str) -> Result<Checked, Failure> {
        if code.len() != CODE_LETTERS || !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(Refusal::not_found().into());
        }
        let sql = self.store.read();
        let output = table::by_code(&sql, code).await?.ok_or_else(Refusal::not_found)?;
        let recorded = ledger::find(&sql, output.leaf).await?;
        let words = |member: &str| {
            let value = output.statement.get(member).cloned().unwrap_or_default();
            serde_json::from_value::<Text>(value).unwrap_or_default()
        };
        Ok(Checked {
            title: words("title"),
            provider: words("provider_name"),
            index: recorded.and_then(|recorded| recorded.index),
            output,
        })
    }
}
