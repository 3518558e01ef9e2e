//! The words of an index as they are written, for what people have typed only in part, or wrongly.
//!
//! Slips are found by deletion: two words that lie one or two slips apart become the same when a letter or two are
//! taken out of each. What all words become is kept sorted, so that a look-up compares with a few words and not with all.

use std::collections::HashMap;

use super::strip::bare;
use crate::keyboard::neighbours;

/// Letters from which one slip is forgiven, and from which two are; three letters forgive a likely one.
const LIKELY_SLIP_LETTERS_MIN: usize = 3;
const ONE_SLIP_LETTERS_MIN: usize = 4;
const TWO_SLIPS_LETTERS_MIN: usize = 7;
/// Longer words are not looked up by their slips.
const SLIP_LETTERS_MAX: usize = 20;
/// What a slip costs: a likely one is a neighbour on the keyboard, a letter that sounds alike, two letters swapped or
/// one doubled.
const SLIP_COST: u32 = 10;
const LIKELY_SLIP_COST: u32 = 6;
/// Words with a prefix that are looked at.
const PREFIX_FORMS_MAX: usize = 512;

#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// In one spelling, without its article.
    pub text: Box<str>,
    /// As somebody wrote it.
    pub shown: Box<str>,
    pub stem: Box<str>,
}

/// Known words, each with its stem.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forms {
    forms: Vec<Form>,
    known: HashMap<Box<str>, u32>,
    /// Places in `forms` in the order of their texts.
    sorted: Vec<u32>,
    /// What a form becomes without some letters, by hash, and which form it was; sorted.
    deletions: Vec<(u32, u32)>,
    unsettled: bool,
}

impl Forms {
    /// Takes a word up, if it is new. Call [`Forms::settle`] before asking.
    pub fn add(&mut self, folded: &str, shown: &str, stem: &str) {
        let text = bare(folded);
        if self.known.contains_key(text) {
            return;
        }
        let place = self.forms.len() as u32;
        let shown = if text.len() == folded.len() { shown } else { without_article(shown) };
        self.known.insert(text.into(), place);
        self.forms.push(Form { text: text.into(), shown: shown.into(), stem: stem.into() });
        self.sorted.push(place);
        let letters: Vec<char> = text.chars().collect();
        if (LIKELY_SLIP_LETTERS_MIN..=SLIP_LETTERS_MAX).contains(&letters.len()) {
            self.deletions.extend(deletions(&letters).into_iter().map(|hash| (hash, place)));
        }
        self.unsettled = true;
    }

    /// Puts what was added where it is found. Cheap when little was added, because the rest is in order already.
    pub fn settle(&mut self) {
        if std::mem::take(&mut self.unsettled) {
            let forms = &self.forms;
            self.sorted.sort_by(|a, b| forms[*a as usize].text.cmp(&forms[*b as usize].text));
            self.deletions.sort();
        }
    }

    /// The form that is written like this, whatever article stands before it.
    pub fn known(&self, folded: &str) -> Option<&Form> {
        self.known
            .get(bare(folded))
            .or_else(|| self.known.get(folded))
            .map(|place| &self.forms[*place as usize])
    }

    /// Forms that begin like this.
    pub fn beginning(&self, prefix: &str) -> impl Iterator<Item = &Form> {
        let form = |place: &u32| &self.forms[*place as usize];
        let start = self.sorted.partition_point(|place| *form(place).text < *prefix);
        let prefix = prefix.to_owned();
        self.sorted[start..]
            .iter()
            .map(form)
            .take_while(move |form| form.text.starts_with(prefix.as_str()))
            .take(PREFIX_FORMS_MAX)
    }

    /// Forms that are a slip or two away from a word, with what the slips cost.
    pub fn near(&self, folded: &str) -> Vec<(&Form, u32)> {
        let letters: Vec<char> = folded.chars().collect();
        if !(LIKELY_SLIP_LETTERS_MIN..=SLIP_LETTERS_MAX).contains(&letters.len()) {
            return Vec::new();
        }
        let mut places: Vec<u32> =
            deletions(&letters).into_iter().flat_map(|hash| self.under(hash)).collect();
        places.sort_unstable();
        places.dedup();
        let forms = places.into_iter().map(|place| &self.forms[place as usize]);
        forms
            .filter_map(|form| Some((form, cost(&letters, &form.text.chars().collect::<Vec<char>>())?)))
            .collect()
    }

    fn under(&self, hash: u32) -> impl Iterator<Item = u32> {
        let start = self.deletions.partition_point(|(known, _)| *known < hash);
        self.deletions[start..].iter().take_while(move |(known, _)| *known == hash).map(|(_, place)| *place)
    }

    pub fn bytes(&self) -> usize {
        let texts: usize =
            self.forms.iter().map(|form| 2 * form.text.len() + form.shown.len() + form.stem.len()).sum();
        texts + self.forms.len() * (size_of::<Form>() + 32) + self.deletions.len() * 8 + self.sorted.len() * 4
    }
}

fn without_article(shown: &str) -> &str {
    let rest = shown.strip_prefix('و').unwrap_or(shown);
    rest.strip_prefix("ال").unwrap_or(shown)
}

/// Hashes of the word, and of what it becomes without one letter, and, if it is long, without two.
fn deletions(letters: &[char]) -> Vec<u32> {
    let without = |skipped: &[usize]| {
        let kept = letters.iter().enumerate().filter(|(at, _)| !skipped.contains(at));
        kept.fold(0x811C_9DC5_u32, |hash, (_, letter)| (hash ^ *letter as u32).wrapping_mul(0x0100_0193))
    };
    let mut found = vec![without(&[])];
    for one in 0..letters.len() {
        found.push(without(&[one]));
        // The other side of a pair may be a letter or two shorter.
        if letters.len() + 2 > TWO_SLIPS_LETTERS_MIN {
            found.extend((one + 1..letters.len()).map(|other| without(&[one, other])));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What lies between what was typed and a known word; None when it is more than the typed word's length forgives.
fn cost(typed: &[char], known: &[char]) -> Option<u32> {
    let most = match typed.len() {
        TWO_SLIPS_LETTERS_MIN.. => 2 * SLIP_COST,
        ONE_SLIP_LETTERS_MIN.. => SLIP_COST,
        _ => LIKELY_SLIP_COST,
    };
    if typed == known || typed.len().abs_diff(known.len()) > 2 {
        return None;
    }
    let mut before: Vec<u32> = Vec::new();
    let mut last: Vec<u32> = (0..=known.len() as u32).map(|at| at * SLIP_COST).collect();
    for i in 1..=typed.len() {
        let mut row = vec![i as u32 * SLIP_COST; known.len() + 1];
        for j in 1..=known.len() {
            let doubled = |letters: &[char], at: usize| at > 1 && letters[at - 1] == letters[at - 2];
            let gap = |letters: &[char], at| if doubled(letters, at) { LIKELY_SLIP_COST } else { SLIP_COST };
            let (a, b) = (typed[i - 1], known[j - 1]);
            let wrong = if a == b {
                0
            } else if neighbours(a, b) {
                LIKELY_SLIP_COST
            } else {
                SLIP_COST
            };
            row[j] = (last[j - 1] + wrong).min(last[j] + gap(typed, i)).min(row[j - 1] + gap(known, j));
            if i > 1 && j > 1 && a == known[j - 2] && typed[i - 2] == b {
                row[j] = row[j].min(before[j - 2] + LIKELY_SLIP_COST);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    Some(last[known.len()]).filter(|cost| *cost <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms() -> Forms {
        let mut forms = Forms::default();
        for word in ["شهاده", "الرخصه", "مستشفي", "الكتروني", "جواز", "زواج", "passport", "قيد", "بطاقه"]
        {
            forms.add(word, word, word);
        }
        forms.settle();
        forms
    }

    #[test]
    fn slips_are_forgiven_by_length() {
        for (typed, expected) in [
            ("شهداه", "شهاده"),
            ("شهده", "شهاده"),
            ("شهاده", ""),
            ("سهده", ""),
            ("رخسه", "رخصه"),
            ("رخصصه", "رخصه"),
            ("مستسقي", ""),
            ("الكترني", "كتروني"),
            ("الكتوني", "كتروني"),
            ("pasport", "passport"),
            ("passprot", "passport"),
            ("قبد", "قيد"),
            ("قلد", ""),
            ("طباقه", "بطاقه"),
        ] {
            let forms = forms();
            let near: Vec<&str> = forms.near(bare(typed)).into_iter().map(|(form, _)| &*form.text).collect();
            assert_eq!(near.join(" "), expected, "{typed}");
        }
    }

    #[test]
    fn likelier_slips_cost_less() {
        let forms = forms();
        let cost = |typed: &str| forms.near(typed).first().map(|(_, cost)| *cost);
        assert!(cost("رخضه") < cost("رخمه"), "{:?} {:?}", cost("رخضه"), cost("رخمه"));
    }

    #[test]
    fn a_word_is_known_with_and_without_its_article_and_by_its_beginning() {
        let forms = forms();
        assert!(forms.known("رخصه").is_some() && forms.known("والرخصه").is_some());
        let beginning: Vec<&str> = forms.beginning("رخ").map(|form| &*form.shown).collect();
        assert_eq!(beginning, ["رخصه"]);
    }
}
