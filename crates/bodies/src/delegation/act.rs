//! Asking for a delegation, deciding on it and ending it, each told to whom it concerns.

use authz::{Actor, Failure, Kind, Refusal};
use clock::{DAY, Timestamp};
use compliance::Door;
use organisations::{AskDelegation, Body, DecideDelegation, Delegation, EndDelegation};
use serde::{Deserialize, Serialize};
use store::{OnceKey, Tx, Verb};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Bodies,
    authority::{About, Acting, keepers_of},
    telling::message,
};

const BODY_MISSING: Refusal = Refusal::new(Kind::Invalid, "delegation.incomplete", &["KW-RW-9.1.1b"]);

/// A delegation, as it was asked.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DelegationWish {
    /// The slug of the body whose powers they are.
    pub body: String,
    /// The national number of a colleague at the same body.
    pub delegate: String,
    /// Roles of your own there: `officer`, `decider`, `head`, `member`, `author`, `verifier`, `legal_reviewer`,
    /// `device_officer`.
    pub powers: Vec<String>,
    /// In which matters, in words.
    pub topics: String,
    /// The first day: `2026-03-01`. Today begins at once.
    pub from: String,
    /// The last day.
    pub until: String,
}

struct Ask {
    acting: Acting,
    verb: AskDelegation,
}

impl Verb for Ask {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        self.acting.check(tx, "ask_delegation", &About::body(self.verb.body)).await?;
        let made = self.verb.apply(tx).await?;
        let keepers = keepers_of(tx, &self.acting, &about(&made)).await?;
        tell(tx, "delegation-asked", &made, &keepers, self.verb.at).await?;
        Ok(made.id)
    }
}

struct Decide {
    acting: Acting,
    verb: DecideDelegation,
}

impl Verb for Decide {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let known = self.acting.delegation(tx, self.verb.delegation).await?;
        self.acting.check(tx, "decide_delegation", &about(&known)).await?;
        let decided = self.verb.apply(tx).await?;
        let key = if self.verb.approves { "delegation-approved" } else { "delegation-refused" };
        tell(tx, key, &decided, &[decided.delegator, decided.delegate], self.verb.at).await
    }
}

struct End {
    acting: Acting,
    verb: EndDelegation,
}

impl Verb for End {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let known = self.acting.delegation(tx, self.verb.delegation).await?;
        self.acting.check(tx, "end_delegation", &about(&known)).await?;
        let ended = self.verb.apply(tx).await?;
        let others: Vec<Uuid> =
            [ended.delegator, ended.delegate].into_iter().filter(|side| *side != self.verb.actor).collect();
        tell(tx, "delegation-ended", &ended, &others, self.verb.at).await
    }
}

impl Acting {
    /// A delegation that this person may see; to everybody else it does not exist.
    pub(super) async fn delegation(&self, sql: &impl store::Sql, id: Uuid) -> Result<Delegation, Failure> {
        let known = organisations::delegation(sql, id).await?.ok_or_else(Refusal::not_found)?;
        match self.may(sql, "see_delegation", &about(&known)).await? {
            true => Ok(known),
            false => Err(Refusal::not_found().into()),
        }
    }
}

pub(super) fn about(delegation: &Delegation) -> About {
    let parties = vec![delegation.delegator, delegation.delegate];
    About { parties, ..About::body(delegation.body) }
}

pub(super) fn href(id: Uuid) -> String {
    format!("/delegations/{id}")
}

async fn tell(
    tx: &Tx,
    key: &'static str,
    delegation: &Delegation,
    people: &[Uuid],
    at: Timestamp,
) -> Result<(), Failure> {
    let body = organisations::body(tx, delegation.body).await?.ok_or_else(Refusal::not_found)?;
    let names = identity::persons(tx, &[delegation.delegator, delegation.delegate]).await?;
    let name = |id: Uuid| {
        names.iter().find(|person| person.id == id).map(|person| person.name.clone()).unwrap_or_default()
    };
    compliance::tell(tx, people, at, |to| {
        message(to, key, delegation.ledger_subject(), href(delegation.id))
            .text("body", &body.name)
            .text("delegator", &name(delegation.delegator))
            .text("delegate", &name(delegation.delegate))
            .moment("from_on", delegation.from)
            .moment("until_on", Timestamp(delegation.over_at.0 - 1))
    })
    .await
}

impl Bodies {
    pub(super) async fn ask_delegation(
        &self,
        actor: &Actor,
        wish: &DelegationWish,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let (sql, at) = (self.kernel.store.read(), self.kernel.clock.now());
        let body = organisations::body_by_slug(&sql, &wish.body).await?;
        let body: Body = body.ok_or_else(|| BODY_MISSING.with_item("body", "choice", ""))?;
        let delegate = match identity::identifier(&wish.delegate) {
            Some(number) => identity::person_by_identifier(&sql, &number).await?,
            None => None,
        };
        let first = language::day_of(&wish.from);
        let verb = AskDelegation {
            at,
            body: body.id,
            delegator: actor.person,
            delegate: delegate.map(|person| person.id),
            powers: wish.powers.clone(),
            topics: wish.topics.clone(),
            from: first.map(|day| if day == at.day() { at } else { Timestamp::midnight(day) }),
            until: language::day_of(&wish.until).map(|day| Timestamp::midnight(day) + DAY),
        };
        let verb = Ask { acting: self.acting(actor), verb };
        self.kernel.carry_out(actor, &format!("body/{}", body.id), verb, key).await
    }

    pub(crate) async fn decide_delegation(
        &self,
        actor: &Actor,
        delegation: Uuid,
        (approves, reason): (bool, &str),
        key: Option<OnceKey>,
    ) -> Result<(), Failure> {
        let at = self.kernel.clock.now();
        let verb =
            DecideDelegation { actor: actor.person, at, delegation, approves, reason: reason.to_owned() };
        let verb = Decide { acting: self.acting(actor), verb };
        self.kernel.carry_out(actor, &format!("delegation/{delegation}"), verb, key).await
    }

    pub(super) async fn end_delegation(
        &self,
        actor: &Actor,
        delegation: Uuid,
        reason: &str,
        key: Option<OnceKey>,
    ) -> Result<(), Failure> {
        let at = self.kernel.clock.now();
        let verb = EndDelegation { actor: actor.person, at, delegation, reason: reason.to_owned() };
        let verb = End { acting: self.acting(actor), verb };
        self.kernel.carry_out(actor, &format!("delegation/{delegation}"), verb, key).await
    }
}
