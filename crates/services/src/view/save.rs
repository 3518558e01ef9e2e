//! An officer keeps what they asked of the queue under a name; a head may keep it for everybody.

use authz::{Actor, Failure, Kind, Refusal};
use clock::Timestamp;
use language::clean_text;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{NAME_CHARACTERS_MAX, VIEWS_MAX, View, table};
use crate::{
    Services,
    task::queue::{Asked, desk_bodies},
};

struct Save {
    view: View,
    at: Timestamp,
}

impl Verb for Save {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        if table::count(tx, self.view.person).await? >= VIEWS_MAX {
            return Err(Refusal::new(Kind::Conflict, "view.too_many", &[]).into());
        }
        Ok(table::insert(tx, &self.view, self.at).await?)
    }
}

impl Services {
    pub(crate) async fn save_view(
        &self,
        actor: &Actor,
        name: &str,
        shared: bool,
        asked: &Asked,
    ) -> Result<(), Failure> {
        let bodies = desk_bodies(actor);
        let Some(body) = bodies.first().copied() else {
            return Err(Refusal::new(Kind::NotAllowed, "desk.none", &[]).into());
        };
        if shared {
            self.require_head(actor, body)?;
        }
        let name = clean_text(name).trim().to_owned();
        let refusal = Refusal::new(Kind::Invalid, "view.name_missing", &[]);
        if name.is_empty() {
            return Err(refusal.with_item("name", "required", "").into());
        }
        if name.chars().count() > NAME_CHARACTERS_MAX {
            return Err(refusal.with_item("name", "too_long", &NAME_CHARACTERS_MAX.to_string()).into());
        }
        let view = View {
            id: Uuid::now_v7(),
            person: actor.person,
            body: shared.then_some(body),
            name,
            query: self.wanted(asked).query(),
        };
        self.store.write(Save { view, at: self.clock.now() }).await
    }
}
