//! An officer ends the password of an account whose warnings went unanswered. In the same transaction all its sessions end,
//! the head of each unit of its person is told, and a forensic case opens with the account's records sealed.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use clock::Timestamp;
use identity::{Attack, Ladder, Person};
use language::Text;
use serde_json::json;
use store::{OnceKey, Tx, Verb};
use uuid::Uuid;

use super::{NOT_DUE, about};
use crate::Door;
use crate::{
    Compliance, Packs, Severity,
    authority::{About, Acting},
    case::{
        CaseKind,
        open::{NewCase, open},
        seal::{self, Sealed},
        step,
    },
    finding::raise::{Found, raise},
    telling::{message, tell},
};

const CONTROLS: [&str; 2] = ["LY-MAIL-3.07e", "LY-MAIL-3.07g"];

pub(crate) struct ResetPassword {
    pub acting: Acting,
    pub packs: Arc<Packs>,
    pub attack: Uuid,
    pub ladder: Ladder,
    /// The account's records, sealed before the verb.
    pub seal: Sealed,
}

impl Verb for ResetPassword {
    /// The case.
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        self.acting.check(tx, "see_attack", None, About::default()).await?;
        let attack = identity::attack(tx, self.attack).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "reset_password", None, about(attack.person)).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        if !attack.is_reset_allowed(self.ladder, at) {
            return Err(NOT_DUE.into());
        }
        let person = identity::person(tx, attack.person).await?.ok_or_else(Refusal::not_found)?;
        let ended = identity::end_access(tx, person.id, by, &CONTROLS, at).await?;
        let case = self.open_case(tx, &attack, &person, at).await?;
        if !identity::attack_reset(tx, &attack, by, case, at).await? {
            return Err(NOT_DUE.into());
        }
        let entry = ledger::Entry {
            kind: "attack.reset",
            subject: attack.ledger_subject(),
            actor: Some(by),
            controls: &CONTROLS,
            body: json!({ "person": person.id, "case": case, "sessions_ended": ended.sessions }),
            at,
        };
        ledger::append(tx, entry).await?;
        self.tell_heads(tx, &person, at).await?;
        Ok(case)
    }
}

impl ResetPassword {
    async fn open_case(
        &self,
        tx: &Tx,
        attack: &Attack,
        person: &Person,
        at: Timestamp,
    ) -> Result<Uuid, Failure> {
        let by = self.acting.actor.person;
        let body = organisations::holder_of(tx, organisations::IMPLEMENTING_BODY).await?;
        let (guesses, warnings) = (attack.guesses, attack.warnings);
        let facts = Text::new(
            format!("المحاولات الخاطئة: {guesses}. التنبيهات التي لم يُجب عنها: {warnings}."),
            format!("Wrong attempts: {guesses}. Warnings left unanswered: {warnings}."),
        );
        let new = NewCase {
            kind: CaseKind::Forensic,
            body: body.ok_or_else(Refusal::not_found)?,
            control: "LY-MAIL-3.07g".into(),
            law: String::new(),
            person: Some(person.id),
            origin: attack.ledger_subject(),
            title: Text::new(
                format!("إنهاء كلمة مرور: {}", person.name.ar),
                format!("Password ended: {}", person.name.en),
            ),
            facts,
        };
        let case = open(tx, &self.packs, new, by, at).await?;
        seal::add(tx, &case, "", &self.seal, by, at).await?;
        step::take(tx, &case, "", by, at).await?;
        Ok(case.id)
    }

    /// The registered head of each unit at which the person works; the administrators of the body where none is registered,
    /// which is found against the body.
    async fn tell_heads(&self, tx: &Tx, person: &Person, at: Timestamp) -> Result<(), Failure> {
        let mut seats: Vec<(Uuid, Option<Uuid>)> = organisations::roles_of(tx, person.id, at)
            .await?
            .into_iter()
            .map(|role| (role.body, role.unit))
            .collect();
        seats.sort();
        seats.dedup();
        let mut told = Vec::new();
        for (body, unit) in seats {
            let mut people = organisations::heads_of(tx, body, unit, at).await?;
            people.retain(|head| *head != person.id);
            if people.is_empty() {
                people = organisations::people_with(tx, "administrator", body, at).await?;
                raise(tx, gap(body, unit), at).await?;
            }
            told.extend(people.into_iter().filter(|somebody| *somebody != person.id));
        }
        told.sort();
        told.dedup();
        tell(tx, &told, at, |to| {
            message(to, "attack-reset", format!("attack/{}", self.attack), "/compliance".to_owned())
                .text("person", &person.name)
        })
        .await
    }
}

/// A unit without a head is found once, however many passwords are ended there.
fn gap(body: Uuid, unit: Option<Uuid>) -> Found {
    let what = Text::new(
        "لا رئيس مسجل لوحدة أُنهيت فيها كلمة مرور موظف، فأُبلغ مسؤول الجهة بدلًا منه.",
        "No head is registered for a unit in which an employee's password was ended; the body's administrator was told instead.",
    );
    Found {
        key: format!("unit-head/{body}/{}", unit.unwrap_or_default()),
        control: "LY-MAIL-3.07f".into(),
        body,
        subject: unit.map(|unit| format!("unit/{unit}")).unwrap_or_default(),
        what,
        severity: Severity::Medium,
        owner: None,
        by: None,
    }
}

impl Compliance {
    /// Ends the password behind an alert; the case that opens with it.
    pub(crate) async fn reset_password(
        &self,
        actor: &Actor,
        attack: Uuid,
        key: Option<OnceKey>,
    ) -> Result<Uuid, Failure> {
        let sql = self.store.read();
        let acting = self.acting(actor);
        let it = self.attack_seen(actor, attack).await?;
        let subjects = [
            it.ledger_subject(),
            format!("identifier/{}", hex::encode(&it.key)),
            format!("person/{}", it.person),
        ];
        let seal = seal::sealed(&sql, &subjects).await?;
        let ladder = self.identity.ladder(&sql).await?;
        let verb = ResetPassword { acting, packs: self.packs.clone(), attack, ladder, seal };
        self.carry_out(actor, &it.ledger_subject(), verb, key).await
    }
}
