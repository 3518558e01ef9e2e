//! The rules of the register: what a registration must hold, how often it is confirmed, who reads the register, and how
//! long what was never registered is kept (LY-SVC-22.2). Each change is a version; the newest binds every provider.

pub(crate) mod page;
pub(crate) mod set;
pub(crate) mod table;

use authz::{Item, Kind, Refusal};
use clock::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::entry::{Card, FIELD_CONTROLS};

/// Parts of a card that the rules may ask for beyond those that the law asks for.
pub(crate) const PARTS: [&str; 7] =
    ["rights", "obligations", "keywords", "life_events", "complaint", "contact", "stakeholders"];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    /// Parts of a card that a registration must fill, of `rights`, `obligations`, `keywords`, `life_events`,
    /// `complaint`, `contact`, `stakeholders`.
    pub required_parts: Vec<String>,
    /// Characters of a summary beyond which its author is warned.
    pub summary_characters: usize,
    /// Words of a sentence beyond which its author is warned.
    pub sentence_words: usize,
    /// Days after which a content owner confirms a card again.
    pub confirm_every_days: u32,
    /// Days that a content owner has for what users report.
    pub error_days: u32,
    /// Days that a provider has to follow a change of the law.
    pub legal_change_days: u32,
    /// Reports within ninety days that make an update due.
    pub errors_until_update: u32,
    /// Whether anybody reads the register, or officials alone.
    pub register_is_public: bool,
    /// Days that a proposal which was never submitted is kept after its last change. Then it is removed.
    pub proposal_days: u32,
    /// Days that the working copy of a proposal that was submitted is kept; the register keeps what was submitted for good.
    #[serde(default = "submitted_days")]
    pub submitted_days: u32,
}

/// Rules that were set before there was such a period.
fn submitted_days() -> u32 {
    90
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            required_parts: vec!["complaint".into(), "contact".into()],
            summary_characters: 160,
            sentence_words: 30,
            confirm_every_days: 180,
            error_days: 5,
            legal_change_days: 15,
            errors_until_update: 3,
            register_is_public: true,
            proposal_days: 180,
            submitted_days: submitted_days(),
        }
    }
}

/// Rules in force since a moment; version 0 is what the program brings.
#[derive(Clone, Debug, Default)]
pub(crate) struct InForce {
    pub version: i64,
    pub rules: Rules,
    pub actor: Option<Uuid>,
    pub at: Option<Timestamp>,
}

impl Rules {
    /// Numbers that would switch a duty off are refused.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let mut items: Vec<Item> = Vec::new();
        let mut within = |field: &str, value: u64, min: u64, max: u64| {
            let (code, detail) = match value {
                value if value < min => ("too_small", min),
                value if value > max => ("too_big", max),
                _ => return,
            };
            items.push(Item { field: field.into(), code: code.into(), detail: detail.to_string() });
        };
        within("summary_characters", self.summary_characters as u64, 40, 500);
        within("sentence_words", self.sentence_words as u64, 10, 80);
        within("confirm_every_days", self.confirm_every_days.into(), 30, 730);
        within("error_days", self.error_days.into(), 1, 60);
        within("legal_change_days", self.legal_change_days.into(), 1, 180);
        within("errors_until_update", self.errors_until_update.into(), 1, 50);
        within("proposal_days", self.proposal_days.into(), 30, 1_825);
        within("submitted_days", self.submitted_days.into(), 30, 1_825);
        if self.required_parts.iter().any(|part| !PARTS.contains(&part.as_str())) {
            items.push(Item { field: "required_parts".into(), code: "choice".into(), detail: String::new() });
        }
        match items.is_empty() {
            true => Ok(()),
            false => {
                Err(Refusal::new(Kind::Invalid, "directory.rules_invalid", &["LY-SVC-22.2"])
                    .with_items(items))
            }
        }
    }

    /// What a card lacks of what these rules ask for.
    pub(crate) fn check_card(&self, card: &Card) -> Result<(), Refusal> {
        let lacks = |part: &str| match part {
            "rights" => card.rights.is_empty(),
            "obligations" => card.obligations.is_empty(),
            "keywords" => card.keywords.ar.is_empty() || card.keywords.en.is_empty(),
            "life_events" => card.life_events.is_empty(),
            "complaint" => card.complaint.ar.trim().is_empty() || card.complaint.en.trim().is_empty(),
            "contact" => card.contact.phone.trim().is_empty() || card.contact.address.ar.trim().is_empty(),
            "stakeholders" => card.stakeholders.is_empty(),
            _ => false,
        };
        let missing = self.required_parts.iter().filter(|part| lacks(part));
        let items: Vec<Item> = missing
            .map(|part| Item { field: part.clone(), code: "required".into(), detail: String::new() })
            .collect();
        match items.is_empty() {
            true => Ok(()),
            false => {
                Err(Refusal::new(Kind::Invalid, "directory.field_missing", FIELD_CONTROLS).with_items(items))
            }
        }
    }
}
