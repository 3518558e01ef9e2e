//! A network is switched on for its body, once the body has published its policy on the use of such networks
//! (LY-MAIL-2.01e).

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{NOT_APPROVED, OVER, PolicyBook, State, keep, register::record, table};
use crate::authority::{About, Acting};

const POLICY_MISSING: Refusal = Refusal::new(Kind::Conflict, "vpn.policy_missing", &["LY-MAIL-2.01e"]);

pub(crate) struct ActivateVpn {
    pub acting: Acting,
    pub vpn: Uuid,
    /// Without anybody who knows, no policy is published.
    pub book: Option<Arc<dyn PolicyBook>>,
}

impl Verb for ActivateVpn {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut vpn = table::find(tx, self.vpn).await?.ok_or_else(Refusal::not_found)?;
        let about = About { bodies: vec![vpn.body], holder: None };
        self.acting.check(tx, "activate_vpn", &about).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        match vpn.state(at) {
            State::Approved => {}
            State::Active => return Ok(()),
            State::Ended => return Err(OVER.into()),
            State::Draft | State::Waiting | State::Expired => return Err(NOT_APPROVED.into()),
        }
        let published = match &self.book {
            Some(book) => book.has_vpn_policy(tx, vpn.body).await?,
            None => false,
        };
        if !published {
            return Err(POLICY_MISSING.into());
        }
        vpn.activated_at = Some(at);
        vpn.activated_by = Some(by);
        table::save(tx, &vpn).await?;
        record(tx, "vpn.activated", &vpn, Some(by), at).await?;
        keep::order(tx, vpn.id, at).await
    }
}
