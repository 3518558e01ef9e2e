//! Records that are handed over on storage media, where automatic supply is not possible: an officer says why and on what
//! they came, and each file is kept with its hash and with what the scanner said (LY-SVC-7.2).

pub(crate) mod api;
pub(crate) mod page;
pub(crate) mod table;
pub(crate) mod take;

use clock::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Files of one intake.
pub(crate) const FILES_MAX: usize = 20;
/// Intakes that are shown of one request.
pub(crate) const INTAKES_SHOWN: i64 = 50;

/// What the records came on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Carrier {
    UsbDrive,
    OpticalDisc,
    MemoryCard,
    ExternalDisk,
}

impl Carrier {
    pub(crate) const ALL: [Carrier; 4] =
        [Carrier::UsbDrive, Carrier::OpticalDisc, Carrier::MemoryCard, Carrier::ExternalDisk];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Carrier::UsbDrive => "usb_drive",
            Carrier::OpticalDisc => "optical_disc",
            Carrier::MemoryCard => "memory_card",
            Carrier::ExternalDisk => "external_disk",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Carrier> {
        Carrier::ALL.into_iter().find(|carrier| carrier.word() == word)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Intake {
    pub id: Uuid,
    pub request: Uuid,
    pub officer: Uuid,
    pub reason: String,
    pub carrier: Carrier,
    /// What is written on it: a serial number, a label.
    pub label: String,
    /// Who handed it over.
    pub handed_by: String,
    pub at: Timestamp,
    pub files: Vec<IntakeFile>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IntakeFile {
    pub name: String,
    pub sha256: String,
    pub bytes: i64,
    pub scan: Scan,
    /// Nothing for a file that was not kept.
    pub document: Option<Uuid>,
}

/// What the scanner said of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scan {
    Clean,
    /// No scanner is connected to this installation.
    Unscanned,
    /// Malware was found; the file was not kept.
    Malware,
}

impl Scan {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Scan::Clean => "clean",
            Scan::Unscanned => "unscanned",
            Scan::Malware => "malware",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Scan> {
        [Scan::Clean, Scan::Unscanned, Scan::Malware].into_iter().find(|scan| scan.word() == word)
    }

    /// The colour and icon that a page gives it.
    pub(crate) fn signal(self) -> &'static str {
        match self {
            Scan::Clean => "done",
            Scan::Unscanned => "waiting",
            Scan::Malware => "refused",
        }
    }
}
