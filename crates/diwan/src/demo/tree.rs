//! The tree of the demo: a ministry with its missions, units below units, functions that units hold, and delegations in every
//! state.

use authz::Failure;
use clock::DAY;
use organisations::{
    AddUnit, AskDelegation, BodyKind, DecideDelegation, EndDelegation, GiveFunction, MarkSensitive,
    RegisterBody,
};
use uuid::Uuid;

use super::{
    DemoError,
    files::{self, BodyFile, DelegationFile},
    people::Cast,
    state::State,
};
use crate::parts::Parts;

pub async fn grow(parts: &Parts, state: &State, cast: &Cast) -> Result<(), Failure> {
    let (tree, at) = (files::tree()?, parts.clock.now());
    for file in tree.body {
        register(parts, file).await?;
    }
    for file in tree.unit {
        let (body, parent) = (state.body(&file.body)?, state.unit(&file.body, &file.parent));
        let add = AddUnit { actor: None, at, body, slug: file.id, name: file.name, parent };
        let unit = Some(parts.store.write(add).await?.id);
        if !file.function.is_empty() {
            let give = GiveFunction { actor: None, at, body, unit, function: file.function };
            parts.store.write(give).await?;
        }
    }
    for file in tree.sensitive {
        let unknown = || DemoError::Unknown("tree.toml", file.unit.clone());
        let unit = state.unit(&file.body, &file.unit).ok_or_else(unknown)?;
        let mark = MarkSensitive { actor: None, at, unit, from: Some(at), reason: file.reason };
        parts.store.write(mark).await?;
    }
    for file in tree.delegation {
        delegate(parts, state, cast, file).await?;
    }
    Ok(())
}

async fn register(parts: &Parts, file: BodyFile) -> Result<(), Failure> {
    let at = parts.clock.now();
    let parent = organisations::body_by_slug(&parts.store.read(), &file.parent).await?;
    let register = RegisterBody {
        actor: None,
        at,
        slug: file.id,
        kind: BodyKind::named(&file.kind),
        parent: parent.map(|parent| parent.id),
        name: file.name,
        short: file.short,
        mandate: file.mandate,
        functions: file.functions,
        city: file.city,
        phone: file.phone,
    };
    let body = parts.store.write(register).await?;
    for unit in file.unit {
        let add = AddUnit { actor: None, at, body: body.id, slug: unit.id, name: unit.name, parent: None };
        parts.store.write(add).await?;
    }
    Ok(())
}

async fn delegate(parts: &Parts, state: &State, cast: &Cast, file: DelegationFile) -> Result<(), Failure> {
    let (at, person) = (parts.clock.now(), |handle: &str| cast.member(handle).map(|it| it.person.id));
    let ask = AskDelegation {
        at,
        body: state.body(&file.body)?,
        delegator: person(&file.delegator)?,
        delegate: Some(person(&file.delegate)?),
        powers: file.powers,
        topics: file.topics,
        from: Some(at + DAY * file.from),
        until: Some(at + DAY * file.until),
    };
    let delegation: Uuid = parts.store.write(ask).await?.id;
    if !file.approver.is_empty() {
        let (actor, reason) = (person(&file.approver)?, String::new());
        parts.store.write(DecideDelegation { actor, at, delegation, approves: true, reason }).await?;
    }
    if !file.ended.is_empty() {
        let (actor, reason) = (person(&file.ended)?, file.reason);
        parts.store.write(EndDelegation { actor, at, delegation, reason }).await?;
    }
    Ok(())
}
