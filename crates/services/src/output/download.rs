//! Handing out files: outputs sealed, supplied documents as they came (LY-SVC-12.3).

use authz::{Actor, Failure, Refusal};
use axum::{
    body::Body,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use language::Lang;
use uuid::Uuid;

use super::table;
use crate::{
    Services, quarantine,
    request::{RequestNumber, act::visible},
};

impl Services {
    /// The sealed PDF of an output, for whoever may see the request.
    pub async fn output_file(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        part: &str,
        lang: Lang,
    ) -> Result<Response, Failure> {
        let sql = self.store.read();
        let request = visible(&sql, &self.policies, actor, number).await?;
        self.read_as_officer(actor, &request).await?;
        let outputs = table::of_request(&sql, request.id).await?;
        let output = outputs.into_iter().find(|output| output.part == part).ok_or_else(Refusal::not_found)?;
        let pdf = self.documents.bytes(output.document).await?;
        let seal = self.sealed(output.leaf, Some(&pdf)).await?;
        let sealed = seal.append_to_pdf(&pdf);
        let title =
            self.directory.entry_at(&self.store, request.entry, request.entry_version).await?.and_then(
                |entry| entry.card.outputs.iter().find(|it| it.id == part).map(|it| it.title.clone()),
            );
        let title = title.map_or_else(|| part.to_owned(), |title| title.get(lang).to_owned());
        Ok(attachment(&format!("{title} {number}.pdf"), "application/pdf", sealed.into()))
    }

    /// A document that was supplied with a request, streamed.
    pub async fn supplied_file(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        document: Uuid,
    ) -> Result<Response, Failure> {
        let request = visible(&self.store.read(), &self.policies, actor, number).await?;
        self.read_as_officer(actor, &request).await?;
        if !quarantine::close::holds(&self.store.read(), &request, document).await? {
            return Err(Refusal::not_found().into());
        }
        let (document, stream) = self.documents.get(document).await?;
        let body = Body::from_stream(stream);
        Ok((labels(&document.name, document.media_type.as_str()), body).into_response())
    }
}

pub(crate) fn attachment(name: &str, media_type: &str, bytes: Bytes) -> Response {
    (labels(name, media_type), bytes).into_response()
}

pub(crate) fn labels(name: &str, media_type: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    };
    set("content-type", media_type);
    for (name, value) in documents::attachment_headers(name) {
        set(name, &value);
    }
    headers
}
