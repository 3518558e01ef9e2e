//! A run: one backup or one restore test, from its beginning to its end. Pure.

pub(crate) mod back_up;
pub(crate) mod due;
pub(crate) mod page;
pub(crate) mod record;
pub(crate) mod table;
pub(crate) mod test_restore;

use std::time::Duration;

use backup::{BackupError, Keep, Password, Place, Vault};
use clock::{DAY, Timestamp};
use compliance::Packs;
use documents::Location;
use uuid::Uuid;

use crate::Operation;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Backup,
    RestoreTest,
}

impl Kind {
    pub const ALL: [Kind; 2] = [Kind::Backup, Kind::RestoreTest];

    pub fn word(self) -> &'static str {
        match self {
            Kind::Backup => "backup",
            Kind::RestoreTest => "restore_test",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The parameter of the regulation that says how often.
    fn parameter(self) -> &'static str {
        match self {
            Kind::Backup => "backup.schedule",
            Kind::RestoreTest => "restore_test.cadence",
        }
    }

    pub(crate) fn control(self) -> &'static str {
        match self {
            Kind::Backup => "KW-RW-9.1.2.d1",
            Kind::RestoreTest => "KW-RW-9.1.2.d2",
        }
    }

    fn cadence_by_default(self) -> Duration {
        match self {
            Kind::Backup => DAY,
            Kind::RestoreTest => 30 * DAY,
        }
    }
}

/// Who ordered it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Schedule,
    /// Somebody at the console.
    Hand,
}

impl By {
    pub fn word(self) -> &'static str {
        match self {
            By::Schedule => "schedule",
            By::Hand => "hand",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RunState {
    Running,
    Done,
    Failed,
}

impl RunState {
    pub fn word(self) -> &'static str {
        match self {
            RunState::Running => "running",
            RunState::Done => "done",
            RunState::Failed => "failed",
        }
    }

    fn named(word: &str) -> RunState {
        match word {
            "running" => RunState::Running,
            "done" => RunState::Done,
            _ => RunState::Failed,
        }
    }

    /// The signal of the tag that shows it.
    pub fn signal(self) -> &'static str {
        match self {
            RunState::Running => "waiting",
            RunState::Done => "done",
            RunState::Failed => "refused",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub id: Uuid,
    pub kind: Kind,
    pub by: By,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub state: RunState,
    /// The hash of the backup that was taken or brought back.
    pub snapshot: String,
    pub files: i64,
    pub bytes: i64,
    pub added_bytes: i64,
    /// Why it failed, in the words of the program; or the evidence of a restore, as JSON.
    pub said: String,
}

impl Run {
    pub fn begun(id: Uuid, kind: Kind, by: By, at: Timestamp) -> Run {
        Run {
            id,
            kind,
            by,
            started_at: at,
            ended_at: None,
            state: RunState::Running,
            snapshot: String::new(),
            files: 0,
            bytes: 0,
            added_bytes: 0,
            said: String::new(),
        }
    }
}

/// Where backups go, what opens them, and how many are kept.
#[derive(Clone)]
pub struct Backups {
    pub location: Location,
    pub password: Password,
    pub keep: Keep,
}

impl Backups {
    /// Opens the repository on a thread of its own; with `make`, an empty one where nothing is yet.
    pub async fn open(&self, make: bool) -> Result<Vault, BackupError> {
        let (place, password) = (Place::open(&self.location)?, self.password.clone());
        Vault::on_thread(move || match make {
            true => Vault::open_or_make(&place, &password),
            false => Vault::open(&place, &password),
        })
        .await
    }
}

impl Operation {
    /// How often the regulation asks for such a run.
    pub(crate) fn cadence(&self, kind: Kind) -> Duration {
        span(&self.packs, kind.parameter()).unwrap_or_else(|| kind.cadence_by_default())
    }
}

/// A parameter that is a span of time.
pub(crate) fn span(packs: &Packs, parameter: &str) -> Option<Duration> {
    packs.parameter(parameter)?.value.duration()
}
