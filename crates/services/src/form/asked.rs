//! A question as it stands on a page: a field, a computed value, or the rows of a group; with what is wrong, what does not
//! fit, and hidden while it is not asked. The script of the page changes the same parts without a reload.

use askama::{Template, filters::HtmlSafe};
use rules::Outcome;
use serde_json::{Map, Value};
use web::{Fault, Shell, components};

use super::{Field, FieldKind, Form};

#[derive(Template)]
#[template(path = "form/asked.html")]
pub(crate) struct Asked {
    shell: Shell,
    path: String,
    pub body: Body,
    is_hidden: bool,
    checks: Vec<Checked>,
    /// What stands below the question: another device's answer, the source that it came from.
    pub notes: Vec<Note>,
}

impl HtmlSafe for Asked {}

pub(crate) enum Body {
    Field(Box<components::Field>),
    Computed(Computed),
    Rows(Box<Rows>),
}

pub(crate) struct Computed {
    path: String,
    title: String,
    hint: String,
    value: String,
    /// What stands there while it has no value.
    empty: String,
    fault: String,
}

/// A check that is said here when it does not hold.
struct Checked {
    id: String,
    text: String,
    fails: bool,
}

/// Another device's answer to the same question, or where an answer came from.
pub(crate) struct Note {
    pub kind: &'static str,
    pub text: String,
    /// The button that takes the other answer.
    pub take: Option<String>,
}

pub(crate) struct Rows {
    key: String,
    title: String,
    hint: String,
    basis: String,
    fault: String,
    row_title: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    rows_min: u64,
    rows_max: u64,
    is_full: bool,
}

struct Column {
    title: String,
    is_optional: bool,
    is_computed: bool,
}

struct Row {
    number: usize,
    cells: Vec<Cell>,
}

struct Cell {
    asked: Asked,
}

/// Columns beyond which rows are lines of a table on wide screens alone.
const COLUMNS_NARROW_MAX: usize = 5;
/// A computed cell without a value has no room for a sentence.
const CELL_EMPTY: &str = "—";

impl Rows {
    fn is_wide(&self) -> bool {
        self.columns.len() > COLUMNS_NARROW_MAX
    }
}

/// What a page knows while it shows its questions.
pub(crate) struct Asking<'a> {
    pub shell: &'a Shell,
    pub form: &'a Form,
    pub answers: &'a Map<String, Value>,
    pub outcome: &'a Outcome,
    pub faults: &'a [Fault],
}

impl Asking<'_> {
    pub fn question(&self, field: &Field) -> Asked {
        let answer = self.answers.get(&field.key);
        let body = match field.kind {
            FieldKind::Rows => Body::Rows(Box::new(self.rows(field))),
            _ if field.calculated => {
                let empty = self.shell.t("form-computed-empty");
                Body::Computed(self.computed(field, &field.key, self.outcome.answers.get(&field.key), empty))
            }
            _ => Body::Field(Box::new(field.asked(self.shell, answer).faults(self.faults))),
        };
        self.asked(field.key.clone(), body, &field.key, None, None)
    }

    fn asked(&self, path: String, body: Body, key: &str, column: Option<&str>, row: Option<usize>) -> Asked {
        let fails =
            |id: &str| self.outcome.failed.iter().any(|failed| failed.check == id && failed.row == row);
        let said = |text: &str| self.faults.iter().any(|fault| fault.field == path && fault.message == text);
        let checks = self.form.ruling().sentences_of(key, column).into_iter().map(|(id, text)| {
            let text = self.shell.text(text).to_owned();
            // Said once: what the page refused stands at the field already.
            Checked { id: id.to_owned(), fails: fails(id) && !said(&text), text }
        });
        Asked {
            is_hidden: self.outcome.hidden.contains(&path),
            checks: checks.collect(),
            notes: Vec::new(),
            shell: self.shell.clone(),
            path,
            body,
        }
    }

    fn computed(&self, field: &Field, path: &str, value: Option<&Value>, empty: String) -> Computed {
        let hint = field.hint.as_ref().map(|hint| self.shell.text(hint).to_owned());
        let fault = self.faults.iter().find(|fault| fault.field == path);
        Computed {
            path: path.to_owned(),
            title: self.shell.text(&field.title).to_owned(),
            hint: hint.unwrap_or_default(),
            value: value.map(|value| shown(self.shell, field, value)).unwrap_or_default(),
            empty,
            fault: fault.map(|fault| fault.message.clone()).unwrap_or_default(),
        }
    }

    fn rows(&self, field: &Field) -> Rows {
        let shell = self.shell;
        let words = |text: &Option<language::Text>| {
            text.as_ref().map(|text| shell.text(text).to_owned()).unwrap_or_default()
        };
        let given =
            self.answers.get(&field.key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let rows = given.iter().enumerate().map(|(place, row)| Row {
            number: place + 1,
            cells: field.columns.iter().map(|column| self.cell(field, place, column, row)).collect(),
        });
        let fault = self.faults.iter().find(|fault| fault.field == field.key);
        let row_title = words(&field.row_title);
        let column = |column: &Field| Column {
            title: shell.text(&column.title).to_owned(),
            is_optional: !column.required && !column.calculated,
            is_computed: column.calculated,
        };
        Rows {
            key: field.key.clone(),
            title: shell.text(&field.title).to_owned(),
            hint: words(&field.hint),
            basis: words(&field.legal_basis),
            fault: fault.map(|fault| fault.message.clone()).unwrap_or_default(),
            row_title: if row_title.is_empty() { shell.t("form-row") } else { row_title },
            columns: field.columns.iter().map(column).collect(),
            rows: rows.collect(),
            rows_min: field.rows_min,
            rows_max: field.rows_max,
            is_full: given.len() as u64 >= field.rows_max,
        }
    }

    fn cell(&self, group: &Field, row: usize, column: &Field, given: &Value) -> Cell {
        let path = format!("{}.{row}.{}", group.key, column.key);
        let body = if column.calculated {
            let rows = self.outcome.answers.get(&group.key);
            let value = rows.and_then(|rows| rows.get(row)).and_then(|row| row.get(&column.key));
            Body::Computed(self.computed(column, &path, value, CELL_EMPTY.to_owned()))
        } else {
            let field = column.asked_at(self.shell, &path, given.get(&column.key), true);
            Body::Field(Box::new(field.faults(self.faults)))
        };
        Cell { asked: self.asked(path, body, &group.key, Some(&column.key), Some(row)) }
    }
}

impl Asked {
    /// A field that no rule knows: a file.
    pub fn plain(shell: &Shell, field: components::Field) -> Asked {
        Asked {
            path: field.name().to_owned(),
            shell: shell.clone(),
            body: Body::Field(Box::new(field)),
            is_hidden: false,
            checks: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Said once above all questions, not under each.
    pub fn without_basis(&mut self) {
        match &mut self.body {
            Body::Field(field) => **field = (**field).clone().basis("", ""),
            Body::Rows(rows) => rows.basis.clear(),
            Body::Computed(_) => {}
        }
    }
}

/// A value as it is shown: in the reader's digits.
pub(crate) fn shown(shell: &Shell, field: &Field, value: &Value) -> String {
    let word = field.shown(value, shell.lang);
    match field.kind {
        FieldKind::Number | FieldKind::Whole | FieldKind::Rows => shell.in_digits(word),
        _ => word,
    }
}
