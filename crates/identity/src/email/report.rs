//! `/personal-mail`: how many of a body's people have a personal address abroad, for its administrators (LY-MAIL-3.02e).
//! Domains are counted; no address is shown.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use authz::{Actor, Assurance, Failure, Refusal};
use axum::{Router, extract::State, routing::get};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Json, Page, Shell, components::Link};

use super::{provider, table};
use crate::{Caller, Identity, caller::require};

const ROLE: &str = "administrator";
/// Addresses that one question reads.
const ADDRESSES_AT_ONCE: i64 = 1_000;
/// Domains that are named; the rest stand in the count alone.
const DOMAINS_SHOWN: usize = 50;

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new().route("/personal-mail", get(show))
}

/// How the people of somebody's bodies stand.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct PersonalMail {
    /// Everybody who works there.
    people: i64,
    /// Nobody can write to them.
    without: i64,
    /// With a provider that is not on the list of the country.
    foreign: i64,
    /// The providers of those, the most used first.
    domains: Vec<PersonalMailDomain>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonalMailDomain {
    domain: String,
    people: i64,
}

impl Identity {
    async fn personal_mail(&self, actor: &Actor) -> Result<PersonalMail, Failure> {
        let held = actor.roles.iter().filter(|held| held.name == ROLE);
        let bodies: Vec<Uuid> = held.map(|held| held.body).collect();
        if bodies.is_empty() {
            return Err(Refusal::not_found().into());
        }
        require(actor, Assurance::Substantial)?;
        let (mut found, mut domains) = (PersonalMail::default(), BTreeMap::<String, i64>::new());
        let mut after = Uuid::nil();
        loop {
            let (sql, now) = (self.store.read(), self.clock.now());
            let some = table::of_staff(&sql, &bodies, (after, ADDRESSES_AT_ONCE), now).await?;
            let Some((last, _)) = some.last() else { break };
            after = *last;
            for (_, email) in &some {
                found.people += 1;
                found.without += i64::from(email.is_empty());
                if provider::is_foreign(email) {
                    found.foreign += 1;
                    *domains.entry(provider::domain(email)).or_default() += 1;
                }
            }
        }
        let named = domains.into_iter().map(|(domain, people)| PersonalMailDomain { domain, people });
        found.domains = named.collect();
        found.domains.sort_by_key(|named| -named.people);
        found.domains.truncate(DOMAINS_SHOWN);
        Ok(found)
    }
}

#[derive(Template)]
#[template(path = "email/report.html")]
struct ReportPage {
    trail: Vec<Link>,
    found: PersonalMail,
    shell: Shell,
}

async fn show(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<ReportPage>, web::Error> {
    let found = identity.personal_mail(&actor).await?;
    Ok(Page(ReportPage { trail: vec![Link::new("/account", shell.t("identity-account"))], found, shell }))
}

/// Personal addresses of a body's people
///
/// How many of them are kept with a provider outside of the country. For administrators, of their bodies.
#[utoipa::path(get, path = "/api/v1/personal-mail", operation_id = "count_personal_mail", tag = "identity",
    security(("token" = [])), responses((status = 200, body = PersonalMail), web::openapi::Refusals))]
pub(crate) async fn count(
    State(identity): State<Arc<Identity>>,
    Caller(actor): Caller,
) -> Result<Json<PersonalMail>, web::Error> {
    Ok(Json(identity.personal_mail(&actor).await?))
}
