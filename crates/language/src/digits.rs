//! Digits: shown as the reader prefers, accepted in every form that keyboards here produce.

use serde::{Deserialize, Serialize};

/// How numbers are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// ٠١٢٣٤٥٦٧٨٩
    Arabic,
    /// 0123456789
    #[default]
    Latin,
}

/// The text with all its digits in one form, whichever form they came in.
pub fn digits(text: &str, shown: Digits) -> String {
    text.chars()
        .map(|c| match (value(c), shown) {
            (Some(digit), Digits::Arabic) => char::from_u32(0x0660 + digit).unwrap_or(c),
            (Some(digit), Digits::Latin) => char::from_u32(0x30 + digit).unwrap_or(c),
            (None, _) => c,
        })
        .collect()
}

/// The text with Arabic-Indic, Persian and full-width digits turned into ASCII, and the Arabic decimal and
/// thousands separators between digits too (`١٢٫٥` → `12.5`, `١٬٠٠٠` → `1000`). For whatever is typed into a
/// number, phone, date or code field.
pub fn fold_digits(text: &str) -> String {
    digits(text, Digits::Latin)
        .chars()
        .filter_map(|c| match c {
            '٫' => Some('.'),
            '٬' => None,
            c => Some(c),
        })
        .collect()
}

fn value(c: char) -> Option<u32> {
    let c = c as u32;
    match c {
        0x30..=0x39 => Some(c - 0x30),
        0x0660..=0x0669 => Some(c - 0x0660),
        0x06F0..=0x06F9 => Some(c - 0x06F0),
        0xFF10..=0xFF19 => Some(c - 0xFF10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_shown_and_read_in_both_forms() {
        assert_eq!(digits("26-000417", Digits::Arabic), "٢٦-٠٠٠٤١٧");
        assert_eq!(digits("٢٦-۰۰۰۴۱۷", Digits::Latin), "26-000417");
        assert_eq!(fold_digits("١٬٢٣٤٫٥ دينار"), "1234.5 دينار");
        assert_eq!(fold_digits("Room 7"), "Room 7");
    }
}
