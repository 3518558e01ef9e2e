//! The page and the call on which a person chooses how to be told, and the way out that each letter carries.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use authz::{Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use language::Offset;
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;
use web::{
    Fault, Form, Json, Page, Path, Query, Shell,
    components::{Choice as Answer, Field, named},
    see_other, stay,
};

use super::{
    Choice, Mode, Quiet,
    choose::{Choose, Leave},
    table,
};
use crate::{
    inbox::{Recipient, page::sign_in},
    kind::Kinds,
};

/// The clocks that the page offers, in minutes east of UTC: wherever people of the country live.
const OFFSETS_MINUTES: [i16; 15] =
    [-480, -420, -360, -300, -240, -180, 0, 60, 120, 180, 210, 240, 300, 480, 600];
const HOURS_IN_DAY: i64 = 24;

/// What the pages and calls stand on.
#[derive(Clone)]
pub(crate) struct Choosing {
    pub store: Store,
    pub kinds: Arc<Kinds>,
}

pub(crate) fn pages(choosing: Choosing) -> Router {
    Router::new()
        .route("/account/notifications", get(show).post(save))
        .route("/notifications/leave/{code}", get(leaving).post(leave))
        .with_state(choosing)
}

pub(crate) fn api(choosing: Choosing) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(chosen, choose)).with_state(choosing)
}

/// How a person wants to be told, as JSON.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
struct Chosen {
    /// A mode for each kind group: `at_once`, `daily` or `off`. What the law requires comes at once in any case.
    modes: BTreeMap<String, Mode>,
    /// Minutes that the person's clock is ahead of UTC.
    offset_minutes: i16,
    /// Hours of that clock between which nothing comes that can wait; absent when there are none.
    quiet: Option<QuietHours>,
    /// The hour at which the letter of the day goes.
    digest_hour: u8,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
struct QuietHours {
    from: u8,
    until: u8,
}

impl Chosen {
    fn of(choice: &Choice, kinds: &Kinds) -> Chosen {
        let topics = kinds.topics().into_iter().filter(|topic| kinds.is_choosable(topic));
        Chosen {
            modes: topics.map(|topic| (topic.to_owned(), choice.mode(topic))).collect(),
            offset_minutes: choice.offset.minutes,
            quiet: choice.quiet.map(|Quiet { from, until }| QuietHours { from, until }),
            digest_hour: choice.digest_hour,
        }
    }

    /// What was chosen, if every part of it can be.
    fn checked(self, kinds: &Kinds) -> Result<Choice, Refusal> {
        let mut refusal = Refusal::new(Kind::Invalid, "notify.choice_invalid", &[]);
        for topic in self.modes.keys().filter(|topic| !kinds.is_choosable(topic)) {
            refusal = refusal.with_item(&format!("modes.{topic}"), "unknown", "");
        }
        if !OFFSETS_MINUTES.contains(&self.offset_minutes) {
            refusal = refusal.with_item("offset_minutes", "enum", "");
        }
        let is_hour = |hour: u8| i64::from(hour) < HOURS_IN_DAY;
        if self.quiet.is_some_and(|quiet| !is_hour(quiet.from) || !is_hour(quiet.until)) {
            refusal = refusal.with_item("quiet_from", "too_big", "23");
        }
        if !is_hour(self.digest_hour) {
            refusal = refusal.with_item("digest_hour", "too_big", "23");
        }
        if !refusal.items.is_empty() {
            return Err(refusal);
        }
        // From an hour until the same hour is no time at all.
        let quiet = self.quiet.filter(|quiet| quiet.from != quiet.until);
        Ok(Choice {
            modes: self.modes,
            offset: Offset { minutes: self.offset_minutes },
            quiet: quiet.map(|QuietHours { from, until }| Quiet { from, until }),
            digest_hour: self.digest_hour,
        })
    }
}

impl Choosing {
    async fn of(&self, person: Uuid) -> Result<Choice, web::Error> {
        Ok(table::choice(&self.store.read(), person).await?.unwrap_or_default())
    }

    async fn set(&self, shell: &Shell, person: Uuid, chosen: Chosen) -> Result<(), web::Error> {
        let choice = chosen.checked(&self.kinds)?;
        let now = shell.site().clock.now();
        Ok(self.store.write(Choose { person, choice, now }).await?)
    }
}

/// How I want to be told
#[utoipa::path(get, path = "/api/v1/notifications", operation_id = "show_notification_choice", tag = "inbox",
    security(("token" = [])), responses((status = 200, body = Chosen), web::openapi::Refusals))]
async fn chosen(
    State(choosing): State<Choosing>,
    Recipient(person): Recipient,
) -> Result<Json<Chosen>, web::Error> {
    Ok(Json(Chosen::of(&choosing.of(person).await?, &choosing.kinds)))
}

/// Choose how I want to be told
#[utoipa::path(put, path = "/api/v1/notifications", operation_id = "choose_notifications", tag = "inbox",
    request_body = Chosen, security(("token" = [])),
    responses((status = 200, body = Chosen), web::openapi::Refusals))]
async fn choose(
    State(choosing): State<Choosing>,
    Recipient(person): Recipient,
    shell: Shell,
    Json(asked): Json<Chosen>,
) -> Result<Json<Chosen>, web::Error> {
    choosing.set(&shell, person, asked).await?;
    chosen(State(choosing), Recipient(person)).await
}

/// A kind group as the page shows it.
struct Topic {
    id: String,
    label: String,
    text: String,
    /// Each mode with its word, and whether it is the one in force.
    modes: Vec<(&'static str, String, bool)>,
    /// What of it comes in any case, in words.
    required: String,
    /// Nothing of it can be put off.
    is_fixed: bool,
}

#[derive(Template)]
#[template(path = "choice/page.html")]
struct ChoicePage {
    shell: Shell,
    topics: Vec<Topic>,
    fields: Vec<Field>,
    faults: Vec<Fault>,
    is_ready: bool,
    is_saved: bool,
}

#[derive(Default, Deserialize)]
struct Asked {
    saved: Option<String>,
}

async fn show(
    State(choosing): State<Choosing>,
    recipient: Result<Recipient, web::Error>,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let Ok(Recipient(person)) = recipient else { return Ok(sign_in(&shell)) };
    let choice = choosing.of(person).await?;
    let page = choosing.page(shell, &choice, None, asked.saved.is_some()).await?;
    Ok(Page(page).into_response())
}

impl Choosing {
    async fn page(
        &self,
        shell: Shell,
        choice: &Choice,
        refusal: Option<&Refusal>,
        is_saved: bool,
    ) -> Result<ChoicePage, web::Error> {
        let faults = refusal.map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let fields = hours(&shell, choice, &faults);
        let has_desk = shell.signed.as_ref().is_some_and(|signed| signed.desk);
        let topics = self.kinds.topics().into_iter();
        let topics = topics.filter(|topic| has_desk || self.kinds.is_for_everybody(topic));
        let topics = topics.map(|topic| self.topic(&shell, topic, choice)).collect();
        let is_ready = table::is_email_ready(&self.store.read()).await?;
        Ok(ChoicePage { faults: named(faults, &fields), topics, fields, is_ready, is_saved, shell })
    }

    fn topic(&self, shell: &Shell, topic: &str, choice: &Choice) -> Topic {
        let named = |kind: &crate::Kind| shell.t(&format!("notice-{}-name", kind.key));
        let required: Vec<String> = self.kinds.required(topic).map(named).collect();
        let modes = Mode::ALL.into_iter().map(|mode| {
            let key = format!("notify-mode-{}", mode.code().replace('_', "-"));
            (mode.code(), shell.t(&key), mode == choice.mode(topic))
        });
        Topic {
            id: topic.to_owned(),
            label: topic_name(shell, topic),
            text: shell.t(&format!("notify-topic-{topic}-text")),
            modes: modes.collect(),
            required: required.join(shell.lang.comma()),
            is_fixed: !self.kinds.is_choosable(topic),
        }
    }
}

fn topic_name(shell: &Shell, topic: &str) -> String {
    shell.t(&format!("notify-topic-{topic}"))
}

fn hours(shell: &Shell, choice: &Choice, faults: &[Fault]) -> Vec<Field> {
    let hour = |hour: i64| Answer::new(hour.to_string(), shell.in_digits(format!("{hour:02}:00")));
    let every: Vec<Answer> = (0..HOURS_IN_DAY).map(hour).collect();
    let mut from = vec![Answer::new("", shell.t("notify-quiet-never"))];
    from.extend(every.clone());
    let zone = |minutes: &i16| Answer::new(minutes.to_string(), shell.in_digits(zone_name(*minutes)));
    let zones = OFFSETS_MINUTES.iter().map(zone).collect();
    let said = |hour: Option<u8>| hour.map(|hour| hour.to_string()).unwrap_or_default();
    let until = choice.quiet.map_or(7, |quiet| quiet.until);
    let select = |name, key: &str, answers, value: String| {
        Field::select(shell, name, shell.t(key), answers).value(value).faults(faults)
    };
    vec![
        select("quiet_from", "notify-quiet-from", from, said(choice.quiet.map(|quiet| quiet.from)))
            .optional(),
        select("quiet_until", "notify-quiet-until", every.clone(), until.to_string()),
        select("digest_hour", "notify-digest-hour", every, choice.digest_hour.to_string()),
        select("offset_minutes", "notify-offset", zones, choice.offset.minutes.to_string()),
    ]
}

/// `UTC+02:00`.
fn zone_name(minutes: i16) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("UTC{sign}{:02}:{:02}", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
}

/// The form posts one `mode-<topic>` for each group.
async fn save(
    State(choosing): State<Choosing>,
    Recipient(person): Recipient,
    shell: Shell,
    Form(posted): Form<BTreeMap<String, String>>,
) -> Result<Response, web::Error> {
    let chosen = typed(&posted);
    match chosen.clone().checked(&choosing.kinds) {
        Ok(_) => {
            choosing.set(&shell, person, chosen).await?;
            Ok(see_other("/account/notifications?saved=1"))
        }
        Err(refusal) => {
            let now = choosing.of(person).await?;
            let shown = Choice { modes: chosen.modes, ..now };
            let page = choosing.page(shell, &shown, Some(&refusal), false).await?;
            Ok(stay(Kind::Invalid, page))
        }
    }
}

/// What is no number is out of bounds, and said to be so.
fn typed(posted: &BTreeMap<String, String>) -> Chosen {
    let word = |name: &str| posted.get(name).map(String::as_str).unwrap_or_default();
    let hour = |name: &str| word(name).parse().unwrap_or(u8::MAX);
    let modes = posted.iter().filter_map(|(name, value)| {
        Some((name.strip_prefix("mode-")?.to_owned(), Mode::named(value).unwrap_or_default()))
    });
    let quiet = (!word("quiet_from").is_empty())
        .then(|| QuietHours { from: hour("quiet_from"), until: hour("quiet_until") });
    Chosen {
        modes: modes.collect(),
        offset_minutes: word("offset_minutes").parse().unwrap_or(i16::MAX),
        quiet,
        digest_hour: hour("digest_hour"),
    }
}

#[derive(Template)]
#[template(path = "choice/leave.html")]
struct LeavePage {
    shell: Shell,
    /// What may be left by this link: one group, or all that can be.
    topics: Vec<String>,
    is_done: bool,
}

#[derive(Default, Deserialize)]
struct Left {
    #[serde(default)]
    topic: String,
}

/// A program that only looks at links changes nothing: the page asks.
async fn leaving(
    State(choosing): State<Choosing>,
    shell: Shell,
    Path(code): Path<String>,
    Query(left): Query<Left>,
) -> Result<Response, web::Error> {
    table::leaving(&choosing.store.read(), &code).await?.ok_or_else(web::Error::not_found)?;
    let topics = choosing.leavable(&left.topic).iter().map(|topic| topic_name(&shell, topic)).collect();
    Ok(Page(LeavePage { shell, topics, is_done: false }).into_response())
}

/// RFC 8058: mail programs post here when somebody presses "unsubscribe".
async fn leave(
    State(choosing): State<Choosing>,
    shell: Shell,
    Path(code): Path<String>,
    Query(left): Query<Left>,
) -> Result<Response, web::Error> {
    let person = table::leaving(&choosing.store.read(), &code).await?;
    let person = person.ok_or_else(web::Error::not_found)?;
    let (topics, now) = (choosing.leavable(&left.topic), shell.site().clock.now());
    for topic in &topics {
        choosing.store.write(Leave { person, topic: topic.clone(), now }).await?;
    }
    let topics = topics.iter().map(|topic| topic_name(&shell, topic)).collect();
    Ok(Page(LeavePage { shell, topics, is_done: true }).into_response())
}

impl Choosing {
    /// The named group, or every one that may be left.
    fn leavable(&self, topic: &str) -> Vec<String> {
        let topics = self.kinds.topics().into_iter().filter(|known| self.kinds.is_choosable(known));
        topics.filter(|known| topic.is_empty() || *known == topic).map(str::to_owned).collect()
    }
}
