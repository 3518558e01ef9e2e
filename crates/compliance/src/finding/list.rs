//! The findings that somebody may see, narrowed and in an order, for page and API alike.

use std::collections::HashMap;

use authz::{Actor, Failure, Refusal};
use organisations::Body;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use web::Cursor;

use super::{
    Finding, INVALID, Severity,
    table::{self, Order, Wanted},
};
use crate::{Compliance, authority::NOT_YOURS};

/// Longer is no search.
const WORDS_CHARACTERS_MAX: usize = 200;
pub(crate) const STATES: [&str; 4] = ["open", "late", "answered", "closed"];

#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct FindingsAsked {
    /// Words of the finding, of its control or of its subject.
    pub q: String,
    /// `open`, `late`, `answered` or `closed`; without it all that are not closed.
    pub state: String,
    /// `low`, `medium`, `high` or `critical`.
    pub severity: String,
    /// A body's slug.
    pub body: String,
    /// A control's id.
    pub control: String,
    /// `due`, `severity` or `newest`.
    pub sort: String,
    pub cursor: String,
    #[param(ignore)]
    pub done: String,
}

impl FindingsAsked {
    fn wanted(&self, bodies: &HashMap<Uuid, Body>) -> Result<Wanted, Refusal> {
        let wrong = |field: &str| INVALID.with_item(field, "choice", "");
        let given = |word: &str| (!word.is_empty()).then(|| word.to_owned());
        let severity = match self.severity.as_str() {
            "" => None,
            word => Some(Severity::named(word).ok_or_else(|| wrong("severity"))?),
        };
        let body = match self.body.as_str() {
            "" => None,
            slug => {
                let found = bodies.values().find(|body| body.slug == slug);
                Some(found.ok_or_else(|| wrong("body"))?.id)
            }
        };
        let state = given(&self.state);
        if state.as_deref().is_some_and(|state| !STATES.contains(&state)) {
            return Err(wrong("state"));
        }
        let order = match self.sort.as_str() {
            "" => Order::default(),
            word => Order::named(word).ok_or_else(|| wrong("sort"))?,
        };
        let words: String = self.q.chars().take(WORDS_CHARACTERS_MAX).collect();
        let stems = language::analyse(&words).into_iter().map(|token| token.stem).collect();
        Ok(Wanted { state, severity, body, control: given(&self.control), stems, order })
    }
}

/// One page of findings.
pub(crate) struct Listed {
    pub findings: Vec<Finding>,
    pub next: String,
}

impl Compliance {
    pub(crate) async fn findings(
        &self,
        actor: &Actor,
        asked: &FindingsAsked,
        page: usize,
    ) -> Result<Listed, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).sight(&sql).await?;
        if actor.roles.is_empty() {
            return Err(NOT_YOURS.into());
        }
        let wanted = asked.wanted(&self.bodies_by_id().await?)?;
        let after = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(table::BEFORE_ALL);
        let limit = page as i64 + 1;
        let place = (after, self.clock.now());
        let mut findings = table::listed(&sql, &sight, &wanted, place, limit).await?;
        let next = Cursor::cut(&mut findings, page, |last| wanted.order.place(last))?;
        Ok(Listed { findings, next: next.unwrap_or_default() })
    }

    pub async fn bodies_by_id(&self) -> Result<HashMap<Uuid, Body>, Failure> {
        let bodies = organisations::bodies(&self.store.read()).await?;
        Ok(bodies.into_iter().map(|body| (body.id, body)).collect())
    }

    /// Names of persons, by id.
    pub async fn names(
        &self,
        people: impl IntoIterator<Item = Option<Uuid>>,
    ) -> Result<HashMap<Uuid, language::Text>, Failure> {
        let mut ids: Vec<Uuid> = people.into_iter().flatten().collect();
        ids.sort();
        ids.dedup();
        let persons = identity::persons(&self.store.read(), &ids).await?;
        Ok(persons.into_iter().map(|person| (person.id, person.name)).collect())
    }

    /// A finding that this person may see.
    pub(crate) async fn finding(&self, actor: &Actor, id: Uuid) -> Result<Finding, Failure> {
        let sql = self.store.read();
        let finding = table::find(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let acting = self.acting(actor);
        match acting.may(&sql, "see_finding", Some(finding.body), finding.about()).await? {
            true => Ok(finding),
            false => Err(Refusal::not_found().into()),
        }
    }
}
