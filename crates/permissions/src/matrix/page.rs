//! `/permissions`: the matrix of roles and acts, for everybody who is signed in.

use std::{collections::BTreeSet, sync::Arc};

use askama::Template;
use authz::{Held, Row};
use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Visit;
use serde::Deserialize;
use web::{
    Cell, ExportColumn, ExportForm, Page, Query, Sheet, Shell,
    components::{Choice, Field, Link},
};

use super::{act_name, capability_name, held_name, role_name};
use crate::Permissions;

const COLUMNS: [&str; 6] = ["capability", "action", "role", "at", "person", "policies"];

pub(crate) fn routes() -> Router<Arc<Permissions>> {
    Router::new().route("/permissions", get(show)).route("/permissions/matrix.csv", get(file))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    of: String,
    role: String,
}

/// What a role may in one act: a sign for the eye, words for everybody.
struct Mark {
    role: String,
    sign: &'static str,
    words: String,
}

struct Line {
    href: String,
    name: String,
    marks: Vec<Mark>,
    persons: String,
    limits: usize,
}

struct Group {
    name: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "matrix/page.html")]
struct MatrixPage {
    views: Vec<Link>,
    fields: Vec<Field>,
    chips: Vec<Link>,
    roles: Vec<String>,
    groups: Vec<Group>,
    legend: Vec<(&'static str, String)>,
    shell: Shell,
}

/// Signs of where a desk stands.
const SIGNS: [(&str, &str); 6] = [
    ("own", "●"),
    ("administration", "◆"),
    ("either", "◉"),
    ("line", "◍"),
    ("implementing_body", "▲"),
    ("supervising_body", "■"),
];
/// Which role it is the process or a table says.
const SIGN_ANY: &str = "○";

async fn show(visit: Visit<Permissions>, Query(asked): Query<Asked>) -> Result<Page<MatrixPage>, web::Error> {
    let views = visit.door.views(&visit.actor, &visit.shell).await?;
    let shell = visit.shell;
    let rows: Vec<&Row> = visit.door.policies.matrix().collect();
    let found: Vec<&Row> = rows.iter().filter(|row| asked.takes(&shell, row)).copied().collect();
    let roles = roles_of(&rows);
    let shown: Vec<&str> = match asked.role.as_str() {
        "" => roles.clone(),
        one => roles.iter().filter(|role| **role == one).copied().collect(),
    };
    let mut groups: Vec<Group> = Vec::new();
    for row in found {
        let name = capability_name(&shell, row.capability);
        let line = line(&shell, row, &shown);
        match groups.last_mut().filter(|group| group.name == name) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group { name, lines: vec![line] }),
        }
    }
    Ok(Page(MatrixPage {
        views,
        fields: fields(&shell, &asked, &rows, &roles),
        chips: chips(&shell, &asked),
        roles: shown.iter().map(|role| role_name(&shell, role)).collect(),
        groups,
        legend: legend(&shell),
        shell,
    }))
}

impl Asked {
    fn takes(&self, shell: &Shell, row: &Row) -> bool {
        let of = self.of.is_empty() || row.capability == self.of;
        let role = self.role.is_empty() || row.opens_to(&self.role);
        let words = self.q.trim();
        of && role
            && (words.is_empty() || language::fold(&act_name(shell, row)).contains(&language::fold(words)))
    }
}

/// Every role that some act asks for, in the order in which they are known.
fn roles_of<'r>(rows: &[&'r Row]) -> Vec<&'r str> {
    let named: BTreeSet<&str> =
        rows.iter().flat_map(|row| &row.roles).map(|held| held.role.as_str()).collect();
    let known = organisations::ROLES.iter().filter_map(|role| named.get(role).copied());
    known.collect()
}

fn line(shell: &Shell, row: &Row, roles: &[&str]) -> Line {
    let persons: Vec<String> = row.persons.iter().map(|person| shell.who("person", person)).collect();
    Line {
        href: format!("/permissions/{}/{}", row.capability, row.action),
        name: act_name(shell, row),
        marks: roles.iter().map(|role| mark(shell, row, role)).collect(),
        persons: if row.anyone { shell.t("permissions-anyone") } else { persons.join(shell.lang.comma()) },
        limits: row.limits.len(),
    }
}

fn mark(shell: &Shell, row: &Row, role: &str) -> Mark {
    let held = row.roles.iter().find(|held| held.role == role);
    let held = held.or_else(|| row.roles.iter().find(|held| held.role == authz::ANY_ROLE));
    Mark {
        role: role_name(shell, role),
        sign: held.map(sign).unwrap_or_default(),
        words: held.map(|held| held_name(shell, held)).unwrap_or_default(),
    }
}

fn sign(held: &Held) -> &'static str {
    if held.role == authz::ANY_ROLE {
        return SIGN_ANY;
    }
    SIGNS.iter().find(|(at, _)| *at == held.at).map_or("●", |(_, sign)| sign)
}

fn legend(shell: &Shell) -> Vec<(&'static str, String)> {
    let place = |at: &str| shell.t(&format!("permissions-at-{}", at.replace('_', "-")));
    let mut legend: Vec<(&'static str, String)> = SIGNS.map(|(at, sign)| (sign, place(at))).into();
    legend.push((SIGN_ANY, shell.t("permissions-at-any")));
    legend
}

fn fields(shell: &Shell, asked: &Asked, rows: &[&Row], roles: &[&str]) -> Vec<Field> {
    let capabilities: BTreeSet<&str> = rows.iter().map(|row| row.capability).collect();
    let capabilities =
        capabilities.into_iter().map(|it| Choice::new(it, capability_name(shell, it))).collect();
    let roles = roles.iter().map(|role| Choice::new(*role, role_name(shell, role))).collect();
    vec![
        Field::text(shell, "q", shell.t("permissions-search")).optional().value(&asked.q),
        Field::select(shell, "of", shell.t("permissions-of"), capabilities).optional().value(&asked.of),
        Field::select(shell, "role", shell.t("permissions-role"), roles).optional().value(&asked.role),
    ]
}

fn chips(shell: &Shell, asked: &Asked) -> Vec<Link> {
    let without = |name: &str, label: String| {
        let all = [("q", asked.q.as_str()), ("of", asked.of.as_str()), ("role", asked.role.as_str())];
        let kept = all.into_iter().filter(|(key, value)| *key != name && !value.is_empty());
        Link::new(web::address("/permissions", kept), label)
    };
    let mut chips = Vec::new();
    if !asked.q.trim().is_empty() {
        chips.push(without("q", asked.q.clone()));
    }
    if !asked.of.is_empty() {
        chips.push(without("of", capability_name(shell, &asked.of)));
    }
    if !asked.role.is_empty() {
        chips.push(without("role", role_name(shell, &asked.role)));
    }
    chips
}

/// The whole matrix for a spreadsheet: a row for each role in each act.
async fn file(visit: Visit<Permissions>) -> Response {
    let shell = visit.shell;
    let column = |key| ExportColumn { key, label: shell.t(&format!("permissions-column-{key}")) };
    let sheet = Sheet {
        form: ExportForm::Csv,
        columns: COLUMNS.map(column).into(),
        offset: language::Offset { minutes: 0 },
    };
    let (mut out, mut place) = (sheet.head(), 0);
    for row in visit.door.policies.matrix() {
        for cells in cells(&shell, row) {
            sheet.row(place, cells, &mut out);
            place += 1;
        }
    }
    out.push_str(sheet.tail());
    let named = (header::CONTENT_DISPOSITION, "attachment; filename=\"permissions.csv\"");
    ([(header::CONTENT_TYPE, ExportForm::Csv.media_type()), named], out).into_response()
}

fn cells(shell: &Shell, row: &Row) -> Vec<Vec<Cell>> {
    let cells = |role: String, at: String, person: String| -> Vec<Cell> {
        vec![
            capability_name(shell, row.capability).into(),
            act_name(shell, row).into(),
            role.into(),
            at.into(),
            person.into(),
            row.permits.join(" ").into(),
        ]
    };
    let place = |at: &str| shell.t(&format!("permissions-at-{}", at.replace('_', "-")));
    let person = |person: &Option<String>| {
        person.as_ref().map(|person| shell.who("person", person)).unwrap_or_default()
    };
    let roles = row
        .roles
        .iter()
        .map(|held| cells(role_name(shell, &held.role), place(&held.at), person(&held.person)));
    let persons =
        row.persons.iter().map(|person| cells(String::new(), String::new(), shell.who("person", person)));
    roles.chain(persons).collect()
}
