//! `/account/recovery`: how many recovery codes are left, and new ones, shown once.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use web::{Page, Shell, components::Link, stay};

use super::{RECOVERY_CODES, table};
use crate::{Caller, Fresh, FreshForm, Identity, account::TOLD_ON_THE_PAGE, password::table::known_by_id};

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new().route("/account/recovery", get(show).post(make))
}

#[derive(Template)]
#[template(path = "recovery/page.html")]
struct RecoveryPage {
    trail: Vec<Link>,
    remaining: i64,
    has_factor: bool,
    /// Made just now, shown this once.
    codes: Vec<String>,
    at_once: usize,
    refusal: Option<Refusal>,
    shell: Shell,
}

async fn show(
    State(identity): State<Arc<Identity>>,
    Fresh(caller): Fresh,
    shell: Shell,
) -> Result<Response, web::Error> {
    Ok(Page(identity.recovery_page(&caller, shell, Vec::new(), None).await?).into_response())
}

#[derive(Deserialize)]
struct Nothing {}

/// No redirect: the codes stand on this one answer and nowhere else.
async fn make(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    FreshForm(Nothing {}): FreshForm<Nothing>,
) -> Result<Response, web::Error> {
    caller.own_session()?;
    match identity.make_recovery_codes(caller.0.person).await {
        Ok(codes) => Ok(Page(identity.recovery_page(&caller, shell, codes, None).await?).into_response()),
        Err(failure) => {
            let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
            let kind = refusal.kind;
            Ok(stay(kind, identity.recovery_page(&caller, shell, Vec::new(), Some(refusal)).await?))
        }
    }
}

impl Identity {
    async fn recovery_page(
        &self,
        caller: &Caller,
        shell: Shell,
        codes: Vec<String>,
        refusal: Option<Refusal>,
    ) -> Result<RecoveryPage, Failure> {
        caller.own_session()?;
        let (sql, person) = (self.store.read(), caller.0.person);
        let known = known_by_id(&sql, person, self.clock.now()).await?.ok_or(Refusal::not_found())?;
        Ok(RecoveryPage {
            trail: vec![Link::new("/account", shell.t("identity-account"))],
            remaining: table::count(&sql, person).await?,
            has_factor: known.has_factor(),
            codes,
            at_once: RECOVERY_CODES,
            refusal,
            shell,
        })
    }
}
