//! What a person agreed to let a system learn. It holds until they withdraw it.

pub(crate) mod page;
pub(crate) mod table;
pub(crate) mod withdraw;

use clock::Timestamp;
use uuid::Uuid;

use crate::client::Scope;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Consent {
    pub client: Uuid,
    pub person: Uuid,
    /// The name under which this system alone knows the person.
    pub subject: Uuid,
    pub scopes: Vec<Scope>,
    pub given_at: Timestamp,
    /// When the person last signed in there.
    pub used_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
}

impl Consent {
    /// Whether nothing needs to be asked of the person.
    pub fn covers(&self, scopes: &[Scope]) -> bool {
        self.withdrawn_at.is_none() && scopes.iter().all(|scope| self.scopes.contains(scope))
    }
}
