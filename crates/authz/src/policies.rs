//! Cedar policies: one file a capability, parsed once, deny unless permitted.
//!
//! The cost of a decision grows with the number of policies, so each act of each capability has a set of its own. Lists are
//! never authorised row by row: their SQL asks only for rows that may be seen.
//!
//! Policies are checked against the schema of their capability when they are parsed, and where the program is tested so is
//! every question: a misspelt attribute does not get that far.
//!
//! A `permit` or `forbid` carries annotations: `@id("…")`, `@controls("LY-SVC-16.1, LY-SVC-16.2")` (the articles that
//! command it) and, for a `forbid`, `@code("request.unverified")` and `@kind("conflict")` (what a refusal says).

use std::{
    collections::{BTreeMap, HashMap},
    str::FromStr,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use cedar_policy::{
    ActionConstraint, Authorizer, Context, Decision as Ruling, Entities, Entity, EntityId, EntityTypeName,
    EntityUid, Policy, PolicyId, PolicySet, Request, RestrictedExpression, Schema,
};

use crate::{Actor, Item, Kind, Narrowing, Refusal, Row, matrix::rows, schema::Asked};

/// What was permitted by delegation is over with it.
pub const DELEGATION_EXPIRED: Refusal =
    Refusal::new(Kind::NotAllowed, "identity.delegation_expired", &["KW-RW-9.1.1b"]);

/// A capability's policies as they are written.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    pub capability: &'static str,
    /// What the policies may ask about, in Cedar's schema language; `schema.rs` says which annotations it reads.
    pub schema: &'static str,
    pub text: &'static str,
}

#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    #[error("the policies of {0} do not parse: {1}")]
    Syntax(&'static str, String),
    #[error("the schema of {0} and its policies do not fit: {1}")]
    Schema(&'static str, String),
    #[error("a policy of {0} has no @id, or two share it: {1}")]
    Nameless(&'static str, String),
    #[error("policy {0} forbids without @code, so nobody could be told why")]
    Silent(String),
    #[error("there is no such act, or the role has no part in it: {0}")]
    Unknown(String),
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
    /// As it is written, for whoever wants to read it.
    pub text: String,
    kind: Kind,
}

/// The policies of one act: only those that can apply to it.
pub(crate) struct Act {
    pub set: PolicySet,
    /// The articles that command what permits it.
    controls: &'static [&'static str],
    /// Who may, worked out when it is asked for first.
    rows: OnceLock<Vec<Row>>,
}

impl Described {
    /// The no that a forbid says.
    pub fn refusal(&self) -> Option<Refusal> {
        self.code.map(|code| Refusal::new(self.kind, code, self.controls))
    }
}

/// One capability as it was parsed.
pub(crate) struct Capability {
    pub name: &'static str,
    pub asked: Asked,
    acts: BTreeMap<String, Act>,
}

/// What was narrowed while the program runs, by capability and act.
type InForce = HashMap<&'static str, HashMap<String, Vec<(Narrowing, PolicySet)>>>;

/// All policies in force.
pub struct Policies {
    capabilities: BTreeMap<&'static str, Capability>,
    described: HashMap<String, Described>,
    narrowed: RwLock<Arc<InForce>>,
    authorizer: Authorizer,
}

impl Policies {
    pub fn parse(sources: &[Source]) -> Result<Policies, PolicyError> {
        let mut policies = Policies {
            capabilities: BTreeMap::new(),
            described: HashMap::new(),
            narrowed: RwLock::default(),
            authorizer: Authorizer::new(),
        };
        for source in sources {
            let capability = policies.capability(source)?;
            policies.capabilities.insert(source.capability, capability);
        }
        Ok(policies)
    }

    fn capability(&mut self, source: &Source) -> Result<Capability, PolicyError> {
        let name = source.capability;
        let wrong = |error: String| PolicyError::Syntax(name, error);
        let parsed = PolicySet::from_str(source.text).map_err(|error| wrong(error.to_string()))?;
        let mut set = PolicySet::new();
        for policy in parsed.policies() {
            self.admit(name, policy, &mut set)?;
        }
        let asked = Asked::parse(name, source.schema)?;
        asked.check(name, &set)?;
        let mut acts = BTreeMap::new();
        for act in asked.acts.keys() {
            let of_act: Vec<&Policy> = set.policies().filter(|policy| applies(policy, act)).collect();
            let permits = of_act.iter().filter_map(|policy| self.described.get(policy.id().as_ref() as &str));
            let controls: Vec<&str> =
                permits.filter(|told| told.permits).flat_map(|told| told.controls).copied().collect();
            let set = PolicySet::from_policies(of_act.into_iter().cloned());
            let set = set.map_err(|error| wrong(error.to_string()))?;
            let controls = Box::leak(each_once(controls).into_boxed_slice());
            acts.insert(act.clone(), Act { set, controls, rows: OnceLock::new() });
        }
        Ok(Capability { name, asked, acts })
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
        let text = policy.to_string();
        self.described.insert(
            id.clone(),
            Described { capability, id: id.clone(), permits, code, controls, text, kind },
        );
        set.add(policy.new_id(PolicyId::new(&id)))
            .map_err(|error| PolicyError::Syntax(capability, error.to_string()))
    }

    /// Every policy, for the pages that explain them.
    pub fn described(&self) -> impl Iterator<Item = &Described> {
        self.described.values()
    }

    pub fn policy(&self, id: &str) -> Option<&Described> {
        self.described.get(id)
    }

    /// Which role may do what: every act on every kind of thing.
    pub fn matrix(&self) -> impl Iterator<Item = &Row> {
        self.capabilities.values().flat_map(|capability| {
            capability.acts.iter().flat_map(|(action, act)| self.rows_of(capability, action, act))
        })
    }

    /// The rows of one act; none where there is no such act.
    pub fn rows(&self, capability: &str, action: &str) -> &[Row] {
        let known =
            self.capabilities.get(capability).and_then(|known| Some((known, known.acts.get(action)?)));
        known.map_or(&[][..], |(capability, act)| self.rows_of(capability, action, act))
    }

    fn rows_of<'s>(&'s self, capability: &'s Capability, action: &str, act: &'s Act) -> &'s [Row] {
        act.rows.get_or_init(|| rows(capability, action, act, &self.described, &self.authorizer))
    }

    /// Puts these narrowings in force, in place of those that were. One of an act that there is no more says so in the log
    /// and does nothing.
    pub fn narrow(&self, narrowings: &[Narrowing]) {
        let mut in_force = InForce::new();
        for narrowing in narrowings {
            match self.set_of(narrowing) {
                Ok((capability, set)) => {
                    let acts = in_force.entry(capability).or_default();
                    acts.entry(narrowing.action.clone()).or_default().push((narrowing.clone(), set));
                }
                Err(error) => {
                    tracing::error!(%error, narrowing = %narrowing.id, "a narrowing is not in force")
                }
            }
        }
        *self.narrowed.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(in_force);
    }

    fn set_of(&self, narrowing: &Narrowing) -> Result<(&'static str, PolicySet), PolicyError> {
        let text = narrowing.text(self.rows(&narrowing.capability, &narrowing.action))?;
        let unknown = || PolicyError::Unknown(narrowing.capability.clone());
        let capability = self.capabilities.get(narrowing.capability.as_str()).ok_or_else(unknown)?;
        let set = PolicySet::from_str(&text)
            .map_err(|error| PolicyError::Syntax(capability.name, error.to_string()))?;
        capability.asked.check(capability.name, &set)?;
        Ok((capability.name, set))
    }

    /// The no of the first narrowing that speaks against it.
    fn narrowed(&self, capability: &str, action: &str, asked: (&Request, &Entities)) -> Option<Decision> {
        let narrowed = self.narrowed.read().unwrap_or_else(PoisonError::into_inner).clone();
        let of_act = narrowed.get(capability)?.get(action)?;
        let speaks = |set: &PolicySet| {
            let response = self.authorizer.is_authorized(asked.0, set, asked.1);
            response.diagnostics().reason().next().is_some()
        };
        let (narrowing, _) = of_act.iter().find(|(_, set)| speaks(set))?;
        let by = vec![narrowing.id.to_string()];
        Some(Decision { permitted: false, by, refusal: Some(narrowing.refusal()) })
    }

    pub fn decide(&self, capability: &str, actor: &Actor, action: &str, resource: &Resource) -> Decision {
        let decision = self.decided(capability, actor, action, resource);
        tracing::trace!(target: DECISIONS, capability, action, permitted = decision.permitted);
        decision
    }

    /// What the person may do by their own right is decided first. Only where that is not enough do delegated roles count, one
    /// delegation at a time and within a call that logs it; and where a delegation would have been enough that has ended, the
    /// answer says so (KW-RW-9.1.1b).
    fn decided(&self, capability: &str, actor: &Actor, action: &str, resource: &Resource) -> Decision {
        let own = actor.by_own_right();
        let decision = self.decide_for(capability, &own, action, resource);
        let Some(call) = behalf::current().filter(|_| !decision.permitted) else { return decision };
        let mut tried = Vec::new();
        for delegation in actor.roles.iter().filter_map(|role| role.by) {
            if tried.contains(&delegation) {
                continue;
            }
            let under = self.decide_for(capability, &actor.limited_to(Some(delegation)), action, resource);
            if under.permitted {
                call.acts_under(delegation);
                return under;
            }
            tried.push(delegation);
        }
        if call.lapsed().is_empty() {
            return decision;
        }
        let before = own.with_lapsed(call.lapsed());
        match self.decide_for(capability, &before, action, resource).permitted {
            true => Decision { refusal: Some(DELEGATION_EXPIRED), ..decision },
            false => decision,
        }
    }

    fn decide_for(&self, capability: &str, actor: &Actor, action: &str, resource: &Resource) -> Decision {
        let known = self.capabilities.get(capability);
        let Some((capability, act)) = known.and_then(|known| Some((known, known.acts.get(action)?))) else {
            return self.denied(Vec::new(), None);
        };
        let schema = cfg!(debug_assertions).then_some(&capability.asked.cedar);
        debug_assert_eq!(capability.asked.unannounced(resource), None, "{} {action}", capability.name);
        let Some((request, entities)) = question(actor, action, resource, schema) else {
            debug_assert!(false, "{} does not know {action} of {resource:?}", capability.name);
            return self.denied(Vec::new(), None);
        };
        let response = self.authorizer.is_authorized(&request, &act.set, &entities);
        let mut by: Vec<String> = response.diagnostics().reason().map(ToString::to_string).collect();
        by.sort();
        for error in response.diagnostics().errors() {
            tracing::error!(%error, capability = capability.name, action, "a policy could not be evaluated");
        }
        match response.decision() {
            Ruling::Allow => self
                .narrowed(capability.name, action, (&request, &entities))
                .unwrap_or(Decision { permitted: true, by, refusal: None }),
            Ruling::Deny => self.denied(by, Some((capability, action, act))),
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
            None => Err(Refusal::new(Kind::NotAllowed, NOT_ALLOWED, &[])),
        }
    }

    /// A no: of the policy that forbids, or, where nothing permits, with whoever could.
    fn denied(&self, by: Vec<String>, asked: Option<(&Capability, &str, &Act)>) -> Decision {
        let forbidding = by.iter().find_map(|id| self.described.get(id)?.refusal());
        let refusal = match (forbidding, asked) {
            (Some(refusal), _) => refusal,
            (_, Some((capability, action, act))) => Refusal::new(Kind::NotAllowed, NOT_ALLOWED, act.controls)
                .with_items(self.rows_of(capability, action, act).iter().flat_map(who_may).collect()),
            _ => Refusal::new(Kind::NotAllowed, NOT_ALLOWED, &[]),
        };
        Decision { permitted: false, by, refusal: Some(refusal) }
    }
}

/// Under which name each decision stands in the log of whoever asks for it.
pub const DECISIONS: &str = "authz::decision";
/// Nothing permits it.
pub const NOT_ALLOWED: &str = "not_allowed";

/// Whoever may, as items of a refusal: `role` with `officer@administration`, or `person` with `applicant`.
fn who_may(row: &Row) -> impl Iterator<Item = Item> + '_ {
    let said = |code: &str, detail: String| Item { field: "who".into(), code: code.into(), detail };
    let roles = row.roles.iter().map(move |held| said("role", format!("{}@{}", held.role, held.at)));
    roles.chain(row.persons.iter().map(move |person| said("person", person.clone())))
}

/// Whether a policy can say anything about an act.
fn applies(policy: &Policy, act: &str) -> bool {
    let is_it = |action: &EntityUid| action.id().unescaped() == act;
    match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::In(actions) => actions.iter().any(is_it),
        ActionConstraint::Eq(action) => is_it(&action),
    }
}

fn each_once(mut words: Vec<&'static str>) -> Vec<&'static str> {
    words.sort_unstable();
    words.dedup();
    words
}

fn question(
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
    use crate::{Assurance, Narrowed, Role, Via};

    const SOURCE: Source = Source {
        capability: "letters",
        schema: r#"
            entity Letter {
                @person("owner") owner: String,
                @desk("officer") desk: String,
                read: Bool,
            };
            action read, decide, burn appliesTo { principal: Person, resource: Letter };
        "#,
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
            .map(|(name, body)| Role { body: *body, unit: None, name: (*name).to_owned(), by: None })
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
        check(&officer, "read", letter(salma, registry, true), "not_allowed X-1");
        check(&officer, "decide", letter(salma, registry, true), "permitted");
        check(&officer, "decide", letter(salma, registry, false), "letter.unread X-2 X-3");
        check(&officer, "decide", letter(salma, other, true), "not_allowed");
        check(&officer, "burn", letter(salma, registry, true), "not_allowed");
    }

    #[tokio::test]
    async fn delegated_powers_count_within_a_call_that_logs_them_and_their_end_is_told() {
        let policies = Policies::parse(&[SOURCE]).unwrap();
        let (aisha, noura, registry) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
        let delegation = behalf::Delegation { id: Uuid::now_v7(), of: noura };
        let mut delegate = actor(aisha, &[("officer", registry)]);
        delegate.roles[0].by = Some(delegation);
        let ask = |actor: &Actor| {
            let outcome = policies.require("letters", actor, "decide", &letter(noura, registry, true));
            outcome.map_or_else(|refusal| refusal.code, |()| "permitted")
        };
        assert_eq!(ask(&delegate), "not_allowed", "what could not be logged is not done");
        let call = |lapsed: Vec<behalf::Lapsed>| behalf::Call::of(aisha, lapsed);
        let under = call(Vec::new()).carry(async { (ask(&delegate), behalf::of(aisha)) }).await;
        assert_eq!(under, ("permitted", Some(delegation)));
        delegate.roles[0].by = None;
        let own = call(Vec::new()).carry(async { (ask(&delegate), behalf::of(aisha)) }).await;
        assert_eq!(own, ("permitted", None), "an own right needs no delegation");
        delegate.roles.clear();
        let lapsed = |body| vec![behalf::Lapsed { role: "officer".into(), body }];
        let check = |lapsed, expected| {
            let (call, delegate) = (call(lapsed), &delegate);
            async move { assert_eq!(call.carry(async { ask(delegate) }).await, expected) }
        };
        check(lapsed(registry), "identity.delegation_expired").await;
        check(lapsed(aisha), "not_allowed").await;
    }

    #[test]
    fn the_matrix_says_who_may() {
        let policies = Policies::parse(&[SOURCE]).unwrap();
        let may = |action: &str| {
            let [row] = policies.rows("letters", action) else { panic!("{action} has no row of its own") };
            let roles = row.roles.iter().map(|held| format!("{}@{}", held.role, held.at));
            roles.chain(row.persons.iter().cloned()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            (may("read").as_str(), may("decide").as_str(), may("burn").as_str()),
            ("owner", "officer@own", "")
        );
        assert_eq!(policies.rows("letters", "decide")[0].limits, ["unread-first"]);
        assert!(policies.rows("letters", "eat").is_empty());
    }

    #[test]
    fn a_no_names_whoever_could() {
        let policies = Policies::parse(&[SOURCE]).unwrap();
        let salma = Uuid::now_v7();
        let no = policies
            .require("letters", &actor(salma, &[]), "decide", &letter(salma, salma, true))
            .unwrap_err();
        let items: Vec<_> = no.items.iter().map(|item| (item.code.as_str(), item.detail.as_str())).collect();
        assert_eq!(items, [("role", "officer@own")]);
    }

    #[test]
    fn a_narrowing_takes_away_and_never_gives() {
        let policies = Policies::parse(&[SOURCE]).unwrap();
        let (hamad, registry) = (Uuid::now_v7(), Uuid::now_v7());
        let (officer, nobody) = (actor(hamad, &[("officer", registry)]), actor(hamad, &[]));
        let decide = |actor: &Actor| {
            let outcome = policies.require("letters", actor, "decide", &letter(registry, registry, true));
            outcome.map_or_else(|refusal| refusal.to_string(), |()| "permitted".into())
        };
        let narrowing = |what| Narrowing {
            id: Uuid::now_v7(),
            capability: "letters".into(),
            action: "decide".into(),
            what,
            controls: vec!["X-9".into()],
        };
        policies.narrow(&[narrowing(Narrowed::WithoutRole("officer".into()))]);
        assert_eq!(
            (decide(&officer).as_str(), decide(&nobody).as_str()),
            ("policy.narrowed X-9", "not_allowed")
        );
        policies.narrow(&[narrowing(Narrowed::Assurance(Assurance::High))]);
        assert_eq!(decide(&officer), "identity.assurance_required X-9");
        policies.narrow(&[]);
        assert_eq!(decide(&officer), "permitted");
        let odd = narrowing(Narrowed::WithoutRole("x\"]) }; permit(principal, action, resource);".into()));
        assert!(odd.text(policies.rows("letters", "decide")).is_err());
        policies.narrow(&[odd]);
        assert_eq!(decide(&officer), "permitted");
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
        let parse = |text| {
            let source = Source { capability: "x", text, ..SOURCE };
            Policies::parse(&[source]).err().map(|error| error.to_string())
        };
        let misspelt =
            r#"@id("a") permit(principal, action == Action::"read", resource) when { resource.red };"#;
        assert!(parse(misspelt).unwrap().contains("do not fit"));
        assert!(parse(r#"permit(principal, action, resource);"#).unwrap().contains("no @id"));
        assert!(parse(r#"@id("a") forbid(principal, action, resource);"#).unwrap().contains("without @code"));
        assert!(parse(r#"@id("a") permit(principal"#).unwrap().contains("do not parse"));
    }
}
