//! `/drafts/{id}/summary`: everything once more, each answer with the way to change it, and the statement of
//! responsibility (LY-SVC-14.2). Sending is here and nowhere else; sending twice gives the same number.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Kind, Refusal};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use clock::{DAY, Timestamp};
use documents::Document;
use identity::Caller;
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;
use web::{Fault, Form, Page, Path, Shell, components::Field, see_other, stay};

use super::{
    DRAFT_DAYS_MAX, checklist::Requirement, frame::Frame, journey::Stop, open::Opened, page::Whence,
};
use crate::{
    Application, Services,
    entry::words,
    form::{self, FieldKind},
};

#[derive(Template)]
#[template(path = "draft/summary.html")]
struct SummaryPage {
    shell: Shell,
    frame: Frame,
    /// The address as it was typed.
    email: String,
    opened: Opened,
    checklist: Vec<Requirement>,
    groups: Vec<Group>,
    open: Vec<Open>,
    /// Sending was tried.
    tried: bool,
    declared: bool,
}

/// What is still open, and the page on which it is given.
struct Open {
    fault: Fault,
    href: String,
}

/// The answers of one step.
struct Group {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    term: String,
    value: String,
    href: String,
    rows: Option<RowsShown>,
}

/// The rows of a group as a table.
struct RowsShown {
    titles: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl RowsShown {
    fn of(shell: &Shell, field: &form::Field, answer: Option<&Value>) -> Option<RowsShown> {
        let given = answer.filter(|_| field.kind == FieldKind::Rows)?.as_array()?;
        let cell = |column: &form::Field, row: &Value| {
            row.get(&column.key).map(|value| shown(shell, column, Some(value))).unwrap_or_default()
        };
        let row = |row: &Value| field.columns.iter().map(|column| cell(column, row)).collect();
        Some(RowsShown {
            titles: field.columns.iter().map(|column| shell.text(&column.title).to_owned()).collect(),
            rows: given.iter().map(row).collect(),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Declared {
    #[serde(default)]
    declaration: String,
    #[serde(default)]
    email: String,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let opened = services.open_draft(&actor, id).await?;
    if let Some(sent) = opened.sent() {
        return Ok(sent);
    }
    let open = opened.open_items();
    Ok(Page(SummaryPage::new(shell, opened, &open, None)).into_response())
}

pub(super) async fn submit(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Form(declared): Form<Declared>,
) -> Result<Response, web::Error> {
    let opened = services.open_draft(&actor, id).await?;
    if let Some(sent) = opened.sent() {
        return Ok(sent);
    }
    let email = declared.email;
    let declared = declared.declaration == "true";
    let asked = opened.application(declared, email.clone())?;
    let fingerprint = serde_json::to_vec(&(&asked.answers, &opened.draft.documents, asked.entity, &email))?;
    // What arrived and was not confirmed is sent from the same draft once more.
    let key = asked.completes.as_ref().map_or_else(|| id.to_string(), |number| format!("{id}/{number}"));
    let key = services.once(&actor, &format!("drafts/{id}"), key, &fingerprint);
    match services.submit(&actor, asked, Some(key), Some(id)).await {
        Ok(submitted) if submitted.is_delivered() => Ok(see_other(&format!("/drafts/{id}/sent"))),
        Ok(submitted) => Ok(see_other(&format!("/requests/{}", submitted.number))),
        Err(Failure::Refused(refusal)) if is_theirs(&refusal) => {
            let page = SummaryPage::new(shell, opened, &refusal.items, Some(declared));
            let page = SummaryPage { email, ..page };
            Ok(stay(Kind::Invalid, page))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// What can be completed on the pages of the draft.
fn is_theirs(refusal: &Refusal) -> bool {
    matches!(
        refusal.code,
        "request.incomplete"
            | "request.declaration_missing"
            | "request.email_invalid"
            | "request.unconfirmed"
    )
}

impl Opened {
    fn application(&self, declaration: bool, email: String) -> Result<Application, Failure> {
        let documents = self.draft.documents.iter();
        let completes = self.draft.completes.as_ref().map(|number| number.parse()).transpose()?;
        Ok(Application {
            service: self.entry.card.id.clone(),
            answers: Value::Object(self.draft.answers.clone()),
            documents: documents.map(|supplied| (supplied.evidence.clone(), supplied.document)).collect(),
            declaration,
            entity: self.draft.entity,
            email,
            completes,
            keep: false,
        })
    }

    /// Where an answer is changed, and back here.
    fn change_href(&self, field: &str) -> String {
        format!("{}?back=summary#{field}", self.href(self.stop_of(field)))
    }

    fn groups(&self, shell: &Shell) -> Vec<Group> {
        let form = &self.entry.form;
        let row = |key: &String| {
            let field = form.field(key).filter(|_| !self.outcome.hidden.contains(key))?;
            let value = shown(shell, field, self.outcome.answers.get(key));
            // What is computed is changed where it comes from.
            let href = if field.calculated { String::new() } else { self.change_href(key) };
            let rows = RowsShown::of(shell, field, self.outcome.answers.get(key));
            Some(Row { term: shell.text(&field.title).to_owned(), value, href, rows })
        };
        let group = |step: &form::Step| Group {
            title: shell.text(&step.title).to_owned(),
            rows: step.fields.iter().filter_map(row).collect(),
        };
        let mut groups: Vec<Group> = form.steps().iter().map(group).collect();
        groups.retain(|group| !group.rows.is_empty());
        if !self.entry.card.documents.is_empty() {
            groups.push(self.documents_group(shell));
        }
        groups
    }

    fn documents_group(&self, shell: &Shell) -> Group {
        let rows = self.entry.card.documents.iter().map(|evidence| {
            let file =
                |file: &Document| format!("\u{2068}{}\u{2069} · {}", file.name, shell.size(file.bytes));
            let files: Vec<String> = self.files_of(evidence).map(file).collect();
            let value = if files.is_empty() { shell.t("draft-file-none") } else { files.join("\n") };
            let href = self.change_href(&format!("document.{}", evidence.id));
            Row { term: shell.text(&evidence.title).to_owned(), value, href, rows: None }
        });
        Group { title: shell.t("draft-stop-documents"), rows: rows.collect() }
    }
}

/// An answer as a person reads it: a day in words, digits in the reader's script.
fn shown(shell: &Shell, field: &form::Field, answer: Option<&Value>) -> String {
    let Some(answer) = answer.filter(|answer| !answer.is_null()) else {
        return shell.t("draft-not-answered");
    };
    let word = field.shown(answer, shell.lang);
    match field.kind {
        FieldKind::Date => language::day_of(&word).map_or(word, |day| shell.day(Timestamp::noon(day))),
        FieldKind::Number | FieldKind::Whole | FieldKind::Rows => shell.in_digits(word),
        _ => word,
    }
}

impl SummaryPage {
    fn new(shell: Shell, opened: Opened, items: &[authz::Item], tried: Option<bool>) -> SummaryPage {
        let place = |item: &authz::Item| match item.field.as_str() {
            "declaration" | "email" => format!("#{}", item.field),
            field => opened.change_href(field),
        };
        let open =
            items.iter().map(|item| Open { fault: opened.open_fault(item, &shell), href: place(item) });
        SummaryPage {
            open: open.collect(),
            checklist: opened.checklist(&shell),
            groups: opened.groups(&shell),
            frame: opened.frame(&shell, Stop::Summary, &Whence::default()),
            tried: tried.is_some(),
            email: String::new(),
            declared: tried.unwrap_or(false),
            opened,
            shell,
        }
    }

    fn on_behalf(&self) -> Option<String> {
        let parties = &self.opened.parties;
        let entity = self.opened.draft.entity.and_then(|id| parties.entity(id));
        match entity {
            Some(entity) => Some(self.shell.text(&entity.name).to_owned()),
            None => parties.is_choice().then(|| self.shell.t("draft-whom-self")),
        }
    }

    /// When the draft goes, unless somebody types in it again.
    fn expires(&self) -> String {
        self.shell.day(self.opened.draft.saved_at + DAY * DRAFT_DAYS_MAX)
    }

    fn whom_href(&self) -> String {
        match self.opened.parties.is_choice() {
            true => format!("{}?back=summary", self.opened.href(Stop::Whom)),
            false => String::new(),
        }
    }

    fn fee(&self) -> String {
        words::fee(&self.shell, self.opened.entry.card.fee_milli())
    }

    fn working_days(&self) -> String {
        words::working_days(&self.shell, self.opened.entry.card.delivery_working_days)
    }

    /// Where letters about this request go, when not to the address of the account.
    fn email(&self) -> Field {
        let faults: Vec<Fault> = self.open.iter().map(|open| open.fault.clone()).collect();
        Field::email(&self.shell, "email", self.shell.t("draft-email"))
            .hint(self.shell.t("draft-email-hint"))
            .value(self.email.as_str())
            .optional()
            .faults(&faults)
    }

    fn declaration(&self) -> Field {
        let faults: Vec<Fault> = self.open.iter().map(|open| open.fault.clone()).collect();
        let field = Field::tick(&self.shell, "declaration", self.shell.t("draft-declaration"));
        field.value(if self.declared { "true" } else { "" }).faults(&faults)
    }
}

impl Opened {
    fn open_fault(&self, item: &authz::Item, shell: &Shell) -> Fault {
        match item.field.as_str() {
            "email" => Fault {
                field: "email".into(),
                label: shell.t("draft-email"),
                message: shell.t("refusal-item-email"),
            },
            "declaration" => Fault {
                field: "declaration".into(),
                label: String::new(),
                message: shell.t("draft-declaration-required"),
            },
            _ => self.fault(item, shell),
        }
    }
}
