//! It is declared of a draft that it is neither free of charge nor open to the public (LY-MAIL-2.01c).

use authz::{Failure, Refusal};
use clock::Timestamp;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    OVER, State, Vpn,
    register::{declared, record},
    table,
};
use crate::{
    authority::{About, Acting, security_officers},
    telling::message,
};

pub(crate) struct DeclareVpn {
    pub acting: Acting,
    pub vpn: Uuid,
    pub free: String,
    pub public: String,
}

impl Verb for DeclareVpn {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut vpn = table::find(tx, self.vpn).await?.ok_or_else(Refusal::not_found)?;
        let about = About { bodies: vec![vpn.body], holder: None };
        self.acting.check(tx, "declare_vpn", &about).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if vpn.ended_at.is_some() {
            return Err(OVER.into());
        }
        let (not_free, not_public) = declared(&self.free, &self.public)?;
        vpn.not_free |= not_free;
        vpn.not_public |= not_public;
        table::save(tx, &vpn).await?;
        record(tx, "vpn.declared", &vpn, Some(by), at).await?;
        asks_for_judgement(tx, &vpn, at).await
    }
}

/// A network that is declared waits for an officer of information security, other than whoever registered it.
pub(super) async fn asks_for_judgement(tx: &Tx, vpn: &Vpn, at: Timestamp) -> Result<(), Failure> {
    if vpn.state(at) != State::Waiting {
        return Ok(());
    }
    let mut officers = security_officers(tx, at).await?;
    officers.retain(|officer| *officer != vpn.registered_by);
    compliance::tell(tx, &officers, at, |to| {
        message(to, "vpn-waits", vpn.ledger_subject(), vpn.href()).word("name", &vpn.name)
    })
    .await
}
