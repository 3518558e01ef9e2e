//! Lists as files: CSV for spreadsheets, JSON and NDJSON for programs, written row by row, so that a list of a million
//! rows needs no more memory than one of ten.
//!
//! Whoever has a list gives its rows; this knows no list. CSV follows RFC 4180 in UTF-8 with a mark at its beginning, by
//! which spreadsheets tell it from older encodings; a text that a spreadsheet would run as a formula is defused.

use clock::Timestamp;
use language::Offset;
use serde_json::{Map, Value};

/// What tells a spreadsheet that the file is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";
/// A text that begins so is run as a formula by some spreadsheet; the wide forms count too.
const FORMULA_BEGINNINGS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// In which form a list is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportForm {
    Csv,
    /// One array.
    Json,
    /// One object a line.
    Ndjson,
}

impl ExportForm {
    pub const ALL: [ExportForm; 3] = [ExportForm::Csv, ExportForm::Json, ExportForm::Ndjson];

    /// The word in addresses, and the ending of the file.
    pub fn code(self) -> &'static str {
        match self {
            ExportForm::Csv => "csv",
            ExportForm::Json => "json",
            ExportForm::Ndjson => "ndjson",
        }
    }

    pub fn named(code: &str) -> Option<ExportForm> {
        ExportForm::ALL.into_iter().find(|form| form.code() == code)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            ExportForm::Csv => "text/csv; charset=utf-8; header=present",
            ExportForm::Json => "application/json",
            ExportForm::Ndjson => "application/x-ndjson",
        }
    }
}

/// A column: its stable name for programs, and what the reader calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportColumn {
    pub key: &'static str,
    pub label: String,
}

/// One value of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Text(String),
    Number(i64),
    Truth(bool),
    /// RFC 3339 for programs, the office's wall clock for people.
    Moment(Timestamp),
    Empty,
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<Timestamp> for Cell {
    fn from(at: Timestamp) -> Cell {
        Cell::Moment(at)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// A file that is written row by row.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub form: ExportForm,
    pub columns: Vec<ExportColumn>,
    /// Where the office's clocks stand.
    pub offset: Offset,
}

impl Sheet {
    /// What comes before the first row.
    pub fn head(&self) -> String {
        match self.form {
            ExportForm::Csv => {
                let labels = self.columns.iter().map(|column| quoted(&column.label)).collect::<Vec<_>>();
                format!("{BYTE_ORDER_MARK}{}\r\n", labels.join(","))
            }
            ExportForm::Json => "[".to_owned(),
            ExportForm::Ndjson => String::new(),
        }
    }

    /// Appends a row; `place` counts from zero over the whole file.
    pub fn row(&self, place: u64, cells: Vec<Cell>, out: &mut String) {
        match self.form {
            ExportForm::Csv => {
                for (index, cell) in cells.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    out.push_str(&self.for_people(cell));
                }
                out.push_str("\r\n");
            }
            ExportForm::Json | ExportForm::Ndjson => {
                out.push_str(match (self.form, place) {
                    (ExportForm::Json, 0) => "\n",
                    (ExportForm::Json, _) => ",\n",
                    _ => "",
                });
                out.push_str(&self.object(cells).to_string());
                if self.form == ExportForm::Ndjson {
                    out.push('\n');
                }
            }
        }
    }

    /// What comes after the last row.
    pub fn tail(&self) -> &'static str {
        if self.form == ExportForm::Json { "\n]\n" } else { "" }
    }

    fn object(&self, cells: Vec<Cell>) -> Value {
        let value = |cell| match cell {
            Cell::Text(text) => Value::String(printable(&text)),
            Cell::Number(number) => number.into(),
            Cell::Truth(truth) => truth.into(),
            Cell::Moment(at) => at.to_string().into(),
            Cell::Empty => Value::Null,
        };
        let pairs = self.columns.iter().zip(cells).map(|(column, cell)| (column.key.to_owned(), value(cell)));
        Value::Object(pairs.collect::<Map<String, Value>>())
    }

    fn for_people(&self, cell: &Cell) -> String {
        match cell {
            Cell::Text(text) => quoted(&printable(text)),
            Cell::Number(number) => number.to_string(),
            Cell::Truth(truth) => u8::from(*truth).to_string(),
            // `2026-03-01 11:30:00`: a spreadsheet reads it as a moment.
            Cell::Moment(at) => self.offset.local(*at).to_string().replace('T', " ").replace('Z', ""),
            Cell::Empty => String::new(),
        }
    }
}

/// A text without the characters that no text should hold.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { ' ' } else { c }).collect()
}

fn quoted(text: &str) -> String {
    let defused = text.starts_with(FORMULA_BEGINNINGS);
    let text = if defused { format!("'{text}") } else { text.to_owned() };
    let edge = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let needs = text.contains(['"', ',', ';', '\r', '\n', '\t']);
    if needs || edge(text.chars().next()) || edge(text.chars().next_back()) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(form: ExportForm) -> Sheet {
        let column = |key, label: &str| ExportColumn { key, label: label.into() };
        let columns = vec![column("name", "الاسم"), column("sent_at", "أُرسل، في"), column("count", "=العدد")];
        Sheet { form, columns, offset: Offset { minutes: 120 } }
    }

    fn file(form: ExportForm, rows: Vec<Vec<Cell>>) -> String {
        let sheet = sheet(form);
        let mut out = sheet.head();
        for (place, cells) in rows.into_iter().enumerate() {
            sheet.row(place as u64, cells, &mut out);
        }
        out + sheet.tail()
    }

    fn row(name: &str) -> Vec<Cell> {
        vec![name.into(), Timestamp(1_772_357_400_000_000).into(), Cell::Number(-3)]
    }

    #[test]
    fn a_spreadsheet_gets_the_readers_headers_and_no_formulas() {
        let csv = |name: &str| {
            let file = file(ExportForm::Csv, vec![row(name)]);
            let (head, rest) = file.split_once("\r\n").expect("a head");
            assert_eq!(head, "\u{feff}الاسم,\"أُرسل، في\",'=العدد".replace("\"أُرسل، في\"", "أُرسل، في"));
            rest.strip_suffix(",2026-03-01 11:30:00,-3\r\n").expect(rest).to_owned()
        };
        for (name, expected) in [
            ("سلمى", "سلمى"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("he said \"no\"", "\"he said \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            (" edge ", "\" edge \""),
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("+218910000101", "'+218910000101"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\" =1\""),
            ("＝1", "'＝1"),
            ("a\u{0}b\u{7}", "\"a b \""),
        ] {
            assert_eq!(csv(name), expected, "{name:?}");
        }
    }

    #[test]
    fn programs_get_json_that_parses() {
        for rows in [vec![], vec![row("=1")], vec![row("a\"b\n"), row("ب")]] {
            let count = rows.len();
            let whole: Value = serde_json::from_str(&file(ExportForm::Json, rows.clone())).expect("JSON");
            assert_eq!(whole.as_array().map(Vec::len), Some(count));
            let lines = file(ExportForm::Ndjson, rows);
            let lines: Vec<Value> =
                lines.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
            assert_eq!(Value::Array(lines), whole);
        }
        let one: Value = serde_json::from_str(&file(ExportForm::Json, vec![row("=1")])).expect("JSON");
        assert_eq!(
            one[0],
            serde_json::json!({ "name": "=1", "sent_at": "2026-03-01T09:30:00Z", "count": -3 })
        );
    }
}
