//! `GET /services/{slug}/process`: how a service is carried out, drawn and in words. Those who write or review it see
//! versions that wait, what is wrong with them, and a request played along them.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use identity::{Caller, MaybeCaller};
use serde::Deserialize;
use web::{Fault, Form, Page, Path, Query, Shell, components::Link, see_other};

use super::{
    Expiry, Move, Process, Stage,
    picture::Picture,
    play::{Play, PlayAsked, Playing},
    show::{Shown, party_words},
};
use crate::{Services, entry::Card};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/services/{slug}/process", get(show))
        .route("/services/{slug}/process/attest", post(attest))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    version: Option<i64>,
    /// How the request that is played goes, and the sample person whose it is.
    path: Option<String>,
    person: Option<String>,
}

/// A stage in words.
struct StageLine {
    title: String,
    holder: String,
    limit: String,
    ways: Vec<String>,
    silence: String,
    basis: String,
}

#[derive(Template)]
#[template(path = "process/page.html")]
struct ProcessPage {
    trail: Vec<Link>,
    slug: String,
    /// The page itself, for the form of the play, and the version that it is of.
    action: String,
    play_version: String,
    service: String,
    version: i64,
    is_in_force: bool,
    legal_basis: String,
    reviewer: String,
    picture: Picture,
    stages: Vec<StageLine>,
    before: Vec<String>,
    after: Vec<String>,
    may_attest: bool,
    flaws: Option<Refusal>,
    faults: Vec<Fault>,
    play: Option<Play>,
    shell: Shell,
}

async fn show(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<ProcessPage>, web::Error> {
    Ok(Page(services.process_page(caller.as_ref(), shell, &slug, &asked).await?))
}

#[derive(Debug, Deserialize)]
struct Posted {
    version: i64,
}

async fn attest(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    Form(posted): Form<Posted>,
) -> Result<Response, web::Error> {
    services.attest(&actor, &slug, posted.version).await?;
    Ok(see_other(&format!("/services/{slug}/process?version={}", posted.version)))
}

impl Services {
    async fn process_page(
        &self,
        actor: Option<&Actor>,
        shell: Shell,
        slug: &str,
        asked: &Asked,
    ) -> Result<ProcessPage, Failure> {
        let shown = self.process_of(actor, slug, asked.version).await?;
        let flaws = if shown.may_simulate { self.process_flaws(&shown).await? } else { None };
        let play_asked = PlayAsked { path: asked.path.clone(), person: asked.person.clone() };
        let play = match shown.may_simulate {
            true => {
                let playing = Playing {
                    card: &shown.version_row.card,
                    process: &shown.process,
                    body: shown.version_row.body,
                };
                Some(self.play_of(&shell, playing, &play_asked).await?)
            }
            false => None,
        };
        let mut faults = flaws.as_ref().map(|flaws| shell.faults(flaws)).unwrap_or_default();
        for fault in &mut faults {
            fault.label = field_label(&shell, &shown.version_row.card, &shown.process, &fault.field);
        }
        let name = shell.text(&shown.version_row.card.name).to_owned();
        let texts = |texts: &[language::Text]| texts.iter().map(|it| shell.text(it).to_owned()).collect();
        let process = &shown.process;
        Ok(ProcessPage {
            trail: vec![
                Link::new("/services", shell.t("services-title")),
                Link::new(format!("/services/{slug}"), name.clone()),
            ],
            slug: shown.slug.clone(),
            action: format!("/services/{}/process", shown.slug),
            play_version: shown.version.to_string(),
            picture: Picture::of(&shell, process, shell.t1("process-picture", "service", name.as_str())),
            service: name,
            version: shown.version,
            is_in_force: shown.is_in_force,
            legal_basis: shell.text(&process.legal_basis).to_owned(),
            reviewer: shown.reviewer.as_ref().map(|name| shell.text(name).to_owned()).unwrap_or_default(),
            stages: process
                .stages
                .iter()
                .filter(|it| !it.is_end())
                .map(|it| self.stage_line(&shell, &shown, it))
                .collect(),
            before: texts(&process.before),
            after: texts(&process.after),
            may_attest: shown.may_attest,
            flaws,
            faults,
            play,
            shell,
        })
    }

    fn stage_line(&self, shell: &Shell, shown: &Shown, stage: &Stage) -> StageLine {
        let title =
            |id: &str| shown.process.stage(id).map(|to| shell.text(&to.title)).unwrap_or(id).to_owned();
        let way = |way: &Move| {
            let act = match &way.title {
                Some(title) => shell.text(title).to_owned(),
                None => act_word(shell, way.act),
            };
            shell.t2("process-way", "act", act, "stage", title(&way.to))
        };
        StageLine {
            title: shell.text(&stage.title).to_owned(),
            holder: party_words(self, stage, shell.lang),
            limit: stage.working_days.map(|days| shell.t1("process-days", "count", days)).unwrap_or_default(),
            ways: stage.moves.iter().map(way).collect(),
            silence: stage.expiry.as_ref().map(|expiry| silence(shell, expiry, title)).unwrap_or_default(),
            basis: stage.legal_basis.as_ref().map(|basis| shell.text(basis).to_owned()).unwrap_or_default(),
        }
    }
}

pub(crate) fn act_word(shell: &Shell, act: crate::request::Act) -> String {
    shell.t(&format!("process-act-{}", act.word().replace('_', "-")))
}

pub(crate) fn silence(shell: &Shell, expiry: &Expiry, title: impl Fn(&str) -> String) -> String {
    match expiry {
        Expiry::Remind { after_working_days } => {
            shell.t1("process-silence-remind", "count", after_working_days)
        }
        Expiry::Escalate { after_working_days, .. } => {
            shell.t1("process-silence-escalate", "count", after_working_days)
        }
        Expiry::Act { after_working_days, to, .. } => {
            shell.t2("process-silence-act", "count", after_working_days, "stage", title(to))
        }
    }
}

/// What a finding is about, in words.
pub(crate) fn field_label(shell: &Shell, card: &Card, process: &Process, field: &str) -> String {
    if let Some(id) = field.strip_prefix("stage.") {
        let title = process.stage(id).map(|stage| shell.text(&stage.title).trim().to_owned());
        return title.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_owned());
    }
    if let Some(id) = field.strip_prefix("output.") {
        let output = card.outputs.iter().find(|it| it.id == id);
        return output.map_or_else(|| id.to_owned(), |it| shell.text(&it.title).to_owned());
    }
    if let Some(id) = field.strip_prefix("document.") {
        let evidence = card.documents.iter().find(|it| it.id == id);
        return evidence.map_or_else(|| id.to_owned(), |it| shell.text(&it.title).to_owned());
    }
    match field {
        "legal_basis" => shell.t("process-edit-law"),
        "before" => shell.t("process-before"),
        "after" => shell.t("process-after"),
        _ => shell.t("process-title"),
    }
}
