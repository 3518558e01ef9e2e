//! Where a provider's documents are kept: an agreement between it and the competent administration names the storage, how
//! long documents stay there, and who opens them (LY-SVC-20.1b). What belongs to a request goes to that storage and leaves
//! the portal, which keeps hash, metadata and link (20.1a).

pub(crate) mod agree;
pub(crate) mod api;
pub(crate) mod end;
pub(crate) mod house;
pub(crate) mod keep;
pub(crate) mod page;
pub(crate) mod propose;
pub(crate) mod table;

use authz::{Item, Kind, Refusal};
use clock::Timestamp;
use language::Text;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Fewer years lose what an appeal or a court may ask for; more is no plan.
const RETENTION_YEARS_MIN: i64 = 1;
const RETENTION_YEARS_MAX: i64 = 100;
const SITE_CHARACTERS_MAX: usize = 200;

/// Roles that an agreement may open the storage to.
pub(crate) const ROLES: [&str; 5] = ["officer", "decider", "head", "administrator", "auditor"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Standing {
    /// The provider has proposed it; nobody has approved it yet.
    Proposed,
    InForce,
    /// Another one took its place, or it was ended.
    Ended,
}

impl Standing {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Proposed => "proposed",
            Standing::InForce => "in_force",
            Standing::Ended => "ended",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Standing> {
        [Standing::Proposed, Standing::InForce, Standing::Ended].into_iter().find(|it| it.word() == word)
    }
}

/// What the two sides agree on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The storage, by the name under which this installation is connected to it.
    pub location: String,
    /// Where the machines stand, in words.
    pub site: Text,
    pub retention_years: i64,
    /// Roles at the provider that open documents there.
    pub access: Vec<String>,
}

impl Terms {
    /// What is missing or cannot be; `places` are the names that may be chosen.
    pub(crate) fn check(&self, places: &[String]) -> Result<(), Refusal> {
        let site_fits = |words: &str| (1..=SITE_CHARACTERS_MAX).contains(&words.trim().chars().count());
        let years = RETENTION_YEARS_MIN..=RETENTION_YEARS_MAX;
        let known = |role: &String| ROLES.contains(&role.as_str());
        let gaps = [
            ("location", "choice", places.contains(&self.location)),
            ("site_ar", "required", site_fits(&self.site.ar)),
            ("site_en", "required", site_fits(&self.site.en)),
            ("retention_years", "years", years.contains(&self.retention_years)),
            ("access", "required", !self.access.is_empty() && self.access.iter().all(known)),
        ];
        let open = gaps.iter().filter(|(_, _, fits)| !fits);
        let items: Vec<Item> = open
            .map(|(field, code, _)| Item {
                field: (*field).into(),
                code: (*code).into(),
                detail: String::new(),
            })
            .collect();
        match items.is_empty() {
            true => Ok(()),
            false => {
                Err(Refusal::new(Kind::Invalid, "storage.terms_invalid", &["LY-SVC-20.1b"]).with_items(items))
            }
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Agreement {
    pub id: Uuid,
    pub body: Uuid,
    pub terms: Terms,
    pub standing: Standing,
    pub proposed_by: Uuid,
    pub proposed_at: Timestamp,
    pub approved_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// Why it was ended.
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(change: impl FnOnce(&mut Terms), expected: &[&str]) {
        let mut terms = Terms {
            location: "civil".into(),
            site: Text::new("المنارة", "Manara"),
            retention_years: 10,
            access: vec!["officer".into()],
        };
        change(&mut terms);
        let refusal = terms.check(&["civil".to_owned()]).err();
        let fields: Vec<String> =
            refusal.into_iter().flat_map(|it| it.items).map(|item| item.field).collect();
        assert_eq!(fields, expected);
    }

    #[test]
    fn an_agreement_says_where_how_long_and_who() {
        check(|_| {}, &[]);
        check(|terms| terms.location = "elsewhere".into(), &["location"]);
        check(|terms| terms.site.en = " ".into(), &["site_en"]);
        check(|terms| terms.retention_years = 0, &["retention_years"]);
        check(|terms| terms.retention_years = 100, &[]);
        check(|terms| terms.retention_years = 101, &["retention_years"]);
        check(|terms| terms.access.clear(), &["access"]);
        check(|terms| terms.access.push("anybody".into()), &["access"]);
    }
}
