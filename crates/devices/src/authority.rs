//! Who acts on devices: whoever keeps those of a body, whoever holds one, and the competent administration for all.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, NOT_ALLOWED, Policies, Refusal, Resource};
use clock::{Clock, Timestamp};
use store::{Sql, Value};
use uuid::Uuid;

/// Roles that keep the devices of a body.
pub(crate) const KEEPERS: [&str; 2] = ["device_officer", "administrator"];
/// Roles with which somebody works for a body, and may offer a device of their own.
const WORKERS: [&str; 10] = organisations::ROLES;
/// Roles that see to information security where they are held at the implementing body.
const SECURITY: [&str; 3] = ["officer", "administrator", "head"];

/// Fewer characters explain nothing.
pub(crate) const WORDS_CHARACTERS_MIN: usize = 10;
pub(crate) const WORDS_CHARACTERS_MAX: usize = 2_000;

pub(crate) const NOT_YOURS: Refusal = Refusal::new(Kind::NotAllowed, "device.not_yours", &[]);

#[derive(Clone)]
pub(crate) struct Acting {
    pub actor: Actor,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

/// What an act is about: the bodies concerned, and the person who holds the device or whose account it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    pub bodies: Vec<Uuid>,
    pub holder: Option<Uuid>,
}

/// What somebody may see of the lists.
#[derive(Clone, Debug)]
pub(crate) struct Sight {
    pub all: bool,
    pub bodies: Vec<Uuid>,
}

impl Acting {
    pub(crate) async fn check(
        &self,
        sql: &impl Sql,
        act: &'static str,
        about: &About,
    ) -> Result<(), Failure> {
        let national = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
        let implementing = organisations::holder_of(sql, organisations::IMPLEMENTING_BODY).await?;
        let at = |roles: &[&str], bodies: &[Uuid]| {
            let desks = bodies.iter().flat_map(|body| roles.iter().map(move |role| format!("{role}@{body}")));
            Attribute::Words(desks.collect())
        };
        let both: Vec<Uuid> = national.into_iter().chain(about.bodies.iter().copied()).collect();
        let holder = about.holder.map(|holder| holder.to_string()).unwrap_or_default();
        let resource = Resource {
            kind: "Device",
            id: holder.clone(),
            attributes: vec![
                ("officers", at(&KEEPERS, &both)),
                ("national", at(&KEEPERS, &Vec::from_iter(national))),
                ("members", at(&WORKERS, &about.bodies)),
                ("security", at(&SECURITY, &Vec::from_iter(implementing))),
                ("holder", Attribute::Word(holder)),
            ],
        };
        let told = |refusal: Refusal| match refusal.code {
            NOT_ALLOWED => NOT_YOURS.with_items(refusal.items),
            _ => refusal,
        };
        self.policies.require("devices", &self.actor, act, &resource).map_err(told)?;
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

    /// What lists may show to this person; nobody but keepers sees any.
    pub(crate) async fn sight(&self, sql: &impl Sql) -> Result<Sight, Failure> {
        let all = self.may(sql, "set_rules", &About::default()).await?;
        let kept = self.actor.roles.iter().filter(|role| KEEPERS.contains(&role.name.as_str()));
        let mut bodies: Vec<Uuid> = kept.map(|role| role.body).collect();
        bodies.sort();
        bodies.dedup();
        if all || !bodies.is_empty() { Ok(Sight { all, bodies }) } else { Err(NOT_YOURS.into()) }
    }
}

impl Acting {
    /// What of virtual private networks somebody sees: all of them whoever judges them, else as of devices.
    pub(crate) async fn vpn_sight(&self, sql: &impl Sql) -> Result<Sight, Failure> {
        if self.may(sql, "see_all_vpns", &About::default()).await? {
            return Ok(Sight { all: true, bodies: Vec::new() });
        }
        self.sight(sql).await
    }
}

/// The bodies that somebody sees, as a condition on the column that names one.
pub(crate) fn seen(sight: &Sight, column: &str, values: &mut Vec<Value>) -> String {
    if sight.all {
        return String::new();
    }
    let mut places = Vec::with_capacity(sight.bodies.len());
    for body in &sight.bodies {
        values.push((*body).into());
        places.push(format!("${}", values.len()));
    }
    format!(" AND {column} IN ({})", places.join(", "))
}

/// Everybody who sees to information security, each once.
pub(crate) async fn security_officers(sql: &impl Sql, at: Timestamp) -> Result<Vec<Uuid>, Failure> {
    let mut found = Vec::new();
    if let Some(body) = organisations::holder_of(sql, organisations::IMPLEMENTING_BODY).await? {
        for role in SECURITY {
            found.extend(organisations::people_with(sql, role, body, at).await?);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Whoever may see no list does not learn what stands on it.
pub(crate) fn unseen(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(_) => Refusal::not_found().into(),
        broken => broken,
    }
}

/// The bodies for which a person works.
pub(crate) async fn bodies_of(sql: &impl Sql, person: Uuid, at: Timestamp) -> Result<Vec<Uuid>, Failure> {
    let roles = organisations::roles_of(sql, person, at).await?;
    let mut bodies: Vec<Uuid> = roles.into_iter().map(|role| role.body).collect();
    bodies.sort();
    bodies.dedup();
    Ok(bodies)
}

/// Everybody who keeps the devices of these bodies, each once; those of the competent administration where nobody does.
pub(crate) async fn keepers_of(sql: &impl Sql, bodies: &[Uuid], at: Timestamp) -> Result<Vec<Uuid>, Failure> {
    let national = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
    for desks in [bodies, &Vec::from_iter(national)] {
        let mut found = Vec::new();
        for (body, role) in desks.iter().flat_map(|body| KEEPERS.map(|role| (*body, role))) {
            found.extend(organisations::people_with(sql, role, body, at).await?);
        }
        found.sort();
        found.dedup();
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
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
