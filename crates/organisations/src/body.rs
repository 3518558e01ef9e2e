//! A public body: who it is and what the law charges it with.

pub(crate) mod change;
pub(crate) mod close;
pub(crate) mod fields;
pub(crate) mod function;
pub(crate) mod register;
pub(crate) mod table;

use clock::Timestamp;
use language::Text;
use uuid::Uuid;

/// The function of the administration that runs the portal, directory and channel; held once (LY-SVC-1.02).
pub const COMPETENT_ADMINISTRATION: &str = "competent_administration";

/// The function of the body that runs official mail and answers for the safety of accounts.
pub const IMPLEMENTING_BODY: &str = "implementing_body";

/// The function of the body that speaks for the state abroad, and lays down how missions use official mail.
pub const FOREIGN_AFFAIRS: &str = "foreign_affairs";

/// Functions that one body in the whole state holds at a time.
pub const HELD_ONCE: [&str; 5] = [
    COMPETENT_ADMINISTRATION,
    "supervising_body",
    IMPLEMENTING_BODY,
    "information_security_authority",
    FOREIGN_AFFAIRS,
];

/// Functions that every body may have, each held by one of its units at most (IQ-SOC-11.4).
pub const HELD_BY_UNITS: [&str; 5] =
    ["information_security", "communication", "social_media", "technical_support", "personnel"];

/// How deep the tree of bodies, and that of units, may be.
pub const TREE_LEVELS_MAX: usize = 8;

/// What a body is, as the law sorts them (LY-SVC-1.05).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    Ministry,
    Authority,
    PublicInstitution,
    NationalCentre,
    Municipality,
    /// A body that is attached to no ministry (IQ-SOC-1.3).
    Independent,
    /// An embassy, a consulate or another mission abroad.
    Mission,
}

impl BodyKind {
    pub const ALL: [BodyKind; 7] = [
        BodyKind::Ministry,
        BodyKind::Authority,
        BodyKind::PublicInstitution,
        BodyKind::NationalCentre,
        BodyKind::Municipality,
        BodyKind::Independent,
        BodyKind::Mission,
    ];

    /// The word for files and rows; its text is `org-kind-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            BodyKind::Ministry => "ministry",
            BodyKind::Authority => "authority",
            BodyKind::PublicInstitution => "public_institution",
            BodyKind::NationalCentre => "national_centre",
            BodyKind::Municipality => "municipality",
            BodyKind::Independent => "independent",
            BodyKind::Mission => "mission",
        }
    }

    pub fn named(word: &str) -> Option<BodyKind> {
        BodyKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub id: Uuid,
    /// Stable and readable, for addresses and files: `civil-registry`.
    pub slug: String,
    pub kind: BodyKind,
    /// The body that it belongs to, such as the ministry above it.
    pub parent: Option<Uuid>,
    /// Since when it no longer exists. Nothing of it is deleted.
    pub closed_at: Option<Timestamp>,
    /// The body that took over what it did.
    pub successor: Option<Uuid>,
    pub name: Text,
    /// For tags and narrow columns.
    pub short: Text,
    /// What the law charges it with, in a sentence.
    pub mandate: Text,
    /// Duties that the platform itself must know, such as [`COMPETENT_ADMINISTRATION`].
    pub functions: Vec<String>,
    pub city: Text,
    pub phone: String,
}

impl Body {
    pub fn has_function(&self, name: &str) -> bool {
        self.functions.iter().any(|held| held == name)
    }
}
