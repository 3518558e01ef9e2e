//! By which delegation a call acts: found when a policy decides, carried into the transactions that the call orders, and written
//! into every entry that its person leaves there (KW-RW-9.1.1b).
//!
//! It lies beside the call instead of in every verb, so that no verb can forget it. A decision that rests on delegated powers is a
//! no where no call is open: what could not be logged as done by delegation is not done.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
};

use uuid::Uuid;

/// Powers that somebody gave to somebody for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Delegation {
    pub id: Uuid,
    /// Who gave them.
    pub of: Uuid,
}

/// A power that was held by delegation until lately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lapsed {
    pub role: String,
    pub body: Uuid,
}

/// One call of one person.
#[derive(Debug)]
pub struct Call {
    person: Uuid,
    lapsed: Vec<Lapsed>,
    under: OnceLock<Delegation>,
}

tokio::task_local! {
    static CURRENT: Arc<Call>;
}

impl Call {
    pub fn of(person: Uuid, lapsed: Vec<Lapsed>) -> Arc<Call> {
        Arc::new(Call { person, lapsed, under: OnceLock::new() })
    }

    /// Does work as this call.
    pub async fn carry<F: Future>(self: Arc<Call>, work: F) -> F::Output {
        CURRENT.scope(self, work).await
    }

    pub fn lapsed(&self) -> &[Lapsed] {
        &self.lapsed
    }

    /// From here on this call acts by a delegation; the first one that was needed counts.
    pub fn acts_under(&self, delegation: Delegation) {
        let _ = self.under.set(delegation);
    }
}

/// The call within which this code runs.
pub fn current() -> Option<Arc<Call>> {
    CURRENT.try_with(Arc::clone).ok()
}

/// By which delegation a person acts here; nothing when they act by their own right.
pub fn of(person: Uuid) -> Option<Delegation> {
    current().filter(|call| call.person == person)?.under.get().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_person_of_the_call_acts_by_its_delegation() {
        let (aisha, noura) = (Uuid::now_v7(), Uuid::now_v7());
        let delegation = Delegation { id: Uuid::now_v7(), of: noura };
        assert!(current().is_none());
        let call = Call::of(aisha, Vec::new());
        call.clone()
            .carry(async {
                assert_eq!(of(aisha), None);
                current().expect("a call is open").acts_under(delegation);
                assert_eq!((of(aisha), of(noura)), (Some(delegation), None));
            })
            .await;
        assert_eq!(of(aisha), None);
    }
}
