//! One request as its applicant follows it: what is asked of them first, then where it stands, who holds it, when it
//! is expected to end, and everything that was sent and received (LY-SVC-12.3, 16.3a to c, 18.4).

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure};
use axum::{Router, extract::State as Extract, routing::get};
use identity::Caller;
use serde::Deserialize;
use web::{
    Page, Path, Query, Shell,
    components::{Link, Moment},
};

use super::words::{self, DocumentLine, Group};
use crate::{
    Services,
    appeal::page::AppealNow,
    appointment::page::Booked,
    copy::page::CopyNow,
    output::Output,
    reading::lines::ReadingLine,
    request::{
        Act, RequestNumber, State,
        checklist::{Origin, Requirement, checklist},
        follow::{Followed, Progress, StageNow},
        table::Step,
    },
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/requests/{number}", get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// Set by the page that sent a correction.
    sent: Option<String>,
}

/// A requirement of the service, how it stands, and where it came from (LY-SVC-13.3a).
struct Required {
    title: String,
    signal: &'static str,
    state: String,
    origin: String,
}

/// Something that the applicant is asked to correct.
struct Ask {
    title: String,
    instruction: String,
}

/// What keeps a request from being received, and what to do about all of it.
struct Missing {
    titles: Vec<String>,
    how: String,
}

struct OutputLine {
    title: String,
    kind: String,
    delivered: String,
    href: String,
    verify_href: String,
}

/// Something that happened.
struct Event {
    title: String,
    when: String,
    note: String,
}

#[derive(Template)]
#[template(path = "request/page/status.html")]
struct StatusPage {
    trail: Vec<Link>,
    base: String,
    number: String,
    service: String,
    provider: String,
    state: State,
    signal: &'static str,
    state_word: String,
    /// Whose request it is, when somebody else looks at it.
    applicant: String,
    desk_href: String,
    is_own: bool,
    may_correct: bool,
    may_complete: bool,
    /// The day by which it must be complete; empty for what was received.
    complete_by: String,
    /// It was received, whatever became of it.
    is_delivered: bool,
    /// What is to be corrected, or why receipt is not confirmed.
    asks: Vec<Ask>,
    missing: Vec<Missing>,
    checklist: Vec<Required>,
    /// When responsibility was accepted, and for which text (LY-SVC-14.2).
    declared: String,
    declaration: String,
    holder: String,
    held: String,
    is_late: bool,
    is_sent: bool,
    delivered: String,
    /// The first day that was promised.
    expected: String,
    /// The day that was told last, when the first cannot be kept.
    new_day: String,
    usual: String,
    acknowledgement: String,
    decision: String,
    appeal: String,
    measures: String,
    /// The administrative act by title, number and day (LY-SVC-18.3).
    act: String,
    outputs: Vec<OutputLine>,
    moments: Vec<Moment>,
    events: Vec<Event>,
    answers: Vec<Group>,
    documents: Vec<DocumentLine>,
    phone: String,
    office: String,
    /// Who read it at the body, and who entered it where its applicant did not.
    readings: Vec<ReadingLine>,
    assisted: String,
    /// How an appeal stands; where there is none, whether one is possible.
    appealed: AppealNow,
    may_withdraw: bool,
    may_apply_again: bool,
    /// What is booked for the collection of the outputs, and whether there is anything to book.
    booked: Option<Booked>,
    is_collected: bool,
    /// A paper copy by post.
    copied: CopyNow,
    shell: Shell,
}

impl StatusPage {
    /// A title in the second person for the applicant, in the third for everybody else (`…-other`).
    fn title(&self, key: &str) -> String {
        if self.is_own { self.shell.t(key) } else { self.shell.t(&format!("{key}-other")) }
    }

    fn returned_title(&self) -> String {
        match self.is_own {
            true => self.shell.t1("request-returned-title", "count", self.asks.len()),
            false => self.title("request-returned-title"),
        }
    }

    fn completed_title(&self) -> String {
        match self.is_own {
            true => self.shell.t1("request-completed-title", "count", self.outputs.len()),
            false => self.title("request-completed-title"),
        }
    }

    fn now_title(&self) -> String {
        let key = if self.is_own { "request-now-with" } else { "request-now-with-other" };
        self.shell.t1(key, "holder", &self.holder)
    }

    /// The colour of a request that somebody at the body holds.
    fn waiting_kind(&self) -> &'static str {
        if self.is_late { "warn" } else { "info" }
    }
}

async fn show(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(number): Path<RequestNumber>,
    Query(asked): Query<Asked>,
) -> Result<Page<StatusPage>, web::Error> {
    let page = services.status_page(&actor, shell, &number).await?;
    Ok(Page(StatusPage { is_sent: asked.sent.is_some() && page.state == State::Received, ..page }))
}

impl Services {
    async fn status_page(
        &self,
        actor: &Actor,
        shell: Shell,
        number: &RequestNumber,
    ) -> Result<StatusPage, Failure> {
        let followed = self.follow(actor, number).await?;
        let is_own = followed.request.applicant == actor.person;
        let applicant = match is_own {
            true => None,
            false => identity::person(&self.store.read(), followed.request.applicant).await?,
        };
        let sits_here = followed.request.concerns(actor);
        let readings = self.readings(&shell, followed.request.id).await?;
        let assisted = self.assisted_mark(&shell, number).await?;
        let page = page(shell, &followed, is_own);
        Ok(StatusPage {
            readings,
            assisted,
            applicant: applicant.map(|person| page.shell.text(&person.name).to_owned()).unwrap_or_default(),
            appealed: self.appeal_now(&page.shell, &followed).await?,
            copied: self.copy_now(&page.shell, &followed).await?,
            is_collected: is_own && self.is_collected(&followed).await?,
            booked: self.booked(&page.shell, &followed).await?,
            desk_href: if sits_here && !is_own { format!("/desk/{number}") } else { String::new() },
            ..page
        })
    }
}

fn page(shell: Shell, followed: &Followed, is_own: bool) -> StatusPage {
    let Followed { request, entry, provider, .. } = followed;
    let (card, checks) = (&entry.card, &request.checks);
    let with_applicant = request.state.needs_applicant();
    StatusPage {
        trail: match is_own {
            true => vec![Link::new("/requests", shell.t("request-mine"))],
            false => vec![Link::new("/desk", shell.t("desk-title"))],
        },
        base: format!("/requests/{}", request.number),
        number: shell.in_digits(request.number.to_string()),
        service: shell.text(&card.name).to_owned(),
        provider: shell.text(&provider.name).to_owned(),
        state: request.state,
        signal: words::signal(request.state),
        state_word: words::state_word(&shell, request.state),
        applicant: String::new(),
        desk_href: String::new(),
        is_own,
        may_correct: is_own && followed.actions.contains(&Act::Resubmit),
        may_complete: is_own && followed.actions.contains(&Act::Complete),
        complete_by: followed.complete_by.map(|at| shell.date(at)).unwrap_or_default(),
        is_delivered: request.checks.gaps.is_empty(),
        checklist: checklist(entry, request).into_iter().map(|it| required(&shell, it)).collect(),
        declared: request.declared_at.map(|at| shell.moment(at)).unwrap_or_default(),
        declaration: request.declaration.clone(),
        asks: asks(&shell, followed),
        missing: missing(&shell, followed),
        holder: followed.holder.as_ref().map(|holder| shell.text(holder).to_owned()).unwrap_or_default(),
        held: shell.ago(followed.held_since),
        is_late: followed.is_late && !with_applicant,
        is_sent: false,
        delivered: shell.moment(request.delivered_at),
        expected: if request.checks.gaps.is_empty() { shell.date(request.due_at) } else { String::new() },
        new_day: followed.new_day().map(|day| shell.date(day)).unwrap_or_default(),
        usual: followed.usual.map(|usual| usual.said(&shell)).unwrap_or_default(),
        acknowledgement: shell.text(&request.acknowledgement).to_owned(),
        decision: checks.decision.clone(),
        appeal: shell.text(&card.complaint).to_owned(),
        measures: checks.measures.clone(),
        act: followed.act_said(&shell),
        outputs: followed.outputs.iter().map(|output| output_line(&shell, followed, output)).collect(),
        moments: moments(&shell, followed),
        events: events(&shell, followed),
        answers: words::answers(&shell, entry, request),
        documents: words::documents(&shell, entry, request),
        phone: shell.in_digits(card.contact.phone.clone()),
        office: shell.text(&card.contact.address).to_owned(),
        readings: Vec::new(),
        assisted: String::new(),
        may_withdraw: is_own && followed.actions.contains(&Act::Withdraw),
        may_apply_again: is_own && request.state.is_closed(),
        appealed: AppealNow::default(),
        booked: None,
        is_collected: false,
        copied: CopyNow::default(),
        shell,
    }
}

fn asks(shell: &Shell, followed: &Followed) -> Vec<Ask> {
    if followed.request.state != State::Returned {
        return Vec::new();
    }
    let corrections = followed.request.checks.corrections.iter();
    corrections
        .map(|correction| Ask {
            title: words::item_title(shell, &followed.entry, &correction.item),
            instruction: correction.instruction.clone(),
        })
        .collect()
}

fn missing(shell: &Shell, followed: &Followed) -> Vec<Missing> {
    let mut missing: Vec<Missing> = Vec::new();
    for gap in &followed.request.checks.gaps {
        let how = shell.t(&format!("{}-how", gap.key()));
        let title = match gap.item.as_str() {
            "declaration" => shell.t(gap.key()),
            item => words::item_title(shell, &followed.entry, item),
        };
        match missing.iter_mut().find(|known| known.how == how) {
            Some(known) => known.titles.push(title),
            None => missing.push(Missing { titles: vec![title], how }),
        }
    }
    missing
}

fn required(shell: &Shell, requirement: Requirement) -> Required {
    let origin = match &requirement.origin {
        Origin::Uploaded(name) => shell.t1("request-checklist-from-uploaded", "name", name.as_str()),
        Origin::Nowhere => String::new(),
        origin => shell.t(&format!("request-checklist-from-{}", origin.word())),
    };
    Required {
        title: shell.text(&requirement.title).to_owned(),
        signal: requirement.standing.signal(),
        state: shell.t(&format!("request-checklist-{}", requirement.standing.word())),
        origin,
    }
}

fn output_line(shell: &Shell, followed: &Followed, output: &Output) -> OutputLine {
    OutputLine {
        title: followed.output_title(shell, output),
        kind: shell.t(&format!("output-kind-{}", output.kind)),
        delivered: shell.moment(output.delivered_at),
        href: format!("/requests/{}/outputs/{}", followed.request.number, output.part),
        verify_href: format!("/verify/{}", output.code),
    }
}

/// The stages as a timeline. A refusal ends it at the decision: what would have come is not promised any more.
fn moments(shell: &Shell, followed: &Followed) -> Vec<Moment> {
    followed.stages.iter().map(|stage| moment(shell, followed, stage)).collect()
}

/// A stage as a line of the timeline: done and when, now and who holds it since when, or what comes next.
fn moment(shell: &Shell, followed: &Followed, stage: &StageNow) -> Moment {
    let holder = shell.text(&stage.holder);
    let (state, note) = match stage.progress {
        Progress::Done => ("done", String::new()),
        Progress::Now => {
            ("now", shell.t2("request-held-by", "holder", holder, "ago", shell.ago(followed.held_since)))
        }
        Progress::NeedsYou => {
            ("needs-you", shell.t1("request-held-by-you", "ago", shell.ago(followed.held_since)))
        }
        Progress::Next => ("next", shell.t1("request-next-by", "holder", holder)),
        Progress::Refused => ("refused", shell.t("request-event-refused")),
        Progress::Withdrawn => ("refused", shell.t("request-event-withdrawn")),
        Progress::Expired => ("refused", shell.t("request-event-expired")),
    };
    let reached =
        stage.at.filter(|_| !matches!(stage.progress, Progress::Now | Progress::NeedsYou | Progress::Next));
    Moment {
        state,
        title: shell.text(&stage.title).to_owned(),
        when: reached.map(|at| shell.moment(at)).unwrap_or_default(),
        note,
    }
}

fn events(shell: &Shell, followed: &Followed) -> Vec<Event> {
    let is_delivered = followed.request.checks.gaps.is_empty();
    let first = Event {
        title: shell.t(if is_delivered { "request-event-delivered" } else { "request-event-arrived" }),
        when: shell.moment(followed.request.delivered_at),
        note: String::new(),
    };
    let later = followed.steps.iter().map(|Step { state, at, note, .. }| Event {
        title: shell.t(&format!("request-event-{}", state.word())),
        when: shell.moment(*at),
        note: note.clone(),
    });
    std::iter::once(first).chain(later).collect()
}
