//! Releases that the makers of systems recommend: each device that does not report one yet shows for how many days, and each
//! body the share of its devices that do (LY-MAIL-3.05d).

pub(crate) mod api;
pub(crate) mod end;
pub(crate) mod enter;
pub(crate) mod page;
pub(crate) mod patches;
pub(crate) mod table;

use clock::Timestamp;
use language::Offset;
use uuid::Uuid;

use crate::device::{Device, posture::is_below};

#[derive(Clone, Debug)]
pub(crate) struct Release {
    pub id: Uuid,
    /// As systems name themselves, in small letters: `debian`.
    pub system: String,
    pub version: String,
    /// The local day, counted since 1970-01-01.
    pub published_on: i64,
    pub note: String,
}

/// A release that a device does not report yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outstanding {
    pub system: String,
    pub version: String,
    pub days: i64,
}

impl Release {
    /// For how many days a device that is in use lacks it; nothing where it is of another system, or not below it. Days from
    /// before the device came into the inventory are nobody's delay.
    pub(crate) fn outstanding(&self, device: &Device, now: Timestamp, offset: Offset) -> Option<Outstanding> {
        let is_meant = device.system.trim().eq_ignore_ascii_case(&self.system) && !device.state.is_over();
        let lacks = is_meant && !device.version.is_empty() && is_below(&device.version, &self.version);
        lacks.then(|| {
            let since = self.published_on.max(offset.local(device.registered_at).day());
            let days = (offset.local(now).day() - since).max(0);
            Outstanding { system: self.system.clone(), version: self.version.clone(), days }
        })
    }
}
