//! A connection as it was typed, and what it must say.

use std::net::IpAddr;

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use identity::SecretKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Connection, trusting};
use crate::line::{Channel, PLACE};

const HOST_CHARACTERS_MAX: usize = 253;
const NAME_CHARACTERS_MAX: usize = 500;
const ATTRIBUTE_CHARACTERS_MAX: usize = 64;
const SECRET_CHARACTERS_MAX: usize = 500;
const AUTHORITIES_BYTES_MAX: usize = 64 * 1024;

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "staff_directory.incomplete", &["KW-RW-9.5.6"]);

/// A connection as somebody wants it. Not `Debug`: it holds a password.
#[derive(Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = StaffDirectoryWish)]
pub(crate) struct ConnectionWish {
    /// The name of the server, or its address.
    #[schema(max_length = 253, example = "dc1.example.gov.ly")]
    pub host: String,
    /// Empty for the usual one of the channel.
    #[schema(max_length = 5, example = "636")]
    pub port: String,
    /// `ldaps`, `starttls`, or `plain` on this machine itself.
    #[schema(example = "ldaps")]
    pub channel: String,
    /// The certificates of your own authority, as PEM; empty where a public one vouches for the server.
    #[schema(max_length = 65536)]
    pub authorities: String,
    /// Below which people are looked for.
    #[schema(max_length = 500, example = "OU=Staff,DC=example,DC=gov,DC=ly")]
    pub base: String,
    /// How a person is found; `{identifier}` stands for the national number.
    #[schema(max_length = 500, example = "(&(objectClass=user)(employeeID={identifier}))")]
    pub filter: String,
    /// The attribute that carries the national number.
    #[schema(max_length = 64, example = "employeeID")]
    pub attribute: String,
    /// The account that looks people up.
    #[schema(max_length = 500, example = "CN=diwan,OU=Services,DC=example,DC=gov,DC=ly")]
    pub reader: String,
    /// Its password; empty to keep the one that is stored, as long as the server stays the same.
    #[schema(max_length = 500)]
    pub secret: String,
}

impl ConnectionWish {
    /// As it is stored, for somebody to change. The password stays where it is.
    pub(crate) fn of(kept: &Connection) -> ConnectionWish {
        ConnectionWish {
            host: kept.host.clone(),
            port: kept.port.to_string(),
            channel: kept.channel.word().to_owned(),
            authorities: kept.authorities.clone(),
            base: kept.base.clone(),
            filter: kept.filter.clone(),
            attribute: kept.attribute.clone(),
            reader: kept.reader.clone(),
            secret: String::new(),
        }
    }

    /// What stands in an empty form: the way of Active Directory.
    pub(crate) fn proposed() -> ConnectionWish {
        ConnectionWish {
            channel: Channel::Ldaps.word().to_owned(),
            filter: format!("(&(objectClass=user)(employeeID={PLACE}))"),
            attribute: "employeeID".to_owned(),
            ..ConnectionWish::default()
        }
    }

    /// The connection that is meant, or everything that is missing at once.
    pub(crate) fn checked(
        &self,
        body: Uuid,
        kept: Option<&Connection>,
        key: &SecretKey,
        (by, at): (Uuid, Timestamp),
    ) -> Result<Connection, Failure> {
        let channel = Channel::named(&self.channel);
        let typed_port = language::fold_digits(self.port.trim());
        let port = match (typed_port.as_str(), channel) {
            ("", Some(channel)) => Some(channel.port()),
            (typed, _) => typed.parse().ok().filter(|port| *port > 0),
        };
        let items = self.gaps(channel, port.is_some(), self.keeps_secret(kept, port));
        let (Some(channel), Some(port), []) = (channel, port, items.as_slice()) else {
            return Err(INCOMPLETE.with_items(items).into());
        };
        let sealed = match (self.secret.is_empty(), kept) {
            (true, Some(kept)) => kept.sealed.clone(),
            _ => key.seal(body, &self.secret)?,
        };
        Ok(Connection {
            body,
            host: self.host.trim().to_owned(),
            port,
            channel,
            authorities: self.authorities.trim().to_owned(),
            base: self.base.trim().to_owned(),
            filter: self.filter.trim().to_owned(),
            attribute: self.attribute.trim().to_owned(),
            reader: self.reader.trim().to_owned(),
            sealed,
            set_at: at,
            set_by: by,
        })
    }

    /// A stored password goes to the server for which it was given and to no other: else whoever changes the name of the
    /// server would be handed it.
    fn keeps_secret(&self, kept: Option<&Connection>, port: Option<u16>) -> bool {
        kept.is_some_and(|kept| {
            kept.host == self.host.trim()
                && Some(kept.port) == port
                && kept.channel.word() == self.channel
                && kept.authorities == self.authorities.trim()
                && kept.reader == self.reader.trim()
        })
    }

    fn gaps(&self, channel: Option<Channel>, port_fits: bool, keeps_secret: bool) -> Vec<Item> {
        let long = |text: &str, most: usize| text.chars().count() > most;
        let names = [("base", &self.base), ("filter", &self.filter), ("reader", &self.reader)];
        let filled = |text: &str| !text.trim().is_empty();
        let plain_fits = channel != Some(Channel::Plain) || is_loopback(self.host.trim());
        let attribute = self.attribute.trim();
        let mut checks = vec![
            ("host", "required", filled(&self.host), 0),
            ("host", "staff_directory_host", !filled(&self.host) || is_host(self.host.trim()), 0),
            ("port", "staff_directory_port", port_fits || channel.is_none(), 0),
            ("channel", "choice", channel.is_some(), 0),
            ("channel", "staff_directory_plain", plain_fits, 0),
            ("authorities", "staff_directory_pem", self.trusts(), 0),
            ("filter", "staff_directory_filter", !filled(&self.filter) || finds(self.filter.trim()), 0),
            ("attribute", "staff_directory_attribute", is_attribute(attribute), 0),
            ("secret", "staff_directory_secret", keeps_secret || !self.secret.is_empty(), 0),
            ("secret", "too_long", !long(&self.secret, SECRET_CHARACTERS_MAX), SECRET_CHARACTERS_MAX),
        ];
        for (field, text) in names {
            checks.push((field, "required", filled(text), 0));
            checks.push((field, "too_long", !long(text, NAME_CHARACTERS_MAX), NAME_CHARACTERS_MAX));
        }
        let open = checks.into_iter().filter(|(_, _, fits, _)| !fits);
        let detail = |most: usize| if most == 0 { String::new() } else { most.to_string() };
        open.map(|(field, code, _, most)| Item {
            field: field.into(),
            code: code.into(),
            detail: detail(most),
        })
        .collect()
    }

    fn trusts(&self) -> bool {
        let given = self.authorities.trim();
        given.len() <= AUTHORITIES_BYTES_MAX
            && (given.is_empty() || given.contains("BEGIN CERTIFICATE"))
            && trusting(given).is_ok()
    }
}

fn is_loopback(host: &str) -> bool {
    host.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

fn is_host(host: &str) -> bool {
    let is_name = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let fits = host.len() <= HOST_CHARACTERS_MAX && host.split('.').all(is_name);
    fits || host.parse::<IpAddr>().is_ok()
}

fn is_attribute(name: &str) -> bool {
    name.len() <= ATTRIBUTE_CHARACTERS_MAX
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether a filter can be read and asks for the number.
fn finds(filter: &str) -> bool {
    filter.contains(PLACE) && ldap3::parse_filter(filter.replace(PLACE, "1")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: Uuid = Uuid::max();

    fn wish() -> ConnectionWish {
        ConnectionWish {
            host: "dc1.example.gov.ly".into(),
            base: "dc=example".into(),
            reader: "cn=diwan".into(),
            secret: "a secret".into(),
            ..ConnectionWish::proposed()
        }
    }

    fn check(change: impl Fn(&mut ConnectionWish), expected: &[(&str, &str)]) {
        let mut wish = wish();
        change(&mut wish);
        let outcome = wish.checked(BODY, None, &SecretKey::random(), (BODY, Timestamp(0)));
        let items = outcome.err().and_then(|failure| failure.refusal().map(|no| no.items.clone()));
        let found: Vec<(String, String)> =
            items.unwrap_or_default().into_iter().map(|item| (item.field, item.code)).collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(field, code)| ((*field).into(), (*code).into())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_connection_says_where_and_how() {
        check(|_| {}, &[]);
        check(|it| it.host = "dc1.example/path".into(), &[("host", "staff_directory_host")]);
        check(|it| it.host = "user@dc1".into(), &[("host", "staff_directory_host")]);
        check(|it| it.host = "fd00::1".into(), &[]);
        check(|it| it.port = "٦٣٦".into(), &[]);
        check(|it| it.port = "0".into(), &[("port", "staff_directory_port")]);
        check(|it| it.port = "70000".into(), &[("port", "staff_directory_port")]);
        check(|it| it.channel = "http".into(), &[("channel", "choice")]);
        check(|it| it.channel = "plain".into(), &[("channel", "staff_directory_plain")]);
        check(|it| (it.channel, it.host) = ("plain".into(), "127.0.0.1".into()), &[]);
        check(|it| it.authorities = "no certificate".into(), &[("authorities", "staff_directory_pem")]);
        check(|it| it.filter = "(uid=*)".into(), &[("filter", "staff_directory_filter")]);
        check(|it| it.filter = "(uid={identifier}".into(), &[("filter", "staff_directory_filter")]);
        check(|it| it.filter = String::new(), &[("filter", "required")]);
        check(|it| it.attribute = "employee ID".into(), &[("attribute", "staff_directory_attribute")]);
        check(|it| it.secret = String::new(), &[("secret", "staff_directory_secret")]);
        check(|it| it.reader = "x".repeat(501), &[("reader", "too_long")]);
    }

    #[test]
    fn a_stored_password_goes_to_its_own_server_alone() {
        let key = SecretKey::random();
        let kept = wish().checked(BODY, None, &key, (BODY, Timestamp(0))).expect("a connection");
        assert_eq!((kept.port, kept.target(&key).expect("a target").secret.as_str()), (636, "a secret"));
        let again = |change: fn(&mut ConnectionWish)| {
            let mut wish = ConnectionWish::of(&kept);
            change(&mut wish);
            wish.checked(BODY, Some(&kept), &key, (BODY, Timestamp(1))).is_ok()
        };
        assert!(again(|it| it.base = "ou=staff,dc=example".into()));
        assert!(!again(|it| it.host = "elsewhere.example".into()));
        assert!(!again(|it| it.port = "6360".into()));
        assert!(!again(|it| it.channel = "starttls".into()));
        assert!(!again(|it| it.reader = "cn=another".into()));
        assert!(again(|it| (it.host, it.secret) = ("elsewhere.example".into(), "a new one".into())));
    }
}
