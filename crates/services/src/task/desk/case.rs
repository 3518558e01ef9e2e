//! One case on the desk: the queue, the request with its documents, and the decision, side by side where there is
//! room.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{Router, extract::State as Extract, response::Response, routing::get};
use identity::{Caller, Person};
use uuid::Uuid;
use web::{
    Fault, Page, Path, Query, Shell,
    components::{Field, Link},
};

use super::{
    density::{Chosen, Density, keeping},
    history::HistoryLine,
    items::{self, ItemGroup},
    list::Asked,
    opinions::{OpinionLine, PassingOn, passing_on},
    queue::{Line, Wanted},
    typed::Typed,
};
use crate::{
    Services,
    entry::OutputKind,
    request::{
        Act, RequestNumber, State,
        decide::{REFERENCE_CHARACTERS_MAX, WORDS_CHARACTERS_MAX},
        follow::Followed,
        page::words,
        send_back::INSTRUCTION_CHARACTERS_MAX,
    },
};

/// Tasks in the queue beside a case.
const QUEUE_TASKS: i64 = 12;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/{number}", get(show))
}

#[derive(Template)]
#[template(path = "task/desk/case.html")]
pub(super) struct CasePage {
    density: Density,
    trail: Vec<Link>,
    notice: String,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    queue: Vec<Line>,
    base: String,
    public_href: String,
    number: String,
    service: String,
    applicant: String,
    identifier: String,
    kind: String,
    entity: String,
    delivered: String,
    due: String,
    due_ago: String,
    is_late: bool,
    signal: &'static str,
    state_word: String,
    groups: Vec<ItemGroup>,
    typed: Typed,
    verified_by: String,
    opinions: Vec<OpinionLine>,
    passing_on: Option<PassingOn>,
    may_verify: bool,
    may_return: bool,
    may_decide: bool,
    approve_fields: Vec<Field>,
    reason_field: Field,
    decision: String,
    measures: String,
    act_reference: String,
    history: Vec<HistoryLine>,
    note_characters_max: usize,
    revision: i64,
    shell: Shell,
}

impl CasePage {
    /// Whether anything can be noted about an item now.
    fn may_note(&self) -> bool {
        self.may_return
    }

    fn has_no_action(&self) -> bool {
        !(self.may_verify || self.may_return || self.may_decide || self.passing_on.is_some())
    }

    fn is_refusing(&self) -> bool {
        !self.typed.reason.is_empty() || self.faults.iter().any(|fault| fault.field == "reason")
    }

    /// What was typed and has no box any more, because a colleague was faster.
    fn left_over(&self) -> Vec<String> {
        if self.has_no_action() { self.typed.written() } else { Vec::new() }
    }
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
    Path(number): Path<RequestNumber>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let notice = asked.notice(&shell);
    let page = services.case_page(&actor, shell, chosen.density, &number, Typed::default(), None).await?;
    Ok(keeping(chosen, Page(CasePage { notice, ..page })))
}

impl Services {
    /// The case as it is now, with what was typed before and why it was not accepted. Whoever has no role at the
    /// body has no such page.
    pub(super) async fn case_page(
        &self,
        actor: &Actor,
        shell: Shell,
        density: Density,
        number: &RequestNumber,
        typed: Typed,
        refusal: Option<Refusal>,
    ) -> Result<CasePage, Failure> {
        let followed = self.follow(actor, number).await?;
        if !followed.request.concerns(actor) {
            return Err(Refusal::not_found().into());
        }
        let people = self.case_people(&followed).await?;
        let tasks = self.desk_tasks(actor, Wanted::default(), (i64::MIN, Uuid::nil()), QUEUE_TASKS).await?;
        let queue = self.desk_lines(&shell, &tasks, number.as_str()).await?;
        let history = self.desk_history(&shell, &followed.request).await?;
        let opinions = self.opinions(&shell, &followed).await?;
        let page = page(shell, density, &followed, &people, typed, refusal);
        Ok(CasePage { queue, history, opinions, ..page })
    }

    async fn case_people(&self, followed: &Followed) -> Result<People, Failure> {
        let (sql, request) = (self.store.read(), &followed.request);
        let applicant = identity::person(&sql, request.applicant).await?.ok_or_else(Refusal::not_found)?;
        let verifier = match request.checks.verified_by {
            Some(verifier) => identity::person(&sql, verifier).await?,
            None => None,
        };
        let entity = match request.entity {
            Some(entity) => identity::entity(&sql, entity).await?,
            None => None,
        };
        Ok(People { applicant, verifier, entity })
    }
}

struct People {
    applicant: Person,
    verifier: Option<Person>,
    entity: Option<identity::LegalEntity>,
}

fn page(
    shell: Shell,
    density: Density,
    followed: &Followed,
    people: &People,
    typed: Typed,
    refusal: Option<Refusal>,
) -> CasePage {
    let Followed { request, entry, .. } = followed;
    let may = |act: Act| followed.actions.contains(&act);
    let mut faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
    let approve_fields = approve_fields(&shell, followed, &typed, &faults);
    let reason_field = reason_field(&shell, &typed, &faults);
    let passing_on = passing_on(&shell, followed, &typed, &faults);
    let groups = items::groups(&shell, followed, &typed, &faults);
    for fault in &mut faults {
        fault.label = fault_label(&shell, followed, &fault.field);
    }
    let verified_by = people.verifier.as_ref().map(|person| shell.text(&person.name).to_owned());
    let entity = people.entity.as_ref().map(|entity| shell.text(&entity.name).to_owned());
    CasePage {
        density,
        trail: vec![Link::new("/desk", shell.t("desk-title"))],
        notice: String::new(),
        refusal,
        faults,
        queue: Vec::new(),
        base: format!("/desk/{}", request.number),
        public_href: format!("/requests/{}", request.number),
        number: shell.in_digits(request.number.to_string()),
        service: shell.text(&entry.card.name).to_owned(),
        applicant: shell.text(&people.applicant.name).to_owned(),
        identifier: shell.in_digits(people.applicant.identifier.clone()),
        kind: shell.t(&format!("identity-kind-{}", people.applicant.kind.word())),
        entity: entity.unwrap_or_default(),
        delivered: shell.moment(request.delivered_at),
        due: shell.day(request.due_at),
        due_ago: shell.ago(request.due_at),
        is_late: followed.is_late && request.state != State::Returned,
        signal: words::signal(request.state),
        state_word: words::state_word(&shell, request.state),
        groups,
        typed,
        verified_by: verified_by.unwrap_or_default(),
        opinions: Vec::new(),
        passing_on,
        may_verify: may(Act::Verify),
        may_return: may(Act::SendBack),
        may_decide: may(Act::Approve),
        approve_fields,
        reason_field,
        decision: request.checks.decision.clone(),
        measures: request.checks.measures.clone(),
        act_reference: request.checks.act_reference.clone(),
        history: Vec::new(),
        note_characters_max: INSTRUCTION_CHARACTERS_MAX,
        revision: request.revision,
        shell,
    }
}

fn fault_label(shell: &Shell, followed: &Followed, field: &str) -> String {
    match field {
        "measures" => shell.t("desk-measures"),
        "act_reference" => shell.t("desk-act-reference"),
        "reason" => shell.t("desk-reason"),
        "words" => shell.t("desk-words"),
        "corrections" => shell.t("desk-notes"),
        item => words::item_title(shell, &followed.entry, item),
    }
}

/// What the outputs of the card need to be said with the approval, and nothing else (LY-SVC-18.2, 18.3).
fn approve_fields(shell: &Shell, followed: &Followed, typed: &Typed, faults: &[Fault]) -> Vec<Field> {
    let has = |kind| followed.entry.card.outputs.iter().any(|output| output.kind == kind);
    let mut fields = Vec::new();
    if has(OutputKind::Measure) {
        let field =
            Field::area(shell, "measures", shell.t("desk-measures")).hint(shell.t("desk-measures-hint"));
        let field =
            field.value(typed.measures.as_str()).attribute("maxlength", &WORDS_CHARACTERS_MAX.to_string());
        fields.push(field.faults(faults));
    }
    if has(OutputKind::AdministrativeAct) {
        let field = Field::text(shell, "act_reference", shell.t("desk-act-reference"));
        let field = field.hint(shell.t("desk-act-reference-hint")).value(typed.act_reference.as_str());
        fields.push(field.attribute("maxlength", &REFERENCE_CHARACTERS_MAX.to_string()).faults(faults));
    }
    fields
}

fn reason_field(shell: &Shell, typed: &Typed, faults: &[Fault]) -> Field {
    Field::area(shell, "reason", shell.t("desk-reason"))
        .hint(shell.t("desk-reason-hint"))
        .value(typed.reason.as_str())
        .attribute("maxlength", &WORDS_CHARACTERS_MAX.to_string())
        .faults(faults)
}
