//! Advice: what a colleague or another unit of the body thinks of a case. It is asked with a question and a
//! deadline, stands on the case, and binds nobody: whoever decides, decides.

pub(crate) mod ask;
pub(crate) mod give;
pub(crate) mod page;
pub(crate) mod table;

use authz::{Actor, Attribute, Resource};
use clock::Timestamp;
use uuid::Uuid;

pub(crate) const QUESTION_CHARACTERS_MAX: usize = 1_000;
pub(crate) const ANSWER_CHARACTERS_MIN: usize = 5;
pub(crate) const ANSWER_CHARACTERS_MAX: usize = 4_000;
/// Days within which advice is asked for.
pub(crate) const DAYS_DEFAULT: u32 = 3;
pub(crate) const DAYS_MAX: u32 = 30;

/// Who is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Person(Uuid),
    Unit(Uuid),
}

impl Asked {
    pub fn word(self) -> String {
        match self {
            Asked::Person(id) => format!("person.{id}"),
            Asked::Unit(id) => format!("unit.{id}"),
        }
    }

    pub fn named(word: &str) -> Option<Asked> {
        match word.split_once('.')? {
            ("person", id) => id.parse().ok().map(Asked::Person),
            ("unit", id) => id.parse().ok().map(Asked::Unit),
            _ => None,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Advice {
    pub id: Uuid,
    pub request: Uuid,
    pub body: Uuid,
    pub asked_by: Uuid,
    pub asked: Asked,
    pub question: String,
    pub asked_at: Timestamp,
    pub due_at: Timestamp,
    /// Empty until it is given.
    pub answer: String,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<Timestamp>,
}

impl Advice {
    /// Whether this person may speak: asked by name, or one of the unit that is asked.
    pub fn is_asked_of(&self, actor: &Actor) -> bool {
        match self.asked {
            Asked::Person(person) => person == actor.person,
            Asked::Unit(unit) => {
                actor.roles.iter().any(|role| role.body == self.body && role.unit == Some(unit))
            }
        }
    }

    fn resource(&self, actor: &Actor) -> Resource {
        Resource {
            kind: "Advice",
            id: self.id.to_string(),
            attributes: vec![("asked_of_them", Attribute::Truth(self.is_asked_of(actor)))],
        }
    }
}
