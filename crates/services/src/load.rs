//! The load of a body, as its head reads it: who has how much, what is late, what comes and goes, how long each stage
//! takes. Everything is counted from narrow indexes over a few weeks, so that it costs the same in the tenth year.

pub(crate) mod page;
pub(crate) mod table;

use uuid::Uuid;

/// Days over which received and closed requests are counted.
pub(crate) const DAYS_SHOWN: usize = 14;
/// Days over which the time of a stage is averaged.
pub(crate) const DAYS_AVERAGED: u32 = 30;

/// The open tasks of one officer, or of nobody.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    pub holder: Option<Uuid>,
    pub open: i64,
    pub late: i64,
}

/// How long tasks of one stage lay on their desk, on average.
#[derive(Clone, Debug)]
pub(crate) struct StageTime {
    pub entry: Option<Uuid>,
    pub stage: String,
    pub kind: String,
    pub done: i64,
    pub seconds: i64,
}
