//! Persons, how they sign in, and for whom they may act.
//!
//! A shared noun: capabilities ask it who calls ([`Caller`]) and for whom ([`mandate_for`]). It knows nothing
//! of services. Absent on purpose: a directory of rights; roles come from appointments (crate `organisations`).

mod account;
mod api;
mod attack;
mod call;
mod caller;
mod confirmation;
mod cookies;
mod email;
mod entity;
mod entry_code;
mod factor;
mod gate;
mod key;
mod mandate;
mod password;
mod person;
mod phone;
mod proof;
mod recognise;
mod recovery;
mod secret;
mod security_key;
mod session;
mod staff_directory;
mod sweep;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod token;
mod zone;

pub use api::api;
pub use attack::{
    Attack, AttackSource, AttackState, GUESSES_COUNT_FOR, GUESSES_FOR_ALERT, Ladder, Warning,
    gather::GatherGuesses,
    ladder::set_ladder,
    reset::{Ended, attack_reset, end_access, end_open, lacks_password},
    table::{
        AttacksWanted, attack, attack_sources, attack_warnings, attacks, open_attack, password_ended_by,
        told_that_due,
    },
    warn::WarnOfAttack,
};
pub use call::{Call, Visit};
pub use caller::{ASSURANCE_REQUIRED, Caller, MaybeCaller, SIGN_IN_REQUIRED, require};
pub use confirmation::{Fresh, FreshForm, STEP_UP_HOLDS, STEP_UP_REQUIRED};
pub use email::{
    EMAIL_CODE_LIFE, EMAIL_CODES_MAX, EMAIL_TRIES_MAX, ProveEmail, provider::PERSONAL_MAIL_FOREIGN,
};
pub use entity::{LegalEntity, register::RegisterEntity, table::entity};
pub use entry_code::{ENTRY_CODE_LIFE, EntryCode, keep_entry_code};
pub use factor::{CODE_DIGITS, ENROLMENT_LIFE, STEP_SECONDS, code_at, enrol::EnrolTotp, new_secret};
pub use gate::{ADDRESS_FAILURES_MAX, IDENTIFIER_FAILURES_MAX, LOCK_WINDOW};
pub use key::SecretKey;
pub use mandate::{
    Mandate, SCOPE_ALL,
    end::EndMandate,
    grant::GrantMandate,
    mandate_for,
    table::{find as mandate, mandates, mandates_of},
};
pub use password::{
    HASH_LANES, HASH_MEMORY_KIB, HASH_PASSES, PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, PasswordHash,
    Passwords, set::SetPassword,
};
pub use person::{
    Beneficiary, Person,
    disable::{ACCOUNT_DISABLED, disable, enable},
    identifier,
    prefer::Prefer,
    register::RegisterPerson,
    table::{disabled_at, person, person_by_identifier, persons},
    tell::tell,
};
pub use phone::{
    PHONE_RECONFIRM, Phone, PhonePurpose, Verdict,
    code::{
        TEXT_CODE_LIFE, TEXT_CODES_PER_NUMBER_MAX, TEXT_CODES_PER_PERSON_MAX, TEXT_TRIES_MAX, TEXT_WINDOW,
    },
    judge::{Judge, JudgeNumber},
    record::RecordPhone,
    table::phone,
    text::SendTextCode,
};
pub use proof::Shown;
pub use recognise::{Basics, Recognised, Seat, recognise};
pub use recovery::RECOVERY_CODES;
pub use secret::{hash as secret_hash, is_one as is_secret, new as new_one_time_secret};
pub use security_key::{CHALLENGE_LIFE, KEY_NAME_CHARACTERS_MAX, KEYS_MAX};
pub use session::{
    PUBLIC_IDLE_MAX, SESSION_MAX, STAFF_IDLE_MAX, Session,
    bind::{Bound, bind_device},
    end::{EndAllSessions, EndSession, SignOut},
    follow::{SESSION_OVER, follow},
    sign_in::{
        Credentials, Opened, Origin, PERSISTENT_FORBIDDEN, SignIn, Step,
        page::{sign_in_again_href, sign_in_href},
    },
    table::open_session,
};
pub use staff_directory::{DirectorySays, StaffDirectory};
pub use sweep::Sweep;
pub use token::{TOKEN_DAYS_MAX, TOKEN_PREFIX, Token, end::EndToken, issue::IssueToken};
pub use zone::{Zone, ZoneError, ZoneNetwork, Zones};

use std::{sync::Arc, time::Duration};

use authz::Failure;
use axum::Router;
use clock::Clock;
use ledger::Ledger;
use store::{Migration, Migrations, Store, Verb};
use uuid::Uuid;
use webauthn_rs::prelude::Webauthn;

/// Runs after those of `organisations`, whose appointments are joined here.
pub const MIGRATIONS: Migrations = Migrations {
    set: "identity",
    steps: &[
        Migration::same("0001_identity", include_str!("../migrations/0001_identity.sql")),
        Migration::same("0100_email", include_str!("../migrations/0100_email.sql")),
        Migration::same("0100_mandates", include_str!("../migrations/0100_mandates.sql")),
        Migration::same("0110_enrolment", include_str!("../migrations/0110_enrolment.sql")),
        Migration::same("0110_keys", include_str!("../migrations/0110_keys.sql")),
        Migration::same("0110_recovery", include_str!("../migrations/0110_recovery.sql")),
        Migration::same("0110_step_up", include_str!("../migrations/0110_step_up.sql")),
        Migration::same("0112_phones", include_str!("../migrations/0112_phones.sql")),
        Migration::same("0114_accounts", include_str!("../migrations/0114_accounts.sql")),
        Migration::same("0113_attacks", include_str!("../migrations/0113_attacks.sql")),
        Migration::same("0115_followed", include_str!("../migrations/0115_followed.sql")),
    ],
};

pub const LOCALE: language::Locale = language::Locale {
    name: "identity",
    ar: concat!(
        include_str!("../locales/ar.ftl"),
        include_str!("../locales/factors.ar.ftl"),
        include_str!("../locales/phones.ar.ftl"),
        include_str!("../locales/attacks.ar.ftl"),
    ),
    en: concat!(
        include_str!("../locales/en.ftl"),
        include_str!("../locales/factors.en.ftl"),
        include_str!("../locales/phones.en.ftl"),
        include_str!("../locales/attacks.en.ftl"),
    ),
};

/// One of the cast of a demo, whom the sign-in page offers with one click.
#[derive(Clone)]
pub struct DemoPerson {
    /// As in `/sign-in?as=salma`.
    pub key: String,
    pub name: language::Text,
    pub role: language::Text,
    pub identifier: String,
    pub password: String,
    /// Base32; staff have one.
    pub totp_secret: Option<String>,
}

/// What this crate needs to know of the installation.
pub struct IdentityConfig {
    pub key: SecretKey,
    /// How browsers reach the site: over TLS, cookies are `Secure`; by its name, security keys know it.
    pub public_address: String,
    /// How long a second factor holds before what is sensitive asks for it again.
    pub step_up_holds: Duration,
    /// How long a number holds before an official is asked whether it is still theirs.
    pub phone_reconfirm: Duration,
    /// Which networks are the main one and which are kept apart from it.
    pub zones: Zones,
    /// How many warnings must go unanswered at most, and how long each waits at most.
    pub ladder: Ladder,
    /// Who asks the directories of bodies; nobody where there are none.
    pub directory: Option<Arc<dyn StaffDirectory>>,
    /// Empty but in a demo.
    pub demo: Vec<DemoPerson>,
}

/// The door of this crate.
pub struct Identity {
    store: Store,
    clock: Clock,
    ledger: Arc<Ledger>,
    key: SecretKey,
    https: bool,
    keys_site: Option<Webauthn>,
    step_up_holds: Duration,
    phone_reconfirm: Duration,
    zones: Zones,
    ladder: Ladder,
    directory: Option<Arc<dyn StaffDirectory>>,
    demo: Vec<DemoPerson>,
    pub passwords: Passwords,
}

impl Identity {
    pub fn new(store: Store, clock: Clock, ledger: Arc<Ledger>, config: IdentityConfig) -> Arc<Identity> {
        Arc::new(Identity {
            store,
            clock,
            ledger,
            key: config.key,
            https: config.public_address.starts_with("https://"),
            keys_site: security_key::site::site(&config.public_address),
            step_up_holds: config.step_up_holds,
            phone_reconfirm: config.phone_reconfirm,
            zones: config.zones,
            ladder: config.ladder,
            directory: config.directory,
            demo: config.demo,
            passwords: Passwords::default(),
        })
    }

    /// Hashes a password and sets it. `actor` is absent when the platform itself does it.
    pub async fn set_password(
        &self,
        actor: Option<Uuid>,
        person: &Person,
        password: &str,
    ) -> Result<(), Failure> {
        let hash = self.passwords.hash(password, person).await?;
        let at = self.clock.now();
        self.write(SetPassword { actor, at, person: person.id, hash, keep: None }).await
    }

    /// Seals a secret (Base32, from [`new_secret`]) and enrols it as the person's second factor.
    pub async fn enrol_totp(&self, actor: Option<Uuid>, person: Uuid, secret: &str) -> Result<(), Failure> {
        let sealed = self.key.seal(person, secret)?;
        self.write(EnrolTotp { actor, at: self.clock.now(), person, sealed }).await
    }

    /// Every change goes through here, so that its ledger entry is sequenced soon after.
    pub(crate) async fn write<V: Verb>(&self, verb: V) -> Result<V::Answer, V::Error> {
        let answer = self.store.write(verb).await;
        self.ledger.wake();
        answer
    }
}

/// `/sign-in`, `/sign-out`, `/account` and what belongs to it.
pub fn pages() -> Router<Arc<Identity>> {
    session::sign_in::page::routes()
        .merge(account::routes())
        .merge(attack::page::routes())
        .merge(entry_code::page::routes())
        .merge(email::page::routes())
        .merge(email::report::routes())
        .merge(factor::page::routes())
        .merge(password::page::routes())
        .merge(phone::desk::routes())
        .merge(phone::page::routes())
        .merge(security_key::page::routes())
        .merge(recovery::page::routes())
        .merge(confirmation::page::routes())
}
