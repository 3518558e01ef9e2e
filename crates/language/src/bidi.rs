//! Words of the other script inside a sentence keep their own order.
//!
//! Without isolation Arabic turns `26-0041-9086-44` around, and two Arabic names with an English comma between them read
//! as one. First-strong isolates say where a value begins and ends; what direction it has is told by its own letters.

use crate::Lang;

/// U+2068, first-strong isolate.
const BEGINS: char = '\u{2068}';
/// U+2069, pop directional isolate.
const ENDS: char = '\u{2069}';

/// Whether a sentence of this language could change the order of the word, or the word that of the sentence.
pub fn is_foreign(lang: Lang, word: &str) -> bool {
    match lang {
        Lang::Ar => word.chars().any(|letter| letter.is_ascii_alphanumeric()),
        Lang::En => word.chars().any(|letter| ('\u{0600}'..='\u{06ff}').contains(&letter)),
    }
}

/// The word with a mark on each side.
pub fn isolated(word: &str) -> String {
    format!("{BEGINS}{word}{ENDS}")
}

/// The word with a mark on each side where it needs one. Marks of its own are left out: they could end the isolation.
pub fn apart(lang: Lang, word: &str) -> String {
    let word: String = word.chars().filter(|letter| !is_mark(*letter)).collect();
    if is_foreign(lang, &word) { isolated(&word) } else { word }
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_foreign_stands_apart_and_cannot_break_out() {
        for (lang, word, expected) in [
            (Lang::Ar, "سلمى", "سلمى"),
            (Lang::Ar, "26-0041-9086-44", "\u{2068}26-0041-9086-44\u{2069}"),
            (Lang::Ar, "Al-Madar\u{2069}\u{202e}", "\u{2068}Al-Madar\u{2069}"),
            (Lang::En, "26-0041", "26-0041"),
            (Lang::En, "مدينة الساحل", "\u{2068}مدينة الساحل\u{2069}"),
        ] {
            assert_eq!(apart(lang, word), expected);
        }
    }
}
