//! `/sign-in/code`: for whoever was handed a code after the password was ended.

use std::sync::Arc;

use askama::Template;
use authz::{Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use web::{
    Fault, Form, Page, Query, Shell,
    components::{Field, named},
    see_other, stay,
};

use super::enter::Entering;
use crate::{Identity, PASSWORD_CHARACTERS_MIN, session::sign_in::Origin};

/// What is told on the page itself, so that it can be tried again there.
const TOLD_HERE: [Kind; 4] = [Kind::NotIdentified, Kind::Invalid, Kind::TooMany, Kind::Unavailable];

pub(crate) fn routes() -> Router<Arc<Identity>> {
    Router::new().route("/sign-in/code", get(show).post(enter))
}

#[derive(Template)]
#[template(path = "entry_code/page.html")]
struct EntryPage {
    fields: Vec<Field>,
    is_done: bool,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

impl EntryPage {
    /// The number stays; code and passwords never travel back.
    fn new(shell: Shell, identifier: &str, is_done: bool, refusal: Option<Refusal>) -> EntryPage {
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let password = |name: &str, key: &str| {
            let field = Field::password(&shell, name, shell.t(key)).autocomplete("new-password");
            field.attribute("maxlength", "512").short().faults(&faults)
        };
        let fields = vec![
            Field::text(&shell, "identifier", shell.t("identity-identifier"))
                .hint(shell.t("identity-identifier-hint"))
                .value(identifier)
                .autocomplete("username")
                .attribute("inputmode", "numeric")
                .attribute("maxlength", "40")
                .short()
                .faults(&faults),
            Field::text(&shell, "code", shell.t("entry-code"))
                .hint(shell.t("entry-code-hint"))
                .autocomplete("one-time-code")
                .attribute("maxlength", "24")
                .short()
                .faults(&faults),
            password("password", "identity-password-new").hint(shell.t1(
                "identity-password-new-hint",
                "count",
                PASSWORD_CHARACTERS_MIN,
            )),
            password("again", "identity-password-again"),
        ];
        EntryPage { faults: named(faults, &fields), fields, is_done, refusal, shell }
    }
}

#[derive(Deserialize)]
struct Asked {
    done: Option<String>,
}

async fn show(shell: Shell, Query(asked): Query<Asked>) -> Response {
    Page(EntryPage::new(shell, "", asked.done.is_some(), None)).into_response()
}

/// Not `Debug`: it holds a code and passwords.
#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    identifier: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

async fn enter(
    State(identity): State<Arc<Identity>>,
    shell: Shell,
    origin: Origin,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let entering = Entering {
        identifier: &typed.identifier,
        code: &typed.code,
        new: &typed.password,
        again: &typed.again,
    };
    match identity.enter(entering, &origin).await {
        Ok(()) => Ok(see_other("/sign-in/code?done=1")),
        Err(failure) => {
            let refusal = failure.of(&TOLD_HERE)?;
            Ok(stay(refusal.kind, EntryPage::new(shell, &typed.identifier, false, Some(refusal))))
        }
    }
}
