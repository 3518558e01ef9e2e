//! The letter of an output as a body writes it, in both languages, version by version.
//!
//! A version is written by the body's author, agreed to by the competent administration against the standard, and only
//! then put to use (LY-SVC-10.2). Without one in use an output says the words of its card. An issued document names
//! the version it was made from, and stays as it was issued.

pub(crate) mod decide;
mod page;
pub(crate) mod put_to_use;
pub(crate) mod save;
pub(crate) mod submit;
pub(crate) mod table;
mod values;

use authz::{Actor, Attribute, Failure, Item, Kind, Refusal, Resource};
use clock::Timestamp;
use language::Text;
use print::{
    PressError,
    letter::{self, Flaw, What},
};
use store::Sql;
use uuid::Uuid;

pub(crate) use page::routes;
pub(crate) use values::{Filled, filled, places, sample};

use crate::Services;

/// The edition of the standard against which letters are agreed.
pub const STANDARD: &str = "2026-1";
/// Characters of a letter in one language, as people are told.
pub const LETTER_CHARACTERS_MAX: usize = letter::LETTER_CHARACTERS_MAX;
/// Characters of the remarks on a letter that is sent back.
const REMARKS_CHARACTERS_MAX: usize = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateState {
    Draft,
    /// Waits for the competent administration.
    Pending,
    /// Sent back with remarks.
    Returned,
    /// Agreed; may be put to use.
    Agreed,
}

impl TemplateState {
    pub fn word(self) -> &'static str {
        match self {
            TemplateState::Draft => "draft",
            TemplateState::Pending => "pending",
            TemplateState::Returned => "returned",
            TemplateState::Agreed => "agreed",
        }
    }

    fn named(word: &str) -> Option<TemplateState> {
        use TemplateState::{Agreed, Draft, Pending, Returned};
        [Draft, Pending, Returned, Agreed].into_iter().find(|state| state.word() == word)
    }

    pub fn is_open(self) -> bool {
        matches!(self, TemplateState::Draft | TemplateState::Returned)
    }
}

/// One version of a letter.
#[derive(Clone, Debug)]
pub struct Template {
    pub id: Uuid,
    /// The service's slug, and the output's id on its card.
    pub service: String,
    pub output: String,
    pub version: i64,
    pub body: Uuid,
    pub state: TemplateState,
    pub letter: Text,
    /// Moves with every change, so that two authors never overwrite each other.
    pub revision: i64,
    pub author: Uuid,
    pub saved_at: Timestamp,
    /// The edition of the standard that it was agreed against; empty before.
    pub standard: String,
    pub decided_at: Option<Timestamp>,
    pub remarks: String,
    /// Since when outputs are made from it; nothing while they are not.
    pub used_from: Option<Timestamp>,
}

impl Template {
    pub fn subject(&self) -> String {
        format!("template/{}/{}/{}", self.service, self.output, self.version)
    }

    /// What the policies see of it.
    async fn resource(&self, sql: &impl Sql) -> Result<Resource, Failure> {
        resource(sql, self.body, &self.subject(), self.author).await
    }
}

/// A letter of this body, written or yet to be written by this author.
async fn resource(sql: &impl Sql, body: Uuid, id: &str, author: Uuid) -> Result<Resource, Failure> {
    let administration = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
    let verifier = administration.map_or_else(String::new, |body| format!("verifier@{body}"));
    Ok(Resource {
        kind: "Template",
        id: id.to_owned(),
        attributes: vec![
            ("author_desk", Attribute::Word(format!("author@{body}"))),
            ("head_desk", Attribute::Word(format!("head@{body}"))),
            ("verifier_desk", Attribute::Word(verifier)),
            ("author", Attribute::Word(author.to_string())),
        ],
    })
}

/// What is wrong with a letter, for the summary above its editor.
pub(crate) fn flawed(flaw: &Flaw) -> Item {
    let field = match flaw.lang {
        Some(language::Lang::En) => "en",
        _ => "ar",
    };
    let (code, detail) = match &flaw.what {
        What::Syntax(words) => ("letter_syntax", words.clone()),
        What::Unknown(place) => ("letter_unknown", place.clone()),
        What::Forbidden => ("letter_forbidden", String::new()),
        What::Work => ("letter_work", String::new()),
        What::Length => ("letter_length", String::new()),
        What::Stopped => ("letter_stopped", String::new()),
    };
    let line = flaw.line.map(|line| line.to_string());
    let parts = line.into_iter().chain((!detail.is_empty()).then_some(detail));
    Item { field: field.into(), code: code.into(), detail: parts.collect::<Vec<_>>().join(": ") }
}

fn refused(items: Vec<Item>) -> Failure {
    Refusal::new(Kind::Invalid, "template.flawed", &["LY-SVC-10.2"]).with_items(items).into()
}

impl Services {
    /// The letter with sample values as the press composes it, or what is wrong with it.
    async fn tried(
        &self,
        service: &str,
        letter: &Text,
    ) -> Result<Result<print::Composed, Vec<Item>>, Failure> {
        let entry = self.directory.entry(service).ok_or_else(Refusal::not_found)?;
        let unknown = letter::unknown_places(letter, &places(&entry)).unwrap_or_else(|flaw| vec![flaw]);
        if !unknown.is_empty() {
            return Ok(Err(unknown.iter().map(flawed).collect()));
        }
        match self.press.compose(letter, &sample(self, &entry)?).await {
            Ok(composed) => Ok(Ok(composed)),
            Err(PressError::Flaw(flaw)) => Ok(Err(vec![flawed(&flaw)])),
            Err(error) => Err(error.into()),
        }
    }

    /// A version that this person may see; 404 for everybody else.
    async fn template(&self, actor: &Actor, id: Uuid) -> Result<Template, Failure> {
        let sql = self.store.read();
        let template = table::by_id(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let resource = template.resource(&sql).await?;
        match self.policies.decide("services", actor, "template_view", &resource).permitted {
            true => Ok(template),
            false => Err(Refusal::not_found().into()),
        }
    }
}
