//! A permission to work through a virtual private network: of one person, with one device, for one period, given by somebody
//! else (KW-RW-9.1.2.f). It ends with its period, with the device, with the network, and with a report of loss.

pub(crate) mod api;
pub(crate) mod desk;
pub(crate) mod end;
pub(crate) mod export;
pub(crate) mod grant;
pub(crate) mod issue;
pub(crate) mod own;
pub(crate) mod table;
pub(crate) mod usage;

use clock::Timestamp;
use uuid::Uuid;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Its period has not begun.
    Ahead,
    /// The configuration was not handed out yet.
    Granted,
    /// In use, as far as the period goes.
    Issued,
    Ended,
}

impl Standing {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Ahead => "ahead",
            Standing::Granted => "granted",
            Standing::Issued => "issued",
            Standing::Ended => "ended",
        }
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            Standing::Ahead => "waiting",
            Standing::Granted => "needs-you",
            Standing::Issued => "done",
            Standing::Ended => "",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Permission {
    pub id: Uuid,
    pub vpn: Uuid,
    pub body: Uuid,
    pub person: Uuid,
    pub device: Uuid,
    pub from_at: Timestamp,
    pub until_at: Timestamp,
    pub why: String,
    pub granted_at: Timestamp,
    pub granted_by: Uuid,
    /// Which address of the network's range.
    pub place: i64,
    /// The public half of the device's key; empty until the configuration is handed out.
    pub key: String,
    pub issued_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// Nobody where it ended by itself.
    pub ended_by: Option<Uuid>,
    /// `period`, `loss`, `device`, `vpn` or `revoked`; empty while it stands.
    pub ending: String,
    pub end_words: String,
}

impl Permission {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        if self.ended_at.is_some() || self.until_at <= now {
            Standing::Ended
        } else if self.from_at > now {
            Standing::Ahead
        } else if self.issued_at.is_none() {
            Standing::Granted
        } else {
            Standing::Issued
        }
    }

    pub(crate) fn ledger_subject(&self) -> String {
        format!("vpn-permission/{}", self.id)
    }

    pub(crate) fn href(&self) -> String {
        format!("/desk/devices/vpn/permissions/{}", self.id)
    }
}
