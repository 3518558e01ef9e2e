//! The Arabic stem: by the lexicon where a word or its remainder stands in it, by light rules elsewhere.
//!
//! The lexicon decides first because letters alone cannot: the و of وثيقة is its own, the و of وشهادة is not.
//! The rules behind it follow Larkey's light10 stemmer, loosened for words that begin with و or ال of their own.

use super::dictionary::lexicon;

/// Clitics that are taken off when what remains is a word of the lexicon; "" takes nothing off.
const PREFIXES: [&str; 27] = [
    "", "و", "ف", "ب", "ك", "ل", "ال", "لل", "وال", "فال", "بال", "كال", "وبال", "وكال", "فبال", "ولل",
    "فلل", "وب", "ول", "وك", "فب", "فل", "عال", "هال", "اهال", "وهال", "س",
];

/// Endings and what stands in the lexicon in their place: `شهادتي` → `شهاد` + `ه`.
const SUFFIXES: [(&str, &[&str]); 46] = [
    ("", &[""]),
    ("ات", &["ه", ""]),
    ("تان", &["ه"]),
    ("تين", &["ه"]),
    ("ون", &[""]),
    ("ين", &[""]),
    ("ان", &[""]),
    ("وا", &[""]),
    ("و", &[""]),
    ("ا", &[""]),
    ("ه", &[""]),
    ("ي", &["", "ه"]),
    ("يه", &[""]),
    ("ك", &[""]),
    ("ها", &[""]),
    ("هم", &[""]),
    ("هن", &[""]),
    ("هما", &[""]),
    ("نا", &[""]),
    ("كم", &[""]),
    ("كن", &[""]),
    ("كما", &[""]),
    ("ت", &["ه"]),
    ("تا", &["ه"]),
    ("تي", &["ه"]),
    ("تك", &["ه"]),
    ("ته", &["ه"]),
    ("تها", &["ه"]),
    ("تهم", &["ه"]),
    ("تهن", &["ه"]),
    ("تهما", &["ه"]),
    ("تنا", &["ه"]),
    ("تكم", &["ه"]),
    ("تيه", &["ه"]),
    ("تيها", &["ه"]),
    ("اتي", &["ه", ""]),
    ("اتك", &["ه", ""]),
    ("اته", &["ه", ""]),
    ("اتها", &["ه", ""]),
    ("اتهم", &["ه", ""]),
    ("اتهن", &["ه", ""]),
    ("اتنا", &["ه", ""]),
    ("اتكم", &["ه", ""]),
    ("يات", &[""]),
    ("يين", &["ي", ""]),
    ("يون", &["ي", ""]),
];

/// Letters that must remain when only rules speak.
const REMAINDER_MIN: usize = 3;

/// Endings that a word of two letters takes; longer ones make another word of it: أم and أمان.
const SHORT_WORD_SUFFIXES: [&str; 6] = ["", "ه", "ي", "ك", "ها", "هم"];

/// The stem of a folded Arabic word. People leave out the hamza behind a final alef (انشا for إنشاء), so a word that
/// ends in alef is also read with it, after every other reading.
pub(super) fn stem(word: &str) -> String {
    if let Some(stem) = in_lexicon(word) {
        return stem.to_owned();
    }
    let with_hamza = word.ends_with('ا').then(|| format!("{word}ء"));
    with_hamza.as_deref().and_then(in_lexicon).map_or_else(|| light(word), str::to_owned)
}

/// The lexicon's stem for the reading that takes the fewest letters off the word.
fn in_lexicon(word: &str) -> Option<&'static str> {
    let mut best: Option<(usize, &'static str)> = None;
    for prefix in PREFIXES {
        let Some(rest) = word.strip_prefix(prefix) else { continue };
        for (suffix, replacements) in SUFFIXES {
            let Some(base) = rest.strip_suffix(suffix) else { continue };
            let cut = 2 * (letters(prefix) + letters(suffix)) + usize::from(!prefix.is_empty());
            if letters(base) < 2 || best.is_some_and(|(least, _)| least <= cut) {
                continue;
            }
            let allowed = |end: &str| {
                letters(base) + letters(end) >= REMAINDER_MIN || SHORT_WORD_SUFFIXES.contains(&suffix)
            };
            if let Some(stem) =
                replacements.iter().filter(|end| allowed(end)).find_map(|end| known(base, end))
            {
                best = Some((cut, stem));
            }
        }
    }
    best.map(|(_, stem)| stem)
}

fn known(base: &str, end: &str) -> Option<&'static str> {
    if end.is_empty() { lexicon(base) } else { lexicon(&format!("{base}{end}")) }
}

/// Articles with their clitics, and و alone; each comes off as long as three letters remain.
const LIGHT_PREFIXES: [&str; 11] =
    ["وبال", "وكال", "فبال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال", "و"];
const LIGHT_SUFFIXES: [&str; 9] = ["تان", "ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];

/// light10. Prefixes are taken off until none is left, so that a word that begins like one meets itself with another
/// in front: `الوليمه` and `وليمه` are both `ليم`.
fn light(word: &str) -> String {
    let mut rest = word;
    while let Some(shorter) = LIGHT_PREFIXES.iter().find_map(|prefix| strip(rest, prefix, true)) {
        rest = shorter;
    }
    if let Some(unhamzated) = rest.strip_suffix('ء').filter(|alef| alef.ends_with('ا')) {
        return unhamzated.to_owned();
    }
    // In توجيه or ترفيه the last two letters are the root's own.
    if rest.starts_with('ت') && rest.ends_with("يه") && letters(rest) == 5 {
        return rest.to_owned();
    }
    for suffix in LIGHT_SUFFIXES {
        rest = strip(rest, suffix, false).unwrap_or(rest);
    }
    rest.to_owned()
}

fn strip<'a>(word: &'a str, affix: &str, leading: bool) -> Option<&'a str> {
    let rest = if leading { word.strip_prefix(affix) } else { word.strip_suffix(affix) }?;
    (letters(rest) >= REMAINDER_MIN).then_some(rest)
}

fn letters(word: &str) -> usize {
    word.chars().count()
}
