//! Where a version of an entry stands, and the moves between. Nothing is ever deleted (LY-SVC-22.1).

use authz::{Kind, Refusal};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryState {
    /// Registered, invisible, with the competent administration (LY-SVC-24.2).
    PendingVerification,
    /// Handed back to its author with remarks.
    Returned,
    /// In force: what the public sees and what runs.
    Published,
    /// Taken off the portal; requests that are under way go on.
    Suspended,
    /// Taken up into another service.
    Merged,
    /// A newer version stands in its place.
    Superseded,
}

/// What the competent administration does with a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryAct {
    Publish,
    SendBack,
    Suspend,
    Restore,
    Merge,
    Classify,
}

impl EntryState {
    pub const ALL: [EntryState; 6] = [
        EntryState::PendingVerification,
        EntryState::Returned,
        EntryState::Published,
        EntryState::Suspended,
        EntryState::Merged,
        EntryState::Superseded,
    ];

    pub fn word(self) -> &'static str {
        match self {
            EntryState::PendingVerification => "pending_verification",
            EntryState::Returned => "returned",
            EntryState::Published => "published",
            EntryState::Suspended => "suspended",
            EntryState::Merged => "merged",
            EntryState::Superseded => "superseded",
        }
    }

    pub fn named(word: &str) -> Option<EntryState> {
        EntryState::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Where an act leads, or why it cannot be done now.
    pub fn after(self, act: EntryAct) -> Result<EntryState, Refusal> {
        match (self, act) {
            (EntryState::PendingVerification, EntryAct::Publish)
            | (EntryState::Suspended, EntryAct::Restore)
            | (EntryState::Published, EntryAct::Classify) => Ok(EntryState::Published),
            (EntryState::PendingVerification, EntryAct::SendBack) => Ok(EntryState::Returned),
            (EntryState::Published, EntryAct::Suspend) => Ok(EntryState::Suspended),
            (EntryState::Published | EntryState::Suspended, EntryAct::Merge) => Ok(EntryState::Merged),
            _ => Err(Refusal::new(Kind::Conflict, "directory.transition", &["LY-SVC-22.1"])),
        }
    }
}

impl EntryAct {
    /// The action's name in the policies, the history and the API.
    pub fn word(self) -> &'static str {
        match self {
            EntryAct::Publish => "publish",
            EntryAct::SendBack => "send_back_entry",
            EntryAct::Suspend => "suspend",
            EntryAct::Restore => "restore",
            EntryAct::Merge => "merge",
            EntryAct::Classify => "classify",
        }
    }

    /// The kind of the ledger entry.
    pub fn recorded(self) -> &'static str {
        match self {
            EntryAct::Publish => "entry.published",
            EntryAct::SendBack => "entry.returned",
            EntryAct::Suspend => "entry.suspended",
            EntryAct::Restore => "entry.restored",
            EntryAct::Merge => "entry.merged",
            EntryAct::Classify => "entry.classified",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_these_moves_exist() {
        use EntryAct::{Classify, Merge, Publish, Restore, SendBack, Suspend};
        let allowed = [
            (EntryState::PendingVerification, Publish, EntryState::Published),
            (EntryState::PendingVerification, SendBack, EntryState::Returned),
            (EntryState::Published, Suspend, EntryState::Suspended),
            (EntryState::Published, Merge, EntryState::Merged),
            (EntryState::Published, Classify, EntryState::Published),
            (EntryState::Suspended, Restore, EntryState::Published),
            (EntryState::Suspended, Merge, EntryState::Merged),
        ];
        for state in EntryState::ALL {
            for act in [Publish, SendBack, Suspend, Restore, Merge, Classify] {
                let wanted = allowed.iter().find(|(from, by, _)| (*from, *by) == (state, act));
                assert_eq!(state.after(act).ok(), wanted.map(|(_, _, to)| *to), "{state:?} {act:?}");
            }
            assert_eq!(EntryState::named(state.word()), Some(state));
        }
    }
}
