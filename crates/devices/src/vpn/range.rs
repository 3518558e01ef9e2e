//! The addresses that a network gives out, of IPv4: `10.77.0.0/24`. The first is the gateway's own. Pure.

use std::{fmt, net::Ipv4Addr, str::FromStr};

/// A larger range holds more devices than one gateway serves.
const BITS_MIN: u32 = 20;
/// A smaller one has no address for a device.
const BITS_MAX: u32 = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    first: u32,
    bits: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RangeError;

impl Range {
    /// How many addresses devices may have: all but the network's, the gateway's and the last.
    pub(crate) fn devices_max(self) -> i64 {
        (1_i64 << (32 - self.bits)) - 3
    }

    /// The address of a device, counted from zero.
    pub(crate) fn of_device(self, place: i64) -> Ipv4Addr {
        let place = u32::try_from(place).unwrap_or_default();
        Ipv4Addr::from(self.first.saturating_add(2).saturating_add(place))
    }

    /// The gateway's own address with the length of the network: `10.77.0.1/24`.
    pub(crate) fn of_gateway(self) -> String {
        format!("{}/{}", Ipv4Addr::from(self.first + 1), self.bits)
    }
}

impl FromStr for Range {
    type Err = RangeError;

    fn from_str(word: &str) -> Result<Range, RangeError> {
        let (address, bits) = word.trim().split_once('/').ok_or(RangeError)?;
        let first = u32::from(address.parse::<Ipv4Addr>().map_err(|_| RangeError)?);
        let bits: u32 = bits.parse().map_err(|_| RangeError)?;
        let begins = (BITS_MIN..=BITS_MAX).contains(&bits) && first.trailing_zeros() >= 32 - bits;
        let private = Ipv4Addr::from(first).is_private();
        if begins && private { Ok(Range { first, bits }) } else { Err(RangeError) }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", Ipv4Addr::from(self.first), self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_private_begins_at_its_beginning_and_has_room() {
        for (word, fits) in [
            ("10.77.0.0/24", true),
            ("192.168.9.0/30", true),
            ("172.16.0.0/20", true),
            ("10.77.0.0/16", false),
            ("10.77.0.0/31", false),
            ("10.77.0.4/24", false),
            ("8.8.8.0/24", false),
            ("10.77.0.0", false),
            ("fd00::/64", false),
        ] {
            assert_eq!(word.parse::<Range>().is_ok(), fits, "{word}");
        }
    }

    #[test]
    fn no_device_has_the_address_of_the_gateway_nor_the_last() {
        let range: Range = "192.168.9.0/29".parse().expect("a range");
        assert_eq!(range.of_gateway(), "192.168.9.1/29");
        assert_eq!(range.devices_max(), 5);
        assert_eq!(range.of_device(0).to_string(), "192.168.9.2");
        assert_eq!(range.of_device(range.devices_max() - 1).to_string(), "192.168.9.6");
    }
}
