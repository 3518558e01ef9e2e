//! Which words of a text are new and which are gone: the longest common run of words, marked for the reader.

use std::collections::HashSet;

use language::Text;

/// Sentences that share less than this part of their words are two sentences.
pub(crate) const LIKENESS_MIN: f32 = 0.34;
/// Words of each text that are compared one by one; longer texts are shown as old and new.
const WORDS_MAX: usize = 400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkKind {
    Same,
    Gone,
    New,
}

/// A run of words with one fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub kind: MarkKind,
    pub text: String,
}

/// The part of the words that two texts share, over both languages: 0 to 1.
pub(crate) fn likeness(one: &Text, other: &Text) -> f32 {
    let set = |text: &Text| -> HashSet<String> {
        [&text.ar, &text.en].into_iter().flat_map(|it| it.split_whitespace()).map(language::fold).collect()
    };
    let (one, other) = (set(one), set(other));
    let shared = one.intersection(&other).count() as f32;
    let all = one.union(&other).count().max(1) as f32;
    shared / all
}

/// Both texts as one line: what stayed, what is gone, what is new, in the order of reading.
pub(crate) fn marks(before: &str, after: &str) -> Vec<Mark> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_whitespace().collect(), after.split_whitespace().collect());
    if old.len() > WORDS_MAX || new.len() > WORDS_MAX {
        let mut all = Vec::new();
        push(&mut all, MarkKind::Gone, before);
        push(&mut all, MarkKind::New, after);
        return all;
    }
    let common = lengths(&old, &new);
    let (mut here, mut there, mut all) = (0, 0, Vec::new());
    while here < old.len() || there < new.len() {
        let same = here < old.len() && there < new.len() && old[here] == new[there];
        if same {
            push(&mut all, MarkKind::Same, old[here]);
            here += 1;
            there += 1;
        } else if there == new.len()
            || (here < old.len() && common[here + 1][there] >= common[here][there + 1])
        {
            push(&mut all, MarkKind::Gone, old[here]);
            here += 1;
        } else {
            push(&mut all, MarkKind::New, new[there]);
            there += 1;
        }
    }
    all
}

/// For each pair of places the length of what is common from there on.
fn lengths(old: &[&str], new: &[&str]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; new.len() + 1]; old.len() + 1];
    for here in (0..old.len()).rev() {
        for there in (0..new.len()).rev() {
            common[here][there] = match old[here] == new[there] {
                true => common[here + 1][there + 1] + 1,
                false => common[here + 1][there].max(common[here][there + 1]),
            };
        }
    }
    common
}

fn push(all: &mut Vec<Mark>, kind: MarkKind, word: &str) {
    if word.is_empty() {
        return;
    }
    match all.last_mut().filter(|last| last.kind == kind) {
        Some(last) => {
            last.text.push(' ');
            last.text.push_str(word);
        }
        None => all.push(Mark { kind, text: word.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_changed_are_marked() {
        let check = |before: &str, after: &str, expected: &str| {
            let shown: Vec<String> = marks(before, after)
                .into_iter()
                .map(|mark| match mark.kind {
                    MarkKind::Same => mark.text,
                    MarkKind::Gone => format!("[-{}-]", mark.text),
                    MarkKind::New => format!("{{+{}+}}", mark.text),
                })
                .collect();
            assert_eq!(shown.join(" "), expected);
        };
        check("منذ ثلاثين يوماً على الأقل", "منذ تسعين يوماً على الأقل", "منذ [-ثلاثين-] {+تسعين+} يوماً على الأقل");
        check("a b", "a b", "a b");
        check("", "a b", "{+a b+}");
        check("a b", "", "[-a b-]");
        check("one two three", "zero one three", "{+zero+} one [-two-] three");
    }
}
