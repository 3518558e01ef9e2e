//! Words that find each other: synonyms, what people say for what is written, and forms of one word.
//!
//! The competent administration keeps them on a page, without a release (LY-SVC-23.4). The built-in list is where it
//! starts from: its lines are put into the table once, and from then on the table is what counts.

mod edit;
pub(crate) mod page;
pub(crate) mod seed;
pub(crate) mod set;
pub(crate) mod table;

use authz::{Attribute, Failure, Kind, Refusal, Resource};
use language::{Group, Relation};
use store::Sql;
use uuid::Uuid;

/// Entries of a group, and letters of one.
const ENTRIES_MAX: usize = 30;
const ENTRY_LETTERS_MAX: usize = 60;

/// A group as it stands in the table.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub id: Uuid,
    pub version: i64,
    pub group: Group,
    pub in_force: bool,
}

/// What is wrong with a group before it may be kept, by the field of the form.
pub(crate) fn check(group: &Group) -> Result<(), Refusal> {
    let mut refusal = Refusal::new(Kind::Invalid, "search.words_invalid", &["LY-SVC-23.4"]);
    let needed = if group.relation == Relation::OneWay { 1 } else { 2 };
    if group.words.len() < needed {
        refusal = refusal.with_item("words", if needed == 1 { "required" } else { "two_words" }, "");
    }
    if group.relation == Relation::OneWay && group.finds.is_empty() {
        refusal = refusal.with_item("finds", "required", "");
    }
    for (field, entries) in [("words", &group.words), ("finds", &group.finds)] {
        if entries.len() > ENTRIES_MAX {
            refusal = refusal.with_item(field, "too_many_words", &ENTRIES_MAX.to_string());
        }
        if let Some(entry) = entries.iter().find(|entry| !can_be_found(entry)) {
            refusal = refusal.with_item(field, "no_such_word", entry);
        }
    }
    if refusal.items.is_empty() { Ok(()) } else { Err(refusal) }
}

/// It has a word that carries a meaning, and no more of them than a phrase may have.
fn can_be_found(entry: &str) -> bool {
    let words = language::analyse(entry).len();
    (1..=language::PHRASE_WORDS_MAX).contains(&words) && entry.chars().count() <= ENTRY_LETTERS_MAX
}

/// What the policies see of the words: the desk of the competent administration, wherever that lies today.
pub(crate) async fn resource(sql: &impl Sql) -> Result<Resource, Failure> {
    let administration = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
    let desk = administration.map_or_else(String::new, |body| format!("verifier@{body}"));
    Ok(Resource {
        kind: "SearchWords",
        id: "all".to_owned(),
        attributes: vec![("verifier_desk", Attribute::Word(desk))],
    })
}

pub(crate) fn not_competent() -> Refusal {
    Refusal::new(Kind::NotAllowed, "directory.not_competent", &["LY-SVC-23.4"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(relation: Relation, words: &str, finds: &str) -> String {
        let group = Group { relation, words: Group::list(words), finds: Group::list(finds) };
        match check(&group) {
            Ok(()) => String::new(),
            Err(refusal) => refusal
                .items
                .iter()
                .map(|item| format!("{} {}", item.field, item.code))
                .collect::<Vec<_>>()
                .join(", "),
        }
    }

    #[test]
    fn a_group_must_lead_from_words_to_words() {
        let long = "ك".repeat(ENTRY_LETTERS_MAX + 1);
        for (relation, words, finds, expected) in [
            (Relation::Both, "رخصة، ترخيص", "", ""),
            (Relation::Both, "رخصة", "", "words two_words"),
            (Relation::Same, "كراسة، كراريس", "", ""),
            (Relation::OneWay, "باسبور", "جواز سفر", ""),
            (Relation::OneWay, "باسبور", "", "finds required"),
            (Relation::OneWay, "", "جواز", "words required"),
            (Relation::Both, "رخصة، من", "", "words no_such_word"),
            (Relation::Both, "رخصة، واحد اثنان ثلاثة أربعة خمسة", "", "words no_such_word"),
            (Relation::OneWay, "رخصة", &long, "finds no_such_word"),
        ] {
            assert_eq!(wrong(relation, words, finds), expected, "{words} > {finds}");
        }
        let many = (0..=ENTRIES_MAX).map(|number| format!("كلمة{number}")).collect::<Vec<_>>().join(",");
        assert_eq!(wrong(Relation::Both, &many, ""), "words too_many_words");
    }
}
