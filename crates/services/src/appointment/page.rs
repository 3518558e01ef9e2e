//! The pages of collection: the applicant's choice of a time, the officer's list of a day, the head's plan.

mod choose;
mod day;
mod hand;
mod plans;

use std::sync::Arc;

use axum::Router;

pub(crate) use choose::Booked;
pub(crate) use day::body_of;

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().merge(choose::routes()).merge(day::routes()).merge(hand::routes()).merge(plans::routes())
}
