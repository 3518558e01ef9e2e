//! Somebody did not keep a clause: the report opens a case that cites the clause and the version in force on that day, with the
//! employee's acknowledgement attached (OM-SOC-P4.c). What an employee does on social networks counts by its kind (IQ-SOC-10.2).

use authz::{Failure, Item, Kind, Refusal};
use compliance::{Attached, Breach};
use language::{Text, day_of};
use store::{Tx, Verb};
use uuid::Uuid;

use crate::{
    assignment::{self, Assignment},
    authority::{About, Acting, words},
    policy::{Policy, table as policies},
    version::{Version, table as versions},
};

/// What somebody did, as a word and in both languages.
pub(crate) const ACTS: [(&str, &str, &str); 8] = [
    ("publish", "نشر", "published"),
    ("repost", "إعادة نشر", "reposted"),
    ("comment", "تعليق", "commented"),
    ("like", "إعجاب", "liked"),
    ("follow", "متابعة", "followed"),
    ("interact", "تفاعل", "interacted"),
    ("disclose", "إفشاء", "disclosed"),
    ("other", "فعل آخر", "other act"),
];
/// The article under which the case is opened.
const CONTROL: &str = "OM-SOC-P4.c";

const INVALID: Refusal = Refusal::new(Kind::Invalid, "policy.breach_incomplete", &[CONTROL]);

pub(crate) struct ReportBreach {
    pub acting: Acting,
    pub policy: Uuid,
    pub clause: String,
    /// The national number of somebody who works at the body.
    pub identifier: String,
    /// The day on which it happened: `2026-03-01`.
    pub on: String,
    /// One of [`ACTS`].
    pub act: String,
    pub facts: String,
}

impl Verb for ReportBreach {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let policy = policies::find(tx, self.policy).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "report_breach", About::of(&policy)).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let calendar = organisations::calendar(tx, policy.body).await?;
        let today = calendar.day_of(at);
        let day = day_of(&self.on).filter(|day| *day <= today);
        // The version of that day is the one that was in force at its end.
        let version = match day {
            Some(day) => versions::in_force(tx, policy.id, calendar.at(day + 1, 0).min(at)).await?,
            None => None,
        };
        let person = self.person(tx, &policy).await?;
        let clause = language::fold_digits(self.clause.trim());
        let known =
            version.as_ref().is_some_and(|it| crate::clauses::numbers(&it.content.text_ar).contains(&clause));
        let act = ACTS.iter().find(|(word, ..)| *word == self.act);
        let facts = words("facts", &self.facts, INVALID);
        let gaps = [
            ("on", "policy_breach_day", version.is_none()),
            ("clause", "policy_clause_unknown", version.is_some() && !known),
            ("identifier", "policy_person", person.is_none()),
            ("act", "enum", act.is_none()),
        ];
        let mut items = Vec::new();
        for (field, code, _) in gaps.into_iter().filter(|(_, _, is_wrong)| *is_wrong) {
            items.push(Item { field: field.into(), code: code.into(), detail: clause.clone() });
        }
        items.extend(facts.as_ref().err().map(|refusal| refusal.items.clone()).unwrap_or_default());
        let (Some(version), Some(person), Some(act), Ok(facts), []) =
            (version, person, act, facts, items.as_slice())
        else {
            return Err(INVALID.with_items(items).into());
        };
        let found = assignment::table::of_person_and_version(tx, person, version.id).await?;
        let breach = Breach {
            body: policy.body,
            control: CONTROL.into(),
            edition: format!("{} {} · {}", policy.kind.word(), version.content.issue, clause),
            person,
            origin: policy.ledger_subject(),
            title: title(&version, &clause, act),
            facts: facts_of(&facts, &self.on),
            attached: attached(&policy, &version, &clause, &found),
        };
        compliance::breach(tx, breach, by, at).await
    }
}

impl ReportBreach {
    /// Only somebody of the body is a choice, so that any other number is answered as one that nobody has.
    async fn person(&self, tx: &Tx, policy: &Policy) -> Result<Option<Uuid>, Failure> {
        let number = identity::identifier(&self.identifier).unwrap_or_default();
        let Some(person) = identity::person_by_identifier(tx, &number).await? else { return Ok(None) };
        let roles = organisations::roles_of(tx, person.id, self.acting.clock.now()).await?;
        Ok(roles.iter().any(|role| role.body == policy.body).then_some(person.id))
    }
}

fn title(version: &Version, clause: &str, (_, ar, en): &(&str, &str, &str)) -> Text {
    let content = &version.content;
    Text::new(
        format!("مخالفة البند {clause} من {} ({ar})", content.title_ar),
        format!("Clause {clause} of {} not kept ({en})", content.title_en),
    )
}

fn facts_of(facts: &str, on: &str) -> Text {
    Text::new(format!("{facts} (وقع في {on})"), format!("{facts} (on {on})"))
}

/// The version as the ledger holds it, and what the employee acknowledged of it. Where they acknowledged nothing, the case
/// says so instead.
fn attached(policy: &Policy, version: &Version, clause: &str, found: &[Assignment]) -> Vec<Attached> {
    let issue = &version.content.issue;
    let mut attached = vec![Attached {
        what: format!("{issue}: الإصدار الساري في ذلك اليوم · the version in force on that day"),
        subject: policy.ledger_subject(),
    }];
    let acknowledged = found.iter().filter(|it| it.acknowledged_at.is_some());
    let meant = acknowledged.filter(|it| it.clause.is_empty() || it.clause == clause);
    let before = attached.len();
    attached.extend(meant.map(|it| Attached {
        what: match it.clause.as_str() {
            "" => format!("{issue}: إقرار الموظف بالسياسة · the employee’s acknowledgement"),
            clause => format!("{issue}: إقرار الموظف بالبند {clause} · acknowledgement of clause {clause}"),
        },
        subject: assignment::ledger_subject(it.id),
    }));
    if attached.len() == before {
        attached.push(Attached {
            what: format!("{issue}: لم يقر به الموظف · not acknowledged by the employee"),
            subject: found
                .first()
                .map_or_else(|| policy.ledger_subject(), |it| assignment::ledger_subject(it.id)),
        });
    }
    attached
}
