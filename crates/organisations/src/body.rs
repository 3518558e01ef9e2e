//! A public body: who it is and what the law charges it with.

pub(crate) mod fields;
pub(crate) mod function;
pub(crate) mod register;
pub(crate) mod table;

use language::Text;
use uuid::Uuid;

/// The function of the administration that runs the portal, directory and channel; held once (LY-SVC-1.02).
pub const COMPETENT_ADMINISTRATION: &str = "competent_administration";

/// The function of the body that runs official mail and answers for the safety of accounts.
pub const IMPLEMENTING_BODY: &str = "implementing_body";

/// What a body is, as the law sorts them (LY-SVC-1.05).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    Ministry,
    Authority,
    PublicInstitution,
    NationalCentre,
    Municipality,
}

impl BodyKind {
    pub const ALL: [BodyKind; 5] = [
        BodyKind::Ministry,
        BodyKind::Authority,
        BodyKind::PublicInstitution,
        BodyKind::NationalCentre,
        BodyKind::Municipality,
    ];

    /// The word for files and rows; its text is `org-kind-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            BodyKind::Ministry => "ministry",
            BodyKind::Authority => "authority",
            BodyKind::PublicInstitution => "public_institution",
            BodyKind::NationalCentre => "national_centre",
            BodyKind::Municipality => "municipality",
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
