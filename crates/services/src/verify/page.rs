//! `/verify`: send a file, learn whether it is untouched. The file is read, compared and forgotten.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Kind};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, State as Extract, multipart::MultipartError},
    http::StatusCode,
    response::Response,
    routing::get,
};
use bytes::Bytes;
use web::{Page, Shell, stay};

use super::verdict::Verdict;
use crate::Services;

/// Bytes of a file that is verified: more than any document that is issued here.
pub(super) const FILE_BYTES_MAX: usize = 25 * 1024 * 1024;
/// The same as people say it.
pub(super) const FILE_MEGABYTES_MAX: i64 = 25;
/// Bytes of the form around the file.
const FORM_BYTES_MAX: usize = 64 * 1024;

pub(super) fn routes() -> Router<Arc<Services>> {
    let verify = get(show).post(verify).layer(DefaultBodyLimit::max(FILE_BYTES_MAX + FORM_BYTES_MAX));
    Router::new().route("/verify", verify)
}

#[derive(Template)]
#[template(path = "verify/page.html")]
struct VerifyPage {
    verdict: Option<Verdict>,
    /// The code of the output that the file is compared with.
    code: String,
    megabytes_max: i64,
    shell: Shell,
}

async fn show(shell: Shell) -> Page<VerifyPage> {
    Page(VerifyPage { verdict: None, code: String::new(), megabytes_max: FILE_MEGABYTES_MAX, shell })
}

async fn verify(
    Extract(services): Extract<Arc<Services>>,
    shell: Shell,
    form: Multipart,
) -> Result<Response, web::Error> {
    let (verdict, code) = match Sent::read(form).await {
        Ok(Sent { file: Some(file), code }) => (services.verdict(&shell, file, &code).await?, code),
        Ok(Sent { file: None, code }) => (Verdict::unread(&shell, "empty"), code),
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            (Verdict::unread(&shell, "too-large"), String::new())
        }
        Err(_) => (Verdict::unread(&shell, "broken"), String::new()),
    };
    let refused = (verdict.kind != "done").then_some(Kind::Invalid);
    let page = VerifyPage { verdict: Some(verdict), code, megabytes_max: FILE_MEGABYTES_MAX, shell };
    Ok(stay(refused, page))
}

/// What came with the form.
struct Sent {
    file: Option<Bytes>,
    code: String,
}

impl Sent {
    async fn read(mut form: Multipart) -> Result<Sent, MultipartError> {
        let mut sent = Sent { file: None, code: String::new() };
        while let Some(part) = form.next_field().await? {
            match part.name() {
                Some("file") => sent.file = Some(part.bytes().await?).filter(|bytes| !bytes.is_empty()),
                Some("code") => sent.code = super::code::written(&part.text().await?),
                _ => {}
            }
        }
        Ok(sent)
    }
}

impl Services {
    /// Hashing a large file takes a while, so it keeps no other call waiting.
    async fn verdict(&self, shell: &Shell, file: Bytes, code: &str) -> Result<Verdict, Failure> {
        let keys = self.ledger.keys().verifying();
        let outcome = tokio::task::spawn_blocking(move || ledger::verify_file(&file, &keys)).await?;
        Ok(Verdict::of(shell, &outcome, code))
    }
}
