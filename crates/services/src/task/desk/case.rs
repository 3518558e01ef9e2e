//! One case on the desk: the queue, the request with its documents, and the decision, side by side where there is
//! room.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{Router, extract::State as Extract, response::Response, routing::get};
use identity::{Caller, Person};
use language::Text;
use web::{
    Fault, Page, Path, Query, Shell,
    components::{Choice, Field, Link},
};

use super::{
    canned::Offered,
    density::{Chosen, Density, keeping},
    done::Done,
    history::HistoryLine,
    items::{self, ItemGroup},
    opinions::{OpinionLine, PassingOn, passing_on},
    queue::{Line, desk_state},
    typed::Typed,
};
use crate::{
    Services,
    advice::page::AdviceLine,
    canned::Use,
    entry::OutputKind,
    reading::lines::ReadingLine,
    request::{
        Act, RequestNumber, decide::WORDS_CHARACTERS_MAX, follow::Followed, moving,
        named_act::ACT_NUMBER_CHARACTERS_MAX, page::words, send_back::INSTRUCTION_CHARACTERS_MAX,
    },
    task::queue::{self, Asked, Wanted},
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
    number: String,
    service: String,
    applicant: String,
    identifier: String,
    kind: String,
    entity: String,
    delivered: String,
    due: String,
    due_ago: String,
    usual: UsualNow,
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
    /// The administrative act by title, number and day.
    act: String,
    history: Vec<HistoryLine>,
    readings: Vec<ReadingLine>,
    advice: Vec<AdviceLine>,
    /// Whose advice can be asked.
    advisers: Vec<Choice>,
    texts: Vec<Offered>,
    /// Whoever has it: a name, as the form sends it, and what this officer may do about it.
    holder: String,
    holder_value: String,
    is_mine: bool,
    may_take: bool,
    may_hand: bool,
    is_open: bool,
    colleagues: Vec<Choice>,
    /// Who was faster, where somebody was.
    changed: Option<HistoryLine>,
    /// The view of the queue, and the cases around this one in it.
    query: String,
    list_href: String,
    next_href: String,
    undo: String,
    /// Who entered it for the applicant, and why.
    assisted: String,
    note_characters_max: usize,
    revision: i64,
    shell: Shell,
}

/// What the applicant is told of the time, and that it has taken longer.
struct UsualNow {
    said: String,
    is_exceeded: bool,
}

impl UsualNow {
    fn of(shell: &Shell, followed: &Followed) -> UsualNow {
        let said = followed.usual.map(|usual| usual.said(shell)).unwrap_or_default();
        UsualNow { said, is_exceeded: followed.is_beyond_usual }
    }
}

impl CasePage {
    /// The request as its applicant sees it.
    fn public_href(&self) -> String {
        self.base.replacen("/desk/", "/requests/", 1)
    }

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

    fn asks_measures(&self) -> bool {
        self.approve_fields.iter().any(|field| field.name() == "measures")
    }

    /// The question to a colleague was not accepted and comes back.
    fn is_asking(&self) -> bool {
        !self.typed.question.is_empty() || !self.typed.of.is_empty()
    }

    /// The texts that are offered beside a box.
    fn texts_for(&self, used_for: &str) -> Vec<&Offered> {
        let used_for = Use::named(used_for);
        self.texts.iter().filter(|text| Some(text.used_for) == used_for).collect()
    }

    /// What was typed and has no box any more, because a colleague was faster.
    fn left_over(&self) -> Vec<String> {
        let was_faster = self.refusal.as_ref().is_some_and(|refusal| refusal.code == moving::CHANGED.code);
        if was_faster || self.has_no_action() { self.typed.written() } else { Vec::new() }
    }
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
    Path(number): Path<RequestNumber>,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, web::Error> {
    let wanted = services.wanted(&asked);
    let (notice, undo) = (done.notice(&shell), done.undo());
    let page =
        services.case_page(&actor, shell, chosen.density, &number, wanted, Typed::default(), None).await?;
    Ok(keeping(chosen, Page(CasePage { notice, undo, ..page })))
}

impl Services {
    /// The case as it is now, with what was typed before and why it was not accepted. Whoever has no role at the
    /// body has no such page.
    #[allow(
        clippy::too_many_arguments,
        reason = "a case stands in a view, with what was typed and what was refused"
    )]
    pub(super) async fn case_page(
        &self,
        actor: &Actor,
        shell: Shell,
        density: Density,
        number: &RequestNumber,
        wanted: Wanted,
        typed: Typed,
        refusal: Option<Refusal>,
    ) -> Result<CasePage, Failure> {
        let followed = self.follow(actor, number).await?;
        if !followed.request.concerns(actor) {
            return Err(Refusal::not_found().into());
        }
        let people = self.case_people(&followed).await?;
        let queue = self.queue_around(actor, &shell, &followed, &wanted).await?;
        let history = self.desk_history(&shell, &followed.request).await?;
        let was_faster = refusal.as_ref().is_some_and(|refusal| refusal.code == "request.changed");
        let page = CasePage {
            queue,
            opinions: self.opinions(&shell, &followed).await?,
            readings: self.readings(&shell, followed.request.id).await?,
            advice: self.advice_lines(&shell, actor, followed.request.id).await?,
            texts: self.offered(&shell, &followed, &people.applicant).await?,
            advisers: self.advisers(&shell, actor, &followed.request).await?,
            changed: history.iter().rfind(|line| was_faster && line.is_act).cloned(),
            assisted: self.assisted_mark(&shell, number).await?,
            list_href: wanted.href("/desk"),
            query: wanted.query(),
            next_href: self.next_href(actor, number, &wanted).await?,
            ..page(shell, density, &followed, &people, typed, refusal)
        };
        self.with_holder(actor, &followed, CasePage { history, ..page }).await
    }

    async fn next_href(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        wanted: &Wanted,
    ) -> Result<String, Failure> {
        let next = self.case_after(actor, number, wanted).await?;
        Ok(next.map(|next| wanted.href(&format!("/desk/{next}"))).unwrap_or_default())
    }

    /// The cases of the view from this one on; the first ones where it stands among them or nowhere.
    async fn queue_around(
        &self,
        actor: &Actor,
        shell: &Shell,
        followed: &Followed,
        wanted: &Wanted,
    ) -> Result<Vec<Line>, Failure> {
        let view = match wanted.is_search() {
            true => Wanted::default(),
            false => wanted.clone(),
        };
        let number = followed.request.number.as_str();
        let mut tasks = self.desk(actor, &view, view.sort.start(), QUEUE_TASKS).await?;
        if !tasks.iter().any(|task| task.number == number) {
            let sql = self.store.read();
            let place = queue::table::place_of(&sql, followed.request.id, view.sort).await?;
            if let Some((place, id)) = place {
                let before = if view.sort == queue::Sort::Newest { place + 1 } else { place - 1 };
                tasks = self.desk(actor, &view, (before, id), QUEUE_TASKS).await?;
            }
        }
        self.desk_lines(shell, actor, &view, &tasks, number).await
    }

    /// Who has the case, and whether this officer may take it, hand it on, or put it back.
    async fn with_holder(
        &self,
        actor: &Actor,
        followed: &Followed,
        page: CasePage,
    ) -> Result<CasePage, Failure> {
        let Some(held) = self.held_by(followed.request.id).await? else { return Ok(page) };
        let names = self.names(&page.shell, held.holder.into_iter().collect()).await?;
        let sits = actor.holds(&held.desk.role, held.desk.body);
        let is_mine = held.holder == Some(actor.person);
        let heads = actor.holds("head", held.desk.body);
        Ok(CasePage {
            holder: names.into_values().next().unwrap_or_default(),
            holder_value: held.holder.map(|holder| holder.to_string()).unwrap_or_default(),
            is_mine,
            is_open: true,
            may_take: sits && !is_mine,
            may_hand: heads || (sits && (is_mine || held.holder.is_none())),
            colleagues: self.colleagues(&page.shell, actor).await?,
            ..page
        })
    }

    /// The colleagues and units of the body whose advice can be asked; the applicant is not among them.
    async fn advisers(
        &self,
        shell: &Shell,
        actor: &Actor,
        request: &crate::request::Request,
    ) -> Result<Vec<Choice>, Failure> {
        let units = organisations::units(&self.store.read(), request.body).await?;
        let units = units.iter().map(|unit| Choice::new(format!("unit.{}", unit.id), shell.text(&unit.name)));
        let colleagues = self.colleagues(shell, actor).await?.into_iter();
        let colleagues = colleagues
            .filter(|colleague| colleague.value != request.applicant.to_string())
            .map(|colleague| Choice::new(format!("person.{}", colleague.value), colleague.label));
        Ok(units.chain(colleagues).collect())
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
    let Questions { faults, approve_fields, reason_field, passing_on, groups } =
        questions(&shell, followed, &typed, refusal.as_ref());
    let name = |text: &Text| shell.text(text).to_owned();
    CasePage {
        density,
        trail: vec![Link::new("/desk", shell.t("desk-title"))],
        notice: String::new(),
        refusal,
        faults,
        queue: Vec::new(),
        base: format!("/desk/{}", request.number),
        number: shell.in_digits(request.number.to_string()),
        service: shell.text(&entry.card.name).to_owned(),
        applicant: shell.text(&people.applicant.name).to_owned(),
        identifier: shell.in_digits(people.applicant.identifier.clone()),
        kind: shell.t(&format!("identity-kind-{}", people.applicant.kind.word())),
        entity: people.entity.as_ref().map(|entity| name(&entity.name)).unwrap_or_default(),
        delivered: shell.moment(request.delivered_at),
        due: shell.day(request.due_at),
        due_ago: shell.ago(request.due_at),
        usual: UsualNow::of(&shell, followed),
        is_late: followed.is_late && !request.state.needs_applicant(),
        signal: words::signal(request.state),
        state_word: desk_state(&shell, request.state),
        groups,
        typed,
        verified_by: people.verifier.as_ref().map(|person| name(&person.name)).unwrap_or_default(),
        opinions: Vec::new(),
        passing_on,
        may_verify: may(Act::Verify),
        may_return: may(Act::SendBack),
        may_decide: may(Act::Approve),
        approve_fields,
        reason_field,
        decision: request.checks.decision.clone(),
        measures: request.checks.measures.clone(),
        act: followed.act_said(&shell),
        history: Vec::new(),
        readings: Vec::new(),
        advice: Vec::new(),
        advisers: Vec::new(),
        texts: Vec::new(),
        holder: String::new(),
        holder_value: String::new(),
        is_mine: false,
        may_take: false,
        may_hand: false,
        is_open: false,
        colleagues: Vec::new(),
        changed: None,
        query: String::new(),
        list_href: String::new(),
        next_href: String::new(),
        undo: String::new(),
        assisted: String::new(),
        note_characters_max: INSTRUCTION_CHARACTERS_MAX,
        revision: request.revision,
        shell,
    }
}

/// What the page asks, with what was typed and what was wrong with it.
struct Questions {
    faults: Vec<Fault>,
    approve_fields: Vec<Field>,
    reason_field: Field,
    passing_on: Option<PassingOn>,
    groups: Vec<ItemGroup>,
}

fn questions(shell: &Shell, followed: &Followed, typed: &Typed, refusal: Option<&Refusal>) -> Questions {
    let mut faults = refusal.map(|refusal| shell.faults(refusal)).unwrap_or_default();
    let approve_fields = approve_fields(shell, followed, typed, &faults);
    let reason_field = reason_field(shell, typed, &faults);
    let passing_on = passing_on(shell, followed, typed, &faults);
    let groups = items::groups(shell, followed, typed, &faults);
    for fault in &mut faults {
        fault.label = fault_label(shell, followed, &fault.field);
    }
    Questions { faults, approve_fields, reason_field, passing_on, groups }
}

fn fault_label(shell: &Shell, followed: &Followed, field: &str) -> String {
    match field {
        "measures" => shell.t("desk-measures"),
        "act_number" => shell.t("desk-act-number"),
        "act_date" => shell.t("desk-act-date"),
        "reason" => shell.t("desk-reason"),
        "words" => shell.t("desk-words"),
        "corrections" => shell.t("desk-notes"),
        "of" => shell.t("advice-of"),
        "question" => shell.t("advice-question"),
        "to" => shell.t("desk-give-to"),
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
        let number = Field::text(shell, "act_number", shell.t("desk-act-number")).short();
        let number = number.hint(shell.t("desk-act-number-hint")).value(typed.act_number.as_str());
        fields.push(number.attribute("maxlength", &ACT_NUMBER_CHARACTERS_MAX.to_string()).faults(faults));
        let date = Field::date(shell, "act_date", shell.t("desk-act-date"));
        fields.push(date.value(typed.act_date.as_str()).faults(faults));
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
