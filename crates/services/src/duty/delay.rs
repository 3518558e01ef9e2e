//! A service that is late again and again is due for an update: its owner changes what the card promises, or says why it
//! stays (LY-SVC-25.1).

use authz::Failure;
use clock::{DAY, Timestamp};
use store::Tx;
use uuid::Uuid;

use super::{DutyKind, report, table};
use crate::{entry::version, rulebook};

/// Opens the duty, unless one is open already.
pub(crate) async fn open(tx: &Tx, entry: Uuid, now: Timestamp) -> Result<(), Failure> {
    if table::is_open(tx, entry, DutyKind::RepeatedDelay).await? {
        return Ok(());
    }
    let Some(slug) = table::slug_of(tx, entry).await? else { return Ok(()) };
    let leading = version::leading(tx, &slug).await?;
    let due = now + DAY * rulebook::table::current(tx).await?.rules.legal_change_days;
    report::open(tx, &leading, report::New { kind: DutyKind::RepeatedDelay, by: None, words: "", due }, now)
        .await?;
    Ok(())
}
