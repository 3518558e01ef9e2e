//! What an installation forbids beyond the policies that it came with. A narrowing takes away, it never gives: what nobody
//! was permitted stays so.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use uuid::Uuid;

use crate::{ANY_ROLE, Assurance, Kind, PolicyError, Refusal, Row};

/// What is asked for beyond the policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Narrowed {
    /// This role is not enough for the act any more; another one that the same person holds may be.
    WithoutRole(String),
    /// The act needs at least this assurance.
    Assurance(Assurance),
}

#[derive(Clone, Debug)]
pub struct Narrowing {
    pub id: Uuid,
    pub capability: String,
    pub action: String,
    pub what: Narrowed,
    /// The articles that it is founded on.
    pub controls: Vec<String>,
}

impl Narrowing {
    /// The policy in Cedar's own language, as it is put in force and as people read it.
    pub fn text(&self, rows: &[Row]) -> Result<String, PolicyError> {
        let unknown = || PolicyError::Unknown(format!("{} {}", self.capability, self.action));
        if rows.is_empty() {
            return Err(unknown());
        }
        let head = format!(
            "@id(\"{}\")\nforbid (principal, action == Action::\"{}\", resource)\n",
            self.id, self.action
        );
        let role = match &self.what {
            Narrowed::Assurance(level) => {
                return Ok(format!("{head}when {{ principal.assurance < {} }};", *level as i64));
            }
            Narrowed::WithoutRole(role) => role,
        };
        // Only a role that has a part in it comes into the text of a policy.
        let is_word = role.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
        if !is_word || !rows.iter().any(|row| row.opens_to(role)) {
            return Err(unknown());
        }
        let others: BTreeSet<&str> = rows
            .iter()
            .flat_map(|row| &row.roles)
            .map(|held| held.role.as_str())
            .filter(|other| other != role && *other != ANY_ROLE)
            .collect();
        let others: Vec<String> = others.iter().map(|other| format!("\"{other}\"")).collect();
        // Cedar knows no empty set.
        let unless = match others.as_slice() {
            [] => String::new(),
            others => format!("\nunless {{ principal.roles.containsAny([{}]) }}", others.join(", ")),
        };
        Ok(format!("{head}when {{ principal.roles.contains(\"{role}\") }}{unless};"))
    }

    /// The no that it says.
    pub fn refusal(&self) -> Refusal {
        let controls = kept(&self.controls);
        match self.what {
            Narrowed::WithoutRole(_) => Refusal::new(Kind::NotAllowed, "policy.narrowed", controls),
            Narrowed::Assurance(_) => {
                Refusal::new(Kind::NotIdentified, "identity.assurance_required", controls)
            }
        }
    }
}

/// Refusals live as long as the program; each list of articles is kept once, however often the narrowings are read anew.
fn kept(controls: &[String]) -> &'static [&'static str] {
    static KEPT: Mutex<BTreeMap<Vec<String>, &'static [&'static str]>> = Mutex::new(BTreeMap::new());
    let mut known = KEPT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    known.entry(controls.to_vec()).or_insert_with(|| {
        let words: Vec<&'static str> =
            controls.iter().map(|control| &*Box::leak(control.clone().into_boxed_str())).collect();
        Box::leak(words.into_boxed_slice())
    })
}
