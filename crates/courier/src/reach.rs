//! Where a call may go. An address that somebody typed must not become a way into the networks behind this server, so a
//! private network is reached only where the installation names it; and a plain line only on this machine itself, where
//! that is named.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use http::Uri;

/// Longer addresses are no addresses of a service.
pub const ADDRESS_CHARACTERS_MAX: usize = 500;

/// An address of a service of others, as it was typed and found good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Uri);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("the address cannot be read, names a user, or is too long")]
    Form,
    #[error("the address does not begin with https://")]
    Plain,
    #[error("the address lies in a network that this installation does not call")]
    OutOfReach,
}

/// Machines whose addresses begin alike: `10.20.0.0/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: u128,
    /// Bits of 128 in which its addresses agree.
    bits: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a network like 10.20.0.0/16")]
pub struct NetworkError(String);

/// The private networks that may be called.
#[derive(Clone, Debug, Default)]
pub struct Reach(pub Vec<Network>);

impl Reach {
    /// Public addresses always; everything else where it is named.
    pub fn allows(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        is_public(ip) || self.0.iter().any(|network| network.holds(ip))
    }

    /// Reads an address, without asking what its name resolves to: that is asked anew at each call.
    pub fn check(&self, typed: &str) -> Result<Address, AddressError> {
        let typed = typed.trim();
        if typed.chars().count() > ADDRESS_CHARACTERS_MAX || typed.contains('#') {
            return Err(AddressError::Form);
        }
        let uri: Uri = typed.parse().map_err(|_| AddressError::Form)?;
        let authority = uri.authority().ok_or(AddressError::Form)?;
        if authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(AddressError::Form);
        }
        let address = Address(uri);
        let literal = address.host().parse::<IpAddr>().ok();
        if literal.is_some_and(|ip| !self.allows(ip)) {
            return Err(AddressError::OutOfReach);
        }
        let is_own_machine = literal.is_some_and(|ip| ip.to_canonical().is_loopback());
        match address.0.scheme_str() {
            Some("https") => Ok(address),
            Some("http") if is_own_machine => Ok(address),
            Some("http") => Err(AddressError::Plain),
            _ => Err(AddressError::Form),
        }
    }
}

impl Address {
    pub(crate) fn uri(&self) -> &Uri {
        &self.0
    }

    /// Without the brackets of an IPv6 address.
    pub(crate) fn host(&self) -> &str {
        self.0.host().unwrap_or_default().trim_matches(['[', ']'])
    }

    pub(crate) fn is_secure(&self) -> bool {
        self.0.scheme_str() == Some("https")
    }

    pub(crate) fn port(&self) -> u16 {
        self.0.port_u16().unwrap_or(if self.is_secure() { 443 } else { 80 })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl Network {
    pub fn holds(&self, ip: IpAddr) -> bool {
        let shift = 128 - self.bits;
        self.bits == 0 || wide(ip) >> shift == self.first >> shift
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    /// One address alone is a network of one machine.
    fn from_str(word: &str) -> Result<Network, NetworkError> {
        let error = || NetworkError(word.to_owned());
        let (ip, bits) =
            word.trim().split_once('/').map_or((word.trim(), None), |(ip, bits)| (ip, Some(bits)));
        let ip: IpAddr = ip.parse().map_err(|_| error())?;
        let most = if ip.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| error()))?;
        if bits > most {
            return Err(error());
        }
        Ok(Network { first: wide(ip), bits: 128 - most + bits })
    }
}

/// As a number of IPv6, so that both kinds compare alike.
fn wide(ip: IpAddr) -> u128 {
    match ip {
        IpAddr::V4(ip) => u128::from(ip.to_ipv6_mapped()),
        IpAddr::V6(ip) => u128::from(ip),
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_4(ip),
        IpAddr::V6(ip) => is_public_6(ip),
    }
}

/// Everything that the registry of special addresses (RFC 6890) does not set aside.
fn is_public_4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let set_aside = a == 0
        || a >= 224
        || ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local()
        || ip.is_documentation()
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !set_aside
}

/// What is routed at all, without the ranges in which an IPv4 address hides or that are for books.
fn is_public_6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    let routed = a & 0xe000 == 0x2000;
    let hides = a == 0x2002 || (a == 0x2001 && b < 0x0200);
    let for_books = (a == 0x2001 && b == 0x0db8) || a == 0x3fff;
    routed && !hides && !for_books
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(networks: &[&str]) -> Reach {
        Reach(networks.iter().map(|word| word.parse().expect("a network")).collect())
    }

    #[test]
    fn private_networks_are_called_only_where_they_are_named() {
        let nowhere = reach(&[]);
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!nowhere.allows(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["8.8.8.8", "197.231.0.1", "100.63.0.1", "172.32.0.1", "2a00:1450::1", "2606:4700::1111"] {
            assert!(nowhere.allows(ip.parse().expect("an address")), "{ip}");
        }
        let some = reach(&["10.20.0.0/16", "127.0.0.1", "fd00::/8"]);
        for (ip, allowed) in [
            ("10.20.255.1", true),
            ("10.21.0.1", false),
            ("127.0.0.1", true),
            ("127.0.0.2", false),
            ("::ffff:10.20.0.9", true),
            ("fdab::1", true),
            ("fe80::1", false),
        ] {
            assert_eq!(some.allows(ip.parse().expect("an address")), allowed, "{ip}");
        }
    }

    #[test]
    fn networks_are_read() {
        for wrong in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "all", "10.0.0.0/-1"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong:?}");
        }
        assert!(reach(&["0.0.0.0/0"]).allows(IpAddr::V4(Ipv4Addr::LOCALHOST)));
    }

    fn check(typed: &str, expected: Result<(), AddressError>) {
        assert_eq!(reach(&["127.0.0.0/8"]).check(typed).map(drop), expected, "{typed}");
    }

    #[test]
    fn an_address_is_https_and_hides_nothing() {
        check("https://registry.example/diwan", Ok(()));
        check(" https://registry.example:8443/a?b=c ", Ok(()));
        check("http://127.0.0.1:9/x", Ok(()));
        check("http://registry.example/", Err(AddressError::Plain));
        check("http://8.8.8.8/", Err(AddressError::Plain));
        check("https://10.0.0.1/", Err(AddressError::OutOfReach));
        check("https://[::1]/", Err(AddressError::OutOfReach));
        check("https://[::ffff:10.0.0.1]/", Err(AddressError::OutOfReach));
        for wrong in
            ["", "registry", "/path", "ftp://a.example/", "https://u:p@a.example/", "https://a.example/#x"]
        {
            check(wrong, Err(AddressError::Form));
        }
        check(&format!("https://a.example/{}", "a".repeat(ADDRESS_CHARACTERS_MAX)), Err(AddressError::Form));
    }
}
