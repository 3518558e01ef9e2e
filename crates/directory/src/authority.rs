//! Who acts on the staff directory of a body: its administrators, and nobody for another body.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, Policies, Refusal, Resource};
use clock::{Clock, Timestamp};
use store::Sql;
use uuid::Uuid;

/// Roles that keep the directory of a body.
const KEEPERS: [&str; 1] = ["administrator"];

/// Fewer characters explain nothing.
pub(crate) const WORDS_CHARACTERS_MIN: usize = 10;
pub(crate) const WORDS_CHARACTERS_MAX: usize = 2_000;

pub(crate) const NOT_YOURS: Refusal = Refusal::new(Kind::NotAllowed, "staff_directory.not_yours", &[]);

#[derive(Clone)]
pub(crate) struct Acting {
    pub actor: Actor,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Acting {
    /// `person` is whoever the act names, if it names somebody.
    pub(crate) fn check(&self, act: &'static str, body: Uuid, person: Option<Uuid>) -> Result<(), Failure> {
        let desks = KEEPERS.iter().map(|role| format!("{role}@{body}"));
        let resource = Resource {
            kind: "StaffDirectory",
            id: body.to_string(),
            attributes: vec![
                ("administrators", Attribute::Words(desks.collect())),
                ("person", Attribute::Word(person.map(|person| person.to_string()).unwrap_or_default())),
            ],
        };
        let told = |refusal: Refusal| if refusal.code == "not_allowed" { NOT_YOURS } else { refusal };
        self.policies.require("directory", &self.actor, act, &resource).map_err(told)?;
        Ok(())
    }

    /// The bodies whose directory this person keeps; refused where there is none.
    pub(crate) fn bodies(&self) -> Result<Vec<Uuid>, Failure> {
        let kept = self.actor.roles.iter().filter(|role| KEEPERS.contains(&role.name.as_str()));
        let mut bodies: Vec<Uuid> = kept.map(|role| role.body).collect();
        bodies.sort();
        bodies.dedup();
        if bodies.is_empty() { Err(NOT_YOURS.into()) } else { Ok(bodies) }
    }
}

/// Who is told of what concerns the safety of sign-ins at a body: whoever guards accounts for all, and its administrators.
pub(crate) async fn guards(sql: &impl Sql, body: Uuid, at: Timestamp) -> Result<Vec<Uuid>, Failure> {
    let mut found = compliance::guards_of_accounts(sql, at).await?;
    for role in KEEPERS {
        found.extend(organisations::people_with(sql, role, body, at).await?);
    }
    found.sort();
    found.dedup();
    Ok(found)
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
