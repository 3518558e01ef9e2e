//! A number of the regulation: how strict it is, by whose order, and how a body may tighten it.

use authz::{Kind, Refusal};
use language::Text;
use serde::{Deserialize, Serialize};

use crate::Value;

/// Which direction is the stricter one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stricter {
    Lower,
    Higher,
    /// More members.
    Union,
}

/// What the value rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The document says it.
    Stated,
    /// The document leaves it open and we propose it.
    Proposed,
    /// The document leaves it open and the deployment must fill it.
    Mandatory,
}

/// A parameter as one pack states it.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    pub id: String,
    pub pack: String,
    pub value: Value,
    pub stricter: Stricter,
    pub basis: Basis,
    pub title: Text,
    pub controls: Vec<String>,
}

/// Who asks for a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub pack: String,
    pub basis: Basis,
    /// What this pack alone asks for.
    pub value: Value,
    pub controls: Vec<String>,
    /// Whether the value in force is this one.
    pub decides: bool,
}

/// A parameter over all packs in force: the strictest value, and where each value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    pub id: String,
    pub title: Text,
    pub value: Value,
    pub stricter: Stricter,
    pub origins: Vec<Origin>,
    /// Whether a body has set it stricter than the packs ask.
    pub tightened: bool,
}

const WEAKER: Refusal =
    Refusal::new(Kind::Conflict, "policy.weaker_than_baseline", &["LY-MAIL-2.04b", "IQ-SOC-2.3"]);
const UNREADABLE: Refusal = Refusal::new(Kind::Invalid, "policy.value_invalid", &[]);

impl Resolved {
    /// All that packs say about one parameter; nothing where two values cannot be compared.
    pub(crate) fn of(stated: &[&Stated]) -> Option<Resolved> {
        let first = stated.first()?;
        let mut value = Value::Open;
        for one in stated {
            if one.stricter != first.stricter {
                return None;
            }
            value = value.stricter(&one.value, first.stricter)?;
        }
        let origins = stated.iter().map(|one| Origin {
            pack: one.pack.clone(),
            basis: one.basis,
            value: one.value.clone(),
            controls: one.controls.clone(),
            decides: one.value != Value::Open && one.value.holds(&value, one.stricter) == Some(true),
        });
        Some(Resolved {
            id: first.id.clone(),
            title: first.title.clone(),
            origins: origins.collect(),
            stricter: first.stricter,
            value,
            tightened: false,
        })
    }

    /// The same parameter as a body sets it: at least as strict, else it is refused by its article.
    pub fn tighten(&self, text: &str) -> Result<Resolved, Refusal> {
        let unreadable = || UNREADABLE.with_item(&self.id, "parameter_value", &self.value.to_string());
        let own = Value::parse(text, self.stricter).ok_or_else(unreadable)?;
        match own.holds(&self.value, self.stricter) {
            None => Err(unreadable()),
            Some(false) => Err(WEAKER.with_item(&self.id, "parameter_weaker", &self.value.to_string())),
            Some(true) => {
                let tightened = own != self.value;
                Ok(Resolved { value: own, tightened, ..self.clone() })
            }
        }
    }

    /// Whether the deployment still owes a value.
    pub fn is_open(&self) -> bool {
        self.value == Value::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parameter: &str, set: &str, expected: &str) {
        let packs = crate::packs::shared();
        let outcome = packs.parameter(parameter).expect(parameter).tighten(set);
        let outcome = outcome.map(|resolved| resolved.value.to_string());
        assert_eq!(
            outcome.unwrap_or_else(|refusal| refusal.code.to_owned()),
            expected,
            "{parameter} = {set}"
        );
    }

    #[test]
    fn a_body_tightens_and_never_loosens() {
        check("social.credential.max_age", "90 days", "90 days");
        check("social.credential.max_age", "60 days", "60 days");
        check("social.credential.max_age", "2 months", "2 months");
        check("social.credential.max_age", "91 days", "policy.weaker_than_baseline");
        check("social.credential.max_age", "", "policy.weaker_than_baseline");
        check("mail.session.factors", "3 factors", "3 factors");
        check("mail.session.factors", "1 factors", "policy.weaker_than_baseline");
        check("social.reply.target.answer", "1 working day", "1 working day");
        check("social.reply.target.answer", "1 day", "policy.value_invalid");
        check("social.account.roles", "administrator, publisher", "policy.weaker_than_baseline");
        check(
            "social.account.roles",
            "administrator, auditor, publisher, supervisor",
            "administrator, auditor, publisher, supervisor",
        );
        check("documents.retention", "120 months", "120 months");
        check("documents.retention", "", "policy.value_invalid");
        check("documents.retention", "for ever", "policy.value_invalid");
    }

    #[test]
    fn a_loosening_is_refused_by_its_articles() {
        let packs = crate::packs::shared();
        let refusal = packs.parameter("device.grace").unwrap().tighten("15 days").unwrap_err();
        assert_eq!(refusal.controls, ["LY-MAIL-2.04b", "IQ-SOC-2.3"]);
        assert_eq!(refusal.kind, Kind::Conflict);
        assert_eq!(refusal.items[0].detail, "14 days");
    }

    #[test]
    fn the_strictest_of_the_packs_in_force_decides_and_says_so() {
        let stated = |pack: &str, value: &str| Stated {
            id: "x".into(),
            pack: pack.into(),
            value: Value::parse(value, Stricter::Lower).unwrap(),
            stricter: Stricter::Lower,
            basis: if value.is_empty() { Basis::Mandatory } else { Basis::Stated },
            title: Text::default(),
            controls: vec![],
        };
        let (one, two, three) = (stated("one", "3 months"), stated("two", "60 days"), stated("three", ""));
        let resolved = Resolved::of(&[&one, &two, &three]).unwrap();
        assert_eq!(resolved.value.to_string(), "60 days");
        let decides: Vec<bool> = resolved.origins.iter().map(|origin| origin.decides).collect();
        assert_eq!(decides, [false, true, false]);
        let unlike = stated("four", "3 working days");
        assert_eq!(Resolved::of(&[&one, &unlike]), None);
    }
}
