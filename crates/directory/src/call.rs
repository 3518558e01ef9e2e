//! Whose directory a page or a call means: that of a body of the caller, the first where none is named.

use authz::{Actor, Failure, Refusal};
use language::Text;
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;
use web::{Shell, components::Link};

use crate::Directories;

/// The body that a page is about, by its slug.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub body: String,
    /// From the answer before.
    pub cursor: String,
    /// What was done a moment ago.
    pub done: String,
}

/// A body whose directory the caller keeps, among all of them.
pub(crate) struct Kept {
    pub body: organisations::Body,
    pub others: Vec<organisations::Body>,
}

impl Directories {
    /// The body that is meant; one that is not the caller's is not there.
    pub(crate) async fn kept(&self, actor: &Actor, slug: &str) -> Result<Kept, Failure> {
        let mut bodies = Vec::new();
        for id in self.acting(actor).bodies()? {
            bodies.extend(organisations::body(&self.store.read(), id).await?);
        }
        let meant = bodies.iter().position(|body| slug.is_empty() || body.slug == slug);
        let body = bodies.remove(meant.ok_or_else(Refusal::not_found)?);
        Ok(Kept { body, others: bodies })
    }

    pub(crate) async fn names(&self, people: &[Uuid]) -> Result<HashMap<Uuid, Text>, Failure> {
        let persons = identity::persons(&self.store.read(), people).await?;
        Ok(persons.into_iter().map(|person| (person.id, person.name)).collect())
    }
}

impl Kept {
    /// The same page for each body of the caller; none where there is one alone.
    pub(crate) fn links(&self, shell: &Shell, path: &str) -> Vec<Link> {
        if self.others.is_empty() {
            return Vec::new();
        }
        let link = |body: &organisations::Body| {
            let href = web::address(path, [("body", body.slug.as_str())]);
            Link::new(href, shell.text(&body.name)).current(body.id == self.body.id)
        };
        let mut links: Vec<Link> = std::iter::once(&self.body).chain(&self.others).map(link).collect();
        links.sort_by(|one, other| one.href.cmp(&other.href));
        links
    }
}
