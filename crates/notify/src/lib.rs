//! Messages to people: the inbox of each person, and the letters that say that something lies in it.
//!
//! A verb calls [`send`] in its own transaction: the inbox row is there when the verb's answer is, and the e-mail
//! goes out afterwards as a job, at once, after the quiet hours or in the letter of the day, as the person chose. A
//! notice keeps keys and arguments; words are made when it is read or sent, in the reader's language. How each
//! delivery went stays visible with time and reason. This crate knows no request, no service and no body:
//! capabilities bring their [`Kinds`], texts and links.

mod bounce;
mod choice;
mod inbox;
mod kind;
mod look;
mod mail;
mod notice;
mod sms;

use std::sync::Arc;

use axum::Router;
use store::Store;
use utoipa_axum::router::OpenApiRouter;

pub use bounce::{BOUNCE_BYTES_MAX, HARD_BOUNCES_MAX, Report, TakeBounce, Taken, letter_of, trust};
pub use choice::table::{is_email_ready as can_send_email, is_sms_ready as can_send_sms};
pub use choice::{
    Choice, Mode, Quiet,
    choose::{Announce, AnnounceSms},
};
pub use inbox::{Recipient, words_of};
pub use kind::{Kind, Kinds, of_account};
pub use mail::{DIGEST_JOB, Digester, Direct, MAIL_JOB, MailConfig, MailConfigError, Mailer, Post, is_email};
pub use notice::{
    Address, Delivery, DeliveryState, Handling, Means, Message, Notice, Words,
    send::{retry, send, send_sms, settle},
    table::{View, Wanted, about, count, deliveries, find, list, mark_read, outcomes, told, unread, wanted},
};
pub use sms::{SMS_JOB, Sms, SmsError, Texter, text_of};

/// The tables of this crate.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    set: "notify",
    steps: &[
        store::Migration::same("0001_notice", include_str!("../migrations/0001_notice.sql")),
        store::Migration::same("0002_means", include_str!("../migrations/0002_means.sql")),
        store::Migration::same("0003_bounces", include_str!("../migrations/0003_bounces.sql")),
    ],
};

/// The texts of this crate.
pub const LOCALE: language::Locale = language::Locale {
    name: "notify",
    ar: include_str!("../locales/ar.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// `/inbox`, `/account/notifications`, and the way out that letters carry.
pub fn pages(store: Store, kinds: Arc<Kinds>) -> Router {
    let choosing = choice::page::Choosing { store: store.clone(), kinds };
    inbox::page::pages(store).merge(choice::page::pages(choosing)).merge(look::pages())
}

/// The same over JSON.
pub fn api(store: Store, kinds: Arc<Kinds>) -> OpenApiRouter {
    let choosing = choice::page::Choosing { store: store.clone(), kinds };
    inbox::api::api(store).merge(choice::page::api(choosing))
}
