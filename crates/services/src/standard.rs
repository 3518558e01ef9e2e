//! What the competent administration asks of every provider: requirements, standards and policies. Each version is written,
//! then published for everybody to read and download, then put in force, and in no other order (LY-SVC-19.2).

pub(crate) mod act;
pub(crate) mod api;
pub(crate) mod desk;
pub(crate) mod page;
pub(crate) mod table;
pub(crate) mod write;

use clock::Timestamp;
use language::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StandardKind {
    Requirement,
    Standard,
    Policy,
}

impl StandardKind {
    pub const ALL: [StandardKind; 3] =
        [StandardKind::Requirement, StandardKind::Standard, StandardKind::Policy];

    pub fn word(self) -> &'static str {
        match self {
            StandardKind::Requirement => "requirement",
            StandardKind::Standard => "standard",
            StandardKind::Policy => "policy",
        }
    }

    pub fn named(word: &str) -> Option<StandardKind> {
        StandardKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Written, and seen by the administration alone.
    Draft,
    /// Everybody reads it; nobody has to follow it yet.
    Published,
    InForce,
    /// A newer version took its place.
    Superseded,
    /// Asked of nobody any more.
    Ended,
}

impl Standing {
    const ALL: [Standing; 5] =
        [Standing::Draft, Standing::Published, Standing::InForce, Standing::Superseded, Standing::Ended];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Draft => "draft",
            Standing::Published => "published",
            Standing::InForce => "in_force",
            Standing::Superseded => "superseded",
            Standing::Ended => "ended",
        }
    }

    fn named(word: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.word() == word)
    }

    /// The colour and icon that a page gives it.
    pub(crate) fn signal(self) -> &'static str {
        match self {
            Standing::InForce => "done",
            Standing::Published => "waiting",
            Standing::Draft | Standing::Superseded | Standing::Ended => "",
        }
    }
}

/// One version of a standard, with the file that people download.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub slug: String,
    pub kind: StandardKind,
    pub version: i64,
    pub title: Text,
    pub summary: Text,
    pub document: Uuid,
    pub file_name: String,
    pub sha256: String,
    pub bytes: i64,
    pub standing: Standing,
    pub written_by: Uuid,
    pub written_at: Timestamp,
    pub published_at: Option<Timestamp>,
    pub in_force_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

impl Version {
    pub(crate) fn subject(&self) -> String {
        format!("standard/{}/{}", self.slug, self.version)
    }

    pub(crate) fn file_href(&self) -> String {
        format!("/standards/{}/versions/{}/file", self.slug, self.version)
    }

    /// Whether everybody may see it.
    pub(crate) fn is_public(&self) -> bool {
        self.published_at.is_some()
    }
}
