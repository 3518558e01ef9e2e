//! People who do not exist, with whom a process is played: what each of them is decides whether the service lets them in,
//! and how soon they answer. They stand in a readable file; the questions are those that a delivery asks.

use std::sync::LazyLock;

use authz::{Assurance, Kind, Refusal};
use language::Text;
use serde::Deserialize;

use crate::entry::Card;

/// Whoever is younger applies through a guardian.
const ADULT_YEARS: u32 = 18;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SamplePerson {
    pub id: String,
    pub name: Text,
    /// Who they are, in a sentence.
    pub told: Text,
    /// What the directory calls the beneficiary.
    pub kind: String,
    pub age: u32,
    pub assurance: String,
    #[serde(default)]
    pub mandate: bool,
    pub answers_in_days: u32,
}

#[derive(Debug, Default, Deserialize)]
struct People {
    #[serde(default)]
    person: Vec<SamplePerson>,
}

/// The file is part of the program, and a test reads it.
static PEOPLE: LazyLock<People> =
    LazyLock::new(|| toml::from_str(include_str!("../../sample-people.toml")).unwrap_or_default());

pub(crate) fn all() -> &'static [SamplePerson] {
    &PEOPLE.person
}

pub(crate) fn find(id: &str) -> Option<&'static SamplePerson> {
    all().iter().find(|person| person.id == id)
}

/// A question at the door, and what it comes to for this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    /// `electronic`, `guardian`, `mandate`, `audience` or `assurance`; its words are `process-door-<question>`.
    pub question: &'static str,
    /// The no that a delivery would get.
    pub refusal: Option<Refusal>,
}

impl SamplePerson {
    /// What a delivery asks of whoever sends it, in the same order; the first no ends it.
    pub(crate) fn at_the_door(&self, card: &Card) -> Vec<Answered> {
        let no = |kind, code, controls| Some(Refusal::new(kind, code, controls));
        let mut asked = vec![Answered {
            question: "electronic",
            refusal: (!card.is_electronic()).then_some(Refusal::new(
                Kind::Conflict,
                "directory.not_electronic",
                &["LY-SVC-1.10"],
            )),
        }];
        if self.age < ADULT_YEARS {
            asked.push(Answered { question: "guardian", refusal: None });
        }
        if self.kind == "private_institution" {
            let refusal = if self.mandate {
                None
            } else {
                no(Kind::NotAllowed, "identity.no_mandate", &["LY-SVC-1.12"])
            };
            asked.push(Answered { question: "mandate", refusal });
        }
        let is_for_them = card.audience.contains(&self.kind);
        let refusal =
            if is_for_them { None } else { no(Kind::NotAllowed, "request.not_eligible", &["LY-SVC-1.03"]) };
        asked.push(Answered { question: "audience", refusal });
        let needed = Assurance::named(&card.assurance).unwrap_or(Assurance::High);
        let held = Assurance::named(&self.assurance).unwrap_or(Assurance::Basic);
        let refusal = if held as i64 >= needed as i64 {
            None
        } else {
            no(Kind::NotIdentified, "identity.assurance_required", &["LY-SVC-8.1"])
        };
        asked.push(Answered { question: "assurance", refusal });
        let first_no = asked.iter().position(|it| it.refusal.is_some());
        asked.truncate(first_no.map_or(asked.len(), |place| place + 1));
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::card;

    #[test]
    fn each_person_gets_the_answer_that_a_delivery_would_get() {
        let check = |id: &str, assurance: &str, audience: &str, expected: &str| {
            let mut card = card();
            assurance.clone_into(&mut card.assurance);
            card.audience = vec![audience.to_owned()];
            let asked = find(id).expect("a sample person").at_the_door(&card);
            let line = |it: &Answered| match &it.refusal {
                None => it.question.to_owned(),
                Some(refusal) => format!("{}: {}", it.question, refusal.code),
            };
            assert_eq!(asked.iter().map(line).collect::<Vec<_>>().join(", "), expected, "{id}");
        };
        check("citizen", "high", "citizen", "electronic, audience, assurance");
        check("minor", "high", "citizen", "electronic, guardian, audience, assurance");
        check("resident", "basic", "citizen", "electronic, audience: request.not_eligible");
        check("company", "high", "private_institution", "electronic, mandate, audience, assurance");
        check("no-mandate", "basic", "private_institution", "electronic, mandate: identity.no_mandate");
        check("pensioner", "high", "citizen", "electronic, audience, assurance: identity.assurance_required");
        check("abroad", "substantial", "citizen", "electronic, audience, assurance");
        assert_eq!(all().len(), 7);
    }
}
