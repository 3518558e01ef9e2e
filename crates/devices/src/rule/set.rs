//! A rule of the baseline is made, or takes the place of the one before about the same thing.

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use serde::Deserialize;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Rule, RuleKind,
    table::{self, RULES_MAX},
    tell,
};
use crate::authority::{About, Acting, WORDS_CHARACTERS_MAX};

const NAME_CHARACTERS_MAX: usize = 120;
/// Definitions that are older protect nobody.
const ANTIVIRUS_DAYS_MAX: u32 = 90;

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "device.rule_incomplete", &["KW-RW-9.1.2.j2"]);
const FULL: Refusal = Refusal::new(Kind::Conflict, "device.rules_full", &["KW-RW-9.1.2.j2"]);

/// A rule as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RuleWish {
    pub kind: String,
    pub name: String,
    pub least: String,
    pub why: String,
}

pub(crate) struct SetRule {
    pub acting: Acting,
    pub wish: RuleWish,
}

impl Verb for SetRule {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        self.acting.check(tx, "set_rules", &About::default()).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let rule = self.wish.checked(at)?;
        table::replace(tx, (rule.kind, &rule.name), by, at).await?;
        if table::count(tx).await? >= RULES_MAX {
            return Err(FULL.into());
        }
        table::insert(tx, &rule, by).await?;
        record(tx, "device.rule_made", &rule, by, at).await?;
        tell::order(tx, &rule, at).await?;
        Ok(rule.id)
    }
}

impl RuleWish {
    /// The rule that is meant, or everything that is missing at once.
    fn checked(&self, at: Timestamp) -> Result<Rule, Refusal> {
        let kind = RuleKind::named(&self.kind);
        let (name, why) = (self.name.trim().to_lowercase(), self.why.trim().to_owned());
        let least = language::fold_digits(self.least.trim());
        let days = least.parse::<u32>().is_ok_and(|days| (1..=ANTIVIRUS_DAYS_MAX).contains(&days));
        let (name_fits, least_fits) = match kind {
            Some(RuleKind::Antivirus) => (true, days),
            Some(RuleKind::Banned) => (!name.is_empty(), true),
            Some(RuleKind::System | RuleKind::Application) => {
                (!name.is_empty(), least.bytes().any(|byte| byte.is_ascii_digit()))
            }
            None => (true, true),
        };
        let least_code = if kind == Some(RuleKind::Antivirus) { "device_days" } else { "device_version" };
        let long = |text: &str, max: usize| text.chars().count() > max;
        let checks = [
            ("kind", "choice", kind.is_some()),
            ("name", "required", name_fits),
            ("name", "too_long", !long(&name, NAME_CHARACTERS_MAX) && !long(&least, NAME_CHARACTERS_MAX)),
            ("least", least_code, least_fits),
            ("why", "required", !why.is_empty()),
            ("why", "too_long", !long(&why, WORDS_CHARACTERS_MAX)),
        ];
        let open = checks.into_iter().filter(|(_, _, fits)| !fits);
        let detail = |field: &str, code: &str| match (field, code) {
            ("why", "too_long") => WORDS_CHARACTERS_MAX.to_string(),
            (_, "too_long") => NAME_CHARACTERS_MAX.to_string(),
            (_, "device_days") => ANTIVIRUS_DAYS_MAX.to_string(),
            _ => String::new(),
        };
        let items: Vec<Item> = open
            .map(|(field, code, _)| Item {
                field: field.into(),
                code: code.into(),
                detail: detail(field, code),
            })
            .collect();
        let (Some(kind), []) = (kind, items.as_slice()) else { return Err(INCOMPLETE.with_items(items)) };
        let name = if kind == RuleKind::Antivirus { String::new() } else { name };
        let least = if kind == RuleKind::Banned { String::new() } else { least };
        Ok(Rule { id: Uuid::now_v7(), kind, name, least, why, made_at: at, ended_at: None })
    }
}

/// Each change of the baseline in the ledger.
pub(super) async fn record(
    tx: &Tx,
    kind: &'static str,
    rule: &Rule,
    by: Uuid,
    at: Timestamp,
) -> Result<(), Failure> {
    let controls: &[&str] = match rule.kind {
        RuleKind::Banned => &["KW-RW-9.1.2.j2"],
        RuleKind::System => &["LY-MAIL-3.05a"],
        RuleKind::Antivirus => &["LY-MAIL-3.05b"],
        RuleKind::Application => &["LY-MAIL-3.05c"],
    };
    let entry = ledger::Entry {
        kind,
        subject: format!("device-rule/{}", rule.id),
        actor: Some(by),
        controls,
        body: json!({ "kind": rule.kind.word(), "name": rule.name, "least": rule.least, "why": rule.why }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_says_what_it_is_about_and_why() {
        let check = |kind: &str, name: &str, least: &str, why: &str, expected: &[(&str, &str)]| {
            let wish =
                RuleWish { kind: kind.into(), name: name.into(), least: least.into(), why: why.into() };
            let refusal = wish.checked(Timestamp(0)).err();
            let items: Vec<(String, String)> =
                refusal.into_iter().flat_map(|no| no.items).map(|item| (item.field, item.code)).collect();
            let expected: Vec<(String, String)> =
                expected.iter().map(|(field, code)| ((*field).into(), (*code).into())).collect();
            assert_eq!(items, expected, "{kind} {name} {least}");
        };
        check("banned", "AnyDesk", "", "remote control", &[]);
        check("banned", "", "", "remote control", &[("name", "required")]);
        check("system", "debian", "١٢", "support ends", &[]);
        check("system", "debian", "new", "support ends", &[("least", "device_version")]);
        check("antivirus", "", "7", "fresh", &[]);
        check("antivirus", "", "91", "fresh", &[("least", "device_days")]);
        check("", "x", "1", "", &[("kind", "choice"), ("why", "required")]);
    }
}
