//! A legal entity: a company, an association, or a public body as a user of services.

pub(crate) mod register;
pub(crate) mod table;

use language::Text;
use uuid::Uuid;

use crate::Beneficiary;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalEntity {
    pub id: Uuid,
    pub name: Text,
    /// [`Beneficiary::GovernmentBody`] or [`Beneficiary::PrivateInstitution`].
    pub kind: Beneficiary,
    /// The number in its register.
    pub registration: String,
    pub abroad: bool,
}
