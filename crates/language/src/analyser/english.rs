//! The English stem: plural, -ing and -ed taken off lightly, and a silent final e.

/// The stem of a folded word that begins with an ASCII letter.
pub(super) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word).replace('\'', "");
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return word;
    }
    let singular = singular(&word);
    let root = without_ending(&singular);
    let root = without_silent_e(root);
    // Spellings differ on both sides of the ocean: cancelled, canceled; fulfil, fulfill.
    if root.ends_with("ll") { root[..root.len() - 1].to_owned() } else { root.to_owned() }
}

fn singular(word: &str) -> String {
    if word.len() <= 3 || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    if let Some(rest) = word.strip_suffix("ies") {
        return if rest.len() > 1 { format!("{rest}y") } else { format!("{rest}ie") };
    }
    if ["sses", "shes", "ches", "xes", "zzes"].iter().any(|end| word.ends_with(end)) {
        return word[..word.len() - 2].to_owned();
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

/// Takes off -ing and -ed where a root with a vowel and three letters remains: `planning` → `plan`, `king` stays.
fn without_ending(word: &str) -> &str {
    if word.ends_with("eed") {
        return word;
    }
    let Some(root) = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")) else { return word };
    if root.len() < 3 || !root.bytes().any(|byte| b"aeiouy".contains(&byte)) {
        return word;
    }
    let bytes = root.as_bytes();
    let doubled = bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
    if doubled && !b"lsz".contains(&bytes[bytes.len() - 1]) { &root[..root.len() - 1] } else { root }
}

fn without_silent_e(word: &str) -> &str {
    match word.strip_suffix('e') {
        Some(rest) if rest.len() >= 3 && !rest.ends_with('e') => rest,
        _ => word,
    }
}
