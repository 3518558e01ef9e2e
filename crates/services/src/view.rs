//! A view: what an officer asks of the queue often, kept under a name. A head's may be everybody's at the body.

pub(crate) mod forget;
pub(crate) mod page;
pub(crate) mod save;
pub(crate) mod table;

use uuid::Uuid;

pub(crate) const NAME_CHARACTERS_MAX: usize = 60;
/// Views that one person keeps; more are found less quickly than typed anew.
pub(crate) const VIEWS_MAX: i64 = 20;

#[derive(Clone, Debug)]
pub(crate) struct View {
    pub id: Uuid,
    pub person: Uuid,
    /// Everybody at this body sees it.
    pub body: Option<Uuid>,
    pub name: String,
    /// As an address has it: `kind=decision&due=late`.
    pub query: String,
}
