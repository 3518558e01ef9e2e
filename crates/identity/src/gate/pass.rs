//! Passing the gate, and being told afterwards that the guess was wrong.

use authz::Failure;
use clock::Timestamp;
use ledger::Entry;
use serde_json::json;
use store::{StoreError, Tx, Verb};
use uuid::Uuid;

use super::{Count, Gate, LOCK_WINDOW, table};
use crate::attack;

/// Counts an attempt at each gate. A locked gate is an answer, not an error: the count must stay.
pub(crate) struct PassGate {
    pub(crate) gates: Vec<Gate>,
    pub(crate) at: Timestamp,
}

/// Until when the gate is locked; nothing when the attempt may go on.
pub(crate) type LockedUntil = Option<Timestamp>;

impl Verb for PassGate {
    type Answer = LockedUntil;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<LockedUntil, Failure> {
        let mut until: LockedUntil = None;
        for gate in &self.gates {
            let count = table::count(tx, &gate.key, gate.failures_max, self.at).await?;
            if count.is_locked(gate) {
                until = until.max(Some(count.since + LOCK_WINDOW));
                self.note_lock(tx, gate, count).await?;
            }
        }
        Ok(until)
    }
}

impl PassGate {
    async fn note_lock(&self, tx: &Tx, gate: &Gate, count: Count) -> Result<(), StoreError> {
        if !count.locks_now(gate) {
            return Ok(());
        }
        let entry = Entry {
            kind: "auth.locked",
            subject: format!("{}/{}", gate.what, hex::encode(&gate.key)),
            actor: None,
            controls: &["LY-SVC-8.1"],
            body: json!({ "until": (count.since + LOCK_WINDOW).to_string() }),
            at: self.at,
        };
        ledger::append(tx, entry).await.map(drop)
    }
}

/// What was wrong when an authenticator app is being set up.
pub(crate) const ENROLMENT: &str = "enrolment";

/// Enters a wrong password or code into the ledger. The counters were raised when the gate was passed.
pub(crate) struct NoteFailure {
    pub(crate) gates: Vec<Gate>,
    pub(crate) whose: Option<Uuid>,
    /// `password`, `directory`, `code`, `key`, `entry_code`, or [`ENROLMENT`].
    pub(crate) what: &'static str,
    pub(crate) at: Timestamp,
}

impl Verb for NoteFailure {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let found = |what: &str| self.gates.iter().find(|gate| gate.what == what);
        // Whoever sets up an app is signed in already: a wrong code there is no guess at the account.
        if let (Some(identifier), Some(address), true) =
            (found("identifier"), found("address"), self.what != ENROLMENT)
        {
            attack::table::guessed(tx, &identifier.key, &address.network, self.whose, self.at).await?;
            attack::gather::order(tx, &identifier.key, self.at).await?;
        }
        let gate = |what: &str| found(what).map(|gate| hex::encode(&gate.key));
        let entry = Entry {
            kind: "auth.failed",
            subject: format!("identifier/{}", gate("identifier").unwrap_or_default()),
            actor: None,
            controls: &["LY-SVC-8.1"],
            body: json!({ "what": self.what, "address": gate("address") }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
