//! Folding: one spelling for what readers read as one word.

use unicode_normalization::UnicodeNormalization;

/// The text in one spelling: compatibility forms and ligatures opened, lower case, without tashkeel, tatweel,
/// accents and invisible characters; hamza on or under alef is alef, ؤ and ئ are ء, ى is ي, ة is ه, Persian and
/// Urdu letters are their Arabic ones, digits are ASCII. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    // Composed first, so that ؤ and ئ are still one letter when their hamza is moved; then taken apart, so that every
    // other mark falls off its letter.
    text.nfkc()
        .flat_map(char::to_lowercase)
        .map(seat_of_hamza)
        .nfkd()
        .filter(|c| !is_mark(*c))
        .map(letter)
        .nfc()
        .collect()
}

fn seat_of_hamza(c: char) -> char {
    match c {
        'ؤ' | 'ئ' | 'ࢨ' | 'ٶ' | 'ٸ' => 'ء',
        c => c,
    }
}

/// Marks above and below letters, tatweel, and what has no width. Marks of other scripts, where they are vowels of
/// their own, stay.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{0610}'..='\u{061A}' | '\u{061C}' | 'ـ' | '\u{064B}'..='\u{065F}')
        || matches!(c, '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}')
        || matches!(c, '\u{0898}'..='\u{089F}' | '\u{08CA}'..='\u{08FF}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}')
        || matches!(c, '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
        || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

fn letter(c: char) -> char {
    match c {
        'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' => 'ا',
        'ى' | 'ی' | 'ې' | 'ے' | 'ۍ' | 'ێ' => 'ي',
        'ة' | 'ہ' | 'ھ' | 'ە' | 'ۃ' | 'ۀ' => 'ه',
        'ک' | 'ڪ' | 'گ' | 'ڭ' => 'ك',
        'پ' => 'ب',
        'چ' => 'ج',
        'ژ' => 'ز',
        'ڤ' => 'ف',
        'ڨ' => 'ق',
        '’' => '\'',
        c => digit(c),
    }
}

fn digit(c: char) -> char {
    let offset = match c {
        '٠'..='٩' => 0x0660,
        '۰'..='۹' => 0x06F0,
        c => return c,
    };
    char::from_u32(c as u32 - offset + 0x30).unwrap_or(c)
}
