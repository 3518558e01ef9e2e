//! A review: both units look at the policy in force and sign that it is still right, at most 24 months after the last one, or
//! sooner where the body demands it.

pub(crate) mod sign;
pub(crate) mod table;

use authz::{Failure, Kind, Refusal};
use clock::{DAY, Timestamp};
use compliance::Packs;
use language::day_of;
use store::Tx;
use uuid::Uuid;

use crate::policy::Policy;

/// The number of the documents that says how far apart reviews may be, and what it is where they name none.
const CADENCE: &str = "policy.review.cadence";
const CADENCE_WITHOUT_PACK: std::time::Duration = std::time::Duration::from_secs(720 * 86_400);
/// From how long before its day on a review is asked for, and how often again.
pub(crate) const ASKED_DAYS: u32 = 60;
pub(crate) const REMINDED_EVERY_DAYS: u32 = 30;

const TOO_LATE: Refusal = Refusal::new(Kind::Invalid, "policy.review_too_late", &["OM-SOC-R.2"]);

#[derive(Clone, Debug)]
pub(crate) struct Review {
    pub unit: Uuid,
    pub person: Uuid,
    pub words: String,
    pub at: Timestamp,
}

/// The day of the next review: the one that was named, if it is not too late, or the latest that is allowed.
pub(crate) async fn review_due(
    tx: &Tx,
    packs: &Packs,
    policy: &Policy,
    last: Timestamp,
    named: &str,
) -> Result<Timestamp, Failure> {
    let cadence = compliance::effective(tx, packs, policy.body, CADENCE, last).await?;
    let cadence = cadence.and_then(|it| it.value.duration()).unwrap_or(CADENCE_WITHOUT_PACK);
    let latest = last + cadence;
    if named.trim().is_empty() {
        return Ok(latest);
    }
    let calendar = organisations::calendar(tx, policy.body).await?;
    let next = day_of(named).map(|day| calendar.at(day, 0));
    let fits = next.filter(|next| *next > last && *next <= latest);
    let days = (cadence.as_secs() / DAY.as_secs()).to_string();
    Ok(fits.ok_or_else(|| TOO_LATE.with_item("next_review", "policy_review_day", &days))?)
}
