//! What the policies of a capability may ask about: the kinds of things with their attributes, and which acts there are.
//! Cedar's own schema language; three annotations of ours say what an attribute means.
//!
//! - `@desk("officer, head")`: roles at a body, as `officer@<body>`; `any` where a table names the role.
//! - `@at("administration")`: at which body such a desk stands; without it, at the body concerned.
//! - `@person("applicant")`: what a person is to the thing.
//! - `@one_of("work, administrator")`: the words that any other attribute may have.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{PolicySet, Schema, SchemaFragment, ValidationMode, Validator};
use serde_json::Value;

use crate::{Attribute, PolicyError, Resource};

/// Who asks; the same in every capability.
const PERSON: &str = "entity Person {
    id: String, kind: String, assurance: Long, roles: Set<String>, roles_at: Set<String>
};";

/// The role that stands for every role.
const ANY: &str = "any";
/// Where a desk stands when its attribute does not say.
const OWN: &str = "own";

/// What an attribute of a thing means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A desk, or several: its roles (none: any role) and at which body.
    Desk { roles: Vec<String>, at: String },
    /// Somebody, by what they are to the thing.
    Person(String),
    /// Anything else, with the words that it may have.
    Plain(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Word,
    Words,
    Number,
    Truth,
}

#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub attributes: BTreeMap<String, (Type, Meaning)>,
}

/// The schema of one capability.
pub(crate) struct Asked {
    pub cedar: Schema,
    pub kinds: BTreeMap<String, Shape>,
    /// The kinds of things that an act is done to.
    pub acts: BTreeMap<String, BTreeSet<String>>,
}

impl Asked {
    pub fn parse(capability: &'static str, text: &str) -> Result<Asked, PolicyError> {
        let wrong = |error: String| PolicyError::Schema(capability, error);
        let text = format!("{PERSON}\n{text}");
        let (cedar, _) = Schema::from_cedarschema_str(&text).map_err(|error| wrong(error.to_string()))?;
        let (fragment, _) =
            SchemaFragment::from_cedarschema_str(&text).map_err(|error| wrong(error.to_string()))?;
        let read = fragment.to_json_value().map_err(|error| wrong(error.to_string()))?;
        let whole = &read[""];
        let kinds = members(&whole["entityTypes"]).filter(|(name, _)| *name != "Person");
        let kinds = kinds.map(|(name, kind)| (name.to_owned(), shape(kind))).collect();
        let acts = members(&whole["actions"]).map(|(name, act)| {
            let things = act["appliesTo"]["resourceTypes"].as_array().into_iter().flatten();
            (name.to_owned(), things.filter_map(Value::as_str).map(str::to_owned).collect())
        });
        Ok(Asked { cedar, kinds, acts: acts.collect() })
    }

    /// Whether every policy asks only for what there is: no act, kind or attribute that nothing has.
    pub fn check(&self, capability: &'static str, set: &PolicySet) -> Result<(), PolicyError> {
        let judged = Validator::new(self.cedar.clone()).validate(set, ValidationMode::Strict);
        match judged.validation_errors().next() {
            Some(error) => Err(PolicyError::Schema(capability, error.to_string())),
            None => Ok(()),
        }
    }

    /// A desk of this thing whose role its attribute does not announce: the matrix of roles would be wrong about it.
    pub fn unannounced(&self, resource: &Resource) -> Option<String> {
        let shape = self.kinds.get(resource.kind)?;
        resource.attributes.iter().find_map(|(name, value)| {
            let (_, Meaning::Desk { roles, .. }) = shape.attributes.get(*name)? else { return None };
            let desks = match value {
                Attribute::Word(desk) => std::slice::from_ref(desk),
                Attribute::Words(desks) => desks,
                _ => &[],
            };
            let role = |desk: &String| desk.split('@').next().unwrap_or_default().to_owned();
            desks
                .iter()
                .find(|desk| !roles.is_empty() && !desk.is_empty() && !roles.contains(&role(desk)))
                .cloned()
        })
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn shape(kind: &Value) -> Shape {
    let attributes = members(&kind["shape"]["attributes"]);
    Shape {
        attributes: attributes
            .map(|(name, said)| (name.to_owned(), (type_of(said), meaning(said))))
            .collect(),
    }
}

fn type_of(said: &Value) -> Type {
    // The schema language writes the name of a type that it has itself either bare or under its own namespace.
    let name = said["name"].as_str().or(said["type"].as_str()).unwrap_or_default();
    match name.trim_start_matches("__cedar::") {
        "Set" => Type::Words,
        "Long" => Type::Number,
        "Bool" | "Boolean" => Type::Truth,
        _ => Type::Word,
    }
}

fn meaning(said: &Value) -> Meaning {
    let noted = |name: &str| said["annotations"][name].as_str();
    if let Some(roles) = noted("desk") {
        let roles = roles.split(',').map(str::trim).filter(|role| *role != ANY).map(str::to_owned).collect();
        return Meaning::Desk { roles, at: noted("at").unwrap_or(OWN).to_owned() };
    }
    if let Some(person) = noted("person") {
        return Meaning::Person(person.to_owned());
    }
    let words = noted("one_of").map(|words| words.split(',').map(|word| word.trim().to_owned()).collect());
    Meaning::Plain(words.unwrap_or_else(|| vec![String::new(), "said".to_owned()]))
}
