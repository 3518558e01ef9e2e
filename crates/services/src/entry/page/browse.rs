//! `/browse`: every way into the directory beside search: themes, life events, kinds of beneficiary and bodies, each with how
//! many services it holds (LY-SVC-23.2); what is new, changed and most used; and what one is told of (23.3).

use std::{collections::HashSet, sync::Arc};

use askama::Template;
use authz::Failure;
use authz::Refusal;
use axum::{extract::State, response::Response};
use identity::{Caller, MaybeCaller};
use serde::Deserialize;
use web::{Form, Page, Query, Shell, components::Link, see_other};

use crate::{
    Services,
    classification::Tree,
    entry::{Entry, KINDS_OF_BENEFICIARY, table, words},
    subscription,
};

/// Lines of each list of services.
const SHOWN: usize = 6;

struct Way {
    href: String,
    name: String,
    count: i64,
    under: bool,
    tree: &'static str,
    word: String,
    followed: bool,
}

#[derive(Template)]
#[template(path = "entry/page/browse.html")]
pub(super) struct BrowsePage {
    shell: Shell,
    signed: bool,
    done: bool,
    trees: Vec<(&'static str, String, Vec<Way>)>,
    audiences: Vec<Link>,
    bodies: Vec<Link>,
    new: Vec<Arc<Entry>>,
    changed: Vec<Arc<Entry>>,
    used: Vec<Arc<Entry>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: String,
    /// One of the trees alone: `theme`.
    tree: String,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<BrowsePage>, web::Error> {
    let followed = match &caller {
        Some(actor) => subscription::table::of_person(&services.store.read(), actor.person).await?,
        None => Vec::new(),
    };
    let followed: HashSet<(Tree, String)> = followed.into_iter().map(|it| (it.tree, it.word)).collect();
    let tree = match asked.tree.as_str() {
        "" => None,
        word => Some(Tree::named(word).ok_or_else(Refusal::not_found)?),
    };
    let mut page = services.browse_page(shell, caller.is_some(), &followed).await?;
    page.trees.retain(|(word, _, _)| tree.is_none_or(|tree| tree.word() == *word));
    page.done = asked.done == "1";
    Ok(Page(page))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    tree: String,
    word: String,
    end: String,
}

pub(super) async fn follow(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let tree = Tree::named(&typed.tree).ok_or_else(Refusal::not_found)?;
    services.follow_word(&actor, tree, typed.word.clone(), typed.end == "1", None).await?;
    Ok(see_other(&format!("/browse?done=1#{}", tree.word())))
}

impl Services {
    async fn browse_page(
        &self,
        shell: Shell,
        signed: bool,
        followed: &HashSet<(Tree, String)>,
    ) -> Result<BrowsePage, Failure> {
        let entries = self.directory.entries();
        let demand = table::demand(&self.store.read()).await?;
        let newest = |keep: fn(&Entry) -> bool| -> Vec<Arc<Entry>> {
            let mut found: Vec<Arc<Entry>> = entries.iter().filter(|entry| keep(entry)).cloned().collect();
            found.sort_by(|a, b| b.verified_at.cmp(&a.verified_at).then_with(|| a.card.id.cmp(&b.card.id)));
            found.truncate(SHOWN);
            found
        };
        let asked = |entry: &Arc<Entry>| demand.get(&entry.id).copied().unwrap_or_default();
        let mut used: Vec<Arc<Entry>> = entries.iter().filter(|entry| asked(entry) > 0.0).cloned().collect();
        used.sort_by(|a, b| asked(b).total_cmp(&asked(a)).then_with(|| a.card.id.cmp(&b.card.id)));
        used.truncate(SHOWN);
        let trees = [(Tree::Theme, "services-filter-topic"), (Tree::LifeEvent, "services-filter-life_event")];
        Ok(BrowsePage {
            trees: trees
                .map(|(tree, key)| (tree.word(), shell.t(key), self.ways(&shell, tree, followed)))
                .into(),
            audiences: self.audience_links(&shell, &entries),
            bodies: self.body_links(&shell, &entries),
            new: newest(|entry| entry.version == 1),
            changed: newest(|entry| entry.version > 1),
            used,
            signed,
            done: false,
            shell,
        })
    }

    fn ways(&self, shell: &Shell, tree: Tree, followed: &HashSet<(Tree, String)>) -> Vec<Way> {
        let used = self.used();
        let terms = self.directory.terms();
        let open = terms.iter().filter(|term| term.tree == tree && term.retired_at.is_none());
        open.map(|term| Way {
            href: format!("/services?{}={}", tree.parameter(), term.word),
            name: shell.text(&term.name).to_owned(),
            count: used.get(&(tree, term.word.clone())).copied().unwrap_or_default(),
            under: !term.parent.is_empty(),
            tree: tree.word(),
            word: term.word.clone(),
            followed: followed.contains(&(tree, term.word.clone())),
        })
        .collect()
    }

    fn audience_links(&self, shell: &Shell, entries: &[Arc<Entry>]) -> Vec<Link> {
        let count =
            |kind: &str| entries.iter().filter(|it| it.card.audience.iter().any(|held| held == kind)).count();
        let link = |kind: &str| {
            Link::new(format!("/services?audience={kind}"), words::audience(shell, kind))
                .count(count(kind) as i64)
        };
        KINDS_OF_BENEFICIARY.iter().map(|kind| link(kind)).collect()
    }

    fn body_links(&self, shell: &Shell, entries: &[Arc<Entry>]) -> Vec<Link> {
        let count = |slug: &str| entries.iter().filter(|it| it.card.body == slug).count();
        let bodies = self.directory.providers();
        let held = bodies.iter().filter(|body| count(&body.slug) > 0);
        held.map(|body| {
            Link::new(format!("/services?body={}", body.slug), shell.text(&body.name))
                .count(count(&body.slug) as i64)
        })
        .collect()
    }
}
