//! `GET /directory/entries/{slug}`: one service as those who work on it see it: where it stands, what its owner has to do,
//! its versions, what happened to it, whoever was told, and what may be done now.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{Router, extract::State, response::Response, routing::get};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Path, Query, Shell,
    components::{Choice, Field, Link},
    stay,
};

use super::home::{done, duty_said, signal, state_said};
use crate::{
    Services,
    classification::Tree,
    duty::{self, Duty},
    entry::{
        EntryState, KINDS_OF_BENEFICIARY,
        tell::Told,
        version::{Version, table},
        words,
    },
};

const EVENTS_SHOWN: i64 = 40;
const DUTIES_SHOWN: i64 = 30;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/directory/entries/{slug}", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: String,
}

/// What somebody typed into one of the forms of this page, and what was wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    /// The act's word: `suspend`.
    pub act: &'static str,
    /// The duty that was answered.
    pub duty: Option<Uuid>,
    pub pairs: Vec<(String, String)>,
    pub refusal: Option<Refusal>,
}

impl Typed {
    pub fn value(&self, act: &str, name: &str) -> String {
        let found = self.pairs.iter().find(|(known, _)| self.act == act && known == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

struct DutyLine {
    id: Uuid,
    what: String,
    words: String,
    reference: String,
    opened: String,
    due: String,
    late: bool,
    open: bool,
    outcome: String,
    answer: Field,
    may_answer: bool,
}

struct VersionLine {
    href: String,
    number: String,
    state: String,
    signal: &'static str,
    registered: String,
    published: String,
}

struct EventLine {
    what: String,
    version: String,
    when: String,
    who: String,
    note: String,
}

#[derive(Template)]
#[template(path = "entry/desk/overview.html")]
struct OverviewPage {
    shell: Shell,
    /// The form that came back with faults: `suspend`.
    opened: &'static str,
    notice: String,
    faults: Vec<Fault>,
    slug: String,
    name: String,
    body: String,
    standing: String,
    signal: &'static str,
    remarks: String,
    merged_into: String,
    visible: bool,
    update_due: bool,
    owner: String,
    confirmed: String,
    confirm_due: String,
    duties: Vec<DutyLine>,
    versions: Vec<VersionLine>,
    events: Vec<EventLine>,
    told: Vec<(String, String)>,
    provides: bool,
    writes: bool,
    suspended: bool,
    owner_field: Option<Field>,
    law_fields: Vec<Field>,
    suspend_field: Field,
    merge_fields: Vec<Field>,
    classify_fields: Vec<Field>,
    may_classify: bool,
    may_merge: bool,
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let typed = Typed::default();
    let notice = done(&shell, &asked.done);
    Ok(services.overview(&actor, shell, &slug, notice, typed).await?)
}

impl Services {
    /// A service that this person does not work on does not exist here.
    pub(crate) async fn check_overview(&self, actor: &Actor, slug: &str) -> Result<(), Failure> {
        match table::of_entry(&self.store.read(), slug).await?.first() {
            Some(newest) if self.works_on(actor, newest).await? => Ok(()),
            _ => Err(Refusal::not_found().into()),
        }
    }

    /// The page as it stands, or again with what was typed and what was wrong with it.
    pub(super) async fn overview(
        &self,
        actor: &Actor,
        shell: Shell,
        slug: &str,
        notice: String,
        typed: Typed,
    ) -> Result<Response, Failure> {
        let sql = self.store.read();
        let versions = table::of_entry(&sql, slug).await?;
        let newest = versions.first().ok_or_else(Refusal::not_found)?;
        if !self.works_on(actor, newest).await? {
            return Err(Refusal::not_found().into());
        }
        let verified = |it: &&Version| it.verified_at.is_some() && it.state != EntryState::Superseded;
        let leading = versions.iter().find(verified).unwrap_or(newest);
        let kind = typed.refusal.as_ref().map(|refusal| refusal.kind);
        let page = self.overview_page(actor, shell, (leading, &versions), notice, typed).await?;
        Ok(stay(kind, page))
    }

    async fn overview_page(
        &self,
        actor: &Actor,
        shell: Shell,
        (leading, versions): (&Version, &[Version]),
        notice: String,
        typed: Typed,
    ) -> Result<OverviewPage, Failure> {
        let sql = self.store.read();
        let (slug, entry) = (leading.card.id.clone(), leading.entry);
        let provides = ["author", "head", "administrator"].iter().any(|role| actor.holds(role, leading.body));
        let verifies = self.verifies(actor).await?;
        let duties = duty::table::of_entry(&sql, entry, DUTIES_SHOWN).await?;
        let owner = duty::table::owner(&sql, entry).await?;
        let faults = typed.refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let provider = self.directory.provider(leading.body);
        let people = self.names_of(versions, owner.as_ref().map(|owner| owner.person)).await?;
        let events = table::events(&sql, entry, EVENTS_SHOWN).await?;
        let owner_person = owner.as_ref().map_or(leading.author, |owner| owner.person);
        let told = self.stakeholders_told(entry).await?;
        Ok(OverviewPage {
            notice,
            opened: typed.act,
            name: shell.text(&leading.card.name).to_owned(),
            body: provider.map(|body| shell.text(&body.name).to_owned()).unwrap_or_default(),
            standing: state_said(&shell, leading.state),
            signal: signal(leading.state),
            remarks: leading.remarks.clone(),
            merged_into: leading.merged_into.clone().unwrap_or_default(),
            visible: leading.state == EntryState::Published,
            update_due: duties.iter().any(|it| it.closed_at.is_none() && it.kind.makes_update_due()),
            owner: name_in(&people, owner_person, &shell),
            confirmed: owner.as_ref().map(|it| shell.day(it.confirmed_at)).unwrap_or_default(),
            confirm_due: owner.as_ref().map(|it| shell.day(it.confirm_due_at)).unwrap_or_default(),
            duties: duties.iter().map(|it| self.duty_line(&shell, it, provides, &typed, &faults)).collect(),
            versions: versions.iter().map(|it| version_line(&shell, it)).collect(),
            events: events.into_iter().map(|it| event_line(&shell, it, &people)).collect(),
            told: told.iter().map(|it| told_line(&shell, it)).collect(),
            owner_field: match provides {
                true => Some(self.owner_field(&shell, leading, owner_person).await?.faults(&faults)),
                false => None,
            },
            law_fields: law_fields(&shell, &typed, &faults),
            suspend_field: reason_field(&shell, "suspend", "suspend-reason", &typed, &faults),
            merge_fields: self.merge_fields(&shell, &slug, &typed, &faults),
            classify_fields: self.classify_fields(&shell, leading, &typed, &faults),
            may_classify: verifies && leading.state == EntryState::Published,
            may_merge: verifies && matches!(leading.state, EntryState::Published | EntryState::Suspended),
            suspended: leading.state == EntryState::Suspended,
            writes: actor.holds("author", leading.body),
            provides,
            slug,
            faults,
            shell,
        })
    }

    /// The persons whom the page names.
    async fn names_of(
        &self,
        versions: &[Version],
        owner: Option<Uuid>,
    ) -> Result<Vec<identity::Person>, Failure> {
        let mut ids: Vec<Uuid> =
            versions.iter().flat_map(|it| [Some(it.author), it.verifier]).flatten().collect();
        ids.extend(owner);
        ids.sort();
        ids.dedup();
        Ok(identity::persons(&self.store.read(), &ids).await?)
    }

    fn duty_line(
        &self,
        shell: &Shell,
        duty: &Duty,
        provides: bool,
        typed: &Typed,
        faults: &[Fault],
    ) -> DutyLine {
        let name = format!("answer-{}", duty.id);
        let mine = typed.duty == Some(duty.id);
        let answer =
            Field::area(shell, &name, shell.t("duty-answer")).rows(2).hint(shell.t("duty-answer-hint"));
        let answer = if duty.kind == duty::DutyKind::Confirm { answer.optional() } else { answer };
        let answer = match faults.first() {
            Some(fault) if mine => answer.value(typed.value("answer", &name)).fault(fault.message.clone()),
            _ => answer,
        };
        let law =
            duty.effective_at.map(|at| shell.t2("duty-law", "law", &*duty.reference, "date", shell.day(at)));
        DutyLine {
            id: duty.id,
            what: duty_said(shell, duty),
            words: duty.words.clone(),
            reference: law.unwrap_or_default(),
            opened: shell.day(duty.opened_at),
            due: shell.day(duty.due_at),
            late: duty.closed_at.is_none() && duty.due_at < self.clock.now(),
            open: duty.closed_at.is_none(),
            outcome: match duty.outcome.as_str() {
                "updated" => shell.t("duty-outcome-updated"),
                _ => duty.answer.clone(),
            },
            answer,
            may_answer: provides && duty.closed_at.is_none(),
        }
    }

    async fn owner_field(&self, shell: &Shell, leading: &Version, now: Uuid) -> Result<Field, Failure> {
        let sql = self.store.read();
        let authors = organisations::people_with(&sql, "author", leading.body, self.clock.now()).await?;
        let people = identity::persons(&sql, &authors).await?;
        let choices = people.iter().map(|it| Choice::new(it.id.to_string(), shell.text(&it.name))).collect();
        Ok(Field::select(shell, "person", shell.t("directory-owner"), choices).value(now.to_string()))
    }

    fn merge_fields(&self, shell: &Shell, slug: &str, typed: &Typed, faults: &[Fault]) -> Vec<Field> {
        let entries = self.directory.entries();
        let mut choices: Vec<Choice> = entries
            .iter()
            .filter(|entry| entry.card.id != slug)
            .map(|entry| Choice::new(entry.card.id.clone(), shell.text(&entry.card.name)))
            .collect();
        choices.sort_by(|one, other| one.label.cmp(&other.label));
        let into = Field::select(shell, "into", shell.t("directory-merge-into"), choices);
        vec![
            into.value(typed.value("merge", "into")).faults(faults),
            reason_field(shell, "merge", "merge-reason", typed, faults),
        ]
    }

    fn classify_fields(
        &self,
        shell: &Shell,
        leading: &Version,
        typed: &Typed,
        faults: &[Fault],
    ) -> Vec<Field> {
        let chosen = |name: &str, now: &[String]| match typed.act == "classify" {
            true => {
                let picked = typed.pairs.iter().filter(|(known, _)| known == name);
                picked.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join("\n")
            }
            false => now.join("\n"),
        };
        let card = &leading.card;
        let kinds = KINDS_OF_BENEFICIARY.map(|kind| Choice::new(kind, words::audience(shell, kind)));
        let boxes = |name: &str, label: String, choices: Vec<Choice>, now: &[String]| {
            Field::checkboxes(shell, name, label, choices).value(chosen(name, now)).faults(faults)
        };
        vec![
            boxes("themes", shell.t("entry-themes"), self.choices(shell, Tree::Theme), &card.themes),
            boxes(
                "life_events",
                shell.t("entry-life-events"),
                self.choices(shell, Tree::LifeEvent),
                &card.life_events,
            )
            .optional(),
            boxes("audience", shell.t("entry-who"), kinds.to_vec(), &card.audience),
        ]
    }

    /// The events that the home page begins with, each with its words.
    pub(crate) fn life_events_at_home(&self, shell: &Shell) -> Vec<(String, String)> {
        let events = self.choices(shell, Tree::LifeEvent).into_iter().take(words::LIFE_EVENTS_AT_HOME);
        events.map(|choice| (choice.value, choice.label)).collect()
    }

    /// The words of a tree that may be chosen.
    pub(crate) fn choices(&self, shell: &Shell, tree: Tree) -> Vec<Choice> {
        let terms = self.directory.terms();
        let open = terms.iter().filter(|term| term.tree == tree && term.retired_at.is_none());
        open.map(|term| Choice::new(term.word.clone(), shell.text(&term.name))).collect()
    }
}

fn name_in(people: &[identity::Person], id: Uuid, shell: &Shell) -> String {
    let found = people.iter().find(|person| person.id == id);
    found.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default()
}

/// Who was told, and how, of which version and when.
fn told_line(shell: &Shell, told: &Told) -> (String, String) {
    let means = shell.t(&format!("directory-told-{}", told.means.replace('_', "-")));
    let version = shell.t1("verify-line", "version", shell.num(told.version));
    (shell.text(&told.name).to_owned(), [means, version, shell.day(told.at)].join(" · "))
}

fn version_line(shell: &Shell, version: &Version) -> VersionLine {
    VersionLine {
        href: format!("/directory/entries/{}/versions/{}", version.card.id, version.version),
        number: shell.num(version.version),
        state: state_said(shell, version.state),
        signal: signal(version.state),
        registered: shell.day(version.registered_at),
        published: version.verified_at.map(|at| shell.day(at)).unwrap_or_default(),
    }
}

fn event_line(shell: &Shell, event: crate::entry::version::Event, people: &[identity::Person]) -> EventLine {
    EventLine {
        what: shell.t(&format!("entry-act-{}", event.act.replace('_', "-"))),
        version: shell.num(event.version),
        when: shell.moment(event.at),
        who: event.actor.map(|id| name_in(people, id, shell)).unwrap_or_default(),
        note: event.note,
    }
}

fn reason_field(shell: &Shell, act: &str, name: &str, typed: &Typed, faults: &[Fault]) -> Field {
    let field =
        Field::area(shell, name, shell.t("directory-reason")).rows(3).hint(shell.t("directory-reason-hint"));
    let field = field.value(typed.value(act, name));
    let own = faults.iter().find(|fault| fault.field == "reason" && typed.act == act);
    match own {
        Some(fault) => field.fault(fault.message.clone()),
        None => field,
    }
}

fn law_fields(shell: &Shell, typed: &Typed, faults: &[Fault]) -> Vec<Field> {
    let value = |name: &str| typed.value("law", name);
    vec![
        Field::text(shell, "reference", shell.t("law-reference")).value(value("reference")).faults(faults),
        Field::date(shell, "effective_on", shell.t("law-effective"))
            .value(value("effective_on"))
            .faults(faults),
        Field::area(shell, "words", shell.t("law-words")).rows(3).optional().value(value("words")),
    ]
}

impl OverviewPage {
    fn is_open(&self, act: &str) -> bool {
        self.opened == act
    }

    fn trail(&self) -> Vec<Link> {
        vec![Link::new("/directory", self.shell.t("directory-title"))]
    }
}
