//! The one shape of the pages here: what is known, a list of it, and what may be done, each with its address of its own.

use askama::Template;
use authz::{Failure, Refusal};
use axum::response::Response;
use serde::Deserialize;
use web::{
    Fault, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

/// What was typed into a form, in its order. Ticked boxes of one name come one by one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Typed(pub Vec<(String, String)>);

impl Typed {
    pub(crate) fn one(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, word)| word.trim()).unwrap_or_default()
    }

    pub(crate) fn many(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, word)| word.clone()).collect()
    }

    /// What was typed, or what stands there before anything is.
    pub(crate) fn or(&self, name: &str, otherwise: &str) -> String {
        match self.0.iter().find(|(known, _)| known == name) {
            Some((_, word)) => word.clone(),
            None => otherwise.to_owned(),
        }
    }
}

#[derive(Default)]
pub(crate) struct Table {
    pub caption: String,
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Default)]
pub(crate) struct Row {
    /// How deep it stands in a tree; the page writes it out as well.
    pub level: usize,
    pub href: String,
    pub cells: Vec<String>,
    pub signal: &'static str,
    pub state: String,
    pub acts: Vec<RowAct>,
}

/// Something that may be done to a row, in one press.
pub(crate) struct RowAct {
    pub action: String,
    pub label: String,
    pub sure: String,
}

pub(crate) struct FormView {
    pub title: String,
    pub text: String,
    pub action: String,
    pub fields: Vec<Field>,
    pub submit: String,
    pub kind: &'static str,
}

#[derive(Template)]
#[template(path = "section.html")]
pub(crate) struct Section {
    pub title: String,
    pub tabs_label: String,
    pub tabs: Vec<Link>,
    pub done: String,
    pub intro: String,
    pub facts: Vec<(String, String)>,
    /// Each with its kind of button.
    pub links: Vec<(String, String)>,
    /// Where a filter leads; empty without one.
    pub filter_action: String,
    pub filter: Vec<Field>,
    pub chips: Vec<Link>,
    pub table: Table,
    pub empty_title: String,
    pub empty_text: String,
    pub next: String,
    pub first: String,
    pub forms: Vec<FormView>,
    pub faults: Vec<Fault>,
    pub refusal: Option<Refusal>,
    pub shell: Shell,
}

impl Section {
    pub(crate) fn new(shell: Shell, title: String) -> Section {
        Section {
            tabs_label: shell.t("bodies-places"),
            title,
            tabs: Vec::new(),
            done: String::new(),
            intro: String::new(),
            facts: Vec::new(),
            links: Vec::new(),
            filter_action: String::new(),
            filter: Vec::new(),
            chips: Vec::new(),
            table: Table::default(),
            empty_title: String::new(),
            empty_text: String::new(),
            next: String::new(),
            first: String::new(),
            forms: Vec::new(),
            faults: Vec::new(),
            refusal: None,
            shell,
        }
    }

    /// Ties a refusal to the fields of the forms; what belongs to none of them stands above all.
    pub(crate) fn told(mut self, refusal: Option<Refusal>) -> Section {
        let Some(refusal) = refusal else { return self };
        let faults = self.shell.faults(&refusal);
        for form in &mut self.forms {
            let fields = std::mem::take(&mut form.fields);
            form.fields = fields.into_iter().map(|field| field.faults(&faults)).collect();
            self.faults.extend(
                named(faults.clone(), &form.fields)
                    .into_iter()
                    .filter(|fault| form.fields.iter().any(|field| fault.field == field.name())),
            );
        }
        if self.faults.is_empty() {
            self.refusal = Some(refusal);
        }
        self
    }

    fn has_states(&self) -> bool {
        self.table.rows.iter().any(|row| !row.state.is_empty())
    }

    fn has_acts(&self) -> bool {
        self.table.rows.iter().any(|row| !row.acts.is_empty())
    }
}

/// Where an act leads: on, or back to its page with the reason and all that was typed.
pub(crate) async fn after<T, F>(
    outcome: Result<T, Failure>,
    on: &str,
    page: impl FnOnce(Option<Refusal>) -> F,
) -> Result<Response, web::Error>
where
    F: Future<Output = Result<Section, Failure>>,
{
    match outcome {
        Ok(_) => Ok(see_other(on)),
        Err(failure) => {
            let refusal =
                failure.of(&[authz::Kind::Invalid, authz::Kind::Conflict, authz::Kind::NotAllowed])?;
            let kind = refusal.kind;
            Ok(stay(kind, page(Some(refusal)).await?))
        }
    }
}
