//! A schema of the API is called by its type's name alone: two types of one name would be one schema, and one a lie.

use std::collections::BTreeMap;

use crate::{
    Findings,
    source::{Kind, Token},
    tree::Tree,
};

pub(super) fn check(tree: &Tree) -> Findings {
    let mut first: BTreeMap<&str, String> = BTreeMap::new();
    let mut findings = Findings::new();
    for file in &tree.rust {
        for (at, token) in file.tokens.iter().enumerate().filter(|(_, token)| token.is_word("ToSchema")) {
            let Some(name) = derived(&file.tokens[at..]) else { continue };
            let here = format!("{}:{}", file.path, token.line);
            match first.get(name) {
                Some(there) => findings.push(format!(
                    "{here}: the API already has a schema {name} ({there}); name this one apart"
                )),
                None => drop(first.insert(name, here)),
            }
        }
    }
    findings
}

/// The type under a `derive` that the tokens stand in: the word behind the next `struct` or `enum`.
fn derived(tokens: &[Token]) -> Option<&str> {
    let end = tokens.iter().position(|token| token.is_sign(";") || token.is_sign("{"))?;
    let keyword = tokens[..end].iter().position(|token| token.is_word("struct") || token.is_word("enum"))?;
    tokens.get(keyword + 1).filter(|name| name.kind == Kind::Word).map(|name| name.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    #[test]
    fn two_schemas_of_one_name_are_named() {
        let tree = sample(&[
            ("crates/a/src/api.rs", "use utoipa::ToSchema;\n#[derive(ToSchema)]\nstruct Body { a: u8 }"),
            ("crates/b/src/api.rs", "#[derive(Debug, ToSchema)]\n#[serde(untagged)]\npub enum Body { A }"),
            ("crates/c/src/api.rs", "#[derive(ToSchema)]\npub(crate) struct Other(u8);"),
        ]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(
            findings[0].contains("crates/b/src/api.rs:1") && findings[0].contains("crates/a/src/api.rs:2")
        );
    }
}
