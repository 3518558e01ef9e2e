//! `/policies/{id}/compare?from=1&to=2`: two versions, clause by clause.

use std::sync::Arc;

use askama::Template;
use authz::Refusal;
use axum::{Router, extract::State, routing::get};
use identity::Caller;
use language::Lang;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Page, Path, Query, Shell,
    components::{Choice, Field, Link},
};

use super::Version;
use crate::{
    Register,
    clauses::{Change, compared},
    policy::page::places,
};

pub(crate) fn routes() -> Router<Arc<Register>> {
    Router::new().route("/policies/{id}/compare", get(compare))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    from: i64,
    to: i64,
}

struct Row {
    number: String,
    before: String,
    after: String,
    change: String,
    signal: &'static str,
}

#[derive(Template)]
#[template(path = "version/compare.html")]
struct ComparePage {
    places: Vec<Link>,
    title: String,
    href: String,
    address: String,
    fields: Vec<Field>,
    from: String,
    to: String,
    told: String,
    rows: Vec<Row>,
    shell: Shell,
}

async fn compare(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Page<ComparePage>, web::Error> {
    let file = register.file(&actor, id).await?;
    // Without a choice: the last two.
    let last = file.versions.last().map_or(1, |it| it.number);
    let to = if asked.to == 0 { last } else { asked.to };
    let from = if asked.from == 0 { (to - 1).max(1) } else { asked.from };
    let find = |number: i64| file.versions.iter().find(|it| it.number == number);
    let (Some(older), Some(newer)) = (find(from), find(to)) else {
        return Err(Refusal::not_found().into());
    };
    let text = |it: &Version| match shell.lang {
        Lang::Ar => it.content.text_ar.clone(),
        Lang::En => it.content.text_en.clone(),
    };
    let rows = compared(&text(older), &text(newer));
    let changed = rows.iter().filter(|row| row.change != Change::Same).count();
    let name =
        |it: &Version| shell.t2("policy-version", "number", it.number, "issue", it.content.issue.as_str());
    let choices: Vec<Choice> =
        file.versions.iter().map(|it| Choice::new(it.number.to_string(), name(it))).collect();
    let fields = vec![
        Field::select(&shell, "from", shell.t("policy-compare-from"), choices.clone())
            .value(from.to_string()),
        Field::select(&shell, "to", shell.t("policy-compare-to"), choices).value(to.to_string()),
    ];
    Ok(Page(ComparePage {
        places: places(&shell),
        title: shell.text(&newer.content.title()).to_owned(),
        href: file.policy.href(),
        address: format!("/policies/{id}/compare"),
        from: name(older),
        to: name(newer),
        told: shell.t1("policy-compare-count", "count", changed),
        fields,
        rows: rows
            .into_iter()
            .map(|row| Row {
                change: shell.t(&format!("policy-change-{}", row.change.word())),
                signal: row.change.signal(),
                number: shell.in_digits(row.number),
                before: row.before,
                after: row.after,
            })
            .collect(),
        shell,
    }))
}
