//! The named people: the administrators of the competent administration.

use authz::{Attribute, Failure, Resource};
use clock::Timestamp;
use identity::Person;
use store::{Sql, StoreError};
use uuid::Uuid;

const ROLE: &str = "administrator";

/// Whoever is told. An installation without a competent administration has nobody to tell yet.
pub(crate) async fn administrators(sql: &impl Sql, now: Timestamp) -> Result<Vec<Person>, StoreError> {
    let Some(body) = administration(sql).await? else { return Ok(Vec::new()) };
    let ids: Vec<Uuid> = organisations::people_with(sql, ROLE, body, now).await?;
    identity::persons(sql, &ids).await
}

async fn administration(sql: &impl Sql) -> Result<Option<Uuid>, StoreError> {
    organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await
}

/// The installation, as the policies see it.
pub(crate) async fn installation(sql: &impl Sql) -> Result<Resource, Failure> {
    let body = administration(sql).await?.unwrap_or(Uuid::nil());
    let desk = Attribute::Word(format!("{ROLE}@{body}"));
    Ok(Resource {
        kind: "Installation",
        id: "installation".to_owned(),
        attributes: vec![("administrator_desk", desk)],
    })
}
