//! Who keeps the policies of an installation: people at the competent administration.

use std::sync::Arc;

use authz::{Actor, Attribute, Failure, Kind, NOT_ALLOWED, Policies, Refusal, Resource};
use clock::{Clock, Timestamp};
use store::Sql;
use uuid::Uuid;

const KEEPERS: [&str; 2] = ["administrator", "head"];
pub(crate) const OVERSEERS: [&str; 3] = ["administrator", "head", "auditor"];

#[derive(Clone)]
pub(crate) struct Acting {
    pub actor: Actor,
    pub policies: Arc<Policies>,
    pub clock: Clock,
}

impl Acting {
    /// Whether this person may do this; `proposer` is whoever proposed the step that is decided.
    pub(crate) async fn check(
        &self,
        sql: &impl Sql,
        act: &'static str,
        proposer: Option<Uuid>,
    ) -> Result<(), Failure> {
        let body = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await?;
        let desks = |roles: &[&str]| {
            let desks = body.iter().flat_map(|body| roles.iter().map(move |role| format!("{role}@{body}")));
            Attribute::Words(desks.collect())
        };
        let proposer = proposer.map(|person| person.to_string()).unwrap_or_default();
        let resource = Resource {
            kind: "Policies",
            id: "policies".to_owned(),
            attributes: vec![
                ("keepers", desks(&KEEPERS)),
                ("overseers", desks(&OVERSEERS)),
                ("proposer", Attribute::Word(proposer)),
            ],
        };
        self.policies.require("permissions", &self.actor, act, &resource).map_err(told)?;
        Ok(())
    }

    pub(crate) async fn may(
        &self,
        sql: &impl Sql,
        act: &'static str,
        proposer: Option<Uuid>,
    ) -> Result<bool, Failure> {
        match self.check(sql, act, proposer).await {
            Ok(()) => Ok(true),
            Err(Failure::Refused(_)) => Ok(false),
            Err(broken) => Err(broken),
        }
    }
}

/// Settings of the portal as a whole belong to the competent administration (LY-SVC-12.1).
fn told(refusal: Refusal) -> Refusal {
    if refusal.code == NOT_ALLOWED { Refusal { code: NOT_COMPETENT, ..refusal } } else { refusal }
}

const NOT_COMPETENT: &str = "portal.not_competent";
/// The words of a reason, in characters.
const WORDS_CHARACTERS_MIN: usize = 10;
const WORDS_CHARACTERS_MAX: usize = 2_000;

pub(crate) const REASON: Refusal = Refusal::new(Kind::Invalid, "narrowing.reason_missing", &["LY-SVC-12.1"]);

/// The words as they are kept, or the no that asks for them.
pub(crate) fn words(field: &str, typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    match typed.chars().count() {
        0..WORDS_CHARACTERS_MIN => {
            Err(REASON.with_item(field, "too_short", &WORDS_CHARACTERS_MIN.to_string()))
        }
        WORDS_CHARACTERS_MIN..=WORDS_CHARACTERS_MAX => Ok(typed.to_owned()),
        _ => Err(REASON.with_item(field, "too_long", &WORDS_CHARACTERS_MAX.to_string())),
    }
}

/// Everybody who may decide, but for whoever proposed.
pub(crate) async fn deciders(sql: &impl Sql, but: Uuid, at: Timestamp) -> Result<Vec<Uuid>, Failure> {
    let Some(body) = organisations::holder_of(sql, organisations::COMPETENT_ADMINISTRATION).await? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for role in OVERSEERS {
        found.extend(organisations::people_with(sql, role, body, at).await?);
    }
    found.sort();
    found.dedup();
    found.retain(|person| *person != but);
    Ok(found)
}
