//! Which role may do what: every act that a policy knows.

pub(crate) mod act;
pub(crate) mod api;
pub(crate) mod page;

use authz::{Held, Row};
use web::Shell;

/// What an act is called.
pub(crate) fn act_name(shell: &Shell, row: &Row) -> String {
    named(shell, row.capability, &row.action)
}

pub(crate) fn named(shell: &Shell, capability: &str, action: &str) -> String {
    shell.t(&format!("act-{}-{}", hyphened(capability), hyphened(action)))
}

pub(crate) fn capability_name(shell: &Shell, capability: &str) -> String {
    shell.t(&format!("permissions-of-{}", hyphened(capability)))
}

pub(crate) fn role_name(shell: &Shell, role: &str) -> String {
    shell.t(&format!("org-role-{role}"))
}

/// "Officer at the competent administration", as a refusal says it too.
pub(crate) fn held_name(shell: &Shell, held: &Held) -> String {
    let by_role = shell.who("role", &format!("{}@{}", held.role, held.at));
    match &held.person {
        Some(person) => {
            shell.t2("permissions-role-and-person", "role", by_role, "person", shell.who("person", person))
        }
        None => by_role,
    }
}

fn hyphened(word: &str) -> String {
    word.replace('_', "-")
}
