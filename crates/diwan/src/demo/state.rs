//! Bodies, units, holidays, and the directory of services.

use std::collections::HashMap;

use authz::Failure;
use clock::{DAY, days_from_civil};
use organisations::{
    AddUnit, Body, BodyKind, Change, ChangeCalendar, Holiday, RegisterBody, Scope as Whose, SetFields,
};
use services::{Attest, Publish, Register};
use uuid::Uuid;

use super::{DemoError, Scope, files, people::Cast};
use crate::parts::Parts;

/// Bodies by slug, units by body and slug.
pub struct State {
    pub bodies: HashMap<String, Body>,
    pub units: HashMap<(String, String), Uuid>,
}

impl State {
    pub fn body(&self, slug: &str) -> Result<Uuid, DemoError> {
        let found = self.bodies.get(slug).map(|body| body.id);
        found.ok_or_else(|| DemoError::Unknown("bodies.toml", slug.to_owned()))
    }

    pub fn unit(&self, body: &str, slug: &str) -> Option<Uuid> {
        self.units.get(&(body.to_owned(), slug.to_owned())).copied()
    }
}

pub async fn load(parts: &Parts) -> Result<State, Failure> {
    set_holidays(parts).await?;
    let mut state = State { bodies: HashMap::new(), units: HashMap::new() };
    let at = parts.clock.now();
    for file in files::bodies()?.body {
        let register = RegisterBody {
            actor: None,
            at,
            slug: file.id.clone(),
            kind: BodyKind::named(&file.kind),
            parent: None,
            name: file.name,
            short: file.short,
            mandate: file.mandate,
            functions: file.functions,
            city: file.city,
            phone: file.phone,
        };
        let body = parts.store.write(register).await?;
        let fields = SetFields { actor: None, at, body: body.id, fields: file.fields };
        parts.store.write(fields).await?;
        for unit in file.unit {
            let add = AddUnit {
                actor: None,
                at,
                body: body.id,
                slug: unit.id.clone(),
                name: unit.name,
                parent: None,
            };
            state.units.insert((file.id.clone(), unit.id), parts.store.write(add).await?.id);
        }
        state.bodies.insert(file.id, body);
    }
    Ok(state)
}

/// The state's own days, as the file of the demo lists them: those of every year, and those that follow the moon.
async fn set_holidays(parts: &Parts) -> Result<(), Failure> {
    let at = parts.clock.now();
    let this_year = clock::civil_from_days(at.day()).0;
    for change in files::holidays()?.change {
        let mut holidays = Vec::new();
        for line in change.day {
            let (month, day) = (line.month, line.day);
            let years = line.year.map_or_else(|| vec![this_year, this_year + 1], |year| vec![year]);
            let days = years.into_iter().map(|year| days_from_civil(year, month, day));
            holidays.extend(days.flat_map(|first| {
                let name = line.name.clone();
                (first..first + line.days).map(move |day| Holiday { day, name: name.clone() })
            }));
        }
        let change = ChangeCalendar {
            actor: None,
            at,
            scope: Whose::State,
            change: Change::Add { holidays },
            reason: change.reason,
            source: change.source,
        };
        parts.store.write(change).await?;
    }
    Ok(())
}

/// Each provider's author registers its services, a legal reviewer puts a name to their processes, and the competent
/// administration's verifier publishes them.
pub async fn publish_services(parts: &Parts, cast: &Cast, scope: Scope) -> Result<(), Failure> {
    let (policies, clock) = (parts.services.policies.clone(), parts.clock.clone());
    let verifier = cast.actor(parts, "laila").await?;
    let reviewer = cast.actor(parts, "halima").await?;
    for file in files::services()?.into_iter().filter(|file| scope.has(&file.card.id)) {
        let body = &file.card.body;
        let author = cast.author_of(body).ok_or_else(|| DemoError::Unknown("services", body.clone()))?;
        let actor = cast.actor(parts, &author).await?;
        let slug = file.card.id.clone();
        let (form, process) = (file.form.to_owned(), Some(file.process));
        let (policies, clock) = (policies.clone(), clock.clone());
        let register = Register {
            actor,
            card: file.card,
            form,
            process,
            policies: policies.clone(),
            clock: clock.clone(),
        };
        let version = parts.store.write(register).await?.version;
        let (actor, of) = (reviewer.clone(), slug.clone());
        let attest = Attest { actor, slug: of, version, policies: policies.clone(), clock: clock.clone() };
        parts.store.write(attest).await?;
        parts.store.write(Publish { actor: verifier.clone(), slug, version, policies, clock }).await?;
    }
    clock.advance(DAY);
    parts.services.directory.refresh(&parts.store).await?;
    Ok(())
}
