//! `cargo xtask controls`: where each control is enforced and which tests prove it, gathered from the code.
//!
//! A place is a string literal that is the id of a control, in code that is not a test, or `@controls("…")` in a
//! policy. A proof is the comment `// proves: ID, ID` above a test. Nothing else counts, so that nothing can be
//! claimed on paper.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write,
};

use crate::{
    Findings,
    junit::{self, Outcome, Results},
    source::{self, Kind},
    tree::{Rust, Tree},
};

const PROOFS: &str = "regulations/proofs.toml";
const PARTIAL: &str = "regulations/partial.toml";

#[derive(Debug, Default, PartialEq, Eq)]
struct Proof {
    sites: BTreeSet<String>,
    tests: BTreeSet<String>,
    /// Arabic and English.
    partial: Option<(String, String)>,
}

type Proofs = BTreeMap<String, Proof>;

pub(crate) fn run(tree: &Tree, words: &[String]) -> Result<Findings, Box<dyn Error>> {
    let mut findings = Findings::new();
    let proofs = gather(tree, &mut findings)?;
    let written = write(&proofs);
    let mut words = words.iter();
    let (mut check, mut results) = (false, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--check" => check = true,
            "--junit" => {
                let file = words.next().ok_or("--junit needs a file")?;
                let xml = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
                junit::read(&xml, results.get_or_insert_with(Results::new))?;
            }
            other => return Err(format!("{other} is not known; there are --check and --junit FILE").into()),
        }
    }
    if let Some(results) = &results {
        findings.extend(unproven(&proofs, results));
    }
    let same = tree.text(PROOFS) == Some(written.as_str());
    if check && !same {
        findings.push(format!("{PROOFS} is not what the code says: run cargo xtask controls and commit it"));
    } else if !same && findings.is_empty() {
        std::fs::write(tree.root.join(PROOFS), &written)?;
    }
    if findings.is_empty() {
        println!("{}", summary(&proofs));
    }
    Ok(findings)
}

fn gather(tree: &Tree, findings: &mut Findings) -> Result<Proofs, Box<dyn Error>> {
    let known = known(tree)?;
    let mut proofs = Proofs::new();
    for file in tree.rust.iter().filter(|file| file.path.starts_with("crates/")) {
        sites(file, &known, &mut proofs);
        tests(file, is_binary(tree, &file.path), &known, &mut proofs, findings);
    }
    for (path, text) in tree.files.iter().filter(|(path, _)| path.ends_with(".cedar")) {
        policies(path, text, &known, &mut proofs, findings);
    }
    for (path, text) in
        tree.files.iter().filter(|(path, _)| path.starts_with("e2e/") && path.ends_with(".mjs"))
    {
        browser_tests(path, text, &known, &mut proofs, findings);
    }
    for (id, missing) in partial(tree)? {
        match known.contains(&id) {
            true => proofs.entry(id).or_default().partial = Some(missing),
            false => findings.push(format!("{PARTIAL}: there is no control {id}")),
        }
    }
    Ok(proofs)
}

/// The ids of all packs.
fn known(tree: &Tree) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut known = BTreeSet::new();
    for (path, text) in &tree.files {
        let pack = path.strip_prefix("regulations/").is_some_and(|name| name.ends_with(".toml"));
        if !pack || path == PROOFS || path == PARTIAL {
            continue;
        }
        let table: toml::Table = text.parse().map_err(|error| format!("{path}: {error}"))?;
        let controls = table.get("control").and_then(toml::Value::as_array).into_iter().flatten();
        known.extend(controls.filter_map(|control| control.get("id")?.as_str().map(str::to_owned)));
    }
    Ok(known)
}

fn partial(tree: &Tree) -> Result<BTreeMap<String, (String, String)>, Box<dyn Error>> {
    let table: toml::Table = tree.text(PARTIAL).unwrap_or_default().parse()?;
    let mut missing = BTreeMap::new();
    for (id, text) in table {
        let part = |lang: &str| text.get(lang).and_then(toml::Value::as_str).filter(|text| !text.is_empty());
        match (part("ar"), part("en")) {
            (Some(ar), Some(en)) => drop(missing.insert(id, (ar.to_owned(), en.to_owned()))),
            _ => return Err(format!("{PARTIAL}: {id} needs both ar and en").into()),
        }
    }
    Ok(missing)
}

fn sites(file: &Rust, known: &BTreeSet<String>, proofs: &mut Proofs) {
    for (token, test) in file.tokens.iter().zip(&file.test) {
        if token.kind == Kind::Text && !test && known.contains(&token.text) {
            proofs.entry(token.text.clone()).or_default().sites.insert(file.path.clone());
        }
    }
}

fn tests(
    file: &Rust,
    is_binary: bool,
    known: &BTreeSet<String>,
    proofs: &mut Proofs,
    findings: &mut Findings,
) {
    let functions = source::functions(&file.tokens);
    for (at, token) in file.tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Comment) {
        let Some(ids) = token.text.strip_prefix("proves:") else { continue };
        let place = format!("{}:{}", file.path, token.line);
        let function =
            functions.iter().find(|function| function.token > at && leads_to(file, at, function.token));
        let Some(function) = function.filter(|function| function.is_test) else {
            findings.push(format!("{place}: the mark must stand directly above a test"));
            continue;
        };
        let name = test_name(&file.path, &function.name, is_binary);
        claim(ids, &name, &place, known, proofs, findings);
    }
}

/// Only comments, attributes and words before `fn` lie between a mark and its test.
fn leads_to(file: &Rust, mark: usize, function: usize) -> bool {
    let mut at = mark + 1;
    while at < function {
        let token = &file.tokens[at];
        if token.is_sign("#") {
            at = source::closing(&file.tokens, at + 1);
        } else if token.kind != Kind::Comment && !["async", "pub"].contains(&token.text.as_str()) {
            return false;
        }
        at += 1;
    }
    true
}

fn claim(
    ids: &str,
    test: &str,
    place: &str,
    known: &BTreeSet<String>,
    proofs: &mut Proofs,
    findings: &mut Findings,
) {
    for id in ids.split(',').map(str::trim) {
        match known.contains(id) {
            true => drop(proofs.entry(id.to_owned()).or_default().tests.insert(test.to_owned())),
            false => findings.push(format!("{place}: there is no control {id}")),
        }
    }
}

/// Whether the file belongs to a crate that has a program and no library.
fn is_binary(tree: &Tree, path: &str) -> bool {
    let krate = path.split('/').take(2).collect::<Vec<_>>().join("/");
    tree.text(&format!("{krate}/src/lib.rs")).is_none()
        && tree.text(&format!("{krate}/src/main.rs")).is_some()
}

/// As nextest names it: `documents::files scanner::a_name`, `compliance parameter::tests::a_name`.
fn test_name(path: &str, function: &str, is_binary: bool) -> String {
    let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    let (krate, area, inner) = match parts.as_slice() {
        ["crates", krate, area, inner @ ..] => (*krate, *area, inner),
        _ => return format!("{path} {function}"),
    };
    let (suite, modules) = match (area, inner) {
        ("tests", [target, inner @ ..]) => (format!("{krate}::{target}"), inner),
        ("src", inner) if is_binary => (format!("{krate}::bin/{krate}"), inner),
        (_, inner) => (krate.to_owned(), inner),
    };
    let modules = modules.iter().filter(|part| !matches!(**part, "lib" | "main" | "mod"));
    let path: Vec<&str> = modules.copied().chain([function]).collect();
    format!("{suite} {}", path.join("::"))
}

fn policies(path: &str, text: &str, known: &BTreeSet<String>, proofs: &mut Proofs, findings: &mut Findings) {
    for annotation in text.split("@controls(\"").skip(1) {
        let ids = annotation.split('"').next().unwrap_or_default();
        for id in ids.split([',', ' ']).filter(|id| !id.is_empty()) {
            match known.contains(id) {
                true => drop(proofs.entry(id.to_owned()).or_default().sites.insert(path.to_owned())),
                false => findings.push(format!("{path}: there is no control {id}")),
            }
        }
    }
}

/// In a browser test the mark stands above `test("name", …)`.
fn browser_tests(
    path: &str,
    text: &str,
    known: &BTreeSet<String>,
    proofs: &mut Proofs,
    findings: &mut Findings,
) {
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some(ids) = line.trim().strip_prefix("// proves:") else { continue };
        let place = format!("{path}:{}", at + 1);
        let next = lines[at + 1..].iter().map(|line| line.trim()).find(|line| !line.starts_with("//"));
        let name =
            next.and_then(|line| ["test(", "it("].iter().find_map(|call| quoted(line.strip_prefix(call)?)));
        match name {
            Some(name) => claim(ids, &format!("e2e {name}"), &place, known, proofs, findings),
            None => findings.push(format!("{place}: the mark must stand directly above test(\"name\", …)")),
        }
    }
}

fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    text[1..].split(quote).next()
}

/// A proof that did not run, or did not pass, is none.
fn unproven(proofs: &Proofs, results: &Results) -> Findings {
    let mut findings = Findings::new();
    for (id, proof) in proofs {
        for test in &proof.tests {
            let why = match results.get(test) {
                Some(Outcome::Passed) => continue,
                Some(Outcome::Failed) => "failed",
                Some(Outcome::Skipped) => "was skipped",
                None => "did not run",
            };
            findings.push(format!("{id}: its proof «{test}» {why}"));
        }
    }
    findings
}

fn write(proofs: &Proofs) -> String {
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let list = |name: &str, items: &BTreeSet<String>| match items.len() {
        0 => String::new(),
        1 => format!("{name} = [{}]\n", items.iter().map(|item| text(item)).collect::<String>()),
        _ => format!(
            "{name} = [\n{}]\n",
            items.iter().map(|item| format!("    {},\n", text(item))).collect::<String>()
        ),
    };
    let mut out = String::from("# Written by `cargo xtask controls`; not by hand.\n");
    for (id, proof) in proofs {
        let _ =
            write!(out, "\n[{}]\n{}{}", text(id), list("where", &proof.sites), list("tests", &proof.tests));
        if let Some((ar, en)) = &proof.partial {
            let _ = writeln!(out, "partial = {{ ar = {}, en = {} }}", text(ar), text(en));
        }
    }
    out
}

fn summary(proofs: &Proofs) -> String {
    let whole = proofs
        .values()
        .filter(|proof| !proof.sites.is_empty() && !proof.tests.is_empty() && proof.partial.is_none());
    let (whole, some) = (whole.count(), proofs.len());
    format!(
        "{some} controls have a place or a proof in the code; {whole} have both and nothing declared missing"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    const PACK: &str = "[[control]]\nid = \"LY-1\"\n[[control]]\nid = \"LY-2\"\n[[control]]\nid = \"LY-3\"\n";

    fn gathered(files: &[(&str, &str)]) -> (String, Findings) {
        let files: Vec<_> = files.iter().copied().chain([("regulations/ly.toml", PACK)]).collect();
        let mut findings = Findings::new();
        let proofs = gather(&sample(&files), &mut findings).unwrap();
        (write(&proofs), findings)
    }

    #[test]
    fn places_and_proofs_are_gathered_from_the_code() {
        let (written, findings) = gathered(&[
            (
                "crates/a/src/submit.rs",
                "const NO: R = R::new(\"x\", &[\"LY-1\"]); // LY-2 is only spoken of\n#[cfg(test)] mod tests { \
                 const ID: &str = \"LY-2\";\n// proves: LY-1\n// refuses: GET /x\n#[test]\nfn it_refuses() {} }",
            ),
            ("crates/a/tests/all/main.rs", "// proves: LY-2, LY-1\n#[tokio::test]\nasync fn whole() {}"),
            ("crates/a/policies/a.cedar", "@controls(\"LY-2, LY-3\")\npermit(principal, action, resource);"),
            ("e2e/apply.mjs", "// proves: LY-3\ntest('salma applies', async () => {});"),
            ("regulations/partial.toml", "\"LY-3\" = { ar = \"ينقص\", en = \"not yet\" }"),
        ]);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(
            written,
            "# Written by `cargo xtask controls`; not by hand.\n
[\"LY-1\"]\nwhere = [\"crates/a/src/submit.rs\"]
tests = [\n    \"a submit::tests::it_refuses\",\n    \"a::all whole\",\n]\n
[\"LY-2\"]\nwhere = [\"crates/a/policies/a.cedar\"]\ntests = [\"a::all whole\"]\n
[\"LY-3\"]\nwhere = [\"crates/a/policies/a.cedar\"]\ntests = [\"e2e salma applies\"]
partial = { ar = \"ينقص\", en = \"not yet\" }\n"
        );
    }

    #[test]
    fn a_mark_that_proves_nothing_is_named() {
        for (code, expected) in [
            ("// proves: LY-1\nfn helper() {}", "the mark must stand directly above a test"),
            (
                "// proves: LY-1\nconst X: u8 = 1;\n#[test]\nfn t() {}",
                "the mark must stand directly above a test",
            ),
            ("// proves: LY-9\n#[test]\nfn t() {}", "there is no control LY-9"),
        ] {
            let (_, findings) = gathered(&[("crates/a/tests/t.rs", code)]);
            assert_eq!(findings, [format!("crates/a/tests/t.rs:1: {expected}")]);
        }
    }

    #[test]
    fn a_proof_that_did_not_pass_is_named() {
        let tests = ["one", "two", "three", "four"].map(|test| format!("a {test}")).into();
        let proofs = Proofs::from([("LY-1".to_owned(), Proof { tests, ..Proof::default() })]);
        let results = Results::from([
            ("a one".into(), Outcome::Passed),
            ("a two".into(), Outcome::Failed),
            ("a three".into(), Outcome::Skipped),
        ]);
        assert_eq!(
            unproven(&proofs, &results),
            [
                "LY-1: its proof «a four» did not run",
                "LY-1: its proof «a three» was skipped",
                "LY-1: its proof «a two» failed",
            ]
        );
    }

    #[test]
    fn tests_are_named_as_the_runner_names_them() {
        for (path, function, expected) in [
            (
                "crates/program/src/serve/health.rs",
                "tests::it",
                "program::bin/program serve::health::tests::it",
            ),
            ("crates/a/src/b/tests.rs", "it", "a b::tests::it"),
            ("crates/a/src/lib.rs", "tests::it", "a tests::it"),
            ("crates/a/tests/all/main.rs", "it", "a::all it"),
            ("crates/a/tests/all/c.rs", "it", "a::all c::it"),
            ("crates/a/tests/all.rs", "m::it", "a::all m::it"),
        ] {
            assert_eq!(test_name(path, function, path.contains("program")), expected);
        }
    }
}
