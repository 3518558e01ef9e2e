//! Work that survives: ordered in a verb's transaction, done after its commit, by any node, in spite of crashes.
//!
//! A verb calls [`enqueue`]; [`Workers`] take what is due, run the [`Work`] of its kind, and try again with a
//! growing delay until it succeeds or is given up as dead, with a reason that people can read. A job may run more
//! than once (a node may die between the work and the commit that says so), so work is idempotent, or ends with
//! [`finish`] in the transaction of its effect. This crate knows no mail, no page and no clock but the one passed in.

mod job;
mod policy;
mod table;
mod turn;
mod workers;

pub use job::{Dead, Job, JobError, KindCount, PAYLOAD_BYTES_MAX, Queue, Retried, Task, Work};
pub use policy::Policy;
pub use table::{counts, dead, enqueue, finish, hasten, queue, retry, revive};
pub use workers::{Limits, Workers};

/// The tables of this crate.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    set: "jobs",
    steps: &[store::Migration::same("0001_job", include_str!("../migrations/0001_job.sql"))],
};
