//! SQL lives in a noun's `table.rs`, and nowhere else.

use crate::{Findings, source::Kind, tree::Tree};

/// Where statements may stand: tables, migrations (their own files), the store, tests, and tools.
fn may_hold_sql(path: &str) -> bool {
    let in_table = path.ends_with("/table.rs") || path.contains("/table/");
    in_table || ["crates/store/", "bench/", "xtask/"].iter().any(|place| path.starts_with(place))
}

fn is_statement(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(400).collect();
    let has = |word: &str| words.contains(&word);
    match words.as_slice() {
        ["SELECT", ..] => has("FROM"),
        ["INSERT", "INTO", ..] | ["DELETE", "FROM", ..] => true,
        ["UPDATE", _, ..] => has("SET"),
        ["WITH", _, ..] => has("AS") && (has("SELECT") || has("(SELECT") || has("(VALUES")),
        _ => false,
    }
}

pub(super) fn check(tree: &Tree) -> Findings {
    let mut findings = Findings::new();
    for file in tree.rust.iter().filter(|file| !may_hold_sql(&file.path)) {
        for (token, _) in file.tokens.iter().zip(&file.test).filter(|(_, test)| !**test) {
            if token.kind == Kind::Text && is_statement(&token.text.replace("\\n", " ")) {
                findings.push(format!(
                    "{}:{}: SQL outside a table.rs; move it to the noun's table",
                    file.path, token.line
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    #[test]
    fn statements_are_found_outside_tables() {
        let code =
            "fn f() { run(\"SELECT a\n FROM b\"); run(\"UPDATE b SET a = 1\"); say(\"SELECT a file\"); }";
        let tree = sample(&[
            ("crates/a/src/submit.rs", code),
            ("crates/a/src/request/table.rs", code),
            ("crates/a/tests/t.rs", code),
            ("crates/store/src/once.rs", code),
        ]);
        assert_eq!(check(&tree).len(), 2);
    }
}
