//! Everything of a request that can be kept: the receipt, the outputs, and the documents as they were sent.

use std::sync::Arc;

use axum::{Router, extract::State as Extract, response::Response, routing::get};
use identity::Caller;
use uuid::Uuid;
use web::{Path, Shell};

use crate::{Services, output::download::attachment, request::RequestNumber};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/requests/{number}/receipt.pdf", get(receipt_pdf))
        .route("/requests/{number}/receipt.json", get(receipt_json))
        .route("/requests/{number}/summary.pdf", get(summary_pdf))
        .route("/requests/{number}/archive.zip", get(archive))
        .route("/requests/{number}/outputs/{part}", get(output))
        .route("/requests/{number}/documents/{document}", get(document))
}

async fn receipt_pdf(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    let pdf = services.receipt_pdf(&actor, &number).await?;
    let name = format!("{} {number}.pdf", shell.t("request-receipt-name"));
    Ok(attachment(&name, "application/pdf", pdf.into()))
}

async fn summary_pdf(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    let pdf = services.summary_pdf(&actor, &number).await?;
    let name = format!("{} {number}.pdf", shell.t("archive-summary-name"));
    Ok(attachment(&name, "application/pdf", pdf.into()))
}

async fn archive(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    Ok(services.archive(&actor, &number, shell.lang).await?)
}

async fn receipt_json(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
) -> Result<Response, web::Error> {
    let seal = services.receipt_of(&actor, &number).await?;
    let name = format!("{} {number}.json", shell.t("request-receipt-name"));
    Ok(attachment(&name, "application/json", seal.to_json().into()))
}

async fn output(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path((number, part)): Path<(RequestNumber, String)>,
) -> Result<Response, web::Error> {
    Ok(services.output_file(&actor, &number, &part, shell.lang).await?)
}

async fn document(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path((number, document)): Path<(RequestNumber, Uuid)>,
) -> Result<Response, web::Error> {
    Ok(services.supplied_file(&actor, &number, document).await?)
}
