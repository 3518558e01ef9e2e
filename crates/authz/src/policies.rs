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
    ActionConstraint, Authorizer, Decision as Ruling, Entities, EntityUid, Policy, PolicyId, PolicySet,
    Request,
};

use crate::{Actor, Item, Kind, Narrowing, Refusal, Row, matrix::rows, question::question, schema::Asked};

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
mod tests;
