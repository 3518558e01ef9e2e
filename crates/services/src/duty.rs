//! What a content owner has to do for what the directory says of a service: confirm it at a cadence, answer what users
//! report, follow a change of the law (LY-SVC-23.5, 25.1, 25.3). Each duty has a time limit and stays on record.

pub(crate) mod api;
pub(crate) mod close;
pub(crate) mod delay;
pub(crate) mod legal_change;
pub(crate) mod owner;
pub(crate) mod remind;
pub(crate) mod report;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DutyKind {
    /// The cadence is over: is everything still as the card says?
    Confirm,
    /// A user found something wrong.
    ErrorReport,
    /// Reports repeat: the card is due for an update.
    RepeatedErrors,
    /// A law or regulation of the service changed.
    LegalChange,
    /// The service is delivered late again and again.
    RepeatedDelay,
}

impl DutyKind {
    pub(crate) const ALL: [DutyKind; 5] = [
        DutyKind::Confirm,
        DutyKind::ErrorReport,
        DutyKind::RepeatedErrors,
        DutyKind::LegalChange,
        DutyKind::RepeatedDelay,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            DutyKind::Confirm => "confirm",
            DutyKind::ErrorReport => "error_report",
            DutyKind::RepeatedErrors => "repeated_errors",
            DutyKind::LegalChange => "legal_change",
            DutyKind::RepeatedDelay => "repeated_delay",
        }
    }

    pub(crate) fn named(word: &str) -> Option<DutyKind> {
        DutyKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Flags the service as `update_due` until its owner updates it, or says why nothing changes (LY-SVC-25.1).
    pub(crate) fn makes_update_due(self) -> bool {
        matches!(self, DutyKind::RepeatedErrors | DutyKind::LegalChange | DutyKind::RepeatedDelay)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Duty {
    pub id: Uuid,
    pub entry: Uuid,
    pub body: Uuid,
    pub owner: Uuid,
    pub kind: DutyKind,
    /// Who reported it, where somebody did.
    pub opened_by: Option<Uuid>,
    pub words: String,
    /// The law that changed.
    pub reference: String,
    /// From when the change of the law holds.
    pub effective_at: Option<Timestamp>,
    pub opened_at: Timestamp,
    pub due_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    /// `unchanged`, `corrected` or `updated`.
    pub outcome: String,
    pub answer: String,
}

/// Who answers for a service's entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    pub person: Uuid,
    pub since: Timestamp,
    pub confirmed_at: Timestamp,
    pub confirm_due_at: Timestamp,
}
