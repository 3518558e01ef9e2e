//! The competent administration hands a registered version back to its author, with what is to be mended (LY-SVC-24.2).

use authz::{Failure, Refusal};
use serde_json::json;
use store::{Tx, Verb};

use super::{
    authority::{Acting, reason},
    standing::EntryAct,
    version,
};
use crate::telling::message;

pub(crate) struct SendBackVersion {
    pub acting: Acting,
    pub slug: String,
    pub version: i64,
    pub remarks: String,
}

impl Verb for SendBackVersion {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let pending = version::table::find(tx, &self.slug, self.version).await?;
        let pending = pending.ok_or(Refusal::not_found())?;
        self.acting.check(tx, EntryAct::SendBack, &pending).await?;
        let state = pending.state.after(EntryAct::SendBack)?;
        let remarks = reason("remarks", &self.remarks)?;
        let at = self.acting.clock.now();
        version::table::set_state(tx, &pending, state, &remarks, at).await?;
        let body = json!({ "service": self.slug, "version": self.version });
        self.acting.record(tx, EntryAct::SendBack, &pending, &remarks, body, at).await?;
        let subject = format!("service/{}", self.slug);
        let link = format!("/directory/entries/{}", self.slug);
        let told = message(pending.author, "entry-returned", subject, link)
            .text("service", &pending.card.name)
            .word("remarks", remarks);
        Ok(identity::tell(tx, told, at).await?)
    }
}
