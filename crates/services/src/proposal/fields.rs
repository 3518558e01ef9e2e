//! The guided form of a card: its parts, the fields of each with both languages side by side, and the way from what was
//! posted back into the card. Nothing is judged here; that is for the check before it is submitted.

use std::collections::BTreeMap;

use language::Lang;
use serde_json::{Map, Value, json};
use web::{
    Shell,
    components::{Choice, Field},
};

use crate::{Services, classification::Tree, entry::KINDS_OF_BENEFICIARY, entry::maturity, entry::words};

/// The parts of the form in the order in which an author thinks of a service.
pub(crate) const PARTS: [&str; 9] =
    ["what", "who", "needs", "gets", "way", "law", "form", "process", "check"];
/// Rows of a list beyond which the form does not go.
const ROWS_MAX: usize = 60;

/// Texts in both languages that stand once, by part.
const PAIRS: [(&str, &[(&str, u8)]); 5] = [
    ("what", &[("name", 1), ("summary", 2), ("description", 6)]),
    ("needs", &[]),
    ("gets", &[("fee.note", 2), ("acknowledgement", 4)]),
    ("way", &[]),
    ("law", &[("legal_basis", 2), ("complaint", 4), ("contact.address", 2)]),
];

/// Lists of a part, each with what one of its rows holds.
fn lists_of(part: &str) -> &'static [(&'static str, &'static [Cell])] {
    match part {
        "needs" => &[
            ("conditions", &[Cell::Text("", 2)]),
            (
                "document",
                &[
                    Cell::Text("title", 1),
                    Cell::Text("help", 2),
                    Cell::Tick("required"),
                    Cell::Number("files_max"),
                    Cell::Hidden("id"),
                ],
            ),
        ],
        "gets" => &[(
            "output",
            &[Cell::Text("title", 1), Cell::Text("text", 4), Cell::Kind("kind"), Cell::Hidden("id")],
        )],
        "way" => &[
            ("stage", &[Cell::Text("title", 1), Cell::Text("holder", 1), Cell::Word("id")]),
            ("rights", &[Cell::Text("", 2)]),
            ("obligations", &[Cell::Text("", 2)]),
        ],
        "law" => &[("stakeholders", &[Cell::Text("", 1), Cell::Word("body"), Cell::Word("email")])],
        _ => &[],
    }
}

/// What a row of a list holds under a name; the empty name is the row itself.
#[derive(Clone, Copy)]
enum Cell {
    /// A text in both languages, on so many lines.
    Text(&'static str, u8),
    Tick(&'static str),
    Word(&'static str),
    /// A whole number; one where nothing was typed.
    Number(&'static str),
    Kind(&'static str),
    Hidden(&'static str),
}

/// Fields that stand together; a list has several rows of them.
pub(crate) struct Block {
    pub legend: String,
    pub hint: String,
    pub rows: Vec<Row>,
    /// The list to which a row can be added.
    pub list: &'static str,
}

#[derive(Default)]
pub(crate) struct Row {
    /// Both languages of a text stand beside each other.
    pub pairs: Vec<[Field; 2]>,
    pub singles: Vec<Field>,
    pub hidden: Vec<(String, String)>,
}

impl Services {
    /// The fields of a part, filled with what the card holds.
    /// `slug` is the id of a service that is registered: it is shown, and cannot be typed over.
    pub(crate) fn proposal_blocks(
        &self,
        shell: &Shell,
        part: &str,
        card: &Value,
        slug: Option<&str>,
        more: &str,
    ) -> Vec<Block> {
        let mut blocks = Vec::new();
        let singles = self.singles(shell, part, card, slug);
        let pairs = pairs_of(part).iter().map(|(name, rows)| pair(shell, name, part_key(name), *rows, card));
        let first = Row { pairs: pairs.collect(), singles, hidden: Vec::new() };
        if !first.pairs.is_empty() || !first.singles.is_empty() {
            blocks.push(Block { legend: String::new(), hint: String::new(), rows: vec![first], list: "" });
        }
        for (list, cells) in lists_of(part) {
            blocks.push(self.list(shell, list, cells, card, more == *list));
        }
        blocks
    }

    fn singles(&self, shell: &Shell, part: &str, card: &Value, slug: Option<&str>) -> Vec<Field> {
        let number =
            |value: String, name: &str, label: String| Field::number(shell, name, label).value(value);
        match part {
            "what" => what(shell, card, slug),
            "who" => self.who(shell, card),
            "needs" => {
                let none = if card["documents_none"] == true { "true" } else { "" };
                let label = shell.t("proposal-documents-none");
                vec![Field::tick(shell, "documents_none", label).optional().value(none)]
            }
            "gets" => {
                let days = card["delivery_working_days"].as_u64().map(|days| days.to_string());
                let label = shell.t("change-part-delivery-working-days");
                let fee = number(dinars(&card["fee"]["amount_milli"]), "fee", shell.t("proposal-fee"));
                vec![
                    number(days.unwrap_or_default(), "delivery_working_days", label),
                    fee.hint(shell.t("proposal-fee-hint")),
                ]
            }
            "law" => {
                let phone = Field::telephone(shell, "contact.phone", shell.t("proposal-phone"));
                vec![phone.value(word(card, "contact.phone"))]
            }
            _ => Vec::new(),
        }
    }

    fn who(&self, shell: &Shell, card: &Value) -> Vec<Field> {
        let ticked = |name: &str| {
            let words = card[name].as_array().cloned().unwrap_or_default();
            words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
        };
        let boxes = |name: &str, label: String, choices: Vec<Choice>| {
            Field::checkboxes(shell, name, label, choices).value(ticked(name))
        };
        let one_of = |name: &str, label: String, family: &str, words: &[&str]| {
            Field::radios(shell, name, label, choices(shell, family, words)).value(word(card, name))
        };
        let kinds = KINDS_OF_BENEFICIARY.map(|kind| Choice::new(kind, words::audience(shell, kind)));
        let events = self.choices(shell, Tree::LifeEvent);
        let levels = ["basic", "substantial"];
        vec![
            boxes("audience", shell.t("entry-who"), kinds.to_vec()),
            boxes("themes", shell.t("entry-themes"), self.choices(shell, Tree::Theme)),
            boxes("life_events", shell.t("entry-life-events"), events).optional(),
            one_of("maturity", shell.t("entry-maturity"), "entry-maturity", &maturity::LEVELS),
            one_of("assurance", shell.t("entry-assurance"), "entry-assurance", &levels),
        ]
    }

    fn list(&self, shell: &Shell, list: &'static str, cells: &[Cell], card: &Value, more: bool) -> Block {
        let held = card[list].as_array().cloned().unwrap_or_default();
        let rows = (held.len() + usize::from(more || held.is_empty())).min(ROWS_MAX);
        let row = |place: usize| self.row(shell, list, place, cells, card);
        Block {
            legend: shell.t(&format!("change-part-{}", part_key(list))),
            hint: shell.t(&format!("proposal-{list}-hint")),
            rows: (0..rows).map(row).collect(),
            list,
        }
    }

    fn row(&self, shell: &Shell, list: &str, place: usize, cells: &[Cell], card: &Value) -> Row {
        let mut row = Row::default();
        for cell in cells {
            let name = |inner: &str| match inner {
                "" => format!("{list}.{place}"),
                inner => format!("{list}.{place}.{inner}"),
            };
            let label = |inner: &str| {
                let which = if inner.is_empty() { part_key(list) } else { format!("{list}-{inner}") };
                match inner {
                    "" => shell.t(&format!("change-part-{which}")),
                    _ => shell.t(&format!("proposal-{which}")),
                }
            };
            match cell {
                Cell::Text(inner, rows) => {
                    row.pairs.push(titled_pair(shell, &name(inner), &label(inner), *rows, card))
                }
                Cell::Tick(inner) => {
                    let ticked = if word(card, &name(inner)) == "true" { "true" } else { "" };
                    row.singles.push(Field::tick(shell, &name(inner), label(inner)).optional().value(ticked));
                }
                Cell::Word(inner) => {
                    let field = Field::text(shell, &name(inner), label(inner)).optional().short();
                    row.singles.push(field.value(word(card, &name(inner))));
                }
                Cell::Number(inner) => {
                    let held = word(card, &name(inner));
                    let field = Field::number(shell, &name(inner), label(inner)).optional();
                    row.singles.push(field.value(if held.is_empty() { "1".to_owned() } else { held }));
                }
                Cell::Kind(inner) => {
                    let kinds = ["document", "measure", "administrative_act"].map(|kind| {
                        Choice::new(kind, shell.t(&format!("entry-output-{}", kind.replace('_', "-"))))
                    });
                    let field = Field::select(shell, &name(inner), label(inner), kinds.to_vec());
                    row.singles.push(field.value(word(card, &name(inner))));
                }
                Cell::Hidden(inner) => row.hidden.push((name(inner), word(card, &name(inner)))),
            }
        }
        row
    }
}

fn what(shell: &Shell, card: &Value, slug: Option<&str>) -> Vec<Field> {
    let label = |name: &str| shell.t(&format!("proposal-{name}"));
    let kinds = choices(shell, "change-delivery", &["e_service", "information"]);
    let id = Field::text(shell, "id", label("id")).short();
    let id = match slug {
        Some(slug) => id.hint(label("id-registered")).attribute("readonly", "readonly").value(slug),
        None => id.hint(label("id-hint")).value(word(card, "id")),
    };
    let words = |name: &str, key: &str, lang| {
        Field::text(shell, name, label(key)).optional().value(listed(card, lang))
    };
    vec![
        id,
        Field::radios(shell, "delivery", label("delivery"), kinds).value(word(card, "delivery")),
        words("keywords.ar", "keywords-ar", Lang::Ar).hint(label("keywords-hint")),
        words("keywords.en", "keywords-en", Lang::En),
    ]
}

fn choices(shell: &Shell, family: &str, words: &[&str]) -> Vec<Choice> {
    let said = |word: &&str| Choice::new(*word, shell.t(&format!("{family}-{}", word.replace('_', "-"))));
    words.iter().map(said).collect()
}

fn pairs_of(part: &str) -> &'static [(&'static str, u8)] {
    PAIRS.iter().find(|(known, _)| *known == part).map_or(&[], |(_, pairs)| pairs)
}

/// The name under which a part of the card is said: a list bears the name of what it holds.
fn part_key(name: &str) -> String {
    match name {
        "document" => "documents".to_owned(),
        "output" => "outputs".to_owned(),
        "stage" => "stages".to_owned(),
        other => other.replace(['_', '.'], "-"),
    }
}

fn pair(shell: &Shell, name: &str, key: String, rows: u8, card: &Value) -> [Field; 2] {
    titled_pair(shell, name, &shell.t(&format!("change-part-{key}")), rows, card)
}

fn titled_pair(shell: &Shell, name: &str, label: &str, rows: u8, card: &Value) -> [Field; 2] {
    Lang::ALL.map(|lang| {
        let (name, code) = (format!("{name}.{}", lang.code()), lang.code());
        let label = shell.t1(&format!("proposal-in-{code}"), "what", label);
        let value = word(card, &name);
        let field = if rows > 1 {
            Field::area(shell, &name, label).rows(rows)
        } else {
            Field::text(shell, &name, label)
        };
        field.attribute("lang", code).value(value)
    })
}

/// The word that a path leads to: `conditions.0.ar`.
fn word(card: &Value, path: &str) -> String {
    let found = path.split('.').try_fold(card, |value, step| match step.parse::<usize>() {
        Ok(place) => value.get(place),
        Err(_) => value.get(step),
    });
    match found {
        Some(Value::String(word)) => word.clone(),
        Some(Value::Bool(truth)) => truth.to_string(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn listed(card: &Value, lang: Lang) -> String {
    let words = card["keywords"][lang.code()].as_array().cloned().unwrap_or_default();
    words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(lang.comma())
}

fn dinars(milli: &Value) -> String {
    match milli.as_u64() {
        None => String::new(),
        Some(milli) if milli % 1_000 == 0 => (milli / 1_000).to_string(),
        Some(milli) => format!("{}.{:03}", milli / 1_000, milli % 1_000),
    }
}

/// Puts what was posted from a part into the card; everything else of the card stays.
pub(crate) fn take(card: &mut Value, part: &str, posted: &[(String, String)]) {
    let one = |name: &str| posted.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
    let many = |name: &str| -> Value {
        posted
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| Value::from(value.as_str()))
            .collect()
    };
    for (name, _) in pairs_of(part) {
        for lang in Lang::ALL {
            let path = format!("{name}.{}", lang.code());
            put(card, &path, one(&path).unwrap_or_default());
        }
    }
    match part {
        "what" => {
            for name in ["id", "delivery"] {
                put(card, name, one(name).unwrap_or_default());
            }
            for code in ["ar", "en"] {
                let typed = one(&format!("keywords.{code}")).unwrap_or_default();
                let words = typed.split([',', '،', '\n']).map(str::trim).filter(|word| !word.is_empty());
                card["keywords"][code] = words.map(Value::from).collect();
            }
        }
        "who" => {
            for name in ["audience", "themes", "life_events"] {
                card[name] = many(name);
            }
            for name in ["maturity", "assurance"] {
                put(card, name, one(name).unwrap_or_default());
            }
        }
        "needs" => card["documents_none"] = one("documents_none").is_some().into(),
        "gets" => {
            card["delivery_working_days"] = number(one("delivery_working_days").unwrap_or_default());
            fee(card, one("fee").unwrap_or_default());
        }
        "law" => put(card, "contact.phone", one("contact.phone").unwrap_or_default()),
        _ => {}
    }
    for (list, cells) in lists_of(part) {
        card[*list] = rows(list, cells, posted);
    }
}

/// A whole number in either script of digits, or nothing.
fn number(typed: &str) -> Value {
    language::fold_digits(typed).trim().parse::<u32>().map_or(Value::Null, Value::from)
}

/// Dinars with at most three places behind the point become thousandths; without an amount there is no fee yet.
fn fee(card: &mut Value, typed: &str) {
    let folded = language::fold_digits(typed).replace('٫', ".");
    let (whole, rest) = folded.trim().split_once('.').unwrap_or((folded.trim(), ""));
    let milli = match (whole.parse::<u64>(), format!("{rest:0<3}").parse::<u64>()) {
        (Ok(whole), Ok(rest)) if rest < 1_000 => whole.checked_mul(1_000).map(|whole| whole + rest),
        _ => None,
    };
    let note = card["fee"]["note"].clone();
    let note = if note.is_object() { note } else { json!({ "ar": "", "en": "" }) };
    card["fee"] = milli.map_or(Value::Null, |milli| json!({ "amount_milli": milli, "note": note }));
}

/// The rows of a list that hold anything, in the order in which they stood.
fn rows(list: &str, cells: &[Cell], posted: &[(String, String)]) -> Value {
    let mut found: BTreeMap<usize, Value> = BTreeMap::new();
    let prefix = format!("{list}.");
    for (name, value) in posted.iter().filter_map(|(name, value)| Some((name.strip_prefix(&prefix)?, value)))
    {
        let Some((place, path)) = name.split_once('.') else { continue };
        if let Some(place) = place.parse().ok().filter(|place| *place < ROWS_MAX) {
            put(found.entry(place).or_insert_with(|| Value::Object(Map::new())), path, value.trim());
        }
    }
    let filled = found.into_values().filter(says_something);
    filled.enumerate().map(|(place, row)| whole(list, cells, place, row)).collect()
}

/// A row is there when one of its texts is; ids, ticks and kinds alone are nothing.
fn says_something(row: &Value) -> bool {
    let Value::Object(parts) = row else { return false };
    parts.iter().any(|(name, value)| match value {
        Value::Object(_) => says_something(value),
        Value::String(word) => (name == "ar" || name == "en") && !word.is_empty(),
        _ => false,
    })
}

/// Every part of a row, empty where nothing was typed.
fn whole(list: &str, cells: &[Cell], place: usize, mut row: Value) -> Value {
    for cell in cells {
        match cell {
            Cell::Text("", _) => {
                for code in ["ar", "en"] {
                    if row[code].is_null() {
                        row[code] = "".into();
                    }
                }
            }
            Cell::Text(name, _) => {
                for code in ["ar", "en"] {
                    if row[*name][code].is_null() {
                        row[*name][code] = "".into();
                    }
                }
            }
            Cell::Tick(name) => row[*name] = (row[*name] == "true").into(),
            Cell::Number(name) => {
                let typed = number(row[*name].as_str().unwrap_or_default());
                row[*name] = if typed.is_null() { 1.into() } else { typed };
            }
            Cell::Word(name) if list == "stakeholders" => {
                if row[*name].as_str().is_none_or(str::is_empty) {
                    row.as_object_mut().map(|row| row.remove(*name));
                }
            }
            Cell::Word(name) | Cell::Hidden(name) => {
                if row[*name].as_str().is_none_or(str::is_empty) {
                    row[*name] = format!("{list}-{}", place + 1).into();
                }
            }
            Cell::Kind(name) => {
                if row[*name].as_str().is_none_or(str::is_empty) {
                    row[*name] = "document".into();
                }
            }
        }
    }
    row
}

/// Sets a word at a path of names, making what leads there.
fn put(value: &mut Value, path: &str, word: &str) {
    let mut place = value;
    for step in path.split('.') {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[step];
    }
    *place = word.into();
}

/// The part of the form on which a field of the card stands.
pub(crate) fn part_of(field: &str) -> &'static str {
    match field.split(['.', '[']).next().unwrap_or_default() {
        "id" | "name" | "summary" | "description" | "keywords" | "delivery" => "what",
        "audience" | "themes" | "life_events" | "maturity" | "assurance" | "body" => "who",
        "conditions" | "documents" | "document" => "needs",
        "outputs" | "output" | "fee" | "delivery_working_days" | "acknowledgement" => "gets",
        "stages" | "stage" | "rights" | "obligations" => "way",
        "legal_basis" | "complaint" | "contact" | "stakeholders" => "law",
        "process" => "process",
        _ => "form",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::reading;

    fn taken(part: &str, pairs: &[(&str, &str)]) -> Value {
        let mut card = reading::blank();
        let pairs: Vec<(String, String)> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        take(&mut card, part, &pairs);
        card
    }

    #[test]
    fn what_was_posted_is_in_the_card_and_empty_rows_are_not() {
        let card = taken(
            "needs",
            &[
                ("conditions.0.ar", "أن تقيم هنا."),
                ("conditions.1.ar", " "),
                ("conditions.2.en", "You live here."),
                ("document.0.title.ar", "عقد"),
                ("document.0.required", "true"),
                ("document.0.id", ""),
                ("document.1.id", "lease"),
            ],
        );
        assert_eq!(
            card["conditions"],
            json!([{ "ar": "أن تقيم هنا.", "en": "" }, { "ar": "", "en": "You live here." }])
        );
        assert_eq!(
            card["document"],
            json!([{ "title": { "ar": "عقد", "en": "" }, "help": { "ar": "", "en": "" }, "required": true, "id": "document-1", "files_max": 1 }])
        );
        assert!(reading::card(&card).is_ok());
    }

    #[test]
    fn amounts_are_read_in_both_scripts_of_digits() {
        for (typed, milli) in [
            ("60", json!(60_000)),
            ("٢٫٥", json!(2_500)),
            ("0", json!(0)),
            ("1.2345", Value::Null),
            ("free", Value::Null),
            ("", Value::Null),
        ] {
            let card =
                taken("gets", &[("fee", typed), ("delivery_working_days", "٣"), ("fee.note.ar", "ملاحظة")]);
            assert_eq!(card["fee"]["amount_milli"], milli, "{typed}");
            assert_eq!(card["delivery_working_days"], 3);
        }
    }
}
