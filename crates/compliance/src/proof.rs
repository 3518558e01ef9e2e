//! Where a control is enforced and which tests prove it: `regulations/proofs.toml`, gathered from the marks in
//! the code by `cargo xtask controls` and checked against the results of the tests.

use std::collections::BTreeMap;

use language::Text;
use serde::Deserialize;

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Proof {
    /// Paths of the files that enforce it.
    #[serde(rename = "where")]
    pub sites: Vec<String>,
    /// Names of the tests that prove it.
    pub tests: Vec<String>,
    /// What is known to be missing.
    pub partial: Option<Text>,
}

/// By control id.
pub(crate) type Proofs = BTreeMap<String, Proof>;

pub(crate) fn parse(toml: &str) -> Result<Proofs, toml::de::Error> {
    toml::from_str(toml)
}
