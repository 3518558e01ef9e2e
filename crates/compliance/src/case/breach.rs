//! A breach of a body's own policy opens a case in the transaction of its report (OM-SOC-P4.c), with the clause and the version
//! that were in force, and what the ledger holds of the employee's acknowledgement under one hash.

use authz::Failure;
use clock::Timestamp;
use language::Text;
use store::Tx;
use uuid::Uuid;

use super::{
    CaseKind,
    open::{NewCase, open_under},
    seal,
};

/// What was not kept, by whom and when.
pub struct Breach {
    pub body: Uuid,
    /// The article that the clause carries out.
    pub control: String,
    /// The policy, its version and clause as they were in force.
    pub edition: String,
    pub person: Uuid,
    /// `policy/…`, as the ledger names it.
    pub origin: String,
    pub title: Text,
    pub facts: Text,
    pub attached: Vec<Attached>,
}

/// What goes into the case at once: what it shows, and the names under which the ledger holds it.
pub struct Attached {
    pub what: String,
    pub subject: String,
}

/// Opens the case. Whether somebody may report is the caller's to decide.
pub async fn breach(tx: &Tx, breach: Breach, by: Uuid, at: Timestamp) -> Result<Uuid, Failure> {
    let Breach { body, control, edition, person, origin, title, facts, attached } = breach;
    let kind = CaseKind::Violation;
    let new = NewCase { kind, body, control, law: String::new(), person: Some(person), origin, title, facts };
    let case = open_under(tx, edition, new, by, at).await?;
    for Attached { what, subject } in attached {
        let sealed = seal::sealed(tx, &[subject]).await?;
        seal::add(tx, &case, &what, &sealed, by, at).await?;
    }
    Ok(case.id)
}
