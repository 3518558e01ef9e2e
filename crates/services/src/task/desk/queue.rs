//! What lies on a desk, as lines: most urgent first, so that the overdue ones lead by themselves.

use std::collections::HashMap;

use authz::{Actor, Failure};
use clock::Timestamp;
use uuid::Uuid;
use web::Shell;

use crate::{
    Services,
    task::{
        Task, TaskKind,
        api::desks,
        table::{self, After, Narrowed},
    },
};

/// What narrows a desk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted {
    pub kind: Option<TaskKind>,
    /// A service.
    pub entry: Option<Uuid>,
    pub late: bool,
}

/// A line of the desk in the officer's language.
pub(super) struct Line {
    pub href: String,
    pub number: String,
    pub service: String,
    pub applicant: String,
    pub kind: String,
    pub opened: String,
    pub due: String,
    pub due_ago: String,
    pub is_late: bool,
    /// The case that is open beside the queue.
    pub is_current: bool,
}

/// How much lies on a desk.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Load {
    pub verification: i64,
    pub opinion: i64,
    pub decision: i64,
    pub late: i64,
}

impl Services {
    /// Open tasks that are wanted, from every desk that the person sits at.
    pub(super) async fn desk_tasks(
        &self,
        actor: &Actor,
        wanted: Wanted,
        after: After,
        limit: i64,
    ) -> Result<Vec<Task>, Failure> {
        let sql = self.store.read();
        let mut tasks = Vec::new();
        let narrowed = Narrowed { kind: wanted.kind, entry: wanted.entry };
        for desk in desks(actor) {
            tasks.extend(table::open_at(&sql, &desk, narrowed, after, limit).await?);
        }
        tasks.sort_by_key(|task| (task.due_at, task.id));
        let now = self.clock.now();
        tasks.retain(|task| !wanted.late || task.due_at < now);
        tasks.truncate(limit.max(0) as usize);
        Ok(tasks)
    }

    pub(super) async fn desk_load(&self, actor: &Actor) -> Result<Load, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let mut load = Load::default();
        for desk in desks(actor) {
            for (kind, open, late) in table::load_of(&sql, &desk, now).await? {
                match kind {
                    TaskKind::Verification => load.verification += open,
                    TaskKind::Opinion => load.opinion += open,
                    TaskKind::Decision => load.decision += open,
                }
                load.late += late;
            }
        }
        Ok(load)
    }

    /// The tasks as lines, with the names of those who applied.
    pub(super) async fn desk_lines(
        &self,
        shell: &Shell,
        tasks: &[Task],
        current: &str,
    ) -> Result<Vec<Line>, Failure> {
        let mut ids: Vec<Uuid> = tasks.iter().map(|task| task.applicant).collect();
        ids.sort();
        ids.dedup();
        let persons = identity::persons(&self.store.read(), &ids).await?;
        let names: HashMap<Uuid, String> =
            persons.iter().map(|person| (person.id, shell.text(&person.name).to_owned())).collect();
        let now = self.clock.now();
        Ok(tasks.iter().map(|task| self.desk_line(shell, task, &names, now, current)).collect())
    }

    fn desk_line(
        &self,
        shell: &Shell,
        task: &Task,
        names: &HashMap<Uuid, String>,
        now: Timestamp,
        current: &str,
    ) -> Line {
        let entry = self.directory.entry_by_id(task.entry);
        Line {
            href: format!("/desk/{}", task.number),
            number: shell.in_digits(task.number.clone()),
            service: entry.map_or_else(String::new, |entry| shell.text(&entry.card.name).to_owned()),
            applicant: names.get(&task.applicant).cloned().unwrap_or_default(),
            kind: shell.t(&format!("task-kind-{}", task.kind.word())),
            opened: shell.ago(task.opened_at),
            due: shell.day(task.due_at),
            due_ago: shell.ago(task.due_at),
            is_late: now > task.due_at,
            is_current: task.number == current,
        }
    }
}
