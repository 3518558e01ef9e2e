//! Which backups are kept.

use rustic_core::KeepOptions;
use serde::Serialize;

/// Backups that are kept whatever their age.
const KEEP_LAST: i32 = 3;

/// How many backups are kept: the last of so many days, weeks and months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Keep {
    pub daily: u16,
    pub weekly: u16,
    pub monthly: u16,
}

impl Default for Keep {
    fn default() -> Keep {
        Keep { daily: 7, weekly: 5, monthly: 12 }
    }
}

impl Keep {
    pub(crate) fn options(self) -> KeepOptions {
        KeepOptions::default()
            .keep_last(KEEP_LAST)
            .keep_daily(i32::from(self.daily))
            .keep_weekly(i32::from(self.weekly))
            .keep_monthly(i32::from(self.monthly))
    }
}
