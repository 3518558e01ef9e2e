//! An appointment: the time at which somebody comes to collect what was issued to them (LY-SVC-18.5b).
//!
//! A plan says when a body receives people for a service, where, and how many at once; its slots follow from it and from
//! the body's calendar, and are stored only once somebody took a place. Absent on purpose: appointments before a
//! decision; nobody is called to an office for what the portal can ask.

pub(crate) mod api;
pub(crate) mod book;
pub(crate) mod calendar_file;
pub(crate) mod cancel;
mod carry_out;
pub(crate) mod hand_over;
pub(crate) mod offer;
pub(crate) mod page;
pub(crate) mod plan;
pub(crate) mod remind;
pub(crate) mod table;

use authz::{Attribute, Kind, Refusal, Resource};
use clock::Timestamp;
use uuid::Uuid;

pub use plan::{Plan, SetPlan};

/// The code of the control that every part of this noun carries.
pub(crate) const CONTROLS: &[&str] = &["LY-SVC-18.5b"];

/// Where an appointment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentState {
    Booked,
    Cancelled,
    HandedOver,
}

impl AppointmentState {
    pub fn word(self) -> &'static str {
        match self {
            AppointmentState::Booked => "booked",
            AppointmentState::Cancelled => "cancelled",
            AppointmentState::HandedOver => "handed_over",
        }
    }

    pub fn named(word: &str) -> Option<AppointmentState> {
        [AppointmentState::Booked, AppointmentState::Cancelled, AppointmentState::HandedOver]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

#[derive(Clone, Debug)]
pub struct Appointment {
    pub id: Uuid,
    pub request: Uuid,
    pub body: Uuid,
    pub plan: Uuid,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub state: AppointmentState,
    /// Moves with each change, so that calendars replace the entry that they hold.
    pub sequence: i64,
    pub booked_at: Timestamp,
    pub changed_at: Timestamp,
    pub reminded_at: Option<Timestamp>,
    pub handover: Option<Handover>,
}

/// Who collected, and who handed it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    pub collected_by: String,
    /// The number of the paper with which they proved who they are.
    pub identifier: String,
    pub officer: Uuid,
    pub at: Timestamp,
}

impl Appointment {
    /// What the policies see of the body that receives.
    pub(crate) fn desk(body: Uuid) -> Resource {
        Resource {
            kind: "Collection",
            id: body.to_string(),
            attributes: vec![
                ("officer_desk", Attribute::Word(format!("officer@{body}"))),
                ("head_desk", Attribute::Word(format!("head@{body}"))),
            ],
        }
    }
}

/// Every place of the slot is taken; the items name the next free ones.
pub(crate) const FULL: Refusal = Refusal::new(Kind::Conflict, "appointment.full", CONTROLS);
/// The slot is not one that the body offers, or has begun.
pub(crate) const NOT_OFFERED: Refusal = Refusal::new(Kind::Invalid, "appointment.not_offered", CONTROLS);
/// There is nothing to collect yet, or this service is not collected in person.
pub(crate) const NOT_COLLECTED: Refusal = Refusal::new(Kind::Conflict, "appointment.not_collected", CONTROLS);
/// The appointment is over, cancelled, or was never made.
pub(crate) const NONE_OPEN: Refusal = Refusal::new(Kind::Conflict, "appointment.none_open", CONTROLS);
