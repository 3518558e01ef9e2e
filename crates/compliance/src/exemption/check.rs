//! What a verb asks before it says no: is this body let off this article now (LY-SVC-5.e)?

use authz::Failure;
use clock::Timestamp;
use store::Sql;
use uuid::Uuid;

use super::table;

/// Whether a body is exempt from a control at a moment, in all that it does or in `subject` (`service/…`).
pub async fn exempt(
    sql: &impl Sql,
    control: &str,
    body: Uuid,
    subject: &str,
    at: Timestamp,
) -> Result<bool, Failure> {
    Ok(table::in_force(sql, control, body, subject, at).await?)
}

/// Passes a check on. A refusal is none when the body is exempt from every article that it cites; one that cites no
/// article stands.
pub async fn unless_exempt(
    sql: &impl Sql,
    body: Uuid,
    subject: &str,
    at: Timestamp,
    outcome: Result<(), Failure>,
) -> Result<(), Failure> {
    let Err(Failure::Refused(refusal)) = outcome else { return outcome };
    if refusal.controls.is_empty() {
        return Err(refusal.into());
    }
    for control in refusal.controls {
        if !exempt(sql, control, body, subject, at).await? {
            return Err(refusal.into());
        }
    }
    Ok(())
}
