//! A version of a policy: its text in both languages with its metadata, its line in the review log and its approval. A draft
//! can be written until it is published; what was published never changes, and stays readable.

mod acts;
pub(crate) mod api;
pub(crate) mod approve;
pub(crate) mod compare;
pub(crate) mod consult;
pub(crate) mod edit;
pub(crate) mod open;
pub(crate) mod publish;
pub(crate) mod save;
pub(crate) mod show;
pub(crate) mod table;

use authz::{Item, Kind, Refusal};
use clock::Timestamp;
use language::Text;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::clauses::{self, listed};

/// How secret a policy is; what is more secret than this is not for a register that all staff read.
pub(crate) const CLASSIFICATIONS: [&str; 3] = ["public", "internal", "confidential"];

/// What the people of the owning unit write; a draft may still lack some of it. All of it is hashed for the approval.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PolicyContent {
    pub title_ar: String,
    pub title_en: String,
    pub subject_ar: String,
    pub subject_en: String,
    pub preparer: String,
    /// `public`, `internal` or `confidential`.
    pub classification: String,
    /// The number that the document carries: `2.1`.
    pub issue: String,
    pub storage_place: String,
    /// Headings (`# Scope`) and numbered clauses (`4. Text`), each beginning a line.
    pub text_ar: String,
    /// The same clauses in English.
    pub text_en: String,
    /// The line of the review log, which begins with the day: `2026-03-01`.
    pub reviewed_on: String,
    pub modified_by: String,
    pub reviewer: String,
    pub reasons: String,
    pub parts: String,
    /// Only members of this unit, or holders of this role, acknowledge; everybody at the body when both are left out.
    pub audience_unit: Option<Uuid>,
    pub audience_role: String,
    /// Clauses that each of them acknowledges by itself: `4, 7`.
    pub separate: String,
    /// A unit that acknowledges further clauses, and which.
    pub extra_unit: Option<Uuid>,
    pub extra: String,
    /// How long somebody has to acknowledge: from 1 to 90 days.
    #[serde(default = "due_days")]
    pub due_days: i64,
    /// After how many months it is asked again; 0 for never.
    pub repeat_months: i64,
}

/// How long somebody has to acknowledge where nobody says otherwise.
pub(crate) fn due_days() -> i64 {
    14
}

impl PolicyContent {
    /// What changes when anything is changed, however little.
    pub(crate) fn hash(&self) -> String {
        hex::encode(Sha256::digest(serde_json::to_vec(self).unwrap_or_default()))
    }

    pub(crate) fn title(&self) -> Text {
        Text::new(self.title_ar.clone(), self.title_en.clone())
    }

    /// The metadata that are still missing, of the nine that a policy carries (OM-SOC-0.1). The institution and the status
    /// are known to the register itself, and the day of publication comes with publication.
    pub(crate) fn metadata_missing(&self) -> Vec<Item> {
        missing(&[
            ("subject_ar", &self.subject_ar),
            ("subject_en", &self.subject_en),
            ("title_ar", &self.title_ar),
            ("title_en", &self.title_en),
            ("preparer", &self.preparer),
            ("classification", &self.classification),
            ("issue", &self.issue),
            ("storage_place", &self.storage_place),
        ])
    }

    /// The fields of the review log that are still missing (OM-SOC-0.2). The sixth, the number, is the issue above.
    pub(crate) fn review_log_missing(&self) -> Vec<Item> {
        missing(&[
            ("issue", &self.issue),
            ("reviewed_on", &self.reviewed_on),
            ("modified_by", &self.modified_by),
            ("reviewer", &self.reviewer),
            ("reasons", &self.reasons),
            ("parts", &self.parts),
        ])
    }

    /// What has to be acknowledged, and by whom.
    pub(crate) fn asks(&self) -> Vec<Ask> {
        let all = |clause: String| Ask { clause, unit: self.audience_unit, role: self.audience_role.clone() };
        let whole = std::iter::once(all(String::new()));
        let separate = listed(&self.separate).into_iter().map(all);
        let extra = listed(&self.extra).into_iter().filter(|_| self.extra_unit.is_some());
        let extra = extra.map(|clause| Ask { clause, unit: self.extra_unit, role: String::new() });
        whole.chain(separate).chain(extra).collect()
    }
}

/// The policy as a whole or one clause, and whose acknowledgement is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ask {
    /// Empty for the whole.
    pub clause: String,
    /// Only members of this unit, and only holders of this role.
    pub unit: Option<Uuid>,
    pub role: String,
}

fn missing(fields: &[(&str, &str)]) -> Vec<Item> {
    let open = fields.iter().filter(|(_, value)| value.trim().is_empty());
    let item = |(field, _): &(&str, &str)| Item {
        field: (*field).into(),
        code: "required".into(),
        detail: String::new(),
    };
    open.map(item).collect()
}

#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub id: Uuid,
    pub policy: Uuid,
    /// Counts from one.
    pub number: i64,
    pub content: PolicyContent,
    pub approved_by: Option<Uuid>,
    pub approved_at: Option<Timestamp>,
    /// The entry of the ledger that holds the approval, with the hash of what was approved.
    pub approval_entry: Option<Uuid>,
    pub published_by: Option<Uuid>,
    pub published_at: Option<Timestamp>,
    pub in_force_at: Option<Timestamp>,
    /// Whether those whom it binds are told of it.
    pub notifies: bool,
}

/// How a version stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Draft,
    Approved,
    /// Published, with its day still to come.
    Ahead,
    InForce,
    Superseded,
}

impl Standing {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Draft => "draft",
            Standing::Approved => "approved",
            Standing::Ahead => "ahead",
            Standing::InForce => "in_force",
            Standing::Superseded => "superseded",
        }
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            Standing::Draft => "needs-you",
            Standing::Approved | Standing::Ahead => "waiting",
            Standing::InForce => "done",
            Standing::Superseded => "",
        }
    }
}

impl Version {
    pub(crate) fn is_draft(&self) -> bool {
        self.published_at.is_none()
    }

    /// `current` is the version in force now.
    pub(crate) fn standing(&self, current: Option<Uuid>, now: Timestamp) -> Standing {
        match self.in_force_at {
            None if self.approval_entry.is_some() => Standing::Approved,
            None => Standing::Draft,
            Some(at) if now < at => Standing::Ahead,
            Some(_) if current == Some(self.id) => Standing::InForce,
            Some(_) => Standing::Superseded,
        }
    }

    pub(crate) fn clauses(&self, lang: language::Lang) -> Vec<clauses::Clause> {
        let text = match lang {
            language::Lang::Ar => &self.content.text_ar,
            language::Lang::En => &self.content.text_en,
        };
        clauses::clauses(text).unwrap_or_default()
    }
}

pub(crate) const CHANGED: Refusal = Refusal::new(Kind::Conflict, "policy.changed", &[]);
pub(crate) const NO_DRAFT: Refusal = Refusal::new(Kind::Conflict, "policy.no_draft", &[]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_changed_changes_the_hash() {
        let content = PolicyContent { title_ar: "سياسة".into(), ..PolicyContent::default() };
        let other = PolicyContent { parts: "4".into(), ..content.clone() };
        assert_eq!(content.hash(), content.clone().hash());
        assert_ne!(content.hash(), other.hash());
    }

    #[test]
    fn the_whole_and_each_named_clause_is_asked_of_its_people() {
        let unit = Uuid::now_v7();
        let content = PolicyContent {
            audience_role: "officer".into(),
            separate: "4، 7".into(),
            extra: "9".into(),
            ..PolicyContent::default()
        };
        let asked = |content: &PolicyContent| -> Vec<(String, Option<Uuid>, String)> {
            content.asks().into_iter().map(|ask| (ask.clause, ask.unit, ask.role)).collect()
        };
        let of_all = |clause: &str| (clause.to_owned(), None, "officer".to_owned());
        assert_eq!(asked(&content), [of_all(""), of_all("4"), of_all("7")]);
        let with = PolicyContent { extra_unit: Some(unit), ..content };
        assert_eq!(asked(&with).last(), Some(&("9".to_owned(), Some(unit), String::new())));
    }
}
