//! Which mail server, as whom, and how the way there is protected.

use std::{net::IpAddr, time::Duration};

use language::{Offset, Text};
use lettre::{
    AsyncSmtpTransport, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};

use crate::bounce;

/// How long a server may take to answer one step.
const SERVER_TIMEOUT: Duration = Duration::from_secs(20);

/// How e-mail leaves the house.
#[derive(Clone)]
pub struct MailConfig {
    /// `smtp://host:port`: encrypted by STARTTLS, which the server must offer, except on this very machine.
    /// `smtps://host:port`: encrypted from the first byte.
    pub server: String,
    /// User and password, when the server asks for them.
    pub sign_in: Option<(String, String)>,
    /// PEM of the authority that signed the server's certificate, when the public ones did not.
    pub authority_pem: Option<Vec<u8>>,
    /// The address that letters come from.
    pub from: String,
    /// The mailbox to which letters come back, where a server hands them to `diwan bounce`; each letter has a return path
    /// below it: `bounces@…` becomes `bounces+<letter>@…`.
    pub bounces: Option<String>,
    /// The office's name beside it.
    pub name: Text,
    /// Scheme and host of the portal, without a slash at the end: where links lead.
    pub public_address: String,
    /// Where the office's clocks stand.
    pub offset: Offset,
}

#[derive(Debug, thiserror::Error)]
pub enum MailConfigError {
    #[error("the mail server must be named as smtp://host:port or smtps://host:port")]
    Server,
    #[error("the address that letters come from is not an e-mail address")]
    From,
    #[error("the certificate of the mail server's authority cannot be used")]
    Authority(#[source] lettre::transport::smtp::Error),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    /// Nothing leaves the machine.
    Loopback,
    StartTls,
    Tls,
}

impl MailConfig {
    pub(super) fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailConfigError> {
        self.from.parse::<lettre::Address>().map_err(|_| MailConfigError::From)?;
        let (host, port, protection) = place(&self.server).ok_or(MailConfigError::Server)?;
        let tls = match protection {
            Protection::Loopback => Tls::None,
            Protection::StartTls => Tls::Required(self.parameters(&host)?),
            Protection::Tls => Tls::Wrapper(self.parameters(&host)?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(port)
            .tls(tls)
            .timeout(Some(SERVER_TIMEOUT));
        if let Some((user, password)) = &self.sign_in {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(builder.build())
    }

    fn parameters(&self, host: &str) -> Result<TlsParameters, MailConfigError> {
        let mut parameters = TlsParameters::builder(host.to_owned());
        if let Some(pem) = &self.authority_pem {
            let authority = Certificate::from_pem(pem).map_err(MailConfigError::Authority)?;
            parameters = parameters.add_root_certificate(authority);
        }
        parameters.build().map_err(MailConfigError::Authority)
    }

    /// Who is told by the servers on the way what became of one letter.
    pub(super) fn return_path(&self, letter: &str) -> Option<lettre::Address> {
        let path = bounce::return_path(self.bounces.as_deref()?, letter.parse().ok()?)?;
        path.parse().ok()
    }

    pub(super) fn sender(&self, lang: language::Lang) -> Option<Mailbox> {
        Some(Mailbox::new(Some(self.name.get(lang).to_owned()), self.from.parse().ok()?))
    }
}

/// Host, port and protection of `smtp://host:port`; IPv6 addresses stand in brackets.
fn place(server: &str) -> Option<(String, u16, Protection)> {
    let (scheme, rest) = server.split_once("://")?;
    let (host, port) = rest.trim_end_matches('/').rsplit_once(':')?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | '/' | '[' | ']');
    if host.is_empty() || host.contains(odd) {
        return None;
    }
    let port = port.parse().ok().filter(|port| *port != 0)?;
    let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let protection = match (scheme, loopback) {
        ("smtps", _) => Protection::Tls,
        ("smtp", true) => Protection::Loopback,
        ("smtp", false) => Protection::StartTls,
        _ => return None,
    };
    Some((host.to_owned(), port, protection))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(server: &str, expected: Option<(&str, u16, Protection)>) {
        let expected = expected.map(|(host, port, protection)| (host.to_owned(), port, protection));
        assert_eq!(place(server), expected, "{server}");
    }

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        check("smtp://127.0.0.1:25", Some(("127.0.0.1", 25, Protection::Loopback)));
        check("smtp://localhost:2525/", Some(("localhost", 2525, Protection::Loopback)));
        check("smtp://[::1]:25", Some(("::1", 25, Protection::Loopback)));
        check("smtp://mail.gov.example:587", Some(("mail.gov.example", 587, Protection::StartTls)));
        check("smtp://localhost.gov.example:587", Some(("localhost.gov.example", 587, Protection::StartTls)));
        check("smtp://10.0.0.1:25", Some(("10.0.0.1", 25, Protection::StartTls)));
        check("smtps://127.0.0.1:465", Some(("127.0.0.1", 465, Protection::Tls)));
        check("smtp://mail.gov.example", None);
        check("smtp://mail.gov.example:0", None);
        check("smtp://mail.gov.example:99999", None);
        check("smtp://user:password@mail.gov.example:587", None);
        check("smtp://:25", None);
        check("http://mail.gov.example:80", None);
        check("", None);
    }
}
