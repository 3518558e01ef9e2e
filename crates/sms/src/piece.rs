//! A text in the pieces in which it travels: 160 Latin characters or 70 of any script fit into one, and what is longer is cut
//! into parts that phones put together again (3GPP TS 23.040, 9.2.3.24.1). Pure.

/// Octets of the header that says which part of how many this is.
const HEADER_OCTETS: usize = 6;
const LATIN_WHOLE: usize = 160;
const LATIN_PART: usize = 153;
/// UTF-16 units.
const WIDE_WHOLE: usize = 70;
const WIDE_PART: usize = 67;
/// More parts are no message but a letter.
pub const PARTS_MAX: usize = 6;

/// How the characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// The centre's own alphabet, of which only what all centres agree on is used.
    Latin,
    /// UTF-16 with the high octet first.
    Wide,
}

/// One piece: octets, and whether they begin with a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub octets: Vec<u8>,
    pub has_header: bool,
}

/// Cuts a text. `mark` tells the parts of this message from those of another to the same phone. None when it is too long or
/// empty.
pub fn pieces(text: &str, mark: u8) -> Option<(Coding, Vec<Piece>)> {
    let is_latin = text.chars().all(is_common);
    let (coding, whole, part) = match is_latin {
        true => (Coding::Latin, LATIN_WHOLE, LATIN_PART),
        false => (Coding::Wide, WIDE_WHOLE, WIDE_PART),
    };
    let parts = cut(text, coding, whole, part);
    let count = u8::try_from(parts.len()).ok()?;
    match parts.len() {
        0 => None,
        1 => Some((coding, vec![Piece { octets: octets(&parts[0], coding), has_header: false }])),
        2..=PARTS_MAX => {
            let piece = |(number, part): (u8, &String)| {
                let mut with_header = Vec::with_capacity(HEADER_OCTETS + part.len() * 2);
                with_header.extend([5, 0, 3, mark, count, number]);
                with_header.extend(octets(part, coding));
                Piece { octets: with_header, has_header: true }
            };
            Some((coding, (1..=count).zip(&parts).map(piece).collect()))
        }
        _ => None,
    }
}

/// Characters that stand at their ASCII place in the alphabet of GSM too, and cost one place.
fn is_common(letter: char) -> bool {
    let moved = matches!(letter, '@' | '$' | '[' | '\\' | ']' | '^' | '_' | '`' | '{' | '|' | '}' | '~');
    letter == '\n' || (matches!(letter, ' '..='~') && !moved)
}

/// No character is cut in two, nor one of two units.
fn cut(text: &str, coding: Coding, whole: usize, part: usize) -> Vec<String> {
    let size = |letter: char| if coding == Coding::Latin { 1 } else { letter.len_utf16() };
    let total: usize = text.chars().map(size).sum();
    let room = if total <= whole { whole } else { part };
    let (mut parts, mut used) = (Vec::<String>::new(), room);
    for letter in text.chars() {
        if used + size(letter) > room {
            parts.push(String::new());
            used = 0;
        }
        used += size(letter);
        if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts
}

fn octets(text: &str, coding: Coding) -> Vec<u8> {
    match coding {
        Coding::Latin => text.bytes().collect(),
        Coding::Wide => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, coding: Coding, sizes: &[usize]) {
        let (found, pieces) = pieces(text, 7).expect("pieces");
        let lengths: Vec<usize> = pieces.iter().map(|piece| piece.octets.len()).collect();
        assert_eq!((found, lengths.as_slice()), (coding, sizes), "{} characters", text.chars().count());
    }

    #[test]
    fn a_text_is_cut_where_phones_expect_it() {
        check("Your code is 482913.", Coding::Latin, &[20]);
        check(&"a".repeat(160), Coding::Latin, &[160]);
        check(&"a".repeat(161), Coding::Latin, &[6 + 153, 6 + 8]);
        check("رمزك 482913", Coding::Wide, &[22]);
        check(&"ر".repeat(70), Coding::Wide, &[140]);
        check(&"ر".repeat(71), Coding::Wide, &[6 + 134, 6 + 8]);
        check("a_b", Coding::Wide, &[6]);
        // The last character of the first part has two units and goes into the second one whole.
        check(&format!("{}😀{}", "ر".repeat(66), "ر".repeat(10)), Coding::Wide, &[6 + 132, 6 + 24]);
    }

    #[test]
    fn parts_say_which_of_how_many_they_are() {
        let (_, pieces) = pieces(&"ر".repeat(200), 9).expect("pieces");
        let heads: Vec<&[u8]> = pieces.iter().map(|piece| &piece.octets[..6]).collect();
        assert_eq!(heads, [[5, 0, 3, 9, 3, 1], [5, 0, 3, 9, 3, 2], [5, 0, 3, 9, 3, 3]]);
        assert!(pieces.iter().all(|piece| piece.has_header && piece.octets.len() <= 140));
    }

    #[test]
    fn nothing_and_letters_are_no_messages() {
        assert_eq!(pieces("", 1), None);
        assert_eq!(pieces(&"ر".repeat(WIDE_PART * PARTS_MAX + 1), 1), None);
        assert!(pieces(&"ر".repeat(WIDE_PART * PARTS_MAX), 1).is_some());
    }
}
