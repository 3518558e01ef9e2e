//! A device was lost, or may be in the hands of others: what was reported, by whom and when, and who opened the account again.

pub(crate) mod api;
pub(crate) mod desk;
pub(crate) mod enable;
pub(crate) mod export;
pub(crate) mod page;
pub(crate) mod report;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub(crate) struct Loss {
    pub id: Uuid,
    pub person: Uuid,
    /// Nothing where the device is not in the inventory.
    pub device: Option<Uuid>,
    pub lost_at: Timestamp,
    pub reported_at: Timestamp,
    pub reported_by: Uuid,
    pub words: String,
    pub enabled_at: Option<Timestamp>,
    pub enabled_by: Option<Uuid>,
    pub reason: String,
}

impl Loss {
    pub(crate) fn ledger_subject(&self) -> String {
        format!("loss/{}", self.id)
    }

    pub(crate) fn href(&self) -> String {
        format!("/desk/devices/losses/{}", self.id)
    }
}
