//! Issuing a token. The token itself is shown once and kept nowhere.

use authz::{Actor, Assurance, Failure, Kind, Refusal, Via};
use clock::{DAY, Timestamp};
use language::clean_name;
use ledger::Entry;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{TOKEN_DAYS_MAX, TOKEN_NAME_CHARACTERS_MAX, TOKENS_MAX, Token, new_secret, table};
use crate::{Identity, session::assurance_word};

pub(crate) const SESSION_REQUIRED: Refusal =
    Refusal::new(Kind::NotAllowed, "auth.session_required", &["LY-SVC-8.1"]);
const TOKEN_INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "auth.token_incomplete", &[]);
const TOKENS_TOO_MANY: Refusal = Refusal::new(Kind::Conflict, "auth.tokens_too_many", &[]);

/// The verb. Callers in pages and in the API go through [`Identity::issue_token`].
#[derive(Clone)]
pub struct IssueToken {
    pub at: Timestamp,
    pub person: Uuid,
    pub name: String,
    pub assurance: Assurance,
    pub expires_at: Timestamp,
    pub(crate) secret_hash: Vec<u8>,
}

impl IssueToken {
    /// The verb, and the token that it will make good.
    pub fn new(
        person: Uuid,
        name: &str,
        assurance: Assurance,
        days: u32,
        at: Timestamp,
    ) -> Result<(String, IssueToken), Refusal> {
        let name = clean_name(name);
        let incomplete = |field, code, detail: &str| Err(TOKEN_INCOMPLETE.with_item(field, code, detail));
        if name.is_empty() {
            return incomplete("name", "required", "");
        }
        if name.chars().count() > TOKEN_NAME_CHARACTERS_MAX {
            return incomplete("name", "too_long", &TOKEN_NAME_CHARACTERS_MAX.to_string());
        }
        if !(1..=TOKEN_DAYS_MAX).contains(&days) {
            return incomplete("days", "too_big", &TOKEN_DAYS_MAX.to_string());
        }
        let (shown, secret_hash) = new_secret();
        Ok((shown, IssueToken { at, person, name, assurance, expires_at: at + DAY * days, secret_hash }))
    }
}

impl Verb for IssueToken {
    type Answer = Token;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Token, Failure> {
        if table::count_open(tx, self.person, self.at).await? >= TOKENS_MAX {
            return Err(TOKENS_TOO_MANY.with_item("name", "too_many", &TOKENS_MAX.to_string()).into());
        }
        let token = Token {
            id: Uuid::now_v7(),
            person: self.person,
            name: self.name.clone(),
            assurance: self.assurance,
            issued_at: self.at,
            last_used_at: self.at,
            expires_at: self.expires_at,
        };
        table::insert(tx, &token, &self.secret_hash).await?;
        let entry = Entry {
            kind: "token.issued",
            subject: format!("person/{}", self.person),
            actor: Some(self.person),
            controls: &["LY-SVC-8.1"],
            body: json!({
                "token": token.id,
                "assurance": assurance_word(token.assurance),
                "expires_at": token.expires_at.to_string(),
            }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(token)
    }
}

impl Identity {
    /// Issues a token with the assurance of the session that asks; a token may not ask.
    pub async fn issue_token(
        &self,
        actor: &Actor,
        name: &str,
        days: u32,
    ) -> Result<(String, Token), Failure> {
        if !matches!(actor.via, Via::Session(_)) {
            return Err(SESSION_REQUIRED.into());
        }
        let (shown, verb) = IssueToken::new(actor.person, name, actor.assurance, days, self.clock.now())?;
        Ok((shown, self.write(verb).await?))
    }
}
