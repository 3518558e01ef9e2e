//! `/desk/devices/releases`: the patch report, for whoever keeps devices to read and take out, and for the competent
//! administration to enter releases.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use compliance::Door;
use identity::Caller;
use uuid::Uuid;
use web::{
    Cell, ExportColumn, ExportForm, Fault, Form, Page, Path, Sheet, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{
    end::EndRelease,
    enter::{EnterRelease, ReleaseWish},
};
use crate::{Devices, attached, authority::About, day_end, places::places};

const COLUMNS: [&str; 7] = ["system", "version", "published", "body", "patched", "devices", "percent"];

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new()
        .route("/desk/devices/releases", get(list).post(enter))
        .route("/desk/devices/releases/file", get(file))
        .route("/desk/devices/releases/{id}/end", post(end))
}

struct ShareRow {
    body: String,
    patched: String,
    percent: String,
}

struct Row {
    id: Uuid,
    name: String,
    published: String,
    note: String,
    shares: Vec<ShareRow>,
}

#[derive(Template)]
#[template(path = "release/page.html")]
struct ReleasesPage {
    places: Vec<Link>,
    rows: Vec<Row>,
    /// Nothing for those who only read.
    fields: Vec<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Devices {
    async fn releases_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &ReleaseWish,
        refusal: Option<Refusal>,
    ) -> Result<ReleasesPage, Failure> {
        let report = self.patch_report(actor).await?;
        let may_enter = self.acting(actor).may(&self.store.read(), "set_rules", &About::default()).await?;
        let bodies = self.bodies_by_id().await?;
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = if may_enter { fields(&shell, typed, &faults) } else { Vec::new() };
        let name =
            |body: Uuid| bodies.get(&body).map(|it| shell.text(&it.name).to_owned()).unwrap_or_default();
        let rows = report.into_iter().map(|(release, shares)| Row {
            id: release.id,
            name: format!("{} {}", release.system, release.version),
            published: shell.day(day_end(release.published_on, self.offset)),
            note: release.note,
            shares: shares
                .into_iter()
                .map(|it| ShareRow {
                    body: name(it.body),
                    patched: shell.t2(
                        "system-release-patched-of",
                        "patched",
                        it.patched,
                        "devices",
                        it.devices,
                    ),
                    percent: shell.t1("system-release-percent", "count", it.percent()),
                })
                .collect(),
        });
        Ok(ReleasesPage {
            rows: rows.collect(),
            places: places(&shell),
            refusal: refusal.filter(|it| it.items.is_empty()),
            faults: named(faults, &fields),
            fields,
            shell,
        })
    }
}

fn fields(shell: &Shell, typed: &ReleaseWish, faults: &[Fault]) -> Vec<Field> {
    let fields = [
        Field::text(shell, "system", shell.t("device-system"))
            .hint(shell.t("system-release-system-hint"))
            .attribute("dir", "ltr")
            .short()
            .value(&typed.system),
        Field::text(shell, "version", shell.t("system-release-version"))
            .attribute("dir", "ltr")
            .short()
            .value(&typed.version),
        Field::date(shell, "published", shell.t("system-release-published")).value(&typed.published),
        Field::area(shell, "note", shell.t("system-release-note"))
            .hint(shell.t("system-release-note-hint"))
            .optional()
            .rows(2)
            .value(&typed.note),
    ];
    fields.into_iter().map(|field| field.faults(faults)).collect()
}

async fn list(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<ReleasesPage>, web::Error> {
    Ok(Page(devices.releases_page(&actor, shell, &ReleaseWish::default(), None).await?))
}

async fn enter(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<ReleaseWish>,
) -> Result<Response, web::Error> {
    let (acting, offset) = (devices.acting(&actor), devices.offset);
    let verb = EnterRelease { acting, offset, wish: typed.clone() };
    match devices.carry_out(&actor, "device-releases", verb, None).await {
        Ok(_) => Ok(see_other("/desk/devices/releases")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, devices.releases_page(&actor, shell, &typed, Some(refusal)).await?))
        }
    }
}

async fn end(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let verb = EndRelease { acting: devices.acting(&actor), release: id };
    devices.carry_out(&actor, &format!("device-release/{id}"), verb, None).await?;
    Ok(see_other("/desk/devices/releases"))
}

/// The report for spreadsheets, a row for each release and body.
async fn file(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Response, web::Error> {
    let report = devices.patch_report(&actor).await?;
    let bodies = devices.bodies_by_id().await?;
    let column =
        |key: &'static str| ExportColumn { key, label: shell.t(&format!("system-release-column-{key}")) };
    let sheet =
        Sheet { form: ExportForm::Csv, columns: COLUMNS.map(column).to_vec(), offset: devices.offset };
    let (mut out, mut place) = (sheet.head(), 0);
    for (release, shares) in &report {
        let (year, month, day) = clock::civil_from_days(release.published_on);
        for share in shares {
            let body = bodies.get(&share.body).map(|it| shell.text(&it.name).to_owned()).unwrap_or_default();
            let cells = vec![
                release.system.as_str().into(),
                release.version.as_str().into(),
                format!("{year:04}-{month:02}-{day:02}").into(),
                body.into(),
                Cell::Number(share.patched),
                Cell::Number(share.devices),
                Cell::Number(share.percent()),
            ];
            sheet.row(place, cells, &mut out);
            place += 1;
        }
    }
    out += sheet.tail();
    let name = format!("{}.csv", shell.t("system-release-title"));
    Ok((attached(&name, ExportForm::Csv.media_type()), out).into_response())
}
