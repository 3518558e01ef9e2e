//! Whoever approved a network is reminded before the approval lapses (LY-MAIL-2.01d); where they no longer hold the office,
//! those who do.

use authz::{Failure, Refusal};
use clock::{DAY, Timestamp};
use store::{Tx, Verb};
use uuid::Uuid;

use super::table;
use crate::{Devices, authority::security_officers, telling::message};

/// How long before the end.
const REMIND_DAYS: u32 = 30;
/// Networks of one round; the next hour takes more.
const AT_ONCE: i64 = 200;

impl Devices {
    pub(crate) async fn remind_of_approvals(&self) -> Result<(), Failure> {
        let now = self.clock.now();
        let until = now + DAY * REMIND_DAYS;
        for vpn in table::to_remind(&self.store.read(), (now, until), AT_ONCE).await? {
            self.store.write(Remind { vpn: vpn.id, at: now }).await?;
        }
        Ok(())
    }
}

struct Remind {
    vpn: Uuid,
    at: Timestamp,
}

impl Verb for Remind {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut vpn = table::find(tx, self.vpn).await?.ok_or_else(Refusal::not_found)?;
        let Some(expires_at) = vpn.expires_at.filter(|_| vpn.reminded_at.is_none()) else { return Ok(()) };
        vpn.reminded_at = Some(self.at);
        table::save(tx, &vpn).await?;
        let mut officers = security_officers(tx, self.at).await?;
        if let Some(approver) = vpn.approved_by.filter(|approver| officers.contains(approver)) {
            officers = vec![approver];
        }
        compliance::tell(tx, &officers, self.at, |to| {
            message(to, "vpn-lapses", vpn.ledger_subject(), vpn.href())
                .word("name", &vpn.name)
                .moment("expires_on", expires_at)
        })
        .await
    }
}
