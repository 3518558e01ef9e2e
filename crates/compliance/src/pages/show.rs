//! `/controls/{id}`: the article that a refusal cites, and what stands for it in the product.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use web::{Page, Path, Shell, components::Link};

use super::{
    list::{enforcement_word, module_word, state_word},
    said, signal,
};
use crate::{Control, Packs, Resolved};

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
    trail: Vec<Link>,
    shell: Shell,
}

pub(super) async fn show(
    shell: Shell,
    State(packs): State<Arc<Packs>>,
    Path(id): Path<String>,
) -> Result<Page<Show>, web::Error> {
    let control = packs.control(&id).ok_or_else(web::Error::not_found)?;
    Ok(Page(page(shell, &packs, control)))
}

fn page(shell: Shell, packs: &Packs, control: &Control) -> Show {
    let document =
        packs.pack(&control.pack).map(|pack| shell.text(&pack.title).to_owned()).unwrap_or_default();
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
        trail: vec![
            Link::new("/controls", shell.t("controls-title")),
            Link::new(format!("/controls?pack={}", control.pack), document.clone()),
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
