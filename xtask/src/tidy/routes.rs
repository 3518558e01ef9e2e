//! Every route has a test that it refuses. What has none is listed with its reason in `without-refusal.toml`,
//! which only shrinks.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
};

use crate::{
    Findings,
    allowed::{self, Entry, Sections},
    source::{self, Kind, Token},
    tree::Tree,
};

const ALLOWED: &str = "xtask/without-refusal.toml";
const SECTION: &str = "routes";
const HEAD: &str =
    "Routes without a test that they refuse, and why. Only shrinks: `cargo xtask tidy --tighten`.";
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// `GET /controls/{id}` with the place where it is declared.
type Routes = BTreeMap<String, String>;

/// The routes that the API's description must have.
pub(crate) fn described(tree: &Tree) -> BTreeSet<String> {
    let mut found = Routes::new();
    for file in code(tree) {
        described_in(&file.path, &file.tokens, &file.test, &mut found);
    }
    found.into_keys().collect()
}

fn code(tree: &Tree) -> impl Iterator<Item = &crate::tree::Rust> {
    tree.rust.iter().filter(|file| file.path.starts_with("crates/"))
}

fn declared(tree: &Tree) -> Routes {
    let mut found = Routes::new();
    for file in code(tree) {
        described_in(&file.path, &file.tokens, &file.test, &mut found);
        routed_in(&file.path, &file.tokens, &file.test, &mut found);
    }
    found
}

/// `#[utoipa::path(get, path = "/x")]`.
fn described_in(path: &str, tokens: &[Token], test: &[bool], found: &mut Routes) {
    for at in 3..tokens.len() {
        let named = tokens[at].is_word("path") && tokens[at - 3].is_word("utoipa");
        if !named || test[at] || !tokens.get(at + 1).is_some_and(|open| open.is_sign("(")) {
            continue;
        }
        let inside = &tokens[at + 2..source::closing(tokens, at + 1)];
        let method =
            inside.iter().find(|token| token.kind == Kind::Word && METHODS.contains(&token.text.as_str()));
        let route = inside.windows(3).find(|three| three[0].is_word("path") && three[1].is_sign("="));
        if let (Some(method), Some(route)) = (method, route) {
            let route = format!("{} {}", method.text.to_uppercase(), route[2].text);
            found.insert(route, format!("{path}:{}", tokens[at].line));
        }
    }
}

/// `.route("/x", get(show).post(submit))`, also with the path in a constant of the same file.
fn routed_in(path: &str, tokens: &[Token], test: &[bool], found: &mut Routes) {
    for at in 1..tokens.len().saturating_sub(2) {
        let call = tokens[at - 1].is_sign(".") && tokens[at].is_word("route") && tokens[at + 1].is_sign("(");
        if !call || test[at] || tokens[at + 2].kind != Kind::Text {
            continue;
        }
        let end = source::closing(tokens, at + 1);
        for method in outer_methods(tokens, at + 3, end) {
            let route = format!("{} {}", method.to_uppercase(), tokens[at + 2].text);
            found.insert(route, format!("{path}:{}", tokens[at].line));
        }
    }
}

/// The method calls beside each other; what stands inside their brackets is a handler.
fn outer_methods(tokens: &[Token], start: usize, end: usize) -> Vec<&str> {
    let mut methods = Vec::new();
    let mut at = start;
    while at < end {
        let token = &tokens[at];
        let calls = tokens.get(at + 1).is_some_and(|open| open.is_sign("("));
        if token.kind == Kind::Word && calls && METHODS.contains(&token.text.as_str()) {
            methods.push(token.text.as_str());
        }
        at = if token.is_sign("(") || token.is_sign("{") { source::closing(tokens, at) } else { at } + 1;
    }
    methods
}

/// The routes that marks above tests name, with their places.
fn refused(tree: &Tree) -> Routes {
    let mut found = Routes::new();
    let mut take = |route: &str, place: String| drop(found.insert(route.trim().to_owned(), place));
    for file in code(tree) {
        for token in file.tokens.iter().filter(|token| token.kind == Kind::Comment) {
            if let Some(routes) = token.text.strip_prefix("refuses:") {
                routes.split(',').for_each(|route| take(route, format!("{}:{}", file.path, token.line)));
            }
        }
    }
    for (path, text) in
        tree.files.iter().filter(|(path, _)| path.starts_with("e2e/") && path.ends_with(".mjs"))
    {
        for (number, line) in text.lines().enumerate() {
            if let Some(routes) = line.trim().strip_prefix("// refuses:") {
                routes.split(',').for_each(|route| take(route, format!("{path}:{}", number + 1)));
            }
        }
    }
    found
}

pub(super) fn check(tree: &Tree) -> Result<Findings, Box<dyn Error>> {
    let (allowed, mut findings) = allowed::shrinking(tree, ALLOWED)?;
    findings.extend(judge(&declared(tree), &refused(tree), &allowed));
    Ok(findings)
}

fn judge(declared: &Routes, refused: &Routes, allowed: &Sections) -> Findings {
    let nothing = BTreeMap::new();
    let allowed = allowed.get(SECTION).unwrap_or(&nothing);
    let mut findings = Findings::new();
    for (route, place) in declared {
        if !refused.contains_key(route) && !allowed.contains_key(route) {
            findings.push(format!(
                "{place}: {route} has no test that it refuses; write one and mark it // refuses: {route}"
            ));
        }
    }
    for (route, place) in refused.iter().filter(|(route, _)| !declared.contains_key(*route)) {
        findings.push(format!("{place}: there is no route {route}; correct the mark"));
    }
    for route in allowed.keys().filter(|route| !declared.contains_key(*route) || refused.contains_key(*route))
    {
        findings.push(format!("{ALLOWED}: {route} needs no entry any more; run cargo xtask tidy --tighten"));
    }
    findings
}

/// Drops what is gone or tested.
pub(super) fn tighten(tree: &Tree) -> Result<(), Box<dyn Error>> {
    let mut allowed = allowed::read(tree.text(ALLOWED).unwrap_or_default())?;
    let (declared, refused) = (declared(tree), refused(tree));
    for entries in allowed.values_mut() {
        entries.retain(|route, entry: &mut Entry| {
            matches!(entry, Entry::Reason(_)) && declared.contains_key(route) && !refused.contains_key(route)
        });
    }
    Ok(std::fs::write(tree.root.join(ALLOWED), allowed::write(HEAD, &allowed))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    const CODE: &str = r#"
        #[utoipa::path(get, path = "/api/v1/x/{id}", tag = "x", params(("post" = String, Path)))]
        async fn show() {}
        fn routes() { Router::new().route("/x", get(show).post(|| async { x.put(1) })).route("/open", axum::routing::get(open)) }
        #[cfg(test)] mod tests { fn r() { Router::new().route("/test", get(x)) } }
    "#;

    #[test]
    fn routes_are_read_from_the_code() {
        let tree = sample(&[("crates/a/src/x.rs", CODE)]);
        let routes: Vec<String> = declared(&tree).into_keys().collect();
        assert_eq!(routes, ["GET /api/v1/x/{id}", "GET /open", "GET /x", "POST /x"]);
        assert_eq!(described(&tree).into_iter().collect::<Vec<_>>(), ["GET /api/v1/x/{id}"]);
    }

    #[test]
    fn a_route_is_tested_or_listed_and_a_list_entry_is_needed() {
        let marks = "// refuses: GET /x, POST /x\n// refuses: GET /nowhere\n#[test] fn t() {}";
        let tree = sample(&[("crates/a/src/x.rs", CODE), ("crates/a/tests/t.rs", marks)]);
        let allowed =
            allowed::read("[routes]\n\"GET /open\" = \"public\"\n\"GET /x\" = \"later\"\n").unwrap();
        let findings = judge(&declared(&tree), &refused(&tree), &allowed);
        assert_eq!(findings.len(), 3, "{findings:?}");
        assert!(findings[0].contains("GET /api/v1/x/{id} has no test"));
        assert!(findings[1].contains("no route GET /nowhere"));
        assert!(findings[2].contains("GET /x needs no entry"));
    }
}
