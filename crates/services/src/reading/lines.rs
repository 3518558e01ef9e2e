//! Who read a request, in words: for its applicant and for its desk.

use authz::Failure;
use uuid::Uuid;
use web::Shell;

use super::table;
use crate::Services;

/// Readings that a page shows, newest first.
const READINGS_SHOWN: i64 = 50;

pub(crate) struct ReadingLine {
    pub who: String,
    pub role: String,
    pub body: String,
    pub purpose: String,
    pub when: String,
}

impl Services {
    pub(crate) async fn readings(&self, shell: &Shell, request: Uuid) -> Result<Vec<ReadingLine>, Failure> {
        let sql = self.store.read();
        let readings = table::of_request(&sql, request, READINGS_SHOWN).await?;
        let mut ids: Vec<Uuid> = readings.iter().map(|reading| reading.person).collect();
        ids.sort();
        ids.dedup();
        let persons = identity::persons(&sql, &ids).await?;
        let name = |id: Uuid| {
            let person = persons.iter().find(|person| person.id == id);
            person.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default()
        };
        let body = |id: Uuid| {
            let provider = self.directory.provider(id);
            provider.map(|provider| shell.text(&provider.name).to_owned()).unwrap_or_default()
        };
        let lines = readings.iter().map(|reading| ReadingLine {
            who: name(reading.person),
            role: shell.t(&format!("org-role-{}", reading.role)),
            body: body(reading.body),
            purpose: shell.t(&format!("reading-purpose-{}", reading.purpose.replace('_', "-"))),
            when: shell.moment(reading.at),
        });
        Ok(lines.collect())
    }
}
