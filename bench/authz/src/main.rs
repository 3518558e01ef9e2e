//! Times single decisions. The things that are acted on have every attribute that a policy of the set reads, so that no
//! policy is left early because something is missing.

use std::time::{Duration, Instant};

use authz::{Actor, Assurance, Attribute, Policies, Resource, Role, Source, Via};
use serde_json::{Value, json};
use uuid::Uuid;

const DECISIONS_EACH: usize = 500;
const WARM_DECISIONS: usize = 1_000;
const PERSON: Uuid = Uuid::from_u128(7);
const BODY: Uuid = Uuid::from_u128(11);
const ROLES: [&str; 10] = [
    "head",
    "officer",
    "decider",
    "author",
    "verifier",
    "administrator",
    "manager",
    "auditor",
    "registrar",
    "publisher",
];

fn actor(roles: usize) -> Actor {
    let assurance = if roles > 0 { Assurance::Substantial } else { Assurance::Basic };
    let roles =
        ROLES[..roles].iter().map(|name| Role { body: BODY, unit: None, name: (*name).to_owned(), by: None });
    Actor { person: PERSON, via: Via::System, assurance, roles: roles.collect(), kind: "citizen".into() }
}

/// The words that follow a mark, up to what is no letter of a name.
fn named<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    let mut words: Vec<&str> = text
        .split(mark)
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next())
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// An attribute of the type by which the policies read it.
fn attribute(text: &str, name: &str) -> Attribute {
    let read = |form: &str| text.contains(form);
    if read(&format!("resource.{name}.contains")) || read(&format!("containsAny(resource.{name})")) {
        return Attribute::Words(vec![format!("officer@{BODY}")]);
    }
    if [" <", " >"].iter().any(|sign| read(&format!("resource.{name}{sign}"))) {
        return Attribute::Number(1);
    }
    let compared = ["==", "!="].iter().any(|sign| read(&format!("resource.{name} {sign}")));
    if compared || read(&format!("(resource.{name})")) || read(&format!("== resource.{name}")) {
        return Attribute::Word(format!("officer@{BODY}"));
    }
    Attribute::Truth(true)
}

fn thing(text: &'static str) -> Resource {
    let attributes = named(text, "resource.").into_iter().map(|name| (name, attribute(text, name)));
    Resource { kind: "Thing", id: "1".into(), attributes: attributes.collect() }
}

fn measured(name: &str, source: Source) -> Value {
    let policies = Policies::parse(&[source]).expect("the policies parse");
    let (actions, thing) = (named(source.text, "Action::\""), thing(source.text));
    let actors = [actor(0), actor(1), actor(ROLES.len())];
    let decide = |actor: &Actor, action: &str| {
        let began = Instant::now();
        let decision = policies.decide(source.capability, actor, action, &thing);
        let spent = began.elapsed();
        std::hint::black_box(decision);
        spent
    };
    for _ in 0..WARM_DECISIONS {
        decide(&actors[1], actions[0]);
    }
    let mut spent: Vec<Duration> = actors
        .iter()
        .flat_map(|actor| actions.iter().map(move |action| (actor, action)))
        .flat_map(|(actor, action)| (0..DECISIONS_EACH).map(move |_| decide(actor, action)))
        .collect();
    spent.sort_unstable();
    let at = |share: f64| spent[((spent.len() - 1) as f64 * share) as usize].as_nanos() as f64 / 1_000.0;
    json!({
        "set": name,
        "policies": policies.described().count(),
        "actions": actions.len(),
        "decisions": spent.len(),
        "p50_us": at(0.5),
        "p99_us": at(0.99),
        "max_us": at(1.0),
    })
}

fn main() {
    let rows: Vec<Value> =
        diwan::parts::POLICIES.iter().map(|source| measured(source.capability, *source)).collect();
    println!("{}", Value::Array(rows));
}
