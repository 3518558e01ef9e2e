//! Turns an [`Error`] into the page or the problem that this caller can read.

use std::{error::Error as StdError, sync::Arc};

use askama::Template;
use authz::{Failure, Kind, Refusal};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use rand::RngExt;

use super::{Error, Way};
use crate::{
    FieldProblem, Problem, Shell,
    call::{Call, Wants},
};

/// The field of items that name whoever may, where nobody's input is wrong.
const WHO: &str = "who";
/// Characters of an incident number: none that are mistaken for each other when read aloud.
const INCIDENT_ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";

#[derive(Template)]
#[template(path = "error/page.html")]
struct ErrorPage<'e> {
    shell: Shell,
    told: &'e Told,
}

/// The same without the shell, for a piece that htmx asked for.
#[derive(Template)]
#[template(path = "error/piece.html")]
struct ErrorPiece<'e> {
    shell: Shell,
    told: &'e Told,
}

/// A failure in the words of the caller.
struct Told {
    status: StatusCode,
    code: String,
    sentence: String,
    detail: String,
    controls: Vec<String>,
    errors: Vec<FieldProblem>,
    way_href: String,
    way_words: String,
    /// Empty when it is not our fault.
    incident: String,
    instance: String,
}

impl Told {
    /// Whoever could do what this caller may not.
    fn who(&self) -> Vec<&str> {
        self.errors.iter().filter(|it| it.field == WHO).map(|it| it.message.as_str()).collect()
    }

    /// What is wrong with what was sent.
    fn faults(&self) -> Vec<&FieldProblem> {
        self.errors.iter().filter(|it| it.field != WHO).collect()
    }
}

pub(crate) fn render(call: &Arc<Call>, error: &Error) -> Response {
    let shell = Shell::of(call);
    let told = match &error.failure {
        Failure::Refused(refusal) => refused(&shell, call, error, refusal),
        Failure::Broken(source) => broken(&shell, call, source.as_ref()),
    };
    let mut response = match (call.wants, call.partial) {
        (Wants::Problem, _) => problem(call, &told),
        (Wants::Page, false) => html(ErrorPage { shell, told: &told }),
        (Wants::Page, true) => html(ErrorPiece { shell, told: &told }),
    };
    *response.status_mut() = told.status;
    if let Some(seconds) = error.retry_after_seconds {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    if told.status == StatusCode::UNAUTHORIZED && call.is_api() {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

fn refused(shell: &Shell, call: &Call, error: &Error, refusal: &Refusal) -> Told {
    let Way { href, key } = error.way.clone().unwrap_or_else(|| way_by_kind(call, refusal.kind));
    let errors = refusal.items.iter().map(|item| FieldProblem {
        field: item.field.clone(),
        code: item.code.clone(),
        detail: item.detail.clone(),
        message: shell.item(item),
    });
    tracing::info!(code = refusal.code, controls = ?refusal.controls, "refused");
    Told {
        status: error.status(),
        code: refusal.code.to_owned(),
        sentence: shell.refusal(refusal),
        detail: shell.refusal_detail(refusal),
        controls: refusal.controls.iter().map(|id| (*id).to_owned()).collect(),
        errors: errors.collect(),
        way_href: href,
        way_words: if key.is_empty() { shell.refusal_way(refusal) } else { shell.t(key) },
        incident: String::new(),
        instance: format!("urn:uuid:{}", call.id),
    }
}

fn broken(shell: &Shell, call: &Call, source: &(dyn StdError + 'static)) -> Told {
    let incident = incident_number();
    tracing::error!(incident, chain = chain(source), "a call broke");
    Told {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        code: "web.broken".to_owned(),
        sentence: shell.t("refusal-web-broken"),
        detail: shell.t("refusal-web-broken-detail"),
        controls: Vec::new(),
        errors: Vec::new(),
        way_href: call.path.clone(),
        way_words: shell.t("refusal-web-broken-way"),
        instance: format!("urn:incident:{incident}"),
        incident,
    }
}

/// Where the button leads when the handler did not say.
fn way_by_kind(call: &Call, kind: Kind) -> Way {
    let back = || call.came_from.clone().unwrap_or_else(|| call.path.clone());
    let href = match kind {
        Kind::NotIdentified => crate::address("/sign-in", [("next", back().as_str())]),
        // Who works at a desk goes on there; everybody else begins again.
        Kind::NotAllowed if call.path.starts_with("/desk/") => {
            return Way { href: "/desk".to_owned(), key: "web-way-desk" };
        }
        Kind::NotAllowed | Kind::NotFound => "/".to_owned(),
        Kind::Conflict | Kind::TooLarge | Kind::Invalid | Kind::TooMany | Kind::Unavailable => back(),
    };
    Way { href, key: "" }
}

fn problem(call: &Call, told: &Told) -> Response {
    let body = Problem {
        kind: format!("{}/problems/{}", call.site.public_address, told.code),
        title: told.sentence.clone(),
        status: told.status.as_u16(),
        code: told.code.clone(),
        detail: told.detail.clone(),
        controls: told.controls.clone(),
        errors: told.errors.clone(),
        instance: told.instance.clone(),
    };
    let mut response = Json(body).into_response();
    let media_type = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    response.headers_mut().insert(header::CONTENT_LANGUAGE, content_language(call));
    response
}

fn content_language(call: &Call) -> HeaderValue {
    HeaderValue::from_static(call.preferences.lang.code())
}

/// The apology must not depend on a template that may be what broke.
fn html(template: impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            tracing::error!(chain = chain(&error), "the error page broke");
            "تعذّر عرض الصفحة. The page could not be shown.".into_response()
        }
    }
}

/// Eight characters that can be read over the telephone: `K7MQ-2XRT`.
fn incident_number() -> String {
    let mut random = rand::rng();
    let mut pick = || INCIDENT_ALPHABET[random.random_range(0..INCIDENT_ALPHABET.len())] as char;
    let mut four = || (0..4).map(|_| pick()).collect::<String>();
    let first = four();
    format!("{first}-{}", four())
}

/// The error and what caused it, outermost first.
fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line.push_str(": ");
        line.push_str(&error.to_string());
        cause = error.source();
    }
    line
}
