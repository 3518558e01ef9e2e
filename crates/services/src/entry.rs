//! A service's entry in the directory: its card, its form, and the state of both.
//!
//! The card is the executable contract of the service: the form, the checks, the clock, the acknowledgement and
//! the output read it, so that what people are told and what happens cannot drift apart (LY-SVC-1.14).

pub(crate) mod api;
pub(crate) mod authority;
pub(crate) mod carry_out;
pub(crate) mod changes;
pub(crate) mod clarity;
pub(crate) mod classify;
pub(crate) mod cpsv;
pub(crate) mod desk;
pub(crate) mod directory;
pub(crate) mod maturity;
pub(crate) mod merge;
pub(crate) mod page;
pub(crate) mod publish;
pub(crate) mod reading;
pub(crate) mod register;
pub(crate) mod search;
pub(crate) mod send_back;
pub(crate) mod standing;
pub(crate) mod suspend;
pub(crate) mod table;
pub(crate) mod tell;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod version;
pub(crate) mod words;

use authz::{Item, Kind, Refusal};
use clock::Timestamp;
use language::Text;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{form::Form, process::Process};
pub use standing::EntryState;

/// Everything that the directory says of a service, in both languages.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Stable and readable: `residence-certificate`.
    pub id: String,
    /// The provider's slug.
    pub body: String,
    /// Information alone is shown without a way to apply (LY-SVC-1.10).
    #[serde(default)]
    pub delivery: Delivery,
    pub audience: Vec<String>,
    pub themes: Vec<String>,
    pub life_events: Vec<String>,
    pub maturity: String,
    pub assurance: String,
    pub classification: String,
    pub delivery_working_days: Option<u32>,
    /// Calendar days in which a refusal may be appealed; absent, what holds for everybody.
    #[serde(default)]
    pub appeal_days: Option<u32>,
    /// A paper copy of the outputs is sent by post to whoever asks (LY-SVC-18.5a).
    #[serde(default)]
    pub copy_by_post: bool,
    #[serde(default)]
    pub documents_none: bool,
    pub name: Text,
    pub summary: Text,
    pub description: Text,
    pub keywords: Keywords,
    pub legal_basis: Text,
    pub conditions: Vec<Text>,
    pub rights: Vec<Text>,
    pub obligations: Vec<Text>,
    pub complaint: Text,
    pub contact: Contact,
    /// Whom a change of the service concerns, and how each is told of it (LY-SVC-1.09).
    pub stakeholders: Vec<Stakeholder>,
    /// The provider's own text, with `{number}`, `{delivered_at}` and `{due_at}` (LY-SVC-15.2).
    pub acknowledgement: Text,
    pub fee: Option<Fee>,
    #[serde(default, rename = "document")]
    pub documents: Vec<Evidence>,
    #[serde(default, rename = "stage")]
    pub stages: Vec<Stage>,
    #[serde(default, rename = "output")]
    pub outputs: Vec<Output>,
}

/// What the directory offers: something that is applied for here, or knowledge of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    #[default]
    EService,
    Information,
}

impl Delivery {
    pub fn word(self) -> &'static str {
        match self {
            Delivery::EService => "e_service",
            Delivery::Information => "information",
        }
    }
}

/// Somebody whom a change concerns: a public body, or others who are reached by e-mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stakeholder {
    #[serde(flatten)]
    pub name: Text,
    /// A body's slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Not shown to the public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Keywords {
    pub ar: Vec<String>,
    pub en: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Contact {
    pub phone: String,
    pub address: Text,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fee {
    /// Thousandths of a dinar; zero is free.
    pub amount_milli: u64,
    pub note: Text,
}

/// A document that the applicant supplies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Evidence {
    pub id: String,
    pub required: bool,
    pub title: Text,
    pub help: Text,
    /// Files that may stand for it together: the pages of a contract, several photographs.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub files_max: u32,
}

/// Files that one document may have at most, whatever its card says.
pub const FILES_PER_EVIDENCE_MAX: u32 = 20;

fn one() -> u32 {
    1
}

fn is_one(files: &u32) -> bool {
    *files == 1
}

impl Evidence {
    pub fn files_max(&self) -> u32 {
        self.files_max.clamp(1, FILES_PER_EVIDENCE_MAX)
    }
}

/// A step that the applicant sees, and who holds the request in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stage {
    pub id: String,
    pub title: Text,
    pub holder: Text,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Output {
    pub id: String,
    pub kind: OutputKind,
    pub title: Text,
    /// The words of the issued document, with placeholders.
    pub text: Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutputKind {
    /// A certificate or an extract.
    Document,
    /// Something that the provider does; the applicant is told what (LY-SVC-18.2).
    Measure,
    /// A decision with a number and a date (LY-SVC-18.3).
    AdministrativeAct,
}

impl OutputKind {
    pub fn word(self) -> &'static str {
        match self {
            OutputKind::Document => "document",
            OutputKind::Measure => "measure",
            OutputKind::AdministrativeAct => "administrative_act",
        }
    }
}

/// A published entry as everything that runs sees it.
#[derive(Debug)]
pub struct Entry {
    pub id: Uuid,
    pub version: i64,
    pub body: Uuid,
    pub card: Card,
    pub form: Form,
    pub process: Process,
    /// When the competent administration last verified it (LY-SVC-1.04).
    pub verified_at: Timestamp,
}

/// The placeholders that an acknowledgement may use.
pub const ACKNOWLEDGEMENT_PLACEHOLDERS: [&str; 3] = ["number", "delivered_at", "due_at"];

pub(crate) const KINDS_OF_BENEFICIARY: [&str; 5] =
    ["citizen", "resident", "visitor", "government_body", "private_institution"];

impl Card {
    /// What is missing before the card may enter the directory: every part of LY-SVC-1.14, the legal basis of 4.3,
    /// the domains left out by 4.2, and an acknowledgement that can be filled (15.2).
    pub fn check(&self, form: &Form) -> Result<(), Refusal> {
        if self.classification != "public" {
            return Err(Refusal::new(Kind::Conflict, "directory.excluded_domain", &["LY-SVC-4.2b"]));
        }
        if self.legal_basis.ar.trim().is_empty() || self.legal_basis.en.trim().is_empty() {
            return Err(Refusal::new(Kind::Invalid, "directory.legal_basis_missing", &["LY-SVC-4.3"]));
        }
        if self.is_electronic() && (form.fields().is_empty() || self.stages.is_empty()) {
            return Err(NOT_ELECTRONIC);
        }
        let items = self.missing();
        if !items.is_empty() {
            return Err(
                Refusal::new(Kind::Invalid, "directory.field_missing", FIELD_CONTROLS).with_items(items)
            );
        }
        self.check_files()?;
        self.check_acknowledgement()
    }

    fn check_files(&self) -> Result<(), Refusal> {
        match self.documents.iter().all(|evidence| evidence.files_max() == evidence.files_max) {
            true => Ok(()),
            false => Err(Refusal::new(Kind::Invalid, "directory.field_missing", FIELD_CONTROLS).with_item(
                "documents",
                "files_range",
                &FILES_PER_EVIDENCE_MAX.to_string(),
            )),
        }
    }

    fn missing(&self) -> Vec<Item> {
        let unknown_audience =
            self.audience.iter().any(|kind| !KINDS_OF_BENEFICIARY.contains(&kind.as_str()));
        let gaps = [
            ("body", self.body.trim().is_empty()),
            ("audience", self.audience.is_empty() || unknown_audience),
            ("themes", self.themes.is_empty()),
            ("id", !is_slug(&self.id)),
            ("maturity", !maturity::LEVELS.contains(&self.maturity.as_str())),
            ("assurance", authz::Assurance::named(&self.assurance).is_none()),
            ("name", blank(&self.name)),
            ("summary", blank(&self.summary)),
            ("description", blank(&self.description)),
            ("conditions", self.conditions.is_empty() || self.conditions.iter().any(blank)),
            ("documents", self.documents.is_empty() != self.documents_none),
            ("fee", self.fee.is_none()),
            ("delivery_working_days", self.delivery_working_days.is_none_or(|days| days == 0)),
            ("outputs", self.outputs.is_empty() || self.outputs.iter().any(|output| blank(&output.text))),
            ("stages", self.is_electronic() && self.stages.len() < 3),
        ];
        gaps.iter()
            .filter(|(_, missing)| *missing)
            .map(|(field, _)| Item { field: (*field).into(), code: "required".into(), detail: String::new() })
            .collect()
    }

    fn check_acknowledgement(&self) -> Result<(), Refusal> {
        let unknown = [&self.acknowledgement.ar, &self.acknowledgement.en].into_iter().find_map(|text| {
            placeholders(text).into_iter().find(|name| !ACKNOWLEDGEMENT_PLACEHOLDERS.contains(&name.as_str()))
        });
        match unknown {
            None => Ok(()),
            Some(name) => {
                Err(Refusal::new(Kind::Invalid, "acknowledgement.placeholder_unknown", &["LY-SVC-15.2"])
                    .with_item("acknowledgement", "placeholder", &name))
            }
        }
    }

    /// Applied for on the portal, by a form and a process that run (LY-SVC-1.10).
    pub fn is_electronic(&self) -> bool {
        self.delivery == Delivery::EService
    }

    /// What the administrative act is called that comes of it; empty for a service that ends otherwise.
    pub fn act_title(&self) -> Text {
        let act = self.outputs.iter().find(|output| output.kind == OutputKind::AdministrativeAct);
        act.map_or_else(|| Text::new("", ""), |output| output.title.clone())
    }

    pub fn fee_milli(&self) -> u64 {
        self.fee.as_ref().map_or(0, |fee| fee.amount_milli)
    }

    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }
}

pub(crate) const NOT_ELECTRONIC: Refusal =
    Refusal::new(Kind::Conflict, "directory.not_electronic", &["LY-SVC-1.10"]);

pub(crate) const FIELD_CONTROLS: &[&str] =
    &["LY-SVC-1.14a", "LY-SVC-1.14b", "LY-SVC-1.14c", "LY-SVC-1.14d", "LY-SVC-24.1b"];

/// Letters and digits of ASCII and dashes, so that it stands in an address; not one of the directory's own addresses.
fn is_slug(word: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let edges = word.starts_with('-') || word.ends_with('-');
    (3..=60).contains(&word.len()) && word.chars().all(plain) && !edges && word != "suggest"
}

fn blank(text: &Text) -> bool {
    text.ar.trim().is_empty() || text.en.trim().is_empty()
}

/// The names between braces in a text.
pub fn placeholders(text: &str) -> Vec<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.trim().to_owned()))
        .collect()
}

/// Puts values in the place of `{name}`; a name without a value stays as it is. Each value is isolated, so that a
/// number or a Latin name keeps its order inside an Arabic sentence.
pub fn fill(text: &str, values: &[(&str, String)]) -> String {
    const FIRST_STRONG_ISOLATE: char = '\u{2068}';
    const POP_ISOLATE: char = '\u{2069}';
    let mut out = text.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("{{{name}}}"), &format!("{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"));
    }
    out
}
