//! What the service requires, how each of it stands on a request, and where it came from: the register of persons, an
//! answer, a file (LY-SVC-13.3a). Pure; page and API say it in their own way.

use language::Text;

use super::{Request, State};
use crate::{
    entry::{Entry, Evidence},
    form::{Step, key_of},
};

/// How a requirement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Given,
    /// Somebody at the body has checked it (LY-SVC-16.1).
    Verified,
    Open,
    ToCorrect,
    /// A register says otherwise (LY-SVC-15.3b).
    NotConfirmed,
    /// Not asked of everybody, and not supplied.
    Optional,
}

impl Standing {
    pub fn word(self) -> &'static str {
        match self {
            Standing::Given => "given",
            Standing::Verified => "verified",
            Standing::Open => "open",
            Standing::ToCorrect => "to_correct",
            Standing::NotConfirmed => "not_confirmed",
            Standing::Optional => "optional",
        }
    }

    /// As the tags call it.
    pub fn signal(self) -> &'static str {
        match self {
            Standing::Given | Standing::Verified => "done",
            Standing::Open | Standing::ToCorrect | Standing::NotConfirmed => "needs-you",
            Standing::Optional => "waiting",
        }
    }
}

/// Where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Answered,
    /// The file's name.
    Uploaded(String),
    /// The register of persons.
    Person,
    Nowhere,
}

impl Origin {
    pub fn word(&self) -> &'static str {
        match self {
            Origin::Answered => "answered",
            Origin::Uploaded(_) => "uploaded",
            Origin::Person => "person",
            Origin::Nowhere => "",
        }
    }
}

pub(crate) struct Requirement {
    /// A field, a step of the form, or `document.lease`.
    pub item: String,
    pub title: Text,
    pub standing: Standing,
    pub origin: Origin,
}

/// Everything that the service requires, in the order in which it is asked.
pub(crate) fn checklist(entry: &Entry, request: &Request) -> Vec<Requirement> {
    let confirmed = request.checks.confirmed.iter().filter_map(|known| {
        let title = entry.form.field(&known.item)?.title.clone();
        let standing = standing(request, |item| key_of(item) == known.item)?;
        Some(Requirement { item: known.item.clone(), title, standing, origin: Origin::Person })
    });
    let steps = entry.form.steps().iter().filter_map(|step| of_step(request, step));
    let documents = entry.card.documents.iter().map(|evidence| of_document(request, evidence));
    confirmed.chain(steps).chain(documents).collect()
}

/// A step of the form, unless these answers left it out.
fn of_step(request: &Request, step: &Step) -> Option<Requirement> {
    let in_step = |item: &str| step.fields.iter().any(|key| key == key_of(item));
    let standing = standing(request, in_step)?;
    Some(Requirement {
        item: step.id.clone(),
        title: step.title.clone(),
        standing,
        origin: if standing == Standing::Open { Origin::Nowhere } else { Origin::Answered },
    })
}

fn of_document(request: &Request, evidence: &Evidence) -> Requirement {
    let item = format!("document.{}", evidence.id);
    let supplied = request.documents.iter().find(|supplied| supplied.evidence == evidence.id);
    let missing = if evidence.required { Standing::Open } else { Standing::Optional };
    Requirement {
        standing: standing(request, |known| known == item).unwrap_or(missing),
        title: evidence.title.clone(),
        origin: supplied.map_or(Origin::Nowhere, |supplied| Origin::Uploaded(supplied.name.clone())),
        item,
    }
}

/// How the items stand that belong to a requirement; nothing where there are none.
fn standing(request: &Request, belongs: impl Fn(&str) -> bool) -> Option<Standing> {
    let checks = &request.checks;
    let mut gaps = checks.gaps.iter().filter(|gap| belongs(&gap.item)).peekable();
    if gaps.peek().is_some() {
        let differs = gaps.any(|gap| gap.is_unconfirmed());
        return Some(if differs { Standing::NotConfirmed } else { Standing::Open });
    }
    let is_returned = request.state == State::Returned;
    if is_returned && checks.corrections.iter().any(|correction| belongs(&correction.item)) {
        return Some(Standing::ToCorrect);
    }
    let items: Vec<String> = request.items().into_iter().filter(|item| belongs(item)).collect();
    if items.is_empty() {
        return None;
    }
    let is_verified = items.iter().all(|item| checks.verified.contains(item));
    Some(if is_verified { Standing::Verified } else { Standing::Given })
}
