//! A system is registered for a body. A confidential one has no secret yet: that is made by an act of its own, whose answer
//! nobody keeps.

use authz::{Failure, Kind, Refusal};
use courier::Reach;
use language::Text;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Client, ClientKind, SYSTEMS_MAX, record, table, wish::ClientWish};
use crate::authority::Acting;

const FULL: Refusal = Refusal::new(Kind::Conflict, "openid.full", &["LY-SVC-8.1"]);

pub(crate) struct RegisterClient {
    pub acting: Acting,
    pub reach: Reach,
    pub wish: ClientWish,
}

impl Verb for RegisterClient {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let body = organisations::body_by_slug(tx, &self.wish.body).await?.map(|body| body.id);
        // Where no body is named, whoever keeps the systems of one is told so, and nobody else.
        match body {
            Some(body) => self.acting.check("register", body)?,
            None => drop(self.acting.sight()?),
        }
        let told = self.wish.checked(body.is_some(), &self.reach)?;
        let body = body.ok_or_else(Refusal::not_found)?;
        if table::count(tx, body).await? >= SYSTEMS_MAX {
            return Err(FULL.into());
        }
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let mut client = Client {
            id: Uuid::now_v7(),
            body,
            name: Text::new("", ""),
            kind: ClientKind::Public,
            redirect_uris: Vec::new(),
            after_logout_uris: Vec::new(),
            logout_uri: String::new(),
            scopes: Vec::new(),
            assurance: authz::Assurance::Basic,
            secret_hash: None,
            secret_at: None,
            registered_at: at,
            registered_by: by,
            ended_at: None,
        };
        told.put_into(&mut client);
        table::insert(tx, &client).await?;
        record(tx, "openid.system_registered", &client, by, at).await?;
        Ok(client.id)
    }
}
