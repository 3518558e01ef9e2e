//! Which role may do what, worked out from the policies themselves: each act is asked for each role at each desk, with
//! whatever else a thing can be. Nothing here is written down beside the policies, so it cannot differ from them.

use std::collections::{BTreeSet, HashMap};

use cedar_policy::{
    Authorizer, Context, Decision as Ruling, Entities, Entity, Request, RestrictedExpression,
};

use crate::{
    policies::{Act, Capability, Described},
    question::uid,
    schema::{Meaning, Shape, Type},
};

/// Who asks in the trial questions, and at which body they sit.
const ASKER: &str = "asker";
const BODY: &str = "body";
/// The role of a desk whose role a table names.
pub const ANY_ROLE: &str = "any";
/// Things that one question is tried on at most.
const TRIALS_MAX: usize = 128;

/// One act on one kind of thing.
#[derive(Clone, Debug)]
pub struct Row {
    pub capability: &'static str,
    pub action: String,
    pub kind: String,
    /// Whoever may by a role.
    pub roles: Vec<Held>,
    /// Whoever may by what they are to the thing: `applicant`.
    pub persons: Vec<String>,
    /// Whether it needs neither a role nor a part in the thing.
    pub anyone: bool,
    /// Ids of the policies that permit it, and of those that set limits.
    pub permits: Vec<String>,
    pub limits: Vec<String>,
}

/// A role at a desk that may.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    /// `officer`, or [`ANY_ROLE`].
    pub role: String,
    /// Where the desk stands: `own`, `administration`, …
    pub at: String,
    /// What the person must be to the thing besides, where the role alone is not enough.
    pub person: Option<String>,
}

/// What a thing is in one trial.
#[derive(Clone, Copy)]
struct Trial<'t> {
    role: &'t str,
    at: &'t str,
    person: Option<&'t str>,
    /// Which value each plain attribute has: digits of a number, whose bases are how many values there are.
    plain: usize,
}

impl Row {
    /// Whether somebody with this role, wherever they sit, may do it in some case.
    pub fn opens_to(&self, role: &str) -> bool {
        self.anyone || self.roles.iter().any(|held| held.role == role || held.role == ANY_ROLE)
    }
}

/// The rows of one act.
pub(crate) fn rows(
    capability: &Capability,
    action: &str,
    act: &Act,
    described: &HashMap<String, Described>,
    authorizer: &Authorizer,
) -> Vec<Row> {
    let kinds = capability.asked.acts.get(action).into_iter().flatten();
    kinds
        .filter_map(|kind| {
            let shape = capability.asked.kinds.get(kind)?;
            let asked = Asking { kind, action, shape, act, authorizer };
            let named = |permitting: bool| {
                let of_act = act.set.policies().map(|policy| policy.id().to_string());
                let mut ids: Vec<String> = of_act
                    .filter(|id| described.get(id).is_some_and(|told| told.permits == permitting))
                    .collect();
                ids.sort();
                ids
            };
            Some(Row {
                capability: capability.name,
                action: action.to_owned(),
                kind: kind.clone(),
                roles: asked.roles(),
                persons: asked.persons().filter(|person| asked.some("", "", Some(person))).collect(),
                anyone: asked.some("", "", None),
                permits: named(true),
                limits: named(false),
            })
        })
        .collect()
}

struct Asking<'a> {
    kind: &'a str,
    action: &'a str,
    shape: &'a Shape,
    act: &'a Act,
    authorizer: &'a Authorizer,
}

impl Asking<'_> {
    fn roles(&self) -> Vec<Held> {
        let mut found = BTreeSet::new();
        for (role, at) in self.desks() {
            let held = |person| Held { role: role.clone(), at: at.clone(), person };
            if self.some(&role, &at, None) {
                found.insert(held(None));
                continue;
            }
            let with = self.persons().filter(|person| !self.some("", "", Some(person)));
            found.extend(with.filter(|person| self.some(&role, &at, Some(person))).map(|it| held(Some(it))));
        }
        found.into_iter().collect()
    }

    /// Every role at every place where a desk of the thing may stand.
    fn desks(&self) -> BTreeSet<(String, String)> {
        let mut desks = BTreeSet::new();
        for (_, meaning) in self.shape.attributes.values() {
            let Meaning::Desk { roles, at } = meaning else { continue };
            match roles.as_slice() {
                [] => drop(desks.insert((ANY_ROLE.to_owned(), at.clone()))),
                roles => desks.extend(roles.iter().map(|role| (role.clone(), at.clone()))),
            }
        }
        desks
    }

    fn persons(&self) -> impl Iterator<Item = String> + '_ {
        let persons: BTreeSet<String> = self
            .shape
            .attributes
            .values()
            .filter_map(|(_, meaning)| match meaning {
                Meaning::Person(person) => Some(person.clone()),
                _ => None,
            })
            .collect();
        persons.into_iter()
    }

    /// Whether there is a thing on which this is permitted.
    fn some(&self, role: &str, at: &str, person: Option<&str>) -> bool {
        let values = self.shape.attributes.values().map(|(_, meaning)| match meaning {
            Meaning::Plain(words) => words.len(),
            _ => 1,
        });
        // A person who is not the asker is somebody else or nobody: one more digit for all of them.
        (0..(values.product::<usize>() * 2).min(TRIALS_MAX))
            .any(|plain| self.permits(Trial { role, at, person, plain }).unwrap_or(false))
    }

    fn permits(&self, trial: Trial<'_>) -> Option<bool> {
        let (asker, thing) = (uid("Person", ASKER)?, uid(self.kind, "thing")?);
        let entities = [
            Entity::new(asker.clone(), asker_with(trial.role), Default::default()).ok()?,
            Entity::new(thing.clone(), self.attributes(trial), Default::default()).ok()?,
        ];
        let entities = Entities::from_entities(entities, None).ok()?;
        let request = Request::new(asker, uid("Action", self.action)?, thing, Context::empty(), None).ok()?;
        let response = self.authorizer.is_authorized(&request, &self.act.set, &entities);
        Some(response.decision() == Ruling::Allow)
    }

    fn attributes(&self, trial: Trial<'_>) -> HashMap<String, RestrictedExpression> {
        let somebody = if trial.plain % 2 == 1 { "somebody" } else { "" };
        let mut rest = trial.plain / 2;
        let mut one_of = |words: &[String]| {
            let digit = rest % words.len().max(1);
            rest /= words.len().max(1);
            words.get(digit).filter(|word| !word.is_empty()).cloned()
        };
        let told = self.shape.attributes.iter().map(|(name, (kind, meaning))| {
            let words = match meaning {
                Meaning::Desk { roles, at } if at == trial.at && sits(roles, trial.role) => {
                    Some(format!("{}@{BODY}", trial.role))
                }
                Meaning::Desk { .. } => None,
                Meaning::Person(person) if Some(person.as_str()) == trial.person => Some(ASKER.to_owned()),
                Meaning::Person(_) => Some(somebody.to_owned()),
                Meaning::Plain(words) => one_of(words),
            };
            (name.clone(), expression(*kind, words))
        });
        told.collect()
    }
}

/// Whether a role is one of a desk; a desk without roles has the one that stands for all.
fn sits(roles: &[String], role: &str) -> bool {
    if roles.is_empty() { role == ANY_ROLE } else { roles.iter().any(|it| it == role) }
}

fn expression(kind: Type, words: Option<String>) -> RestrictedExpression {
    let word = RestrictedExpression::new_string;
    match kind {
        Type::Word => word(words.unwrap_or_default()),
        Type::Words => RestrictedExpression::new_set(words.into_iter().map(word)),
        Type::Number => RestrictedExpression::new_long(i64::from(words.is_some())),
        Type::Truth => RestrictedExpression::new_bool(words.is_some()),
    }
}

/// Somebody with one role, identified as surely as can be.
fn asker_with(role: &str) -> HashMap<String, RestrictedExpression> {
    let word = |text: String| RestrictedExpression::new_string(text);
    let set = |words: Option<String>| RestrictedExpression::new_set(words.into_iter().map(word));
    let held = (!role.is_empty()).then(|| role.to_owned());
    HashMap::from([
        ("id".to_owned(), word(ASKER.to_owned())),
        ("kind".to_owned(), word("citizen".to_owned())),
        ("assurance".to_owned(), RestrictedExpression::new_long(crate::Assurance::High as i64)),
        ("roles".to_owned(), set(held.clone())),
        ("roles_at".to_owned(), set(held.map(|role| format!("{role}@{BODY}")))),
    ])
}
