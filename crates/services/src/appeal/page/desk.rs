//! The head's desk: open appeals, the most urgent first, and one with everything that its decision needs.

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
    components::{self, Choice, Field, Link},
    see_other, stay,
};

use crate::{
    Services,
    appeal::{Appeal, AppealState, api::outcome_named, resource, table},
    call::Visit,
    request::{Request, decide::WORDS_CHARACTERS_MAX},
};

/// Appeals on one page.
const PAGE_APPEALS: i64 = 25;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/desk/appeals", get(list))
        .route("/desk/appeals/{id}", get(show))
        .route("/desk/appeals/{id}/decide", post(decide))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    cursor: Option<String>,
    done: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    reasons: String,
    #[serde(default)]
    remedy: String,
}

struct Line {
    href: String,
    service: String,
    number: String,
    applicant: String,
    against: String,
    due: String,
    is_late: bool,
}

#[derive(Template)]
#[template(path = "appeal/page/list.html")]
struct ListPage {
    places: Vec<Link>,
    lines: Vec<Line>,
    next: String,
    is_done: bool,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "appeal/page/show.html")]
struct ShowPage {
    trail: Vec<Link>,
    id: Uuid,
    number: String,
    href: String,
    service: String,
    applicant: String,
    against: String,
    filed: String,
    due: String,
    grounds: String,
    decision: String,
    decider: String,
    is_open: bool,
    /// Whoever decided before does not decide the appeal.
    is_own: bool,
    reasons: String,
    fields: Vec<Field>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    shell: Shell,
}

async fn list(
    Visit { services, actor, shell }: Visit,
    Query(asked): Query<Asked>,
) -> Result<Page<ListPage>, web::Error> {
    Ok(Page(services.appeals_page(&actor, shell, &asked).await?))
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<Uuid>,
) -> Result<Page<ShowPage>, web::Error> {
    Ok(Page(services.appeal_case(&actor, shell, id, Typed::default(), None).await?))
}

async fn decide(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<Uuid>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    services.appeal_seen(&actor, id).await?;
    let outcome = match outcome_named(&typed.outcome, typed.remedy.clone()) {
        Ok(outcome) => services.decide_appeal(&actor, id, outcome, typed.reasons.clone(), None).await,
        Err(refusal) => Err(refusal.into()),
    };
    let refusal = match outcome {
        Ok(_) => return Ok(see_other("/desk/appeals?done=1")),
        Err(failure) => failure.mendable()?,
    };
    let kind = refusal.kind;
    let page = services.appeal_case(&actor, shell, id, typed, Some(refusal)).await?;
    Ok(stay(kind, page))
}

impl Services {
    async fn appeals_page(&self, actor: &Actor, shell: Shell, asked: &Asked) -> Result<ListPage, Failure> {
        let bodies: Vec<Uuid> =
            actor.bodies().into_iter().filter(|body| actor.holds("head", *body)).collect();
        if bodies.is_empty() {
            return Err(Refusal::new(Kind::NotAllowed, "desk.none", &[]).into());
        }
        let after = Cursor::decode_given(asked.cursor.as_deref())?.unwrap_or((i64::MIN, Uuid::nil()));
        let sql = self.store.read();
        let mut found = Vec::new();
        for body in bodies {
            found.extend(table::open_at(&sql, body, after, PAGE_APPEALS + 1).await?);
        }
        found.sort_by_key(|line| (line.appeal.due_at, line.appeal.id));
        let next =
            Cursor::cut(&mut found, PAGE_APPEALS as usize, |last| (last.appeal.due_at.0, last.appeal.id))?
                .map(|next| shell.with("cursor", &next))
                .unwrap_or_default();
        let ids: Vec<Uuid> = found.iter().map(|line| line.applicant).collect();
        let people = identity::persons(&sql, &ids).await?;
        let now = self.clock.now();
        let line = |line: table::Line| {
            let applicant = people.iter().find(|person| person.id == line.applicant);
            let entry = self.directory.entry_by_id(line.entry);
            Line {
                href: format!("/desk/appeals/{}", line.appeal.id),
                service: entry.map(|entry| shell.text(&entry.card.name).to_owned()).unwrap_or_default(),
                number: shell.in_digits(line.number),
                applicant: applicant.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default(),
                against: shell.t(&format!("appeal-against-{}", line.appeal.against.word())),
                due: shell.day(line.appeal.due_at),
                is_late: now > line.appeal.due_at,
            }
        };
        let lines = found.into_iter().map(line).collect();
        let places = self.desk_places(&shell, actor, "/desk/appeals").await?;
        Ok(ListPage { places, lines, next, is_done: asked.done.is_some(), shell })
    }

    async fn appeal_case(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        typed: Typed,
        refusal: Option<Refusal>,
    ) -> Result<ShowPage, Failure> {
        let (appeal, request) = self.appeal_seen(actor, id).await?;
        let ids: Vec<Uuid> =
            [Some(request.applicant), request.checks.decided_by].into_iter().flatten().collect();
        let people = identity::persons(&self.store.read(), &ids).await?;
        let name = |id: Option<Uuid>| {
            let person = people.iter().find(|person| Some(person.id) == id);
            person.map(|person| shell.text(&person.name).to_owned()).unwrap_or_default()
        };
        let (applicant, decider) = (name(Some(request.applicant)), name(request.checks.decided_by));
        let may = self.policies.decide("services", actor, "decide_appeal", &resource(&request)).permitted;
        let service = self.directory.entry_by_id(request.entry);
        let service = service.map(|entry| shell.text(&entry.card.name).to_owned()).unwrap_or_default();
        Ok(case(shell, (appeal, request), may, (applicant, decider, service), &typed, refusal))
    }
}

fn case(
    shell: Shell,
    (appeal, request): (Appeal, Request),
    may: bool,
    (applicant, decider, service): (String, String, String),
    typed: &Typed,
    refusal: Option<Refusal>,
) -> ShowPage {
    let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
    let fields = fields(&shell, typed, &faults);
    let is_open = appeal.state == AppealState::Open;
    ShowPage {
        trail: vec![
            Link::new("/desk", shell.t("desk-title")),
            Link::new("/desk/appeals", shell.t("appeal-desk-title")),
        ],
        id: appeal.id,
        number: shell.in_digits(request.number.to_string()),
        href: format!("/requests/{}", request.number),
        service,
        applicant,
        against: shell.t(&format!("appeal-against-{}", appeal.against.word())),
        filed: shell.moment(appeal.filed_at),
        due: shell.day(appeal.due_at),
        grounds: appeal.grounds,
        decision: request.checks.decision,
        decider,
        is_open,
        is_own: is_open && !may,
        reasons: appeal.reasons,
        faults: components::named(faults, &fields),
        fields,
        refusal,
        shell,
    }
}

fn fields(shell: &Shell, typed: &Typed, faults: &[Fault]) -> Vec<Field> {
    let outcomes = vec![
        Choice::new("uphold", shell.t("appeal-uphold")).hint(shell.t("appeal-uphold-hint")),
        Choice::new("reject", shell.t("appeal-reject")),
    ];
    let most = WORDS_CHARACTERS_MAX.to_string();
    vec![
        Field::radios(shell, "outcome", shell.t("appeal-outcome"), outcomes)
            .value(&typed.outcome)
            .faults(faults),
        Field::area(shell, "reasons", shell.t("appeal-reasons"))
            .value(&typed.reasons)
            .attribute("maxlength", &most)
            .faults(faults),
        Field::area(shell, "remedy", shell.t("appeal-remedy"))
            .hint(shell.t("appeal-remedy-hint"))
            .value(&typed.remedy)
            .attribute("maxlength", &most)
            .rows(3)
            .optional()
            .faults(faults),
    ]
}
