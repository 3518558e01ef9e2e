//! The policies that somebody may see, and one of them with its versions, for page and API alike.

use std::collections::HashMap;

use authz::{Actor, Failure, Kind, Refusal};
use language::Text;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use web::Cursor;

use super::{Policy, PolicyKind, table};
use crate::{
    Register,
    authority::{About, NOT_YOURS},
    review::{Review, table as reviews},
    version::{
        Version,
        table::{self as versions, Consultation},
    },
};

/// Longer is no search.
const WORDS_CHARACTERS_MAX: usize = 100;

#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct PoliciesAsked {
    /// Words of a title.
    pub q: String,
    /// `official_mail`, `social_media`, `remote_work`, `vpn_use`, `information_security`, `external` or `other`.
    pub kind: String,
    /// A body's slug.
    pub body: String,
    /// `overdue` for those whose review is late.
    pub review: String,
    pub cursor: String,
}

/// A policy of a list, with the version that its readers see.
pub(crate) struct Listed {
    pub policy: Policy,
    pub version: Version,
    pub current: Option<Uuid>,
}

/// A policy with everything that belongs to it.
pub(crate) struct PolicyFile {
    pub policy: Policy,
    pub current: Option<Version>,
    /// Of those that this person may see, the first one first.
    pub versions: Vec<Version>,
    pub reviews: Vec<Review>,
    pub may: May,
}

/// What somebody may do with a policy.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct May {
    pub see_draft: bool,
    pub revise: bool,
    pub approve: bool,
    pub consult: bool,
    pub sign_review: bool,
    pub follow_up: bool,
    pub report_breach: bool,
}

impl May {
    pub(crate) fn words(self) -> Vec<&'static str> {
        let all = [
            ("revise", self.revise),
            ("approve", self.approve),
            ("consult", self.consult),
            ("sign_review", self.sign_review),
            ("follow_up", self.follow_up),
            ("report_breach", self.report_breach),
        ];
        all.into_iter().filter(|(_, may)| *may).map(|(word, _)| word).collect()
    }
}

impl Register {
    pub(crate) async fn listed(
        &self,
        actor: &Actor,
        asked: &PoliciesAsked,
        page: usize,
    ) -> Result<(Vec<Listed>, String), Failure> {
        if actor.roles.is_empty() {
            return Err(NOT_YOURS.into());
        }
        let (sql, acting, now) = (self.store.read(), self.acting(actor), self.clock.now());
        let unknown = |field: &str| {
            Refusal::new(Kind::Invalid, "policy.filter_invalid", &[]).with_item(field, "enum", "")
        };
        let kind = match asked.kind.as_str() {
            "" => None,
            word => Some(PolicyKind::named(word).ok_or_else(|| unknown("kind"))?),
        };
        let body = match asked.body.as_str() {
            "" => None,
            slug => Some(organisations::body_by_slug(&sql, slug).await?.ok_or_else(|| unknown("body"))?.id),
        };
        let wanted = table::Wanted {
            bodies: (!acting.oversees(&sql).await?).then(|| actor.bodies()),
            led: acting.led(),
            units: acting.units(),
            kind,
            body,
            words: asked.q.trim().chars().take(WORDS_CHARACTERS_MAX).collect(),
            overdue: asked.review == "overdue",
        };
        let before = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(Uuid::max());
        let mut held = table::listed(&sql, &wanted, (before, now), page as i64 + 1).await?;
        let next = Cursor::cut(&mut held, page, |last| last.id)?.unwrap_or_default();
        let mut found = Vec::with_capacity(held.len());
        for policy in held {
            let current = versions::in_force(&sql, policy.id, now).await?;
            let shown = match &current {
                Some(version) => Some(version.clone()),
                None => versions::of_policy(&sql, policy.id).await?.pop(),
            };
            let current = current.map(|it| it.id);
            found.extend(shown.map(|version| Listed { policy, version, current }));
        }
        Ok((found, next))
    }

    /// A policy that this person may see; nothing tells a stranger that it exists. What was never in force is seen by those
    /// who write it, sign it or lead.
    pub(crate) async fn file(&self, actor: &Actor, id: Uuid) -> Result<PolicyFile, Failure> {
        let (sql, acting, now) = (self.store.read(), self.acting(actor), self.clock.now());
        let policy = table::find(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let about = About::of(&policy);
        let may = May {
            see_draft: acting.may(&sql, "see_draft", about).await?,
            revise: acting.may(&sql, "revise", about).await?,
            approve: acting.may(&sql, "approve", about).await?,
            consult: acting.may(&sql, "consult", about).await?,
            sign_review: acting.may(&sql, "sign_review", about).await?,
            follow_up: acting.may(&sql, "follow_up", about).await?,
            report_breach: acting.may(&sql, "report_breach", about).await?,
        };
        let current = versions::in_force(&sql, id, now).await?;
        let sees = current.is_some() && acting.may(&sql, "see", about).await?;
        if !sees && !may.see_draft {
            return Err(Refusal::not_found().into());
        }
        let mut held = versions::of_policy(&sql, id).await?;
        held.retain(|it| may.see_draft || it.in_force_at.is_some_and(|at| at <= now));
        let reviews = reviews::of_policy(&sql, id).await?;
        Ok(PolicyFile { policy, current, versions: held, reviews, may })
    }

    /// One version of it, with what the implementing body said.
    pub(crate) async fn version_file(
        &self,
        actor: &Actor,
        id: Uuid,
        number: i64,
    ) -> Result<(PolicyFile, Version, Vec<Consultation>), Failure> {
        let file = self.file(actor, id).await?;
        let version = file.versions.iter().find(|it| it.number == number).cloned();
        let version = version.ok_or_else(Refusal::not_found)?;
        let heard = versions::consultations(&self.store.read(), version.id).await?;
        Ok((file, version, heard))
    }

    /// Names of persons, by id.
    pub(crate) async fn names(
        &self,
        people: impl IntoIterator<Item = Uuid>,
    ) -> Result<HashMap<Uuid, Text>, Failure> {
        let mut ids: Vec<Uuid> = people.into_iter().collect();
        ids.sort();
        ids.dedup();
        let persons = identity::persons(&self.store.read(), &ids).await?;
        Ok(persons.into_iter().map(|person| (person.id, person.name)).collect())
    }

    /// Whether what was approved is what stands there: the hash in the ledger's entry, and the entry's place in the tree.
    pub(crate) async fn approval(&self, version: &Version) -> Result<Option<Approval>, Failure> {
        let Some(entry) = version.approval_entry else { return Ok(None) };
        let Some(recorded) = ledger::find(&self.store.read(), entry).await? else { return Ok(None) };
        let said = recorded.body.as_ref().and_then(|body| body.get("sha256")?.as_str().map(str::to_owned));
        let hash = version.content.hash();
        let holds = said.as_deref() == Some(hash.as_str()) && recorded.kind == "policy.approved";
        Ok(Some(Approval { hash, holds, index: recorded.index }))
    }
}

/// An approval as the ledger holds it.
pub(crate) struct Approval {
    pub hash: String,
    /// Whether the text is still the one that was approved.
    pub holds: bool,
    /// Its place in the log; nothing for the first moments.
    pub index: Option<u64>,
}
