//! The duties of the regulation, each with what is done about it.

use std::collections::BTreeMap;

use authz::Refusal;
use compliance::Filter;

use super::{Rows, Taking};
use crate::Services;

impl Services {
    /// Narrowed by the words of the page; one that names nothing is refused.
    pub(super) fn controls_wanted(&self, taking: &Taking) -> Result<Filter, Refusal> {
        let known = ["pack", "module", "actor", "chapter", "enforcement", "state", "q"];
        let pairs = taking.narrowed.pairs();
        let asked: BTreeMap<&str, &str> =
            pairs.into_iter().filter(|(name, _)| known.contains(name)).collect();
        Filter::read(&self.packs, &asked)
    }

    /// Some hundreds, and all of them part of the program.
    pub(super) fn control_rows(&self, taking: &Taking) -> Result<Rows, Refusal> {
        let filter = self.controls_wanted(taking)?;
        let found = filter.find(&self.packs);
        Ok(Rows::whole(found.into_iter().map(|control| compliance::cells(control, taking.lang)).collect()))
    }
}
