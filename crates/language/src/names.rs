//! Names of people and files, freed of what would deceive a reader or a file system.
//!
//! A file name with U+202E in it shows `.exe` as if it were `.pdf`; two names that differ by a zero-width space look equal.
//! Names are cleaned where they enter; [`has_tricks`] lets a form refuse instead.

use unicode_normalization::UnicodeNormalization;

/// Bytes that a cleaned name may have; common file systems stop at 255.
pub const NAME_BYTES_MAX: usize = 240;
/// Bytes of a file's ending (`.pdf`) that survive when a name is cut.
const ENDING_BYTES_MAX: usize = 16;

/// The name in NFC, without bidi controls, zero-width and control characters; path separators become spaces,
/// spaces are single, dots and spaces at both ends go, and the length is at most [`NAME_BYTES_MAX`] bytes.
/// A name that has a letter is never emptied; one that is made of dots and controls alone is.
pub fn clean_name(name: &str) -> String {
    let visible: String = name
        .chars()
        .filter_map(|c| match c {
            c if c.is_whitespace() || is_separator(c) => Some(' '),
            c if is_invisible(c) => None,
            c => Some(c),
        })
        .nfc()
        .collect();
    let spaced = visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    shorten(trim(&spaced))
}

/// A text of several lines as it reads: without the invisible characters that keyboards and copied pages leave in it.
pub fn clean_text(text: &str) -> String {
    text.chars().filter(|c| !is_invisible(*c) || matches!(c, '\n' | '\t')).nfc().collect()
}

/// True when a text holds characters that only serve to deceive: bidi controls, zero-width characters, control
/// characters other than line ends and tabs, or a word that mixes Latin with Cyrillic or Greek letters.
pub fn has_tricks(text: &str) -> bool {
    text.chars().any(|c| is_invisible(c) && !matches!(c, '\n' | '\r' | '\t'))
        || text.split(|c: char| !c.is_alphabetic()).any(mixes_scripts)
}

fn trim(name: &str) -> &str {
    name.trim_matches(|c| c == '.' || c == ' ')
}

/// Cuts on a character boundary and keeps the ending, which says what the file is.
fn shorten(name: &str) -> String {
    if name.len() <= NAME_BYTES_MAX {
        return name.to_owned();
    }
    let ending = name
        .rfind('.')
        .map(|dot| &name[dot..])
        .filter(|ending| ending.len() <= ENDING_BYTES_MAX)
        .unwrap_or_default();
    let stem = name.floor_char_boundary(NAME_BYTES_MAX - ending.len());
    trim(&format!("{}{ending}", trim(&name[..stem]))).to_owned()
}

/// Slashes, their look-alikes, and the colon that separates drives and streams.
fn is_separator(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '\u{2044}' | '\u{2215}' | '\u{2216}' | '\u{29F8}' | '\u{29F9}')
        || matches!(c, '\u{FE68}' | '\u{FF0F}' | '\u{FF3C}' | '\u{FF1A}' | '\u{2236}' | '\u{A789}')
}

fn is_invisible(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || is_zero_width(c)
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters without width, fillers that show nothing, variation selectors and tags.
fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
    ) || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}')
        || matches!(c, '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

fn mixes_scripts(word: &str) -> bool {
    let latin = word.chars().any(|c| c.is_ascii_alphabetic() || ('\u{00C0}'..='\u{024F}').contains(&c));
    latin && word.chars().any(|c| matches!(c, '\u{0370}'..='\u{052F}'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_cleaned() {
        for (given, cleaned) in [
            ("تقرير\u{202E}fdp.exe", "تقريرfdp.exe"),
            ("../../etc/passwd", "etc passwd"),
            ("C:\\Users\\x\\شهادة.pdf", "C Users x شهادة.pdf"),
            ("سا\u{200B}لمة", "سالمة"),
            ("  شهادة \n ميلاد  ", "شهادة ميلاد"),
            ("e\u{0301}tat.pdf", "état.pdf"),
            (".htaccess", "htaccess"),
            ("a\0b", "ab"),
            ("...", ""),
        ] {
            assert_eq!(clean_name(given), cleaned, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_and_keeps_its_ending() {
        let cleaned = clean_name(&format!("{}.pdf", "ش".repeat(500)));
        assert!(cleaned.len() <= NAME_BYTES_MAX && cleaned.ends_with("ش.pdf"), "{cleaned}");
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(clean_text("سطر\u{200B}\r\nسطر\u{202E}\tآخر\u{0007}"), "سطر\nسطر\tآخر");
    }

    #[test]
    fn tricks_are_seen() {
        assert!(has_tricks("سالم\u{200F}ة") && has_tricks("pаypal") && has_tricks("a\u{0007}"));
        assert!(!has_tricks("سلمى Salma\n26/417") && !has_tricks("Σωκράτης and Иван"));
    }

    proptest! {
        #[test]
        fn no_trick_survives(name in "\\PC{0,80}|[ /\\\\:.\u{0}-\u{1f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}a-cش]{0,60}|\\p{Any}{0,120}") {
            let cleaned = clean_name(&name);
            prop_assert!(!cleaned.chars().any(|c| is_invisible(c) || is_separator(c)), "{cleaned:?}");
            prop_assert!(cleaned.len() <= NAME_BYTES_MAX);
            prop_assert_eq!(clean_name(&cleaned), cleaned.clone());
            let letter = name.chars().any(|c| c.is_alphabetic() && !is_invisible(c));
            prop_assert!(!letter || !cleaned.is_empty(), "{name:?} was emptied");
        }
    }
}
