//! Every crate says in ten to fifteen lines what it is, its words, its invariants and where to start.

use crate::{Findings, tree::Tree};

const LINES_MIN: usize = 10;
const LINES_MAX: usize = 15;

pub(super) fn check(tree: &Tree) -> Findings {
    let mut findings = Findings::new();
    for folder in tree.files.keys().filter_map(|path| path.strip_suffix("/Cargo.toml")) {
        let path = format!("{folder}/README.md");
        match tree.text(&path).map(|text| text.lines().count()) {
            None => {
                findings.push(format!("{path} is missing: say what the crate is, its words, where to start"))
            }
            Some(lines) if !(LINES_MIN..=LINES_MAX).contains(&lines) => {
                findings.push(format!("{path} has {lines} lines; {LINES_MIN} to {LINES_MAX} say enough"));
            }
            Some(_) => {}
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    #[test]
    fn readmes_are_there_and_short() {
        let tree = sample(&[
            ("crates/a/Cargo.toml", ""),
            ("crates/b/Cargo.toml", ""),
            ("crates/b/README.md", &"line\n".repeat(16)),
            ("crates/c/Cargo.toml", ""),
            ("crates/c/README.md", &"line\n".repeat(12)),
        ]);
        assert_eq!(check(&tree).len(), 2);
    }
}
