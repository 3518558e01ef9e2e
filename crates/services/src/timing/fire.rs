//! A timer fires. The job may run twice, on two nodes, or too early after a new holiday: whether the time is over, and
//! whether anybody still waits for it, is asked again in the transaction in which it fires, and only one can fire it.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use authz::{Failure, Refusal};
use clock::{Clock, Timestamp};
use jobs::{Job, JobError, Task, Work};
use organisations::{COMPETENT_ADMINISTRATION, Calendar};
use outlook::Outlook;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Timing, late, table,
    timer::{self, JOB, Timer, TimerKind, WHOLE},
};
use crate::{
    Services,
    entry::Entry,
    output::issue,
    process::{Expiry, Party, Stage},
    request::{self, Act, Request, moving},
    telling::{self, Telling},
};

/// People of one desk that are told at once; whoever has more of them has somebody who looks at the desk.
const TOLD_MAX: usize = 50;

/// The worker of timers.
pub struct FireTimers(pub Arc<Services>);

#[async_trait]
impl Work for FireTimers {
    fn kind(&self) -> &'static str {
        JOB
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = task.payload.get("timer").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let due = task.payload.get("due").and_then(|due| due.as_i64()).map(Timestamp);
        let (id, due) = id.zip(due).ok_or_else(|| JobError::Never("the payload names no timer".into()))?;
        self.0.fire(id, due).await.map_err(JobError::of)
    }
}

impl Services {
    async fn fire(&self, id: Uuid, due: Timestamp) -> Result<(), Failure> {
        let sql = self.store.read();
        let Some(timer) = table::unfired(&sql, id).await?.filter(|timer| timer.due_at == Some(due)) else {
            return Ok(());
        };
        let request = request::table::by_id(&sql, timer.request).await?.ok_or_else(Refusal::not_found)?;
        let entry = self.entry_of(&request).await?;
        let applicant = identity::person(&sql, request.applicant).await?.ok_or_else(Refusal::not_found)?;
        let provider = self.directory.provider(request.body).ok_or_else(Refusal::not_found)?;
        let outlook = match timer.kind {
            TimerKind::Foresee | TimerKind::Miss => self.outlook(entry.id, &provider.calendar).await?,
            _ => None,
        };
        let telling = Telling::of(&applicant, &entry);
        self.store.write(Fire { timer: id, due, entry, telling, outlook, clock: self.clock.clone() }).await?;
        self.ledger.wake();
        Ok(())
    }
}

struct Fire {
    timer: Uuid,
    due: Timestamp,
    entry: Arc<Entry>,
    telling: Telling,
    outlook: Option<Arc<Outlook>>,
    clock: Clock,
}

/// What the transaction has read anew.
struct Standing {
    timer: Timer,
    request: Request,
    timing: Timing,
    stage: Stage,
    /// The provider's.
    calendar: Calendar,
    /// Of whoever holds the request.
    own: Calendar,
    now: Timestamp,
}

impl Verb for Fire {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let Some(mut standing) = self.standing(tx).await? else { return Ok(()) };
        if self.is_early(tx, &mut standing).await?
            || !table::fire(tx, self.timer, self.due, standing.now).await?
        {
            return Ok(());
        }
        self.record(tx, &standing).await?;
        self.follow(tx, &standing).await?;
        self.act(tx, &mut standing).await
    }
}

impl Standing {
    /// The calendar that the timer's clock counts by.
    fn clock(&self) -> &Calendar {
        if self.timer.stage == WHOLE { &self.calendar } else { &self.own }
    }

    /// For how long the timer's clock has run.
    async fn worked(&self, tx: &Tx) -> Result<Duration, Failure> {
        let Standing { timer, timing, now, .. } = self;
        Ok(match timer.stage.as_str() {
            WHOLE => timing.spent_at(&self.calendar, *now),
            here => {
                table::worked_at(tx, timing.request, here).await?
                    + self.own.working_between(timing.since, *now)
            }
        })
    }
}

impl Fire {
    /// Nothing when the stage has ended, the clock stands still, or another moment was set meanwhile.
    async fn standing(&self, tx: &Tx) -> Result<Option<Standing>, Failure> {
        let timer = table::unfired(tx, self.timer).await?.filter(|timer| timer.due_at == Some(self.due));
        let Some(timer) = timer else { return Ok(None) };
        let request = request::table::by_id(tx, timer.request).await?;
        let timing = table::find(tx, timer.request).await?;
        let Some((request, timing)) = request.zip(timing) else { return Ok(None) };
        let runs = match timer.stage.as_str() {
            WHOLE => timing.holder.counts(),
            here => here == request.stage && !request.state.is_closed(),
        };
        let Some(stage) = self.entry.process.stage(&request.stage).filter(|_| runs).cloned() else {
            return Ok(None);
        };
        let calendar = organisations::calendar(tx, timing.body).await?;
        let own = timer::own_calendar(tx, &timing, &calendar).await?;
        Ok(Some(Standing { timer, request, timing, stage, calendar, own, now: self.clock.now() }))
    }

    /// A holiday may have come meanwhile: the timer is set to the later moment.
    async fn is_early(&self, tx: &Tx, standing: &mut Standing) -> Result<bool, Failure> {
        let left = standing.timer.after.saturating_sub(standing.worked(tx).await?);
        if left.is_zero() {
            return Ok(false);
        }
        let due = standing.clock().add_working(standing.now, left);
        timer::set(tx, &mut standing.timer, due).await?;
        Ok(true)
    }

    async fn record(&self, tx: &Tx, standing: &Standing) -> Result<(), Failure> {
        let Standing { timer, request, now, .. } = standing;
        let entry = ledger::Entry {
            kind: "timer.fired",
            subject: request.subject(),
            actor: None,
            controls: &["LY-SVC-16.3c"],
            body: json!({ "timer": timer.id, "kind": timer.kind.word(), "stage": request.stage }),
            at: *now,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }

    /// The timer that runs on when this one has fired. A promise that is given up already needs none for its end.
    async fn follow(&self, tx: &Tx, standing: &Standing) -> Result<(), Failure> {
        let Standing { timer, timing, stage, now, .. } = standing;
        if timer.kind == TimerKind::Foresee && !self.will_be_kept(standing) {
            return Ok(());
        }
        let clock = standing.clock();
        if let Some(mut next) = timer::next(timer, stage, timing.limit, clock.working_day()) {
            let left = next.after.saturating_sub(standing.worked(tx).await?);
            timer::set(tx, &mut next, clock.add_working(*now, left)).await?;
        }
        Ok(())
    }

    async fn act(&self, tx: &Tx, standing: &mut Standing) -> Result<(), Failure> {
        match standing.timer.kind {
            TimerKind::Remind => self.remind(tx, standing).await,
            TimerKind::EscalateHead => self.escalate(tx, standing, "head").await,
            TimerKind::EscalateAuthority => self.tell_authority(tx, standing).await,
            TimerKind::Expiry => self.expire(tx, standing).await,
            TimerKind::Foresee if self.will_be_kept(standing) => Ok(()),
            TimerKind::Foresee | TimerKind::Miss => self.delay(tx, standing).await,
        }
    }

    /// Whether half of the cases that took so long already have ended in the time that is left.
    fn will_be_kept(&self, standing: &Standing) -> bool {
        let spent = standing.timing.spent_at(&standing.calendar, standing.now);
        let left = self.outlook.as_ref().and_then(|outlook| outlook.left_after(spent));
        left.is_none_or(|left| left.half <= standing.timing.limit.saturating_sub(spent))
    }

    async fn delay(&self, tx: &Tx, standing: &mut Standing) -> Result<(), Failure> {
        let Standing { timer, request, timing, calendar, now, .. } = standing;
        let outlook = self.outlook.as_deref();
        let found =
            late::Found { fired: timer, request, calendar, outlook, telling: &self.telling, now: *now };
        late::delay(tx, found, timing).await
    }

    async fn remind(&self, tx: &Tx, standing: &Standing) -> Result<(), Failure> {
        let Standing { request, stage, now, .. } = standing;
        if stage.party == Party::Applicant {
            let message = self.telling.message(request, "request-remind");
            return self.telling.tell(tx, message, *now).await;
        }
        let Some(desk) = &request.desk else { return Ok(()) };
        let people = organisations::people_with(tx, &desk.role, desk.body, *now).await?;
        self.tell(tx, standing, "timer-remind", people).await
    }

    /// A higher role at the body that holds the request; where nobody has it, the competent administration.
    async fn escalate(&self, tx: &Tx, standing: &Standing, role: &str) -> Result<(), Failure> {
        let body = standing.request.desk.as_ref().map_or(standing.request.body, |desk| desk.body);
        let people = organisations::people_with(tx, role, body, standing.now).await?;
        if people.is_empty() {
            return self.tell_authority(tx, standing).await;
        }
        self.tell(tx, standing, "timer-escalated", people).await
    }

    async fn tell_authority(&self, tx: &Tx, standing: &Standing) -> Result<(), Failure> {
        let Some(authority) = organisations::holder_of(tx, COMPETENT_ADMINISTRATION).await? else {
            return Ok(());
        };
        let mut people = organisations::people_with(tx, "head", authority, standing.now).await?;
        if people.is_empty() {
            people = organisations::people_with(tx, "administrator", authority, standing.now).await?;
        }
        self.tell(tx, standing, "timer-escalated", people).await
    }

    async fn tell(
        &self,
        tx: &Tx,
        standing: &Standing,
        key: &'static str,
        people: Vec<Uuid>,
    ) -> Result<(), Failure> {
        let Standing { request, stage, now, .. } = standing;
        for person in people.into_iter().take(TOLD_MAX) {
            let link = format!("/desk/{}", request.number);
            let message = telling::message(person, key, request.subject(), link)
                .word("number", request.number.as_str())
                .text("stage", &stage.title)
                .text("service", &self.entry.card.name);
            notify::send(tx, *now, message, None).await?;
        }
        Ok(())
    }

    async fn expire(&self, tx: &Tx, standing: &mut Standing) -> Result<(), Failure> {
        match standing.stage.expiry.clone() {
            None => Ok(()),
            Some(Expiry::Remind { .. }) => self.remind(tx, standing).await,
            Some(Expiry::Escalate { role, .. }) => self.escalate(tx, standing, &role).await,
            Some(Expiry::Act { act, to, .. }) => self.lapse(tx, standing, act, &to).await,
        }
    }

    /// The law answers in the place of whoever was silent.
    async fn lapse(&self, tx: &Tx, standing: &mut Standing, act: Act, to: &str) -> Result<(), Failure> {
        let Standing { request, stage, now, .. } = standing;
        let now = *now;
        let basis = stage.legal_basis.as_ref().unwrap_or(&self.entry.process.legal_basis).ar.clone();
        if act.is_decision() {
            request.checks.decision = basis.clone();
        }
        let from = request.stage.clone();
        moving::take(tx, &self.entry, request, act, Some(to), now).await?;
        request::table::add_step(tx, request, None, &basis, now).await?;
        let entry = ledger::Entry {
            kind: "request.lapsed",
            subject: request.subject(),
            actor: None,
            controls: &["LY-SVC-17.1a"],
            body: json!({ "from": from, "to": to, "act": act.word(), "legal_basis": basis }),
            at: now,
        };
        ledger::append(tx, entry).await?;
        match act {
            Act::Approve => {
                let payload = json!({ "request": request.id });
                let job = Job { kind: issue::KIND, key: request.number.to_string(), payload, run_at: now };
                Ok(jobs::enqueue(tx, job).await?)
            }
            Act::Refuse => {
                let message = self.telling.message(request, "request-refused").word("reason", &basis);
                self.telling.tell(tx, message, now).await
            }
            _ => Ok(()),
        }
    }
}
