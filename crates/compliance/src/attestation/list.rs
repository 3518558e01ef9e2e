//! The attestations that somebody may see, the next that is due first, for page and API alike.

use authz::{Actor, Failure, Kind, Refusal};
use clock::DAY;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use web::Cursor;

use super::{ASKED_DAYS, Attestation, table};
use crate::{
    Compliance,
    authority::{ANSWERERS, NOT_YOURS},
};

pub(crate) const STATES: [&str; 4] = ["overdue", "due", "failed", "confirmed"];

#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct AttestationsAsked {
    /// `overdue`, `due`, `failed` or `confirmed`.
    pub state: String,
    /// A body's slug.
    pub body: String,
    /// `yes` for what you confirm yourself.
    pub mine: String,
    pub cursor: String,
}

pub(crate) struct Listed {
    pub held: Vec<Attestation>,
    pub next: String,
}

impl Compliance {
    pub(crate) async fn attestations(
        &self,
        actor: &Actor,
        asked: &AttestationsAsked,
        page: usize,
    ) -> Result<Listed, Failure> {
        if actor.roles.is_empty() {
            return Err(NOT_YOURS.into());
        }
        let (sql, now) = (self.store.read(), self.clock.now());
        let sight = self.acting(actor).sight(&sql).await?;
        let body = match asked.body.as_str() {
            "" => None,
            slug => Some(organisations::body_by_slug(&sql, slug).await?.ok_or_else(Refusal::not_found)?.id),
        };
        let state = Some(asked.state.clone()).filter(|state| !state.is_empty());
        if state.as_deref().is_some_and(|state| !STATES.contains(&state)) {
            let refusal = Refusal::new(Kind::Invalid, "attestation.incomplete", &[]);
            return Err(refusal.with_item("state", "choice", "").into());
        }
        let led = actor.roles.iter().filter(|role| ANSWERERS.contains(&role.name.as_str()));
        let wanted = table::Wanted {
            bodies: (!sight.all).then_some(sight.bodies),
            led: led.map(|role| role.body).collect(),
            person: actor.person,
            mine: asked.mine == "yes",
            body,
            state,
        };
        let before_all = || (i64::MIN, Uuid::nil(), String::new());
        let after = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or_else(before_all);
        let moments = (now, now + DAY * ASKED_DAYS);
        let mut held = table::listed(&sql, &wanted, after, moments, page as i64 + 1).await?;
        let next = Cursor::cut(&mut held, page, |last| (last.due_at.0, last.body, last.control.clone()))?;
        Ok(Listed { held, next: next.unwrap_or_default() })
    }
}
