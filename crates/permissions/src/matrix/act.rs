//! `/permissions/{capability}/{action}`: who may do one thing, what sets limits, the policies themselves, and what is narrowed.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal, Row};
use axum::{Router, routing::get};
use identity::Visit;
use web::{Page, Path, Shell, components::Link};

use super::{act_name, capability_name, held_name, role_name};
use crate::{
    Permissions,
    narrowing::{self, page::what_words},
};

pub(crate) fn routes() -> Router<Arc<Permissions>> {
    Router::new().route("/permissions/{capability}/{action}", get(show))
}

/// A policy as it is shown.
struct Shown {
    /// What a refusal says; of a permit nothing.
    says: String,
    controls: &'static [&'static str],
    text: String,
}

#[derive(Template)]
#[template(path = "matrix/act.html")]
struct ActPage {
    views: Vec<Link>,
    name: String,
    of: String,
    who: Vec<String>,
    persons: Vec<String>,
    anyone: bool,
    /// With which of their roles the reader may; empty when with none.
    mine: Vec<String>,
    permits: Vec<Shown>,
    limits: Vec<Shown>,
    narrowed: Vec<(String, String)>,
    narrow: String,
    shell: Shell,
}

async fn show(
    visit: Visit<Permissions>,
    Path((capability, action)): Path<(String, String)>,
) -> Result<Page<ActPage>, web::Error> {
    let door = &visit.door;
    let rows = door.policies.rows(&capability, &action);
    let Some(first) = rows.first() else { return Err(Refusal::not_found().into()) };
    let (narrowed, may_narrow) = door.narrowed(&visit.actor, &visit.shell, first).await?;
    let views = door.views(&visit.actor, &visit.shell).await?;
    let shell = visit.shell;
    let each = |ids: fn(&Row) -> &[String]| {
        let mut ids: Vec<&String> = rows.iter().flat_map(ids).collect();
        ids.sort();
        ids.dedup();
        ids.into_iter().filter_map(|id| door.policies.policy(id)).map(|told| shown(&shell, told)).collect()
    };
    let mut who: Vec<String> =
        rows.iter().flat_map(|row| &row.roles).map(|held| held_name(&shell, held)).collect();
    who.dedup();
    let narrow = [("of", capability.as_str()), ("act", action.as_str())];
    Ok(Page(ActPage {
        views,
        name: act_name(&shell, first),
        of: capability_name(&shell, first.capability),
        who,
        persons: rows.iter().flat_map(|row| &row.persons).map(|it| shell.who("person", it)).collect(),
        anyone: rows.iter().any(|row| row.anyone),
        mine: mine(&shell, &visit.actor, rows),
        permits: each(|row| &row.permits),
        limits: each(|row| &row.limits),
        narrowed,
        narrow: if may_narrow { web::address("/permissions/narrowings/new", narrow) } else { String::new() },
        shell,
    }))
}

fn shown(shell: &Shell, told: &authz::Described) -> Shown {
    Shown {
        says: told.refusal().map(|refusal| shell.refusal(&refusal)).unwrap_or_default(),
        controls: told.controls,
        text: told.text.trim().to_owned(),
    }
}

/// The roles of the reader that the act is open to, wherever they hold them.
fn mine(shell: &Shell, actor: &Actor, rows: &[Row]) -> Vec<String> {
    let mut held: Vec<&str> = actor.roles.iter().map(|role| role.name.as_str()).collect();
    held.sort_unstable();
    held.dedup();
    let opens = |role: &&str| rows.iter().any(|row| row.opens_to(role));
    held.into_iter().filter(opens).map(|role| role_name(shell, role)).collect()
}

impl Permissions {
    /// What is narrowed of an act, for those who may see it, and whether the reader may narrow it.
    async fn narrowed(
        &self,
        actor: &Actor,
        shell: &Shell,
        row: &Row,
    ) -> Result<(Vec<(String, String)>, bool), Failure> {
        let (sql, acting) = (self.store.read(), self.acting(actor));
        if !acting.may(&sql, "see_narrowings", None).await? {
            return Ok((Vec::new(), false));
        }
        let held = narrowing::of_act(&sql, (row.capability, &row.action)).await?;
        let held = held.iter().map(|held| (held.href(), what_words(shell, held))).collect();
        let may = row.capability != crate::POLICIES.capability;
        Ok((held, may && acting.may(&sql, "propose_narrowing", None).await?))
    }

    /// The places of this part: the matrix for everybody, the narrowings for those who keep them.
    pub(crate) async fn views(&self, actor: &Actor, shell: &Shell) -> Result<Vec<Link>, Failure> {
        let mut views = vec![
            Link::new("/permissions", shell.t("permissions-view-matrix"))
                .current(shell.path == "/permissions"),
        ];
        if self.acting(actor).may(&self.store.read(), "see_narrowings", None).await? {
            let here = shell.is_at("/permissions/narrowings");
            views.push(
                Link::new("/permissions/narrowings", shell.t("permissions-view-narrowings")).current(here),
            );
        }
        Ok(views)
    }
}
