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
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, Link},
    see_other,
};

use super::{
    Expiry, Move, Process, Stage,
    people::{self, SamplePerson},
    picture::Picture,
    show::{Scene, Shown, party_words},
    simulate,
};
use crate::{Services, entry::Card, request::page::words};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/services/{slug}/process", get(show))
        .route("/services/{slug}/process/attest", post(attest))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    version: Option<i64>,
    /// `granted`, `corrected`, `refused` or `silent`: the request that is played.
    path: Option<String>,
    /// The sample person whose request it is.
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

/// A stay of the played request.
struct SceneLine {
    title: String,
    who: String,
    act: String,
    why: String,
    notices: Vec<String>,
    from: String,
    until: String,
    seen: String,
    signal: &'static str,
}

#[derive(Template)]
#[template(path = "process/page.html")]
struct ProcessPage {
    trail: Vec<Link>,
    slug: String,
    service: String,
    version: i64,
    is_in_force: bool,
    legal_basis: String,
    reviewer: String,
    picture: Picture,
    stages: Vec<StageLine>,
    before: Vec<String>,
    after: Vec<String>,
    may_simulate: bool,
    may_attest: bool,
    flaws: Option<Refusal>,
    faults: Vec<Fault>,
    path_field: Field,
    person_field: Field,
    /// What the door asked the sample person, each with whether it let them on.
    door: Vec<(String, bool)>,
    scenes: Vec<SceneLine>,
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
        let path = asked.path.as_deref().and_then(simulate::Path::named);
        let person = asked.person.as_deref().and_then(people::find);
        let door = person.map(|person| door_lines(&shell, person, &shown)).unwrap_or_default();
        let scenes = match path.filter(|_| shown.may_simulate && !shown.process.stages.is_empty()) {
            Some(path) => self.played(&shown, path, person).await?,
            None => Vec::new(),
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
            may_simulate: shown.may_simulate,
            may_attest: shown.may_attest,
            flaws,
            faults,
            path_field: path_field(&shell, path.unwrap_or_default()),
            person_field: person_field(&shell, person),
            door: if path.is_some() && shown.may_simulate { door } else { Vec::new() },
            scenes: scenes.iter().map(|scene| self.scene_line(&shell, scene)).collect(),
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

    fn scene_line(&self, shell: &Shell, scene: &Scene) -> SceneLine {
        let act = scene.act.map(|act| act_word(shell, act)).unwrap_or_default();
        let names: Vec<&str> = scene.who.iter().map(|name| shell.text(name)).collect();
        let holder = party_words(self, &scene.stage, shell.lang);
        let is_end = scene.stage.is_end();
        SceneLine {
            title: shell.text(&scene.stage.title).to_owned(),
            who: if names.is_empty() { holder } else { format!("{holder}: {}", names.join("، ")) },
            why: shell.t(&format!("process-why-{}", scene.why.word())),
            notices: notice_lines(shell, &scene.notices, &holder_of(shell, scene)),
            act: if scene.by_law { shell.t1("process-by-law", "act", act) } else { act },
            from: shell.moment(scene.from),
            until: if is_end { String::new() } else { shell.moment(scene.until) },
            seen: words::state_word(shell, scene.stage.state),
            signal: words::signal(scene.stage.state),
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

fn path_field(shell: &Shell, chosen: simulate::Path) -> Field {
    let choices = simulate::Path::ALL
        .into_iter()
        .map(|path| Choice::new(path.word(), shell.t(&format!("process-path-{}", path.word()))));
    Field::select(shell, "path", shell.t("process-path"), choices.collect()).value(chosen.word())
}

fn person_field(shell: &Shell, chosen: Option<&SamplePerson>) -> Field {
    let choices = people::all().iter().map(|person| {
        let label =
            shell.t2("process-person", "name", shell.text(&person.name), "told", shell.text(&person.told));
        Choice::new(person.id.as_str(), label)
    });
    let field = Field::select(shell, "person", shell.t("process-play-person"), choices.collect());
    field.optional().value(chosen.map(|person| person.id.as_str()).unwrap_or_default())
}

fn door_lines(shell: &Shell, person: &SamplePerson, shown: &Shown) -> Vec<(String, bool)> {
    let line = |asked: people::Answered| match asked.refusal {
        None => (shell.t(&format!("process-door-{}", asked.question)), true),
        Some(refusal) => (shell.refusal(&refusal), false),
    };
    person.at_the_door(&shown.version_row.card).into_iter().map(line).collect()
}

/// Who holds the request at a scene, as its applicant reads it.
fn holder_of(shell: &Shell, scene: &Scene) -> String {
    shell.text(&scene.stage.holder).to_owned()
}

fn notice_lines(shell: &Shell, notices: &[simulate::Notice], holder: &str) -> Vec<String> {
    let line = |notice: &simulate::Notice| {
        let who = if notice.to_applicant { shell.t("process-edit-applicant") } else { holder.to_owned() };
        let what = shell.t(&format!("notice-{}-name", notice.key));
        shell.t2("process-told", "who", who, "what", what)
    };
    notices.iter().map(line).collect()
}
