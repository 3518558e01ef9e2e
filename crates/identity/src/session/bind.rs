//! A session learns with which device it is used, once that device has shown itself.

use clock::Timestamp;
use store::{StoreError, Tx};
use uuid::Uuid;

use super::table;
use crate::Zone;

/// What is kept of the device: its id, what its holder calls it, and the zone in which its sessions are.
pub struct Bound<'b> {
    pub device: Uuid,
    pub name: &'b str,
    pub zone: Zone,
}

/// The device of a session, in the transaction of whoever checked it. False when the session is over.
pub async fn bind_device(
    tx: &Tx,
    session: Uuid,
    bound: &Bound<'_>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    table::bind(tx, session, bound, at).await
}
