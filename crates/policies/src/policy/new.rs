//! `/policies/new`: what a policy is about and which unit owns it; the rest is written in its first draft.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{Router, extract::State, response::Response, routing::get};
use identity::Caller;
use serde::Deserialize;
use web::{
    Fault, Query, Shell,
    components::{Choice, Field, Link, named},
    stay,
};

use super::{
    PolicyKind,
    page::{kind_word, owner_word, places},
    register::PolicyWish,
};
use crate::{Register, authority::NOT_YOURS};

pub(crate) fn routes() -> Router<Arc<Register>> {
    Router::new().route("/policies/new", get(new))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Typed {
    kind: String,
    owner_unit: String,
    second_unit: String,
    title_ar: String,
    title_en: String,
    everywhere: String,
    issuer: String,
    address: String,
}

impl Typed {
    pub(crate) fn wish(&self) -> PolicyWish {
        PolicyWish {
            kind: self.kind.clone(),
            owner_unit: self.owner_unit.parse().ok(),
            second_unit: self.second_unit.parse().ok(),
            title_ar: self.title_ar.clone(),
            title_en: self.title_en.clone(),
            is_everywhere: self.everywhere == "true",
            issuer: self.issuer.clone(),
            address: self.address.clone(),
        }
    }
}

#[derive(Template)]
#[template(path = "policy/new.html")]
pub(crate) struct NewPage {
    places: Vec<Link>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    fields: Vec<Field>,
    shell: Shell,
}

async fn new(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(typed): Query<Typed>,
) -> Result<Response, web::Error> {
    Ok(stay(None, page(&register, &actor, shell, &typed, None).await?))
}

/// The form, with what was typed. Nobody without a unit can own a policy.
pub(crate) async fn page(
    register: &Register,
    actor: &Actor,
    shell: Shell,
    typed: &Typed,
    refusal: Option<Refusal>,
) -> Result<NewPage, Failure> {
    let (acting, sql) = (register.acting(actor), register.store.read());
    let mut own = Vec::new();
    for unit in acting.units() {
        own.push(Choice::new(unit.to_string(), owner_word(register, &shell, unit).await?));
    }
    if own.is_empty() {
        return Err(NOT_YOURS.into());
    }
    let mut others = Vec::new();
    for body in actor.bodies() {
        for unit in organisations::units(&sql, body).await? {
            others.push(Choice::new(unit.id.to_string(), owner_word(register, &shell, unit.id).await?));
        }
    }
    let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let owner = match (typed.owner_unit.as_str(), own.as_slice()) {
        ("", [only]) => only.value.clone(),
        (typed, _) => typed.to_owned(),
    };
    let kinds = PolicyKind::ALL.map(|it| Choice::new(it.word(), kind_word(&shell, it))).to_vec();
    let mut fields = vec![
        Field::select(&shell, "kind", shell.t("policy-kind"), kinds).value(&typed.kind),
        Field::text(&shell, "title_ar", shell.t("policy-title-ar"))
            .attribute("dir", "rtl")
            .value(&typed.title_ar),
        Field::text(&shell, "title_en", shell.t("policy-title-en"))
            .attribute("dir", "ltr")
            .value(&typed.title_en),
        Field::select(&shell, "owner_unit", shell.t("policy-owner"), own).value(owner),
        Field::select(&shell, "second_unit", shell.t("policy-second"), others)
            .hint(shell.t("policy-second-hint"))
            .optional()
            .value(&typed.second_unit),
        Field::text(&shell, "issuer", shell.t("policy-issuer"))
            .hint(shell.t("policy-issuer-hint"))
            .optional()
            .value(&typed.issuer),
        Field::text(&shell, "address", shell.t("policy-address"))
            .hint(shell.t("policy-address-hint"))
            .optional()
            .attribute("dir", "ltr")
            .value(&typed.address),
    ];
    if acting.oversees(&sql).await? {
        fields.push(
            Field::tick(&shell, "everywhere", shell.t("policy-everywhere"))
                .optional()
                .value(&typed.everywhere),
        );
    }
    let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
    let refusal = refusal.filter(|it| it.items.is_empty());
    Ok(NewPage { places: places(&shell), faults: named(faults, &fields), refusal, fields, shell })
}
