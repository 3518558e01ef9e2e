//! The staff directory of the demo: none is connected, because the cast has to get in; one person is named for the day on which
//! one is, and does not answer.

use authz::Failure;
use clock::DAY;
use directory::NewEmergency;

use super::people::Cast;
use crate::parts::Parts;

const BODY: &str = "digital-authority";
/// Who keeps the directory there, and who is named.
const KEEPS: &str = "amal";
const NAMED: &str = "omar";
const REASON: &str = "يراجع السجل والتنبيهات حتى حين لا يجيب دليل الموظفين.";
/// Counted from a day long before today, so that it is still in force.
const DAYS: u32 = 75;

pub async fn name(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    let amal = cast.actor(parts, KEEPS).await?;
    let until = (parts.clock.now() + DAY * DAYS).to_string();
    let new = NewEmergency {
        body: BODY,
        person: &cast.member(NAMED)?.person.identifier,
        until: until.get(..10).unwrap_or_default(),
        reason: REASON,
    };
    parts.directories.name_for_emergency(&amal, new).await.map(drop)
}
