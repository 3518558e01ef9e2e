//! All packs in force, with their proofs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use language::Text;

use crate::{
    Control, Footing, FootingKind, PackError, PackTitle, Resolved,
    pack::{self, Pack},
    parameter::Stated,
    proof,
};

/// Controls of the five documents together.
pub const CONTROLS_IN_ALL: usize = 472;

const FILES: [(&str, &str); 5] = [
    ("ly-services", include_str!("../../../regulations/ly-services.toml")),
    ("ly-mail", include_str!("../../../regulations/ly-mail.toml")),
    ("om-social", include_str!("../../../regulations/om-social.toml")),
    ("iq-social", include_str!("../../../regulations/iq-social.toml")),
    ("kw-remote", include_str!("../../../regulations/kw-remote.toml")),
];
const PROOFS: &str = include_str!("../../../regulations/proofs.toml");

/// What is wrong with the packs.
#[derive(Debug, thiserror::Error)]
pub enum PacksError {
    #[error("regulations/{file}.toml is not right")]
    Pack { file: String, source: PackError },
    #[error("regulations/{0}.toml names itself otherwise")]
    Name(String),
    #[error("regulations/proofs.toml is not right; write it anew with `cargo xtask controls`")]
    Proofs(#[from] toml::de::Error),
    #[error("the control {0} is there twice")]
    Twice(String),
    #[error("proofs.toml speaks of {0}, which no pack has")]
    UnknownControl(String),
    #[error("the packs state values of {0} that cannot be compared")]
    Incomparable(String),
    #[error("there are {0} controls instead of {CONTROLS_IN_ALL}")]
    Count(usize),
    #[error("there is no pack {0}")]
    UnknownPack(String),
}

/// The regulation, or the part of it that a deployment selected.
pub struct Packs {
    packs: Vec<PackTitle>,
    controls: Vec<Control>,
    places: HashMap<String, usize>,
    stated: Vec<Stated>,
    parameters: BTreeMap<String, Resolved>,
}

impl Packs {
    /// All five. They are part of the program and a test reads them, so that this cannot fail in the field.
    pub fn load() -> Packs {
        match Packs::read(&FILES, PROOFS) {
            Ok(packs) => packs,
            Err(error) => panic!(
                "the packs of this build are not right: {error}: {:?}",
                std::error::Error::source(&error)
            ),
        }
    }

    fn read(files: &[(&str, &str)], proofs: &str) -> Result<Packs, PacksError> {
        let proofs = proof::parse(proofs)?;
        let mut read = Vec::new();
        for (file, toml) in files {
            let pack = pack::parse(toml, &proofs)
                .map_err(|source| PacksError::Pack { file: (*file).to_owned(), source })?;
            if pack.head.id != *file {
                return Err(PacksError::Name((*file).to_owned()));
            }
            read.push(pack);
        }
        let packs = Packs::of(read)?;
        if packs.controls.len() != CONTROLS_IN_ALL {
            return Err(PacksError::Count(packs.controls.len()));
        }
        match proofs.keys().find(|id| packs.control(id).is_none()) {
            Some(unknown) => Err(PacksError::UnknownControl(unknown.clone())),
            None => Ok(packs),
        }
    }

    fn of(read: Vec<Pack>) -> Result<Packs, PacksError> {
        let (mut packs, mut controls, mut stated) = (Vec::new(), Vec::new(), Vec::new());
        for pack in read {
            packs.push(pack.head);
            controls.extend(pack.controls);
            stated.extend(pack.stated);
        }
        let mut places = HashMap::new();
        for (place, control) in controls.iter().enumerate() {
            if places.insert(control.id.clone(), place).is_some() {
                return Err(PacksError::Twice(control.id.clone()));
            }
        }
        let parameters = resolve(&stated)?;
        Ok(Packs { packs, controls, places, stated, parameters })
    }

    /// Only these packs: what a deployment puts in force.
    pub fn select(&self, ids: &[&str]) -> Result<Packs, PacksError> {
        if let Some(unknown) = ids.iter().find(|id| self.pack(id).is_none()) {
            return Err(PacksError::UnknownPack((*unknown).to_owned()));
        }
        Packs::of(
            self.packs
                .iter()
                .filter(|head| ids.contains(&head.id.as_str()))
                .map(|head| Pack {
                    controls: self.controls.iter().filter(|one| one.pack == head.id).cloned().collect(),
                    stated: self.stated.iter().filter(|one| one.pack == head.id).cloned().collect(),
                    head: head.clone(),
                })
                .collect(),
        )
    }

    pub fn packs(&self) -> &[PackTitle] {
        &self.packs
    }

    pub fn pack(&self, id: &str) -> Option<&PackTitle> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// Every control, pack by pack, in the order of the documents.
    pub fn all(&self) -> &[Control] {
        &self.controls
    }

    pub fn control(&self, id: &str) -> Option<&Control> {
        self.places.get(id).map(|place| &self.controls[*place])
    }

    /// Where a control stands in [`Packs::all`].
    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The strictest value over the packs in force.
    pub fn parameter(&self, id: &str) -> Option<&Resolved> {
        self.parameters.get(id)
    }

    pub fn parameters(&self) -> impl Iterator<Item = &Resolved> {
        self.parameters.values()
    }

    /// The controls of one document by chapter or article, in its order.
    pub(crate) fn chapters(&self, pack: &str) -> Vec<(Text, Vec<&Control>)> {
        let mut chapters: Vec<(Text, Vec<&Control>)> = Vec::new();
        for control in self.controls.iter().filter(|control| control.pack == pack) {
            let chapter = control.chapter();
            match chapters.iter_mut().find(|(known, _)| known.ar == chapter.ar) {
                Some((_, controls)) => controls.push(control),
                None => chapters.push((chapter, vec![control])),
            }
        }
        chapters
    }

    /// The laws on which the documents rest: what a case of violation may name as its ground.
    pub(crate) fn laws(&self) -> impl Iterator<Item = &Footing> {
        let footings = self.packs.iter().flat_map(|pack| pack.footings.iter());
        footings.filter(|footing| footing.kind == FootingKind::Law)
    }

    pub(crate) fn law(&self, id: &str) -> Option<&Footing> {
        self.laws().find(|footing| footing.id == id)
    }

    /// Everybody who is bound by some control, by the English word, each once.
    pub(crate) fn actors(&self) -> BTreeMap<String, Text> {
        self.controls.iter().flat_map(Control::actors).map(|actor| (actor.en.clone(), actor)).collect()
    }

    /// The modules that controls lie in, in alphabetical order.
    pub fn modules(&self) -> BTreeSet<&str> {
        self.controls.iter().map(|control| control.module.as_str()).collect()
    }
}

fn resolve(stated: &[Stated]) -> Result<BTreeMap<String, Resolved>, PacksError> {
    let mut by_id: BTreeMap<&str, Vec<&Stated>> = BTreeMap::new();
    for one in stated {
        by_id.entry(one.id.as_str()).or_default().push(one);
    }
    let resolved = by_id.into_iter().map(|(id, all)| {
        let resolved = Resolved::of(&all).ok_or_else(|| PacksError::Incomparable(id.to_owned()))?;
        Ok((id.to_owned(), resolved))
    });
    resolved.collect()
}

/// One load for all tests of this crate.
#[cfg(test)]
pub(crate) fn shared() -> std::sync::Arc<Packs> {
    static PACKS: std::sync::LazyLock<std::sync::Arc<Packs>> =
        std::sync::LazyLock::new(|| Packs::load().into());
    PACKS.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packs_of_this_build_are_right() {
        let packs = shared();
        assert_eq!(packs.all().len(), CONTROLS_IN_ALL);
        assert_eq!(packs.packs().len(), 5);
        assert_eq!(packs.control("LY-SVC-13.4").unwrap().codes, ["request.incomplete"]);
        assert!(packs.control("LY-SVC-99").is_none());
    }

    #[test]
    fn a_selection_has_its_own_strictest_values() {
        let packs = shared();
        let iraq = packs.select(&["iq-social"]).unwrap();
        assert_eq!(iraq.all().len(), 107);
        assert!(iraq.parameter("mail.session.factors").is_none());
        let age = packs.parameter("social.credential.max_age").unwrap();
        assert_eq!(
            age.origins.iter().map(|origin| origin.pack.as_str()).collect::<Vec<_>>(),
            ["om-social", "iq-social"]
        );
        assert_eq!(iraq.parameter("social.credential.max_age").unwrap().origins.len(), 1);
        assert!(matches!(packs.select(&["xx"]), Err(PacksError::UnknownPack(_))));
    }

    #[test]
    fn a_pack_that_is_wrong_is_named() {
        let (name, good) = FILES[0];
        let read = |toml: &str, proofs: &str| {
            Packs::read(&[(name, toml)], proofs).err().map(|error| error.to_string())
        };
        let message = "regulations/ly-services.toml is not right";
        assert_eq!(
            read(&good.replace("enforcement = \"prevent\"", "enforcement = \"maybe\""), "").unwrap(),
            message
        );
        assert_eq!(read(&good.replace("id = \"LY-SVC-13.4\"", "id = \"LY-SV-13.4\""), "").unwrap(), message);
        assert_eq!(read(&good.replace("24 months", "a while"), "").unwrap(), message);
        assert_eq!(read(good, "").unwrap(), "there are 117 controls instead of 472");
        let twice = good.replace("id = \"LY-SVC-1.02\"", "id = \"LY-SVC-1.05\"");
        assert!(read(&twice, "").is_some());
        let unknown = "[\"LY-SVC-99\"]\nwhere = [\"x\"]\n";
        assert_eq!(
            Packs::read(&FILES, unknown).err().unwrap().to_string(),
            "proofs.toml speaks of LY-SVC-99, which no pack has"
        );
    }
}
