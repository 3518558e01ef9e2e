//! Cedar policies: one file a capability, parsed once, deny unless permitted.
//!
//! The cost of a decision grows with the number of policies, so each capability has a set of its own. Lists are
//! never authorised row by row: their SQL asks only for rows that may be seen.
//!
//! A `permit` or `forbid` carries annotations: `@id("…")`, `@controls("LY-SVC-16.1, LY-SVC-16.2")` (the articles that
//! command it) and, for a `forbid`, `@code("request.unverified")` and `@kind("conflict")` (what a refusal says).

use std::{collections::HashMap, str::FromStr};

use cedar_policy::{
    Authorizer, Context, Decision as Ruling, Entities, Entity, EntityId, EntityTypeName, EntityUid, Policy,
    PolicyId, PolicySet, Request, RestrictedExpression,
};

use crate::{Actor, Kind, Refusal};

/// A capability's policies as they are written.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    pub capability: &'static str,
    pub text: &'static str,
}

#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    #[error("the policies of {0} do not parse: {1}")]
    Syntax(&'static str, String),
    #[error("a policy of {0} has no @id, or two share it: {1}")]
    Nameless(&'static str, String),
    #[error("policy {0} forbids without @code, so nobody could be told why")]
    Silent(String),
}

/// The thing that is acted on: its type, its id, and the attributes that the policies read.
#[derive(Clone, Debug)]
pub struct Resource {
    pub kind: &'static str,
    pub id: String,
    pub attributes: Vec<(&'static str, Attribute)>,
}

#[derive(Clone, Debug)]
pub enum Attribute {
    Word(String),
    Words(Vec<String>),
    Number(i64),
    Truth(bool),
}

/// What was decided, and by which policies: enough to answer "why can I not?".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub permitted: bool,
    /// Ids of the policies that decided; empty when nothing permitted.
    pub by: Vec<String>,
    pub refusal: Option<Refusal>,
}

/// What a policy says of itself.
#[derive(Clone, Debug)]
pub struct Described {
    pub capability: &'static str,
    pub id: String,
    pub permits: bool,
    pub code: Option<&'static str>,
    pub controls: &'static [&'static str],
    kind: Kind,
}

/// All policies in force.
pub struct Policies {
    sets: HashMap<&'static str, PolicySet>,
    described: HashMap<String, Described>,
    authorizer: Authorizer,
}

impl Policies {
    pub fn parse(sources: &[Source]) -> Result<Policies, PolicyError> {
        let mut policies =
            Policies { sets: HashMap::new(), described: HashMap::new(), authorizer: Authorizer::new() };
        for source in sources {
            let parsed = PolicySet::from_str(source.text)
                .map_err(|error| PolicyError::Syntax(source.capability, error.to_string()))?;
            let mut set = PolicySet::new();
            for policy in parsed.policies() {
                policies.admit(source.capability, policy, &mut set)?;
            }
            policies.sets.insert(source.capability, set);
        }
        Ok(policies)
    }

    fn admit(
        &mut self,
        capability: &'static str,
        policy: &Policy,
        set: &mut PolicySet,
    ) -> Result<(), PolicyError> {
        let id = policy.annotation("id").unwrap_or_default().to_owned();
        if id.is_empty() || self.described.contains_key(&id) {
            return Err(PolicyError::Nameless(capability, id));
        }
        let permits = policy.effect() == cedar_policy::Effect::Permit;
        let code = policy.annotation("code").map(kept);
        if !permits && code.is_none() {
            return Err(PolicyError::Silent(id));
        }
        let controls = policy.annotation("controls").map_or(&[][..], kept_list);
        let kind = kind_named(policy.annotation("kind"));
        self.described
            .insert(id.clone(), Described { capability, id: id.clone(), permits, code, controls, kind });
        set.add(policy.new_id(PolicyId::new(&id)))
            .map_err(|error| PolicyError::Syntax(capability, error.to_string()))
    }

    /// Every policy, for the pages that explain them.
    pub fn described(&self) -> impl Iterator<Item = &Described> {
        self.described.values()
    }

    pub fn decide(&self, capability: &str, actor: &Actor, action: &str, resource: &Resource) -> Decision {
        let Some(set) = self.sets.get(capability) else { return self.denied(Vec::new()) };
        let Some((request, entities)) = question(actor, action, resource) else {
            return self.denied(Vec::new());
        };
        let response = self.authorizer.is_authorized(&request, set, &entities);
        let mut by: Vec<String> = response.diagnostics().reason().map(ToString::to_string).collect();
        by.sort();
        for error in response.diagnostics().errors() {
            tracing::error!(%error, capability, action, "a policy could not be evaluated");
        }
        match response.decision() {
            Ruling::Allow => Decision { permitted: true, by, refusal: None },
            Ruling::Deny => self.denied(by),
        }
    }

    /// The answer that a verb needs: go on, or this is why not.
    pub fn require(
        &self,
        capability: &str,
        actor: &Actor,
        action: &str,
        resource: &Resource,
    ) -> Result<(), Refusal> {
        let decision = self.decide(capability, actor, action, resource);
        match decision.refusal {
            _ if decision.permitted => Ok(()),
            Some(refusal) => Err(refusal),
            None => Err(Refusal::new(Kind::NotAllowed, "not_allowed", &[])),
        }
    }

    fn denied(&self, by: Vec<String>) -> Decision {
        let forbidding = by.iter().find_map(|id| self.described.get(id));
        let refusal = match forbidding {
            Some(Described { code: Some(code), controls, kind, .. }) => Refusal::new(*kind, code, controls),
            _ => Refusal::new(Kind::NotAllowed, "not_allowed", &[]),
        };
        Decision { permitted: false, by, refusal: Some(refusal) }
    }
}

fn question(actor: &Actor, action: &str, resource: &Resource) -> Option<(Request, Entities)> {
    let principal = uid("Person", &actor.person.to_string())?;
    let thing = uid(resource.kind, &resource.id)?;
    let action = uid("Action", action)?;
    let entities = Entities::from_entities(
        [
            Entity::new(principal.clone(), person_attributes(actor), Default::default()).ok()?,
            Entity::new(thing.clone(), resource_attributes(resource), Default::default()).ok()?,
        ],
        None,
    )
    .ok()?;
    let request = Request::new(principal, action, thing, Context::empty(), None).ok()?;
    Some((request, entities))
}

fn uid(kind: &str, id: &str) -> Option<EntityUid> {
    Some(EntityUid::from_type_name_and_id(EntityTypeName::from_str(kind).ok()?, EntityId::new(id)))
}

/// `id`, `kind`, `assurance` (1 to 3), `roles` (names), and `roles_at` (`officer@<body>`).
fn person_attributes(actor: &Actor) -> HashMap<String, RestrictedExpression> {
    let word = |text: &str| RestrictedExpression::new_string(text.to_owned());
    let roles = actor.roles.iter().map(|role| word(&role.name));
    let roles_at = actor.roles.iter().map(|role| word(&format!("{}@{}", role.name, role.body)));
    HashMap::from([
        ("id".to_owned(), word(&actor.person.to_string())),
        ("kind".to_owned(), word(&actor.kind)),
        ("assurance".to_owned(), RestrictedExpression::new_long(actor.assurance as i64)),
        ("roles".to_owned(), RestrictedExpression::new_set(roles)),
        ("roles_at".to_owned(), RestrictedExpression::new_set(roles_at)),
    ])
}

fn resource_attributes(resource: &Resource) -> HashMap<String, RestrictedExpression> {
    let expression = |attribute: &Attribute| match attribute {
        Attribute::Word(word) => RestrictedExpression::new_string(word.clone()),
        Attribute::Number(number) => RestrictedExpression::new_long(*number),
        Attribute::Truth(truth) => RestrictedExpression::new_bool(*truth),
        Attribute::Words(words) => RestrictedExpression::new_set(
            words.iter().map(|word| RestrictedExpression::new_string(word.clone())),
        ),
    };
    resource.attributes.iter().map(|(name, value)| ((*name).to_owned(), expression(value))).collect()
}

/// Policies are parsed once at start and live as long as the program, so their words may too.
fn kept(word: &str) -> &'static str {
    Box::leak(word.to_owned().into_boxed_str())
}

fn kept_list(list: &str) -> &'static [&'static str] {
    let words: Vec<&'static str> =
        list.split(',').map(str::trim).filter(|word| !word.is_empty()).map(kept).collect();
    Box::leak(words.into_boxed_slice())
}

fn kind_named(word: Option<&str>) -> Kind {
    match word {
        Some("conflict") => Kind::Conflict,
        Some("not_found") => Kind::NotFound,
        Some("not_identified") => Kind::NotIdentified,
        _ => Kind::NotAllowed,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{Assurance, Role, Via};

    const SOURCE: Source = Source {
        capability: "letters",
        text: r#"
            @id("own") @controls("X-1")
            permit(principal, action == Action::"read", resource) when { resource.owner == principal.id };
            @id("desk") permit(principal, action == Action::"decide", resource)
              when { principal.roles_at.contains(resource.desk) };
            @id("unread-first") @code("letter.unread") @kind("conflict") @controls("X-2, X-3")
            forbid(principal, action == Action::"decide", resource) when { !resource.read };
        "#,
    };

    fn actor(person: Uuid, roles: &[(&str, Uuid)]) -> Actor {
        let roles = roles
            .iter()
            .map(|(name, body)| Role { body: *body, unit: None, name: (*name).to_owned() })
            .collect();
        Actor { person, via: Via::System, assurance: Assurance::Basic, roles, kind: "citizen".into() }
    }

    fn letter(owner: Uuid, body: Uuid, read: bool) -> Resource {
        Resource {
            kind: "Letter",
            id: "1".into(),
            attributes: vec![
                ("owner", Attribute::Word(owner.to_string())),
                ("desk", Attribute::Word(format!("officer@{body}"))),
                ("read", Attribute::Truth(read)),
            ],
        }
    }

    #[test]
    fn decisions_as_a_table() {
        let policies = Policies::parse(&[SOURCE]).unwrap();
        let (salma, hamad, registry, other) =
            (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        let officer = actor(hamad, &[("officer", registry)]);
        let check = |actor: &Actor, action: &str, letter: Resource, expected: &str| {
            let outcome = policies.require("letters", actor, action, &letter);
            assert_eq!(outcome.map_or_else(|refusal| refusal.to_string(), |()| "permitted".into()), expected);
        };
        check(&actor(salma, &[]), "read", letter(salma, registry, true), "permitted");
        check(&officer, "read", letter(salma, registry, true), "not_allowed");
        check(&officer, "decide", letter(salma, registry, true), "permitted");
        check(&officer, "decide", letter(salma, registry, false), "letter.unread X-2 X-3");
        check(&officer, "decide", letter(salma, other, true), "not_allowed");
        check(&officer, "burn", letter(salma, registry, true), "not_allowed");
    }

    #[test]
    fn nothing_is_permitted_where_there_are_no_policies() {
        let policies = Policies::parse(&[]).unwrap();
        let salma = Uuid::now_v7();
        let decision = policies.decide("letters", &actor(salma, &[]), "read", &letter(salma, salma, true));
        assert!(!decision.permitted && decision.by.is_empty());
    }

    #[test]
    fn a_policy_that_could_not_be_explained_is_refused() {
        let parse =
            |text| Policies::parse(&[Source { capability: "x", text }]).err().map(|error| error.to_string());
        assert!(parse(r#"permit(principal, action, resource);"#).unwrap().contains("no @id"));
        assert!(parse(r#"@id("a") forbid(principal, action, resource);"#).unwrap().contains("without @code"));
        assert!(parse(r#"@id("a") permit(principal"#).unwrap().contains("do not parse"));
    }
}
