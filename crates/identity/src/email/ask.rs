//! VERB. A person names a new address: a code is ordered to it, and the old address is told. Nothing changes yet.

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use jobs::Job;
use ledger::Entry;
use notify::Message;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    ASKED_WINDOW, EMAIL_CHARACTERS_MAX, EMAIL_CODE_LIFE, EMAIL_CODES_MAX, EmailChange, prove::PROVE_JOB,
    table,
};
use crate::person;

const INVALID: Refusal = Refusal::new(Kind::Invalid, "identity.email_invalid", &["LY-SVC-18.1b"]);
const TOO_OFTEN: Refusal = Refusal::new(Kind::TooMany, "identity.email_codes_too_many", &["LY-SVC-18.1b"]);
const NO_MEANS: Refusal = Refusal::new(Kind::Unavailable, "identity.email_no_means", &[]);

pub(crate) struct AskEmail {
    pub person: Uuid,
    pub email: String,
    pub now: Timestamp,
}

impl Verb for AskEmail {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let email = checked(&self.email)?;
        if !notify::can_send_email(tx).await? {
            return Err(NO_MEANS.into());
        }
        let person = person::table::person(tx, self.person).await?.ok_or(Refusal::not_found())?;
        let (asked, asked_since) = self.count(tx).await?;
        let change = EmailChange {
            id: Uuid::now_v7(),
            person: person.id,
            email,
            tries: 0,
            expires_at: self.now + EMAIL_CODE_LIFE,
            asked,
            asked_since,
            is_open: true,
        };
        table::put(tx, &change, self.now).await?;
        let entry = Entry {
            kind: "person.email_asked",
            subject: format!("person/{}", person.id),
            actor: Some(person.id),
            controls: &["LY-SVC-18.1b"],
            // The address itself stays out of the ledger: it may change hands, and the ledger does not forget.
            body: json!({ "change": change.id }),
            at: self.now,
        };
        ledger::append(tx, entry).await?;
        let payload = json!({ "change": change.id });
        jobs::enqueue(tx, Job { kind: PROVE_JOB, key: change.id.to_string(), payload, run_at: self.now })
            .await?;
        let warned =
            Message::new(person.id, "email-asked", format!("person/{}", person.id), "/account/email")
                .of_kind(notify::of_account("email-asked"));
        let before = person.address().filter(|before| before.email != change.email);
        if before.is_some() {
            notify::send(tx, self.now, warned, before).await?;
        }
        Ok(())
    }
}

impl AskEmail {
    /// How many codes were asked for in the window that runs, this one included.
    async fn count(&self, tx: &Tx) -> Result<(i64, Timestamp), Failure> {
        let known = table::of_person(tx, self.person).await?;
        let window = known.filter(|known| self.now < known.asked_since + ASKED_WINDOW);
        let (asked, since) = window.map_or((0, self.now), |known| (known.asked, known.asked_since));
        if asked >= EMAIL_CODES_MAX { Err(TOO_OFTEN.into()) } else { Ok((asked + 1, since)) }
    }
}

fn checked(typed: &str) -> Result<String, Refusal> {
    let email = language::clean_text(typed).trim().to_owned();
    let fault = match email.chars().count() {
        0 => Some(("required", String::new())),
        count if count > EMAIL_CHARACTERS_MAX => Some(("too_long", EMAIL_CHARACTERS_MAX.to_string())),
        _ if !notify::is_email(&email) => Some(("email", String::new())),
        _ => None,
    };
    match fault {
        Some((code, detail)) => Err(INVALID.with_item("email", code, &detail)),
        None => Ok(email),
    }
}
