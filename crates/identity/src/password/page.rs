//! `/account/password`: the present one, and the new one twice.

use std::sync::Arc;

use askama::Template;
use authz::Refusal;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use web::{
    Fault, Form, Page, Query, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{PASSWORD_CHARACTERS_MIN, change::Change};
use crate::{Caller, Identity, account::TOLD_ON_THE_PAGE, proof::field, session::sign_in::Origin};

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new().route("/account/password", get(show).post(change))
}

#[derive(Template)]
#[template(path = "password/page.html")]
struct PasswordPage {
    trail: Vec<Link>,
    fields: Vec<Field>,
    is_changed: bool,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

impl PasswordPage {
    /// What was typed never travels back.
    fn new(shell: Shell, is_changed: bool, refusal: Option<Refusal>) -> PasswordPage {
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let field = |name: &str, label: &str, complete: &str| {
            field::password(&shell, name, label, complete).faults(&faults)
        };
        let hint = shell.t1("identity-password-new-hint", "count", PASSWORD_CHARACTERS_MIN);
        let fields = vec![
            field("present", "identity-password-present", field::CURRENT),
            field("password", "identity-password-new", "new-password").hint(hint),
            field("again", "identity-password-again", "new-password"),
        ];
        PasswordPage {
            trail: vec![Link::new("/account", shell.t("identity-account"))],
            faults: named(faults, &fields),
            fields,
            is_changed,
            refusal,
            shell,
        }
    }
}

#[derive(Deserialize)]
struct Asked {
    changed: Option<String>,
}

async fn show(_: Caller, shell: Shell, Query(asked): Query<Asked>) -> Response {
    Page(PasswordPage::new(shell, asked.changed.is_some(), None)).into_response()
}

/// Not `Debug`: it holds passwords.
#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    present: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

async fn change(
    State(identity): State<Arc<Identity>>,
    caller: Caller,
    shell: Shell,
    origin: Origin,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let session = caller.own_session()?;
    let change = Change { present: &typed.present, new: &typed.password, again: &typed.again };
    match identity.change_password(caller.0.person, session, change, &origin).await {
        Ok(()) => Ok(see_other("/account/password?changed=1")),
        Err(failure) => {
            let refusal = failure.of(&TOLD_ON_THE_PAGE)?;
            Ok(stay(refusal.kind, PasswordPage::new(shell, false, Some(refusal))))
        }
    }
}
