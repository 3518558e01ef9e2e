//! One question of a form, read from its schema.

use language::{Lang, Text};
use serde_json::Value;

/// What kind of answer a field takes, which decides how it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    Line,
    Paragraph,
    Date,
    Email,
    Number,
    Whole,
    Truth,
    Choice,
    /// Rows of the questions in `columns`.
    Rows,
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub title: Text,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub key: String,
    pub kind: FieldKind,
    pub title: Text,
    pub hint: Option<Text>,
    pub required: bool,
    pub choices: Vec<Choice>,
    pub characters_max: Option<u64>,
    pub patterned: bool,
    /// A code of digits alone, which gets the keyboard of digits.
    pub is_digits: bool,
    pub widget: String,
    pub personal: bool,
    pub legal_basis: Option<Text>,
    /// Computed from other answers, never asked.
    pub calculated: bool,
    /// Where the answer is known from (`x-source`): `person.name`.
    pub source: String,
    /// The questions of a row, and what a row is called.
    pub columns: Vec<Field>,
    pub row_title: Option<Text>,
    pub rows_min: u64,
    pub rows_max: u64,
}

/// Rows of a group when its schema does not say.
pub const ROWS_MAX: u64 = 300;

impl Field {
    /// Few choices are shown at once, many are picked from a list.
    pub fn is_radio(&self) -> bool {
        self.kind == FieldKind::Choice
            && (self.widget == "radio" || (self.widget.is_empty() && self.choices.len() <= 4))
    }

    /// An answer as a person reads it.
    pub fn shown(&self, answer: &Value, lang: Lang) -> String {
        match answer {
            Value::Array(rows) if self.kind == FieldKind::Rows => self.rows_shown(rows, lang),
            Value::String(word) if self.kind == FieldKind::Choice => self
                .choices
                .iter()
                .find(|choice| choice.value == *word)
                .map_or_else(|| word.clone(), |choice| choice.title.get(lang).to_owned()),
            Value::String(word) => word.clone(),
            Value::Bool(truth) => match (truth, lang) {
                (true, Lang::Ar) => "نعم".into(),
                (false, Lang::Ar) => "لا".into(),
                (true, Lang::En) => "Yes".into(),
                (false, Lang::En) => "No".into(),
            },
            Value::Number(number) => match number.as_f64() {
                Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => format!("{whole:.0}"),
                _ => number.to_string(),
            },
            Value::Null => String::new(),
            other => other.to_string(),
        }
    }

    /// A line for each row: `1) سكني، 120.5`.
    fn rows_shown(&self, rows: &[Value], lang: Lang) -> String {
        let line = |(place, row): (usize, &Value)| {
            let cells =
                self.columns.iter().filter_map(|column| Some(column.shown(row.get(&column.key)?, lang)));
            format!("{}) {}", place + 1, cells.collect::<Vec<_>>().join(lang.comma()))
        };
        rows.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    }

    pub fn column(&self, key: &str) -> Option<&Field> {
        self.columns.iter().find(|column| column.key == key)
    }
}

pub(super) fn fields(schema: &Value) -> Vec<Field> {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map(|keys| keys.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return Vec::new() };
    properties.iter().map(|(key, value)| field(key, value, required.contains(&key.as_str()))).collect()
}

fn field(key: &str, schema: &Value, required: bool) -> Field {
    let word = |name: &str| schema.get(name).and_then(Value::as_str).unwrap_or_default();
    Field {
        key: key.to_owned(),
        kind: kind(schema, word("type"), word("format"), word("x-widget")),
        title: title_of(schema),
        hint: words_of(schema, "description"),
        required,
        choices: choices(schema),
        characters_max: schema.get("maxLength").and_then(Value::as_u64),
        patterned: schema.get("pattern").is_some(),
        is_digits: schema
            .get("pattern")
            .and_then(Value::as_str)
            .is_some_and(|pattern| !pattern.contains(char::is_alphabetic)),
        widget: word("x-widget").to_owned(),
        personal: schema.get("x-personal").and_then(Value::as_bool).unwrap_or(false),
        legal_basis: schema.get("x-legal-basis").and_then(|value| serde_json::from_value(value.clone()).ok()),
        calculated: schema.get("x-calculate").is_some(),
        source: word("x-source").to_owned(),
        columns: schema.get("items").map(fields).unwrap_or_default(),
        row_title: schema.get("items").and_then(|items| words_of(items, "title")),
        rows_min: schema.get("minItems").and_then(Value::as_u64).unwrap_or(0),
        rows_max: schema.get("maxItems").and_then(Value::as_u64).unwrap_or(ROWS_MAX).min(ROWS_MAX),
    }
}

fn kind(schema: &Value, type_name: &str, format: &str, widget: &str) -> FieldKind {
    match (type_name, format) {
        ("array", _) => FieldKind::Rows,
        ("boolean", _) => FieldKind::Truth,
        ("integer", _) => FieldKind::Whole,
        ("number", _) => FieldKind::Number,
        (_, "date") => FieldKind::Date,
        (_, "email") => FieldKind::Email,
        _ if schema.get("oneOf").is_some() => FieldKind::Choice,
        _ if widget == "textarea" => FieldKind::Paragraph,
        _ => FieldKind::Line,
    }
}

fn choices(schema: &Value) -> Vec<Choice> {
    let listed = schema.get("oneOf").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    listed
        .iter()
        .filter_map(|choice| {
            let value = choice.get("const")?.as_str()?.to_owned();
            Some(Choice { value, title: title_of(choice) })
        })
        .collect()
}

pub(super) fn title_of(schema: &Value) -> Text {
    words_of(schema, "title").unwrap_or_else(|| Text::new("", ""))
}

/// The Arabic word stands in the schema itself, the English one under `x-en`; one stands in for the other.
pub(super) fn words_of(schema: &Value, name: &str) -> Option<Text> {
    let ar = schema.get(name)?.as_str()?;
    let en = schema.get("x-en").and_then(|en| en.get(name)).and_then(Value::as_str).unwrap_or(ar);
    Some(Text::new(ar, en))
}
