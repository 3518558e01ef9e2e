//! How a centre is reached.

use std::time::Duration;

use rusmpp::values::{InterfaceVersion, Npi, Ton};

/// SMPP gives a password eight characters, the name of a system fifteen.
const PASSWORD_CHARACTERS_MAX: usize = 8;
const SYSTEM_CHARACTERS_MAX: usize = 15;
/// A sender that is a word has at most eleven characters on phones.
const SENDER_WORD_CHARACTERS_MAX: usize = 11;
const SENDER_CHARACTERS_MAX: usize = 20;
const PORT_DEFAULT: &str = "2775";

/// The version that is spoken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SmppVersion {
    #[default]
    V34,
    V50,
}

/// What is wrong with the address of a centre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmppConfigError {
    #[error("the address of the SMS centre is not of the form smpp://system@host:port")]
    Address,
    #[error("the name of the system is longer than {SYSTEM_CHARACTERS_MAX} characters")]
    System,
    #[error("the password of the SMS centre is longer than {PASSWORD_CHARACTERS_MAX} characters")]
    Password,
    #[error("the sender is neither a number nor a word of up to {SENDER_WORD_CHARACTERS_MAX} characters")]
    Sender,
    #[error("the version of SMPP is neither 3.4 nor 5.0")]
    Version,
}

/// Not `Debug`: it holds a password.
#[derive(Clone)]
pub struct SmppConfig {
    /// Host and port.
    pub address: String,
    pub(crate) system: String,
    pub(crate) password: String,
    pub(crate) version: SmppVersion,
    /// What phones show as the sender: a word, or a number.
    pub(crate) from: String,
    /// Parts that may be under way without an answer.
    pub window: usize,
    /// How often the line is tried when nothing else travels on it.
    pub enquire_every: Duration,
    /// How long an answer may take before the line counts as broken.
    pub answer_max: Duration,
    /// Parts that are offered in one second.
    pub per_second_max: u32,
}

impl SmppConfig {
    /// Reads `smpp://system@host:port`; the password comes from elsewhere, so that no address holds it.
    pub fn parse(address: &str, password: &str, from: &str) -> Result<SmppConfig, SmppConfigError> {
        let rest = address.strip_prefix("smpp://").ok_or(SmppConfigError::Address)?;
        let (system, host) = rest.trim_end_matches('/').split_once('@').ok_or(SmppConfigError::Address)?;
        if system.is_empty() || host.is_empty() || host.contains(['@', '/']) || system.contains(':') {
            return Err(SmppConfigError::Address);
        }
        if system.len() > SYSTEM_CHARACTERS_MAX {
            return Err(SmppConfigError::System);
        }
        if password.len() > PASSWORD_CHARACTERS_MAX {
            return Err(SmppConfigError::Password);
        }
        let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        Ok(SmppConfig {
            address: if has_port { host.to_owned() } else { format!("{host}:{PORT_DEFAULT}") },
            system: system.to_owned(),
            password: password.to_owned(),
            version: SmppVersion::V34,
            from: sender(from)?,
            window: 10,
            enquire_every: Duration::from_secs(30),
            answer_max: Duration::from_secs(10),
            per_second_max: 20,
        })
    }

    pub fn version(mut self, word: &str) -> Result<SmppConfig, SmppConfigError> {
        self.version = match word {
            "3.4" => SmppVersion::V34,
            "5.0" => SmppVersion::V50,
            _ => return Err(SmppConfigError::Version),
        };
        Ok(self)
    }

    pub(crate) fn interface(&self) -> InterfaceVersion {
        match self.version {
            SmppVersion::V34 => InterfaceVersion::Smpp3_4,
            SmppVersion::V50 => InterfaceVersion::Smpp5_0,
        }
    }

    /// A word travels as such; a number is a short code or an international number.
    pub(crate) fn sender_kind(&self) -> (Ton, Npi) {
        let is_number = self.from.bytes().all(|byte| byte.is_ascii_digit());
        match (is_number, self.from.len()) {
            (false, _) => (Ton::Alphanumeric, Npi::Unknown),
            (true, ..=6) => (Ton::NetworkSpecific, Npi::Isdn),
            (true, _) => (Ton::International, Npi::Isdn),
        }
    }
}

fn sender(from: &str) -> Result<String, SmppConfigError> {
    let from = from.trim().trim_start_matches('+');
    let is_number = !from.is_empty() && from.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = !from.is_empty()
        && from.len() <= SENDER_WORD_CHARACTERS_MAX
        && from.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ' || byte == b'-');
    let fits = from.len() <= SENDER_CHARACTERS_MAX;
    if fits && (is_number || is_word) { Ok(from.to_owned()) } else { Err(SmppConfigError::Sender) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, from: &str, expected: Result<&str, SmppConfigError>) {
        let found = SmppConfig::parse(address, "secret", from);
        assert_eq!(
            found.as_ref().map(|config| config.address.as_str()).map_err(|e| *e),
            expected,
            "{address}"
        );
    }

    #[test]
    fn addresses_and_senders_are_read() {
        check("smpp://diwan@127.0.0.1:2775", "Diwan", Ok("127.0.0.1:2775"));
        check("smpp://diwan@centre.example", "+218910000000", Ok("centre.example:2775"));
        check("smpp://centre.example", "Diwan", Err(SmppConfigError::Address));
        check("http://diwan@centre.example", "Diwan", Err(SmppConfigError::Address));
        check("smpp://diwan:secret@centre.example", "Diwan", Err(SmppConfigError::Address));
        check("smpp://a-name-that-is-too-long@x", "Diwan", Err(SmppConfigError::System));
        check("smpp://diwan@x", "ديوان", Err(SmppConfigError::Sender));
        check("smpp://diwan@x", "a word too long", Err(SmppConfigError::Sender));
        assert!(SmppConfig::parse("smpp://d@x", "ninechars", "D").is_err());
    }

    #[test]
    fn a_sender_says_what_it_is() {
        for (from, ton) in [
            ("Diwan", Ton::Alphanumeric),
            ("1515", Ton::NetworkSpecific),
            ("+218910000000", Ton::International),
        ] {
            let config = SmppConfig::parse("smpp://d@x", "", from).expect("a config");
            assert_eq!(config.sender_kind().0, ton, "{from}");
        }
    }
}
