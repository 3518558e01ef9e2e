//! The parts of pages. Simple ones are askama macros in `components/<name>/<name>.html`, imported by the page;
//! those that need to think are structs here, which a page writes as `{{ field }}`.

mod chart;
mod columns;
mod field;
mod qr;

pub use chart::{Bar, Chart};
pub use columns::Columns;
pub use field::{Choice, Field, named};
pub use qr::Qr;

/// A link in a trail, a row of tabs or a set of chips.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    pub href: String,
    pub label: String,
    /// The view that is open now.
    pub current: bool,
    pub count: Option<i64>,
    /// There are more than the count says.
    pub more: bool,
}

impl Link {
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Link {
        Link { href: href.into(), label: label.into(), ..Link::default() }
    }

    pub fn current(mut self, current: bool) -> Link {
        self.current = current;
        self
    }

    pub fn count(mut self, count: i64) -> Link {
        self.count = Some(count);
        self
    }

    /// A count that nobody goes on with beyond `most`.
    pub fn count_up_to(self, count: i64, most: i64) -> Link {
        Link { more: count >= most, ..self.count(count) }
    }
}

/// One line of a timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// `done`, `now`, `needs-you`, `refused` or `next`.
    pub state: &'static str,
    pub title: String,
    /// A date, a span, or nothing.
    pub when: String,
    /// Who holds it, or why.
    pub note: String,
}
