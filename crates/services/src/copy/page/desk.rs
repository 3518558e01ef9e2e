//! The desk that posts: copies that were asked for, printed together as one PDF, and how each left.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Path, Query, Shell,
    components::{self, Field, Link},
    see_other, stay,
};

use crate::{
    Services,
    appointment::page::body_of,
    call::Visit,
    copy::{BATCH_COPIES_MAX, PaperCopy, dispatch::CARRIER_CHARACTERS_MAX, table},
    output::download::attachment,
    request,
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/desk/copies", get(list))
        .route("/desk/copies/print", post(print))
        .route("/desk/copies/{id}", get(show))
        .route("/desk/copies/{id}/dispatch", post(dispatch))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// `dispatched`, or what waits.
    show: Option<String>,
    cursor: Option<String>,
    done: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    carrier: String,
    #[serde(default)]
    tracking: String,
}

struct Line {
    id: Uuid,
    href: String,
    recipient: String,
    city: String,
    service: String,
    number: String,
    asked: String,
    prints: String,
    left: String,
}

#[derive(Template)]
#[template(path = "copy/page/list.html")]
struct ListPage {
    places: Vec<Link>,
    tabs: Vec<Link>,
    is_waiting: bool,
    lines: Vec<Line>,
    next: String,
    refusal: Option<Refusal>,
    is_done: bool,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "copy/page/show.html")]
struct ShowPage {
    trail: Vec<Link>,
    id: Uuid,
    lines: Vec<String>,
    number: String,
    href: String,
    service: String,
    prints: String,
    left: String,
    is_open: bool,
    fields: Vec<Field>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

async fn list(
    Visit { services, actor, shell }: Visit,
    Query(asked): Query<Asked>,
) -> Result<Page<ListPage>, web::Error> {
    Ok(Page(services.copies_page(&actor, shell, &asked, None).await?))
}

/// The names of the boxes repeat: one for each copy.
async fn print(
    Visit { services, actor, shell }: Visit,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let chosen = posted.iter().filter(|(name, _)| name == "copies");
    let ids = chosen.filter_map(|(_, id)| id.parse().ok()).collect();
    let refusal = match services.print_copies(&actor, ids).await {
        Ok(pdf) => {
            let name = format!("{}.pdf", shell.t("copy-batch-title"));
            return Ok(attachment(&name, "application/pdf", pdf.into()));
        }
        Err(failure) => failure.invalid()?,
    };
    let page = services.copies_page(&actor, shell, &Asked::default(), Some(refusal)).await?;
    Ok(stay(Kind::Invalid, page))
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<ShowPage>, web::Error> {
    Ok(Page(services.copy_case(&actor, shell, id, &Typed::default(), None).await?))
}

async fn dispatch(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let (carrier, tracking) = (typed.carrier.clone(), typed.tracking.clone());
    let refusal = match services.dispatch_copy(&actor, id, carrier, tracking, None).await {
        Ok(()) => return Ok(see_other("/desk/copies?done=1")),
        Err(failure) => failure.mendable()?,
    };
    let kind = refusal.kind;
    let page = services.copy_case(&actor, shell, id, &typed, Some(refusal)).await?;
    Ok(stay(kind, page))
}

impl Services {
    async fn copies_page(
        &self,
        actor: &Actor,
        shell: Shell,
        asked: &Asked,
        refusal: Option<Refusal>,
    ) -> Result<ListPage, Failure> {
        let body = body_of(self, actor, "see_collection")?;
        let is_waiting = asked.show.as_deref() != Some("dispatched");
        let state = if is_waiting { "asked" } else { "dispatched" };
        let after = Cursor::decode_given(asked.cursor.as_deref())?.unwrap_or(Uuid::nil());
        let limit = BATCH_COPIES_MAX as i64;
        let mut found = table::at_desk(&self.store.read(), body, state, after, limit + 1).await?;
        let next = Cursor::cut(&mut found, BATCH_COPIES_MAX, |last| last.copy.id)?
            .map(|next| shell.with("cursor", &next))
            .unwrap_or_default();
        Ok(ListPage {
            places: self.desk_places(&shell, actor, "/desk/copies").await?,
            tabs: vec![
                Link::new("/desk/copies", shell.t("copy-tab-waiting")).current(is_waiting),
                Link::new("/desk/copies?show=dispatched", shell.t("copy-tab-dispatched"))
                    .current(!is_waiting),
            ],
            is_waiting,
            lines: found.into_iter().map(|line| self.copy_line(&shell, line)).collect(),
            next,
            refusal,
            is_done: asked.done.is_some(),
            shell,
        })
    }

    fn copy_line(&self, shell: &Shell, line: table::Line) -> Line {
        let entry = self.directory.entry_by_id(line.entry);
        Line {
            id: line.copy.id,
            href: format!("/desk/copies/{}", line.copy.id),
            left: left(shell, &line.copy),
            prints: shell.t1("copy-prints", "count", line.copy.prints),
            asked: shell.day(line.copy.asked_at),
            recipient: line.copy.address.recipient,
            city: line.copy.address.city,
            service: entry.map(|entry| shell.text(&entry.card.name).to_owned()).unwrap_or_default(),
            number: shell.in_digits(line.number),
        }
    }

    async fn copy_case(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<ShowPage, Failure> {
        let copy = self.copy_seen(actor, id).await?;
        let request = request::table::by_id(&self.store.read(), copy.request).await?;
        let request = request.ok_or_else(Refusal::not_found)?;
        let entry = self.directory.entry_by_id(request.entry);
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let most = CARRIER_CHARACTERS_MAX.to_string();
        let text = |name: &str, value: &str| {
            let field = Field::text(&shell, name, shell.t(&format!("copy-{name}"))).value(value);
            field.attribute("maxlength", &most).faults(&faults)
        };
        let fields = vec![text("carrier", &typed.carrier), text("tracking", &typed.tracking)];
        let lines = [&copy.address.recipient, &copy.address.street, &copy.address.city, &copy.address.phone];
        Ok(ShowPage {
            trail: vec![
                Link::new("/desk", shell.t("desk-title")),
                Link::new("/desk/copies", shell.t("copy-desk-title")),
            ],
            id,
            lines: lines.into_iter().filter(|line| !line.is_empty()).cloned().collect(),
            href: format!("/requests/{}", request.number),
            number: shell.in_digits(request.number.to_string()),
            service: entry.map(|entry| shell.text(&entry.card.name).to_owned()).unwrap_or_default(),
            prints: shell.t1("copy-prints", "count", copy.prints),
            left: left(&shell, &copy),
            is_open: copy.dispatch.is_none(),
            faults: components::named(faults.clone(), &fields),
            fields,
            refusal,
            shell,
        })
    }
}

/// When and how it left, or nothing.
fn left(shell: &Shell, copy: &PaperCopy) -> String {
    let dispatch = copy.dispatch.as_ref();
    dispatch.map(|it| format!("{} · {} · {}", shell.day(it.at), it.carrier, it.tracking)).unwrap_or_default()
}
