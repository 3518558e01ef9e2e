//! No home for a function? It belongs to a noun that has no name yet.

use crate::{Findings, source::Kind, tree::Tree};

const BANNED: [&str; 16] = [
    "util",
    "utils",
    "common",
    "helper",
    "helpers",
    "misc",
    "base",
    "manager",
    "managers",
    "handler",
    "handlers",
    "processor",
    "processors",
    "shared",
    "stuff",
    "core",
];

pub(super) fn check(tree: &Tree) -> Findings {
    let mut findings = Findings::new();
    for file in &tree.rust {
        let parts = file.path.trim_end_matches(".rs").split('/');
        for part in parts.filter(|part| BANNED.contains(part)) {
            findings
                .push(format!("{}: no module is called {part}; name the noun that it is about", file.path));
        }
        for three in file.tokens.windows(3).filter(|three| three[0].is_word("mod") && three[2].is_sign("{")) {
            let name = &three[1];
            if name.kind == Kind::Word && BANNED.contains(&name.text.as_str()) {
                let (path, line, name) = (&file.path, name.line, &name.text);
                findings.push(format!(
                    "{path}:{line}: no module is called {name}; name the noun that it is about"
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
    fn homeless_modules_are_named() {
        let tree = sample(&[
            ("crates/a/src/utils.rs", ""),
            ("crates/a/src/request/helpers/x.rs", ""),
            ("crates/a/src/request.rs", "mod common { }\nmod baseline;"),
        ]);
        assert_eq!(check(&tree).len(), 3);
    }
}
