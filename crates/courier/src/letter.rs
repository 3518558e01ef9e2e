//! What is posted.

use bytes::Bytes;
use uuid::Uuid;

use crate::Address;

/// Not `Debug`: it may hold a token. Posted to an address as JSON. The id stays the same however often it is sent, so that who gets it twice can tell.
#[derive(Clone)]
pub struct Letter {
    pub id: Uuid,
    pub address: Address,
    pub content: Bytes,
    /// Seconds since 1970: when it was signed.
    pub signed_at: i64,
    /// By which the other side knows us besides the signature, where it asks for one. It stands in no log.
    pub bearer: Option<String>,
}
