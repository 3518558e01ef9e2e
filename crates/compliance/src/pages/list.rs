//! `/controls`: readable by a minister in one minute, by an auditor for a day.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::extract::State;
use web::{
    Cursor, Page, Query, Shell,
    components::{Choice, Field, Link},
};

use super::{percent, signal};
use crate::{Control, ControlState, Enforcement, Filter, PackTitle, Packs, Tally, browse::page_after};

/// Rows of a page.
const PAGE_CONTROLS: usize = 40;

/// A pack in the overview.
struct Strip {
    id: String,
    title: String,
    issuer: String,
    edition: String,
    /// Where each stands, and the colour of its state.
    cells: Vec<(usize, &'static str)>,
    tally: Tally,
    percent: usize,
    current: bool,
}

struct Row {
    id: String,
    title: String,
    article: String,
    enforcement: String,
    state: String,
    signal: &'static str,
}

#[derive(Template)]
#[template(path = "pages/list.html")]
pub(super) struct List {
    total: usize,
    enforced: usize,
    fields: Vec<Field>,
    chips: Vec<Link>,
    strips: Vec<Strip>,
    legend: Vec<(&'static str, String, usize)>,
    rows: Vec<Row>,
    found: usize,
    first: String,
    next: String,
    shell: Shell,
}

pub(super) async fn list(
    shell: Shell,
    State(packs): State<Arc<Packs>>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Page<List>, web::Error> {
    let words: BTreeMap<&str, &str> =
        query.iter().map(|(name, word)| (name.as_str(), word.as_str())).collect();
    let filter = Filter::read(&packs, &words)?;
    let after: Option<String> = Cursor::decode_given(query.get("cursor").map(String::as_str))?;
    let found = filter.find(&packs);
    let (page, next) = page_after(&packs, &found, after.as_deref(), PAGE_CONTROLS);
    let next = next.map(|id| Cursor::encode(&id)).transpose()?;
    let tally = Tally::of(packs.all());
    Ok(Page(List {
        total: tally.total(),
        enforced: tally.enforced,
        fields: fields(&shell, &packs, &filter),
        chips: chips(&shell, &packs, &filter),
        strips: packs.packs().iter().map(|pack| strip(&shell, &packs, pack, &filter)).collect(),
        legend: ControlState::ALL
            .map(|state| (fill(state), state_word(&shell, state), tally.get(state)))
            .into(),
        rows: page.into_iter().map(|control| row(&shell, control)).collect(),
        found: found.len(),
        first: if after.is_some() { narrowed(&filter, None) } else { String::new() },
        next: next.map(|cursor| narrowed(&filter, Some(&cursor))).unwrap_or_default(),
        shell,
    }))
}

pub(super) fn state_word(shell: &Shell, state: ControlState) -> String {
    shell.t(&format!("controls-state-{}", state.as_str()))
}

pub(super) fn enforcement_word(shell: &Shell, kind: Enforcement) -> String {
    shell.t(&format!("controls-enforcement-{}", kind.as_str()))
}

pub(crate) fn module_word(shell: &Shell, module: &str) -> String {
    shell.t(&format!("controls-module-{module}"))
}

/// Colours of the theme, so that a strip follows light and dark.
fn fill(state: ControlState) -> &'static str {
    match state {
        ControlState::Enforced => "var(--done-edge)",
        ControlState::Partial => "var(--waiting-edge)",
        ControlState::Planned => "var(--line)",
        ControlState::Reference => "var(--sunk)",
    }
}

fn strip(shell: &Shell, packs: &Packs, pack: &PackTitle, filter: &Filter) -> Strip {
    let controls: Vec<&Control> = packs.all().iter().filter(|control| control.pack == pack.id).collect();
    let tally = Tally::of(controls.iter().copied());
    Strip {
        id: pack.id.clone(),
        title: shell.text(&pack.title).to_owned(),
        issuer: shell.text(&pack.issuer).to_owned(),
        edition: super::pack::edition(shell, pack),
        cells: strip_cells(shell, &controls),
        percent: percent(tally.enforced, tally.total() - tally.reference),
        tally,
        current: filter.pack.as_deref() == Some(pack.id.as_str()),
    }
}

/// The controls of a document side by side, from where reading begins.
pub(super) fn strip_cells(shell: &Shell, controls: &[&Control]) -> Vec<(usize, &'static str)> {
    let last = controls.len().saturating_sub(1);
    let rtl = shell.dir == "rtl";
    let cell = |(place, control): (usize, &&Control)| {
        (if rtl { last - place } else { place }, fill(control.state()))
    };
    controls.iter().enumerate().map(cell).collect()
}

fn row(shell: &Shell, control: &Control) -> Row {
    Row {
        id: control.id.clone(),
        title: shell.text(&control.title).to_owned(),
        article: shell.text(&control.article).to_owned(),
        enforcement: enforcement_word(shell, control.enforcement),
        state: state_word(shell, control.state()),
        signal: signal(control.state()),
    }
}

fn fields(shell: &Shell, packs: &Packs, filter: &Filter) -> Vec<Field> {
    let select = |name: &str, choices: Vec<Choice>, value: &str| {
        Field::select(shell, name, shell.t(&format!("controls-filter-{name}")), choices)
            .value(value)
            .optional()
    };
    let titles = packs.packs().iter().map(|pack| Choice::new(&pack.id, shell.text(&pack.title)));
    let modules = packs.modules().into_iter().map(|module| Choice::new(module, module_word(shell, module)));
    let kinds = Enforcement::ALL.map(|kind| Choice::new(kind.as_str(), enforcement_word(shell, kind)));
    let states = ControlState::ALL.map(|state| Choice::new(state.as_str(), state_word(shell, state)));
    let words = Field::text(shell, "q", shell.t("controls-filter-q")).value(&filter.words).optional();
    vec![
        words.attribute("maxlength", "200").attribute("type", "search"),
        select("pack", titles.collect(), filter.pack.as_deref().unwrap_or_default()),
        select("module", modules.collect(), filter.module.as_deref().unwrap_or_default()),
        select("actor", actors(shell, packs), filter.actor.as_deref().unwrap_or_default()),
        select("enforcement", kinds.into(), filter.enforcement.map(Enforcement::as_str).unwrap_or_default()),
        select("state", states.into(), filter.state.map(ControlState::as_str).unwrap_or_default()),
    ]
}

/// Everybody who is bound, as the reader calls them.
pub(crate) fn actors(shell: &Shell, packs: &Packs) -> Vec<Choice> {
    let mut actors: Vec<_> = packs.actors().into_iter().collect();
    actors.sort_by_key(|(_, name)| shell.text(name).to_owned());
    actors.iter().map(|(word, name)| Choice::new(word, shell.text(name))).collect()
}

/// What narrows the list now; each chip leads to the list without it.
fn chips(shell: &Shell, packs: &Packs, filter: &Filter) -> Vec<Link> {
    let mut chips = Vec::new();
    let mut chip = |without: Filter, label: String| chips.push(Link::new(narrowed(&without, None), label));
    if !filter.words.is_empty() {
        chip(Filter { words: String::new(), ..filter.clone() }, format!("«{}»", filter.words));
    }
    if let Some(pack) = filter.pack.as_deref().and_then(|id| packs.pack(id)) {
        chip(Filter { pack: None, ..filter.clone() }, shell.text(&pack.title).to_owned());
    }
    if let Some(module) = &filter.module {
        chip(Filter { module: None, ..filter.clone() }, module_word(shell, module));
    }
    if let Some(actor) = filter.actor.as_ref().and_then(|actor| packs.actors().remove(actor)) {
        chip(Filter { actor: None, ..filter.clone() }, shell.text(&actor).to_owned());
    }
    if let Some(chapter) = &filter.chapter {
        let label = packs.all().iter().map(Control::chapter).find(|it| it.en == *chapter);
        let label = label.map(|it| shell.text(&it).to_owned()).unwrap_or_default();
        chip(Filter { chapter: None, ..filter.clone() }, label);
    }
    if let Some(kind) = filter.enforcement {
        chip(Filter { enforcement: None, ..filter.clone() }, enforcement_word(shell, kind));
    }
    if let Some(state) = filter.state {
        chip(Filter { state: None, ..filter.clone() }, state_word(shell, state));
    }
    chips
}

/// The list narrowed like this, as a link.
fn narrowed(filter: &Filter, cursor: Option<&str>) -> String {
    let given = [
        ("q", Some(filter.words.as_str())),
        ("pack", filter.pack.as_deref()),
        ("module", filter.module.as_deref()),
        ("actor", filter.actor.as_deref()),
        ("chapter", filter.chapter.as_deref()),
        ("enforcement", filter.enforcement.map(Enforcement::as_str)),
        ("state", filter.state.map(ControlState::as_str)),
        ("cursor", cursor),
    ];
    web::address("/controls", given.into_iter().filter_map(|(name, word)| Some((name, word?))))
}
