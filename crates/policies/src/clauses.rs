//! The text of a policy: headings and numbered clauses, and nothing else. A line that begins with `#` is a heading, one that
//! begins with a number (`4.` or `4.1`) is a clause, and any other goes on with the clause before it.

use std::collections::BTreeSet;

use authz::Item;

/// Longer is no policy that anybody reads.
pub(crate) const TEXT_CHARACTERS_MAX: usize = 60_000;
/// Longer is no number of a clause.
const NUMBER_CHARACTERS_MAX: usize = 12;

/// A heading, when it has no number, or a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    pub number: String,
    pub text: String,
}

/// The text as its parts, or the first line that is neither.
pub(crate) fn clauses(text: &str) -> Result<Vec<Clause>, String> {
    let mut found: Vec<Clause> = Vec::new();
    let mut numbers = BTreeSet::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(heading) = line.strip_prefix('#') {
            let text = heading.trim_start_matches('#').trim().to_owned();
            found.push(Clause { number: String::new(), text });
            continue;
        }
        match (numbered(line), found.last_mut()) {
            (Some((number, text)), _) => {
                if !numbers.insert(number.clone()) {
                    return Err(line.chars().take(40).collect());
                }
                found.push(Clause { number, text: text.to_owned() });
            }
            (None, Some(last)) if !last.number.is_empty() => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            (None, _) => return Err(line.chars().take(40).collect()),
        }
    }
    Ok(found)
}

/// `4. Text` or `4.1 Text`, in digits of either script.
fn numbered(line: &str) -> Option<(String, &str)> {
    let (head, text) = line.split_once(char::is_whitespace)?;
    let folded = language::fold_digits(head);
    let number = folded.trim_end_matches(['.', ')', '-']);
    let is_number = number.len() <= NUMBER_CHARACTERS_MAX
        && number.split('.').all(|part| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit()));
    (is_number && !text.trim().is_empty()).then(|| (number.to_owned(), text.trim()))
}

/// The numbers of a text, in its order; none of one that cannot be read.
pub(crate) fn numbers(text: &str) -> Vec<String> {
    let parts = clauses(text).unwrap_or_default();
    parts.into_iter().map(|it| it.number).filter(|number| !number.is_empty()).collect()
}

/// `4، 7` as numbers, in digits of either script.
pub(crate) fn listed(typed: &str) -> Vec<String> {
    let folded = language::fold_digits(typed);
    let words = folded.split([',', '،', ' ', ';', '\n']).map(|word| word.trim_end_matches('.'));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What is wrong with a text in its two languages, and with the clauses that are named beside it.
pub(crate) fn faults(ar: &str, en: &str, named: [(&str, &str); 2]) -> Vec<Item> {
    let item =
        |field: &str, code: &str, detail: String| Item { field: field.into(), code: code.into(), detail };
    let mut items = Vec::new();
    for (field, text) in [("text_ar", ar), ("text_en", en)] {
        if text.chars().count() > TEXT_CHARACTERS_MAX {
            items.push(item(field, "too_long", TEXT_CHARACTERS_MAX.to_string()));
        } else if let Err(line) = clauses(text) {
            items.push(item(field, "policy_clause", line));
        }
    }
    let (of_ar, of_en) = (numbers(ar), numbers(en));
    if items.is_empty() && !ar.trim().is_empty() && !en.trim().is_empty() && of_ar != of_en {
        items.push(item("text_en", "policy_clauses_differ", String::new()));
    }
    for (field, typed) in named {
        if let Some(unknown) = listed(typed).into_iter().find(|number| !of_ar.contains(number)) {
            items.push(item(field, "policy_clause_unknown", unknown));
        }
    }
    items
}

/// How one clause stands in a newer text beside an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Same,
    Changed,
    Added,
    Removed,
}

impl Change {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Change::Same => "same",
            Change::Changed => "changed",
            Change::Added => "added",
            Change::Removed => "removed",
        }
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            Change::Same => "",
            Change::Changed => "needs-you",
            Change::Added => "done",
            Change::Removed => "refused",
        }
    }
}

/// A clause of two texts by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    pub number: String,
    pub before: String,
    pub after: String,
    pub change: Change,
}

/// Clause by clause: the newer text in its order, and behind it what is no longer there.
pub(crate) fn compared(before: &str, after: &str) -> Vec<Compared> {
    let of = |text: &str| -> Vec<Clause> {
        let parts = clauses(text).unwrap_or_default();
        parts.into_iter().filter(|it| !it.number.is_empty()).collect()
    };
    let (before, after) = (of(before), of(after));
    let find = |held: &[Clause], number: &str| held.iter().find(|it| it.number == number).cloned();
    let mut rows: Vec<Compared> = Vec::new();
    for clause in &after {
        let old = find(&before, &clause.number);
        let change = match &old {
            None => Change::Added,
            Some(old) if old.text == clause.text => Change::Same,
            Some(_) => Change::Changed,
        };
        let before = old.map(|it| it.text).unwrap_or_default();
        rows.push(Compared { number: clause.number.clone(), before, after: clause.text.clone(), change });
    }
    for gone in before.iter().filter(|it| find(&after, &it.number).is_none()) {
        let (number, before) = (gone.number.clone(), gone.text.clone());
        rows.push(Compared { number, before, after: String::new(), change: Change::Removed });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_headings_and_numbered_clauses() {
        let check = |text: &str, expected: Result<&[(&str, &str)], &str>| {
            let read = clauses(text);
            let read = read.as_ref().map(|found| {
                found.iter().map(|it| (it.number.as_str(), it.text.as_str())).collect::<Vec<_>>()
            });
            match expected {
                Ok(parts) => assert_eq!(read, Ok(parts.to_vec()), "{text}"),
                Err(line) => assert_eq!(read, Err(&line.to_owned()), "{text}"),
            }
        };
        check("", Ok(&[]));
        check(
            "# Scope\n1. All staff.\n\n2) Guests.",
            Ok(&[("", "Scope"), ("1", "All staff."), ("2", "Guests.")]),
        );
        check("٤٫ نص", Ok(&[("4", "نص")]));
        check("٤. نص\nتتمة", Ok(&[("4", "نص\nتتمة")]));
        check("4.1 One", Ok(&[("4.1", "One")]));
        check("no number", Err("no number"));
        check("# Heading\ncontinues", Err("continues"));
        check("1. a\n1. b", Err("1. b"));
        check("1.", Err("1."));
    }

    #[test]
    fn faults_name_their_field() {
        let check = |ar: &str, en: &str, separate: &str, expected: &[(&str, &str)]| {
            let found = faults(ar, en, [("separate", separate), ("extra", "")]);
            let found: Vec<(&str, &str)> =
                found.iter().map(|item| (item.field.as_str(), item.code.as_str())).collect();
            assert_eq!(found, expected, "{ar} / {en} / {separate}");
        };
        check("1. أ", "1. a", "1", &[]);
        check("1. أ", "", "١", &[]);
        check("1. أ", "2. a", "", &[("text_en", "policy_clauses_differ")]);
        check("أ", "1. a", "", &[("text_ar", "policy_clause")]);
        check("1. أ", "1. a", "1، 9", &[("separate", "policy_clause_unknown")]);
    }

    #[test]
    fn two_versions_are_compared_clause_by_clause() {
        let rows = compared("1. a\n2. b\n3. c", "1. a\n3. d\n4. e");
        let told: Vec<(&str, &str)> =
            rows.iter().map(|row| (row.number.as_str(), row.change.word())).collect();
        assert_eq!(told, [("1", "same"), ("3", "changed"), ("4", "added"), ("2", "removed")]);
    }
}
