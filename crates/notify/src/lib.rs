//! Messages to people: the inbox of each person, and the letters that say that something lies in it.
//!
//! A verb calls [`send`] in its own transaction: the inbox row is there when the verb's answer is, and the e-mail
//! goes out afterwards as a job. A notice keeps keys and arguments; words are made when it is read or sent, in the
//! reader's language. How each delivery went (`queued`, `sent`, `failed`, `no_means`) stays visible with time and
//! reason. This crate knows no request, no service and no body: capabilities bring keys, texts and links.

mod inbox;
mod mail;
mod notice;
mod sms;

pub use inbox::{Recipient, api, pages};
pub use mail::{MAIL_JOB, MailConfig, MailConfigError, Mailer};
pub use notice::{
    Address, Delivery, DeliveryState, Means, Message, Notice, Words,
    send::{send, send_sms},
    table::{about, deliveries, find, list, mark_read, unread},
};
pub use sms::{SMS_JOB, Sms, SmsError, Texter};

/// The tables of this crate.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    set: "notify",
    steps: &[store::Migration::same("0001_notice", include_str!("../migrations/0001_notice.sql"))],
};

/// The texts of this crate.
pub const LOCALE: language::Locale = language::Locale {
    name: "notify",
    ar: include_str!("../locales/ar.ftl"),
    en: include_str!("../locales/en.ftl"),
};
