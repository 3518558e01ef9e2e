//! The SQL of persons.

use clock::Timestamp;
use language::Text;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Beneficiary, Person, digits_named, digits_word};

const COLUMNS: &str = "id, identifier, name_ar, name_en, email, phone, language, digits, kind, abroad";
/// Placeholders of one statement; both engines allow many more.
const IDS_PER_STATEMENT_MAX: usize = 500;

pub async fn person(sql: &impl Sql, id: Uuid) -> Result<Option<Person>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM identity_person WHERE id = $1");
    sql.find(&select, vec![id.into()], from_row).await
}

/// The persons with these ids, in no order; unknown ids are left out.
pub async fn persons(sql: &impl Sql, ids: &[Uuid]) -> Result<Vec<Person>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(IDS_PER_STATEMENT_MAX) {
        let places: Vec<String> = (1..=some.len()).map(|place| format!("${place}")).collect();
        let select = format!("SELECT {COLUMNS} FROM identity_person WHERE id IN ({})", places.join(", "));
        let values = some.iter().map(|id| Value::from(*id)).collect();
        for row in sql.all(&select, values).await? {
            found.push(from_row(&row)?);
        }
    }
    Ok(found)
}

/// The person with this national number, given in ASCII digits.
pub async fn person_by_identifier(sql: &impl Sql, identifier: &str) -> Result<Option<Person>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM identity_person WHERE identifier = $1");
    sql.find(&select, vec![identifier.into()], from_row).await
}

pub(super) async fn insert(tx: &Tx, person: &Person, at: Timestamp) -> Result<(), StoreError> {
    let insert = format!(
        "INSERT INTO identity_person ({COLUMNS}, registered_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let values = vec![
        person.id.into(),
        person.identifier.clone().into(),
        person.name.ar.clone().into(),
        person.name.en.clone().into(),
        person.email.clone().into(),
        person.phone.clone().into(),
        person.language.code().into(),
        digits_word(person.digits).into(),
        person.kind.word().into(),
        person.abroad.into(),
        at.0.into(),
    ];
    tx.run(&insert, values).await.map(drop)
}

/// Since when an account is shut, if it is.
pub async fn disabled_at(sql: &impl Sql, person: Uuid) -> Result<Option<Timestamp>, StoreError> {
    let select = "SELECT disabled_at FROM identity_person WHERE id = $1";
    let row = sql.one(select, vec![person.into()]).await?;
    let at = row.map(|row| row.get::<Option<i64>>("disabled_at")).transpose()?;
    Ok(at.flatten().map(Timestamp))
}

/// True when it was open until now.
pub(super) async fn disable(tx: &Tx, person: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE identity_person SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL";
    Ok(tx.run(update, vec![person.into(), at.0.into()]).await? == 1)
}

/// True when it was shut until now.
pub(super) async fn enable(tx: &Tx, person: Uuid) -> Result<bool, StoreError> {
    let update = "UPDATE identity_person SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL";
    Ok(tx.run(update, vec![person.into()]).await? == 1)
}

pub(super) async fn set_preferences(
    tx: &Tx,
    person: Uuid,
    language: language::Lang,
    digits: language::Digits,
) -> Result<bool, StoreError> {
    let update = "UPDATE identity_person SET language = $2, digits = $3 WHERE id = $1";
    Ok(tx.run(update, vec![person.into(), language.code().into(), digits_word(digits).into()]).await? == 1)
}

fn from_row(row: &Row) -> Result<Person, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(Person {
        id: row.get("id")?,
        identifier: row.get("identifier")?,
        name: Text::new(row.get::<String>("name_ar")?, row.get::<String>("name_en")?),
        email: row.get("email")?,
        phone: row.get("phone")?,
        language: row.get::<String>("language")?.parse().unwrap_or_default(),
        digits: digits_named(&row.get::<String>("digits")?).unwrap_or_default(),
        kind: Beneficiary::named(&kind)
            .ok_or_else(|| StoreError::Shape(format!("kind of person: {kind}")))?,
        abroad: row.get("abroad")?,
    })
}
