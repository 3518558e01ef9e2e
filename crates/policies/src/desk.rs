//! The acts on policies for whoever has an actor and no call: the loading of the demo, and other parts of the product.

use authz::{Actor, Failure, Refusal};
use compliance::Door;
use uuid::Uuid;

use crate::{
    Register,
    assignment::{acknowledge::Acknowledge, table as assignments},
    policy::register::{PolicyWish, RegisterPolicy},
    review::sign::SignReview,
    version::{
        PolicyContent, approve::Approve, consult::Consult, open::OpenRevision, publish::Publish,
        save::SaveDraft, table as versions,
    },
};

/// A policy for the register, with its titles in Arabic and English.
#[derive(Clone, Copy, Debug)]
pub struct NewPolicy<'a> {
    pub kind: &'a str,
    pub owner_unit: Uuid,
    pub second_unit: Option<Uuid>,
    pub titles: (&'a str, &'a str),
    /// Binds the staff of all bodies.
    pub is_everywhere: bool,
    pub issuer: &'a str,
    pub address: &'a str,
}

/// What a draft says; each pair is Arabic and English.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    pub issue: &'a str,
    pub subject: (&'a str, &'a str),
    pub text: (&'a str, &'a str),
    pub preparer: &'a str,
    pub classification: &'a str,
    pub storage_place: &'a str,
    pub reviewed_on: &'a str,
    pub reviewer: &'a str,
    pub reasons: &'a str,
    pub parts: &'a str,
    pub separate: &'a str,
    pub extra: Option<(Uuid, &'a str)>,
    pub due_days: i64,
    pub repeat_months: i64,
}

impl Register {
    pub async fn register_policy(&self, actor: &Actor, new: NewPolicy<'_>) -> Result<Uuid, Failure> {
        let wish = PolicyWish {
            kind: new.kind.to_owned(),
            owner_unit: Some(new.owner_unit),
            second_unit: new.second_unit,
            title_ar: new.titles.0.to_owned(),
            title_en: new.titles.1.to_owned(),
            is_everywhere: new.is_everywhere,
            issuer: new.issuer.to_owned(),
            address: new.address.to_owned(),
        };
        self.carry_out(actor, "policies", RegisterPolicy { acting: self.acting(actor), wish }, None).await
    }

    pub async fn open_revision(&self, actor: &Actor, policy: Uuid) -> Result<i64, Failure> {
        let verb = OpenRevision { acting: self.acting(actor), policy };
        self.carry_out(actor, &format!("policy/{policy}"), verb, None).await
    }

    /// Writes the draft; its titles stay.
    pub async fn write_policy(&self, actor: &Actor, policy: Uuid, text: Text<'_>) -> Result<(), Failure> {
        let draft = versions::draft(&self.store.read(), policy).await?.ok_or_else(Refusal::not_found)?;
        let content = PolicyContent {
            issue: text.issue.to_owned(),
            subject_ar: text.subject.0.to_owned(),
            subject_en: text.subject.1.to_owned(),
            text_ar: text.text.0.to_owned(),
            text_en: text.text.1.to_owned(),
            preparer: text.preparer.to_owned(),
            modified_by: text.preparer.to_owned(),
            classification: text.classification.to_owned(),
            storage_place: text.storage_place.to_owned(),
            reviewed_on: text.reviewed_on.to_owned(),
            reviewer: text.reviewer.to_owned(),
            reasons: text.reasons.to_owned(),
            parts: text.parts.to_owned(),
            separate: text.separate.to_owned(),
            extra_unit: text.extra.map(|(unit, _)| unit),
            extra: text.extra.map(|(_, clauses)| clauses.to_owned()).unwrap_or_default(),
            due_days: text.due_days,
            repeat_months: text.repeat_months,
            ..draft.content
        };
        let verb = SaveDraft { acting: self.acting(actor), policy, content, seen: String::new() };
        self.carry_out(actor, &format!("policy/{policy}"), verb, None).await
    }

    pub async fn consult(&self, actor: &Actor, policy: Uuid, opinion: &str) -> Result<(), Failure> {
        let verb = Consult { acting: self.acting(actor), policy, opinion: opinion.to_owned() };
        self.carry_out(actor, &format!("policy/{policy}"), verb, None).await
    }

    /// Approves the draft as it stands.
    pub async fn approve_policy(&self, actor: &Actor, policy: Uuid) -> Result<(), Failure> {
        let draft = versions::draft(&self.store.read(), policy).await?.ok_or_else(Refusal::not_found)?;
        let verb = Approve { acting: self.acting(actor), policy, sha256: draft.content.hash() };
        self.carry_out(actor, &format!("policy/{policy}"), verb, None).await
    }

    /// In force from a day; nothing is left to the job that would assign it.
    pub async fn publish_policy(
        &self,
        actor: &Actor,
        policy: Uuid,
        from: &str,
        notifies: bool,
    ) -> Result<(), Failure> {
        let verb = Publish {
            acting: self.acting(actor),
            packs: self.packs.clone(),
            policy,
            from: from.to_owned(),
            notifies,
            next_review: String::new(),
        };
        self.carry_out(actor, &format!("policy/{policy}"), verb, None).await?;
        match versions::in_force(&self.store.read(), policy, self.clock.now()).await? {
            Some(version) => self.assign(version.id).await,
            None => Ok(()),
        }
    }

    /// Acknowledges everything that a policy asks of somebody.
    pub async fn acknowledge_policy(&self, actor: &Actor, policy: Uuid) -> Result<(), Failure> {
        let asked = assignments::of_person(&self.store.read(), actor.person, self.clock.now()).await?;
        for held in asked.into_iter().filter(|it| it.policy == policy) {
            let verb = Acknowledge { acting: self.acting(actor), assignment: held.id };
            self.carry_out(actor, &crate::assignment::ledger_subject(held.id), verb, None).await?;
        }
        Ok(())
    }

    pub async fn sign_policy_review(&self, actor: &Actor, policy: Uuid, words: &str) -> Result<(), Failure> {
        let verb = SignReview {
            acting: self.acting(actor),
            packs: self.packs.clone(),
            policy,
            words: words.to_owned(),
            next_review: String::new(),
        };
        self.carry_out(actor, &format!("policy/{policy}"), verb, None).await
    }
}
