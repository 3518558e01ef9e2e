//! `/desk/load`: the head reads who has how much, and moves it from there.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Actor, Failure};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use clock::{DAY, Timestamp};
use uuid::Uuid;
use web::{
    Page, Shell,
    components::{Bar, Chart, Columns, Link},
};

use super::{DAYS_AVERAGED, DAYS_SHOWN, StageTime, table};
use crate::{
    Services,
    call::Visit,
    task::desk::density::{Chosen, Density},
};

const HOUR_SECONDS: i64 = 3_600;
const MINUTE_SECONDS: i64 = 60;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/load", get(show))
}

struct Line {
    name: String,
    open: String,
    late: String,
    has_late: bool,
    href: String,
    is_away: bool,
}

#[derive(Template)]
#[template(path = "load/page.html")]
struct LoadPage {
    density: Density,
    densities: Vec<Link>,
    places: Vec<Link>,
    is_away: bool,
    lines: Vec<Line>,
    carried: Chart,
    days: Columns,
    stages: Chart,
    shell: Shell,
}

async fn show(Visit { services, actor, shell }: Visit, chosen: Chosen) -> Result<Response, web::Error> {
    Ok(Page(services.load_page(&actor, shell, chosen.density).await?).into_response())
}

impl Services {
    async fn load_page(&self, actor: &Actor, shell: Shell, density: Density) -> Result<LoadPage, Failure> {
        let body = self.headed_body(actor)?;
        let (sql, now) = (self.store.read(), self.clock.now());
        let carried = table::carried(&sql, body, now).await?;
        let away = crate::assignment::table::away(&sql, body).await?;
        let ids: Vec<Uuid> = carried.iter().filter_map(|some| some.holder).collect();
        let persons = identity::persons(&sql, &ids).await?;
        let names: HashMap<Uuid, String> =
            persons.iter().map(|person| (person.id, shell.text(&person.name).to_owned())).collect();
        let name = |holder: Option<Uuid>| match holder {
            Some(holder) => names.get(&holder).cloned().unwrap_or_default(),
            None => shell.t("desk-holder-nobody"),
        };
        let mut bars: Vec<Bar> = Vec::new();
        let mut lines: Vec<Line> = Vec::new();
        for some in &carried {
            let shown = shell.t2("load-open-late", "open", some.open, "late", some.late);
            let bar = Bar::new(name(some.holder), shown, some.open as f64);
            bars.push(if some.late > 0 { bar.state("needs-you") } else { bar });
            let holder = some.holder.map_or_else(|| "nobody".to_owned(), |holder| holder.to_string());
            lines.push(Line {
                name: name(some.holder),
                open: shell.num(some.open),
                late: shell.num(some.late),
                has_late: some.late > 0,
                href: format!("/desk?holder={holder}"),
                is_away: some.holder.is_some_and(|holder| away.contains(&holder)),
            });
        }
        let times = table::stage_times(&sql, body, now - DAY * DAYS_AVERAGED).await?;
        Ok(LoadPage {
            density,
            densities: density.links(&shell),
            places: self.desk_places(&shell, actor, "/desk/load").await?,
            is_away: self.is_away(actor).await?,
            lines,
            carried: Chart::new(&shell, shell.t("load-carried"), bars),
            days: self.days(&shell, body, now).await?,
            stages: Chart::new(&shell, shell.t("load-stages"), self.stage_bars(&shell, &times)),
            shell,
        })
    }

    /// What came and what was decided, day by day on the body's own clock.
    async fn days(&self, shell: &Shell, body: Uuid, now: Timestamp) -> Result<Columns, Failure> {
        let sql = self.store.read();
        let offset = self.directory.provider(body);
        let offset = offset.map_or(0, |provider| i64::from(provider.calendar.hours.offset_minutes));
        let today = (now.0 + offset * 60_000_000).div_euclid(DAY.as_micros() as i64);
        let first = today - DAYS_SHOWN as i64 + 1;
        let from = Timestamp(first * DAY.as_micros() as i64 - offset * 60_000_000);
        let received: HashMap<i64, i64> =
            table::received(&sql, body, from, offset).await?.into_iter().collect();
        let closed: HashMap<i64, i64> = table::closed(&sql, body, from, offset).await?.into_iter().collect();
        let count = |of: &HashMap<i64, i64>, day: i64| of.get(&day).copied().unwrap_or_default();
        let rows = (first..=today).map(|day| {
            let noon = Timestamp::noon(day);
            (shell.day(noon), count(&received, day), count(&closed, day))
        });
        let series = [shell.t("load-received"), shell.t("load-closed")];
        Ok(Columns::new(shell, shell.t("load-days"), series, rows.collect()))
    }

    fn stage_bars(&self, shell: &Shell, times: &[StageTime]) -> Vec<Bar> {
        let bar = |time: &StageTime| {
            let entry = time.entry.and_then(|entry| self.directory.entry_by_id(entry));
            let stage = entry.as_ref().and_then(|entry| entry.process.stage(&time.stage));
            let stage = stage.map_or_else(
                || shell.t(&format!("task-kind-{}", time.kind)),
                |stage| shell.text(&stage.title).to_owned(),
            );
            let service = entry.as_ref().map(|entry| shell.text(&entry.card.name)).unwrap_or_default();
            let shown = match time.seconds {
                seconds if seconds < 2 * HOUR_SECONDS => {
                    shell.t2("load-minutes", "minutes", seconds / MINUTE_SECONDS, "count", time.done)
                }
                seconds => shell.t2("load-hours", "hours", seconds / HOUR_SECONDS, "count", time.done),
            };
            Bar::new(format!("{service}: {stage}"), shown, time.seconds as f64)
        };
        times.iter().map(bar).collect()
    }
}
