//! The head's page: for each service when people are received, where, and how many at once.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{Router, extract::State as Extract, response::Response, routing::get};
use clock::DAY;
use identity::Caller;
use language::{Text, fold_digits};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Query, Shell,
    components::{self, Choice, Field, Link},
    see_other, stay,
};

use super::day::body_of;
use crate::{
    Services,
    appointment::{
        Plan,
        plan::{CAPACITY_MAX, PLACE_CHARACTERS_MAX, SLOT_MINUTES_MAX, SLOT_MINUTES_MIN},
        table,
    },
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/appointments/plans", get(show).post(set))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    done: Option<String>,
}

/// What was typed, as it was typed.
#[derive(Debug, Default)]
struct Typed {
    service: String,
    place_ar: String,
    place_en: String,
    /// Numbers of days, each on its own line.
    days: String,
    opens: String,
    closes: String,
    slot_minutes: String,
    capacity: String,
}

/// A plan in force.
struct Line {
    service: String,
    place: String,
    days: String,
    hours: String,
    slots: String,
}

#[derive(Template)]
#[template(path = "appointment/page/plans.html")]
struct PlansPage {
    trail: Vec<Link>,
    provider: String,
    lines: Vec<Line>,
    fields: Vec<Field>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    is_done: bool,
    shell: Shell,
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Page<PlansPage>, web::Error> {
    let page = services.plans_page(&actor, shell, &Typed::fresh(), None).await?;
    Ok(Page(PlansPage { is_done: asked.done.is_some(), ..page }))
}

async fn set(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let typed = Typed::of(posted);
    let refusal = match services.set_plan(&actor, &typed).await {
        Ok(()) => return Ok(see_other("/desk/appointments/plans?done=1")),
        Err(failure) => failure.invalid()?,
    };
    let page = services.plans_page(&actor, shell, &typed, Some(refusal)).await?;
    Ok(stay(Kind::Invalid, page))
}

impl Typed {
    /// What most offices begin with.
    fn fresh() -> Typed {
        Typed {
            days: "0\n1\n2\n3\n6".to_owned(),
            opens: "09:00".to_owned(),
            closes: "12:00".to_owned(),
            slot_minutes: "30".to_owned(),
            capacity: "4".to_owned(),
            ..Typed::default()
        }
    }

    fn of(posted: Vec<(String, String)>) -> Typed {
        let mut typed = Typed::default();
        for (name, value) in posted {
            match name.as_str() {
                "service" => typed.service = value,
                "place_ar" => typed.place_ar = value,
                "place_en" => typed.place_en = value,
                "days" => typed.days = format!("{}{value}\n", typed.days),
                "opens" => typed.opens = value,
                "closes" => typed.closes = value,
                "slot_minutes" => typed.slot_minutes = value,
                "capacity" => typed.capacity = value,
                _ => {}
            }
        }
        typed
    }

    /// A number that cannot be read is none that the plan takes, so the field is named by its own check.
    fn plan(&self, body: Uuid, entry: Uuid) -> Plan {
        let number = |typed: &str| fold_digits(typed).trim().parse::<i64>().unwrap_or(-1);
        let days = self.days.lines().filter_map(|day| day.trim().parse::<u32>().ok());
        Plan {
            id: Uuid::now_v7(),
            body,
            entry,
            place: Text::new(self.place_ar.clone(), self.place_en.clone()),
            days: days.filter(|day| *day < 7).fold(0, |bits, day| bits | 1 << day),
            opens_minute: minute_of(&self.opens),
            closes_minute: minute_of(&self.closes),
            slot_minutes: number(&self.slot_minutes),
            capacity: number(&self.capacity),
        }
    }
}

/// `09:30` as minutes after midnight; anything else is before every day.
fn minute_of(typed: &str) -> i64 {
    let folded = fold_digits(typed);
    let parts = folded.trim().split_once(':').and_then(|(hour, minute)| {
        Some((hour.trim().parse::<i64>().ok()?, minute.trim().parse::<i64>().ok()?))
    });
    match parts {
        Some((hour @ 0..=24, minute @ 0..=59)) => hour * 60 + minute,
        _ => -1,
    }
}

fn hours_words(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

impl Services {
    async fn set_plan(&self, actor: &Actor, typed: &Typed) -> Result<(), Failure> {
        let body = body_of(self, actor, "set_collection")?;
        let entry = self.directory.entry(&typed.service).filter(|entry| entry.body == body);
        let entry = entry.ok_or_else(|| {
            Refusal::new(Kind::Invalid, "appointment.plan_invalid", crate::appointment::CONTROLS)
                .with_item("service", "required", "")
        })?;
        self.plan_collection(actor, typed.plan(body, entry.id)).await
    }

    async fn plans_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<PlansPage, Failure> {
        let body = body_of(self, actor, "set_collection")?;
        let provider = self.directory.provider(body).ok_or_else(Refusal::not_found)?;
        let plans = table::plans_at(&self.store.read(), body).await?;
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let fields = self.plan_fields(&shell, body, typed, &faults);
        Ok(PlansPage {
            trail: vec![
                Link::new("/desk", shell.t("desk-title")),
                Link::new("/desk/appointments", shell.t("appointment-day-title")),
            ],
            provider: shell.text(&provider.name).to_owned(),
            lines: plans.iter().map(|plan| self.plan_line(&shell, plan)).collect(),
            faults: components::named(faults, &fields),
            fields,
            refusal,
            is_done: false,
            shell,
        })
    }

    fn plan_line(&self, shell: &Shell, plan: &Plan) -> Line {
        let entry = self.directory.entry_by_id(plan.entry);
        let days = [6, 0, 1, 2, 3, 4, 5]
            .into_iter()
            .filter(|day| plan.days & (1 << day) != 0)
            .map(|day| day_name(shell, day));
        let hours = format!("{} – {}", hours_words(plan.opens_minute), hours_words(plan.closes_minute));
        Line {
            service: entry.map(|entry| shell.text(&entry.card.name).to_owned()).unwrap_or_default(),
            place: shell.text(&plan.place).to_owned(),
            days: days.collect::<Vec<_>>().join(shell.lang.comma()),
            hours: shell.in_digits(hours),
            slots: shell.t2(
                "appointment-plan-slots",
                "minutes",
                plan.slot_minutes,
                "capacity",
                plan.capacity,
            ),
        }
    }

    fn plan_fields(&self, shell: &Shell, body: Uuid, typed: &Typed, faults: &[Fault]) -> Vec<Field> {
        let entries = self.directory.entries();
        let services = entries.iter().filter(|entry| entry.body == body);
        let services =
            services.map(|entry| Choice::new(entry.card.id.clone(), shell.text(&entry.card.name))).collect();
        // Sunday first, as the working week is written here.
        let days = [6, 0, 1, 2, 3, 4, 5].map(|day| Choice::new(day.to_string(), day_name(shell, day)));
        let most = PLACE_CHARACTERS_MAX.to_string();
        let text = |name: &str, value: &str| {
            Field::text(shell, name, shell.t(&format!("appointment-plan-{}", name.replace('_', "-"))))
                .value(value)
        };
        let range = |least: i64, most: i64| shell.t2("appointment-plan-range", "least", least, "most", most);
        let fields = vec![
            Field::select(shell, "service", shell.t("appointment-plan-service"), services)
                .value(&typed.service),
            text("place_ar", &typed.place_ar).attribute("maxlength", &most),
            text("place_en", &typed.place_en).attribute("maxlength", &most),
            Field::checkboxes(shell, "days", shell.t("appointment-plan-days"), days.to_vec())
                .value(&typed.days),
            text("opens", &typed.opens).short().hint(shell.t("appointment-plan-hours-hint")),
            text("closes", &typed.closes).short(),
            text("slot_minutes", &typed.slot_minutes).short().hint(range(SLOT_MINUTES_MIN, SLOT_MINUTES_MAX)),
            text("capacity", &typed.capacity).short().hint(range(1, CAPACITY_MAX)),
        ];
        fields.into_iter().map(|field| field.faults(faults)).collect()
    }
}

/// The name of a day of the week, Monday being 0: the fifth day of 1970 was one.
fn day_name(shell: &Shell, day: u32) -> &'static str {
    language::weekday(clock::Timestamp(0) + DAY * (4 + day), shell.lang, language::Offset::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_in_either_script() {
        for (typed, expected) in
            [("09:30", 570), (" 9:05 ", 545), ("٠٩:٣٠", 570), ("24:00", 1_440), ("25:00", -1), ("nine", -1)]
        {
            assert_eq!(minute_of(typed), expected, "{typed}");
        }
        assert_eq!(hours_words(545), "09:05");
    }
}
