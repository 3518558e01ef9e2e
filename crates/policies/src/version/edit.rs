//! `/policies/{id}/draft`: the owning unit writes the draft.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use compliance::Door;
use identity::Caller;
use uuid::Uuid;
use web::{
    Fault, Form, Path, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{CLASSIFICATIONS, NO_DRAFT, PolicyContent, save::SaveDraft};
use crate::{
    Register,
    authority::About,
    policy::{Policy, page::places},
};

/// Rows of the texts.
const TEXT_ROWS: u8 = 14;

pub(crate) fn routes() -> Router<Arc<Register>> {
    Router::new().route("/policies/{id}/draft", get(edit).post(save))
}

struct Part {
    title: String,
    hint: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "version/edit.html")]
struct EditPage {
    places: Vec<Link>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    title: String,
    parts: Vec<Part>,
    href: String,
    number: i64,
    seen: String,
    shell: Shell,
}

async fn edit(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let file = register.file(&actor, id).await?;
    register.acting(&actor).check(&register.store.read(), "revise", About::of(&file.policy)).await?;
    let draft = file.versions.iter().find(|it| it.is_draft()).ok_or(NO_DRAFT).map_err(Failure::from)?;
    let (policy, number, seen) = (&file.policy, draft.number, draft.content.hash());
    Ok(stay(None, page(&register, shell, policy, number, &draft.content, (seen, None)).await?))
}

async fn save(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Form(typed): Form<HashMap<String, String>>,
) -> Result<Response, web::Error> {
    let file = register.file(&actor, id).await?;
    let number = file.versions.last().map_or(1, |it| it.number);
    let content = content(&typed);
    let seen = typed.get("seen").cloned().unwrap_or_default();
    let verb = SaveDraft {
        acting: register.acting(&actor),
        policy: id,
        content: content.clone(),
        seen: seen.clone(),
    };
    match register.carry_out(&actor, &format!("policy/{id}"), verb, None).await {
        Ok(()) => Ok(see_other(&format!("/policies/{id}/versions/{number}?done=saved")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let told = (seen, Some(refusal.clone()));
            Ok(stay(refusal.kind, page(&register, shell, &file.policy, number, &content, told).await?))
        }
    }
}

fn content(typed: &HashMap<String, String>) -> PolicyContent {
    let word = |name: &str| typed.get(name).map(|word| word.trim().to_owned()).unwrap_or_default();
    // What is no number is outside every limit, so that it is refused by name.
    let number = |name: &str| language::fold_digits(&word(name)).parse().unwrap_or(-1);
    PolicyContent {
        title_ar: word("title_ar"),
        title_en: word("title_en"),
        subject_ar: word("subject_ar"),
        subject_en: word("subject_en"),
        preparer: word("preparer"),
        classification: word("classification"),
        issue: word("issue"),
        storage_place: word("storage_place"),
        text_ar: word("text_ar").replace("\r\n", "\n"),
        text_en: word("text_en").replace("\r\n", "\n"),
        reviewed_on: word("reviewed_on"),
        modified_by: word("modified_by"),
        reviewer: word("reviewer"),
        reasons: word("reasons"),
        parts: word("parts"),
        audience_unit: word("audience_unit").parse().ok(),
        audience_role: word("audience_role"),
        separate: word("separate"),
        extra_unit: word("extra_unit").parse().ok(),
        extra: word("extra"),
        due_days: number("due_days"),
        repeat_months: number("repeat_months"),
    }
}

async fn page(
    register: &Register,
    shell: Shell,
    policy: &Policy,
    number: i64,
    content: &PolicyContent,
    (seen, refusal): (String, Option<Refusal>),
) -> Result<EditPage, Failure> {
    let units = organisations::units(&register.store.read(), policy.body).await?;
    let units: Vec<Choice> =
        units.iter().map(|it| Choice::new(it.id.to_string(), shell.text(&it.name))).collect();
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let mut parts = vec![
        part(&shell, "metadata", metadata(&shell, content)),
        part(&shell, "text", texts(&shell, content)),
        part(&shell, "audience", audience(&shell, content, units)),
        part(&shell, "log", log(&shell, content)),
    ];
    for field in parts.iter_mut().flat_map(|part| &mut part.fields) {
        *field = field.clone().faults(&faults);
    }
    let fields: Vec<Field> = parts.iter().flat_map(|part| &part.fields).cloned().collect();
    Ok(EditPage {
        places: places(&shell),
        faults: named(faults, &fields),
        refusal: refusal.filter(|it| it.items.is_empty()),
        title: shell.text(&content.title()).to_owned(),
        parts,
        href: policy.href(),
        number,
        seen,
        shell,
    })
}

fn part(shell: &Shell, name: &str, fields: Vec<Field>) -> Part {
    Part {
        title: shell.t(&format!("policy-part-{name}")),
        hint: shell.t(&format!("policy-part-{name}-hint")),
        fields,
    }
}

fn metadata(shell: &Shell, it: &PolicyContent) -> Vec<Field> {
    let text = |name: &str, key: &str, value: &str| Field::text(shell, name, shell.t(key)).value(value);
    let levels = CLASSIFICATIONS.map(|word| Choice::new(word, shell.t(&format!("policy-class-{word}"))));
    vec![
        text("title_ar", "policy-title-ar", &it.title_ar).attribute("dir", "rtl"),
        text("title_en", "policy-title-en", &it.title_en).attribute("dir", "ltr"),
        text("subject_ar", "policy-subject-ar", &it.subject_ar).attribute("dir", "rtl"),
        text("subject_en", "policy-subject-en", &it.subject_en).attribute("dir", "ltr"),
        text("preparer", "policy-preparer", &it.preparer),
        Field::select(shell, "classification", shell.t("policy-classification"), levels.to_vec())
            .value(&it.classification),
        text("issue", "policy-issue", &it.issue).hint(shell.t("policy-issue-hint")).short(),
        text("storage_place", "policy-storage", &it.storage_place),
    ]
}

fn texts(shell: &Shell, it: &PolicyContent) -> Vec<Field> {
    vec![
        Field::area(shell, "text_ar", shell.t("policy-text-ar")).rows(TEXT_ROWS).value(&it.text_ar),
        Field::area(shell, "text_en", shell.t("policy-text-en")).rows(TEXT_ROWS).value(&it.text_en),
    ]
}

fn audience(shell: &Shell, it: &PolicyContent, units: Vec<Choice>) -> Vec<Field> {
    let roles = organisations::ROLES.map(|role| Choice::new(role, shell.t(&format!("org-role-{role}"))));
    let id = |unit: Option<Uuid>| unit.map(|unit| unit.to_string()).unwrap_or_default();
    vec![
        Field::select(shell, "audience_unit", shell.t("policy-audience-unit"), units.clone())
            .hint(shell.t("policy-audience-unit-hint"))
            .optional()
            .value(id(it.audience_unit)),
        Field::select(shell, "audience_role", shell.t("policy-audience-role"), roles.to_vec())
            .optional()
            .value(&it.audience_role),
        Field::text(shell, "separate", shell.t("policy-separate"))
            .hint(shell.t("policy-separate-hint"))
            .optional()
            .value(&it.separate),
        Field::select(shell, "extra_unit", shell.t("policy-extra-unit"), units)
            .hint(shell.t("policy-extra-unit-hint"))
            .optional()
            .value(id(it.extra_unit)),
        Field::text(shell, "extra", shell.t("policy-extra")).optional().value(&it.extra),
        Field::number(shell, "due_days", shell.t("policy-due-days")).value(it.due_days.to_string()),
        Field::number(shell, "repeat_months", shell.t("policy-repeat-months"))
            .hint(shell.t("policy-repeat-months-hint"))
            .value(it.repeat_months.to_string()),
    ]
}

fn log(shell: &Shell, it: &PolicyContent) -> Vec<Field> {
    vec![
        Field::date(shell, "reviewed_on", shell.t("policy-reviewed-on")).value(&it.reviewed_on),
        Field::text(shell, "modified_by", shell.t("policy-modified-by")).value(&it.modified_by),
        Field::text(shell, "reviewer", shell.t("policy-reviewer")).value(&it.reviewer),
        Field::area(shell, "reasons", shell.t("policy-reasons")).rows(2).value(&it.reasons),
        Field::area(shell, "parts", shell.t("policy-parts")).rows(2).value(&it.parts),
    ]
}
