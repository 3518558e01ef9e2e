//! What was typed, out of the octets in which it travelled.

use rusmpp::values::DataCoding;

/// Where a part stands among those of its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub mark: u16,
    pub count: u8,
    pub number: u8,
}

/// The header of a part, where there is one, and the rest.
pub(crate) fn apart(octets: &[u8], has_header: bool) -> (Option<Place>, &[u8]) {
    let length = octets.first().map_or(0, |length| usize::from(*length) + 1);
    let Some((header, rest)) = octets.split_at_checked(length).filter(|_| has_header) else {
        return (None, octets);
    };
    let place = match header {
        [5, 0, 3, mark, count, number] => {
            Some(Place { mark: u16::from(*mark), count: *count, number: *number })
        }
        [6, 8, 4, high, low, count, number] => {
            Some(Place { mark: u16::from_be_bytes([*high, *low]), count: *count, number: *number })
        }
        _ => None,
    };
    (place, rest)
}

pub(crate) fn text(octets: &[u8], coding: DataCoding) -> String {
    match coding {
        DataCoding::Ucs2 => {
            let units: Vec<u16> =
                octets.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        _ => octets.iter().map(|octet| char::from(*octet)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_says_where_it_stands() {
        let (place, rest) = apart(&[5, 0, 3, 9, 2, 1, b'a'], true);
        assert_eq!(place, Some(Place { mark: 9, count: 2, number: 1 }));
        assert_eq!(rest, b"a");
        assert_eq!(apart(&[5, 0], true).0, None);
        assert_eq!(apart(b"plain", false), (None, &b"plain"[..]));
    }

    #[test]
    fn both_scripts_are_read() {
        assert_eq!(text(&[0x06, 0x31], DataCoding::Ucs2), "ر");
        assert_eq!(text(b"code", DataCoding::McSpecific), "code");
    }
}
