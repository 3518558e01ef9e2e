//! The way to the mail server, and what its answers mean.

use jobs::JobError;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, transport::smtp};

use super::{MailConfig, MailConfigError};

/// Characters of a server's answer that are kept.
const ANSWER_CHARACTERS_MAX: usize = 300;

pub(super) struct Server {
    pub(super) config: MailConfig,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

/// Why a letter was not taken.
pub(super) enum Trouble {
    /// The other side will never take it.
    Bounced(String),
    /// It may take it later, or the fault is ours.
    Later(String),
}

impl From<Trouble> for JobError {
    fn from(trouble: Trouble) -> JobError {
        match trouble {
            Trouble::Bounced(reason) => JobError::Never(reason),
            Trouble::Later(reason) => JobError::Again(reason),
        }
    }
}

impl Server {
    pub(super) fn new(config: MailConfig) -> Result<Server, MailConfigError> {
        Ok(Server { transport: config.transport()?, config })
    }

    /// The server's answer, without the address.
    pub(super) async fn send(&self, letter: Message, address: &str) -> Result<String, Trouble> {
        match self.transport.send(letter).await {
            Ok(response) => {
                let words = response.message().collect::<Vec<_>>().join(" ");
                Ok(kept(&format!("{} {words}", response.code()), address))
            }
            Err(error) => Err(judge(&error, address)),
        }
    }
}

/// A server's lasting no is about this letter, unless it is about us (our sign-in, our encryption: 530 to 538):
/// that is mended by the operator, and no letter may be lost over it. Reasons never carry the address.
fn judge(error: &smtp::Error, address: &str) -> Trouble {
    let mut words = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        words = format!("{words}: {cause}");
        source = cause.source();
    }
    let words = kept(&words, address);
    let about_us = error.status().is_some_and(|code| (530..=538).contains(&u16::from(code)));
    if error.is_permanent() && !about_us { Trouble::Bounced(words) } else { Trouble::Later(words) }
}

fn kept(words: &str, address: &str) -> String {
    words.trim().replace(address, "<address>").chars().take(ANSWER_CHARACTERS_MAX).collect()
}
