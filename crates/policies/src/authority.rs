//! Who acts on policies: the unit that owns one writes it and its head approves it, those who lead or audit the body follow it
//! up, the implementing body is heard, and everybody whom it binds reads it.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::{Clock, Timestamp};
use store::Sql;
use uuid::Uuid;

use crate::policy::{Policy, PolicyKind};

/// Roles that lead or audit a body.
const DESKS: [&str; 3] = ["head", "administrator", "auditor"];
/// Roles at the implementing body that are heard about a policy on VPN use.
const IMPLEMENTERS: [&str; 3] = ["officer", "administrator", "head"];

/// Fewer characters explain nothing.
pub(crate) const WORDS_CHARACTERS_MIN: usize = 10;
pub(crate) const WORDS_CHARACTERS_MAX: usize = 4_000;

pub(crate) const NOT_YOURS: Refusal = Refusal::new(Kind::NotAllowed, "policy.not_yours", &[]);
const NOT_THE_OWNER: Refusal = Refusal::new(Kind::NotAllowed, "policy.not_the_owner", &["OM-SOC-R.1"]);

#[derive(Clone)]
pub(crate) struct Acting {
    pub actor: Actor,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

/// What an act is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    pub body: Uuid,
    pub owner_unit: Uuid,
    /// The units that sign, or the one for which somebody signs now.
    pub signing: [Option<Uuid>; 2],
    pub is_everywhere: bool,
    pub kind: PolicyKind,
}

impl About {
    pub(crate) fn of(policy: &Policy) -> About {
        About {
            body: policy.body,
            owner_unit: policy.owner_unit,
            signing: [Some(policy.owner_unit), policy.second_unit],
            is_everywhere: policy.is_everywhere,
            kind: policy.kind,
        }
    }
}

impl Acting {
    pub(crate) async fn check(&self, sql: &impl Sql, act: &'static str, about: About) -> Result<(), Failure> {
        let at = |roles: &[&str], body: Option<Uuid>| {
            let desks =
                body.into_iter().flat_map(|body| roles.iter().map(move |role| format!("{role}@{body}")));
            desks.collect::<Vec<String>>()
        };
        let national = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
        let heard = match about.kind {
            PolicyKind::VpnUse => organisations::holder_of(sql, organisations::IMPLEMENTING_BODY).await?,
            _ => None,
        };
        let staff = match about.is_everywhere {
            true => self.actor.roles.iter().map(|role| format!("{}@{}", role.name, role.body)).collect(),
            false => at(&organisations::ROLES, Some(about.body)),
        };
        let now = self.clock.now();
        let mut signers = Vec::new();
        for unit in about.signing.into_iter().flatten() {
            signers.extend(signers_of(sql, about.body, unit, now).await?);
        }
        let heads = organisations::heads_of(sql, about.body, Some(about.owner_unit), now).await?;
        let is_member = self.actor.roles.iter().any(|role| role.unit == Some(about.owner_unit));
        let persons = |people: Vec<Uuid>| Attribute::Words(people.iter().map(Uuid::to_string).collect());
        let resource = Resource {
            kind: "Policy",
            id: about.owner_unit.to_string(),
            attributes: vec![
                ("members", persons(is_member.then_some(self.actor.person).into_iter().collect())),
                ("heads", persons(heads)),
                ("signers", persons(signers)),
                ("staff", Attribute::Words(staff)),
                ("desks", Attribute::Words(at(&DESKS, Some(about.body)))),
                ("overseers", Attribute::Words(at(&DESKS, national))),
                ("implementers", Attribute::Words(at(&IMPLEMENTERS, heard))),
            ],
        };
        let told = |refusal: Refusal| match (refusal.code, act) {
            ("not_allowed", "revise" | "register") => NOT_THE_OWNER,
            ("not_allowed", _) => NOT_YOURS,
            _ => refusal,
        };
        self.policies.require("policies", &self.actor, act, &resource).map_err(told)?;
        Ok(())
    }

    pub(crate) async fn may(&self, sql: &impl Sql, act: &'static str, about: About) -> Result<bool, Failure> {
        match self.check(sql, act, about).await {
            Ok(()) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(broken) => Err(broken),
        }
    }

    /// The units of which this person is a member, each once.
    pub(crate) fn units(&self) -> Vec<Uuid> {
        let mut units: Vec<Uuid> = self.actor.roles.iter().filter_map(|role| role.unit).collect();
        units.sort();
        units.dedup();
        units
    }

    /// The bodies that this person leads or audits.
    pub(crate) fn led(&self) -> Vec<Uuid> {
        let led = self.actor.roles.iter().filter(|role| DESKS.contains(&role.name.as_str()));
        let mut bodies: Vec<Uuid> = led.map(|role| role.body).collect();
        bodies.sort();
        bodies.dedup();
        bodies
    }

    /// Whether this person oversees all bodies.
    pub(crate) async fn oversees(&self, sql: &impl Sql) -> Result<bool, Failure> {
        let national = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
        Ok(national.is_some_and(|body| DESKS.iter().any(|role| self.actor.holds(role, body))))
    }
}

/// Who signs for a unit: its head; anybody of it where it has none.
pub(crate) async fn signers_of(
    sql: &impl Sql,
    body: Uuid,
    unit: Uuid,
    at: Timestamp,
) -> Result<Vec<Uuid>, Failure> {
    let heads = organisations::heads_of(sql, body, Some(unit), at).await?;
    if !heads.is_empty() {
        return Ok(heads);
    }
    Ok(crate::assignment::table::members_of(sql, unit, at).await?)
}

/// The words as they are kept, or the no that asks for them.
pub(crate) fn words(field: &str, typed: &str, refusal: Refusal) -> Result<String, Refusal> {
    let typed = typed.trim();
    match typed.chars().count() {
        0..WORDS_CHARACTERS_MIN => {
            Err(refusal.with_item(field, "too_short", &WORDS_CHARACTERS_MIN.to_string()))
        }
        WORDS_CHARACTERS_MIN..=WORDS_CHARACTERS_MAX => Ok(typed.to_owned()),
        _ => Err(refusal.with_item(field, "too_long", &WORDS_CHARACTERS_MAX.to_string())),
    }
}
