//! One question to the policies, in Cedar's own terms: who asks, what for, and about which thing.

use std::{collections::HashMap, str::FromStr};

use cedar_policy::{
    Context, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request, RestrictedExpression, Schema,
};

use crate::{Actor, Attribute, Resource};

pub(crate) fn question(
    actor: &Actor,
    action: &str,
    resource: &Resource,
    schema: Option<&Schema>,
) -> Option<(Request, Entities)> {
    let principal = uid("Person", &actor.person.to_string())?;
    let thing = uid(resource.kind, &resource.id)?;
    let action = uid("Action", action)?;
    let entities = Entities::from_entities(
        [
            Entity::new(principal.clone(), person_attributes(actor), Default::default()).ok()?,
            Entity::new(thing.clone(), resource_attributes(resource), Default::default()).ok()?,
        ],
        schema,
    )
    .inspect_err(|error| tracing::error!(%error, "a question does not fit the schema"))
    .ok()?;
    let request = Request::new(principal, action, thing, Context::empty(), schema)
        .inspect_err(|error| tracing::error!(%error, "a question does not fit the schema"))
        .ok()?;
    Some((request, entities))
}

pub(crate) fn uid(kind: &str, id: &str) -> Option<EntityUid> {
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
