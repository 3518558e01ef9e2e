//! The competent administration verifies a registered version and publishes it, never its own author (LY-SVC-24.2,
//! 25.2). Until then the version before stays in force, and after it stays in the register (22.1).

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::{Clock, Timestamp};
use jobs::Job;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    EntryState,
    authority::Acting,
    maturity,
    standing::EntryAct,
    table,
    tell::KIND,
    version::{self, Version},
};
use crate::{
    duty,
    form::{Form, STANDARD, approval},
    process::ready::Ready,
    rulebook, storage,
    telling::message,
};

pub struct Publish {
    pub actor: Actor,
    pub slug: String,
    pub version: i64,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Verb for Publish {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let acting =
            Acting { actor: self.actor.clone(), policies: self.policies.clone(), clock: self.clock.clone() };
        let pending = version::table::find(tx, &self.slug, self.version).await?;
        let pending = pending.ok_or(Refusal::not_found())?;
        acting.check(tx, EntryAct::Publish, &pending).await?;
        if pending.state == EntryState::Published {
            return Ok(());
        }
        pending.state.after(EntryAct::Publish)?;
        let at = self.clock.now();
        let waiver = Waiver { body: pending.body, subject: format!("service/{}", self.slug), at };
        waiver.pass(tx, storage::agree::check_in_force(tx, pending.body).await).await?;
        if pending.card.is_electronic() {
            check_ready(tx, (&self.slug, self.version), &waiver).await?;
        }
        table::publish(tx, pending.entry, self.version, self.actor.person, at).await?;
        let agreed = approval::Side::Administration;
        approval::agree(tx, (pending.entry, self.version), agreed, self.actor.person, at).await?;
        let body = json!({ "service": self.slug, "version": self.version, "form_standard": STANDARD });
        acting.record(tx, EntryAct::Publish, &pending, "", body, at).await?;
        self.follow_up(tx, &pending, at).await
    }
}

impl Publish {
    /// What a publication brings with it: progress, an owner who answers for it, and everybody who is told.
    async fn follow_up(&self, tx: &Tx, published: &Version, at: Timestamp) -> Result<(), Failure> {
        maturity::table::record(tx, published, at).await?;
        let rules = rulebook::table::current(tx).await?.rules;
        duty::owner::keep(tx, published, &rules, at).await?;
        duty::table::close_by_update(tx, published.entry, at).await?;
        let told = message(
            published.author,
            "entry-published",
            format!("service/{}", self.slug),
            format!("/services/{}", self.slug),
        )
        .text("service", &published.card.name);
        identity::tell(tx, told, at).await?;
        let payload = json!({ "service": self.slug, "version": self.version });
        let job = Job { kind: KIND, key: format!("{}/{}", self.slug, self.version), payload, run_at: at };
        Ok(jobs::enqueue(tx, job).await?)
    }
}

/// The body whose service it is may be exempt from an article that a check cites (LY-SVC-5.e).
struct Waiver {
    body: Uuid,
    subject: String,
    at: Timestamp,
}

impl Waiver {
    async fn pass(&self, tx: &Tx, outcome: Result<(), Failure>) -> Result<(), Failure> {
        compliance::unless_exempt(tx, self.body, &self.subject, self.at, outcome).await
    }
}

/// What is applied for here has a form, and a process that runs and that a legal reviewer attested (LY-SVC-11.1, 12.2).
/// Nobody is exempt from having a form and a process: without them there is nothing to carry out.
async fn check_ready(tx: &Tx, (slug, version): (&str, i64), waiver: &Waiver) -> Result<(), Failure> {
    let pending = table::version(tx, slug, version).await?.ok_or(Refusal::not_found())?;
    if pending.state != EntryState::PendingVerification.word() {
        return Ok(());
    }
    let form = Form::parse(&pending.form)?;
    if form.fields().is_empty() {
        return Err(Refusal::new(Kind::Conflict, "forms.required", &["LY-SVC-12.2"]).into());
    }
    waiver.pass(tx, form.check_paper().map_err(Failure::from)).await?;
    waiver.pass(tx, form.check_standard().map_err(Failure::from)).await?;
    waiver.pass(tx, approval::check_provider(tx, pending.id, version).await).await?;
    let ready = Ready {
        card: &pending.card,
        process: pending.process.as_ref(),
        body: pending.body,
        legal_reviewer: pending.legal_reviewer,
    };
    ready.check(tx, waiver.at).await?;
    waiver.pass(tx, ready.check_reviewed().map_err(Failure::from)).await
}
