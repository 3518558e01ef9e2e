//! One step of a request along its process: the new stage with its state and its desk, the row, the task.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use store::{StoreError, Tx};

use super::{Act, Desk, Request, table};
use crate::{
    endpoint::{self, Event},
    entry::Entry,
    process::{Party, Stage},
    task, timing,
};

pub(crate) const CHANGED: Refusal = Refusal::new(Kind::Conflict, "request.changed", &[]);

/// Takes a request along one move. Refused when the process has no such move, or when somebody was faster.
pub(crate) async fn take(
    tx: &Tx,
    entry: &Entry,
    request: &mut Request,
    act: Act,
    to: Option<&str>,
    at: Timestamp,
) -> Result<(), Failure> {
    let stage = entry.process.after(&request.stage, act, to)?;
    place(tx, request, stage).await?;
    request.closed_at = stage.is_end().then_some(at);
    timing::run::moved(tx, request, stage, at).await?;
    if !table::update(tx, request).await? {
        return Err(CHANGED.into());
    }
    task::table::close(tx, request.id, at).await?;
    lay_on_desk(tx, request, stage, at).await
}

/// Where a request stands from now on.
pub(crate) async fn place(tx: &Tx, request: &mut Request, stage: &Stage) -> Result<(), Failure> {
    request.stage = stage.id.clone();
    request.state = stage.state;
    request.desk = match &stage.party {
        Party::Applicant | Party::System => None,
        Party::Provider { role } => Some(Desk { role: role.clone(), body: request.body }),
        Party::Body { body, role } => {
            let known = organisations::body_by_slug(tx, body).await?;
            let known = known.ok_or_else(|| StoreError::Shape(format!("body {body} of a process")))?;
            Some(Desk { role: role.clone(), body: known.id })
        }
    };
    Ok(())
}

/// Opens the task of the desk on which the request lies now, and tells a body that does not provide the service by machine.
pub(crate) async fn lay_on_desk(
    tx: &Tx,
    request: &Request,
    stage: &Stage,
    at: Timestamp,
) -> Result<(), Failure> {
    let Some(desk) = &request.desk else { return Ok(()) };
    task::table::open(tx, request, stage, desk, at).await?;
    match desk.body == request.body {
        true => Ok(()),
        false => endpoint::tell::body(tx, desk.body, request, Event::Arrived, at).await,
    }
}
