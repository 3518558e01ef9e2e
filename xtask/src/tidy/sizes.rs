//! Files and functions behind their walls. What is above them today is listed with its size in `ratchet.toml`,
//! which only shrinks.

use std::{collections::BTreeMap, error::Error};

use crate::{
    Findings,
    allowed::{self, Entry, Sections},
    source,
    tree::Tree,
};

const FILE_LINES_MAX: i64 = 600;
const FUNCTION_LINES_MAX: i64 = 70;
const RATCHET: &str = "xtask/ratchet.toml";
const HEAD: &str =
    "What is still above a wall, with its lines today. Only shrinks: `cargo xtask tidy --tighten`.";
/// Endings of files that people write and read.
const ENDINGS: [&str; 5] = [".rs", ".html", ".css", ".mjs", ".sql"];

/// Everything above its wall, by section.
fn above(tree: &Tree) -> BTreeMap<&'static str, BTreeMap<String, i64>> {
    let mut files = BTreeMap::new();
    for (path, text) in &tree.files {
        let lines = text.lines().count() as i64;
        if ENDINGS.iter().any(|ending| path.ends_with(ending)) && lines > FILE_LINES_MAX {
            files.insert(path.clone(), lines);
        }
    }
    let mut functions = BTreeMap::new();
    for file in &tree.rust {
        for function in source::functions(&file.tokens) {
            let lines = (function.last_line - function.first_line + 1) as i64;
            if lines > FUNCTION_LINES_MAX {
                functions.insert(format!("{} {}", file.path, function.name), lines);
            }
        }
    }
    BTreeMap::from([("files", files), ("functions", functions)])
}

pub(super) fn check(tree: &Tree) -> Result<Findings, Box<dyn Error>> {
    let (ratchet, mut findings) = allowed::shrinking(tree, RATCHET)?;
    findings.extend(judge(&above(tree), &ratchet));
    Ok(findings)
}

fn judge(above: &BTreeMap<&str, BTreeMap<String, i64>>, ratchet: &Sections) -> Findings {
    let mut findings = Findings::new();
    let allowed = |section: &str, key: &str| match ratchet.get(section)?.get(key)? {
        Entry::Number(lines) => Some(*lines),
        Entry::Reason(_) => None,
    };
    for (section, entries) in above {
        let wall = if *section == "files" { FILE_LINES_MAX } else { FUNCTION_LINES_MAX };
        for (key, lines) in entries {
            match allowed(section, key) {
                None => findings
                    .push(format!("{key}: {lines} lines, the wall is {wall}; split it by what it is about")),
                Some(most) if *lines > most => {
                    findings.push(format!("{key}: grew from {most} to {lines} lines; it may only shrink"));
                }
                Some(most) if *lines < most => {
                    findings.push(format!("{key}: shrank to {lines} lines; run cargo xtask tidy --tighten"));
                }
                Some(_) => {}
            }
        }
    }
    for (section, entries) in ratchet {
        for key in entries
            .keys()
            .filter(|key| !above.get(section.as_str()).is_some_and(|all| all.contains_key(*key)))
        {
            findings.push(format!("{key}: is behind its wall now; run cargo xtask tidy --tighten"));
        }
    }
    findings
}

/// Lowers every number to today's and drops what is behind its wall.
pub(super) fn tighten(tree: &Tree) -> Result<(), Box<dyn Error>> {
    let ratchet = allowed::read(tree.text(RATCHET).unwrap_or_default())?;
    let above = above(tree);
    let mut tightened = Sections::new();
    for (section, entries) in ratchet {
        let now = above.get(section.as_str());
        let kept = entries.into_iter().filter_map(|(key, entry)| {
            let lines = *now?.get(&key)?;
            let Entry::Number(most) = entry else { return None };
            Some((key, Entry::Number(most.min(lines))))
        });
        let kept: BTreeMap<String, Entry> = kept.collect();
        if !kept.is_empty() {
            tightened.insert(section, kept);
        }
    }
    Ok(std::fs::write(tree.root.join(RATCHET), allowed::write(HEAD, &tightened))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    fn long(lines: usize) -> String {
        format!("fn long() {{\n{}}}\n", "    work();\n".repeat(lines - 2))
    }

    #[test]
    fn walls_hold_and_the_ratchet_only_tightens() {
        let check = |lines: usize, ratchet: &str| {
            let tree = sample(&[("crates/a/src/a.rs", &long(lines))]);
            judge(&above(&tree), &allowed::read(ratchet).unwrap())
        };
        let ratchet = "[functions]\n\"crates/a/src/a.rs long\" = 80\n";
        assert!(check(70, "").is_empty());
        assert_eq!(check(71, "").len(), 1);
        assert!(check(80, ratchet).is_empty());
        assert!(check(81, ratchet)[0].contains("grew"));
        assert!(check(79, ratchet)[0].contains("--tighten"));
        assert!(check(70, ratchet)[0].contains("--tighten"));
        assert_eq!(check(601, "").len(), 2);
    }
}
