//! Working time as people set it: the holidays and hours of the state and of each body, each change with its reason and its
//! source of law. Clocks of open requests are worked out anew with every change, and whoever's date moves is told.
//!
//! The days themselves belong to `organisations`; here is who may change them and what follows.

pub(crate) mod api;
pub(crate) mod change;
pub(crate) mod file;
pub(crate) mod page;
pub(crate) mod refit;

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use clock::days_from_civil;
use compliance::Door;
use organisations::Scope;
use store::{Once, OnceKey};
use utoipa_axum::router::OpenApiRouter;

use crate::{Services, entry::directory::Provider};
use change::ChangeWorkingTime;

/// Years before and after this one that can be looked at.
const YEARS_FAR_MAX: i64 = 10;

pub(crate) fn api_routes() -> OpenApiRouter<Arc<Services>> {
    api::routes()
}

/// The first day of a year, and of the one after it.
fn days_of_year(year: i64) -> (i64, i64) {
    (days_from_civil(year, 1, 1), days_from_civil(year + 1, 1, 1))
}

impl Services {
    /// The body of an address; nothing means the whole state.
    fn calendar_of(&self, slug: &str) -> Result<Option<Arc<Provider>>, Refusal> {
        match slug {
            "" => Ok(None),
            slug => self.directory.provider_by_slug(slug).map(Some).ok_or_else(Refusal::not_found),
        }
    }

    /// The year that is looked at: this one unless another is named.
    fn year_of(&self, asked: Option<i64>) -> i64 {
        let now = clock::civil_from_days(self.clock.now().day()).0;
        asked.map_or(now, |year| year.clamp(now - YEARS_FAR_MAX, now + YEARS_FAR_MAX))
    }

    async fn change_working_time(
        &self,
        actor: &Actor,
        verb: ChangeWorkingTime,
        key: Option<OnceKey>,
    ) -> Result<i64, Failure> {
        let subject = match verb.change.scope {
            Scope::State => "state/calendar".to_owned(),
            Scope::Body(body) => format!("body/{body}"),
        };
        let outcome = self.store.write(Once { key, verb }).await;
        self.ledger.wake();
        let version = self.noted(actor, &subject, outcome).await?;
        self.directory.refresh(&self.store).await?;
        Ok(version)
    }
}
