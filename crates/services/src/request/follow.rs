//! Following a request: its stages, who holds it now, what is expected next, and what this caller may do
//! (LY-SVC-16.3a to c).

use std::sync::Arc;

use authz::{Actor, Failure};
use clock::Timestamp;
use language::Text;
use web::Shell;

use super::{Act, Request, RequestNumber, State, table};
use crate::{
    Services,
    entry::{Entry, directory::Provider},
    output::{self, Output},
    process::{Move, Party, Process, Stage},
    timing::{self, Timing, forecast::Usual},
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
    /// It ends here, taken back.
    Withdrawn,
    /// It ends here, because it was never completed.
    Expired,
}

impl Progress {
    pub fn word(self) -> &'static str {
        match self {
            Progress::Done => "done",
            Progress::Now => "now",
            Progress::NeedsYou => "needs_you",
            Progress::Next => "next",
            Progress::Refused => "refused",
            Progress::Withdrawn => "withdrawn",
            Progress::Expired => "expired",
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
    /// When it was left.
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
    /// By when it must be complete, while its receipt is not confirmed.
    pub complete_by: Option<Timestamp>,
    pub is_late: bool,
    /// Its clocks; nothing for what was delivered before there were any.
    pub timing: Option<Timing>,
    /// The stages that it visited, each with its time.
    pub(crate) visits: Vec<timing::table::Visit>,
    /// How long it usually takes; and whether this one has taken longer, while nobody calls it late yet.
    pub usual: Option<Usual>,
    pub is_beyond_usual: bool,
    pub actions: Vec<Act>,
}

impl Followed {
    /// The administrative act that came of it, by title, number and day; empty where there is none (LY-SVC-18.3).
    pub(crate) fn act_said(&self, shell: &Shell) -> String {
        let act =
            self.request.checks.act.said(&shell.site().texts, &self.entry.card.act_title(), &self.provider);
        shell.text(&act).to_owned()
    }

    /// What an output is called on the card under which it was made.
    pub(crate) fn output_title(&self, shell: &Shell, output: &Output) -> String {
        let listed = self.entry.card.outputs.iter().find(|listed| listed.id == output.part);
        listed.map_or_else(|| output.part.clone(), |listed| shell.text(&listed.title).to_owned())
    }
}

impl Services {
    /// The request as this person may see it; 404 for everybody else.
    pub async fn follow(&self, actor: &Actor, number: &RequestNumber) -> Result<Followed, Failure> {
        let sql = self.store.read();
        let request = self.seen_by(actor, number).await?;
        self.read_as_officer(actor, &request).await?;
        let entry = self.entry_of(&request).await?;
        let provider = self.directory.provider(request.body).ok_or_else(authz::Refusal::not_found)?;
        let steps = table::steps(&sql, request.id).await?;
        let outputs = output::table::of_request(&sql, request.id).await?;
        let timing = timing::table::find(&sql, request.id).await?;
        let usual = self.usual(entry.id, &provider.calendar).await?;
        let now = self.clock.now();
        let is_late = !request.state.is_closed() && request.checks.gaps.is_empty() && now > request.due_at;
        let beyond = |timing: &Timing, usual: Usual| {
            timing.spent_at(&provider.calendar, now) > provider.calendar.working_day() * usual.most
        };
        let is_beyond_usual = !is_late
            && !request.state.is_closed()
            && timing.as_ref().zip(usual).is_some_and(|(timing, usual)| beyond(timing, usual));
        let complete_by = self.complete_by(&request);
        let held_since = steps.last().map_or(request.delivered_at, |step| step.at);
        Ok(Followed {
            stages: stages(&entry.process, &request, &steps),
            holder: holder(&entry.process, &request),
            held_since,
            complete_by,
            timing,
            visits: timing::table::visits(&sql, request.id).await?,
            usual,
            is_beyond_usual,
            is_late,
            actions: self.actions(actor, &entry.process, &request),
            request,
            entry,
            provider,
            steps,
            outputs,
        })
    }

    /// What this caller may do now: the process has a move for it and the policies permit it.
    fn actions(&self, actor: &Actor, process: &Process, request: &Request) -> Vec<Act> {
        let stage = process.stage(&request.stage);
        let offers = |act: &Act| match act {
            Act::Withdraw => request.state.is_undecided(),
            Act::Complete => request.state == State::ReceiptNotConfirmed,
            act => stage.is_some_and(|stage| stage.offers(*act)),
        };
        Act::ALL
            .into_iter()
            .filter(offers)
            .filter(|act| self.policies.decide("services", actor, act.word(), &request.resource()).permitted)
            .collect()
    }
}

impl Followed {
    /// The new day, once it is known that the promise will not be kept.
    pub fn new_day(&self) -> Option<Timestamp> {
        let timing = self.timing.as_ref().filter(|_| !self.request.state.is_closed())?;
        timing.late_at.map(|_| timing.expected_at)
    }

    /// The ways on that this caller may take to the next desk.
    pub fn ways_on(&self) -> impl Iterator<Item = &Move> {
        let may = self.actions.contains(&Act::PassOn);
        let stage = self.entry.process.stage(&self.request.stage).filter(|_| may);
        stage.into_iter().flat_map(|stage| &stage.moves).filter(|way| way.act == Act::PassOn)
    }
}

/// Whoever holds it, unless that is the applicant or nobody any more.
fn holder(process: &Process, request: &Request) -> Option<Text> {
    let stage = process.stage(&request.stage)?;
    let held = !stage.is_end() && stage.party != Party::Applicant;
    held.then(|| stage.holder.clone())
}

/// The delivery, the stages that the request has passed, the one at which it is, and those that can still come.
///
/// With the applicant it is at the stage to which it comes back. What is refused ends where it was refused: the
/// stages behind that one never come.
fn stages(process: &Process, request: &Request, steps: &[table::Step]) -> Vec<StageNow> {
    let course: Vec<&Stage> = process.course().collect();
    let place = |id: &str| course.iter().position(|stage| stage.id == id);
    let visits = visits(process, request, steps);
    let current = place(here(process, request, &visits)).unwrap_or(course.len());
    let ahead = process.ahead(course.get(current).map_or("", |stage| stage.id.as_str()));
    let is_confirmed = request.checks.gaps.is_empty();
    let delivered = StageNow {
        id: "received".to_owned(),
        title: process.delivery.title.clone(),
        holder: process.delivery.holder.clone(),
        progress: match request.state {
            _ if is_confirmed => Progress::Done,
            State::Withdrawn => Progress::Withdrawn,
            State::Expired => Progress::Expired,
            _ => Progress::NeedsYou,
        },
        at: if is_confirmed { Some(request.delivered_at) } else { request.closed_at },
    };
    if !is_confirmed && request.state.is_closed() {
        return vec![delivered];
    }
    if !is_confirmed {
        let next = course.iter().map(|stage| StageNow {
            id: stage.id.clone(),
            title: stage.title.clone(),
            holder: stage.holder.clone(),
            progress: Progress::Next,
            at: None,
        });
        return std::iter::once(delivered).chain(next).collect();
    }
    let shown = course.iter().enumerate().filter_map(|(at, stage)| {
        let left = visits.iter().rev().find(|visit| visit.stage == stage.id).and_then(|visit| visit.left_at);
        let progress = progress(request.state, at, current);
        let passed_by = match progress {
            Progress::Done => left.is_none() && at != current,
            Progress::Next => request.state.is_closed() || !ahead.contains(&stage.id.as_str()),
            _ => false,
        };
        (!passed_by).then(|| StageNow {
            id: stage.id.clone(),
            title: stage.title.clone(),
            holder: stage.holder.clone(),
            progress,
            at: left.filter(|_| progress != Progress::Next),
        })
    });
    std::iter::once(delivered).chain(shown).collect()
}

/// A stay at a stage.
struct Visit<'r> {
    stage: &'r str,
    left_at: Option<Timestamp>,
}

fn visits<'r>(process: &'r Process, request: &'r Request, steps: &'r [table::Step]) -> Vec<Visit<'r>> {
    let start = process.start().map_or("", |stage| stage.id.as_str());
    let entered = std::iter::once(start).chain(steps.iter().map(|step| step.stage.as_str()));
    let left = steps.iter().map(|step| Some(step.at)).chain([request.closed_at]);
    entered.zip(left).map(|(stage, left_at)| Visit { stage, left_at }).collect()
}

/// The stage of the course at which a request is, was last, or to which it comes back.
fn here<'p>(process: &'p Process, request: &'p Request, visits: &[Visit<'p>]) -> &'p str {
    let last = || visits.iter().rev().nth(1).map_or("", |visit| visit.stage);
    // A stage that no process has is that of what was taken back; it was where it was last.
    let stage = process.stage(&request.stage).or_else(|| process.stage(last()));
    let Some(stage) = stage else { return "" };
    if stage.party == Party::Applicant {
        return stage.moves.first().map_or("", |way| way.to.as_str());
    }
    if stage.is_end() {
        return last();
    }
    &stage.id
}

fn progress(state: State, place: usize, current: usize) -> Progress {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match (place.cmp(&current), state) {
        (Equal, State::Returned) => Progress::NeedsYou,
        (Equal, State::Refused) => Progress::Refused,
        (Equal, State::Withdrawn) => Progress::Withdrawn,
        (Less, _) | (Equal, State::Completed) => Progress::Done,
        (Equal, _) => Progress::Now,
        (Greater, _) => Progress::Next,
    }
}
