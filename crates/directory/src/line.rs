//! A line to a directory: opened within limits to where calls may go, bound as somebody, and asked for one account.
//!
//! Whatever does not work is a [`Fault`] that says at which stage it happened and what the other side said.

pub(crate) mod pool;

use std::{
    fmt::Display,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use courier::Reach;
use ldap3::{
    DerefAliases, Ldap, LdapConnAsync, LdapConnSettings, Scope, SearchEntry, SearchOptions, StdStream,
    ldap_escape,
};
use rustls::ClientConfig;
use tokio::{net::TcpStream, time::timeout};

use crate::account::{ATTRIBUTES, Account, Bound};

/// How long a line may take to open, and each question on it.
const OPEN_TIME_MAX: Duration = Duration::from_secs(3);
const ANSWER_TIME_MAX: Duration = Duration::from_secs(3);
/// Entries that are asked for: the second shows that the first is not the only one.
const ENTRIES_MAX: i32 = 2;
/// Characters of what the other side said that are kept and shown.
const SAID_CHARACTERS_MAX: usize = 200;

/// Result codes of RFC 4511 of a search.
const NO_SUCH_OBJECT: u32 = 32;
const SIZE_LIMIT_EXCEEDED: u32 = 4;

/// Where the number of a person goes in a filter.
pub(crate) const PLACE: &str = "{identifier}";

/// How the line is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    Ldaps,
    StartTls,
    /// Only on this machine itself, where another program protects the way on.
    Plain,
}

impl Channel {
    pub(crate) const ALL: [Channel; 3] = [Channel::Ldaps, Channel::StartTls, Channel::Plain];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Channel::Ldaps => "ldaps",
            Channel::StartTls => "starttls",
            Channel::Plain => "plain",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.word() == word)
    }

    pub(crate) fn port(self) -> u16 {
        match self {
            Channel::Ldaps => 636,
            Channel::StartTls | Channel::Plain => 389,
        }
    }
}

/// What is done one after the other, until something fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    Reach,
    Secure,
    Reader,
    Search,
    Account,
}

impl Stage {
    pub(crate) const ALL: [Stage; 5] =
        [Stage::Reach, Stage::Secure, Stage::Reader, Stage::Search, Stage::Account];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Stage::Reach => "reach",
            Stage::Secure => "secure",
            Stage::Reader => "reader",
            Stage::Search => "search",
            Stage::Account => "account",
        }
    }
}

/// What did not work. Its text is `refusal-item-staff-directory-<word>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub stage: Stage,
    pub word: &'static str,
    /// What the other side said, cut short; empty where it said nothing.
    pub said: String,
}

impl Fault {
    pub(crate) fn new(stage: Stage, word: &'static str, said: impl Display) -> Fault {
        let said: String = said.to_string().chars().filter(|c| !c.is_control()).collect();
        Fault { stage, word, said: said.trim().chars().take(SAID_CHARACTERS_MAX).collect() }
    }

    fn slow(stage: Stage) -> Fault {
        Fault::new(stage, "slow", "")
    }
}

/// Everything that a line needs to know. Not `Debug`: it holds a password.
pub(crate) struct Target {
    pub host: String,
    pub port: u16,
    pub channel: Channel,
    pub tls: Arc<ClientConfig>,
    pub base: String,
    pub filter: String,
    pub attribute: String,
    pub reader: String,
    pub secret: String,
}

pub(crate) struct Line(Ldap);

impl Line {
    /// Opens a line, as nobody yet.
    pub(crate) async fn open(to: &Target, reach: &Reach) -> Result<Line, Fault> {
        let stream = timeout(OPEN_TIME_MAX, connect(to, reach));
        let stream = stream.await.map_err(|_| Fault::slow(Stage::Reach))??;
        let broken = |error: std::io::Error| Fault::new(Stage::Reach, "unreachable", error);
        let stream = stream.into_std().map_err(broken)?;
        let settings = LdapConnSettings::new()
            .set_std_stream(StdStream::Tcp(stream))
            .set_config(to.tls.clone())
            .set_starttls(to.channel == Channel::StartTls);
        let scheme = if to.channel == Channel::Ldaps { "ldaps" } else { "ldap" };
        let address = format!("{scheme}://{}:{}", bracketed(&to.host), to.port);
        let opening = timeout(OPEN_TIME_MAX, LdapConnAsync::with_settings(settings, &address)).await;
        let opened = opening.map_err(|_| Fault::slow(Stage::Secure))?;
        let (connection, ldap) = opened.map_err(|error| Fault::new(Stage::Secure, "untrusted", error))?;
        // It ends with the last handle of the line.
        tokio::spawn(async move {
            if let Err(error) = connection.drive().await {
                tracing::debug!(%error, "a line to a directory broke");
            }
        });
        Ok(Line(ldap))
    }

    /// Opens a line and binds it as the account that looks people up.
    pub(crate) async fn open_as_reader(to: &Target, reach: &Reach) -> Result<Line, Fault> {
        let mut line = Line::open(to, reach).await?;
        let bound = line.0.with_timeout(ANSWER_TIME_MAX).simple_bind(&to.reader, &to.secret).await;
        let bound = bound.map_err(|error| Fault::new(Stage::Reader, "broken", error))?;
        match bound.rc {
            0 => Ok(line),
            _ => Err(Fault::new(Stage::Reader, "reader_refused", said(bound.rc, &bound.text))),
        }
    }

    /// The accounts of whoever has this number: none, the one, or two where it is not clear which.
    pub(crate) async fn find(&mut self, of: &Target, identifier: &str) -> Result<Vec<Account>, Fault> {
        let filter = of.filter.replace(PLACE, &ldap_escape(identifier));
        let options = SearchOptions::new().deref(DerefAliases::Never).sizelimit(ENTRIES_MAX);
        let mut attributes = vec![of.attribute.as_str()];
        attributes.extend(ATTRIBUTES);
        let line = self.0.with_search_options(options).with_timeout(ANSWER_TIME_MAX);
        let found = line.search(&of.base, Scope::Subtree, &filter, attributes).await;
        let found = found.map_err(|error| Fault::new(Stage::Search, "broken", error))?;
        match found.1.rc {
            0 | SIZE_LIMIT_EXCEEDED => {}
            NO_SUCH_OBJECT => return Err(Fault::new(Stage::Search, "base_missing", &found.1.text)),
            code => return Err(Fault::new(Stage::Search, "search_refused", said(code, &found.1.text))),
        }
        let entries = found.0.into_iter().filter(|entry| !entry.is_ref() && !entry.is_intermediate());
        let accounts = entries.map(SearchEntry::construct);
        Ok(accounts.map(|entry| Account { dn: entry.dn, attributes: entry.attrs }).collect())
    }

    /// Tries a password. An empty one is never sent: to a directory that would be a call by nobody, which succeeds
    /// (RFC 4513, 5.1.2).
    pub(crate) async fn bind(&mut self, dn: &str, password: &str) -> Result<Bound, Fault> {
        if password.is_empty() || dn.is_empty() {
            return Ok(Bound::Wrong);
        }
        let bound = self.0.with_timeout(ANSWER_TIME_MAX).simple_bind(dn, password).await;
        let bound = bound.map_err(|error| Fault::new(Stage::Account, "broken", error))?;
        match Bound::of(bound.rc, &bound.text) {
            Bound::Unclear => Err(Fault::new(Stage::Account, "broken", said(bound.rc, &bound.text))),
            clear => Ok(clear),
        }
    }

    pub(crate) fn is_closed(&mut self) -> bool {
        self.0.is_closed()
    }
}

/// The code of an answer with its text.
fn said(code: u32, text: &str) -> String {
    format!("{code} {text}")
}

/// An IPv6 address as it stands in an address.
fn bracketed(host: &str) -> String {
    if host.contains(':') { format!("[{host}]") } else { host.to_owned() }
}

/// A name may lead to other addresses than yesterday, so each is looked at before it is called.
async fn connect(to: &Target, reach: &Reach) -> Result<TcpStream, Fault> {
    let found = tokio::net::lookup_host((to.host.as_str(), to.port)).await;
    let found: Vec<SocketAddr> =
        found.map_err(|error| Fault::new(Stage::Reach, "unresolved", error))?.collect();
    let is_near = |ip: IpAddr| to.channel != Channel::Plain || ip.to_canonical().is_loopback();
    let within: Vec<SocketAddr> =
        found.into_iter().filter(|at| reach.allows(at.ip()) && is_near(at.ip())).collect();
    if within.is_empty() {
        return Err(Fault::new(Stage::Reach, "out_of_reach", ""));
    }
    let stream = TcpStream::connect(within.as_slice()).await;
    stream.map_err(|error| Fault::new(Stage::Reach, "unreachable", error))
}
