//! Following a request: its stages, who holds it now, what is expected next, and what this caller may do
//! (LY-SVC-16.3a to c).

use std::sync::Arc;

use authz::{Actor, Failure};
use clock::Timestamp;
use language::Text;

use super::{Act, Request, RequestNumber, State, act, table};
use crate::{
    Services,
    entry::{Entry, directory::Provider},
    output::{self, Output},
    task,
};

/// Where a stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Done,
    Now,
    /// The applicant must act before it goes on.
    NeedsYou,
    Next,
    /// It ends here, not granted.
    Refused,
}

impl Progress {
    pub fn word(self) -> &'static str {
        match self {
            Progress::Done => "done",
            Progress::Now => "now",
            Progress::NeedsYou => "needs_you",
            Progress::Next => "next",
            Progress::Refused => "refused",
        }
    }
}

/// A stage of this request.
#[derive(Clone, Debug)]
pub struct StageNow {
    pub id: String,
    pub title: Text,
    pub holder: Text,
    pub progress: Progress,
    /// When it was reached.
    pub at: Option<Timestamp>,
}

/// Everything that one page or one answer says of a request.
pub struct Followed {
    pub request: Request,
    pub entry: Arc<Entry>,
    pub provider: Arc<Provider>,
    pub stages: Vec<StageNow>,
    pub(crate) steps: Vec<table::Step>,
    pub outputs: Vec<Output>,
    /// Who holds it: the unit of the open stage, or the applicant.
    pub holder: Option<Text>,
    pub held_since: Timestamp,
    pub is_late: bool,
    pub actions: Vec<Act>,
}

impl Services {
    /// The request as this person may see it; 404 for everybody else.
    pub async fn follow(&self, actor: &Actor, number: &RequestNumber) -> Result<Followed, Failure> {
        let sql = self.store.read();
        let request = act::visible(&sql, &self.policies, actor, number).await?;
        let entry = self.directory.entry_at(&self.store, request.entry, request.entry_version).await?;
        let entry = entry.ok_or_else(authz::Refusal::not_found)?;
        let provider = self.directory.provider(request.body).ok_or_else(authz::Refusal::not_found)?;
        let steps = table::steps(&sql, request.id).await?;
        let outputs = output::table::of_request(&sql, request.id).await?;
        let open_task = task::table::open_on(&sql, request.id).await?;
        let held_since = steps.last().map_or(request.delivered_at, |step| step.at);
        let held_since = open_task.map_or(held_since, |(_, opened_at)| opened_at);
        Ok(Followed {
            stages: stages(&entry, &request, &steps),
            holder: holder(&entry, &request),
            held_since,
            is_late: !request.state.is_closed() && self.clock.now() > request.due_at,
            actions: self.actions(actor, &request),
            request,
            entry,
            provider,
            steps,
            outputs,
        })
    }

    /// What this caller may do now: the state allows it and the policies permit it.
    fn actions(&self, actor: &Actor, request: &Request) -> Vec<Act> {
        [Act::Resubmit, Act::Verify, Act::SendBack, Act::Approve, Act::Refuse]
            .into_iter()
            .filter(|act| request.state.after(*act).is_ok())
            .filter(|act| self.policies.decide("services", actor, act.word(), &request.resource()).permitted)
            .collect()
    }
}

fn holder(entry: &Entry, request: &Request) -> Option<Text> {
    match request.state {
        State::Returned | State::Refused | State::Completed => None,
        state => entry.card.stage(state.stage()).map(|stage| stage.holder.clone()),
    }
}

fn stages(entry: &Entry, request: &Request, steps: &[table::Step]) -> Vec<StageNow> {
    let order = |id: &str| entry.card.stages.iter().position(|stage| stage.id == id).unwrap_or(usize::MAX);
    let current = order(request.state.stage());
    let reached = |stage: &str| match stage {
        "received" => Some(request.delivered_at),
        _ => steps.iter().rev().find(|step| closes(step.state) == stage).map(|step| step.at),
    };
    // What is refused ends where it was refused: the stages behind it never come.
    let shown = if request.state == State::Refused { current.saturating_add(1) } else { usize::MAX };
    entry
        .card
        .stages
        .iter()
        .enumerate()
        .take(shown)
        .map(|(place, stage)| {
            let progress = progress(request.state, place, current);
            StageNow {
                id: stage.id.clone(),
                title: stage.title.clone(),
                holder: stage.holder.clone(),
                progress,
                at: (progress != Progress::Next).then(|| reached(&stage.id)).flatten(),
            }
        })
        .collect()
}

/// The stage that a state brings to its end.
fn closes(state: State) -> &'static str {
    match state {
        State::Received | State::Returned => "received",
        State::Verified => "verification",
        State::Approved | State::Refused => "decision",
        State::Completed => "output",
    }
}

fn progress(state: State, place: usize, current: usize) -> Progress {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match (place.cmp(&current), state) {
        (Equal, State::Returned) => Progress::NeedsYou,
        (Equal, State::Refused) => Progress::Refused,
        (Less, _) | (Equal, State::Completed) => Progress::Done,
        (Equal, _) => Progress::Now,
        (Greater, _) => Progress::Next,
    }
}
