//! A refusal cites its article: the one shape in which the platform says no.
//!
//! The same value becomes a page (with the article as a link and the way out as a button), an RFC 9457
//! problem, and a ledger entry.

/// Which kind of no it is. The web crate alone knows the status codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nobody is signed in, or not surely enough (401).
    NotIdentified,
    /// Known, but not allowed (403).
    NotAllowed,
    /// Not there, or not theirs to know (404).
    NotFound,
    /// The wrong state, or something must come first (409).
    Conflict,
    /// Larger than the limit (413).
    TooLarge,
    /// Incomplete or invalid input (422).
    Invalid,
    /// Too often (429).
    TooMany,
    /// A part is down; try again (503).
    Unavailable,
}

/// One thing that is wrong, tied to the field or document that the person can mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// A field of the form (JSON pointer without the slash: `city`), or `document.lease`, or `declaration`.
    pub field: String,
    /// A message key suffix: `required`, `too_short`, `pattern` …
    pub code: String,
    /// What the message needs: limits, names. Never what the person typed.
    pub detail: String,
}

/// A no, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub kind: Kind,
    /// Stable, of the form `module.reason`, from the register's index of codes where it has one.
    pub code: &'static str,
    /// Ids of the controls that command it: `LY-SVC-13.4`.
    pub controls: &'static [&'static str],
    pub items: Vec<Item>,
}

impl Refusal {
    pub const fn new(kind: Kind, code: &'static str, controls: &'static [&'static str]) -> Refusal {
        Refusal { kind, code, controls, items: Vec::new() }
    }

    /// Not there, or not theirs to know: strangers cannot tell which.
    pub const fn not_found() -> Refusal {
        Refusal::new(Kind::NotFound, "not_found", &[])
    }

    pub fn with_items(mut self, items: Vec<Item>) -> Refusal {
        self.items = items;
        self
    }

    pub fn with_item(mut self, field: &str, code: &str, detail: &str) -> Refusal {
        self.items.push(Item { field: field.into(), code: code.into(), detail: detail.into() });
        self
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.code)?;
        for control in self.controls {
            write!(out, " {control}")?;
        }
        Ok(())
    }
}

/// Why a call did not succeed: a no that a person is told, or something of ours that broke.
///
/// `?` turns a [`Refusal`] into the first and any other error into the second.
#[derive(Debug)]
pub enum Failure {
    Refused(Refusal),
    Broken(Box<dyn std::error::Error + Send + Sync>),
}

impl Failure {
    /// The refusal, when it is one: what tests and ledgers ask for.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Failure::Refused(refusal) => Some(refusal),
            Failure::Broken(_) => None,
        }
    }

    /// The refusal of what somebody typed or chose, which they mend on the page they are on; all else goes on its way.
    pub fn mendable(self) -> Result<Refusal, Failure> {
        self.of(&[Kind::Invalid, Kind::Conflict])
    }

    /// The refusal of what somebody typed; all else goes on its way.
    pub fn invalid(self) -> Result<Refusal, Failure> {
        self.of(&[Kind::Invalid])
    }

    /// The refusal, when it is of one of these kinds; all else goes on its way.
    pub fn of(self, kinds: &[Kind]) -> Result<Refusal, Failure> {
        match self {
            Failure::Refused(refusal) if kinds.contains(&refusal.kind) => Ok(refusal),
            other => Err(other),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::Refused(refusal)
    }
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure::Broken(Box::new(error))
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Refused(refusal) => write!(out, "refused: {refusal}"),
            Failure::Broken(error) => write!(out, "broken: {error}"),
        }
    }
}
