//! Lists that may only shrink: what is still above a wall, or still without a test, with a number or a reason.

use std::{collections::BTreeMap, error::Error, fmt::Write};

use crate::{Findings, tree::Tree};

/// A list by section: `[functions]` then `"path::name" = 82`.
pub(crate) type Sections = BTreeMap<String, BTreeMap<String, Entry>>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Number(i64),
    Reason(String),
}

pub(crate) fn read(text: &str) -> Result<Sections, Box<dyn Error>> {
    let mut sections = Sections::new();
    for (section, entries) in text.parse::<toml::Table>()? {
        let entries = entries.as_table().ok_or("the list has entries outside a section")?;
        let read = sections.entry(section).or_default();
        for (key, value) in entries {
            let entry = match value {
                toml::Value::Integer(number) => Entry::Number(*number),
                toml::Value::String(reason) => Entry::Reason(reason.clone()),
                _ => return Err(format!("{key} is neither a number nor a reason").into()),
            };
            read.insert(key.clone(), entry);
        }
    }
    Ok(sections)
}

pub(crate) fn write(head: &str, sections: &Sections) -> String {
    let mut out = format!("# {head}\n");
    for (section, entries) in sections {
        let _ = write!(out, "\n[{section}]\n");
        for (key, entry) in entries {
            let key = toml::Value::String(key.clone());
            let _ = match entry {
                Entry::Number(number) => writeln!(out, "{key} = {number}"),
                Entry::Reason(reason) => writeln!(out, "{key} = {}", toml::Value::String(reason.clone())),
            };
        }
    }
    out
}

/// The list of the working tree, with what grew since the last commit as findings.
pub(crate) fn shrinking(tree: &Tree, path: &str) -> Result<(Sections, Findings), Box<dyn Error>> {
    let now = read(tree.text(path).unwrap_or_default())?;
    let findings = match tree.committed(path) {
        Some(before) => grown(path, &read(&before)?, &now),
        None => Findings::new(),
    };
    Ok((now, findings))
}

fn grown(path: &str, before: &Sections, now: &Sections) -> Findings {
    let mut findings = Findings::new();
    for (section, entries) in now {
        for (key, entry) in entries {
            let old = before.get(section).and_then(|entries| entries.get(key));
            let fine = match (old, entry) {
                (Some(Entry::Number(old)), Entry::Number(new)) => new <= old,
                (Some(Entry::Reason(_)), Entry::Reason(_)) => true,
                _ => false,
            };
            if !fine {
                findings.push(format!(
                    "{path}: {key} was added or raised; this list may only shrink, mend the cause"
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_and_may_only_shrink() {
        let list = "# why\n\n[files]\n\"a.rs\" = 700\n\"b.rs\" = 650\n\n[routes]\n\"GET /x\" = \"public\"\n";
        let before = read(list).unwrap();
        assert_eq!(write("why", &before), list);
        let lower = read(&list.replace("700", "610").replace("\"b.rs\" = 650\n", "")).unwrap();
        assert!(grown("l", &before, &lower).is_empty());
        let higher = read(&list.replace("700", "701")).unwrap();
        assert_eq!(grown("l", &before, &higher).len(), 1);
        let more = read(&list.replace("[files]", "[files]\n\"c.rs\" = 601")).unwrap();
        assert_eq!(grown("l", &before, &more).len(), 1);
    }
}
