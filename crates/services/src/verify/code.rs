//! `/verify/{code}`: where the QR code of an output leads. It says what anybody may know and names no applicant.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Kind};
use axum::{
    Router,
    extract::State as Extract,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::Value;
use web::{Page, Path, Shell, components::Link};

use super::page::FILE_MEGABYTES_MAX;
use crate::{Services, output::check::Checked};

/// Letters of a code.
const CODE_LETTERS: usize = 32;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/verify/{code}", get(show))
}

/// A code as it was sent, or nothing when it cannot be one.
pub(super) fn written(code: &str) -> String {
    let code = code.trim();
    let whole = code.len() == CODE_LETTERS && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    if whole { code.to_ascii_lowercase() } else { String::new() }
}

/// What anybody may know of an output.
struct Known {
    title: String,
    provider: String,
    number: String,
    issued: String,
    index: String,
    fingerprint: String,
}

#[derive(Template)]
#[template(path = "verify/code.html")]
struct CodePage {
    trail: Vec<Link>,
    known: Option<Known>,
    code: String,
    megabytes_max: i64,
    shell: Shell,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    shell: Shell,
    Path(code): Path<String>,
) -> Result<Response, web::Error> {
    let known = match services.check_output(&code).await {
        Ok(checked) => Some(known(&shell, &checked)),
        Err(Failure::Refused(refusal)) if refusal.kind == Kind::NotFound => None,
        Err(failure) => return Err(failure.into()),
    };
    let status = if known.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let page = CodePage {
        trail: vec![Link::new("/verify", shell.t("verify-title"))],
        code: if known.is_some() { written(&code) } else { String::new() },
        known,
        megabytes_max: FILE_MEGABYTES_MAX,
        shell,
    };
    Ok((status, Page(page)).into_response())
}

fn known(shell: &Shell, checked: &Checked) -> Known {
    let output = &checked.output;
    let word =
        |member: &str| output.statement.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    Known {
        title: shell.text(&checked.title).to_owned(),
        provider: shell.text(&checked.provider).to_owned(),
        number: shell.in_digits(word("number")),
        issued: shell.date(output.delivered_at),
        index: checked.index.map_or_else(|| shell.t("verify-place-later"), |index| shell.num(index)),
        fingerprint: word("file_sha256"),
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn only_a_whole_code_is_a_code() {
        let code = "0123456789abcdef0123456789abcdef";
        assert_eq!(written(&format!(" {} ", code.to_uppercase())), code);
        for wrong in ["", "0123", &code[1..], "z123456789abcdef0123456789abcdef", "<script>"] {
            assert_eq!(written(wrong), "", "{wrong}");
        }
    }
}
