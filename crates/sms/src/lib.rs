//! Text messages on their way out of the house: over SMPP to an SMS centre, or to an HTTP gateway.
//!
//! A [`Sender`] is the port of `notify` and `identity`: it keeps what was handed over, under which names the centre knows it,
//! and the receipts that come later. A [`Carrier`] does the carrying: a [`Line`] or a [`Gateway`].

mod gateway;
mod message;
mod piece;
mod receipt;
mod smpp;

pub use gateway::Gateway;
pub use message::{
    Message, Standing, hand_over::Sender, masked, receive::Book, sweep::SweepMessages, table::message,
};
pub use receipt::{Receipt, ReceiptState};
pub use smpp::{Line, SmppConfig, SmppConfigError, SmppVersion};

use async_trait::async_trait;
use notify::SmsError;

/// The tables of this crate.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    set: "sms",
    steps: &[store::Migration::same("0112_message", include_str!("../migrations/0112_message.sql"))],
};

/// Carries a text to a number and answers by which names the other side will speak of its parts.
#[async_trait]
pub trait Carrier: Send + Sync {
    async fn carry(&self, phone: &str, text: &str, reference: &str) -> Result<Vec<String>, SmsError>;
}

/// Where receipts go. Only what was taken is acknowledged to the centre; it says the rest again.
#[async_trait]
pub trait Receipts: Send + Sync {
    async fn take(&self, receipt: Receipt) -> bool;
}
