//! The editor of one output's letter: both languages on one side, the paper with sample values on the other.
//!
//! Everything that is done to a letter is one form with several buttons; what is not accepted comes back on the same
//! page with everything that was typed.

use std::sync::Arc;

use askama::Template as Askama;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use compliance::Door;
use identity::Caller;
use language::{Lang, Text};
use print::{Composed, Paper, PressError};
use serde::Deserialize;
use web::{Fault, Form, Page, Path, Query, Shell, components::Link, see_other, stay};

use super::{
    list::href,
    shown::{Signal, signal},
};
use crate::{
    Services,
    entry::{Entry, Output, directory::Provider},
    template::{
        Template, TemplateState, decide::Decide, flawed, places, put_to_use::PutToUse, refused, resource,
        sample, save::Save, submit::Submit, table, values::COMMON,
    },
};

/// Versions that the editor lists.
const VERSIONS_MAX: i64 = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    version: Option<i64>,
    done: Option<String>,
}

/// What the form posts.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Posted {
    #[serde(default)]
    act: String,
    #[serde(default)]
    ar: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    remarks: String,
    /// Empty for a letter that nobody has written yet.
    #[serde(default)]
    revision: String,
    #[serde(default)]
    version: String,
}

struct Place {
    name: String,
    about: String,
}

struct Version {
    href: String,
    number: String,
    signal: Signal,
    when: String,
    is_shown: bool,
}

#[derive(Askama)]
#[template(path = "template/page/editor.html")]
struct EditorPage {
    trail: Vec<Link>,
    title: String,
    service: String,
    action: String,
    notice: String,
    signal: Signal,
    version: String,
    version_number: i64,
    revision: String,
    letter: Text,
    remarks: String,
    remarks_typed: String,
    standard: String,
    places: Vec<Place>,
    versions: Vec<Version>,
    may_write: bool,
    may_agree: bool,
    may_use: bool,
    composed: Composed,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

#[derive(Askama)]
#[template(path = "template/page/preview.html")]
struct Preview {
    title: String,
    composed: Composed,
    faults: Vec<Fault>,
    shell: Shell,
}

/// The output that a page is about, with its letter.
struct Opened {
    entry: Arc<Entry>,
    output: Output,
    provider: Arc<Provider>,
    /// The version on the screen; nothing while nobody has written one.
    shown: Option<Template>,
    may: May,
}

#[derive(Clone, Copy)]
struct May {
    write: bool,
    agree: bool,
    put_to_use: bool,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((service, output)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let opened = services.open_letter(&actor, &service, &output, asked.version).await?;
    let letter = opened.letter();
    let page = services.editor(shell, opened, letter, &asked, None).await?;
    Ok(Page(page).into_response())
}

pub(super) async fn post(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((service, output)): Path<(String, String)>,
    Form(posted): Form<Posted>,
) -> Result<Response, web::Error> {
    let opened = services.open_letter(&actor, &service, &output, posted.version()).await?;
    let back = href(&service, &output);
    let outcome = services.act_on_letter(&actor, &opened, &posted).await;
    let subject = format!("template/{service}/{output}");
    let refusal = match services.noted(&actor, &subject, outcome).await {
        Ok(()) if posted.act == "preview" => None,
        Ok(()) => return Ok(see_other(&format!("{back}?done={}", posted.act))),
        Err(failure) => Some(failure.mendable()?),
    };
    let kind = refusal.as_ref().map(|refusal| refusal.kind);
    let letter = if opened.may.write { posted.letter() } else { opened.letter() };
    let asked = Asked { version: posted.version(), done: None };
    let mut page = services.editor(shell, opened, letter, &asked, refusal).await?;
    page.remarks_typed = posted.remarks;
    Ok(stay(kind, page))
}

/// The paper alone, while somebody types.
pub(super) async fn preview(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((service, output)): Path<(String, String)>,
    Form(posted): Form<Posted>,
) -> Result<Response, web::Error> {
    let opened = services.open_letter(&actor, &service, &output, None).await?;
    let (composed, faults) = match services.tried(&service, &posted.letter()).await? {
        Ok(composed) => (composed, Vec::new()),
        Err(items) => (Composed::default(), shell.faults(&flaws(items))),
    };
    let title = shell.text(&opened.output.title).to_owned();
    Ok(Page(Preview { title, composed, faults, shell }).into_response())
}

/// The version on its paper, with sample values, as it would be issued; it carries no seal and says so.
pub(super) async fn sample_pdf(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path((service, output)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let opened = services.open_letter(&actor, &service, &output, asked.version).await?;
    let pdf = services.sample_paper(&opened).await?;
    let headers = [(header::CONTENT_TYPE, "application/pdf"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, pdf).into_response())
}

impl Posted {
    fn revision(&self) -> Option<i64> {
        self.revision.parse().ok()
    }

    fn version(&self) -> Option<i64> {
        self.version.parse().ok()
    }

    /// Browsers end lines with two signs; a letter has one.
    fn letter(&self) -> Text {
        Text::new(self.ar.replace("\r\n", "\n"), self.en.replace("\r\n", "\n"))
    }
}

impl Opened {
    /// What is written, or the words of the card with their places in the way of letters.
    fn letter(&self) -> Text {
        let begun = |lang: Lang| self.output.text.get(lang).replace('{', "{{ ").replace('}', " }}");
        self.shown
            .as_ref()
            .map_or_else(|| Text::new(begun(Lang::Ar), begun(Lang::En)), |shown| shown.letter.clone())
    }
}

fn flaws(items: Vec<authz::Item>) -> Refusal {
    Refusal::new(Kind::Invalid, "template.flawed", &["LY-SVC-10.2"]).with_items(items)
}

impl Services {
    async fn open_letter(
        &self,
        actor: &Actor,
        service: &str,
        output: &str,
        version: Option<i64>,
    ) -> Result<Opened, Failure> {
        let entry = self.directory.entry(service).ok_or_else(Refusal::not_found)?;
        let part =
            entry.card.outputs.iter().find(|part| part.id == output).ok_or_else(Refusal::not_found)?.clone();
        let provider = self.directory.provider(entry.body).ok_or_else(Refusal::not_found)?;
        let sql = self.store.read();
        let mut versions = table::versions(&sql, service, output, VERSIONS_MAX).await?;
        let newest = versions.first().map(|newest| newest.version);
        versions.retain(|known| version.or(newest) == Some(known.version));
        let shown = versions.pop();
        if version.is_some() && shown.is_none() {
            return Err(Refusal::not_found().into());
        }
        let author = shown.as_ref().map_or(actor.person, |shown| shown.author);
        let resource = resource(&sql, entry.body, &href(service, output), author).await?;
        let may = |action| self.policies.decide("services", actor, action, &resource).permitted;
        if !may("template_view") {
            return Err(Refusal::not_found().into());
        }
        let is_newest = shown.as_ref().map(|shown| shown.version) == newest;
        let state = shown.as_ref().map(|shown| shown.state);
        let may = May {
            write: is_newest && state != Some(TemplateState::Pending) && may("template_write"),
            agree: state == Some(TemplateState::Pending) && may("template_agree"),
            put_to_use: state == Some(TemplateState::Agreed) && may("template_use"),
        };
        Ok(Opened { entry, output: part, provider, shown, may })
    }

    async fn act_on_letter(&self, actor: &Actor, opened: &Opened, posted: &Posted) -> Result<(), Failure> {
        match posted.act.as_str() {
            "preview" => self.compose_or_refuse(opened, posted).await,
            "save" => self.save_letter(actor, opened, posted).await.map(drop),
            "submit" => {
                self.compose_or_refuse(opened, posted).await?;
                let id = self.save_letter(actor, opened, posted).await?;
                let saved = self.template(actor, id).await?;
                let (policies, clock) = (self.policies.clone(), self.clock.clone());
                let revision = saved.revision;
                self.store.write(Submit { actor: actor.clone(), id, revision, policies, clock }).await
            }
            "agree" | "return" => self.decide_letter(actor, opened, posted).await,
            "use" => {
                let id = opened.shown.as_ref().ok_or_else(Refusal::not_found)?.id;
                let (policies, clock) = (self.policies.clone(), self.clock.clone());
                self.store.write(PutToUse { actor: actor.clone(), id, policies, clock }).await
            }
            _ => Err(Refusal::not_found().into()),
        }
    }

    async fn compose_or_refuse(&self, opened: &Opened, posted: &Posted) -> Result<(), Failure> {
        self.tried(&opened.entry.card.id, &posted.letter()).await?.map(drop).map_err(refused)
    }

    async fn save_letter(
        &self,
        actor: &Actor,
        opened: &Opened,
        posted: &Posted,
    ) -> Result<uuid::Uuid, Failure> {
        let save = Save {
            actor: actor.clone(),
            service: opened.entry.card.id.clone(),
            output: opened.output.id.clone(),
            body: opened.entry.body,
            letter: posted.letter(),
            revision: posted.revision(),
            policies: self.policies.clone(),
            clock: self.clock.clone(),
        };
        self.store.write(save).await
    }

    async fn decide_letter(&self, actor: &Actor, opened: &Opened, posted: &Posted) -> Result<(), Failure> {
        let shown = opened.shown.as_ref().ok_or_else(Refusal::not_found)?;
        let decide = Decide {
            actor: actor.clone(),
            id: shown.id,
            revision: posted.revision().unwrap_or(shown.revision),
            remarks: (posted.act == "return").then(|| posted.remarks.trim().to_owned()),
            policies: self.policies.clone(),
            clock: self.clock.clone(),
        };
        self.store.write(decide).await
    }

    async fn sample_paper(&self, opened: &Opened) -> Result<Vec<u8>, Failure> {
        let at = self.clock.now();
        let date = |lang| opened.provider.both_dates(at, lang);
        let paper = Paper {
            body: opened.provider.name.clone(),
            title: opened.output.title.clone(),
            number: "26-0000-0000-98".into(),
            date: Text::new(date(Lang::Ar), date(Lang::En)),
            verify: format!("{}/verify", self.public_address),
            ledger: self.texts.both("template-sample-note"),
            ..Paper::default()
        };
        let values = sample(self, &opened.entry)?;
        match self.press.print(&opened.letter(), &values, paper, at).await {
            Ok(pdf) => Ok(pdf),
            Err(PressError::Flaw(flaw)) => Err(refused(vec![flawed(&flaw)])),
            Err(error) => Err(error.into()),
        }
    }

    async fn editor(
        &self,
        shell: Shell,
        opened: Opened,
        letter: Text,
        asked: &Asked,
        refusal: Option<Refusal>,
    ) -> Result<EditorPage, Failure> {
        let (service, output) = (opened.entry.card.id.clone(), opened.output.id.clone());
        let versions = table::versions(&self.store.read(), &service, &output, VERSIONS_MAX).await?;
        let composed = self.tried(&service, &letter).await?.unwrap_or_default();
        let shown = opened.shown.as_ref();
        let text = |pick: fn(&Template) -> String| shown.map(pick).unwrap_or_default();
        Ok(EditorPage {
            trail: vec![
                Link::new("/desk", shell.t("desk-title")),
                Link::new("/templates", shell.t("template-list-title")),
            ],
            title: shell.text(&opened.output.title).to_owned(),
            service: shell.text(&opened.entry.card.name).to_owned(),
            action: href(&service, &output),
            notice: notice(&shell, asked.done.as_deref()),
            signal: signal(&shell, shown),
            version: shown.map(|shown| shell.num(shown.version)).unwrap_or_default(),
            version_number: shown.map_or(0, |shown| shown.version),
            revision: text(|shown| shown.revision.to_string()),
            remarks: text(|shown| shown.remarks.clone()),
            remarks_typed: String::new(),
            standard: text(|shown| shown.standard.clone()),
            letter,
            places: self.places(&shell, &opened.entry),
            versions: versions.iter().map(|version| self.version(&shell, version, shown)).collect(),
            may_write: opened.may.write,
            may_agree: opened.may.agree,
            may_use: opened.may.put_to_use && shown.is_some_and(|shown| shown.used_from.is_none()),
            composed,
            faults: refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default(),
            refusal,
            shell,
        })
    }

    fn version(&self, shell: &Shell, version: &Template, shown: Option<&Template>) -> Version {
        Version {
            href: format!("{}?version={}", href(&version.service, &version.output), version.version),
            number: shell.num(version.version),
            signal: signal(shell, Some(version)),
            when: shell.day(version.decided_at.unwrap_or(version.saved_at)),
            is_shown: shown.is_some_and(|shown| shown.id == version.id),
        }
    }

    /// What may stand in a letter, with words that say what it becomes.
    fn places(&self, shell: &Shell, entry: &Entry) -> Vec<Place> {
        let about = |name: &str| match entry.form.field(name) {
            Some(field) if !COMMON.contains(&name) => shell.text(&field.title).to_owned(),
            _ => shell.t(&format!("template-place-{}", name.replace('_', "-"))),
        };
        places(entry).into_iter().map(|name| Place { about: about(&name), name }).collect()
    }
}

fn notice(shell: &Shell, done: Option<&str>) -> String {
    match done {
        Some(act @ ("save" | "submit" | "agree" | "return" | "use")) => {
            shell.t(&format!("template-done-{act}"))
        }
        _ => String::new(),
    }
}
