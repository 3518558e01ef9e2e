//! An officer opens a request: the purpose is found or it is refused, and the reading is kept in the ledger.

use authz::{Actor, Attribute, Failure, Resource};
use compliance::Door;
use serde_json::json;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Purpose, READ_AGAIN, Reading, table};
use crate::{Services, advice, assisted, request::Request, task};

struct NoteReading {
    reading: Reading,
    subject: String,
}

impl Verb for NoteReading {
    type Answer = ();
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        table::add(tx, &self.reading).await?;
        let entry = ledger::Entry {
            kind: "record.read",
            subject: self.subject.clone(),
            actor: Some(self.reading.person),
            controls: &["LY-SVC-6.4b"],
            body: json!({ "role": self.reading.role, "purpose": self.reading.purpose }),
            at: self.reading.at,
        };
        ledger::append(tx, entry).await.map(drop)
    }
}

/// The roles that open a desk at a body, the nearest to the work first.
const DESK_ROLES: [&str; 3] = ["officer", "decider", "head"];

/// In which role and at which body somebody reads: the provider's, or another body's that was asked on the way.
fn seat(actor: &Actor, request: &Request) -> (String, Uuid) {
    let nearest = DESK_ROLES.into_iter().find(|role| actor.holds(role, request.body));
    match (nearest, actor.roles.first()) {
        (Some(role), _) => (role.to_owned(), request.body),
        (None, Some(role)) => (role.name.clone(), role.body),
        (None, None) => (String::new(), request.body),
    }
}

impl Services {
    /// Lets an officer of the body read a request for a purpose, and keeps that they did. The applicant's own reading
    /// is nobody's business.
    pub(crate) async fn read_as_officer(&self, actor: &Actor, request: &Request) -> Result<(), Failure> {
        if request.applicant == actor.person || !request.concerns(actor) {
            return Ok(());
        }
        let (role, body) = seat(actor, request);
        let found = self.purpose(actor, request, &role).await?;
        let purpose = found.as_ref().map_or("", |(purpose, _)| purpose.word());
        let record = Resource {
            kind: "Record",
            id: request.number.to_string(),
            attributes: vec![("purpose", Attribute::Word(purpose.to_owned()))],
        };
        let subject = request.subject();
        let allowed = self.policies.require("services", actor, "read_record", &record).map_err(Failure::from);
        self.noted(actor, &subject, allowed).await?;
        let role = found.as_ref().map_or(role.as_str(), |(_, role)| role);
        self.note_reading(actor.person, request, (role, body), purpose).await
    }

    /// What the officer has to do with it, and in which role.
    async fn purpose(
        &self,
        actor: &Actor,
        request: &Request,
        role: &str,
    ) -> Result<Option<(Purpose, String)>, Failure> {
        let sql = self.store.read();
        let open = task::table::held(&sql, request.id).await?;
        if let Some(task) = open.filter(|task| actor.holds(&task.desk.role, task.desk.body)) {
            return Ok(Some((Purpose::Task, task.desk.role)));
        }
        let person = actor.person;
        if table::acted(&sql, request.id, person).await?
            || task::table::was_held_by(&sql, request.id, person).await?
        {
            return Ok(Some((Purpose::OwnWork, role.to_owned())));
        }
        if advice::table::is_asked(&sql, request.id, actor).await? {
            return Ok(Some((Purpose::Advice, role.to_owned())));
        }
        if assisted::table::entered_by(&sql, request.number.as_str(), person).await? {
            return Ok(Some((Purpose::Assisted, role.to_owned())));
        }
        let heads = actor.holds("head", request.body);
        Ok(heads.then_some((Purpose::Oversight, "head".to_owned())))
    }

    async fn note_reading(
        &self,
        person: Uuid,
        request: &Request,
        (role, body): (&str, Uuid),
        purpose: &str,
    ) -> Result<(), Failure> {
        let at = self.clock.now();
        let last = table::last_by(&self.store.read(), request.id, person).await?;
        if last.is_some_and(|last| last.purpose == purpose && at.since(last.at) < READ_AGAIN) {
            return Ok(());
        }
        let reading = Reading {
            request: request.id,
            person,
            body,
            role: role.to_owned(),
            purpose: purpose.to_owned(),
            at,
        };
        self.store.write(NoteReading { reading, subject: format!("readings/{}", request.number) }).await?;
        self.ledger.wake();
        Ok(())
    }
}
