//! Handing a file out: a short list as it is read, a made one from its encrypted parts.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{Stream, StreamExt, TryStreamExt, stream};
use uuid::Uuid;

use super::{Export, List, ask::Note, lists::Taking, make::Stopped, table};
use crate::Services;

impl Services {
    /// The list at once, read while it is sent; one that is too long is refused.
    pub(crate) async fn take_at_once(self: &Arc<Services>, taking: Taking) -> Result<Response, Failure> {
        self.check_taking(&taking).await?;
        if self.is_long(&taking).await? {
            return Err(Refusal::new(Kind::Conflict, "export.too_long", &[]).into());
        }
        let (export, at) = (self.new_export(&taking), self.clock.now());
        let headers = self.labels(&export);
        // What is open to everybody leaves no trace of strangers.
        if !taking.is_nobodys() {
            self.store.write(Note { export, kind: "export.taken", at }).await?;
            self.ledger.wake();
        }
        Ok((headers, Body::from_stream(self.clone().streamed(taking))).into_response())
    }

    /// Every row from the first to the last, a page at a time.
    fn streamed(
        self: Arc<Services>,
        taking: Taking,
    ) -> impl Stream<Item = Result<Bytes, Stopped>> + Send + 'static {
        let sheet = self.sheet(taking.list, taking.form, taking.lang);
        let head = stream::iter([Ok(Bytes::from(sheet.head()))]);
        let rows = stream::try_unfold((0_u64, Some(None::<String>)), move |(place, after)| {
            let (services, taking, sheet) = (self.clone(), taking.clone(), sheet.clone());
            async move {
                let Some(after) = after else { return Ok(None) };
                let rows = services.export_rows(&taking, after.as_deref()).await.map_err(Stopped)?;
                let (mut text, mut place) = (String::new(), place);
                for cells in rows.cells {
                    sheet.row(place, cells, &mut text);
                    place += 1;
                }
                if rows.next.is_none() {
                    text.push_str(sheet.tail());
                }
                Ok(Some((Bytes::from(text), (place, rows.next.map(Some)))))
            }
        });
        head.chain(rows)
    }

    /// A file that a job made, to its owner alone; to everybody else it does not exist.
    pub(crate) async fn take_made(
        self: &Arc<Services>,
        actor: &Actor,
        id: Uuid,
    ) -> Result<Response, Failure> {
        let export = self.export_of(actor, id).await?;
        export.check_ready(self.clock.now())?;
        // Who lost the desk since then does not get what lay on it.
        self.check_taking(&Taking { actor: actor.clone(), ..self.taking_of(&export).await? }).await?;
        let parts = table::parts(&self.store.read(), export.id).await?;
        let headers = self.labels(&export);
        let at = self.clock.now();
        self.store.write(Note { export, kind: "export.downloaded", at }).await?;
        self.ledger.wake();
        let services = self.clone();
        let bytes = stream::iter(parts).then(move |document| {
            let services = services.clone();
            async move {
                let (_, clear) = services.documents.get(document).await.map_err(Stopped)?;
                Ok::<_, Stopped>(clear.map_err(|error| Stopped(error.into())))
            }
        });
        Ok((headers, Body::from_stream(bytes.try_flatten())).into_response())
    }

    pub(crate) async fn export_of(&self, actor: &Actor, id: Uuid) -> Result<Export, Failure> {
        let export = table::find(&self.store.read(), id).await?;
        let own = export.filter(|export| export.owner == actor.person);
        Ok(own.ok_or_else(Refusal::not_found)?)
    }

    pub(crate) async fn exports_of(
        &self,
        actor: &Actor,
        before: Uuid,
        limit: i64,
    ) -> Result<Vec<Export>, Failure> {
        table::of_owner(&self.store.read(), actor.person, before, limit).await
    }

    /// `طلباتي 2026-03-01.csv`.
    fn labels(&self, export: &Export) -> HeaderMap {
        let list = self.list_name(export.list, export.language);
        let day = export.asked_at.to_string();
        let day = day.split('T').next().unwrap_or_default();
        let name = format!("{list} {day}.{}", export.form.code());
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(export.form.media_type()));
        for (name, value) in documents::attachment_headers(&name) {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        headers
    }

    pub(crate) fn list_name(&self, list: List, lang: language::Lang) -> String {
        self.texts.say(lang, &format!("export-list-{}", list.code()), &[])
    }
}
