//! Which crate may import which: the binary, then capabilities, then shared nouns, then the ground. Never upward,
//! and a capability never imports a capability.

use std::{error::Error, process::Command};

use serde_json::Value;

use crate::{Findings, tree::Tree};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Ground,
    Noun,
    Capability,
    Binary,
    /// Tools beside the product; nobody imports them.
    Tool,
}

const GROUND: &[&str] = &[
    "backup",
    "behalf",
    "clock",
    "store",
    "language",
    "authz",
    "ledger",
    "jobs",
    "outlook",
    "documents",
    "courier",
    "print",
    "notify",
    "web",
    "rules",
    "sms",
];
const NOUNS: &[&str] =
    &["organisations", "identity", "compliance", "devices", "openid", "bodies", "directory"];
const TOOLS: &[&str] = &["xtask", "bench-authz", "clocks", "load", "search", "smsc"];
const CAPABILITIES: &[&str] = &[
    "services",
    "operation",
    "permissions",
    "policies",
    "channel",
    "mail",
    "social",
    "remote",
    "correspondence",
    "support",
];
const TESTKIT: &str = "testkit";

fn layer(name: &str) -> Option<Layer> {
    match name {
        _ if GROUND.contains(&name) => Some(Layer::Ground),
        _ if NOUNS.contains(&name) => Some(Layer::Noun),
        _ if CAPABILITIES.contains(&name) => Some(Layer::Capability),
        "diwan" => Some(Layer::Binary),
        _ if TOOLS.contains(&name) => Some(Layer::Tool),
        _ => None,
    }
}

pub(super) fn check(tree: &Tree) -> Result<Findings, Box<dyn Error>> {
    let output = Command::new("cargo")
        .current_dir(&tree.root)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .output()?;
    if !output.status.success() {
        return Err(format!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(judge(&serde_json::from_slice(&output.stdout)?))
}

fn judge(metadata: &Value) -> Findings {
    let mut findings = Findings::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let name = package["name"].as_str().unwrap_or_default();
        if name != TESTKIT && layer(name).is_none() {
            findings.push(format!("crate {name} has no layer: put it into one in xtask/src/tidy/imports.rs"));
            continue;
        }
        let own = package["dependencies"].as_array().into_iter().flatten();
        for dependency in own.filter(|dependency| dependency["path"].is_string()) {
            let imported = dependency["name"].as_str().unwrap_or_default();
            let for_tests = dependency["kind"] == "dev";
            findings.extend(
                forbidden(name, imported, for_tests).map(|why| format!("{name} imports {imported}: {why}")),
            );
        }
    }
    findings
}

fn forbidden(name: &str, imported: &str, for_tests: bool) -> Option<&'static str> {
    if imported == TESTKIT {
        return (!for_tests && layer(name) != Some(Layer::Tool))
            .then_some("testkit is for tests; make it a dev-dependency");
    }
    let to = layer(imported)?;
    if to == Layer::Tool {
        return (!for_tests).then_some("tools are imported by nobody but tests");
    }
    if name == TESTKIT {
        return (to == Layer::Capability || to == Layer::Binary)
            .then_some("what tests stand on knows no capability; build it in the capability's own tests");
    }
    let from = layer(name)?;
    if from == Layer::Capability && to == Layer::Capability {
        return Some("a capability imports no capability; use an event, or a trait that diwan implements");
    }
    (to > from)
        .then_some("imports go downward only; move the shared part down or own a trait where it is needed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_judged() {
        for (name, imported, for_tests, allowed) in [
            ("services", "identity", false, true),
            ("services", "mail", false, false),
            ("services", "mail", true, false),
            ("web", "services", false, false),
            ("ledger", "organisations", true, false),
            ("identity", "organisations", false, true),
            ("documents", "store", false, true),
            ("documents", "testkit", true, true),
            ("documents", "testkit", false, false),
            ("testkit", "store", false, true),
            ("testkit", "services", false, false),
            ("diwan", "services", false, true),
            ("services", "diwan", false, false),
            ("diwan", "load", false, false),
        ] {
            assert_eq!(forbidden(name, imported, for_tests).is_none(), allowed, "{name} → {imported}");
        }
    }

    #[test]
    fn a_crate_without_a_layer_is_named() {
        let metadata = serde_json::json!({"packages": [{"name": "helpers", "dependencies": []}]});
        assert_eq!(judge(&metadata).len(), 1);
    }
}
