//! A body says where it is told, or that it is told there no more; and tries the address (LY-SVC-7.1b).

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Policies, Refusal};
use clock::Clock;
use compliance::Door;
use courier::AddressError;
use serde_json::json;
use store::{OnceKey, Tx, Verb};
use uuid::Uuid;

use super::{CONTROLS, Event, resource, table, tell};
use crate::Services;

pub(super) const NONE: Refusal = Refusal::new(Kind::Conflict, "endpoint.none", &["LY-SVC-7.1b"]);

/// Who keeps which body's endpoint.
#[derive(Clone)]
pub(super) struct Keeper {
    pub actor: Actor,
    pub body: Uuid,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Keeper {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        self.policies.require("services", &self.actor, "keep_endpoint", &resource(self.body)).map(drop)
    }

    pub(super) async fn record(
        &self,
        tx: &Tx,
        kind: &'static str,
        body: serde_json::Value,
    ) -> Result<(), Failure> {
        let entry = ledger::Entry {
            kind,
            subject: format!("endpoint/{}", self.body),
            actor: Some(self.actor.person),
            controls: CONTROLS,
            body,
            at: self.clock.now(),
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}

/// Sets the address and tries it at once, so that a slip shows before the first request does.
struct SetEndpoint {
    keeper: Keeper,
    address: String,
}

impl Verb for SetEndpoint {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let Keeper { actor, body, clock, .. } = &self.keeper;
        self.keeper.check()?;
        let at = clock.now();
        table::set(tx, *body, &self.address, actor.person, at).await?;
        self.keeper.record(tx, "endpoint.set", json!({ "address": self.address })).await?;
        tell::send(tx, *body, Event::Tried, "", json!({}), at).await
    }
}

struct EndEndpoint {
    keeper: Keeper,
}

impl Verb for EndEndpoint {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.keeper.check()?;
        if !table::end(tx, self.keeper.body, "no_endpoint", self.keeper.clock.now()).await? {
            return Err(NONE.into());
        }
        self.keeper.record(tx, "endpoint.ended", json!({})).await
    }
}

struct TryEndpoint {
    keeper: Keeper,
}

impl Verb for TryEndpoint {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let Keeper { body, clock, .. } = &self.keeper;
        self.keeper.check()?;
        if table::find(tx, *body).await?.is_none() {
            return Err(NONE.into());
        }
        tell::send(tx, *body, Event::Tried, "", json!({}), clock.now()).await
    }
}

impl Services {
    pub(super) fn keeper(&self, actor: &Actor, body: Uuid) -> Keeper {
        Keeper { actor: actor.clone(), body, policies: self.policies.clone(), clock: self.clock.clone() }
    }

    /// The delivery that tries the new address.
    pub(crate) async fn set_endpoint(
        &self,
        actor: &Actor,
        slug: &str,
        address: &str,
        once: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let body = self.body_told(actor, slug).await?;
        let keeper = self.keeper(actor, body.id);
        keeper.check()?;
        let address = self.courier.reach().check(address).map_err(invalid)?.to_string();
        self.carry_out(actor, &format!("endpoint/{slug}"), SetEndpoint { keeper, address }, once).await
    }

    pub(crate) async fn end_endpoint(&self, actor: &Actor, slug: &str) -> Result<(), Failure> {
        let keeper = self.keeper(actor, self.body_told(actor, slug).await?.id);
        self.carry_out(actor, &format!("endpoint/{slug}"), EndEndpoint { keeper }, None).await
    }

    pub(crate) async fn try_endpoint(
        &self,
        actor: &Actor,
        slug: &str,
        once: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let keeper = self.keeper(actor, self.body_told(actor, slug).await?.id);
        self.carry_out(actor, &format!("endpoint/{slug}"), TryEndpoint { keeper }, once).await
    }
}

fn invalid(error: AddressError) -> Refusal {
    let word = match error {
        AddressError::Form => "endpoint_form",
        AddressError::Plain => "endpoint_plain",
        AddressError::OutOfReach => "endpoint_out_of_reach",
    };
    Refusal::new(Kind::Invalid, "endpoint.address_invalid", &["LY-SVC-7.1b"]).with_item("address", word, "")
}
