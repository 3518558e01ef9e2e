//! The questions with which a queue is narrowed.

use web::{
    Shell,
    components::{Choice, Field},
};

use super::queue::desk_state;
use crate::{
    request::State,
    task::{
        TaskKind,
        queue::{Due, Holder, Sort, Wanted},
    },
};

/// What is asked most: words, service, whose.
pub(super) fn first(
    shell: &Shell,
    wanted: &Wanted,
    services: Vec<Choice>,
    colleagues: &[Choice],
) -> Vec<Field> {
    let mut holders: Vec<Choice> = ["mine", "nobody", "open"]
        .into_iter()
        .map(|word| Choice::new(word, shell.t(&format!("desk-holder-of-{word}"))))
        .collect();
    holders.extend(colleagues.iter().cloned());
    let holder = match wanted.holder {
        Holder::Anybody => String::new(),
        Holder::Mine => "mine".to_owned(),
        Holder::Nobody => "nobody".to_owned(),
        Holder::Open => "open".to_owned(),
        Holder::Of(person) => person.to_string(),
    };
    let words = Field::text(shell, "q", shell.t("desk-search")).value(wanted.q.as_str());
    vec![
        words.attribute("maxlength", "200").attribute("enterkeyhint", "search").optional(),
        narrowing(shell, "service", "desk-service", services).value(wanted.service.as_str()),
        narrowing(shell, "holder", "desk-holder", holders).value(holder),
    ]
}

/// What is asked now and then.
pub(super) fn more(shell: &Shell, wanted: &Wanted) -> Vec<Field> {
    let kinds = TaskKind::ALL.iter().map(|kind| {
        let word = kind.word();
        Choice::new(word, shell.t(&format!("task-kind-{word}")))
    });
    let states = State::ALL.iter().map(|state| Choice::new(state.word(), desk_state(shell, *state)));
    let dues =
        Due::ALL.iter().map(|due| Choice::new(due.word(), shell.t(&format!("desk-due-{}", due.word()))));
    let sorts =
        Sort::ALL.iter().map(|sort| Choice::new(sort.word(), shell.t(&format!("desk-sort-{}", sort.word()))));
    let chosen = |word: Option<&'static str>| word.unwrap_or_default();
    vec![
        narrowing(shell, "kind", "desk-kind", kinds.collect()).value(chosen(wanted.kind.map(TaskKind::word))),
        narrowing(shell, "state", "request-state", states.collect())
            .value(chosen(wanted.state.map(State::word))),
        narrowing(shell, "due", "desk-due", dues.collect()).value(chosen(wanted.due.map(Due::word))),
        Field::date(shell, "from", shell.t("desk-received-from")).value(wanted.from.as_str()).optional(),
        Field::date(shell, "to", shell.t("desk-received-to")).value(wanted.to.as_str()).optional(),
        Field::select(shell, "sort", shell.t("desk-sort"), sorts.collect())
            .value(wanted.sort.word())
            .optional(),
        Field::tick(shell, "answered", shell.t("desk-answered-only"))
            .value(if wanted.answered { "true" } else { "" })
            .optional(),
    ]
}

/// A choice that leaves everything in while nothing is chosen.
fn narrowing(shell: &Shell, name: &str, label: &str, choices: Vec<Choice>) -> Field {
    Field::select(shell, name, shell.t(label), choices).blank(shell.t("web-any")).optional()
}

/// Whether something of what is asked now and then is in force.
pub(super) fn has_more(wanted: &Wanted) -> bool {
    let Wanted { kind, state, due, from, to, sort, answered, .. } = wanted;
    kind.is_some()
        || state.is_some()
        || due.is_some()
        || !from.is_empty()
        || !to.is_empty()
        || *sort != Sort::Urgent
        || *answered
}
