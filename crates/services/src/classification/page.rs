//! `/directory/classification`: the trees that services are sorted by. Whoever works on the directory reads them; the
//! competent administration edits them here, without a release (LY-SVC-23.4).

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use language::Text;
use serde::Deserialize;
use web::{
    Fault, Form, Page, Query, Shell,
    components::{Choice, Field},
    see_other, stay,
};

use super::{Term, Tree, edit::EditTerm};
use crate::{Services, call::Visit};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/directory/classification", get(show).post(edit))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    tree: String,
    /// The word that is edited.
    word: String,
    done: String,
}

/// A word as it is typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    tree: String,
    word: String,
    parent: String,
    name_ar: String,
    name_en: String,
    place: String,
    retired: String,
}

struct TermLine {
    href: String,
    name: Text,
    word: String,
    under: bool,
    retired: bool,
    used: String,
}

#[derive(Template)]
#[template(path = "classification/page.html")]
struct TreesPage {
    shell: Shell,
    faults: Vec<Fault>,
    trees: Vec<(String, Vec<TermLine>)>,
    fields: Vec<Field>,
    is_new: bool,
    may_edit: bool,
    done: bool,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let terms = services.directory.terms();
    let known = terms.iter().find(|term| term.tree.word() == asked.tree && term.word == asked.word);
    let typed = known.map(typed).unwrap_or_default();
    let done = asked.done == "saved";
    let page = services.trees_page(&actor, shell, &typed, known.is_none(), None, done).await?;
    Ok(Page(page).into_response())
}

fn typed(term: &Term) -> Typed {
    Typed {
        tree: term.tree.word().to_owned(),
        word: term.word.clone(),
        parent: term.parent.clone(),
        name_ar: term.name.ar.clone(),
        name_en: term.name.en.clone(),
        place: term.place.to_string(),
        retired: if term.retired_at.is_some() { "true" } else { "" }.to_owned(),
    }
}

async fn edit(
    Visit { services, actor, shell }: Visit,
    Form(posted): Form<Typed>,
) -> Result<Response, web::Error> {
    let tree = Tree::named(&posted.tree).ok_or_else(Refusal::not_found)?;
    let verb = EditTerm {
        acting: services.acting_on_directory(&actor),
        tree,
        word: posted.word.trim().to_owned(),
        parent: posted.parent.clone(),
        name: Text::new(posted.name_ar.trim(), posted.name_en.trim()),
        place: language::fold_digits(&posted.place).trim().parse().unwrap_or(500),
        retired: posted.retired == "true",
    };
    match services.carry_out_entry(&actor, "directory/classification", verb, None).await {
        Ok(()) => Ok(see_other("/directory/classification?done=saved")),
        Err(failure) => {
            let refusal = failure.invalid()?;
            let known = services.directory.term(tree.word(), &posted.word).is_none();
            let page = services.trees_page(&actor, shell, &posted, known, Some(refusal), false).await?;
            Ok(stay(Kind::Invalid, page))
        }
    }
}

impl Services {
    async fn trees_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &Typed,
        is_new: bool,
        refusal: Option<Refusal>,
        done: bool,
    ) -> Result<TreesPage, Failure> {
        if actor.roles.is_empty() {
            return Err(Refusal::new(Kind::NotAllowed, "directory.no_desk", &["LY-SVC-23.4"]).into());
        }
        let faults = refusal.map(|refusal| shell.faults(&refusal)).unwrap_or_default();
        let sql = self.store.read();
        let may_edit = self.acting_on_directory(actor).check_whole(&sql, "edit_classification").await.is_ok();
        let used = self.used();
        let terms = self.directory.terms();
        let lines = |tree: Tree| -> Vec<TermLine> {
            terms.iter().filter(|term| term.tree == tree).map(|term| term_line(&shell, term, &used)).collect()
        };
        let trees =
            Tree::ALL.map(|tree| (shell.t(&format!("trees-{}", tree.word().replace('_', "-"))), lines(tree)));
        Ok(TreesPage {
            trees: trees.into_iter().collect(),
            fields: fields(&shell, typed, is_new, &terms, &faults),
            faults,
            is_new,
            may_edit,
            done,
            shell,
        })
    }

    /// How many services in force bear each word.
    pub(crate) fn used(&self) -> HashMap<(Tree, String), i64> {
        let mut used: HashMap<(Tree, String), i64> = HashMap::new();
        for entry in self.directory.entries() {
            let themes = entry.card.themes.iter().map(|word| (Tree::Theme, word.clone()));
            let events = entry.card.life_events.iter().map(|word| (Tree::LifeEvent, word.clone()));
            for key in themes.chain(events) {
                *used.entry(key).or_default() += 1;
            }
        }
        used
    }
}

fn term_line(shell: &Shell, term: &Term, used: &HashMap<(Tree, String), i64>) -> TermLine {
    let count = used.get(&(term.tree, term.word.clone())).copied().unwrap_or_default();
    TermLine {
        href: format!("/directory/classification?tree={}&word={}#edit", term.tree.word(), term.word),
        name: term.name.clone(),
        word: term.word.clone(),
        under: !term.parent.is_empty(),
        retired: term.retired_at.is_some(),
        used: shell.num(count),
    }
}

fn fields(shell: &Shell, typed: &Typed, is_new: bool, terms: &[Term], faults: &[Fault]) -> Vec<Field> {
    let trees = Tree::ALL
        .map(|tree| Choice::new(tree.word(), shell.t(&format!("trees-{}", tree.word().replace('_', "-")))));
    let roots = terms.iter().filter(|term| term.parent.is_empty() && term.word != typed.word);
    let roots = roots.map(|term| Choice::new(term.word.clone(), shell.text(&term.name))).collect();
    let tree = if typed.tree.is_empty() { Tree::Theme.word() } else { &typed.tree };
    let word =
        Field::text(shell, "word", shell.t("trees-word")).hint(shell.t("trees-word-hint")).value(&typed.word);
    let word = if is_new { word } else { word.attribute("readonly", "readonly") };
    let all = vec![
        Field::select(shell, "tree", shell.t("trees-tree"), trees.to_vec()).value(tree),
        word,
        Field::text(shell, "name_ar", shell.t("trees-name-ar")).attribute("lang", "ar").value(&typed.name_ar),
        Field::text(shell, "name_en", shell.t("trees-name-en")).attribute("lang", "en").value(&typed.name_en),
        Field::select(shell, "parent", shell.t("trees-parent"), roots).optional().value(&typed.parent),
        Field::number(shell, "place", shell.t("trees-place"))
            .hint(shell.t("trees-place-hint"))
            .optional()
            .value(&typed.place),
        Field::tick(shell, "retired", shell.t("trees-retire")).optional().value(&typed.retired),
    ];
    all.into_iter().map(|field| field.faults(faults)).collect()
}
