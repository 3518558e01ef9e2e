//! `/desk/assisted`: who is here, why, and that they agree; then the service's own form, filled for them.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, State as Extract},
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Caller;
use serde_json::{Map, Value};
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{Assisted, IDENTIFIED_CHARACTERS_MAX, REASON_CHARACTERS_MAX, begin::Said, present, table};
use crate::{
    Application, Services, UPLOAD_BYTES_MAX,
    entry::Entry,
    request::page::correct::{accepted, on_page, posted::Posted, several},
    task::queue::desks,
};

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/desk/assisted", get(show).post(begin))
        .route("/desk/assisted/{id}", get(form).post(enter))
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX))
}

#[derive(Template)]
#[template(path = "assisted/begin.html")]
struct BeginPage {
    trail: Vec<Link>,
    fields: Vec<Field>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

/// A file that was taken before something else was refused.
struct Kept {
    name: String,
    value: String,
    file: String,
}

struct Group {
    title: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "assisted/form.html")]
struct FormPage {
    trail: Vec<Link>,
    here: String,
    service: String,
    applicant: String,
    identifier: String,
    identified_by: String,
    groups: Vec<Group>,
    kept: Vec<Kept>,
    declaration: Field,
    /// Something is missing that its applicant may complete later (LY-SVC-15.3a).
    may_keep: bool,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<BeginPage>, web::Error> {
    if !desks(&actor).iter().any(|desk| desk.role == "officer") {
        return Err(Refusal::new(Kind::NotAllowed, "assisted.officers_only", &["LY-SVC-13.1"]).into());
    }
    Ok(Page(services.begin_page(&actor, shell, &Said::default(), None)))
}

async fn begin(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let word = |name: &str| {
        let pair = posted.iter().find(|(known, _)| known == name);
        pair.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let said = Said {
        service: word("service"),
        identifier: word("identifier"),
        identified_by: word("identified_by"),
        reason: word("reason"),
        consent: word("consent") == "true",
    };
    match services.begin_assisted(&actor, &said).await {
        Ok(id) => Ok(see_other(&format!("/desk/assisted/{id}"))),
        Err(failure) => {
            let refusal = failure.invalid()?;
            let page = services.begin_page(&actor, shell, &said, Some(refusal));
            Ok(stay(Kind::Invalid, page))
        }
    }
}

async fn form(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let begun = services.begun_entry(&actor, id).await?;
    if let Some(number) = &begun.assisted.number {
        return Ok(see_other(&format!("/desk/{number}")));
    }
    Ok(Page(form_page(shell, &begun, &Map::new(), &[], None)).into_response())
}

async fn enter(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    form: Multipart,
) -> Result<Response, web::Error> {
    let begun = services.begun_entry(&actor, id).await?;
    let posted = services.read_correction(&present(&begun.applicant), form).await?;
    Ok(services.entered_page(&actor, shell, begun, posted).await?)
}

/// An entry that was begun, with what its page needs.
struct Begun {
    assisted: Assisted,
    applicant: identity::Person,
    entry: Arc<Entry>,
}

impl Services {
    fn begin_page(&self, actor: &Actor, shell: Shell, said: &Said, refusal: Option<Refusal>) -> BeginPage {
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let sits = |body: Uuid| actor.holds("officer", body);
        let entries = self.directory.entries();
        let mut choices: Vec<Choice> = entries
            .iter()
            .filter(|entry| sits(entry.body))
            .map(|entry| Choice::new(entry.card.id.clone(), shell.text(&entry.card.name)))
            .collect();
        choices.sort_by(|a, b| a.label.cmp(&b.label));
        let fields = vec![
            Field::select(&shell, "service", shell.t("desk-service"), choices).value(said.service.as_str()),
            Field::text(&shell, "identifier", shell.t("assisted-identifier"))
                .value(said.identifier.as_str())
                .attribute("inputmode", "numeric")
                .short(),
            Field::text(&shell, "identified_by", shell.t("assisted-identified-by"))
                .hint(shell.t("assisted-identified-by-hint"))
                .attribute("maxlength", &IDENTIFIED_CHARACTERS_MAX.to_string())
                .value(said.identified_by.as_str()),
            Field::area(&shell, "reason", shell.t("assisted-reason"))
                .rows(2)
                .hint(shell.t("assisted-reason-hint"))
                .attribute("maxlength", &REASON_CHARACTERS_MAX.to_string())
                .value(said.reason.as_str()),
            Field::tick(&shell, "consent", shell.t("assisted-consent")).value(if said.consent {
                "true"
            } else {
                ""
            }),
        ];
        let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
        BeginPage {
            trail: vec![Link::new("/desk", shell.t("desk-title"))],
            faults: named(faults, &fields),
            fields,
            refusal,
            shell,
        }
    }

    /// «أدخل هذا الطلب الموظف …»; empty where its applicant entered it.
    pub(crate) async fn assisted_mark(
        &self,
        shell: &Shell,
        number: &crate::request::RequestNumber,
    ) -> Result<String, Failure> {
        let sql = self.store.read();
        let Some(assisted) = table::of_number(&sql, number.as_str()).await? else {
            return Ok(String::new());
        };
        let officer = identity::person(&sql, assisted.officer).await?;
        let officer = officer.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default();
        Ok(shell.t2("assisted-mark", "officer", officer, "reason", assisted.reason))
    }

    async fn begun_entry(&self, actor: &Actor, id: Uuid) -> Result<Begun, Failure> {
        let sql = self.store.read();
        let assisted = table::own(&sql, actor.person, id).await?.ok_or_else(Refusal::not_found)?;
        let applicant = identity::person(&sql, assisted.applicant).await?.ok_or_else(Refusal::not_found)?;
        let entry = self.directory.entry_by_id(assisted.entry).ok_or_else(Refusal::not_found)?;
        Ok(Begun { assisted, applicant, entry })
    }

    async fn entered_page(
        &self,
        actor: &Actor,
        shell: Shell,
        begun: Begun,
        posted: Posted,
    ) -> Result<Response, Failure> {
        let mut answers = Map::new();
        let keys: Vec<String> = begun.entry.form.fields().iter().map(|field| field.key.clone()).collect();
        begun.entry.form.read_fields(&keys, &posted.words, &mut answers);
        let kept = self.kept_files(&present(&begun.applicant), &posted).await?;
        let refusal = match posted.refusal {
            Some(refusal) => refusal,
            None => {
                let declared = |(name, value): &(String, String)| name == "declaration" && value == "true";
                let asked = Application {
                    service: begun.entry.card.id.clone(),
                    answers: Value::Object(answers.clone()),
                    documents: kept.iter().map(|(evidence, id, _)| (evidence.clone(), *id)).collect(),
                    declaration: posted.words.iter().any(declared),
                    keep: posted.words.iter().any(|(name, value)| name == "keep" && value == "true"),
                    ..Application::default()
                };
                let entered =
                    self.enter_assisted(actor, begun.assisted.clone(), &begun.applicant, asked).await;
                match entered {
                    Ok(submitted) => return Ok(see_other(&format!("/desk/{}", submitted.number))),
                    Err(Failure::Refused(refusal)) if on_page(&refusal) => refusal,
                    Err(failure) => return Err(failure),
                }
            }
        };
        let page = form_page(shell, &begun, &answers, &kept, Some(refusal));
        Ok(stay(Kind::Invalid, page))
    }
}

fn form_page(
    shell: Shell,
    begun: &Begun,
    answers: &Map<String, Value>,
    kept: &[(String, Uuid, String)],
    refusal: Option<Refusal>,
) -> FormPage {
    let Begun { assisted, applicant, entry } = begun;
    let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
    let groups = groups(&shell, entry, answers, kept, &faults);
    let declaration = Field::tick(&shell, "declaration", shell.t("assisted-declaration")).faults(&faults);
    let mut known: Vec<Field> = groups.iter().flat_map(|group| group.fields.clone()).collect();
    known.push(declaration.clone());
    FormPage {
        trail: vec![
            Link::new("/desk", shell.t("desk-title")),
            Link::new("/desk/assisted", shell.t("assisted-title")),
        ],
        here: format!("/desk/assisted/{}", assisted.id),
        service: shell.text(&entry.card.name).to_owned(),
        applicant: shell.text(&applicant.name).to_owned(),
        identifier: shell.in_digits(applicant.identifier.clone()),
        identified_by: assisted.identified_by.clone(),
        kept: kept
            .iter()
            .map(|(evidence, id, name)| Kept {
                name: format!("kept.{evidence}"),
                value: id.to_string(),
                file: name.clone(),
            })
            .collect(),
        faults: named(faults, &known),
        groups,
        declaration,
        may_keep: refusal.as_ref().is_some_and(|refusal| refusal.code == "request.incomplete"),
        refusal,
        shell,
    }
}

/// The questions of the form as its steps have them, then the documents.
fn groups(
    shell: &Shell,
    entry: &Entry,
    answers: &Map<String, Value>,
    kept: &[(String, Uuid, String)],
    faults: &[Fault],
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for step in entry.form.steps() {
        let fields = step.fields.iter().filter_map(|key| entry.form.field(key));
        let fields = fields.map(|field| field.asked(shell, answers.get(&field.key)).faults(faults));
        groups.push(Group { title: shell.text(&step.title).to_owned(), fields: fields.collect() });
    }
    let files: Vec<Field> = entry
        .card
        .documents
        .iter()
        .map(|evidence| {
            let name = format!("document.{}", evidence.id);
            let field = Field::file(shell, &name, shell.text(&evidence.title), &accepted()).faults(faults);
            let field = several(field, Some(evidence));
            let there = kept.iter().any(|(known, ..)| *known == evidence.id);
            if evidence.required && !there { field } else { field.optional() }
        })
        .collect();
    if !files.is_empty() {
        groups.push(Group { title: shell.t("request-documents"), fields: files });
    }
    groups
}
