//! What somebody shows besides the password, and using it up: a code, an answer of a key and a recovery code count once.

pub(crate) mod field;

use authz::{Assurance, Failure, Refusal};
use clock::Timestamp;
use store::Tx;
use uuid::Uuid;

use crate::{
    Identity, factor,
    gate::Gate,
    password::table::Known,
    phone::{self, code::TEXT_TRIES_MAX},
    recovery,
    security_key::{self, KEY_INVALID, challenge::Asked, stop::StopKey},
    session::sign_in::CODE_WRONG,
};

/// What is shown, as it came.
#[derive(Clone, Copy)]
pub enum Shown<'s> {
    /// Of the authenticator app, or one of the recovery codes.
    Code(&'s str),
    /// What a key answered to the question with this id.
    Key { challenge: Uuid, answer: &'s str },
}

/// By which means a person may show a second factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Means {
    pub app: bool,
    pub key: bool,
    pub recovery: bool,
    /// Codes to the number on record.
    pub phone: bool,
}

/// What was shown is right; it counts once it is used up in the transaction of what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    Password,
    App {
        step: i64,
    },
    Key {
        id: Uuid,
        counter: i64,
        public_part: String,
    },
    Recovery {
        hash: Vec<u8>,
    },
    /// A code that was sent to the phone.
    Phone {
        code: Uuid,
    },
}

impl Means {
    pub fn of(known: &Known) -> Means {
        Means {
            app: known.sealed.is_some(),
            key: known.has_good_key,
            recovery: known.has_recovery,
            phone: known.good_phone.is_some(),
        }
    }

    /// Whether there is a code that could be typed.
    pub fn has_code(self) -> bool {
        self.app || self.recovery || self.phone
    }

    /// Whether the phone is the one thing that is asked for, so that its code is sent without being asked.
    pub fn is_phone_alone(self) -> bool {
        self.phone && !self.app && !self.key
    }
}

impl Shown<'_> {
    /// What the ledger calls it when it was wrong.
    fn what(self) -> &'static str {
        match self {
            Shown::Code(_) => "code",
            Shown::Key { .. } => "key",
        }
    }

    fn wrong(self) -> Refusal {
        match self {
            Shown::Code(_) => CODE_WRONG,
            Shown::Key { .. } => KEY_INVALID,
        }
    }
}

impl Proof {
    /// The word for sessions, the ledger and the API.
    pub fn word(&self) -> &'static str {
        match self {
            Proof::Password => "password",
            Proof::App { .. } => "app",
            Proof::Key { .. } => "key",
            Proof::Recovery { .. } => "recovery",
            Proof::Phone { .. } => "sms",
        }
    }

    pub fn assurance(&self) -> Assurance {
        match self {
            Proof::Password => Assurance::Basic,
            _ => Assurance::Substantial,
        }
    }

    /// What is said when it was used before.
    pub fn wrong(&self) -> Refusal {
        match self {
            Proof::Key { .. } => KEY_INVALID,
            _ => CODE_WRONG,
        }
    }

    /// True when it was not used before; it is used now. A key that does not count up is stopped, which must stay: so this is
    /// an answer, not an error.
    pub async fn use_up(&self, tx: &Tx, person: Uuid, at: Timestamp) -> Result<bool, Failure> {
        match self {
            Proof::Password => Ok(true),
            Proof::App { step } => Ok(factor::table::use_step(tx, person, *step).await?),
            Proof::Recovery { hash } => recovery::spend(tx, person, hash, at).await,
            Proof::Phone { code } => Ok(phone::table::use_code(tx, *code, TEXT_TRIES_MAX, at).await?),
            Proof::Key { id, counter, public_part } => {
                let good = security_key::table::use_key(tx, *id, *counter, public_part, at).await?;
                if !good {
                    store::Verb::apply(&StopKey { person, key: *id, at }, tx).await?;
                }
                Ok(good)
            }
        }
    }
}

impl Identity {
    /// The proof in what was shown. What is wrong counts with the failures of signing in.
    pub(crate) async fn prove(
        &self,
        known: &Known,
        shown: Shown<'_>,
        asked: Asked,
        gates: &[Gate],
    ) -> Result<Proof, Failure> {
        let proof = match shown {
            Shown::Code(typed) => self.proof_by_code(known, typed, &asked).await?,
            Shown::Key { challenge, answer } => {
                self.proof_by_key(known.person, challenge, answer, asked).await?
            }
        };
        match proof {
            Some(proof) => Ok(proof),
            None => Err(self.fail(gates.to_vec(), Some(known.person), shown.what(), shown.wrong()).await),
        }
    }

    async fn proof_by_code(
        &self,
        known: &Known,
        typed: &str,
        asked: &Asked,
    ) -> Result<Option<Proof>, Failure> {
        if let Some(hash) = recovery::hash_of(&self.key, known.person, typed) {
            return Ok(Some(Proof::Recovery { hash }));
        }
        if let Some(sealed) = &known.sealed {
            let secret = self.key.open(known.person, sealed)?;
            if let Some(step) = factor::step_of(&secret, typed, self.clock.now()) {
                return Ok(Some(Proof::App { step }));
            }
        }
        match known.good_phone {
            Some(_) => self.proof_by_phone(known.person, typed, asked).await,
            None => Ok(None),
        }
    }
}
