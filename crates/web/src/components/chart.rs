//! Bars and ranges, drawn on the server.

use askama::{Template, filters::HtmlSafe};

use crate::Shell;

/// One bar: from nothing to `to`, or the range between `from` and `to`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    pub label: String,
    /// The figure as a person reads it, with its unit.
    pub shown: String,
    pub from: f64,
    pub to: f64,
    /// A signal (`done`, `waiting`, `needs-you`, `refused`) or nothing.
    pub state: &'static str,
}

impl Bar {
    pub fn new(label: impl Into<String>, shown: impl Into<String>, to: f64) -> Bar {
        Bar { label: label.into(), shown: shown.into(), to, ..Bar::default() }
    }

    pub fn range(label: impl Into<String>, shown: impl Into<String>, from: f64, to: f64) -> Bar {
        Bar { label: label.into(), shown: shown.into(), from, to, state: "" }
    }

    pub fn state(mut self, state: &'static str) -> Bar {
        self.state = state;
        self
    }
}

#[derive(Clone, Debug, Template)]
#[template(path = "components/chart/chart.html")]
pub struct Chart {
    title: String,
    bars: Vec<Bar>,
    /// The figure at the far end of every bar.
    end: f64,
    rtl: bool,
    table_word: String,
}

impl HtmlSafe for Chart {}

impl Chart {
    pub fn new(shell: &Shell, title: impl Into<String>, bars: Vec<Bar>) -> Chart {
        let end = bars.iter().map(|bar| bar.to).fold(0.0, f64::max);
        let end = if end > 0.0 { end } else { 1.0 };
        Chart {
            title: title.into(),
            bars,
            end,
            rtl: shell.dir == "rtl",
            table_word: shell.t("web-chart-table"),
        }
    }

    /// The whole of which the bars are parts: with it, a bar of one half fills one half.
    pub fn out_of(mut self, whole: f64) -> Chart {
        self.end = whole;
        self
    }

    fn width_of(&self, bar: &Bar) -> String {
        format!("{:.1}", ((bar.to - bar.from) / self.end * 100.0).clamp(0.0, 100.0))
    }

    fn start_of(&self, bar: &Bar) -> String {
        let from = if self.rtl { self.end - bar.to } else { bar.from };
        format!("{:.1}", (from / self.end * 100.0).clamp(0.0, 100.0))
    }
}
