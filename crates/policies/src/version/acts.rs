//! What the reader of a version may do with it now, each act as a form, and how it is carried out.

use authz::{Actor, Failure, Refusal};
use compliance::Door;
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Shell,
    components::{Choice, Field},
};

use super::{Version, approve::Approve, consult::Consult, publish::Publish};
use crate::{
    Register,
    breach::{ACTS, ReportBreach},
    clauses::Clause,
    policy::{PolicyKind, list::PolicyFile},
    review::sign::SignReview,
};

/// Everything that a form of this page may send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub opinion: String,
    pub sha256: String,
    pub from: String,
    pub notify: String,
    pub next_review: String,
    pub words: String,
    pub clause: String,
    pub identifier: String,
    pub on: String,
    pub act: String,
    pub facts: String,
}

/// A form with its one act.
pub(super) struct Wish {
    pub id: &'static str,
    pub title: String,
    pub text: String,
    pub action: String,
    pub label: String,
    pub fields: Vec<Field>,
    pub sha256: String,
}

/// What the page says of what was done or refused just now, with what was typed.
#[derive(Default)]
pub(super) struct Told {
    pub done: String,
    pub refusal: Option<Refusal>,
    pub act: String,
    pub typed: Typed,
}

/// Does what a form asks for, and says where it leads.
pub(super) async fn carry_out(
    register: &Register,
    actor: &Actor,
    id: Uuid,
    act: &str,
    typed: &Typed,
) -> Result<String, Failure> {
    let (acting, subject, policy) = (register.acting(actor), format!("policy/{id}"), id);
    let typed = typed.clone();
    let packs = register.packs.clone();
    match act {
        "consult" => {
            let verb = Consult { acting, policy, opinion: typed.opinion };
            register.carry_out(actor, &subject, verb, None).await?;
        }
        "approve" => {
            let verb = Approve { acting, policy, sha256: typed.sha256 };
            register.carry_out(actor, &subject, verb, None).await?;
        }
        "publish" => {
            let (from, notifies, next_review) = (typed.from, typed.notify == "true", typed.next_review);
            let verb = Publish { acting, packs, policy, from, notifies, next_review };
            register.carry_out(actor, &subject, verb, None).await?;
        }
        "review" => {
            let (words, next_review) = (typed.words, typed.next_review);
            let verb = SignReview { acting, packs, policy, words, next_review };
            register.carry_out(actor, &subject, verb, None).await?;
        }
        "breach" => {
            let Typed { clause, identifier, on, act, facts, .. } = typed;
            let verb = ReportBreach { acting, policy, clause, identifier, on, act, facts };
            let case = register.carry_out(actor, &subject, verb, None).await?;
            let sees = acting_desk(actor);
            return Ok(match sees {
                true => format!("/compliance/cases/{case}"),
                false => format!("/policies/{id}?done=breach"),
            });
        }
        _ => return Err(Refusal::not_found().into()),
    }
    Ok(format!("/policies/{id}?done={act}"))
}

/// Whether somebody who reports a breach also sees the case: those who lead or audit do.
fn acting_desk(actor: &Actor) -> bool {
    ["head", "administrator", "auditor"].iter().any(|role| actor.holds_anywhere(role))
}

/// What the reader may do with this version now, each as a form.
pub(super) fn wishes(
    register: &Register,
    shell: &Shell,
    file: &PolicyFile,
    version: &Version,
    told: &Told,
) -> Vec<Wish> {
    let typed = &told.typed;
    let wish = |id: &'static str, fields: Vec<Field>| Wish {
        id,
        title: shell.t(&format!("policy-{id}-title")),
        text: shell.t(&format!("policy-{id}-text")),
        action: format!("{}/acts/{id}", file.policy.href()),
        label: shell.t(&format!("policy-{id}-do")),
        fields,
        sha256: String::new(),
    };
    let mut found = Vec::new();
    if version.is_draft() {
        if file.may.consult && file.policy.kind == PolicyKind::VpnUse {
            let opinion =
                Field::area(shell, "opinion", shell.t("policy-opinion")).rows(3).value(&typed.opinion);
            found.push(wish("consult", vec![opinion]));
        }
        if file.may.approve && version.approval_entry.is_none() {
            found.push(Wish { sha256: version.content.hash(), ..wish("approve", Vec::new()) });
        }
        if file.may.revise {
            found.push(wish("publish", to_publish(shell, file, told)));
        }
    } else if file.current.as_ref().is_some_and(|it| it.id == version.id) {
        if file.may.sign_review && is_review_near(register, file) {
            found.push(wish("review", to_review(shell, typed)));
        }
        if file.may.report_breach {
            found.push(wish("breach", to_report(shell, version, typed)));
        }
    }
    found
}

/// Signing is offered from when it is asked for on.
fn is_review_near(register: &Register, file: &PolicyFile) -> bool {
    let near = register.clock.now() + clock::DAY * crate::review::ASKED_DAYS;
    file.policy.next_review_at.is_some_and(|next| next <= near)
}

fn to_publish(shell: &Shell, file: &PolicyFile, told: &Told) -> Vec<Field> {
    let notify = if told.act == "publish" { told.typed.notify.as_str() } else { "true" };
    let mut fields = vec![
        Field::date(shell, "from", shell.t("policy-from")).value(&told.typed.from),
        Field::tick(shell, "notify", shell.t("policy-notify")).optional().value(notify),
    ];
    if file.policy.next_review_at.is_none() {
        fields.push(
            Field::date(shell, "next_review", shell.t("policy-next-review"))
                .hint(shell.t("policy-next-review-hint"))
                .optional()
                .value(&told.typed.next_review),
        );
    }
    fields
}

fn to_review(shell: &Shell, typed: &Typed) -> Vec<Field> {
    vec![
        Field::area(shell, "words", shell.t("policy-review-words")).rows(3).value(&typed.words),
        Field::date(shell, "next_review", shell.t("policy-next-review"))
            .hint(shell.t("policy-next-review-hint"))
            .optional()
            .value(&typed.next_review),
    ]
}

fn to_report(shell: &Shell, version: &Version, typed: &Typed) -> Vec<Field> {
    let clauses = version.clauses(shell.lang).into_iter().filter(|it| !it.number.is_empty());
    let clause = |it: Clause| {
        let words: String = it.text.chars().take(60).collect();
        Choice::new(&it.number, format!("{} · {words}", shell.in_digits(it.number.clone())))
    };
    let acts = ACTS.map(|(word, ar, en)| Choice::new(word, shell.text(&Text::new(ar, en)).to_owned()));
    vec![
        Field::select(shell, "clause", shell.t("policy-clause"), clauses.map(clause).collect())
            .value(&typed.clause),
        Field::text(shell, "identifier", shell.t("policy-identifier"))
            .attribute("dir", "ltr")
            .attribute("inputmode", "numeric")
            .value(&typed.identifier),
        Field::date(shell, "on", shell.t("policy-on")).value(&typed.on),
        Field::select(shell, "act", shell.t("policy-act"), acts.to_vec()).value(&typed.act),
        Field::area(shell, "facts", shell.t("policy-facts")).rows(3).value(&typed.facts),
    ]
}
