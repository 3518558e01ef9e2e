//! `/directory/proposals/{id}/process`: the process of a card that is being written. Every button saves; where scripts run,
//! every change saves, and what is wrong with it stands beside it at once.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Item, Kind, Refusal};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Field, Link},
    see_other, stay,
};

use super::{
    Draft,
    change::ChangeProcess,
    fields::{ListBox, Sheet, StageBox},
    invalid, kept,
    posted::{Posted, order},
    table,
    undo::UndoChange,
};
use crate::{
    Services,
    entry::{
        desk::said::{Marked, Said},
        reading,
    },
    output::download::attachment,
    process::{
        Process,
        page::field_label,
        picture::Picture,
        play::{Play, PlayAsked, Playing},
    },
    proposal::{
        Proposal,
        page::{FILE_BYTES_MAX, Frame, LATER, REVISION},
    },
};

/// The button that says what is to be done beside saving.
const ORDER: &str = "_do";
const UNDO: &str = "undo";
/// Gives the process up for the standard one.
const STANDARD: &str = "standard";

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/proposals/{id}/process", get(show).post(save))
        .route("/directory/proposals/{id}/process/keep", post(keep))
        .route("/directory/proposals/{id}/process/play", get(play))
        .route(
            "/directory/proposals/{id}/process/file",
            post(take).layer(DefaultBodyLimit::max(FILE_BYTES_MAX)),
        )
        .route("/directory/proposals/{id}/process.toml", get(as_toml))
        .route("/directory/proposals/{id}/process.json", get(as_json))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The stage or list at which its author goes on: `stage-2`.
    at: String,
}

/// What stands beside the fields, and is drawn anew with each change.
struct Beside {
    saved: String,
    revision: i64,
    changed_meanwhile: bool,
    undo_steps: String,
    can_undo: bool,
    findings: Vec<(String, Fault)>,
    picture: Picture,
    play_href: String,
    /// Nothing for a service that is not in force yet.
    differences: Option<Vec<Said>>,
}

#[derive(Template)]
#[template(path = "proposal/process/page.html")]
struct ProcessPage {
    frame: Frame,
    stages: Vec<StageBox>,
    lists: Vec<ListBox>,
    law: [Field; 2],
    delivery: Vec<[Field; 2]>,
    is_standard: bool,
    beside: Beside,
    words_open: bool,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

/// What a change answers where scripts run: the side of the page, and the findings at each stage.
#[derive(Template)]
#[template(path = "proposal/process/kept.html")]
struct KeptPiece {
    beside: Beside,
    /// Each stage's findings, by its place.
    at_stages: Vec<(usize, Vec<Fault>)>,
    shell: Shell,
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let proposal = services.own_proposal(&actor, id).await?;
    let draft = Draft::of(&proposal)?;
    Ok(Page(services.process_editor(shell, &proposal, draft, &asked.at, None).await?).into_response())
}

impl Services {
    async fn process_editor(
        &self,
        shell: Shell,
        proposal: &Proposal,
        draft: Draft,
        at: &str,
        refusal: Option<Refusal>,
    ) -> Result<ProcessPage, Failure> {
        let Draft { card, process, is_standard, unreadable } = draft;
        let findings = self.draft_findings(proposal, &card, &process).await?;
        let providers = self.directory.providers();
        let sheet = Sheet::new(&shell, &card, &process, &providers);
        let stages = (0..process.stages.len()).filter_map(|place| {
            let faults = faults_at(&shell, &findings, &process.stages[place].id);
            sheet.stage(place, faults, at)
        });
        let stages: Vec<StageBox> = stages.collect();
        let (law, lists) = (sheet.pair("legal_basis", &shell.t("process-edit-law"), 2, true), sheet.lists());
        let delivery = vec![
            sheet.pair("delivery.title", &shell.t("process-edit-delivery-title"), 1, false),
            sheet.pair("delivery.holder", &shell.t("process-edit-delivery-holder"), 1, false),
        ];
        let beside = self.beside(&shell, proposal, (&card, &process), findings).await?;
        let of_words = |field: &str| !field.starts_with("stage.") && field != "process";
        let words_open = at.starts_with("list-") || beside.findings.iter().any(|(_, it)| of_words(&it.field));
        let refusal = refusal.or(unreadable);
        Ok(ProcessPage {
            frame: Frame::of(&shell, proposal, "process"),
            faults: refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default(),
            stages,
            lists,
            law,
            delivery,
            is_standard,
            beside,
            words_open,
            refusal,
            shell,
        })
    }

    async fn beside(
        &self,
        shell: &Shell,
        proposal: &Proposal,
        (card, process): (&crate::entry::Card, &Process),
        findings: Vec<Item>,
    ) -> Result<Beside, Failure> {
        let fields: Vec<String> = findings.iter().map(|item| item.field.clone()).collect();
        let mut faults = shell.faults(&invalid(findings));
        for fault in &mut faults {
            fault.label = field_label(shell, card, process, &fault.field);
        }
        let places = fields.iter().map(|field| place_of(process, field));
        let name = proposal.name(shell.lang);
        let changes = self.process_changes(&proposal.slug, process).await?;
        let steps = table::steps(&self.store.read(), proposal.id).await?;
        Ok(Beside {
            saved: shell.moment(proposal.saved_at),
            revision: proposal.revision,
            changed_meanwhile: false,
            undo_steps: shell.num(steps),
            can_undo: steps > 0,
            findings: places.zip(faults).collect(),
            picture: Picture::of(shell, process, shell.t1("process-picture", "service", name)),
            play_href: format!("/directory/proposals/{}/process/play", proposal.id),
            differences: changes.map(|all| self.say_changes(shell, &all)),
        })
    }

    /// Saves what was posted with what its button orders, and says where its author goes on.
    async fn keep_process(
        &self,
        actor: &Actor,
        proposal: &mut Proposal,
        posted: &[(String, String)],
    ) -> Result<String, Failure> {
        let posted = Posted(posted);
        let draft = Draft::of(proposal)?;
        let mut process = posted.process();
        let asked = posted.one(ORDER);
        let (id, clock) = (proposal.id, self.clock.clone());
        let is_changed = process != draft.process;
        // Where the page shows what is kept, nothing can be overwritten: its own change was kept a moment ago.
        let revision = if is_changed { posted.one(REVISION).parse().ok() } else { Some(proposal.revision) };
        if asked == UNDO {
            // What was typed and not saved yet is the last change.
            if !is_changed {
                let verb = UndoChange { actor: actor.clone(), id, revision, clock };
                self.carry_out_entry(actor, "directory/proposals", verb, None).await?;
            }
            return Ok(String::new());
        }
        let (at, text) = match asked.as_str() {
            STANDARD => (String::new(), String::new()),
            _ => {
                let at = order(&mut process, &asked);
                if process == draft.process {
                    return Ok(at);
                }
                (at, kept(&process)?)
            }
        };
        let verb = ChangeProcess { actor: actor.clone(), id, process: text.clone(), revision, clock };
        proposal.revision = self.carry_out_entry(actor, "directory/proposals", verb, None).await?;
        (proposal.process, proposal.saved_at) = (text, self.clock.now());
        Ok(at)
    }
}

/// The place on the page at which a finding is mended.
fn place_of(process: &Process, field: &str) -> String {
    match field.split_once('.') {
        Some(("stage", id)) => {
            let place = process.stages.iter().position(|stage| stage.id == id);
            place.map_or_else(|| "stages".into(), |place| format!("stage-{place}"))
        }
        _ if matches!(field, "before" | "after") => format!("list-{field}"),
        _ if field == "legal_basis" => "words".into(),
        _ => "stages".into(),
    }
}

fn faults_at(shell: &Shell, findings: &[Item], stage: &str) -> Vec<Fault> {
    let here = |item: &&Item| item.field.strip_prefix("stage.") == Some(stage);
    shell.faults(&invalid(findings.iter().filter(here).cloned().collect()))
}

type Fields = Form<Vec<(String, String)>>;

async fn save(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Form(posted): Fields,
) -> Result<Response, web::Error> {
    let mut proposal = services.own_proposal(&actor, id).await?;
    let here = format!("/directory/proposals/{id}");
    let at = match services.keep_process(&actor, &mut proposal, &posted).await {
        Ok(at) => at,
        // What was typed stays on the page; sending it again keeps it in place of what the other wrote.
        Err(failure) => {
            let refusal = failure.of(&[Kind::Conflict, Kind::TooLarge])?;
            let kind = refusal.kind;
            let process = Posted(&posted).process();
            let draft = Draft { process, is_standard: false, unreadable: None, ..Draft::of(&proposal)? };
            let page = services.process_editor(shell, &proposal, draft, "", Some(refusal)).await?;
            return Ok(stay(kind, page));
        }
    };
    let given = |name: &str| posted.iter().any(|(known, _)| known == name);
    Ok(see_other(&match (given(ORDER), given(LATER)) {
        (true, _) if at.is_empty() => format!("{here}/process"),
        (true, _) => format!("{here}/process?at={at}#{at}"),
        (false, true) => "/directory".into(),
        (false, false) => format!("{here}/check"),
    }))
}

async fn keep(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Form(posted): Fields,
) -> Result<Page<KeptPiece>, web::Error> {
    let mut proposal = services.own_proposal(&actor, id).await?;
    let changed_meanwhile = match services.keep_process(&actor, &mut proposal, &posted).await {
        Ok(_) => false,
        Err(Failure::Refused(refusal)) if refusal.kind == Kind::Conflict => true,
        Err(failure) => return Err(failure.into()),
    };
    Ok(Page(services.kept_piece(shell, &proposal, &posted, changed_meanwhile).await?))
}

impl Services {
    async fn kept_piece(
        &self,
        shell: Shell,
        proposal: &Proposal,
        posted: &[(String, String)],
        changed_meanwhile: bool,
    ) -> Result<KeptPiece, Failure> {
        let posted = Posted(posted);
        let (card, process) = (Draft::of(proposal)?.card, posted.process());
        let findings = self.draft_findings(proposal, &card, &process).await?;
        let stages = process.stages.iter().enumerate();
        let at_stages =
            stages.map(|(place, stage)| (place, faults_at(&shell, &findings, &stage.id))).collect();
        let mut beside = self.beside(&shell, proposal, (&card, &process), findings).await?;
        if changed_meanwhile {
            beside.changed_meanwhile = true;
            beside.revision = posted.one(REVISION).parse().unwrap_or(beside.revision);
        }
        Ok(KeptPiece { beside, at_stages, shell })
    }
}

#[derive(Template)]
#[template(path = "proposal/process/play.html")]
struct PlayPage {
    trail: Vec<Link>,
    name: String,
    /// Whether nothing keeps the draft from being carried out.
    is_whole: bool,
    picture: Picture,
    play: Play,
    action: String,
    shell: Shell,
}

/// The draft played, before anybody is asked to review it.
async fn play(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(asked): Query<PlayAsked>,
) -> Result<Page<PlayPage>, web::Error> {
    let proposal = services.own_proposal(&actor, id).await?;
    Ok(Page(services.play_page(shell, &proposal, &asked).await?))
}

impl Services {
    async fn play_page(
        &self,
        shell: Shell,
        proposal: &Proposal,
        asked: &PlayAsked,
    ) -> Result<PlayPage, Failure> {
        let Draft { card, process, .. } = Draft::of(proposal)?;
        let findings = self.draft_findings(proposal, &card, &process).await?;
        let playing = Playing { card: &card, process: &process, body: proposal.body };
        let (name, here) =
            (proposal.name(shell.lang), format!("/directory/proposals/{}/process", proposal.id));
        Ok(PlayPage {
            trail: vec![Link::new(here.as_str(), shell.t("proposal-part-process"))],
            is_whole: findings.is_empty(),
            picture: Picture::of(&shell, &process, shell.t1("process-picture", "service", name.as_str())),
            play: self.play_of(&shell, playing, asked).await?,
            action: format!("{here}/play"),
            name,
            shell,
        })
    }
}

/// A process that is handed in as a file; what was there before can be had back by undoing it.
async fn take(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    mut parts: Multipart,
) -> Result<Response, web::Error> {
    let proposal = services.own_proposal(&actor, id).await?;
    let mut text = String::new();
    while let Some(part) = parts.next_field().await.map_err(|_| UNREADABLE)? {
        if part.name() == Some("process") {
            text = part.text().await.map_err(|_| UNREADABLE)?;
        }
    }
    let read = reading::process(&text).and_then(|read| read.ok_or(UNREADABLE));
    let outcome = match read {
        Ok(process) => services.replace_process(&actor, id, &process).await,
        Err(refusal) => Err(refusal.into()),
    };
    match outcome {
        Ok(()) => Ok(see_other(&format!("/directory/proposals/{id}/process"))),
        Err(failure) => {
            let refusal = failure.of(&[Kind::Invalid, Kind::Conflict, Kind::TooLarge])?;
            let kind = refusal.kind;
            let draft = Draft::of(&proposal)?;
            Ok(stay(kind, services.process_editor(shell, &proposal, draft, "", Some(refusal)).await?))
        }
    }
}

const UNREADABLE: Refusal = Refusal::new(Kind::Invalid, "directory.process_unreadable", &["LY-SVC-24.1b"]);

impl Services {
    async fn replace_process(&self, actor: &Actor, id: Uuid, process: &Process) -> Result<(), Failure> {
        let (process, clock) = (kept(process)?, self.clock.clone());
        let verb = ChangeProcess { actor: actor.clone(), id, process, revision: None, clock };
        self.carry_out_entry(actor, "directory/proposals", verb, None).await.map(drop)
    }
}

async fn as_toml(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let proposal = services.own_proposal(&actor, id).await?;
    let text = toml::to_string_pretty(&Draft::of(&proposal)?.process).map_err(Failure::from)?;
    Ok(as_file(&proposal, "toml", "application/toml", text))
}

async fn as_json(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let proposal = services.own_proposal(&actor, id).await?;
    let text = kept(&Draft::of(&proposal)?.process)?;
    Ok(as_file(&proposal, "json", "application/json", text))
}

fn as_file(proposal: &Proposal, ending: &str, media_type: &'static str, text: String) -> Response {
    let plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let name: String = proposal.slug.chars().filter(plain).collect();
    let name = if name.is_empty() { "service".to_owned() } else { name };
    attachment(&format!("{name}.process.{ending}"), media_type, text.into())
}
