//! An officer hands somebody whose password was ended the code with which they come back: in person, after looking at a
//! document, and never by the officer who ended the password: nobody takes an account over alone. The person is told by text
//! message, so that nobody takes a code in their name unnoticed.

use authz::{Actor, Failure, Kind, Refusal};
use notify::Message;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::about;
use crate::Door;
use crate::{
    Compliance,
    authority::{About, Acting, words},
};

const TOLD: &str = "entry-code-handed";
const INVALID: Refusal = Refusal::new(Kind::Invalid, "attack.document_missing", &["LY-MAIL-3.07e"]);
/// The person has a password: nothing was ended, or they came back already.
const NOT_NEEDED: Refusal = Refusal::new(Kind::Conflict, "attack.code_not_needed", &["LY-MAIL-3.07e"]);
/// Whoever ended the password does not hand over the code as well.
const FOUR_EYES: Refusal = Refusal::new(Kind::Conflict, "attack.four_eyes", &["LY-MAIL-3.07e"]);

struct HandOver {
    acting: Acting,
    attack: Uuid,
    hash: Vec<u8>,
    /// Which document was looked at.
    document: String,
}

impl Verb for HandOver {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check(tx, "see_attack", None, About::default()).await?;
        let attack = identity::attack(tx, self.attack).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "hand_over_code", None, about(attack.person)).await?;
        if !identity::lacks_password(tx, attack.person).await? {
            return Err(NOT_NEEDED.into());
        }
        if identity::password_ended_by(tx, attack.person).await? == Some(self.acting.actor.person) {
            return Err(FOUR_EYES.into());
        }
        let document = words("document", &self.document, INVALID)?;
        let person = identity::person(tx, attack.person).await?.ok_or_else(Refusal::not_found)?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        identity::keep_entry_code(tx, person.id, &self.hash, by, at).await?;
        let entry = ledger::Entry {
            kind: "entry_code.handed_over",
            subject: format!("person/{}", person.id),
            actor: Some(by),
            controls: &["LY-MAIL-3.07e"],
            body: json!({ "document": document, "attack": attack.id }),
            at,
        };
        ledger::append(tx, entry).await?;
        let told = Message::new(person.id, TOLD, format!("person/{}", person.id), "/account")
            .of_kind(notify::of_account(TOLD));
        notify::send_sms(tx, at, told, person.phone.clone(), person.language).await?;
        Ok(())
    }
}

impl Compliance {
    /// The code, shown this once.
    pub(crate) async fn hand_over(
        &self,
        actor: &Actor,
        attack: Uuid,
        document: &str,
    ) -> Result<String, Failure> {
        let acting = self.acting(actor);
        let it = self.attack_seen(actor, attack).await?;
        let new = self.identity.new_entry_code(it.person);
        let verb = HandOver { acting, attack, hash: new.hash, document: document.to_owned() };
        self.carry_out(actor, &it.ledger_subject(), verb, None).await?;
        Ok(new.code)
    }
}
