//! What no file may hold: paths of somebody's machine, addresses of package mirrors, secrets.

use crate::{Findings, tree::Tree};

/// Beginnings of paths that exist on one machine only, put together so that this file does not hold them.
const MACHINE_PATHS: [&str; 5] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/Use", "rs/"),
    concat!("/tmp/br", "ief"),
    concat!("C:\\", "Users\\"),
];
/// Where packages come from in lock files.
const CARGO_SOURCE: &str = "registry+https://github.com/rust-lang/crates.io-index";
const NPM_SOURCE: &str = "https://registry.npmjs.org/";
const PRIVATE_KEY: &str = concat!("-----BEGIN ", "PRIVATE KEY");
const SOURCE_MARKS: [&str; 4] = ["artifactory", "nexus.", "pypi.", "index-url"];

pub(super) fn check(tree: &Tree) -> Findings {
    let mut findings = Findings::new();
    for (path, text) in &tree.files {
        for (number, line) in text.lines().enumerate() {
            if let Some(why) = forbidden(path, line) {
                findings.push(format!("{path}:{}: {why}", number + 1));
            }
        }
    }
    findings
}

fn forbidden(path: &str, line: &str) -> Option<&'static str> {
    if path.ends_with("Cargo.lock") {
        let foreign =
            line.strip_prefix("source = \"").is_some_and(|source| !source.starts_with(CARGO_SOURCE));
        return foreign.then_some("a package comes from elsewhere than crates.io; lock it from there");
    }
    if path.ends_with("package-lock.json") {
        let resolved = line.trim().strip_prefix("\"resolved\": \"");
        let foreign = resolved.is_some_and(|source| !source.starts_with(NPM_SOURCE));
        return foreign.then_some("a package comes from elsewhere than the npm registry; lock it from there");
    }
    if MACHINE_PATHS.iter().any(|place| begins_a_path(line, place)) {
        return Some("a path of one machine; make it relative, or a setting");
    }
    if line.contains(PRIVATE_KEY) {
        return Some("a private key; keys are made at the first start and never committed");
    }
    let own = path.starts_with("xtask/");
    let mirror = SOURCE_MARKS.iter().any(|mark| line.contains(mark)) && line.contains("://");
    (mirror && !own).then_some("the address of a package mirror; packages come from their public registries")
}

/// Not in the middle of another path: `/srv/work/x` is somebody's own choice.
fn begins_a_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|letter| {
            letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-' | '/' | '}' | '*')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_not_be_committed_is_named() {
        let home = concat!("/ro", "ot/x");
        for (path, line, expected) in [
            ("a.rs", format!("let p = \"{home}\";"), true),
            ("a.rs", format!("/srv{home}"), false),
            (
                "Cargo.lock",
                "source = \"registry+https://github.com/rust-lang/crates.io-index\"".into(),
                false,
            ),
            ("Cargo.lock", "source = \"sparse+https://mirror.example/\"".into(), true),
            ("e2e/package-lock.json", "  \"resolved\": \"https://registry.npmjs.org/a\",".into(), false),
            ("e2e/package-lock.json", "  \"resolved\": \"https://mirror.example/a\",".into(), true),
            ("bin/x", format!("pip --{} https://mirror.example/simple", SOURCE_MARKS[3]), true),
            ("k.pem", format!("{PRIVATE_KEY}-----"), true),
        ] {
            assert_eq!(forbidden(path, &line).is_some(), expected, "{path}: {line}");
        }
    }
}
