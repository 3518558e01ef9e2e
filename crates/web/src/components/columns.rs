//! Two series side by side, day by day, drawn on the server: upright bars that run with the script.

use askama::{Template, filters::HtmlSafe};

use crate::Shell;

/// One moment of the row, with the place where it is drawn.
#[derive(Clone, Debug)]
struct Column {
    label: String,
    first: String,
    second: String,
    /// Where its two bars begin, and how high they are, of a hundred.
    x: usize,
    x_second: usize,
    first_height: i64,
    second_height: i64,
    first_y: i64,
    second_y: i64,
}

/// Widths in the units of the picture.
const COLUMN: usize = 20;
const BAR: usize = 8;
const HEIGHT: i64 = 100;

#[derive(Clone, Debug, Template)]
#[template(path = "components/columns/columns.html")]
pub struct Columns {
    title: String,
    series: [String; 2],
    columns: Vec<Column>,
    width: usize,
    most: String,
    table_word: String,
}

impl HtmlSafe for Columns {}

impl Columns {
    /// `rows` are label, first and second figure, the oldest first.
    pub fn new(
        shell: &Shell,
        title: impl Into<String>,
        series: [String; 2],
        rows: Vec<(String, i64, i64)>,
    ) -> Columns {
        let most = rows.iter().map(|(_, first, second)| *first.max(second)).max().unwrap_or_default().max(1);
        let count = rows.len();
        let rtl = shell.dir == "rtl";
        let column = |(place, (label, first, second)): (usize, (String, i64, i64))| {
            let from_start = place * COLUMN;
            let (x, x_second) = match rtl {
                true => ((count - place) * COLUMN - BAR, (count - place) * COLUMN - 2 * BAR),
                false => (from_start, from_start + BAR),
            };
            let (first_height, second_height) = (first * HEIGHT / most, second * HEIGHT / most);
            Column {
                label,
                first: shell.num(first),
                second: shell.num(second),
                x,
                x_second,
                first_height,
                second_height,
                first_y: HEIGHT - first_height,
                second_y: HEIGHT - second_height,
            }
        };
        Columns {
            title: title.into(),
            series,
            columns: rows.into_iter().enumerate().map(column).collect(),
            width: count.max(1) * COLUMN,
            most: shell.num(most),
            table_word: shell.t("web-chart-table"),
        }
    }

    fn begins(&self) -> &str {
        self.columns.first().map_or("", |column| column.label.as_str())
    }

    fn ends(&self) -> &str {
        self.columns.last().map_or("", |column| column.label.as_str())
    }
}
