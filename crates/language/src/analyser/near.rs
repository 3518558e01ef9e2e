//! Typing slips: how far two stems lie apart, and the trigrams with which near ones are looked up.

/// Letters from which one slip is forgiven, and from which two are.
const ONE_SLIP_LETTERS_MIN: usize = 4;
const TWO_SLIPS_LETTERS_MIN: usize = 8;

/// True when two stems differ by no more slips than their shorter one forgives: a letter too many, too few, wrong, or
/// two neighbours swapped (Damerau-Levenshtein distance, optimal string alignment).
pub fn near(a: &str, b: &str) -> bool {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let forgiven = match a.len().min(b.len()) {
        TWO_SLIPS_LETTERS_MIN.. => 2,
        ONE_SLIP_LETTERS_MIN.. => 1,
        _ => 0,
    };
    a.len().abs_diff(b.len()) <= forgiven && distance(&a, &b) <= forgiven
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let wrong = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = wrong.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// The distinct runs of three letters of a stem, with `_` before its first and behind its last letter.
pub fn trigrams(stem: &str) -> Vec<String> {
    let letters: Vec<char> = std::iter::once('_').chain(stem.chars()).chain(std::iter::once('_')).collect();
    let mut found: Vec<String> = letters.windows(3).map(|run| run.iter().collect()).collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_forgiven_by_length() {
        for (a, b, forgiven) in [
            ("شهاده", "شهداه", true),
            ("شهاده", "شهده", true),
            ("شهاده", "سهاده", true),
            ("شهاده", "سهده", false),
            ("رخص", "رخض", false),
            ("مستشفي", "مستشفي", true),
            ("الكتروني", "الكترني", true),
            ("certificat", "certifcta", true),
            ("passport", "pasport", true),
            ("passport", "report", false),
            ("زواج", "جواز", false),
            ("", "", true),
        ] {
            assert_eq!(near(a, b), forgiven, "{a} {b}");
            assert_eq!(near(b, a), forgiven, "{b} {a}");
        }
    }

    #[test]
    fn trigrams_mark_both_ends() {
        assert_eq!(trigrams("رخصه"), ["_رخ", "خصه", "رخص", "صه_"]);
        assert_eq!(trigrams("من"), ["_من", "من_"]);
        assert_eq!(trigrams(""), Vec::<String>::new());
    }
}
