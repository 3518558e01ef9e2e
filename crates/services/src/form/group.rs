//! Rows of a group on a page: read from what was posted, and the acts on rows, which post too, so that everything works
//! without JavaScript.
//!
//! A cell is posted as `floors.2.area`; `floors` holds how many rows the page had. An act is the button that was pressed:
//! `_rows` with `floors.add`, `floors.copy.2`, `floors.remove.2`, `floors.up.2`, `floors.down.2`, `floors.paste`.

use serde_json::{Map, Value};

use super::{Field, FieldKind, Form, read};

/// The button that was pressed.
pub(crate) const ROWS_ACT: &str = "_rows";
/// The box for rows of a spreadsheet.
pub(crate) const PASTE: &str = "_paste";

/// What to do with rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowAct {
    Add,
    Copy(usize),
    Remove(usize),
    Up(usize),
    Down(usize),
    Paste,
}

impl RowAct {
    /// `floors.copy.2` as the group and the act.
    pub fn named(word: &str) -> Option<(&str, RowAct)> {
        let mut parts = word.split('.');
        let (key, act) = (parts.next()?, parts.next()?);
        let row = parts.next().and_then(|row| row.parse().ok());
        let act = match (act, row) {
            ("add", _) => RowAct::Add,
            ("paste", _) => RowAct::Paste,
            ("copy", Some(row)) => RowAct::Copy(row),
            ("remove", Some(row)) => RowAct::Remove(row),
            ("up", Some(row)) => RowAct::Up(row),
            ("down", Some(row)) => RowAct::Down(row),
            _ => return None,
        };
        Some((key, act))
    }
}

/// The rows as they were typed; a row that was left empty stays, because somebody added it.
pub(super) fn read_rows(field: &Field, posted: &[(String, String)], before: Option<&Value>) -> Option<Value> {
    let said = posted.iter().find(|(key, _)| *key == field.key).map(|(_, count)| count.trim());
    let Some(count) = said.and_then(|count| count.parse::<usize>().ok()) else { return before.cloned() };
    let mut rows: Vec<Map<String, Value>> = vec![Map::new(); count.min(field.rows_max as usize)];
    for (name, typed) in posted {
        let Some(cell) = name.strip_prefix(field.key.as_str()).and_then(|rest| rest.strip_prefix('.')) else {
            continue;
        };
        let Some((row, key)) = cell.split_once('.') else { continue };
        let row = row.parse::<usize>().ok().and_then(|row| rows.get_mut(row));
        let column = field.column(key).filter(|column| !column.calculated);
        if let Some(((row, column), value)) =
            row.zip(column).zip(column.and_then(|c| read::read(c, Some(typed))))
        {
            row.insert(column.key.clone(), value);
        }
    }
    let rows: Vec<Value> = rows.into_iter().map(Value::Object).collect();
    (!rows.is_empty()).then_some(Value::Array(rows))
}

impl Form {
    /// Does what a button of a group says. Nothing happens beyond the limits of the group.
    pub fn act_on_rows(
        &self,
        posted: &[(String, String)],
        answers: &mut Map<String, Value>,
    ) -> Option<String> {
        let word = posted.iter().find(|(name, _)| name == ROWS_ACT).map(|(_, word)| word.as_str())?;
        let (key, act) = RowAct::named(word)?;
        let field = self.field(key).filter(|field| field.kind == FieldKind::Rows)?;
        let mut rows = answers.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let pasted = posted.iter().find(|(name, _)| *name == format!("{key}.{PASTE}"));
        acted(field, act, &mut rows, pasted.map(|(_, text)| text.as_str()).unwrap_or_default());
        match rows.is_empty() {
            true => drop(answers.shift_remove(key)),
            false => drop(answers.insert(key.to_owned(), Value::Array(rows))),
        }
        Some(key.to_owned())
    }
}

fn acted(field: &Field, act: RowAct, rows: &mut Vec<Value>, pasted: &str) {
    let room = (field.rows_max as usize).saturating_sub(rows.len());
    let empty = || Value::Object(Map::new());
    match act {
        RowAct::Add if room > 0 => rows.push(empty()),
        RowAct::Copy(row) if room > 0 => {
            if let Some(copy) = rows.get(row).cloned() {
                rows.insert(row + 1, copy);
            }
        }
        RowAct::Remove(row) if row < rows.len() => drop(rows.remove(row)),
        RowAct::Up(row) if row > 0 && row < rows.len() => rows.swap(row, row - 1),
        RowAct::Down(row) if row + 1 < rows.len() => rows.swap(row, row + 1),
        RowAct::Paste => {
            rows.retain(|row| row.as_object().is_none_or(|row| !row.is_empty()));
            let room = (field.rows_max as usize).saturating_sub(rows.len());
            rows.extend(lines(field, pasted).take(room));
        }
        _ => {}
    }
}

/// Lines of a spreadsheet: cells apart by tabs, in the order of the columns that are asked. A choice is found by its name
/// in either language.
fn lines<'a>(field: &'a Field, pasted: &'a str) -> impl Iterator<Item = Value> + 'a {
    let columns: Vec<&Field> = field.columns.iter().filter(|column| !column.calculated).collect();
    let row = move |line: &str| {
        let cells = columns.iter().zip(line.split('\t')).filter_map(|(column, cell)| {
            Some((column.key.clone(), read::read(column, Some(&chosen(column, cell)))?))
        });
        Value::Object(cells.collect())
    };
    pasted.lines().filter(|line| !line.trim().is_empty()).map(row)
}

fn chosen(column: &Field, cell: &str) -> String {
    let cell = cell.trim();
    let named = |titles: [&str; 2]| titles.iter().any(|title| title.trim() == cell);
    match column.kind {
        FieldKind::Truth => match cell {
            "نعم" | "Yes" | "yes" | "1" | "TRUE" => "true".to_owned(),
            "لا" | "No" | "no" | "0" | "FALSE" => "false".to_owned(),
            other => other.to_owned(),
        },
        FieldKind::Choice => {
            let known = column.choices.iter().find(|choice| named([&choice.title.ar, &choice.title.en]));
            known.map_or_else(|| cell.to_owned(), |choice| choice.value.clone())
        }
        _ => cell.to_owned(),
    }
}
