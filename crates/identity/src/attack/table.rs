//! The SQL of guesses, alerts, warnings, and the ladder.

use std::time::Duration;

use clock::Timestamp;
use store::{Row, Sql, StoreError, Tx, Value};
use uuid::Uuid;

use super::{Attack, AttackSource, AttackState, GUESSES_COUNT_FOR, Ladder, SOURCES_SHOWN_MAX, Warning};

const COLUMNS: &str = "a.id, a.person, a.key, a.state, a.guesses, a.first_at, a.last_at, a.opened_at, a.warnings, \
    a.warned_at, a.answer, a.ended_at, a.ended_by, a.matter";

/// Counts one wrong guess; what lies too far back no longer counts.
pub(crate) async fn guessed(
    tx: &Tx,
    key: &[u8],
    source: &str,
    person: Option<Uuid>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_guess (key, source, person, guesses, first_at, last_at)
        VALUES ($1, $2, $3, 1, $4, $4)
        ON CONFLICT (key, source) DO UPDATE SET person = excluded.person, last_at = excluded.last_at,
            guesses = CASE WHEN identity_guess.last_at <= $5 THEN 1 ELSE identity_guess.guesses + 1 END,
            first_at = CASE WHEN identity_guess.last_at <= $5 THEN $4 ELSE identity_guess.first_at END";
    let values = vec![
        key.to_vec().into(),
        source.into(),
        person.into(),
        at.0.into(),
        (at - GUESSES_COUNT_FOR).0.into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

/// Whoever proved who they are from a network only mistyped there. What came from other networks stays counted.
pub(crate) async fn mistyped(tx: &Tx, key: &[u8], source: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM identity_guess WHERE key = $1 AND source = $2";
    tx.run(delete, vec![key.to_vec().into(), source.into()]).await.map(drop)
}

/// Wrong guesses at an identifier that no alert took up, and whose account it is.
pub(super) async fn waiting(
    sql: &impl Sql,
    key: &[u8],
    now: Timestamp,
) -> Result<(Option<Uuid>, Vec<AttackSource>), StoreError> {
    let select = "SELECT source, person, guesses, first_at, last_at FROM identity_guess
        WHERE key = $1 AND last_at > $2 ORDER BY first_at, source";
    let rows = sql.all(select, vec![key.to_vec().into(), (now - GUESSES_COUNT_FOR).0.into()]).await?;
    let person = rows.last().map(|row| row.get("person")).transpose()?.flatten();
    Ok((person, rows.iter().map(source).collect::<Result<_, _>>()?))
}

/// They belong to an alert from now on.
pub(super) async fn taken_up(tx: &Tx, key: &[u8]) -> Result<(), StoreError> {
    tx.run("DELETE FROM identity_guess WHERE key = $1", vec![key.to_vec().into()]).await.map(drop)
}

pub(crate) async fn sweep(tx: &Tx, now: Timestamp) -> Result<u64, StoreError> {
    let old = "DELETE FROM identity_guess WHERE last_at <= $1";
    tx.run(old, vec![(now - GUESSES_COUNT_FOR).0.into()]).await
}

pub(super) async fn insert(tx: &Tx, new: &Attack) -> Result<(), StoreError> {
    let insert = "INSERT INTO identity_attack (id, person, key, state, guesses, first_at, last_at, opened_at, warnings, answer)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '')";
    let values = vec![
        new.id.into(),
        new.person.into(),
        new.key.clone().into(),
        new.state.word().into(),
        new.guesses.into(),
        new.first_at.0.into(),
        new.last_at.0.into(),
        new.opened_at.0.into(),
    ];
    tx.run(insert, values).await.map(drop)
}

pub(super) async fn add_source(tx: &Tx, attack: Uuid, from: &AttackSource) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_attack_source (attack, source, guesses, first_at, last_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (attack, source) DO UPDATE SET last_at = excluded.last_at,
            guesses = identity_attack_source.guesses + excluded.guesses";
    let values = vec![
        attack.into(),
        from.network.clone().into(),
        from.guesses.into(),
        from.first_at.0.into(),
        from.last_at.0.into(),
    ];
    tx.run(upsert, values).await.map(drop)
}

pub(super) async fn add_guesses(
    tx: &Tx,
    attack: Uuid,
    guesses: i64,
    last_at: Timestamp,
) -> Result<(), StoreError> {
    let update = "UPDATE identity_attack SET guesses = guesses + $2, last_at = $3 WHERE id = $1";
    tx.run(update, vec![attack.into(), guesses.into(), last_at.0.into()]).await.map(drop)
}

pub async fn attack(sql: &impl Sql, id: Uuid) -> Result<Option<Attack>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM identity_attack a WHERE a.id = $1");
    sql.find(&select, vec![id.into()], read).await
}

/// The open alert about a person's account.
pub async fn open_attack(sql: &impl Sql, person: Uuid) -> Result<Option<Attack>, StoreError> {
    let select = format!("SELECT {COLUMNS} FROM identity_attack a WHERE a.person = $1 AND a.state = 'open'");
    sql.find(&select, vec![person.into()], read).await
}

pub(super) async fn all_open(sql: &impl Sql, limit: i64) -> Result<Vec<Attack>, StoreError> {
    let select =
        format!("SELECT {COLUMNS} FROM identity_attack a WHERE a.state = 'open' ORDER BY a.id LIMIT $1");
    sql.list(&select, vec![limit.into()], read).await
}

/// Networks of an alert, those with most guesses first.
pub async fn attack_sources(sql: &impl Sql, attack: Uuid) -> Result<Vec<AttackSource>, StoreError> {
    let select = "SELECT source, guesses, first_at, last_at FROM identity_attack_source WHERE attack = $1
        ORDER BY guesses DESC, source LIMIT $2";
    sql.list(select, vec![attack.into(), SOURCES_SHOWN_MAX.into()], source).await
}

/// Who ended the password of a person last, because of an attack.
pub async fn password_ended_by(sql: &impl Sql, person: Uuid) -> Result<Option<Uuid>, StoreError> {
    let select = "SELECT ended_by FROM identity_attack WHERE person = $1 AND state = 'reset'
        ORDER BY ended_at DESC LIMIT 1";
    sql.find(select, vec![person.into()], |row| row.get("ended_by")).await
}

pub async fn attack_warnings(sql: &impl Sql, attack: Uuid) -> Result<Vec<Warning>, StoreError> {
    let select =
        "SELECT place, notice, phone, text, at FROM identity_attack_warning WHERE attack = $1 ORDER BY place";
    sql.list(select, vec![attack.into()], |row| {
        Ok(Warning {
            place: row.get("place")?,
            notice: row.get("notice")?,
            phone: row.get("phone")?,
            text: row.get("text")?,
            at: Timestamp(row.get("at")?),
        })
    })
    .await
}

/// Which alerts of a list.
#[derive(Clone, Debug, Default)]
pub struct AttacksWanted {
    pub state: Option<AttackState>,
    /// Only those whose password may be ended now.
    pub due: Option<(Ladder, Timestamp)>,
    /// Part of a name, or a whole identifier.
    pub words: String,
}

/// Alerts, the newest first, from behind a place on.
pub async fn attacks(
    sql: &impl Sql,
    wanted: &AttacksWanted,
    after: Option<(i64, Uuid)>,
    limit: i64,
) -> Result<Vec<Attack>, StoreError> {
    let (at, id) = after.unwrap_or((i64::MAX, Uuid::max()));
    let mut values: Vec<Value> = vec![at.into(), id.into()];
    let mut only = String::new();
    let mut narrow = |condition: &dyn Fn(usize) -> String, value: Value| {
        values.push(value);
        only += &format!(" AND {}", condition(values.len()));
    };
    if let Some(state) = wanted.state {
        narrow(&|place| format!("a.state = ${place}"), state.word().into());
    }
    if let Some((ladder, now)) = wanted.due {
        narrow(&|place| format!("a.state = 'open' AND a.warnings >= ${place}"), ladder.warnings.into());
        narrow(&|place| format!("a.warned_at <= ${place}"), (now - ladder.interval).0.into());
    }
    let words = wanted.words.trim().to_lowercase().replace(['%', '_', '\\'], "");
    if !words.is_empty() {
        let named = |place: usize| {
            format!(
                "(p.name_ar LIKE ${place} OR LOWER(p.name_en) LIKE ${place} OR p.identifier LIKE ${place})"
            )
        };
        narrow(&named, format!("%{}%", language::fold_digits(&words)).into());
    }
    values.push(limit.into());
    let select = format!(
        "SELECT {COLUMNS} FROM identity_attack a JOIN identity_person p ON p.id = a.person
         WHERE (a.opened_at, a.id) < ($1, $2){only} ORDER BY a.opened_at DESC, a.id DESC LIMIT ${}",
        values.len()
    );
    sql.list(&select, values, read).await
}

pub(super) async fn warned(tx: &Tx, attack: Uuid, warning: &Warning) -> Result<(), StoreError> {
    let insert = "INSERT INTO identity_attack_warning (attack, place, notice, phone, text, at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let values = vec![
        attack.into(),
        warning.place.into(),
        warning.notice.into(),
        warning.phone.clone().into(),
        warning.text.clone().into(),
        warning.at.0.into(),
    ];
    tx.run(insert, values).await?;
    let update = "UPDATE identity_attack SET warnings = $2, warned_at = $3 WHERE id = $1";
    tx.run(update, vec![attack.into(), warning.place.into(), warning.at.0.into()]).await.map(drop)
}

/// False when it was over already.
pub(super) async fn end(
    tx: &Tx,
    attack: Uuid,
    (state, answer): (AttackState, &str),
    by: Uuid,
    matter: Option<Uuid>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let update =
        "UPDATE identity_attack SET state = $2, answer = $3, ended_by = $4, matter = $5, ended_at = $6
        WHERE id = $1 AND state = 'open'";
    let values =
        vec![attack.into(), state.word().into(), answer.into(), by.into(), matter.into(), at.0.into()];
    Ok(tx.run(update, values).await? == 1)
}

/// True for whoever tells the officers first.
pub async fn told_that_due(tx: &Tx, attack: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let update = "UPDATE identity_attack SET due_told_at = $2 WHERE id = $1 AND due_told_at IS NULL";
    Ok(tx.run(update, vec![attack.into(), at.0.into()]).await? == 1)
}

/// What the implementing body set.
pub(super) async fn ladder(sql: &impl Sql) -> Result<Option<Ladder>, StoreError> {
    let select = "SELECT warnings, interval_seconds FROM identity_ladder WHERE id = 1";
    sql.find(select, vec![], |row| {
        let seconds: i64 = row.get("interval_seconds")?;
        Ok(Ladder { warnings: row.get("warnings")?, interval: Duration::from_secs(seconds.unsigned_abs()) })
    })
    .await
}

pub(super) async fn put_ladder(tx: &Tx, ladder: Ladder, by: Uuid, at: Timestamp) -> Result<(), StoreError> {
    let upsert = "INSERT INTO identity_ladder (id, warnings, interval_seconds, set_by, set_at) VALUES (1, $1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET warnings = excluded.warnings, interval_seconds = excluded.interval_seconds,
            set_by = excluded.set_by, set_at = excluded.set_at";
    let seconds = i64::try_from(ladder.interval.as_secs()).unwrap_or(i64::MAX);
    tx.run(upsert, vec![ladder.warnings.into(), seconds.into(), by.into(), at.0.into()]).await.map(drop)
}

fn source(row: &Row) -> Result<AttackSource, StoreError> {
    Ok(AttackSource {
        network: row.get("source")?,
        guesses: row.get("guesses")?,
        first_at: Timestamp(row.get("first_at")?),
        last_at: Timestamp(row.get("last_at")?),
    })
}

fn read(row: &Row) -> Result<Attack, StoreError> {
    let state: String = row.get("state")?;
    let at = |column: &str| Ok::<_, StoreError>(row.get::<Option<i64>>(column)?.map(Timestamp));
    Ok(Attack {
        id: row.get("id")?,
        person: row.get("person")?,
        key: row.get("key")?,
        state: AttackState::named(&state).ok_or_else(|| StoreError::Shape(format!("attack {state}")))?,
        guesses: row.get("guesses")?,
        first_at: Timestamp(row.get("first_at")?),
        last_at: Timestamp(row.get("last_at")?),
        opened_at: Timestamp(row.get("opened_at")?),
        warnings: row.get("warnings")?,
        warned_at: at("warned_at")?,
        answer: row.get("answer")?,
        ended_at: at("ended_at")?,
        ended_by: row.get("ended_by")?,
        matter: row.get("matter")?,
    })
}
