//! Bodies, units, holidays, and the directory of services.

use std::collections::HashMap;

use authz::Failure;
use clock::{DAY, days_from_civil};
use language::Text;
use organisations::{AddUnit, Body, BodyKind, RegisterBody, SetFields, SetHoliday};
use services::{Attest, Publish, Register};
use uuid::Uuid;

use super::{DemoError, Scope, files, people::Cast};
use crate::parts::Parts;

/// Bodies by slug, units by body and slug.
pub struct State {
    pub bodies: HashMap<String, Body>,
    pub units: HashMap<(String, String), Uuid>,
}

pub async fn load(parts: &Parts) -> Result<State, Failure> {
    let mut state = State { bodies: HashMap::new(), units: HashMap::new() };
    let at = parts.clock.now();
    for file in files::bodies()?.body {
        let register = RegisterBody {
            actor: None,
            at,
            slug: file.id.clone(),
            kind: BodyKind::named(&file.kind),
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
            let add = AddUnit { actor: None, at, body: body.id, slug: unit.id.clone(), name: unit.name };
            state.units.insert((file.id.clone(), unit.id), parts.store.write(add).await?.id);
        }
        set_holidays(parts, body.id).await?;
        state.bodies.insert(file.id, body);
    }
    Ok(state)
}

/// The state's own days, this year and the next.
async fn set_holidays(parts: &Parts, body: Uuid) -> Result<(), Failure> {
    let days = [
        (2, 17, Text::new("ذكرى الثورة", "Revolution Day")),
        (5, 1, Text::new("عيد العمال", "Labour Day")),
        (12, 24, Text::new("عيد الاستقلال", "Independence Day")),
    ];
    let at = parts.clock.now();
    let year = clock::civil_from_days(at.day()).0;
    for year in [year, year + 1] {
        for (month, day, name) in &days {
            let day = days_from_civil(year, *month, *day);
            parts.store.write(SetHoliday { actor: None, at, body, day, name: name.clone() }).await?;
        }
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
