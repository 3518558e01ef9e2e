//! A network ends for good, and every permission to use it with it.

use authz::{Failure, Kind, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{OVER, keep, register::record, table};
use crate::{
    authority::{About, Acting, words},
    permission::{self, end::Ending},
};

const REASON: Refusal = Refusal::new(Kind::Invalid, "vpn.reason_missing", &["LY-MAIL-2.01d"]);

pub(crate) struct EndVpn {
    pub acting: Acting,
    pub vpn: Uuid,
    pub reason: String,
}

impl Verb for EndVpn {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut vpn = table::find(tx, self.vpn).await?.ok_or_else(Refusal::not_found)?;
        let about = About { bodies: vec![vpn.body], holder: None };
        self.acting.check(tx, "end_vpn", &about).await?;
        if vpn.ended_at.is_some() {
            return Err(OVER.into());
        }
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        vpn.ending = words("reason", &self.reason, REASON)?;
        vpn.ended_at = Some(at);
        vpn.ended_by = Some(by);
        table::save(tx, &vpn).await?;
        record(tx, "vpn.ended", &vpn, Some(by), at).await?;
        let ending = Ending { by: Some(by), why: "vpn", at };
        permission::end::end_of_vpn(tx, vpn.id, &ending).await?;
        keep::order(tx, vpn.id, at).await
    }
}
