//! Which public bodies there are, who holds which role there, and when each of them works.
//!
//! A shared noun: capabilities read it, only the verbs here change it, and each of them writes to the ledger.
//! Who may call a verb is the caller's to decide; here is only what is never allowed, whoever asks.

mod appointment;
mod body;
mod calendar;
mod delegation;
#[cfg(test)]
mod tests;
mod unit;

pub use appointment::{
    Appointment, ROLES,
    appoint::Appoint,
    end::EndAppointment,
    table::{
        appointments_at, appointments_of, find as appointment, heads_of, past_appointments_at, people_with,
        roles_of,
    },
};
pub use body::{
    Body, BodyKind, COMPETENT_ADMINISTRATION, FOREIGN_AFFAIRS, HELD_BY_UNITS, HELD_ONCE, IMPLEMENTING_BODY,
    TREE_LEVELS_MAX,
    change::ChangeBody,
    close::CloseBody,
    fields::SetFields,
    function::{EndFunction, GiveFunction, HandOverFunction},
    register::RegisterBody,
    table::{Held, bodies, body, body_by_slug, fields_of, functions_of, holder_of},
};
pub use calendar::{
    Calendar, Hours,
    change::{Change, ChangeCalendar, DAYS_ADDED_MAX, Holiday, Scope},
    table::{ChangeMade, calendar, calendar_changes, day_in_words, generation, holidays, hours_of},
};
pub use delegation::{
    DELEGABLE, DELEGATION_DAYS_MAX, Delegation, DelegationState, TOPICS_CHARACTERS_MAX,
    ask::AskDelegation,
    decide::DecideDelegation,
    end::EndDelegation,
    table::{Delegated, delegated_to, delegations_at, delegations_of, find as delegation},
};
pub use unit::{
    Unit,
    add::AddUnit,
    handles_sensitive,
    sensitive::MarkSensitive,
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
        Migration::same("0117_delegations", include_str!("../migrations/0117_delegations.sql")),
        Migration::same("0117_tree", include_str!("../migrations/0117_tree.sql")),
    ],
};

/// The names of kinds and roles, and what the refusals here say.
pub const LOCALE: language::Locale = language::Locale {
    name: "organisations",
    ar: include_str!("../locales/ar.ftl"),
    en: include_str!("../locales/en.ftl"),
};
