//! `/desk/devices/rules`: the baseline, for whoever keeps devices to read and for the competent administration to change.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use compliance::Door;
use identity::Caller;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    Rule, RuleKind,
    end::EndRule,
    set::{RuleWish, SetRule},
    table,
};
use crate::{Devices, authority::About, places::places};

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new()
        .route("/desk/devices/rules", get(list).post(set))
        .route("/desk/devices/rules/{id}/end", post(end))
}

struct Row {
    id: Uuid,
    kind: String,
    name: String,
    least: String,
    why: String,
    since: String,
}

#[derive(Template)]
#[template(path = "rule/page.html")]
struct RulesPage {
    places: Vec<Link>,
    rows: Vec<Row>,
    /// Nothing for those who only read.
    fields: Vec<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Devices {
    async fn rules_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &RuleWish,
        refusal: Option<Refusal>,
    ) -> Result<RulesPage, Failure> {
        let sql = self.store.read();
        self.acting(actor).sight(&sql).await?;
        let may_set = self.acting(actor).may(&sql, "set_rules", &About::default()).await?;
        let rules = table::in_force(&sql).await?;
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = if may_set { fields(&shell, typed, &faults) } else { Vec::new() };
        Ok(RulesPage {
            places: places(&shell),
            rows: rules.iter().map(|rule| row(&shell, rule)).collect(),
            refusal: refusal.filter(|it| it.items.is_empty()),
            faults: named(faults, &fields),
            fields,
            shell,
        })
    }
}

fn row(shell: &Shell, rule: &Rule) -> Row {
    let least = match rule.kind {
        RuleKind::Banned => String::new(),
        RuleKind::Antivirus => {
            shell.t1("device-rule-days", "count", rule.least.parse::<i64>().unwrap_or_default())
        }
        RuleKind::System | RuleKind::Application => rule.least.clone(),
    };
    Row {
        id: rule.id,
        kind: shell.t(&format!("device-rule-kind-{}", rule.kind.word())),
        name: rule.name.clone(),
        least,
        why: rule.why.clone(),
        since: shell.day(rule.made_at),
    }
}

fn fields(shell: &Shell, typed: &RuleWish, faults: &[Fault]) -> Vec<Field> {
    let kinds = RuleKind::ALL
        .map(|it| Choice::new(it.word(), shell.t(&format!("device-rule-kind-{}", it.word()))))
        .to_vec();
    let fields = vec![
        Field::select(shell, "kind", shell.t("device-rule-kind"), kinds).value(&typed.kind),
        Field::text(shell, "name", shell.t("device-rule-name"))
            .hint(shell.t("device-rule-name-hint"))
            .optional()
            .attribute("dir", "ltr")
            .value(&typed.name),
        Field::text(shell, "least", shell.t("device-rule-least"))
            .hint(shell.t("device-rule-least-hint"))
            .optional()
            .attribute("dir", "ltr")
            .short()
            .value(&typed.least),
        Field::area(shell, "why", shell.t("device-rule-why"))
            .hint(shell.t("device-rule-why-hint"))
            .rows(3)
            .value(&typed.why),
    ];
    fields.into_iter().map(|field| field.faults(faults)).collect()
}

async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<RulesPage>, web::Error> {
    Ok(Page(devices.rules_page(&actor, shell, &RuleWish::default(), None).await?))
}

async fn set(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<RuleWish>,
) -> Result<Response, web::Error> {
    let verb = SetRule { acting: devices.acting(&actor), wish: typed.clone() };
    match devices.carry_out(&actor, "device-rules", verb, None).await {
        Ok(_) => Ok(see_other("/desk/devices/rules")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, devices.rules_page(&actor, shell, &typed, Some(refusal)).await?))
        }
    }
}

async fn end(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let verb = EndRule { acting: devices.acting(&actor), rule: id };
    devices.carry_out(&actor, &format!("device-rule/{id}"), verb, None).await?;
    Ok(see_other("/desk/devices/rules"))
}
