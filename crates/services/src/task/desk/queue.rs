//! What lies on a desk, as lines in the officer's language.

use std::{collections::HashMap, sync::Arc};

use authz::{Actor, Failure};
use clock::Timestamp;
use uuid::Uuid;
use web::Shell;

use crate::{
    Services,
    entry::directory::Provider,
    request::page::words,
    task::queue::{Task, Wanted, table::Found},
};

/// A line of the desk.
pub(super) struct Line {
    pub href: String,
    /// As the form of many sends it.
    pub value: String,
    pub number: String,
    pub service: String,
    pub applicant: String,
    pub kind: String,
    pub opened: String,
    pub due: String,
    pub due_ago: String,
    pub is_late: bool,
    pub is_answered: bool,
    /// The colleague who has it; empty when it is free.
    pub holder: String,
    pub is_mine: bool,
    /// How long people are told that it takes; and that it has taken longer.
    pub usual: String,
    pub is_beyond_usual: bool,
    /// The colour of its state, where lines stand for requests instead of tasks.
    pub signal: &'static str,
    /// The case that is open beside the queue.
    pub is_current: bool,
}

/// Names by person, in the officer's language.
pub(super) type Names = HashMap<Uuid, String>;

impl Services {
    pub(super) async fn names(&self, shell: &Shell, mut ids: Vec<Uuid>) -> Result<Names, Failure> {
        ids.sort();
        ids.dedup();
        let persons = identity::persons(&self.store.read(), &ids).await?;
        Ok(persons.iter().map(|person| (person.id, shell.text(&person.name).to_owned())).collect())
    }

    /// The tasks as lines, each leading to its case within this view.
    pub(super) async fn desk_lines(
        &self,
        shell: &Shell,
        actor: &Actor,
        wanted: &Wanted,
        tasks: &[Task],
        current: &str,
    ) -> Result<Vec<Line>, Failure> {
        let people = tasks.iter().flat_map(|task| [Some(task.applicant), task.holder]).flatten().collect();
        let names = self.names(shell, people).await?;
        let now = self.clock.now();
        let line = |task: &Task| Line {
            href: wanted.href(&format!("/desk/{}", task.number)),
            is_current: task.number == current,
            is_mine: task.holder == Some(actor.person),
            ..self.desk_line(shell, task, &names, now)
        };
        Ok(tasks.iter().map(line).collect())
    }

    fn desk_line(&self, shell: &Shell, task: &Task, names: &Names, now: Timestamp) -> Line {
        let name = |person: Uuid| names.get(&person).cloned().unwrap_or_default();
        Line {
            href: String::new(),
            value: task.number.clone(),
            number: shell.in_digits(task.number.clone()),
            service: self.service_name(shell, task.entry),
            applicant: name(task.applicant),
            kind: shell.t(&format!("task-kind-{}", task.kind.word())),
            opened: shell.ago(task.opened_at),
            due: shell.day(task.due_at),
            due_ago: shell.ago(task.due_at),
            is_late: now > task.due_at,
            is_answered: task.answered,
            holder: task.holder.map(name).unwrap_or_default(),
            is_mine: false,
            usual: self.usual_of(shell, task),
            is_beyond_usual: self.is_beyond_usual(task, now),
            signal: "",
            is_current: false,
        }
    }

    /// Requests that were looked for, as lines.
    pub(super) async fn found_lines(&self, shell: &Shell, found: &[Found]) -> Result<Vec<Line>, Failure> {
        let names = self.names(shell, found.iter().map(|request| request.applicant).collect()).await?;
        let now = self.clock.now();
        let line = |request: &Found| Line {
            href: format!("/desk/{}", request.number),
            value: String::new(),
            number: shell.in_digits(request.number.clone()),
            service: self.service_name(shell, request.entry),
            applicant: names.get(&request.applicant).cloned().unwrap_or_default(),
            kind: desk_state(shell, request.state),
            opened: shell.ago(request.delivered_at),
            due: shell.day(request.due_at),
            due_ago: shell.ago(request.due_at),
            is_late: !request.state.is_closed() && now > request.due_at,
            is_answered: false,
            holder: String::new(),
            is_mine: false,
            usual: String::new(),
            is_beyond_usual: false,
            signal: words::signal(request.state),
            is_current: false,
        };
        Ok(found.iter().map(line).collect())
    }

    /// The time that people were told, in the provider's working days.
    fn usual_of(&self, shell: &Shell, task: &Task) -> String {
        let Some((told, provider)) = task.told.zip(self.provider_of(task.entry)) else {
            return String::new();
        };
        let days = told.shown.as_secs_f64() / provider.calendar.working_day().as_secs_f64();
        shell.t1("timing-usual-within", "most", days.ceil().max(1.0) as u32)
    }

    fn is_beyond_usual(&self, task: &Task, now: Timestamp) -> bool {
        let told = task.told.zip(self.provider_of(task.entry));
        now <= task.due_at && told.is_some_and(|(told, provider)| told.is_exceeded(&provider.calendar, now))
    }

    fn provider_of(&self, entry: Uuid) -> Option<Arc<Provider>> {
        self.directory.provider(self.directory.entry_by_id(entry)?.body)
    }

    fn service_name(&self, shell: &Shell, entry: Uuid) -> String {
        let entry = self.directory.entry_by_id(entry);
        entry.map_or_else(String::new, |entry| shell.text(&entry.card.name).to_owned())
    }
}

/// What a state is called on a desk; where the applicant is spoken to in the second person, officers read the third.
pub(super) fn desk_state(shell: &Shell, state: crate::request::State) -> String {
    shell.said(&format!("desk-state-{}", state.word())).unwrap_or_else(|| words::state_word(shell, state))
}
