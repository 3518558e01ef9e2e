//! `/directory/levels`: how surely people must be identified for each service, and the form by which the supervising body
//! sets it (LY-SVC-8.2a).

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Fault, Form, Page, Query, Shell,
    components::{Choice, Field, named},
    see_other, stay,
};

use super::{LEVELS, set::SetLevel, table};
use crate::Services;

/// Services on one page.
const PAGE_SERVICES: usize = 40;
/// Settings of one service that are told.
const SETTINGS_SHOWN: i64 = 20;

const NO_DESK: Refusal = Refusal::new(Kind::NotAllowed, "directory.no_desk", &["LY-SVC-8.2a"]);

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/directory/levels", get(show).post(set))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The service whose level is set.
    service: String,
    cursor: String,
    done: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    service: String,
    level: String,
    reason: String,
}

struct Line {
    href: String,
    name: String,
    body: String,
    level: String,
    is_current: bool,
}

struct SettingLine {
    level: String,
    when: String,
    who: String,
    reason: String,
}

#[derive(Template)]
#[template(path = "level/page.html")]
struct LevelsPage {
    shell: Shell,
    faults: Vec<Fault>,
    lines: Vec<Line>,
    next: String,
    /// The service that was chosen, with its history.
    chosen: String,
    slug: String,
    settings: Vec<SettingLine>,
    fields: Vec<Field>,
    may_set: bool,
    done: bool,
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let done = asked.done == "saved";
    let typed = Typed { service: asked.service, ..Typed::default() };
    Ok(Page(services.levels_page(&actor, shell, &typed, &asked.cursor, None, done).await?).into_response())
}

async fn set(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(posted): Form<Typed>,
) -> Result<Response, web::Error> {
    let verb = SetLevel {
        acting: services.acting_on_directory(&actor),
        slug: posted.service.clone(),
        level: posted.level.clone(),
        reason: posted.reason.clone(),
    };
    let subject = format!("service/{}", posted.service);
    match services.carry_out_entry(&actor, &subject, verb, None).await {
        Ok(_) => Ok(see_other(&format!("/directory/levels?service={}&done=saved", posted.service))),
        Err(failure) => {
            let refusal = failure.invalid()?;
            let kind = refusal.kind;
            Ok(stay(kind, services.levels_page(&actor, shell, &posted, "", Some(refusal), false).await?))
        }
    }
}

impl Services {
    async fn levels_page(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &Typed,
        cursor: &str,
        refusal: Option<Refusal>,
        done: bool,
    ) -> Result<LevelsPage, Failure> {
        if actor.roles.is_empty() {
            return Err(NO_DESK.into());
        }
        let sql = self.store.read();
        let may_set = self.acting_on_directory(actor).check_supervisor(&sql).await.is_ok();
        let after = Cursor::decode_given::<String>(Some(cursor))?.unwrap_or_default();
        let (lines, next) = self.level_lines(&shell, &after, &typed.service)?;
        let chosen = self.directory.entry(&typed.service);
        let settings = match &chosen {
            Some(entry) => self.setting_lines(&shell, entry.id).await?,
            None => Vec::new(),
        };
        let faults = refusal.map(|it| shell.faults(&it)).unwrap_or_default();
        let level = chosen.as_ref().map(|entry| entry.card.assurance.clone()).unwrap_or_default();
        let level = if typed.level.is_empty() { level } else { typed.level.clone() };
        let fields = fields(&shell, &level, &typed.reason, &faults);
        Ok(LevelsPage {
            lines,
            next,
            chosen: chosen.as_ref().map(|it| shell.text(&it.card.name).to_owned()).unwrap_or_default(),
            slug: chosen.map(|it| it.card.id.clone()).unwrap_or_default(),
            settings,
            faults: named(faults, &fields),
            fields,
            may_set,
            done,
            shell,
        })
    }

    fn level_lines(&self, shell: &Shell, after: &str, chosen: &str) -> Result<(Vec<Line>, String), Failure> {
        let entries = self.directory.entries();
        let mut rest = entries.iter().filter(|entry| entry.card.is_electronic() && *entry.card.id > *after);
        let shown: Vec<_> = rest.by_ref().take(PAGE_SERVICES).collect();
        let next = match (rest.next(), shown.last()) {
            (Some(_), Some(last)) => shell.with("cursor", &Cursor::encode(&last.card.id)?),
            _ => String::new(),
        };
        let line = |entry: &&Arc<crate::Entry>| Line {
            href: format!("/directory/levels?service={}#set", entry.card.id),
            name: shell.text(&entry.card.name).to_owned(),
            body: self
                .directory
                .provider(entry.body)
                .map(|it| shell.text(&it.short).to_owned())
                .unwrap_or_default(),
            level: shell.t(&format!("entry-assurance-{}", entry.card.assurance)),
            is_current: entry.card.id == chosen,
        };
        Ok((shown.iter().map(line).collect(), next))
    }

    async fn setting_lines(&self, shell: &Shell, entry: Uuid) -> Result<Vec<SettingLine>, Failure> {
        let sql = self.store.read();
        let settings = table::of(&sql, entry, SETTINGS_SHOWN).await?;
        let people: Vec<Uuid> = settings.iter().map(|it| it.actor).collect();
        let people = identity::persons(&sql, &people).await?;
        let line = |it: &super::Setting| {
            let who = people.iter().find(|person| person.id == it.actor);
            SettingLine {
                level: shell.t(&format!("entry-assurance-{}", it.level)),
                when: shell.moment(it.at),
                who: who.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default(),
                reason: it.reason.clone(),
            }
        };
        Ok(settings.iter().map(line).collect())
    }
}

fn fields(shell: &Shell, level: &str, reason: &str, faults: &[Fault]) -> Vec<Field> {
    let levels = LEVELS.map(|it| Choice::new(it, shell.t(&format!("entry-assurance-{it}"))));
    let all = vec![
        Field::radios(shell, "level", shell.t("entry-assurance"), levels.to_vec()).value(level),
        Field::area(shell, "reason", shell.t("directory-reason"))
            .hint(shell.t("level-reason-hint"))
            .rows(3)
            .value(reason),
    ];
    all.into_iter().map(|field| field.faults(faults)).collect()
}
