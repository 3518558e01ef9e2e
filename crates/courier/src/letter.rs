//! What is posted.

use bytes::Bytes;
use uuid::Uuid;

use crate::Address;

pub const JSON: &str = "application/json";
pub const FORM: &str = "application/x-www-form-urlencoded";

/// Not `Debug`: it may hold a token. The id stays the same however often it is sent, so that who gets it twice can tell.
#[derive(Clone)]
pub struct Letter {
    pub id: Uuid,
    pub address: Address,
    /// What the content is: [`JSON`], or [`FORM`] where a standard of the other side asks for it.
    pub content_type: &'static str,
    pub content: Bytes,
    /// Seconds since 1970: when it was signed.
    pub signed_at: i64,
    /// By which the other side knows us besides the signature, where it asks for one. It stands in no log.
    pub bearer: Option<String>,
}
