//! `/account/devices/loss`: a person says that a device is gone, in one step.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{Router, extract::State, response::Response, routing::get};
use compliance::Door;
use identity::Caller;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Shell,
    components::{Choice, Field, named},
    stay,
};

use super::report::{LossWish, ReportLoss};
use crate::{Devices, device};

/// Devices to choose from.
const DEVICES_SHOWN_MAX: i64 = 50;

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new().route("/account/devices/loss", get(show).post(report))
}

#[derive(Template)]
#[template(path = "loss/page.html")]
struct LossPage {
    fields: Vec<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

/// After the report nothing else opens with this session, so the answer itself says what was done.
#[derive(Template)]
#[template(path = "loss/done.html")]
struct DonePage {
    reported: String,
    shell: Shell,
}

async fn show(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<LossPage>, web::Error> {
    Ok(Page(devices.loss_page(&actor, shell, None, None).await?))
}

impl Devices {
    async fn loss_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: Option<&LossWish>,
        refusal: Option<Refusal>,
    ) -> Result<LossPage, Failure> {
        let held = device::table::of_holder(&self.store.read(), actor.person, DEVICES_SHOWN_MAX).await?;
        let held = held.into_iter().filter(|device| !device.state.is_over());
        let choices: Vec<Choice> =
            held.map(|device| Choice::new(device.id.to_string(), device.name)).collect();
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let mut fields = Vec::new();
        if !choices.is_empty() {
            let chosen = typed.map(|typed| typed.device.clone()).unwrap_or_default();
            let which = Field::select(&shell, "device", shell.t("loss-device"), choices);
            fields.push(which.blank(shell.t("loss-device-unknown")).optional().value(chosen));
        }
        fields.extend(when_and_how(&shell, typed, self.now_words()));
        let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
        let refusal = refusal.filter(|it| it.items.is_empty());
        Ok(LossPage { faults: named(faults, &fields), refusal, fields, shell })
    }

    /// This moment as a clock on the wall shows it: day and time.
    pub(crate) fn now_words(&self) -> (String, String) {
        let local = self.offset.local(self.clock.now()).to_string();
        let (day, time) = local.split_once('T').unwrap_or((&local, ""));
        (day.to_owned(), time.chars().take(5).collect())
    }
}

/// When it was lost, as is most likely: just now.
pub(super) fn when_and_how(
    shell: &Shell,
    typed: Option<&LossWish>,
    (day, time): (String, String),
) -> Vec<Field> {
    let typed = typed.cloned().unwrap_or(LossWish { lost_on: day, lost_at: time, ..LossWish::default() });
    vec![
        Field::date(shell, "lost_on", shell.t("loss-lost-on")).value(&typed.lost_on),
        Field::text(shell, "lost_at", shell.t("loss-lost-at"))
            .attribute("type", "time")
            .short()
            .value(&typed.lost_at),
        Field::area(shell, "words", shell.t("loss-words"))
            .hint(shell.t("loss-words-hint"))
            .optional()
            .rows(3)
            .value(&typed.words),
    ]
}

async fn report(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(typed): Form<LossWish>,
) -> Result<Response, web::Error> {
    let wish = LossWish { person: String::new(), ..typed.clone() };
    match devices.report_loss(&actor, wish).await {
        Ok(_) => {
            let reported = shell.moment(devices.clock.now());
            Ok(stay(None, DonePage { reported, shell }))
        }
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            Ok(stay(kind, devices.loss_page(&actor, shell, Some(&typed), Some(refusal)).await?))
        }
    }
}

impl Devices {
    pub(super) async fn report_loss(&self, actor: &Actor, wish: LossWish) -> Result<Uuid, Failure> {
        let verb = ReportLoss { acting: self.acting(actor), offset: self.offset, wish };
        self.carry_out(actor, "losses", verb, None).await
    }
}
