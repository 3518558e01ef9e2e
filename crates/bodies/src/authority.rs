//! Who keeps the tree: the administrators of the competent administration all of it, the head and the administrator of a body that
//! body and those below. Here nobody acts by delegation: powers that give powers are not passed on.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::Clock;
use organisations::{Body, TREE_LEVELS_MAX};
use store::{Sql, Tx, Verb};
use uuid::Uuid;

/// Roles that keep a body.
const KEEPERS: [&str; 2] = ["head", "administrator"];

/// What only the competent administration may do.
pub(crate) const NOT_COMPETENT: Refusal =
    Refusal::new(Kind::NotAllowed, "portal.not_competent", &["LY-SVC-12.1"]);
const NOT_YOURS: Refusal = Refusal::new(Kind::NotAllowed, "org.not_yours", &[]);

/// What an act is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// Nothing where the state as a whole is meant.
    pub body: Option<Uuid>,
    /// The role that is given or taken.
    pub role: String,
    /// Whoever gets or loses it.
    pub person: Option<Uuid>,
    /// Both sides of a delegation.
    pub parties: Vec<Uuid>,
}

impl About {
    pub(crate) fn body(body: Uuid) -> About {
        About { body: Some(body), ..About::default() }
    }

    /// How high the role stands: the roles of work, the administrator of a body, and those above.
    fn rank(&self) -> &'static str {
        match self.role.as_str() {
            "head" | "auditor" => "reserved",
            "administrator" => "administrator",
            _ => "work",
        }
    }
}

#[derive(Clone)]
pub(crate) struct Acting {
    pub actor: Actor,
    policies: Arc<Policies>,
    pub clock: Clock,
}

impl Acting {
    pub(crate) fn new(actor: &Actor, policies: Arc<Policies>, clock: Clock) -> Acting {
        Acting { actor: actor.by_own_right(), policies, clock }
    }

    pub(crate) async fn check(
        &self,
        sql: &impl Sql,
        act: &'static str,
        about: &About,
    ) -> Result<(), Failure> {
        let national = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
        let line = line_above(sql, about.body).await?;
        let at = |roles: &[&str], bodies: &[Uuid]| {
            let desks = bodies.iter().flat_map(|body| roles.iter().map(move |role| format!("{role}@{body}")));
            Attribute::Words(desks.collect())
        };
        let word = |person: &Uuid| person.to_string();
        let resource = Resource {
            kind: "Body",
            id: about.body.unwrap_or_default().to_string(),
            attributes: vec![
                ("national", at(&["administrator"], &Vec::from_iter(national))),
                ("keepers", at(&KEEPERS, &line)),
                ("heads", at(&["head"], &line)),
                ("members", at(&organisations::ROLES, &Vec::from_iter(about.body))),
                ("rank", Attribute::Word(about.rank().to_owned())),
                ("person", Attribute::Word(about.person.as_ref().map(word).unwrap_or_default())),
                ("parties", Attribute::Words(about.parties.iter().map(word).collect())),
            ],
        };
        let told = |refusal: Refusal| match (refusal.code, act) {
            ("not_allowed", "order_state") => NOT_COMPETENT,
            ("not_allowed", _) => NOT_YOURS,
            _ => refusal,
        };
        self.policies.require("bodies", &self.actor, act, &resource).map_err(told)?;
        Ok(())
    }

    pub(crate) async fn may(
        &self,
        sql: &impl Sql,
        act: &'static str,
        about: &About,
    ) -> Result<bool, Failure> {
        match self.check(sql, act, about).await {
            Ok(()) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(broken) => Err(broken),
        }
    }

    /// The bodies that this person sees, of all that there are: all of them, or those that they keep and those below.
    pub(crate) async fn seen(&self, sql: &impl Sql) -> Result<Vec<Body>, Failure> {
        let bodies = organisations::bodies(sql).await?;
        if self.may(sql, "see_all_bodies", &About::default()).await? {
            return Ok(bodies);
        }
        let keeps = |body: Uuid| KEEPERS.iter().any(|role| self.actor.holds(role, body));
        let above = |id: Uuid| bodies.iter().find(|body| body.id == id).and_then(|body| body.parent);
        let is_seen = |body: &Body| {
            let line = std::iter::successors(Some(body.id), |id| above(*id));
            line.take(TREE_LEVELS_MAX).any(keeps)
        };
        let seen: Vec<Body> = bodies.iter().filter(|body| is_seen(body)).cloned().collect();
        if seen.is_empty() { Err(NOT_YOURS.into()) } else { Ok(seen) }
    }

    /// A body that this person sees; to everybody else it does not exist.
    pub(crate) async fn body(&self, sql: &impl Sql, slug: &str) -> Result<Body, Failure> {
        let body = organisations::body_by_slug(sql, slug).await?.ok_or_else(Refusal::not_found)?;
        match self.may(sql, "see_body", &About::body(body.id)).await? {
            true => Ok(body),
            false => Err(Refusal::not_found().into()),
        }
    }
}

/// The body and those above it.
async fn line_above(sql: &impl Sql, body: Option<Uuid>) -> Result<Vec<Uuid>, Failure> {
    let (mut line, mut next) = (Vec::new(), body);
    while let Some(id) = next.filter(|_| line.len() < TREE_LEVELS_MAX) {
        line.push(id);
        next = organisations::body(sql, id).await?.and_then(|body| body.parent);
    }
    Ok(line)
}

/// Everybody who keeps a body, without whom it is about; the administration where nobody does.
pub(crate) async fn keepers_of(tx: &Tx, acting: &Acting, about: &About) -> Result<Vec<Uuid>, Failure> {
    let at = acting.clock.now();
    let national = organisations::holder_of(tx, organisations::COMPETENT_ADMINISTRATION).await?;
    for body in about.body.into_iter().chain(national) {
        let mut keepers = Vec::new();
        for role in KEEPERS {
            keepers.extend(organisations::people_with(tx, role, body, at).await?);
        }
        keepers.sort();
        keepers.dedup();
        keepers.retain(|keeper| !about.parties.contains(keeper));
        if !keepers.is_empty() {
            return Ok(keepers);
        }
    }
    Ok(Vec::new())
}

/// An act of `organisations`, permitted under the transaction in which it happens.
pub(crate) struct Permitted<V> {
    pub acting: Acting,
    pub act: &'static str,
    pub about: About,
    pub verb: V,
}

impl<V: Verb<Error = Failure, Answer: Made>> Verb for Permitted<V> {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        self.acting.check(tx, self.act, &self.about).await?;
        Ok(self.verb.apply(tx).await?.id())
    }
}

/// What an act brings forth.
pub(crate) trait Made {
    fn id(&self) -> Uuid;
}

impl Made for Body {
    fn id(&self) -> Uuid {
        self.id
    }
}

impl Made for organisations::Unit {
    fn id(&self) -> Uuid {
        self.id
    }
}

/// A change of what was there already brings forth nothing.
impl Made for () {
    fn id(&self) -> Uuid {
        Uuid::nil()
    }
}
