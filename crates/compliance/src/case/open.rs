//! A case is opened: by an act that demands one, in its own transaction, or by somebody who saw a clause not kept.

use std::sync::Arc;

use authz::{Failure, Item};
use clock::Timestamp;
use language::Text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Case, CaseKind, INVALID, step::record, table};
use crate::{
    Packs,
    authority::{About, Acting, words},
};

/// Longer is no title.
const TITLE_CHARACTERS_MAX: usize = 160;

/// What a new case is about.
pub(crate) struct NewCase {
    pub kind: CaseKind,
    pub body: Uuid,
    pub control: String,
    /// The id of a law of the register; empty for the clause alone.
    pub law: String,
    pub person: Option<Uuid>,
    /// As the ledger names what it came from; empty where somebody opens it by hand.
    pub origin: String,
    pub title: Text,
    pub facts: Text,
}

/// Opens a case in the transaction of the act that demands it.
pub(crate) async fn open(
    tx: &Tx,
    packs: &Packs,
    new: NewCase,
    by: Uuid,
    at: Timestamp,
) -> Result<Case, Failure> {
    let edition = edition(packs, &new.control);
    open_under(tx, edition, new, by, at).await
}

/// The same where it is known which edition was in force.
pub(crate) async fn open_under(
    tx: &Tx,
    edition: String,
    new: NewCase,
    by: Uuid,
    at: Timestamp,
) -> Result<Case, Failure> {
    let NewCase { kind, body, control, law, person, origin, title, facts } = new;
    let case = Case {
        id: Uuid::now_v7(),
        kind,
        body,
        edition,
        control,
        law,
        person,
        origin,
        title,
        facts,
        steps: kind.steps(),
        done: 0,
        opened_by: by,
        opened_at: at,
        closed_at: None,
    };
    table::insert(tx, &case, &stems(&case)).await?;
    let about = json!({ "kind": kind.word(), "person": person, "origin": case.origin, "steps": case.steps });
    record(tx, "case.opened", &case, about, by, at).await?;
    Ok(case)
}

/// The edition of the document that a control is in. A document that names none is known by the release that carries it.
fn edition(packs: &Packs, control: &str) -> String {
    let pack = packs.control(control).and_then(|control| packs.pack(&control.pack));
    let named = pack.and_then(|pack| [&pack.edition, &pack.date].into_iter().find(|word| !word.is_empty()));
    match (named, pack) {
        (Some(named), Some(pack)) => format!("{} {named}", pack.id),
        (None, Some(pack)) => format!("{} (Diwan {})", pack.id, env!("CARGO_PKG_VERSION")),
        _ => String::new(),
    }
}

/// The stems of everything that a reader might look for, each between blanks.
fn stems(case: &Case) -> String {
    let parts = [&case.title.ar, &case.title.en, &case.facts.ar, &case.facts.en, &case.control];
    let mut stems: Vec<String> =
        parts.iter().flat_map(|text| language::analyse(text)).map(|token| token.stem).collect();
    stems.sort();
    stems.dedup();
    format!(" {} ", stems.join(" "))
}

/// Somebody opens a violation case by hand.
pub(crate) struct OpenViolation {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    /// A body's slug.
    pub body: String,
    pub control: String,
    /// The law that it rests on besides, by its id; may be empty.
    pub law: String,
    /// The national number of the person whose conduct it is about.
    pub identifier: String,
    pub title: String,
    pub facts: String,
}

impl Verb for OpenViolation {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let body = organisations::body_by_slug(tx, &self.body).await?;
        let Some(body) = body else { return Err(self.without_body(tx).await?) };
        self.acting.check(tx, "open_case", Some(body.id), About::default()).await?;
        let at = self.acting.clock.now();
        let number = identity::identifier(&self.identifier).unwrap_or_default();
        let person = identity::person_by_identifier(tx, &number).await?;
        let body = body.id;
        // Only somebody of this body is a choice, so that a number of anybody else is answered as one that nobody has.
        let of_the_body = match &person {
            Some(person) => {
                organisations::roles_of(tx, person.id, at).await?.iter().any(|role| role.body == body)
            }
            None => false,
        };
        let person = person.filter(|_| of_the_body);
        let (title, facts) = self.checked(true, person.is_some())?;
        let new = NewCase {
            kind: CaseKind::Violation,
            body,
            control: self.control.trim().to_owned(),
            law: self.law.trim().to_owned(),
            person: person.map(|it| it.id),
            origin: String::new(),
            title: Text::new(title.clone(), title),
            facts: Text::new(facts.clone(), facts),
        };
        Ok(open(tx, &self.packs, new, self.acting.actor.person, at).await?.id)
    }
}

impl OpenViolation {
    /// Whoever may open cases at some body is told what is missing; nobody else learns more than that it is not theirs.
    async fn without_body(&self, tx: &Tx) -> Result<Failure, Failure> {
        for body in self.acting.actor.bodies() {
            if self.acting.may(tx, "open_case", Some(body), About::default()).await? {
                return Ok(self.checked(false, true).err().unwrap_or_else(|| INVALID.into()));
            }
        }
        self.acting.check(tx, "open_case", None, About::default()).await?;
        Ok(INVALID.with_item("body", "choice", "").into())
    }

    /// What was typed, or everything that is wrong with it at once.
    fn checked(&self, has_body: bool, is_of_the_body: bool) -> Result<(String, String), Failure> {
        let facts = words("facts", &self.facts, INVALID);
        let (title, law) = (self.title.trim().to_owned(), self.law.trim());
        let mut items = Vec::new();
        let gaps = [
            ("title", "required", title.is_empty()),
            ("title", "too_long", title.chars().count() > TITLE_CHARACTERS_MAX),
            ("body", "choice", !has_body),
            ("control", "choice", self.packs.control(self.control.trim()).is_none()),
            ("law", "choice", !law.is_empty() && self.packs.law(law).is_none()),
            ("identifier", "case_person", !is_of_the_body),
        ];
        for (field, code, _) in gaps.into_iter().filter(|(_, _, is_wrong)| *is_wrong) {
            let detail = TITLE_CHARACTERS_MAX.to_string();
            items.push(Item { field: field.into(), code: code.into(), detail });
        }
        items.extend(facts.as_ref().err().map(|refusal| refusal.items.clone()).unwrap_or_default());
        match facts {
            Ok(facts) if items.is_empty() => Ok((title, facts)),
            _ => Err(INVALID.with_items(items).into()),
        }
    }
}
