//! Finding controls: by pack, module, enforcement, state and words, a page at a time.

use std::collections::BTreeMap;

use authz::{Kind, Refusal};

use crate::{Control, ControlState, Enforcement, Packs};

/// Words of a search that count.
const QUERY_LETTERS_MAX: usize = 200;

/// What a list is narrowed by; all of it must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub pack: Option<String>,
    pub module: Option<String>,
    /// Who is bound, by the English word.
    pub actor: Option<String>,
    /// A chapter or article of a document, by the English word.
    pub chapter: Option<String>,
    pub enforcement: Option<Enforcement>,
    pub state: Option<ControlState>,
    /// What somebody typed, in either language and any spelling.
    pub words: String,
}

/// How many controls are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub enforced: usize,
    pub partial: usize,
    pub planned: usize,
    pub reference: usize,
}

impl Tally {
    pub fn of<'c>(controls: impl IntoIterator<Item = &'c Control>) -> Tally {
        let mut tally = Tally::default();
        for control in controls {
            *tally.place(control.state()) += 1;
        }
        tally
    }

    pub fn total(&self) -> usize {
        self.enforced + self.partial + self.planned + self.reference
    }

    pub fn get(mut self, state: ControlState) -> usize {
        *self.place(state)
    }

    fn place(&mut self, state: ControlState) -> &mut usize {
        match state {
            ControlState::Enforced => &mut self.enforced,
            ControlState::Partial => &mut self.partial,
            ControlState::Planned => &mut self.planned,
            ControlState::Reference => &mut self.reference,
        }
    }
}

/// A word of the filter that names nothing.
pub(crate) fn unknown(field: &str) -> Refusal {
    Refusal::new(Kind::Invalid, "web.query", &[]).with_item(field, "enum", "")
}

impl Filter {
    /// Reads the words of a query; an empty word narrows nothing, an unknown one is refused.
    pub fn read(packs: &Packs, query: &BTreeMap<&str, &str>) -> Result<Filter, Refusal> {
        let given = |field: &str| query.get(field).map(|word| word.trim()).filter(|word| !word.is_empty());
        let pack = given("pack");
        if pack.is_some_and(|id| packs.pack(id).is_none()) {
            return Err(unknown("pack"));
        }
        let module = given("module");
        if module.is_some_and(|module| !packs.modules().contains(module)) {
            return Err(unknown("module"));
        }
        let actor = given("actor");
        if actor.is_some_and(|actor| !packs.actors().contains_key(actor)) {
            return Err(unknown("actor"));
        }
        let chapter = given("chapter");
        if chapter.is_some_and(|chapter| !packs.all().iter().any(|control| control.chapter().en == chapter)) {
            return Err(unknown("chapter"));
        }
        let enforcement = given("enforcement")
            .map(|word| Enforcement::named(word).ok_or_else(|| unknown("enforcement")))
            .transpose()?;
        let state = given("state")
            .map(|word| ControlState::named(word).ok_or_else(|| unknown("state")))
            .transpose()?;
        Ok(Filter {
            pack: pack.map(str::to_owned),
            module: module.map(str::to_owned),
            actor: actor.map(str::to_owned),
            chapter: chapter.map(str::to_owned),
            enforcement,
            state,
            words: given("q").unwrap_or_default().chars().take(QUERY_LETTERS_MAX).collect(),
        })
    }

    /// The controls that fit, in the order of the documents.
    pub fn find<'p>(&self, packs: &'p Packs) -> Vec<&'p Control> {
        let id = self.words.trim().to_ascii_uppercase();
        let wanted = language::query(&self.words);
        packs
            .all()
            .iter()
            .filter(|control| self.pack.as_ref().is_none_or(|pack| control.pack == *pack))
            .filter(|control| self.module.as_ref().is_none_or(|module| control.module == *module))
            .filter(|control| self.actor.as_ref().is_none_or(|actor| control.binds(actor)))
            .filter(|control| self.chapter.as_ref().is_none_or(|chapter| control.chapter().en == *chapter))
            .filter(|control| self.enforcement.is_none_or(|kind| control.enforcement == kind))
            .filter(|control| self.state.is_none_or(|state| control.state() == state))
            .filter(|control| id.is_empty() || control.id.starts_with(&id) || speaks_of(control, &wanted))
            .collect()
    }
}

/// One stem of every word must be there.
fn speaks_of(control: &Control, wanted: &[Vec<String>]) -> bool {
    !wanted.is_empty() && wanted.iter().all(|stems| stems.iter().any(|stem| control.stems().contains(stem)))
}

/// A page of `limit` after the control `after`, and the id after which the next page begins.
pub(crate) fn page_after<'p>(
    packs: &Packs,
    found: &[&'p Control],
    after: Option<&str>,
    limit: usize,
) -> (Vec<&'p Control>, Option<String>) {
    // What is in no document comes after all documents, in its own order.
    let place = |id: &str| packs.place(id).unwrap_or(usize::MAX);
    let listed = after.and_then(|id| found.iter().position(|control| control.id == id));
    let start = match (listed, after) {
        (Some(last), _) => last + 1,
        (None, Some(last)) => found.partition_point(|control| place(&control.id) <= place(last)),
        (None, None) => 0,
    };
    let page: Vec<&Control> = found[start..].iter().take(limit).copied().collect();
    let more = found.len() > start + page.len();
    let next = page.last().filter(|_| more).map(|control| control.id.clone());
    (page, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &[(&str, &str)]) -> Vec<String> {
        let packs = crate::packs::shared();
        let filter = Filter::read(&packs, &query.iter().copied().collect()).unwrap();
        filter.find(&packs).into_iter().map(|control| control.id.clone()).collect()
    }

    #[test]
    fn every_way_to_narrow_the_list() {
        assert_eq!(found(&[]).len(), 472);
        assert_eq!(found(&[("pack", "ly-mail")]).len(), 72);
        assert_eq!(found(&[("enforcement", "attest")]).len(), 43);
        assert_eq!(found(&[("module", "licences")]).len(), 4);
        assert_eq!(found(&[("state", "reference")]).len(), 11);
        assert_eq!(found(&[("pack", "ly-services"), ("chapter", "Art. 13")]).len(), 6);
        assert!(found(&[("actor", "service provider")]).contains(&"LY-SVC-6.5".to_owned()));
        assert_eq!(found(&[("pack", "om-social"), ("module", "licences")]).len(), 0);
        assert_eq!(found(&[("q", "ly-svc-13.4")]), ["LY-SVC-13.4"]);
        assert!(found(&[("q", "الوثائق السرية")]).contains(&"LY-SVC-4.2a".to_owned()));
        assert!(found(&[("q", "confidential documents")]).contains(&"LY-SVC-4.2a".to_owned()));
        assert!(found(&[("q", "zzzz")]).is_empty());
        assert!(found(&[("q", "!!!")]).is_empty());
    }

    #[test]
    fn an_unknown_word_is_refused_and_named() {
        let packs = crate::packs::shared();
        for field in ["pack", "module", "actor", "chapter", "enforcement", "state"] {
            let refusal = Filter::read(&packs, &BTreeMap::from([(field, "nothing")])).unwrap_err();
            assert_eq!(refusal.items[0].field, field);
        }
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_repetition() {
        let packs = crate::packs::shared();
        let filter = Filter { enforcement: Some(Enforcement::Prevent), ..Filter::default() };
        let found = filter.find(&packs);
        let (mut seen, mut after) = (Vec::new(), None::<String>);
        loop {
            let (page, next) = page_after(&packs, &found, after.as_deref(), 50);
            seen.extend(page.into_iter().map(|control| control.id.clone()));
            match next {
                Some(id) => after = Some(id),
                None => break,
            }
        }
        assert_eq!(seen, found.iter().map(|control| control.id.clone()).collect::<Vec<_>>());
        assert!(page_after(&packs, &[], None, 50).0.is_empty());
    }
}
