//! One document of the regulation, as its file states it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use language::Text;
use serde::Deserialize;

use crate::{Basis, Control, Enforcement, Proof, Stricter, Value, parameter::Stated, proof::Proofs};

/// What is wrong in a pack's file.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error("the file is not a pack")]
    Shape(#[from] toml::de::Error),
    #[error("{0} does not begin with the prefix of its pack")]
    Prefix(String),
    #[error("{0} lacks a title, a duty, an article or an actor in one of the languages")]
    Text(String),
    #[error("{control} names the parameter {parameter}, which its pack does not state")]
    UnknownParameter { control: String, parameter: String },
    #[error("{parameter} names the control {control}, which its pack does not have")]
    UnknownControl { parameter: String, control: String },
    #[error("the value «{value}» of the parameter {parameter} cannot be read")]
    Value { parameter: String, value: String },
}

/// The document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackTitle {
    /// `ly-services`.
    pub id: String,
    /// How the ids of its controls begin: `LY-SVC`.
    pub prefix: String,
    pub jurisdiction: String,
    pub title: Text,
    pub issuer: Text,
    pub edition: String,
    pub date: String,
    /// The texts that it rests on.
    #[serde(skip)]
    pub footings: Vec<Footing>,
}

/// What kind of text a document rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FootingKind {
    /// A law under which it stands; a ground in cases of violation.
    Law,
    /// A practice that is followed because the document asks for the best one.
    Practice,
}

/// A text outside the document on which some of its controls rest.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Footing {
    /// `iq-cybercrime`.
    pub id: String,
    pub kind: FootingKind,
    pub title: Text,
    /// Who issued it, which edition, when.
    pub from: Text,
    /// The controls that rest on it.
    pub controls: Vec<String>,
}

pub(crate) struct Pack {
    pub head: PackTitle,
    pub controls: Vec<Control>,
    pub stated: Vec<Stated>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pack: PackTitle,
    #[serde(default)]
    source: Vec<Footing>,
    parameter: Vec<ParameterLine>,
    control: Vec<ControlLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterLine {
    id: String,
    value: String,
    stricter: Stricter,
    origin: Basis,
    title: Text,
    controls: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ControlLine {
    id: String,
    article: Text,
    actor: Text,
    enforcement: Enforcement,
    module: String,
    title: Text,
    duty: Text,
    shows: String,
    codes: Vec<String>,
    parameters: Vec<String>,
}

pub(crate) fn parse(toml: &str, proofs: &Proofs) -> Result<Pack, PackError> {
    let mut file: File = toml::from_str(toml)?;
    file.pack.footings = file.source;
    let stated =
        file.parameter.into_iter().map(|line| stated(line, &file.pack.id)).collect::<Result<Vec<_>, _>>()?;
    let controls: Vec<Control> =
        file.control.into_iter().map(|line| control(line, &file.pack, proofs)).collect::<Result<_, _>>()?;
    check_links(&controls, &stated)?;
    check_footings(&controls, &file.pack.footings)?;
    Ok(Pack { head: file.pack, controls, stated })
}

fn stated(line: ParameterLine, pack: &str) -> Result<Stated, PackError> {
    let value = Value::parse(&line.value, line.stricter)
        .ok_or_else(|| PackError::Value { parameter: line.id.clone(), value: line.value.clone() })?;
    let wrong_basis = (value == Value::Open) != (line.origin == Basis::Mandatory);
    if wrong_basis {
        return Err(PackError::Value { parameter: line.id, value: line.value });
    }
    let ParameterLine { id, stricter, origin, title, controls, .. } = line;
    Ok(Stated { id, pack: pack.to_owned(), value, stricter, basis: origin, title, controls })
}

fn control(line: ControlLine, pack: &PackTitle, proofs: &Proofs) -> Result<Control, PackError> {
    if !line.id.strip_prefix(pack.prefix.as_str()).is_some_and(|rest| rest.starts_with('-')) {
        return Err(PackError::Prefix(line.id));
    }
    let texts = [&line.article, &line.actor, &line.title, &line.duty];
    if texts.iter().any(|text| text.ar.trim().is_empty() || text.en.trim().is_empty()) {
        return Err(PackError::Text(line.id));
    }
    Ok(Control {
        pack: pack.id.clone(),
        article: line.article,
        actor: line.actor,
        enforcement: line.enforcement,
        module: line.module,
        title: line.title,
        duty: line.duty,
        shows: line.shows,
        codes: line.codes,
        parameters: line.parameters,
        proof: proofs.get(&line.id).cloned().unwrap_or_else(Proof::default),
        id: line.id,
        stems: OnceLock::new(),
    })
}

/// What rests on a text outside is a control of the same document.
fn check_footings(controls: &[Control], footings: &[Footing]) -> Result<(), PackError> {
    for footing in footings {
        let is_unknown = |id: &&String| !controls.iter().any(|control| control.id == **id);
        if let Some(control) = footing.controls.iter().find(is_unknown) {
            let (parameter, control) = (footing.id.clone(), control.clone());
            return Err(PackError::UnknownControl { parameter, control });
        }
    }
    Ok(())
}

/// Parameters and controls name each other; a name that leads nowhere is a mistake of the file.
fn check_links(controls: &[Control], stated: &[Stated]) -> Result<(), PackError> {
    let ids: BTreeSet<&str> = controls.iter().map(|control| control.id.as_str()).collect();
    let parameters: BTreeMap<&str, &Stated> =
        stated.iter().map(|stated| (stated.id.as_str(), stated)).collect();
    for control in controls {
        for parameter in &control.parameters {
            if !parameters.contains_key(parameter.as_str()) {
                let (control, parameter) = (control.id.clone(), parameter.clone());
                return Err(PackError::UnknownParameter { control, parameter });
            }
        }
    }
    for stated in stated {
        if let Some(control) = stated.controls.iter().find(|control| !ids.contains(control.as_str())) {
            let (parameter, control) = (stated.id.clone(), control.clone());
            return Err(PackError::UnknownControl { parameter, control });
        }
    }
    Ok(())
}
