//! `/directory/proposals/{id}/{part}`: the guided form of a card, one part a page, both languages side by side. It saves while
//! somebody types, works without JavaScript, and ends with everything that is missing, unclear or changed.

mod check;
mod file;

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Form, Page, Path, Query, Shell,
    components::{Field, Link},
    see_other, stay,
};

use super::{
    Proposal,
    begin::Begin,
    fields::{Block, PARTS, take},
    save::{self, Save, own},
    table,
};
use crate::Services;

/// Bytes of a form or a process that is handed in as a file.
pub(crate) const FILE_BYTES_MAX: usize = 600 * 1024;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/proposals", post(begin))
        .route("/directory/proposals/{id}", get(open))
        .route("/directory/proposals/{id}/{part}", get(show).post(save))
        .route("/directory/proposals/{id}/keep/{part}", post(keep))
        .merge(super::process::page::routes())
        .merge(check::routes())
        .merge(file::routes())
}

type Posted = Form<Vec<(String, String)>>;
/// The button that adds a row, with the list as its value.
const ADD: &str = "_add";
/// The button that saves and leaves.
pub(super) const LATER: &str = "_later";
pub(super) const REVISION: &str = "_revision";

/// What stands around every part: the way back, the parts, and since when it is saved.
pub(super) struct Frame {
    pub id: Uuid,
    pub name: String,
    pub parts: Vec<Link>,
    pub title: String,
    pub saved: String,
    pub revision: i64,
}

impl Frame {
    pub(super) fn of(shell: &Shell, proposal: &Proposal, part: &str) -> Frame {
        let name = proposal.name(shell.lang);
        let here = |it: &str| format!("/directory/proposals/{}/{it}", proposal.id);
        let link =
            |it: &&str| Link::new(here(it), shell.t(&format!("proposal-part-{it}"))).current(*it == part);
        Frame {
            id: proposal.id,
            name: if name.is_empty() { shell.t("proposal-nameless") } else { name },
            parts: PARTS.iter().map(link).collect(),
            title: shell.t(&format!("proposal-part-{part}")),
            saved: shell.moment(proposal.saved_at),
            revision: proposal.revision,
        }
    }
}

#[derive(Template)]
#[template(path = "proposal/page/part.html")]
struct PartPage {
    shell: Shell,
    frame: Frame,
    part: &'static str,
    hint: String,
    blocks: Vec<Block>,
    /// The form's schema, where this is its part.
    sources: Vec<Field>,
    refusal: Option<Refusal>,
}

/// The mark that it is saved, or that somebody else changed it meanwhile.
#[derive(Template)]
#[template(path = "proposal/page/kept.html")]
struct KeptPiece {
    shell: Shell,
    saved: String,
    revision: i64,
    changed: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The list that gets one row more.
    more: String,
}

async fn begin(State(services): State<Arc<Services>>, Caller(actor): Caller) -> Result<Response, web::Error> {
    if !actor.holds_anywhere("author") {
        return Err(Refusal::new(Kind::NotAllowed, "directory.no_desk", &["LY-SVC-24.1b"]).into());
    }
    let verb = Begin { actor: actor.clone(), from: None, clock: services.clock.clone() };
    let id = services.carry_out_entry(&actor, "directory/proposals", verb, None).await?;
    Ok(see_other(&format!("/directory/proposals/{id}/{}", PARTS[0])))
}

async fn open(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    services.own_proposal(&actor, id).await?;
    Ok(see_other(&format!("/directory/proposals/{id}/{}", PARTS[0])))
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((id, part)): Path<(Uuid, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let proposal = services.own_proposal(&actor, id).await?;
    let part = known(&part)?;
    if part == "check" {
        return Ok(services.check_page(shell, &proposal, None).await?);
    }
    Ok(Page(services.part_page(shell, &proposal, part, &asked.more, None).await?).into_response())
}

fn known(part: &str) -> Result<&'static str, Refusal> {
    PARTS.iter().find(|known| **known == part).copied().ok_or_else(Refusal::not_found)
}

impl Services {
    pub(crate) async fn own_proposal(&self, actor: &Actor, id: Uuid) -> Result<Proposal, Failure> {
        Ok(own(table::find(&self.store.read(), id).await?, actor)?)
    }

    async fn part_page(
        &self,
        shell: Shell,
        proposal: &Proposal,
        part: &'static str,
        more: &str,
        refusal: Option<Refusal>,
    ) -> Result<PartPage, Failure> {
        let registered = save::is_registered(&self.store.read(), proposal).await?;
        let slug = registered.then_some(proposal.slug.as_str());
        let source = |name: &str, held: &str| {
            let label = shell.t(&format!("proposal-{name}"));
            let field =
                Field::area(&shell, name, label).hint(shell.t(&format!("proposal-{name}-hint"))).rows(16);
            field.attribute("spellcheck", "false").attribute("class", "code").optional().value(held)
        };
        let sources = match part {
            "form" => vec![source("form", &proposal.form)],
            _ => Vec::new(),
        };
        Ok(PartPage {
            frame: Frame::of(&shell, proposal, part),
            part,
            hint: shell.t(&format!("proposal-part-{part}-hint")),
            blocks: self.proposal_blocks(&shell, part, &proposal.card, slug, more),
            sources,
            refusal,
            shell,
        })
    }

    /// Keeps what was posted from a part. What the page showed may have changed since: then nothing is overwritten.
    async fn keep_part(
        &self,
        actor: &Actor,
        proposal: &mut Proposal,
        part: &str,
        posted: &[(String, String)],
    ) -> Result<(), Failure> {
        let one = |name: &str| posted.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        take(&mut proposal.card, part, posted);
        if part == "form" {
            proposal.form = one("form").unwrap_or_default();
        }
        let verb = Save {
            actor: actor.clone(),
            id: proposal.id,
            card: proposal.card.clone(),
            form: proposal.form.clone(),
            process: proposal.process.clone(),
            revision: one(REVISION).and_then(|word| word.parse().ok()),
            clock: self.clock.clone(),
        };
        proposal.revision = self.carry_out_entry(actor, "directory/proposals", verb, None).await?;
        proposal.saved_at = self.clock.now();
        Ok(())
    }
}

async fn save(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((id, part)): Path<(Uuid, String)>,
    Form(posted): Posted,
) -> Result<Response, web::Error> {
    let mut proposal = services.own_proposal(&actor, id).await?;
    let part = known(&part)?;
    match services.keep_part(&actor, &mut proposal, part, &posted).await {
        Ok(()) => {}
        // What was typed stays on the page; sending it again keeps it in place of what the other wrote.
        Err(Failure::Refused(refusal)) if matches!(refusal.kind, Kind::Conflict | Kind::TooLarge) => {
            let page = services.part_page(shell, &proposal, part, "", Some(refusal)).await?;
            return Ok(stay(Kind::Conflict, page));
        }
        Err(failure) => return Err(failure.into()),
    }
    let here = format!("/directory/proposals/{id}");
    if let Some((_, list)) = posted.iter().find(|(name, _)| name == ADD) {
        let plain = list.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        let list = if plain { list.as_str() } else { "" };
        return Ok(see_other(&format!("{here}/{part}?more={list}#list-{list}")));
    }
    if posted.iter().any(|(name, _)| name == LATER) {
        return Ok(see_other("/directory"));
    }
    let next = PARTS.iter().skip_while(|it| **it != part).nth(1).unwrap_or(&"check");
    Ok(see_other(&format!("{here}/{next}")))
}

async fn keep(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((id, part)): Path<(Uuid, String)>,
    Form(posted): Posted,
) -> Result<Page<KeptPiece>, web::Error> {
    let mut proposal = services.own_proposal(&actor, id).await?;
    let seen = proposal.revision;
    let outcome = services.keep_part(&actor, &mut proposal, known(&part)?, &posted).await;
    let changed = match outcome {
        Ok(()) => false,
        Err(Failure::Refused(refusal)) if refusal.kind == Kind::Conflict => true,
        Err(failure) => return Err(failure.into()),
    };
    let revision = if changed { posted_revision(&posted).unwrap_or(seen) } else { proposal.revision };
    Ok(Page(KeptPiece { saved: shell.moment(proposal.saved_at), revision, changed, shell }))
}

fn posted_revision(posted: &[(String, String)]) -> Option<i64> {
    posted.iter().find(|(name, _)| name == REVISION).and_then(|(_, word)| word.parse().ok())
}
