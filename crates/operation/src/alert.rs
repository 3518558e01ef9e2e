//! An alert: something that is watched failed or fell silent. Pure: the rules and what an alert is.

pub(crate) mod acknowledge;
pub(crate) mod open;
pub(crate) mod page;
pub(crate) mod table;

use std::sync::LazyLock;

use clock::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::component::Said;

/// One line of `rules.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    pub component: String,
    /// From which number on the component fails, where it is a number.
    #[serde(default)]
    pub limit: Option<u64>,
    /// What the number counts, for whoever reads the file.
    #[serde(default, rename = "of")]
    pub _of: String,
    pub controls: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Rules {
    #[serde(rename = "rule")]
    all: Vec<Rule>,
}

/// Read once. The file is part of the program, and a test reads it.
static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| toml::from_str::<Rules>(include_str!("alert/rules.toml")).unwrap_or_default().all);

/// The rule of a component; that of one node among several is the rule of nodes.
pub(crate) fn rule(component: &str) -> Option<&'static Rule> {
    let kind = component.split_once('/').map_or(component, |(kind, _)| kind);
    RULES.iter().find(|rule| rule.component == kind)
}

/// The number of a rule; without one nothing is too much.
pub(crate) fn limit(component: &str) -> u64 {
    rule(component).and_then(|rule| rule.limit).unwrap_or(u64::MAX)
}

/// The name by which the ledger and notices know an alert.
pub(crate) fn subject(alert: Uuid) -> String {
    format!("alert/{alert}")
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alert {
    pub id: Uuid,
    pub component: String,
    pub said: Said,
    pub opened_at: Timestamp,
    pub cleared_at: Option<Timestamp>,
    pub acknowledged_at: Option<Timestamp>,
    pub acknowledged_by: Option<Uuid>,
    pub note: String,
}

impl Alert {
    pub fn subject(&self) -> String {
        subject(self.id)
    }

    pub fn is_open(&self) -> bool {
        self.cleared_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_can_be_read_and_cites_its_article() {
        let rules =
            toml::from_str::<Rules>(include_str!("alert/rules.toml")).expect("rules.toml can be read").all;
        assert!(rules.iter().all(|rule| !rule.controls.is_empty()));
        assert!(rules.iter().all(|rule| rule.limit.is_none() || !rule._of.is_empty()));
        assert_eq!(rule("node/0199").map(|rule| rule.component.as_str()), Some("node"));
        assert_eq!((limit("disk"), limit("texts")), (2_048, u64::MAX));
    }
}
