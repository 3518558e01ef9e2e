//! Who acts on compliance: the competent administration oversees all bodies, a body's own people see and answer for it.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, NOT_ALLOWED, Policies, Refusal, Resource};
use clock::{Clock, Timestamp};
use store::Sql;
use uuid::Uuid;

/// Roles at a body that see how it stands.
const SEERS: [&str; 3] = ["head", "administrator", "auditor"];
/// Roles at a body that answer for it.
pub(crate) const ANSWERERS: [&str; 2] = ["head", "administrator"];
/// Roles at a body that ask for an exemption.
const ASKERS: [&str; 3] = ["head", "administrator", "author"];
/// Roles at the competent administration that oversee all bodies.
pub(crate) const OVERSEERS: [&str; 3] = ["auditor", "administrator", "head"];
/// Roles at a body to whom a finding falls when nobody is named, the first that somebody holds.
const OWNERS: [&str; 4] = ["head", "administrator", "decider", "author"];

/// Roles at the implementing body that see to attacks on accounts.
pub(crate) const IMPLEMENTERS: [&str; 3] = ["officer", "administrator", "head"];
/// Roles at the body of a case that see it and work on it.
const CASE_DESKS: [&str; 3] = ["head", "administrator", "auditor"];
/// The same at the implementing body, whose officers investigate.
const IMPLEMENTING_CASE_DESKS: [&str; 4] = ["head", "administrator", "auditor", "officer"];

/// Fewer characters explain nothing.
pub(crate) const WORDS_CHARACTERS_MIN: usize = 10;
pub(crate) const WORDS_CHARACTERS_MAX: usize = 4_000;

#[derive(Clone)]
pub(crate) struct Acting {
    pub actor: Actor,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

/// What lies before a policy besides the desks.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// Who has to answer, or is named to confirm.
    pub owner: Option<Uuid>,
    /// Who must not judge, because it is their own.
    pub parties: Vec<Uuid>,
    /// Who was let in by name.
    pub readers: Vec<Uuid>,
}

/// What somebody may see of a list.
#[derive(Clone, Debug)]
pub(crate) struct Sight {
    pub all: bool,
    pub bodies: Vec<Uuid>,
    pub person: Uuid,
}

impl Sight {
    pub(crate) fn sees(&self, body: Uuid) -> bool {
        self.all || self.bodies.contains(&body)
    }
}

impl Acting {
    /// Whether this person may do this; `body` is nothing where all bodies are meant.
    pub(crate) async fn check(
        &self,
        sql: &impl Sql,
        act: &'static str,
        body: Option<Uuid>,
        about: About,
    ) -> Result<(), Failure> {
        let national = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
        let implementing = organisations::holder_of(sql, organisations::IMPLEMENTING_BODY).await?;
        let case_desks: &[&str] =
            if body.is_some() && body == implementing { &IMPLEMENTING_CASE_DESKS } else { &CASE_DESKS };
        let both: Vec<Uuid> = national.into_iter().chain(body).collect();
        let at = |roles: &[&str], bodies: &[Uuid]| {
            let desks = bodies.iter().flat_map(|body| roles.iter().map(move |role| format!("{role}@{body}")));
            Attribute::Words(desks.collect())
        };
        let (national, own) = (Vec::from_iter(national), Vec::from_iter(body));
        let implementing = Vec::from_iter(implementing);
        let word = |person: Uuid| person.to_string();
        let resource = Resource {
            kind: "Body",
            id: body.unwrap_or_default().to_string(),
            attributes: vec![
                ("overseers", at(&OVERSEERS, &national)),
                ("grantors", at(&ANSWERERS, &national)),
                ("seers", at(&SEERS, &own)),
                ("answerers", at(&ANSWERERS, &own)),
                ("askers", at(&ASKERS, &own)),
                ("auditors", at(&["auditor"], &both)),
                ("implementers", at(&IMPLEMENTERS, &implementing)),
                ("implementing_leads", at(&ANSWERERS, &implementing)),
                ("case_desks", at(case_desks, &own)),
                ("readers", Attribute::Words(about.readers.into_iter().map(word).collect())),
                ("owner", Attribute::Word(about.owner.map(word).unwrap_or_default())),
                ("parties", Attribute::Words(about.parties.into_iter().map(word).collect())),
            ],
        };
        self.policies.require("compliance", &self.actor, act, &resource).map_err(told)?;
        Ok(())
    }

    pub(crate) async fn may(
        &self,
        sql: &impl Sql,
        act: &'static str,
        body: Option<Uuid>,
        about: About,
    ) -> Result<bool, Failure> {
        match self.check(sql, act, body, about).await {
            Ok(()) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(broken) => Err(broken),
        }
    }

    /// Bodies whose cases this person sees.
    pub(crate) async fn case_bodies(&self, sql: &impl Sql) -> Result<Vec<Uuid>, Failure> {
        let mut bodies = Vec::new();
        for body in self.actor.bodies() {
            if self.may(sql, "see_case", Some(body), About::default()).await? {
                bodies.push(body);
            }
        }
        Ok(bodies)
    }

    /// What lists may show to this person.
    pub(crate) async fn sight(&self, sql: &impl Sql) -> Result<Sight, Failure> {
        let all = self.may(sql, "see_all", None, About::default()).await?;
        let seen = self.actor.roles.iter().filter(|role| SEERS.contains(&role.name.as_str()));
        let mut bodies: Vec<Uuid> = seen.map(|role| role.body).collect();
        bodies.sort();
        bodies.dedup();
        Ok(Sight { all, bodies, person: self.actor.person })
    }
}

/// Whoever has no desk is told whose the act is.
fn told(refusal: Refusal) -> Refusal {
    if refusal.code == NOT_ALLOWED { NOT_YOURS.with_items(refusal.items) } else { refusal }
}

pub(crate) const NOT_YOURS: Refusal = Refusal::new(Kind::NotAllowed, "compliance.not_yours", &[]);

/// To whom something at a body falls when nobody is named.
pub(crate) async fn owner_at(sql: &impl Sql, body: Uuid, at: Timestamp) -> Result<Option<Uuid>, Failure> {
    for role in OWNERS {
        if let Some(first) = organisations::people_with(sql, role, body, at).await?.first() {
            return Ok(Some(*first));
        }
    }
    Ok(None)
}

/// Everybody at a body with one of these roles, each once.
pub(crate) async fn people_at(
    sql: &impl Sql,
    roles: &[&str],
    body: Uuid,
    at: Timestamp,
) -> Result<Vec<Uuid>, Failure> {
    let mut found = Vec::new();
    for role in roles {
        found.extend(organisations::people_with(sql, role, body, at).await?);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Who guards accounts for all bodies: the officers of the implementing body. Nobody where no body has that function.
pub async fn guards_of_accounts(sql: &impl Sql, at: Timestamp) -> Result<Vec<Uuid>, Failure> {
    match organisations::holder_of(sql, organisations::IMPLEMENTING_BODY).await? {
        Some(body) => people_at(sql, &IMPLEMENTERS, body, at).await,
        None => Ok(Vec::new()),
    }
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
