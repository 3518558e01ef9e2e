//! The acts of compliance for whoever has an actor and no call: the loading of the demo, and other parts of the product.

use authz::{Actor, Failure};
use uuid::Uuid;

use crate::Door;
use crate::{
    Compliance, Severity,
    assignment::assign::AssignPack,
    attestation::{confirm::Confirm, name::NameAttester},
    case::{open::OpenViolation, step::TakeStep},
    exemption::{
        ask::{AskExemption, Wish},
        decide::DecideExemption,
    },
    finding::{answer::AnswerFinding, judge::Judge, report::Report},
    own::add::{self, AddOwnControl},
    requirement::set::{RequirementWish, SetRequirement},
};

/// A body, by its slug, and a control.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    pub body: &'a str,
    pub control: &'a str,
}

/// What is required of a body beyond the documents: a stricter value of a number, or a duty in words, from a day on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Requires<'a> {
    pub parameter: &'a str,
    pub value: &'a str,
    pub duty: &'a str,
    pub reason: &'a str,
    pub from: &'a str,
}

impl Compliance {
    pub async fn assign_pack(
        &self,
        actor: &Actor,
        pack: &str,
        body: &str,
        from: &str,
    ) -> Result<(), Failure> {
        let verb = AssignPack {
            acting: self.acting(actor),
            packs: self.packs.clone(),
            pack: pack.to_owned(),
            body: body.to_owned(),
            from: from.to_owned(),
        };
        self.carry_out(actor, &format!("pack/{pack}"), verb, None).await
    }

    pub async fn report_finding(
        &self,
        actor: &Actor,
        at: At<'_>,
        severity: Severity,
        what: &str,
    ) -> Result<Uuid, Failure> {
        let verb = Report {
            acting: self.acting(actor),
            packs: self.packs.clone(),
            body: at.body.to_owned(),
            control: at.control.to_owned(),
            subject: String::new(),
            severity: severity.word().to_owned(),
            what: what.to_owned(),
        };
        self.carry_out(actor, "findings", verb, None).await
    }

    pub async fn answer_finding(&self, actor: &Actor, finding: Uuid, answer: &str) -> Result<(), Failure> {
        let verb = AnswerFinding { acting: self.acting(actor), finding, answer: answer.to_owned() };
        self.carry_out(actor, &format!("finding/{finding}"), verb, None).await
    }

    pub async fn close_finding(&self, actor: &Actor, finding: Uuid, words: &str) -> Result<(), Failure> {
        let verb = Judge { acting: self.acting(actor), finding, closes: true, words: words.to_owned() };
        self.carry_out(actor, &format!("finding/{finding}"), verb, None).await
    }

    /// A violation case about somebody who works at the body, by national number.
    pub async fn open_case(
        &self,
        actor: &Actor,
        at: At<'_>,
        identifier: &str,
        (title, facts): (&str, &str),
    ) -> Result<Uuid, Failure> {
        let verb = OpenViolation {
            acting: self.acting(actor),
            packs: self.packs.clone(),
            body: at.body.to_owned(),
            control: at.control.to_owned(),
            law: String::new(),
            identifier: identifier.to_owned(),
            title: title.to_owned(),
            facts: facts.to_owned(),
        };
        self.carry_out(actor, "cases", verb, None).await
    }

    pub async fn take_case_step(
        &self,
        actor: &Actor,
        case: Uuid,
        step: &str,
        words: &str,
    ) -> Result<(), Failure> {
        let acting = self.acting(actor);
        let verb = TakeStep { acting, case, step: step.to_owned(), words: words.to_owned() };
        self.carry_out(actor, &format!("case/{case}"), verb, None).await
    }

    /// `days` are the first and the last one, `2026-03-01`.
    pub async fn ask_exemption(
        &self,
        actor: &Actor,
        at: At<'_>,
        justification: &str,
        days: (&str, &str),
    ) -> Result<Uuid, Failure> {
        let wish = Wish {
            body: at.body.to_owned(),
            controls: vec![at.control.to_owned()],
            justification: justification.to_owned(),
            from: days.0.to_owned(),
            until: days.1.to_owned(),
            ..Wish::default()
        };
        let verb = AskExemption { acting: self.acting(actor), packs: self.packs.clone(), wish };
        self.carry_out(actor, "exemptions", verb, None).await
    }

    pub async fn grant_exemption(&self, actor: &Actor, exemption: Uuid, reason: &str) -> Result<(), Failure> {
        let acting = self.acting(actor);
        let verb = DecideExemption { acting, exemption, grants: true, reason: reason.to_owned() };
        self.carry_out(actor, &format!("exemption/{exemption}"), verb, None).await
    }

    /// Whether the duty holds, and what was looked at.
    pub async fn confirm(&self, actor: &Actor, at: At<'_>, holds: bool, words: &str) -> Result<(), Failure> {
        let verb = Confirm {
            acting: self.acting(actor),
            packs: self.packs.clone(),
            body: at.body.to_owned(),
            control: at.control.to_owned(),
            outcome: if holds { "holds" } else { "fails" }.to_owned(),
            words: words.to_owned(),
            document: None,
        };
        self.carry_out(actor, &format!("attestation/{}/{}", at.body, at.control), verb, None).await
    }

    /// A control that the body asks of itself, with who follows it up and every how many days.
    pub async fn add_own_control(
        &self,
        actor: &Actor,
        body: &str,
        (title, duty): (&str, &str),
        (owner, cadence_days): (Uuid, u32),
    ) -> Result<String, Failure> {
        let wish = add::Wish {
            title: title.to_owned(),
            duty: duty.to_owned(),
            cadence_days: cadence_days.to_string(),
            owner: Some(owner),
            ..add::Wish::default()
        };
        let verb = AddOwnControl { acting: self.acting(actor), body: body.to_owned(), wish };
        self.carry_out(actor, &format!("body/{body}"), verb, None).await
    }

    /// Names who confirms everything for a body.
    pub async fn name_attester(&self, actor: &Actor, body: &str, person: Uuid) -> Result<(), Failure> {
        let acting = self.acting(actor);
        let verb =
            NameAttester { acting, body: body.to_owned(), control: String::new(), person: Some(person) };
        self.carry_out(actor, &format!("attestation/{body}/"), verb, None).await
    }

    pub async fn require(&self, actor: &Actor, body: &str, requires: Requires<'_>) -> Result<Uuid, Failure> {
        let wish = RequirementWish {
            body: body.to_owned(),
            parameter: requires.parameter.to_owned(),
            value: requires.value.to_owned(),
            duty: requires.duty.to_owned(),
            reason: requires.reason.to_owned(),
            from: requires.from.to_owned(),
        };
        let verb = SetRequirement { acting: self.acting(actor), packs: self.packs.clone(), wish };
        self.carry_out(actor, &format!("body/{body}"), verb, None).await
    }
}
