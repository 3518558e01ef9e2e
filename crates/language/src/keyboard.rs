//! Where letters lie on the keyboard: which ones fingers mistake for each other, and what a word becomes that was
//! typed while the keyboard stood on the other language.

/// The rows of the usual Arabic keyboard, and of the English one beneath the same keys.
const ARABIC_ROWS: [&str; 3] = ["ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"];
const ENGLISH_ROWS: [&str; 3] = ["qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"];

/// Letters that sound or look alike, so that people write one for the other.
const ALIKE: [&str; 10] = ["ضظد", "ذدز", "تطث", "سصث", "قغك", "حخجه", "عغ", "فق", "بتثني", "رزو"];

/// True when one letter was easily meant by the other.
pub(crate) fn neighbours(a: char, b: char) -> bool {
    ALIKE.iter().any(|letters| letters.contains(a) && letters.contains(b))
        || ARABIC_ROWS.iter().chain(&ENGLISH_ROWS).any(|row| beside(row, a, b))
}

fn beside(row: &str, a: char, b: char) -> bool {
    let at = |letter| row.chars().position(|known| known == letter);
    matches!((at(a), at(b)), (Some(a), Some(b)) if a.abs_diff(b) == 1)
}

/// The word that the same keys write on the other keyboard; None when a key writes no letter there.
pub(crate) fn other_layout(word: &str) -> Option<String> {
    // لا has a key of its own, under b.
    let word = word.replace("لا", "b");
    word.chars()
        .map(|letter| match letter {
            'b' if word.is_ascii() => Some("لا".to_owned()),
            'b' => Some("b".to_owned()),
            letter => swapped(letter).map(String::from),
        })
        .collect()
}

fn swapped(letter: char) -> Option<char> {
    ARABIC_ROWS.iter().zip(&ENGLISH_ROWS).find_map(|(arabic, english)| {
        // The third row has no key of its own for لا, which stands under b.
        let keys: Vec<char> = english.chars().filter(|key| *key != 'b').collect();
        let letters: Vec<char> = arabic.chars().collect();
        let to = |from: &[char], to: &[char]| {
            from.iter().position(|known| *known == letter).and_then(|at| to.get(at).copied())
        };
        to(&keys, &letters).or_else(|| to(&letters, &keys))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_keys_write_the_other_language() {
        assert_eq!(other_layout("[,h.").as_deref(), Some("جواز"));
        assert_eq!(other_layout("صعقلا").as_deref(), Some("wurb"));
        assert_eq!(other_layout("حشسسحخقف").as_deref(), Some("passport"));
        assert_eq!(other_layout("١٢"), None);
    }

    #[test]
    fn fingers_and_ears_err() {
        assert!(neighbours('س', 'ش') && neighbours('ض', 'ظ') && neighbours('n', 'm'));
        assert!(!neighbours('م', 'ق'));
    }
}
