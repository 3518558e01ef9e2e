//! The queue of a desk: what waits there, narrowed and ordered as an officer wants it.
//!
//! What was wanted is written as a query, so that a view of the queue has an address, can be kept under a name, and
//! leads from one case to the next. The SQL asks for nothing that the officer may not see.

pub(crate) mod table;

use std::time::Duration;

use authz::{Actor, Failure};
use clock::{DAY, Timestamp};
use language::day_of;
use organisations::Calendar;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::TaskKind;
use crate::{
    Services,
    request::{Desk, State},
    stem::stems_asked,
};

/// Roles on whose desks no requests are laid.
const ROLES_WITHOUT_DESK: [&str; 5] = ["author", "verifier", "legal_reviewer", "auditor", "administrator"];
/// The desks that the head of a body looks at beside their own.
const ROLES_HEADED: [&str; 2] = ["officer", "decider"];

/// The desks at which a person sits: one for each body and role.
pub(crate) fn desks(actor: &Actor) -> Vec<Desk> {
    let mut desks: Vec<Desk> = Vec::new();
    for role in actor.roles.iter().filter(|role| !ROLES_WITHOUT_DESK.contains(&role.name.as_str())) {
        let desk = Desk { role: role.name.clone(), body: role.body };
        if !desks.contains(&desk) {
            desks.push(desk);
        }
    }
    desks
}

/// The bodies at which a person has a desk.
pub(crate) fn desk_bodies(actor: &Actor) -> Vec<Uuid> {
    let mut bodies: Vec<Uuid> = desks(actor).into_iter().map(|desk| desk.body).collect();
    bodies.sort();
    bodies.dedup();
    bodies
}

/// The desks that a view reaches: a head who asks for somebody's work, or for what nobody has, reaches every desk of
/// the body.
fn desks_reached(actor: &Actor, wanted: &Wanted) -> Vec<Desk> {
    let mut reached = desks(actor);
    if matches!(wanted.holder, Holder::Of(_) | Holder::Nobody) {
        for head in actor.roles.iter().filter(|role| role.name == "head") {
            for role in ROLES_HEADED {
                let desk = Desk { role: role.to_owned(), body: head.body };
                if !reached.contains(&desk) {
                    reached.push(desk);
                }
            }
        }
    }
    reached
}

/// A task in the queue.
#[derive(Clone, Debug)]
pub struct Task {
    pub id: Uuid,
    pub number: String,
    pub entry: Uuid,
    pub applicant: Uuid,
    pub kind: TaskKind,
    /// The stage of the process that opened it.
    pub stage: String,
    pub holder: Option<Uuid>,
    /// The applicant has corrected it and waits again.
    pub answered: bool,
    pub opened_at: Timestamp,
    pub due_at: Timestamp,
    /// What the queue is ordered by, for the cursor.
    pub place: i64,
    /// How long people were told that it usually takes, and what was spent; nothing where outcomes said too little.
    pub(crate) told: Option<ToldTime>,
}

/// What was told at the delivery, against what was spent since.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ToldTime {
    /// Working time within which nine in ten ended.
    pub shown: Duration,
    pub spent: Duration,
    /// Since when the clock runs on, where it does.
    pub runs_since: Option<Timestamp>,
}

impl ToldTime {
    pub fn is_exceeded(self, calendar: &Calendar, now: Timestamp) -> bool {
        let running = self.runs_since.map(|since| calendar.working_between(since, now)).unwrap_or_default();
        self.spent + running > self.shown
    }
}

/// Whose tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Holder {
    #[default]
    Anybody,
    Mine,
    Nobody,
    /// What I can go on with: mine, and what nobody has.
    Open,
    Of(Uuid),
}

/// How soon it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    Late,
    Today,
    Week,
}

impl Due {
    pub const ALL: [Due; 3] = [Due::Late, Due::Today, Due::Week];

    pub fn word(self) -> &'static str {
        match self {
            Due::Late => "late",
            Due::Today => "today",
            Due::Week => "week",
        }
    }

    /// Due before this moment.
    pub fn before(self, now: Timestamp) -> Timestamp {
        match self {
            Due::Late => now,
            Due::Today => now + DAY,
            Due::Week => now + DAY * 7,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// What came back corrected and what is overdue first, then by time limit.
    #[default]
    Urgent,
    Oldest,
    Newest,
}

impl Sort {
    pub const ALL: [Sort; 3] = [Sort::Urgent, Sort::Oldest, Sort::Newest];

    pub fn word(self) -> &'static str {
        match self {
            Sort::Urgent => "urgent",
            Sort::Oldest => "oldest",
            Sort::Newest => "newest",
        }
    }

    /// Before the first place of the order.
    pub fn start(self) -> After {
        match self {
            Sort::Urgent | Sort::Oldest => (i64::MIN, Uuid::nil()),
            Sort::Newest => (i64::MAX, Uuid::max()),
        }
    }
}

/// Where the page before ended: the place and the id of its last task.
pub(crate) type After = (i64, Uuid);

/// What narrows and orders a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub kind: Option<TaskKind>,
    /// A service, by its slug.
    pub service: String,
    pub entry: Option<Uuid>,
    pub holder: Holder,
    pub due: Option<Due>,
    /// Days as they were typed: `2026-03-01`.
    pub from: String,
    pub to: String,
    pub answered: bool,
    pub sort: Sort,
    /// Requests in this state, whether or not a task waits.
    pub state: Option<State>,
    /// Words that the request must hold.
    pub q: String,
}

/// A view of the queue as it stands in an address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Asked {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub q: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub holder: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub due: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answered: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sort: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub state: String,
}

impl Asked {
    /// Reads a view out of a query: `kind=decision&due=late`.
    pub fn of(query: &str) -> Asked {
        let mut asked = Asked::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let value = percent_encoding::percent_decode_str(&value.replace('+', " "))
                .decode_utf8_lossy()
                .into_owned();
            match name {
                "q" => asked.q = value,
                "kind" => asked.kind = value,
                "service" => asked.service = value,
                "holder" => asked.holder = value,
                "due" => asked.due = value,
                "from" => asked.from = value,
                "to" => asked.to = value,
                "answered" => asked.answered = value,
                "sort" => asked.sort = value,
                "state" => asked.state = value,
                _ => {}
            }
        }
        asked
    }
}

/// Characters of a search that count.
const SEARCH_CHARACTERS_MAX: usize = 200;

impl Services {
    /// Open tasks that are wanted, from every desk that the view reaches, in the order of the view.
    pub(crate) async fn desk(
        &self,
        actor: &Actor,
        wanted: &Wanted,
        after: After,
        limit: i64,
    ) -> Result<Vec<Task>, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let mut tasks = Vec::new();
        for desk in desks_reached(actor, wanted) {
            tasks.extend(table::waiting(&sql, &desk, actor.person, wanted, now, after, limit).await?);
        }
        tasks.sort_by_key(|task| (task.place, task.id));
        if wanted.sort == Sort::Newest {
            tasks.reverse();
        }
        tasks.truncate(limit.max(0) as usize);
        Ok(tasks)
    }

    /// The numbers of what waits longest on somebody's desks.
    pub async fn waiting_numbers(&self, actor: &Actor, limit: i64) -> Result<Vec<String>, Failure> {
        let wanted = Wanted::default();
        let tasks = self.desk(actor, &wanted, wanted.sort.start(), limit).await?;
        Ok(tasks.into_iter().map(|task| task.number).collect())
    }

    /// How many there are, up to a limit beyond which nobody counts.
    pub(crate) async fn desk_count(&self, actor: &Actor, wanted: &Wanted) -> Result<i64, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let mut count = 0;
        for desk in desks_reached(actor, wanted) {
            count += table::count(&sql, &desk, actor.person, wanted, now, table::COUNT_MAX).await?;
        }
        Ok(count.min(table::COUNT_MAX))
    }

    /// All of them, however many: for a job that takes as long as it takes.
    pub(crate) async fn desk_count_all(&self, actor: &Actor, wanted: &Wanted) -> Result<i64, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let mut count = 0;
        for desk in desks_reached(actor, wanted) {
            count += table::count(&sql, &desk, actor.person, wanted, now, i64::MAX).await?;
        }
        Ok(count)
    }

    /// Requests of the officer's bodies with these words or in this state, newest first.
    pub(crate) async fn desk_found(
        &self,
        actor: &Actor,
        wanted: &Wanted,
        before: Uuid,
        limit: i64,
    ) -> Result<Vec<table::Found>, Failure> {
        let stems = stems_asked(&wanted.q);
        if stems.is_empty() && wanted.state.is_none() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for body in desk_bodies(actor) {
            found.extend(table::found(&self.store.read(), body, &stems, wanted, before, limit).await?);
        }
        found.sort_by_key(|request| std::cmp::Reverse(request.id));
        found.truncate(limit.max(0) as usize);
        Ok(found)
    }

    /// Reads a view; words that are none of ours narrow nothing.
    pub(crate) fn wanted(&self, asked: &Asked) -> Wanted {
        let entry = self.directory.entry(&asked.service);
        let holder = match asked.holder.as_str() {
            "mine" => Holder::Mine,
            "nobody" => Holder::Nobody,
            "open" => Holder::Open,
            word => word.parse().map_or(Holder::Anybody, Holder::Of),
        };
        Wanted {
            kind: TaskKind::named(&asked.kind),
            service: entry.as_ref().map(|entry| entry.card.id.clone()).unwrap_or_default(),
            entry: entry.map(|entry| entry.id),
            holder,
            due: Due::ALL.into_iter().find(|due| due.word() == asked.due),
            from: day_of(&asked.from).map(|_| asked.from.clone()).unwrap_or_default(),
            to: day_of(&asked.to).map(|_| asked.to.clone()).unwrap_or_default(),
            answered: !asked.answered.is_empty(),
            sort: Sort::ALL.into_iter().find(|sort| sort.word() == asked.sort).unwrap_or_default(),
            state: State::named(&asked.state),
            q: language::clean_text(&asked.q).trim().chars().take(SEARCH_CHARACTERS_MAX).collect(),
        }
    }
}

impl Wanted {
    /// The view as an address has it, empty for the whole queue.
    pub fn query(&self) -> String {
        let holder = match self.holder {
            Holder::Anybody => String::new(),
            Holder::Mine => "mine".into(),
            Holder::Nobody => "nobody".into(),
            Holder::Open => "open".into(),
            Holder::Of(person) => person.to_string(),
        };
        let pairs = [
            ("q", self.q.clone()),
            ("kind", self.kind.map(|kind| kind.word().to_owned()).unwrap_or_default()),
            ("service", self.service.clone()),
            ("holder", holder),
            ("due", self.due.map(|due| due.word().to_owned()).unwrap_or_default()),
            ("from", self.from.clone()),
            ("to", self.to.clone()),
            ("answered", if self.answered { "1".into() } else { String::new() }),
            ("sort", if self.sort == Sort::Urgent { String::new() } else { self.sort.word().into() }),
            ("state", self.state.map(|state| state.word().to_owned()).unwrap_or_default()),
        ];
        let encoded = |value: &str| {
            percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC).to_string()
        };
        let filled = pairs.iter().filter(|(_, value)| !value.is_empty());
        filled.map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }

    /// The address of the view, on the list or beside a case.
    pub fn href(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// Requests are asked for, not tasks: by their words, or by a state in which they need not wait.
    pub fn is_search(&self) -> bool {
        !self.q.is_empty() || self.state.is_some()
    }

    pub fn received_from(&self) -> Option<Timestamp> {
        day_of(&self.from).map(Timestamp::midnight)
    }

    /// The end of the last day that is wanted.
    pub fn received_before(&self) -> Option<Timestamp> {
        day_of(&self.to).map(|day| Timestamp::midnight(day) + DAY)
    }
}

#[cfg(test)]
mod tests {
    use authz::{Assurance, Role, Via};

    use super::*;

    #[test]
    fn a_view_reads_as_the_address_that_it_came_from() {
        let wanted = Wanted {
            kind: Some(TaskKind::Decision),
            holder: Holder::Mine,
            due: Some(Due::Late),
            from: "2026-03-01".into(),
            answered: true,
            sort: Sort::Newest,
            ..Wanted::default()
        };
        assert_eq!(
            wanted.query(),
            "kind=decision&holder=mine&due=late&from=2026%2D03%2D01&answered=1&sort=newest"
        );
        assert_eq!(Wanted::default().href("/desk"), "/desk");
        let words = Wanted { q: "سلمى & 7".into(), ..Wanted::default() };
        assert!(words.is_search() && words.href("/desk").ends_with("%20%26%207"), "{}", words.query());
    }

    #[test]
    fn a_day_ends_where_the_next_begins() {
        let wanted = Wanted { from: "2026-03-01".into(), to: "2026-03-01".into(), ..Wanted::default() };
        let (from, before) = (wanted.received_from().unwrap(), wanted.received_before().unwrap());
        assert_eq!(before.since(from), DAY);
        assert_eq!(Wanted { to: "soon".into(), ..Wanted::default() }.received_before(), None);
    }

    #[test]
    fn a_head_reaches_every_desk_of_the_body_when_asking_for_somebodys_work() {
        let body = Uuid::now_v7();
        let sits = |role: &str, holder: Holder| {
            let roles = vec![Role { body, unit: None, name: role.to_owned(), by: None }];
            let actor = Actor {
                person: Uuid::now_v7(),
                via: Via::System,
                assurance: Assurance::Basic,
                roles,
                kind: "citizen".into(),
            };
            let wanted = Wanted { holder, ..Wanted::default() };
            desks_reached(&actor, &wanted).into_iter().map(|desk| desk.role).collect::<Vec<_>>()
        };
        assert_eq!(sits("officer", Holder::Nobody), ["officer"]);
        assert_eq!(sits("head", Holder::Anybody), ["head"]);
        assert_eq!(sits("head", Holder::Of(body)), ["head", "officer", "decider"]);
        assert!(sits("author", Holder::Of(body)).is_empty());
    }
}
