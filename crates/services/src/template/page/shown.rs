//! How the state of a letter looks.

use web::Shell;

use crate::template::{Template, TemplateState};

/// A tag: its colour and its word.
pub(super) struct Signal {
    pub kind: &'static str,
    pub word: String,
}

/// Nothing stands for a letter that nobody has written yet.
pub(super) fn signal(shell: &Shell, newest: Option<&Template>) -> Signal {
    let (kind, key) = match newest.map(|newest| (newest.state, newest.used_from)) {
        None => ("", "template-state-none"),
        Some((TemplateState::Draft, _)) => ("", "template-state-draft"),
        Some((TemplateState::Pending, _)) => ("waiting", "template-state-pending"),
        Some((TemplateState::Returned, _)) => ("needs-you", "template-state-returned"),
        Some((TemplateState::Agreed, Some(_))) => ("done", "template-state-used"),
        Some((TemplateState::Agreed, None)) => ("waiting", "template-state-agreed"),
    };
    Signal { kind, word: shell.t(key) }
}
