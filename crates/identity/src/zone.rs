//! From where somebody calls: the main network, the one beside it for devices that are kept apart, or anywhere else.
//!
//! Told by the address of the caller alone. The guard reads that from the line itself, and from `X-Forwarded-For` only where
//! a proxy is trusted, so that nobody moves into the main network by a header.

use std::{net::IpAddr, str::FromStr};

use courier::Network;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    Main,
    Dmz,
    Outside,
}

impl Zone {
    pub const ALL: [Zone; 3] = [Zone::Main, Zone::Dmz, Zone::Outside];

    /// The word for rows; its text is `identity-zone-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Zone::Main => "main",
            Zone::Dmz => "dmz",
            Zone::Outside => "outside",
        }
    }

    pub fn named(word: &str) -> Option<Zone> {
        Zone::ALL.into_iter().find(|zone| zone.word() == word)
    }
}

/// A network and the zone that it is: `main=10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneNetwork {
    zone: Zone,
    network: Network,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneError(String);

impl std::fmt::Display for ZoneError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} is not a zone like main=10.0.0.0/8 or dmz=10.9.0.0/16", self.0)
    }
}

impl std::error::Error for ZoneError {}

impl FromStr for ZoneNetwork {
    type Err = ZoneError;

    fn from_str(typed: &str) -> Result<ZoneNetwork, ZoneError> {
        let wrong = || ZoneError(typed.to_owned());
        let (zone, network) = typed.trim().split_once('=').ok_or_else(wrong)?;
        let zone = Zone::named(zone).filter(|zone| *zone != Zone::Outside).ok_or_else(wrong)?;
        Ok(ZoneNetwork { zone, network: network.parse().map_err(|_| wrong())? })
    }
}

/// The networks of an installation. Without any, every address is of the main network.
#[derive(Clone, Debug, Default)]
pub struct Zones(pub Vec<ZoneNetwork>);

impl Zones {
    /// The first network that holds the address decides, so that a part of a network may be named before the whole.
    pub fn of(&self, address: IpAddr) -> Zone {
        if self.0.is_empty() {
            return Zone::Main;
        }
        let address = address.to_canonical();
        let held = self.0.iter().find(|one| one.network.holds(address));
        held.map_or(Zone::Outside, |one| one.zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_lies_in_the_first_zone_that_holds_it() {
        let zones = ["dmz=10.9.0.0/16", "main=10.0.0.0/8", "main=fd00::/8"].map(|typed| typed.parse());
        let zones = Zones(zones.into_iter().collect::<Result<_, ZoneError>>().expect("zones"));
        for (address, zone) in [
            ("10.9.1.1", Zone::Dmz),
            ("10.1.1.1", Zone::Main),
            ("::ffff:10.1.1.1", Zone::Main),
            ("fd12::1", Zone::Main),
            ("192.0.2.1", Zone::Outside),
            ("127.0.0.1", Zone::Outside),
        ] {
            let address = address.parse().expect("an address");
            assert_eq!(zones.of(address), zone, "{address}");
            assert_eq!(Zones::default().of(address), Zone::Main);
        }
        for wrong in ["main", "outside=10.0.0.0/8", "main=ten", "=10.0.0.0/8"] {
            assert!(wrong.parse::<ZoneNetwork>().is_err(), "{wrong}");
        }
    }
}
