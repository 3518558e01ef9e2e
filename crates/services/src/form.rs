//! An electronic form: a JSON Schema (2020-12) with what a page needs beside it.
//!
//! One schema serves the page, the API and the check at submission (LY-SVC-7.1a, 13.2a). The extensions are few:
//! `x-en` (English words), `x-steps` (which fields stand together), `x-widget`, `x-personal` and `x-legal-basis`
//! (LY-SVC-6.4a). Rules are CEL, see `ruling.rs`: `x-when`, `x-calculate`, `x-check`; `x-source` names what is known
//! already, `x-paper` the paper forms that it stands for.

pub(crate) mod api;
pub(crate) mod approval;
mod ask;
pub(crate) mod asked;
mod changes;
pub(crate) mod check;
mod fault;
pub(crate) mod field;
pub(crate) mod group;
pub(crate) mod paper;
pub(crate) mod preview;
pub(crate) mod read;
pub(crate) mod ruling;
pub(crate) mod script;
mod standard;
pub(crate) mod table;
#[cfg(test)]
mod tests;

use authz::{Failure, Kind, Refusal};
use language::Text;
use serde_json::Value;

pub use changes::{Change, How, changes};
pub(crate) use check::key_of;
pub use field::{Choice, Field, FieldKind};
pub use standard::STANDARD;

/// A step of the form: fields that stand on one page.
#[derive(Clone, Debug)]
pub struct Step {
    pub id: String,
    pub title: Text,
    pub fields: Vec<String>,
}

/// A form that parsed, compiled, and says what it asks and why.
pub struct Form {
    source: String,
    schema: Value,
    validator: jsonschema::Validator,
    fields: Vec<Field>,
    steps: Vec<Step>,
    ruling: ruling::Ruling,
    papers: Vec<paper::Paper>,
}

impl std::fmt::Debug for Form {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Form").field("fields", &self.fields.len()).finish()
    }
}

/// Bytes of a form's schema.
pub const FORM_BYTES_MAX: usize = 512 * 1024;

impl Form {
    /// Refuses a schema that does not compile, that has no field, or that asks for personal data without a law.
    pub fn parse(source: &str) -> Result<Form, Failure> {
        if source.trim().is_empty() || source.trim() == "null" {
            return Err(Refusal::new(Kind::Conflict, "forms.required", &["LY-SVC-12.2"]).into());
        }
        if source.len() > FORM_BYTES_MAX {
            return Err(Refusal::new(Kind::TooLarge, "form.too_large", &[]).into());
        }
        let schema: Value = serde_json::from_str(source)
            .map_err(|error| invalid("json", &format!("{}:{}", error.line(), error.column())))?;
        let validator = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .map_err(|error| INVALID.with_items(vec![fault::of_schema(&error)]))?;
        let fields = field::fields(&schema);
        let steps = steps(&schema, &fields)?;
        let ruling = ruling::Ruling::of(&schema, &fields)?;
        let papers = paper::papers(&schema);
        let form = Form { source: source.to_owned(), schema, validator, fields, steps, ruling, papers };
        form.check_legal_basis()?;
        Ok(form)
    }

    fn check_legal_basis(&self) -> Result<(), Refusal> {
        let all = self.fields.iter().flat_map(|field| std::iter::once(field).chain(&field.columns));
        let bare = all.into_iter().find(|field| field.personal && field.legal_basis.is_none());
        match bare {
            None => Ok(()),
            Some(field) => Err(Refusal::new(Kind::Invalid, "forms.legal_basis_missing", &["LY-SVC-6.4a"])
                .with_item(&field.key, "legal_basis", "")),
        }
    }

    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn schema(&self) -> &Value {
        &self.schema
    }

    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The question that a path names: `city`, or `floors.2.area`.
    pub fn field_at(&self, path: &str) -> Option<&Field> {
        match path.split_once('.') {
            None => self.field(path),
            Some((group, rest)) => self.field(group)?.column(rest.rsplit('.').next()?),
        }
    }

    /// What the question at a path is called; in a group with its row: `الطوابق، 3: المساحة`.
    pub(crate) fn title_at(&self, path: &str, shell: &web::Shell) -> String {
        let Some(field) = self.field(key_of(path)) else { return String::new() };
        let title = shell.text(&field.title).to_owned();
        let mut parts = path.split('.').skip(1);
        let row = parts.next().and_then(|row| row.parse::<i64>().ok());
        match (row, parts.next().and_then(|key| field.column(key))) {
            (Some(row), Some(column)) => {
                let cell = shell.t2("form-cell", "group", title.as_str(), "row", row + 1);
                format!("{cell}: {}", shell.text(&column.title))
            }
            _ => title,
        }
    }

    pub(crate) fn ruling(&self) -> &ruling::Ruling {
        &self.ruling
    }

    pub(crate) fn papers(&self) -> &[paper::Paper] {
        &self.papers
    }

    pub(crate) fn validator(&self) -> &jsonschema::Validator {
        &self.validator
    }

    /// The complete valid answer that the form gives as its example.
    pub fn example(&self) -> Option<&Value> {
        self.schema.get("examples")?.get(0)
    }
}

const INVALID: Refusal = Refusal::new(Kind::Invalid, "form.invalid", &["LY-SVC-13.2a"]);

fn invalid(code: &str, detail: &str) -> Refusal {
    INVALID.with_item("form", code, detail)
}

/// Every field stands in exactly one step; a form that names no steps is one step.
fn steps(schema: &Value, fields: &[Field]) -> Result<Vec<Step>, Refusal> {
    let Some(listed) = schema.get("x-steps").and_then(Value::as_array) else {
        let fields = fields.iter().map(|field| field.key.clone()).collect();
        return Ok(vec![Step { id: "form".into(), title: field::title_of(schema), fields }]);
    };
    let steps: Vec<Step> = listed.iter().map(step).collect();
    for field in fields {
        let times = steps.iter().flat_map(|step| &step.fields).filter(|key| **key == field.key).count();
        if times != 1 {
            return Err(invalid("one_step", &field.key));
        }
    }
    Ok(steps)
}

fn step(value: &Value) -> Step {
    let keys = value.get("properties").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Step {
        id: value.get("id").and_then(Value::as_str).unwrap_or("form").to_owned(),
        title: field::title_of(value),
        fields: keys.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
    }
}
