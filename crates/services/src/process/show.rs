//! A process as its readers get it: of the version in force for everybody, of one that waits for those who write or
//! review it, played along a path when they ask.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use clock::Timestamp;
use compliance::Door;
use language::{Lang, Text};
use uuid::Uuid;

use super::{
    Party, Process, Stage,
    attest::{self, Attest},
    people::SamplePerson,
    play::Playing,
    ready::Ready,
    simulate::{Notice, Path, Played, Why},
};
use crate::{
    Services,
    entry::{
        EntryState,
        directory::Provider,
        table::{self, Pending},
    },
};

/// A version of a service's process, and what the reader may do with it.
pub(crate) struct Shown {
    pub slug: String,
    pub version: i64,
    pub version_row: Pending,
    pub process: Process,
    pub is_in_force: bool,
    /// Who has attested it.
    pub reviewer: Option<Text>,
    pub may_simulate: bool,
    pub may_attest: bool,
}

/// A stay of the played request, with the people who would act.
pub(crate) struct Scene {
    pub stage: Stage,
    pub act: Option<crate::request::Act>,
    pub by_law: bool,
    pub why: Why,
    pub notices: Vec<Notice>,
    pub from: Timestamp,
    pub until: Timestamp,
    pub who: Vec<Text>,
}

impl Services {
    /// The process of a version; without one, of the version in force. Other versions exist for their writers and
    /// reviewers alone.
    pub(crate) async fn process_of(
        &self,
        actor: Option<&Actor>,
        slug: &str,
        version: Option<i64>,
    ) -> Result<Shown, Failure> {
        let sql = self.store.read();
        let live = self.directory.entry(slug).map(|entry| entry.version);
        let version = version.or(live).ok_or_else(Refusal::not_found)?;
        let row = table::version(&sql, slug, version).await?.ok_or_else(Refusal::not_found)?;
        let resource = attest::resource(&sql, slug, &row).await?;
        let may = |act: &str| {
            actor.is_some_and(|actor| self.policies.decide("services", actor, act, &resource).permitted)
        };
        let (may_simulate, is_published) = (may("simulate"), row.state == EntryState::Published.word());
        if !may_simulate && !is_published {
            return Err(Refusal::not_found().into());
        }
        let reviewer = match row.legal_reviewer {
            Some(reviewer) => identity::person(&sql, reviewer).await?.map(|person| person.name),
            None => None,
        };
        Ok(Shown {
            slug: slug.to_owned(),
            version,
            process: row.process.clone().unwrap_or_else(|| Process::standard(&row.card)),
            is_in_force: live == Some(version),
            reviewer,
            may_simulate,
            may_attest: may("attest") && row.legal_reviewer.is_none() && row.process.is_some(),
            version_row: row,
        })
    }

    /// What keeps a version from coming into force, whoever has attested it.
    pub(crate) async fn process_flaws(&self, shown: &Shown) -> Result<Option<Refusal>, Failure> {
        let row = &shown.version_row;
        let process = row.process.as_ref();
        // The review comes last, and is shown apart.
        let ready = Ready { card: &row.card, process, body: row.body, legal_reviewer: row.legal_reviewer };
        match ready.check(&self.store.read(), self.clock.now()).await {
            Ok(()) => Ok(None),
            Err(Failure::Refused(refusal)) => Ok(Some(refusal)),
            Err(failure) => Err(failure),
        }
    }

    /// Plays a request that begins now, of nobody in particular or of a sample person, and says who would act and who
    /// would be told what. Whoever is not let in sends nothing.
    pub(crate) async fn played(
        &self,
        playing: Playing<'_>,
        path: Path,
        person: Option<&SamplePerson>,
    ) -> Result<Vec<Scene>, Failure> {
        let door = person.map(|person| person.at_the_door(playing.card)).unwrap_or_default();
        if door.iter().any(|asked| asked.refusal.is_some()) {
            return Ok(Vec::new());
        }
        let (now, body) = (self.clock.now(), playing.body);
        let calendar = |party: &Party| self.party_body(party, body);
        let due = |party: &Party, from: Timestamp, days: u32| {
            calendar(party).map_or(from, |provider| provider.calendar.due(from, days))
        };
        let mut scenes = Vec::new();
        let applicant_days = person.map(|person| person.answers_in_days);
        for played in playing.process.play(path, applicant_days, now, due) {
            scenes.push(self.scene(played, body, now).await?);
        }
        Ok(scenes)
    }

    async fn scene(&self, played: Played<'_>, body: Uuid, now: Timestamp) -> Result<Scene, Failure> {
        let sql = self.store.read();
        let notices = played.notices();
        let Played { stage, act, by_law, why, from, until, .. } = played;
        let people = match (stage.party.role(), self.party_body(&stage.party, body)) {
            (Some(role), Some(at)) => organisations::people_with(&sql, role, at.id, now).await?,
            _ => Vec::new(),
        };
        let persons = identity::persons(&sql, &people).await?;
        let who = persons.into_iter().map(|person| person.name).collect();
        Ok(Scene { stage: stage.clone(), act, by_law, why, notices, from, until, who })
    }

    /// The body whose calendar counts at a stage.
    fn party_body(&self, party: &Party, provider: Uuid) -> Option<Arc<Provider>> {
        match party {
            Party::Body { body, .. } => {
                self.directory.providers().into_iter().find(|known| known.slug == *body)
            }
            _ => self.directory.provider(provider),
        }
    }

    pub(crate) async fn attest(&self, actor: &Actor, slug: &str, version: i64) -> Result<(), Failure> {
        let (policies, clock) = (self.policies.clone(), self.clock.clone());
        let attest = Attest { actor: actor.clone(), slug: slug.to_owned(), version, policies, clock };
        self.carry_out(actor, &format!("service/{slug}"), attest, None).await
    }
}

/// The bodies and roles of a party in words, for the pages and the API.
pub(crate) fn party_words(services: &Services, stage: &Stage, lang: Lang) -> String {
    let holder = stage.holder.get(lang).to_owned();
    match &stage.party {
        Party::Body { body, .. } => {
            let known = services.directory.providers().into_iter().find(|known| known.slug == *body);
            let name = known.map(|known| known.name.get(lang).to_owned()).unwrap_or_else(|| body.clone());
            if holder.contains(&name) || holder.is_empty() { name } else { format!("{holder} ({name})") }
        }
        _ => holder,
    }
}
