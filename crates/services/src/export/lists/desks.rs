//! What people ask for, and what waits for officers: requests, desks, delays, appeals, advice, paper copies.

use authz::{Actor, Failure, Kind, Refusal};
use uuid::Uuid;
use web::{Cell, Cursor};

use super::{PAGE_ROWS, Rows, Taking};
use crate::{
    Services, appeal, appointment, copy,
    request::{
        self,
        page::list::Asked,
        table::{Group, Mine, Order},
    },
    task::queue,
    timing::{
        Holder,
        delays::{NEWEST, Wanted},
        table::{After, Delay},
    },
};

fn delays_wanted(taking: &Taking) -> Wanted {
    let state = taking.narrowed.state.as_deref().filter(|state| ["open", "closed"].contains(state));
    Wanted {
        body: taking.word(|narrowed| &narrowed.body),
        service: taking.word(|narrowed| &narrowed.service),
        open: state.map(|state| state == "open"),
    }
}

impl Services {
    pub(super) async fn request_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let after: Option<(i64, Uuid)> = Cursor::decode_given(after)?;
        let mine = self.requests_wanted(taking);
        let lines = request::table::mine(&self.store.read(), &mine, after, PAGE_ROWS + 1).await?;
        Rows::of(
            lines,
            |line| line.key(Order::Newest),
            |line| {
                let (service, provider) = self.named(line.entry, taking.lang);
                let state = self.texts.say(taking.lang, &format!("request-state-{}", line.state.word()), &[]);
                vec![
                    line.number.into(),
                    service.into(),
                    provider.into(),
                    state.into(),
                    line.delivered_at.into(),
                    line.due_at.into(),
                ]
            },
        )
    }

    /// As on the page, but the newest first: the order of the index, whatever length the list has.
    fn requests_wanted(&self, taking: &Taking) -> Mine {
        let narrowed = taking.narrowed.clone();
        let (show, q, service, of) = (narrowed.show, narrowed.q, narrowed.service, narrowed.of);
        let asked = Asked { show, q, service, of, ..Asked::default() };
        Mine { order: Order::Newest, ..self.wanted_of_mine(&taking.actor, &asked) }
    }

    /// Nobody counts the requests that were searched for.
    pub(super) async fn requests_expected(&self, taking: &Taking) -> Result<Option<i64>, Failure> {
        let wanted = self.requests_wanted(taking);
        if wanted.entries.is_some() || wanted.digits.is_some() || wanted.of.is_some() {
            return Ok(None);
        }
        let counts = request::table::mine_counts(&self.store.read(), taking.actor.person).await?;
        Ok(Some(match wanted.group {
            Some(Group::NeedsYou) => counts.needs,
            Some(Group::Open) => counts.open,
            Some(Group::Closed) => counts.closed,
            None => counts.total(),
        }))
    }

    fn desk_wanted(&self, taking: &Taking) -> queue::Wanted {
        self.wanted(&queue::Asked {
            kind: taking.word(|narrowed| &narrowed.kind),
            service: taking.word(|narrowed| &narrowed.service),
            holder: taking.word(|narrowed| &narrowed.holder),
            due: taking.word(|narrowed| &narrowed.due),
            ..queue::Asked::default()
        })
    }

    pub(super) async fn desk_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let wanted = self.desk_wanted(taking);
        let after: Option<queue::After> = Cursor::decode_given(after)?;
        let after = after.unwrap_or_else(|| wanted.sort.start());
        let tasks = self.desk(&taking.actor, &wanted, after, PAGE_ROWS + 1).await?;
        let names = self.names_in(tasks.iter().map(|task| task.applicant), taking.lang).await?;
        let now = self.clock.now();
        Rows::of(
            tasks,
            |task| (task.place, task.id),
            |task| {
                let kind = self.texts.say(taking.lang, &format!("task-kind-{}", task.kind.word()), &[]);
                vec![
                    task.number.into(),
                    self.named(task.entry, taking.lang).0.into(),
                    names.of(task.applicant),
                    kind.into(),
                    task.opened_at.into(),
                    task.due_at.into(),
                    Cell::Truth(now > task.due_at),
                ]
            },
        )
    }

    pub(super) async fn desk_expected(&self, taking: &Taking) -> Result<i64, Failure> {
        self.desk_count_all(&taking.actor, &self.desk_wanted(taking)).await
    }

    /// Refused as on the page, before anything is read.
    pub(super) async fn check_delays(&self, taking: &Taking) -> Result<(), Failure> {
        self.delays(&taking.actor, &delays_wanted(taking), NEWEST, 1).await.map(drop)
    }

    pub(super) async fn delay_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let before: Option<After> = Cursor::decode_given(after)?;
        let before = before.unwrap_or(NEWEST);
        let delays = self.delays(&taking.actor, &delays_wanted(taking), before, PAGE_ROWS + 1).await?;
        Rows::of(
            delays,
            |delay| (delay.late_at.0, delay.request),
            |delay| {
                let (service, provider) = self.named(delay.entry, taking.lang);
                vec![
                    delay.number.clone().into(),
                    service.into(),
                    provider.into(),
                    self.delay_holder(taking, &delay).into(),
                    delay.since.into(),
                    delay.due_at.into(),
                    delay.expected_at.into(),
                    delay.late_at.into(),
                    delay.closed_at.into(),
                ]
            },
        )
    }

    fn delay_holder(&self, taking: &Taking, delay: &Delay) -> String {
        let entry = self.directory.entry_by_id(delay.entry);
        let stage = entry.as_ref().and_then(|entry| entry.process.stage(&delay.stage));
        match delay.holder {
            Holder::Nobody => self.texts.say(taking.lang, "delays-closed", &[]),
            Holder::Applicant => self.texts.say(taking.lang, "delays-with-applicant", &[]),
            _ => stage.map_or_else(String::new, |stage| stage.holder.get(taking.lang).to_owned()),
        }
    }

    /// The bodies whose appeals lie with this person.
    pub(super) fn headed_bodies(&self, actor: &Actor) -> Result<Vec<Uuid>, Refusal> {
        let headed = |body: &Uuid| actor.holds("head", *body);
        let bodies: Vec<Uuid> = actor.bodies().into_iter().filter(headed).collect();
        if bodies.is_empty() { Err(Refusal::new(Kind::NotAllowed, "desk.none", &[])) } else { Ok(bodies) }
    }

    pub(super) async fn appeal_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let after = Cursor::decode_given(after)?.unwrap_or((i64::MIN, Uuid::nil()));
        let mut found = Vec::new();
        for body in self.headed_bodies(&taking.actor)? {
            found.extend(appeal::table::open_at(&self.store.read(), body, after, PAGE_ROWS + 1).await?);
        }
        found.sort_by_key(|line| (line.appeal.due_at, line.appeal.id));
        let names = self.names_in(found.iter().map(|line| line.applicant), taking.lang).await?;
        let now = self.clock.now();
        Rows::of(
            found,
            |line| (line.appeal.due_at.0, line.appeal.id),
            |line| {
                let against = format!("appeal-against-{}", line.appeal.against.word());
                vec![
                    line.number.into(),
                    self.named(line.entry, taking.lang).0.into(),
                    names.of(line.applicant),
                    self.texts.say(taking.lang, &against, &[]).into(),
                    line.appeal.filed_at.into(),
                    line.appeal.due_at.into(),
                    Cell::Truth(now > line.appeal.due_at),
                ]
            },
        )
    }

    /// As on its page, which shows all of it.
    pub(super) async fn advice_rows(&self, taking: &Taking) -> Result<Rows, Failure> {
        let owed = self.advice_owed(&taking.actor).await?;
        let names = self.names_in(owed.iter().map(|(advice, _, _)| advice.asked_by), taking.lang).await?;
        let now = self.clock.now();
        let line = |(advice, number, entry): (crate::advice::Advice, String, Uuid)| {
            vec![
                number.into(),
                self.named(entry, taking.lang).0.into(),
                names.of(advice.asked_by),
                advice.question.into(),
                advice.due_at.into(),
                Cell::Truth(now > advice.due_at),
            ]
        };
        Ok(Rows::whole(owed.into_iter().map(line).collect()))
    }

    pub(super) fn copies_body(&self, actor: &Actor) -> Result<Uuid, Refusal> {
        appointment::page::body_of(self, actor, "see_collection")
    }

    pub(super) async fn copy_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let body = self.copies_body(&taking.actor)?;
        let state =
            if taking.narrowed.show.as_deref() == Some("dispatched") { "dispatched" } else { "asked" };
        let after = Cursor::decode_given(after)?.unwrap_or(Uuid::nil());
        let found = copy::table::at_desk(&self.store.read(), body, state, after, PAGE_ROWS + 1).await?;
        Rows::of(
            found,
            |line| line.copy.id,
            |line| {
                let left = line.copy.dispatch;
                vec![
                    line.number.into(),
                    self.named(line.entry, taking.lang).0.into(),
                    line.copy.address.recipient.into(),
                    line.copy.address.city.into(),
                    line.copy.asked_at.into(),
                    Cell::Number(line.copy.prints),
                    left.as_ref().map(|left| left.at).into(),
                    left.as_ref().map(|left| left.carrier.clone()).into(),
                    left.map(|left| left.tracking).into(),
                ]
            },
        )
    }
}
