//! What a device says of itself, and what of it falls short of the baseline. Pure.

use clock::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Gap;
use crate::rule::{Rule, RuleKind};

/// Applications of one report; a full system has fewer that anybody asks for.
pub(crate) const APPLICATIONS_MAX: usize = 5_000;

/// How a device stands, as its own program found it.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DevicePosture {
    pub system: SystemTold,
    /// The antivirus software; nothing when there is none.
    pub antivirus: Option<AntivirusTold>,
    /// Whether the disk is encrypted; nothing where it cannot be told.
    pub disk_encrypted: Option<bool>,
    /// Whether the screen locks by itself; nothing where it cannot be told.
    pub screen_locks: Option<bool>,
    /// Whether other devices can find it by Bluetooth; nothing where there is none or it cannot be told.
    pub bluetooth_discoverable: Option<bool>,
    /// What is installed.
    #[schema(max_items = 5000)]
    pub applications: Vec<ApplicationTold>,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct SystemTold {
    /// As the system names itself: `debian`, `windows`, `android`.
    #[schema(max_length = 80, example = "debian")]
    pub name: String,
    #[schema(max_length = 80, example = "12.5")]
    pub version: String,
    /// Of its kernel.
    #[schema(max_length = 80)]
    pub kernel: String,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AntivirusTold {
    #[schema(max_length = 80, example = "clamav")]
    pub name: String,
    /// When its definitions were made: `2026-11-20`.
    #[schema(example = "2026-11-20")]
    pub definitions_on: String,
}

#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ApplicationTold {
    #[schema(max_length = 120, example = "firefox-esr")]
    pub name: String,
    #[schema(max_length = 120, example = "128.3.0esr")]
    pub version: String,
}

impl DevicePosture {
    /// Everything that falls short of these rules, each thing once.
    pub(crate) fn gaps(&self, rules: &[Rule], now: Timestamp) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = rules.iter().flat_map(|rule| self.against(rule, now)).collect();
        if self.bluetooth_discoverable == Some(true) {
            gaps.push(Gap {
                kind: "bluetooth".into(),
                name: String::new(),
                found: "on".into(),
                asked: "off".into(),
            });
        }
        gaps
    }

    fn against(&self, rule: &Rule, now: Timestamp) -> Option<Gap> {
        let is_meant = |name: &str| name.trim().eq_ignore_ascii_case(&rule.name);
        let below = |version: &str| is_below(version, &rule.least);
        let found = match rule.kind {
            RuleKind::System => {
                let system = &self.system;
                (is_meant(&system.name) && below(&system.version)).then(|| system.version.clone())
            }
            RuleKind::Application => {
                let old = self.applications.iter().find(|it| is_meant(&it.name) && below(&it.version));
                old.map(|it| it.version.clone())
            }
            RuleKind::Banned => {
                self.applications.iter().find(|it| is_meant(&it.name)).map(|it| it.version.clone())
            }
            RuleKind::Antivirus => self.antivirus_found(rule, now),
        }?;
        Some(Gap {
            kind: rule.kind.word().into(),
            name: rule.name.clone(),
            found: found.chars().take(120).collect(),
            asked: rule.least.clone(),
        })
    }

    /// What is wrong with the antivirus software: the day of its definitions, or nothing where there is none.
    fn antivirus_found(&self, rule: &Rule, now: Timestamp) -> Option<String> {
        let days_max: i64 = rule.least.parse().unwrap_or_default();
        let Some(told) = &self.antivirus else { return Some(String::new()) };
        let made: Option<Timestamp> = format!("{}T00:00:00Z", told.definitions_on.trim()).parse().ok();
        let is_fresh = made.is_some_and(|made| now.day() - made.day() <= days_max);
        (!is_fresh).then(|| told.definitions_on.clone())
    }
}

/// Whether a version comes before another: numbers as numbers, part by part; what is missing counts as nothing.
pub(crate) fn is_below(version: &str, least: &str) -> bool {
    let parts = |text: &str| -> Vec<u64> {
        let text = language::fold_digits(text);
        // What stands before the colon is the packager's own count, not the version.
        let own = text.split_once(':').map_or(text.as_str(), |(_, own)| own);
        let runs = own.split(|letter: char| !letter.is_ascii_digit()).filter(|run| !run.is_empty());
        runs.map(|run| run.parse().unwrap_or(u64::MAX)).collect()
    };
    let (version, least) = (parts(version), parts(least));
    let length = version.len().max(least.len());
    let padded = |parts: &[u64]| -> Vec<u64> {
        (0..length).map(|place| parts.get(place).copied().unwrap_or_default()).collect()
    };
    padded(&version) < padded(&least)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (version, least, below) in [
            ("12.5", "12.5", false),
            ("12.10", "12.9", false),
            ("12", "12.1", true),
            ("11.9", "12", true),
            ("1:128.3.0esr-1", "128.4", true),
            ("128.4.0", "128.4", false),
            ("", "1", true),
            ("١٢", "12", false),
        ] {
            assert_eq!(is_below(version, least), below, "{version} {least}");
        }
    }

    fn rule(kind: RuleKind, name: &str, least: &str) -> Rule {
        Rule {
            id: Uuid::nil(),
            kind,
            name: name.into(),
            least: least.into(),
            why: String::new(),
            made_at: Timestamp(0),
            ended_at: None,
        }
    }

    #[test]
    fn each_rule_finds_what_falls_short() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().expect("a moment");
        let told = |name: &str, version: &str| ApplicationTold { name: name.into(), version: version.into() };
        let good = DevicePosture {
            system: SystemTold { name: "debian".into(), version: "12.5".into(), ..SystemTold::default() },
            antivirus: Some(AntivirusTold { name: "clamav".into(), definitions_on: "2026-11-20".into() }),
            applications: vec![told("firefox-esr", "128.4")],
            ..DevicePosture::default()
        };
        let check = |change: &dyn Fn(&mut DevicePosture), expected: &[&str]| {
            let mut posture = good.clone();
            change(&mut posture);
            let rules = [
                rule(RuleKind::System, "debian", "12"),
                rule(RuleKind::Antivirus, "", "7"),
                rule(RuleKind::Application, "firefox-esr", "128.4"),
                rule(RuleKind::Banned, "AnyDesk", ""),
            ];
            let kinds: Vec<String> = posture.gaps(&rules, now).into_iter().map(|gap| gap.kind).collect();
            assert_eq!(kinds, expected);
        };
        check(&|_| {}, &[]);
        check(&|it| it.system.version = "11.9".into(), &["system"]);
        check(&|it| it.system = SystemTold { name: "android".into(), ..SystemTold::default() }, &[]);
        check(&|it| it.antivirus = None, &["antivirus"]);
        let dated = |it: &mut DevicePosture, on: &str| {
            it.antivirus = Some(AntivirusTold { name: "clamav".into(), definitions_on: on.into() });
        };
        check(&|it| dated(it, "2026-11-15"), &[]);
        check(&|it| dated(it, "2026-11-14"), &["antivirus"]);
        check(&|it| dated(it, "lately"), &["antivirus"]);
        check(&|it| it.applications[0].version = "115".into(), &["application"]);
        check(&|it| it.applications.push(told("anydesk", "7")), &["banned"]);
        check(&|it| it.bluetooth_discoverable = Some(true), &["bluetooth"]);
        check(&|it| it.bluetooth_discoverable = Some(false), &[]);
    }
}
