//! The cast: persons with passwords, second factors, appointments and mandates.

use std::collections::HashMap;

use authz::{Actor, Assurance, Failure, Via};
use clock::DAY;
use identity::{Beneficiary, GrantMandate, Person, RecordPhone, RegisterEntity, RegisterPerson, SCOPE_ALL};
use language::{Digits, Lang};
use organisations::Appoint;
use uuid::Uuid;

use super::{
    DemoError,
    files::{self, PersonFile},
    state::State,
};
use crate::parts::Parts;

/// One of the cast, with what the demo tells everybody.
pub struct Member {
    pub file: PersonFile,
    pub person: Person,
    pub password: String,
    pub totp_secret: Option<String>,
}

pub struct Cast {
    pub members: Vec<Member>,
    pub entities: HashMap<String, Uuid>,
}

impl Cast {
    pub fn member(&self, handle: &str) -> Result<&Member, DemoError> {
        let found = self.members.iter().find(|member| member.file.handle == handle);
        found.ok_or_else(|| DemoError::Unknown("people.toml", handle.to_owned()))
    }

    /// Whoever holds a role at a body.
    pub fn holder(&self, body: &str, role: &str) -> Option<String> {
        let holds = |member: &&Member| {
            member
                .file
                .appointment
                .iter()
                .any(|appointment| appointment.body == body && appointment.role == role)
        };
        self.members.iter().find(holds).map(|member| member.file.handle.clone())
    }

    pub fn author_of(&self, body: &str) -> Option<String> {
        self.holder(body, "author")
    }

    /// The person as verbs see them, signed in as surely as they can.
    pub async fn actor(&self, parts: &Parts, handle: &str) -> Result<Actor, Failure> {
        let member = self.member(handle)?;
        let now = parts.clock.now();
        Ok(Actor {
            person: member.person.id,
            via: Via::System,
            assurance: if member.totp_secret.is_some() { Assurance::Substantial } else { Assurance::Basic },
            roles: organisations::roles_of(&parts.store.read(), member.person.id, now).await?,
            kind: member.file.kind.clone(),
        })
    }
}

pub async fn load(parts: &Parts, state: &State) -> Result<Cast, Failure> {
    let files = files::people()?;
    let at = parts.clock.now();
    let mut cast = Cast { members: Vec::new(), entities: HashMap::new() };
    for file in files.entity {
        let register = RegisterEntity {
            actor: None,
            at,
            name: file.name,
            kind: Beneficiary::named(&file.kind).unwrap_or(Beneficiary::PrivateInstitution),
            registration: file.registration_number,
            abroad: false,
        };
        cast.entities.insert(file.id, parts.store.write(register).await?.id);
    }
    for file in files.person {
        let member = admit(parts, state, &cast.entities, file).await?;
        cast.members.push(member);
    }
    Ok(cast)
}

async fn admit(
    parts: &Parts,
    state: &State,
    entities: &HashMap<String, Uuid>,
    file: PersonFile,
) -> Result<Member, Failure> {
    let at = parts.clock.now();
    let register = RegisterPerson {
        actor: None,
        at,
        identifier: file.identifier.clone(),
        name: file.name.clone(),
        email: file.email.clone(),
        phone: file.phone.clone(),
        language: if file.language == "en" { Lang::En } else { Lang::Ar },
        digits: Digits::Latin,
        kind: Beneficiary::named(&file.kind).unwrap_or(Beneficiary::Citizen),
        abroad: false,
    };
    let person = parts.store.write(register).await?;
    let password = pass_phrase(&file.identifier);
    parts.identity.set_password(None, &person, &password).await?;
    let totp_secret = match file.appointment.is_empty() && file.mandate.is_empty() {
        true => None,
        false => {
            let secret = identity::new_secret();
            parts.identity.enrol_totp(None, person.id, &secret).await?;
            Some(secret)
        }
    };
    appoint(parts, state, &file, person.id).await?;
    if !file.appointment.is_empty() {
        // Whoever works at a body has a number for safety; the public adds its own.
        let number = file.phone.clone();
        parts.store.write(RecordPhone { actor: None, person: person.id, number, at }).await?;
    }
    for mandate in &file.mandate {
        let entity = *entities
            .get(&mandate.entity)
            .ok_or_else(|| DemoError::Unknown("people.toml", mandate.entity.clone()))?;
        let grant = GrantMandate {
            actor: None,
            at,
            person: person.id,
            entity,
            scope: SCOPE_ALL.to_owned(),
            from: at,
            until: Some(at + DAY * 1_500),
        };
        parts.store.write(grant).await?;
    }
    Ok(Member { file, person, password, totp_secret })
}

/// Three words by the digits of the national number: easy to type, the same at every loading, nobody's name.
fn pass_phrase(identifier: &str) -> String {
    const WORDS: [&str; 10] = [
        "amber", "cedar", "harbour", "lantern", "marble", "orchard", "pebble", "saffron", "thistle", "velvet",
    ];
    let digits = identifier.bytes().filter(u8::is_ascii_digit).map(|digit| usize::from(digit - b'0'));
    let sums = [3, 7, 9]
        .map(|weight| digits.clone().enumerate().map(|(at, digit)| digit * (at * weight + 1)).sum::<usize>());
    let [one, two, three] = sums.map(|sum| WORDS[sum % WORDS.len()]);
    format!("{one}-{two}-{three}-{}", digits.sum::<usize>())
}

async fn appoint(parts: &Parts, state: &State, file: &PersonFile, person: Uuid) -> Result<(), Failure> {
    let at = parts.clock.now();
    for appointment in &file.appointment {
        let body = state
            .bodies
            .get(&appointment.body)
            .ok_or_else(|| DemoError::Unknown("people.toml", appointment.body.clone()))?;
        let unit = state.units.get(&(appointment.body.clone(), appointment.unit.clone())).copied();
        let role = appointment.role.clone();
        let appoint = Appoint { actor: None, at, person, body: body.id, unit, role, from: at, until: None };
        parts.store.write(appoint).await?;
    }
    Ok(())
}
