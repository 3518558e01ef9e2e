//! `/controls/{id}`: the article that a refusal cites, what stands for it in the product, and for those who oversee bodies
//! what the ledger holds and how each body stands.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure};
use axum::extract::State;
use identity::MaybeCaller;
use serde::Deserialize;
use web::{Cursor, Page, Path, Query, Shell, components::Link};

use super::{
    list::{enforcement_word, module_word, state_word},
    said, signal,
};
use crate::{
    Compliance, Control, Packs, Resolved,
    matrix::{Standing, across, body::who},
};

/// Bodies of a page.
const PAGE_BODIES: usize = 25;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    cursor: String,
}

/// How one body stands.
struct Row {
    href: String,
    name: String,
    standing: String,
    signal: &'static str,
    findings: i64,
    evidence: i64,
    due: String,
    who: String,
}

/// What whoever oversees bodies sees below the article.
struct Live {
    evidence: String,
    last: String,
    /// How many bodies stand how, the worst first.
    tally: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    first: String,
    next: String,
}

struct Number {
    id: String,
    title: String,
    value: String,
    /// A number with its unit stays on one line; a set of words may wrap.
    class: &'static str,
    /// The packs that the value comes from.
    source: String,
    basis: String,
}

#[derive(Template)]
#[template(path = "pages/show.html")]
pub(super) struct Show {
    id: String,
    title: String,
    duty: String,
    article: String,
    document: String,
    actor: String,
    enforcement: String,
    enforcement_meaning: String,
    module: String,
    state_name: String,
    state_meaning: String,
    shade: &'static str,
    missing: Option<String>,
    sites: Vec<String>,
    tests: Vec<String>,
    codes: Vec<String>,
    numbers: Vec<Number>,
    shows: String,
    pack_href: String,
    edition: String,
    live: Option<Live>,
    trail: Vec<Link>,
    shell: Shell,
}

pub(super) async fn show(
    shell: Shell,
    State(kernel): State<Arc<Compliance>>,
    MaybeCaller(caller): MaybeCaller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<Show>, web::Error> {
    let control = kernel.packs.control(&id).ok_or_else(web::Error::not_found)?;
    let live = match &caller {
        Some(actor) => kernel.live(&shell, control, actor, &asked).await?,
        None => None,
    };
    Ok(Page(page(shell, &kernel.packs, control, live)))
}

impl Compliance {
    async fn live(
        &self,
        shell: &Shell,
        control: &Control,
        actor: &Actor,
        asked: &Asked,
    ) -> Result<Option<Live>, Failure> {
        let Some(across::Across { evidence, mut lines }) = self.across(control, actor).await? else {
            return Ok(None);
        };
        let tally = tally(shell, &lines);
        let after: Option<across::Place> = Cursor::decode_given(Some(&asked.cursor))?;
        lines.retain(|line| after.as_ref().is_none_or(|after| line.place() > *after));
        let next = Cursor::cut(&mut lines, PAGE_BODIES, across::Line::place)?;
        let names = self.names(lines.iter().map(|line| line.named)).await?;
        let row = |line: &across::Line| {
            let named = line.named.and_then(|person| names.get(&person));
            Row {
                href: format!("/compliance/bodies/{}/{}", line.body.slug, control.id),
                name: shell.text(&line.body.name).to_owned(),
                standing: shell.t(&line.standing.key()),
                signal: line.standing.signal(),
                findings: line.findings,
                evidence: line.evidence,
                due: line.due_at.map(|at| shell.day(at)).unwrap_or_default(),
                who: who(shell, line.standing, named.map(|name| shell.text(name).to_owned())),
            }
        };
        let when = || shell.moment(evidence.last_at);
        let last = shell.t2("matrix-evidence-last", "kind", evidence.last_kind.as_str(), "when", when());
        Ok(Some(Live {
            evidence: shell.num(evidence.entries),
            last: if evidence.entries > 0 { last } else { String::new() },
            tally,
            rows: lines.iter().map(row).collect(),
            first: if after.is_some() { shell.with("cursor", "") } else { String::new() },
            next: next.map(|next| shell.with("cursor", &next)).unwrap_or_default(),
        }))
    }
}

fn tally(shell: &Shell, lines: &[across::Line]) -> Vec<(&'static str, String)> {
    let counted = |standing: Standing| {
        let count = lines.iter().filter(|line| line.standing == standing).count();
        let told = || shell.t2("matrix-tally", "state", shell.t(&standing.key()), "count", count);
        (count > 0).then(|| (standing.signal(), told()))
    };
    Standing::ALL.into_iter().filter_map(counted).collect()
}

fn page(shell: Shell, packs: &Packs, control: &Control, live: Option<Live>) -> Show {
    let pack = packs.pack(&control.pack);
    let document = pack.map(|pack| shell.text(&pack.title).to_owned()).unwrap_or_default();
    let state = control.state();
    let numbers = control.parameters.iter().filter_map(|id| packs.parameter(id));
    Show {
        title: shell.text(&control.title).to_owned(),
        duty: shell.text(&control.duty).to_owned(),
        article: shell.text(&control.article).to_owned(),
        actor: shell.text(&control.actor).to_owned(),
        enforcement: enforcement_word(&shell, control.enforcement),
        enforcement_meaning: shell
            .t(&format!("controls-enforcement-{}-meaning", control.enforcement.as_str())),
        module: module_word(&shell, &control.module),
        state_name: state_word(&shell, state),
        state_meaning: shell.t(&format!("controls-state-{}-meaning", state.as_str())),
        shade: signal(state),
        missing: control.proof.partial.as_ref().map(|text| shell.text(text).to_owned()),
        sites: control.proof.sites.clone(),
        tests: control.proof.tests.clone(),
        codes: control.codes.clone(),
        numbers: numbers.map(|resolved| number(&shell, packs, resolved)).collect(),
        shows: control.shows.clone(),
        pack_href: format!("/controls/packs/{}", control.pack),
        edition: pack.map(|pack| super::pack::edition(&shell, pack)).unwrap_or_default(),
        live,
        trail: vec![
            Link::new("/controls", shell.t("controls-title")),
            Link::new(format!("/controls/packs/{}", control.pack), document.clone()),
        ],
        id: control.id.clone(),
        document,
        shell,
    }
}

fn number(shell: &Shell, packs: &Packs, resolved: &Resolved) -> Number {
    let deciding: Vec<_> = resolved.origins.iter().filter(|origin| origin.decides).collect();
    let titles: Vec<&str> = deciding
        .iter()
        .filter_map(|origin| packs.pack(&origin.pack))
        .map(|pack| shell.text(&pack.title))
        .collect();
    let stated = deciding.iter().find(|origin| origin.basis == crate::Basis::Stated);
    let basis =
        stated.or(deciding.first()).or(resolved.origins.first().as_ref()).map(|origin| match origin.basis {
            crate::Basis::Stated => "controls-basis-stated",
            crate::Basis::Proposed => "controls-basis-proposed",
            crate::Basis::Mandatory => "controls-basis-mandatory",
        });
    Number {
        id: resolved.id.clone(),
        title: shell.text(&resolved.title).to_owned(),
        value: said(shell, &resolved.value),
        class: if resolved.value.set().is_some() { "" } else { "number" },
        source: titles.join(if shell.dir == "rtl" { "؛ " } else { "; " }),
        basis: basis.map(|key| shell.t(key)).unwrap_or_default(),
    }
}
