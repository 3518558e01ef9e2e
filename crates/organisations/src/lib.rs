//! Which public bodies there are, who holds which role there, and when each of them works.
//!
//! A shared noun: capabilities read it, only the verbs here change it, and each of them writes to the ledger.
//! Who may call a verb is the caller's to decide; here is only what is never allowed, whoever asks.

mod appointment;
mod body;
mod calendar;
#[cfg(test)]
mod tests;
mod unit;

pub use appointment::{
    Appointment, ROLES,
    appoint::Appoint,
    end::EndAppointment,
    table::{appointments_of, heads_of, people_with, roles_of},
};
pub use body::{
    Body, BodyKind, COMPETENT_ADMINISTRATION, IMPLEMENTING_BODY,
    fields::SetFields,
    function::GiveFunction,
    register::RegisterBody,
    table::{bodies, body, body_by_slug, fields_of, holder_of},
};
pub use calendar::{
    Calendar, Hours,
    change::{Change, ChangeCalendar, DAYS_ADDED_MAX, Holiday, Scope},
    table::{ChangeMade, calendar, calendar_changes, day_in_words, generation, holidays, hours_of},
};
pub use unit::{
    Unit,
    add::AddUnit,
    table::{unit, units},
};

use store::{Migration, Migrations};

pub const MIGRATIONS: Migrations = Migrations {
    set: "organisations",
    steps: &[
        Migration::same("0001_organisations", include_str!("../migrations/0001_organisations.sql")),
        Migration::same("0020_generation", include_str!("../migrations/0020_generation.sql")),
        Migration::same("0050_fields", include_str!("../migrations/0050_fields.sql")),
        Migration::same("0100_calendar", include_str!("../migrations/0100_calendar.sql")),
    ],
};

/// The names of kinds and roles, and what the refusals here say.
pub const LOCALE: language::Locale = language::Locale {
    name: "organisations",
    ar: include_str!("../locales/ar.ftl"),
    en: include_str!("../locales/en.ftl"),
};
