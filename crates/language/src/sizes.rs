//! Bytes as people say them.

use crate::{Digits, Lang, dates::own_texts, digits};

const KIBIBYTE: u64 = 1 << 10;
const MEBIBYTE: u64 = 1 << 20;
const GIBIBYTE: u64 = 1 << 30;

/// `340 كيلوبايت`, `2.4 ميغابايت`: one digit behind the point, where there is one to say.
pub fn size(bytes: u64, lang: Lang, shown: Digits) -> String {
    let (unit, key) = match bytes {
        GIBIBYTE.. => (GIBIBYTE, "size-gib"),
        MEBIBYTE.. => (MEBIBYTE, "size-mib"),
        _ => (KIBIBYTE, "size-kib"),
    };
    let tenths = bytes.saturating_mul(10) / unit;
    let amount = match (unit, tenths % 10) {
        (KIBIBYTE, _) | (_, 0) => (tenths / 10).max(1).to_string(),
        (_, rest) => format!("{}.{rest}", tenths / 10),
    };
    let amount = if shown == Digits::Arabic { digits(&amount, shown) } else { amount };
    own_texts().map_or_else(String::new, |texts| texts.say(lang, key, &[("amount", amount.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: u64, ar: &str, en: &str) {
        assert_eq!(
            (size(bytes, Lang::Ar, Digits::Latin), size(bytes, Lang::En, Digits::Latin)),
            (ar.into(), en.into())
        );
    }

    #[test]
    fn sizes_are_said_in_the_largest_unit() {
        check(0, "1 كيلوبايت", "1 KB");
        check(340 * KIBIBYTE, "340 كيلوبايت", "340 KB");
        check(MEBIBYTE, "1 ميغابايت", "1 MB");
        check(MEBIBYTE * 5 / 2, "2.5 ميغابايت", "2.5 MB");
        check(3 * GIBIBYTE, "3 غيغابايت", "3 GB");
        assert_eq!(size(MEBIBYTE * 5 / 2, Lang::Ar, Digits::Arabic), "٢.٥ ميغابايت");
    }
}
