//! Pages about the site itself: how accessible it is, and what a kind of problem means.

use askama::Template;
use axum::{Router, routing::get};

use crate::{Error, Page, Path, Shell};

/// Letters of a problem's code: longer was never one of ours.
const CODE_LETTERS_MAX: usize = 80;

pub(crate) fn routes() -> Router {
    Router::new().route("/accessibility", get(accessibility)).route("/problems/{code}", get(problem))
}

#[derive(Template)]
#[template(path = "about/accessibility.html")]
struct Accessibility {
    shell: Shell,
}

async fn accessibility(shell: Shell) -> Page<Accessibility> {
    Page(Accessibility { shell })
}

/// The address that every problem names as its `type` (RFC 9457) leads here.
#[derive(Template)]
#[template(path = "about/problem.html")]
struct ProblemPage {
    code: String,
    sentence: String,
    detail: Option<String>,
    shell: Shell,
}

async fn problem(shell: Shell, Path(code): Path<String>) -> Result<Page<ProblemPage>, Error> {
    let known = code.len() <= CODE_LETTERS_MAX
        && code.bytes().all(|letter| letter.is_ascii_lowercase() || matches!(letter, b'.' | b'_'));
    if !known {
        return Err(Error::not_found());
    }
    let key = format!("refusal-{}", code.replace(['.', '_'], "-"));
    let sentence = shell.said(&key).ok_or_else(Error::not_found)?;
    let detail = shell.said(&format!("{key}-detail"));
    Ok(Page(ProblemPage { code, sentence, detail, shell }))
}
