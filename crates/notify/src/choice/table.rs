//! The SQL of what people chose, and of what this installation can send by.

use clock::Timestamp;
use language::Offset;
use store::{Row, Sql, StoreError, Tx};
use uuid::Uuid;

use super::{Choice, Quiet};
use crate::notice::Means;

const COLUMNS: &str = "modes, offset_minutes, quiet_from, quiet_until, digest_hour";
/// Stands for no quiet hours.
const NEVER: i64 = -1;

/// Whether e-mail can be sent, and what the person chose: asked once for each notice.
pub(crate) async fn email_of(sql: &impl Sql, person: Uuid) -> Result<Option<Choice>, StoreError> {
    let select = "SELECT m.ready, c.modes, c.offset_minutes, c.quiet_from, c.quiet_until, c.digest_hour
        FROM notice_means m LEFT JOIN notice_choice c ON c.person = $1 WHERE m.means = 'email'";
    let Some(row) = sql.one(select, vec![person.into()]).await? else { return Ok(None) };
    if !row.get::<bool>("ready")? {
        return Ok(None);
    }
    let chosen = row.get::<Option<String>>("modes")?.is_some();
    Ok(Some(if chosen { read(&row)? } else { Choice::default() }))
}

/// Whether this installation can send e-mail.
pub async fn is_email_ready(sql: &impl Sql) -> Result<bool, StoreError> {
    is_ready(sql, Means::Email).await
}

/// Whether this installation can send text messages.
pub async fn is_sms_ready(sql: &impl Sql) -> Result<bool, StoreError> {
    is_ready(sql, Means::Sms).await
}

async fn is_ready(sql: &impl Sql, means: Means) -> Result<bool, StoreError> {
    let select = "SELECT ready FROM notice_means WHERE means = $1";
    sql.one(select, vec![means.code().into()]).await?.map_or(Ok(false), |row| row.get("ready"))
}

pub(crate) async fn choice(sql: &impl Sql, person: Uuid) -> Result<Option<Choice>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM notice_choice WHERE person = $1");
    sql.find(&select, vec![person.into()], read).await
}

/// Writes what was chosen; the code of a person who has one stays.
pub(crate) async fn choose(
    tx: &Tx,
    person: Uuid,
    choice: &Choice,
    new_code: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let upsert =
        "INSERT INTO notice_choice (person, modes, offset_minutes, quiet_from, quiet_until, digest_hour, leave_code, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (person) DO UPDATE SET modes = $2, offset_minutes = $3, quiet_from = $4, quiet_until = $5,
            digest_hour = $6, changed_at = $8";
    let modes = serde_json::to_string(&choice.modes).map_err(|error| StoreError::Shape(error.to_string()))?;
    let hour = |hour: Option<u8>| hour.map_or(NEVER, i64::from);
    let values = vec![
        person.into(),
        modes.into(),
        i64::from(choice.offset.minutes).into(),
        hour(choice.quiet.map(|quiet| quiet.from)).into(),
        hour(choice.quiet.map(|quiet| quiet.until)).into(),
        i64::from(choice.digest_hour).into(),
        new_code.into(),
        now.0.into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

/// The code under which this person says "no more" without signing in.
pub(crate) async fn leave_code(sql: &impl Sql, person: Uuid) -> Result<Option<String>, StoreError> {
    let select = "SELECT leave_code FROM notice_choice WHERE person = $1";
    sql.one(select, vec![person.into()]).await?.map(|row| row.get("leave_code")).transpose()
}

/// Whose code it is.
pub(crate) async fn leaving(sql: &impl Sql, code: &str) -> Result<Option<Uuid>, StoreError> {
    let select = "SELECT person FROM notice_choice WHERE leave_code = $1";
    sql.one(select, vec![code.into()]).await?.map(|row| row.get("person")).transpose()
}

/// What a worker says that it can send by.
pub(crate) async fn announce(tx: &Tx, means: Means, ready: bool, now: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO notice_means (means, ready, said_at) VALUES ($3, $1, $2)
        ON CONFLICT (means) DO UPDATE SET ready = $1, said_at = $2";
    tx.run(upsert, vec![ready.into(), now.0.into(), means.code().into()]).await.map(drop)
}

fn read(row: &Row) -> Result<Choice, StoreError> {
    let modes: String = row.get("modes")?;
    let hour = |column| -> Result<Option<u8>, StoreError> { Ok(u8::try_from(row.get::<i64>(column)?).ok()) };
    let quiet = hour("quiet_from")?.zip(hour("quiet_until")?);
    Ok(Choice {
        modes: serde_json::from_str(&modes).map_err(|error| StoreError::Shape(error.to_string()))?,
        offset: Offset { minutes: row.get::<i64>("offset_minutes")? as i16 },
        quiet: quiet.map(|(from, until)| Quiet { from, until }),
        digest_hour: hour("digest_hour")?.unwrap_or_default(),
    })
}
