//! One duty of one document.

use std::{collections::BTreeSet, sync::OnceLock};

use language::Text;
use serde::{Deserialize, Serialize};

use crate::Proof;

/// What software can do about a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Enforcement {
    /// It refuses.
    Prevent,
    /// It performs.
    Do,
    /// It notices and alerts.
    Detect,
    /// It keeps evidence.
    Record,
    /// A person confirms, with reminders.
    Attest,
    /// Nothing: the sentence explains others.
    Reference,
}

impl Enforcement {
    pub const ALL: [Enforcement; 6] = [
        Enforcement::Prevent,
        Enforcement::Do,
        Enforcement::Detect,
        Enforcement::Record,
        Enforcement::Attest,
        Enforcement::Reference,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Enforcement::Prevent => "prevent",
            Enforcement::Do => "do",
            Enforcement::Detect => "detect",
            Enforcement::Record => "record",
            Enforcement::Attest => "attest",
            Enforcement::Reference => "reference",
        }
    }

    pub fn named(word: &str) -> Option<Enforcement> {
        Enforcement::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// How far the product has come with a control. Nothing is claimed that is not so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ControlState {
    /// It has a place in the code and a test that proves it, and nothing is known to be missing.
    Enforced,
    /// Something of it is there.
    Partial,
    Planned,
    /// There is nothing to enforce.
    Reference,
}

impl ControlState {
    pub const ALL: [ControlState; 4] =
        [ControlState::Enforced, ControlState::Partial, ControlState::Planned, ControlState::Reference];

    pub fn as_str(self) -> &'static str {
        match self {
            ControlState::Enforced => "enforced",
            ControlState::Partial => "partial",
            ControlState::Planned => "planned",
            ControlState::Reference => "reference",
        }
    }

    pub fn named(word: &str) -> Option<ControlState> {
        ControlState::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// A duty, where it comes from, and what stands for it in the product.
#[derive(Clone, Debug)]
pub struct Control {
    /// `LY-SVC-13.4`.
    pub id: String,
    /// The id of its pack: `ly-services`.
    pub pack: String,
    pub article: Text,
    /// Who is bound.
    pub actor: Text,
    pub enforcement: Enforcement,
    pub module: String,
    pub title: Text,
    /// The duty in our own words.
    pub duty: Text,
    /// What the running software must show; the measure of its tests. English only, as it is written for them.
    pub shows: String,
    /// Codes with which it refuses: `request.incomplete`.
    pub codes: Vec<String>,
    /// Parameters that it sets or uses.
    pub parameters: Vec<String>,
    pub proof: Proof,
    /// Made by the first search: starting must not wait for it.
    pub(crate) stems: OnceLock<BTreeSet<String>>,
}

/// Words with which the English place of a control goes below its chapter.
const FINER_EN: [&str; 7] =
    [" bullet ", " item ", " clause ", " criteria", " controls ", " lead", " unlabelled"];

impl Control {
    /// The stems of all its words in both languages.
    pub(crate) fn stems(&self) -> &BTreeSet<String> {
        self.stems.get_or_init(|| {
            let texts = [&self.article, &self.actor, &self.title, &self.duty];
            let words = texts.iter().flat_map(|text| [text.ar.as_str(), text.en.as_str()]);
            let words = words.chain(self.codes.iter().map(String::as_str));
            words.flat_map(language::analyse).map(|token| token.stem).collect()
        })
    }

    /// The chapter or article of the document that it stands under: its place without the finer numbering.
    pub(crate) fn chapter(&self) -> Text {
        let ar = self.article.ar.split(['،', '(', ':']).next().unwrap_or_default();
        let en = self.article.en.split([',', '(', ':']).next().unwrap_or_default();
        let finer = FINER_EN.iter().filter_map(|word| en.find(word)).min().unwrap_or(en.len());
        Text::new(ar.trim(), en[..finer].trim())
    }

    /// Who is bound, one by one where there are several.
    pub(crate) fn actors(&self) -> Vec<Text> {
        let ar = self.actor.ar.split('؛').map(str::trim);
        let en = self.actor.en.split(';').map(str::trim);
        ar.zip(en).map(|(ar, en)| Text::new(ar, en)).collect()
    }

    /// Whether this actor, by the English word, is bound.
    pub(crate) fn binds(&self, actor: &str) -> bool {
        self.actors().iter().any(|bound| bound.en == actor)
    }

    pub fn state(&self) -> ControlState {
        if self.enforcement == Enforcement::Reference {
            return ControlState::Reference;
        }
        let Proof { sites, tests, partial } = &self.proof;
        match (sites.is_empty(), tests.is_empty(), partial) {
            (false, false, None) => ControlState::Enforced,
            (true, true, None) => ControlState::Planned,
            _ => ControlState::Partial,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_never_better_than_its_proof() {
        let some = || vec!["x".to_owned()];
        let missing = || Some(Text::new("ينقص", "missing"));
        let mut control = crate::packs::shared().control("LY-SVC-13.4").expect("a known control").clone();
        for (sites, tests, partial, expected) in [
            (some(), some(), None, ControlState::Enforced),
            (some(), some(), missing(), ControlState::Partial),
            (some(), vec![], None, ControlState::Partial),
            (vec![], some(), None, ControlState::Partial),
            (vec![], vec![], missing(), ControlState::Partial),
            (vec![], vec![], None, ControlState::Planned),
        ] {
            control.proof = Proof { sites, tests, partial };
            assert_eq!(control.state(), expected);
        }
        control.enforcement = Enforcement::Reference;
        assert_eq!(control.state(), ControlState::Reference);
    }
}
