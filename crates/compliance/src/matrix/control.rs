//! `/compliance/bodies/{slug}/{control}`: one control at one body: where it is enforced, what proves it, what the ledger
//! holds, what was found, from what the body is exempt, and the form of whoever confirms it.

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Path, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{Standing, body::who};
use crate::Door;
use crate::{
    Compliance, Control,
    attestation::{
        self, Attestation, Confirmation,
        confirm::{Confirm, checked},
        name::NameAttester,
    },
    authority::{About, people_at},
    call::Visit,
    evidence, exemption, finding,
    own::{self, confirmable},
    places::Places,
    posted::Posted,
};

/// Lines of each list on the page; the whole lists have pages of their own.
const LINES_SHOWN: i64 = 20;
/// Roles at a body whose holders may be named to confirm.
const NAMEABLE: [&str; 6] = ["head", "administrator", "decider", "author", "auditor", "officer"];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    done: String,
}

/// Something on a line: its link, its words, its state.
struct Line {
    href: String,
    title: String,
    standing: String,
    signal: &'static str,
    when: String,
}

struct Confirmed {
    who: String,
    when: String,
    until: String,
    standing: String,
    signal: &'static str,
    words: String,
    file: String,
    href: String,
}

#[derive(Template)]
#[template(path = "matrix/control.html")]
struct ControlPage {
    places: Places,
    trail: Vec<Link>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    id: String,
    title: String,
    duty: String,
    article: String,
    body: String,
    standing: String,
    signal: &'static str,
    who: String,
    sites: Vec<String>,
    tests: Vec<String>,
    missing: Option<String>,
    evidence: String,
    evidence_last: String,
    findings: Vec<Line>,
    exemptions: Vec<Line>,
    attested: bool,
    due: String,
    confirmations: Vec<Confirmed>,
    confirm: Vec<Field>,
    name: Option<Field>,
    report_href: String,
    /// Empty for an own control, which has no page for everybody.
    control_href: String,
    action: String,
    done: String,
    shell: Shell,
}

/// What was typed into the form, and why it was not accepted.
#[derive(Default)]
struct Typed {
    outcome: String,
    words: String,
    refusal: Option<Refusal>,
}

pub(super) async fn show(
    visit: Visit,
    Path((slug, control)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let done = match asked.done.as_str() {
        "confirmed" | "named" => visit.shell.t(&format!("attestation-done-{}", asked.done)),
        _ => String::new(),
    };
    Ok(stay(None, page(visit, &slug, &control, Typed::default(), done).await?))
}

pub(super) async fn confirm(
    visit: Visit,
    Path((slug, control)): Path<(String, String)>,
    form: Multipart,
) -> Result<Response, web::Error> {
    let kernel = &visit.kernel;
    let subject = format!("attestation/{slug}/{control}");
    let sql = kernel.store.read();
    let body = organisations::body_by_slug(&sql, &slug).await?.ok_or_else(Refusal::not_found)?;
    let held = attestation::table::find(&sql, body.id, &control).await?.ok_or_else(Refusal::not_found)?;
    visit.acting().check(&sql, "confirm", Some(body.id), held.about()).await?;
    let ready = |it: &Posted| checked(it.word("outcome"), it.word("words")).is_ok();
    let posted = Posted::read(&kernel.documents, visit.actor.person, form, ready).await?;
    let (outcome, words) = (posted.word("outcome").to_owned(), posted.word("words").to_owned());
    let document = match posted.file {
        Some(Err(refusal)) => Err(refusal.into()),
        Some(Ok(file)) => Ok(Some((file.id, file.name))),
        None => Ok(None),
    };
    let carried = match document {
        Err(failure) => Err(failure),
        Ok(document) => {
            let (acting, packs) = (visit.acting(), kernel.packs.clone());
            let (body, control) = (slug.clone(), control.clone());
            let (outcome, words) = (outcome.clone(), words.clone());
            let verb = Confirm { acting, packs, body, control, outcome, words, document };
            kernel.carry_out(&visit.actor, &subject, verb, None).await
        }
    };
    match carried {
        Ok(()) => {
            Ok(see_other(&format!("/compliance/bodies/{slug}/{control}?done=confirmed")).into_response())
        }
        Err(failure) => {
            let kinds = [authz::Kind::Invalid, authz::Kind::Conflict, authz::Kind::TooLarge];
            let refusal = failure.of(&kinds)?;
            let kind = refusal.kind;
            let typed = Typed { outcome, words, refusal: Some(refusal) };
            Ok(stay(kind, page(visit, &slug, &control, typed, String::new()).await?))
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Named {
    person: String,
}

pub(super) async fn name(
    visit: Visit,
    Path((slug, control)): Path<(String, String)>,
    Form(typed): Form<Named>,
) -> Result<Response, web::Error> {
    let person = typed.person.parse().ok();
    let verb = NameAttester { acting: visit.acting(), body: slug.clone(), control: control.clone(), person };
    let subject = format!("attestation/{slug}/{control}");
    match visit.kernel.carry_out(&visit.actor, &subject, verb, None).await {
        Ok(()) => Ok(see_other(&format!("/compliance/bodies/{slug}/{control}?done=named")).into_response()),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let typed = Typed { refusal: Some(refusal), ..Typed::default() };
            Ok(stay(kind, page(visit, &slug, &control, typed, String::new()).await?))
        }
    }
}

async fn page(
    visit: Visit,
    slug: &str,
    control: &str,
    typed: Typed,
    done: String,
) -> Result<ControlPage, Failure> {
    let (kernel, shell, acting) = (&visit.kernel, &visit.shell, visit.acting());
    let sql = kernel.store.read();
    let body = organisations::body_by_slug(&sql, slug).await?.ok_or_else(Refusal::not_found)?;
    let found = confirmable(&sql, &kernel.packs, (body.id, control), kernel.clock.now()).await?;
    let control = &found.ok_or_else(Refusal::not_found)?.0;
    let attestation = attestation::table::find(&sql, body.id, &control.id).await?;
    let about = attestation.as_ref().map(Attestation::about).unwrap_or_default();
    acting.check(&sql, "see_body", Some(body.id), about.clone()).await?;
    let held = kernel.held(body.id).await?;
    let standing = held.standing(control);
    let evidence = evidence::table::find(&sql, &control.id, Uuid::nil()).await?;
    let confirmations = attestation::table::confirmations(&sql, body.id, &control.id, LINES_SHOWN).await?;
    let named_person = attestation.as_ref().and_then(|it| it.person);
    let people = confirmations.iter().map(|it| Some(it.person)).chain([named_person]);
    let names = kernel.names(people).await?;
    let name_of = |person: Uuid| names.get(&person).map(|it| shell.text(it).to_owned());
    let faults = typed.refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
    let may_confirm = attestation.is_some() && acting.may(&sql, "confirm", Some(body.id), about).await?;
    let confirm = if may_confirm { confirm_fields(shell, &typed, &faults) } else { Vec::new() };
    let name = visit.name_field(body.id, attestation.as_ref()).await?;
    let may_report = acting.may(&sql, "raise_finding", Some(body.id), About::default()).await?;
    let (control_href, report_href) = hrefs(slug, control, may_report);
    let confirmed = |it: &Confirmation| confirmed(shell, it, name_of(it.person).unwrap_or_default());
    let here = held.evidence(&control.id).map_or(0, |it| it.entries);
    let everywhere = evidence.as_ref().map_or(0, |it| it.entries);
    let last = |it: evidence::Evidence| {
        shell.t2("matrix-evidence-last", "kind", it.last_kind, "when", shell.moment(it.last_at))
    };
    Ok(ControlPage {
        places: Places::of(kernel, &visit.actor, shell).await?,
        trail: vec![
            Link::new("/compliance", shell.t("compliance-place-overview")),
            Link::new(format!("/compliance/bodies/{slug}"), shell.text(&body.name)),
        ],
        id: control.id.clone(),
        title: shell.text(&control.title).to_owned(),
        duty: shell.text(&control.duty).to_owned(),
        article: shell.text(&control.article).to_owned(),
        body: shell.text(&body.name).to_owned(),
        standing: shell.t(&standing.key()),
        signal: standing.signal(),
        who: acting_on(kernel, &visit, (body.id, control), standing, named_person.and_then(name_of)).await?,
        sites: control.proof.sites.clone(),
        tests: control.proof.tests.clone(),
        missing: control.proof.partial.as_ref().map(|text| shell.text(text).to_owned()),
        evidence: shell.t2("matrix-evidence-told", "here", here, "all", everywhere),
        evidence_last: evidence.map(last).unwrap_or_default(),
        findings: findings(kernel, shell, (body.id, control)).await?,
        exemptions: exemptions(kernel, shell, (body.id, control)).await?,
        attested: attestation.is_some(),
        due: attestation.map(|it| shell.date(it.due_at)).unwrap_or_default(),
        confirmations: confirmations.iter().map(confirmed).collect(),
        refusal: typed.refusal.filter(|it| it.items.is_empty()),
        faults: labelled(faults, &confirm, name.as_ref()),
        confirm,
        name,
        control_href,
        report_href,
        action: format!("/compliance/bodies/{slug}/{}", control.id),
        done,
        shell: visit.shell,
    })
}

/// The page of the control for everybody, and the form of a finding; both empty for an own control, which has neither.
fn hrefs(slug: &str, control: &Control, may_report: bool) -> (String, String) {
    if control.pack == own::PACK {
        return (String::new(), String::new());
    }
    let report = web::address("/compliance/findings/new", [("body", slug), ("control", &control.id)]);
    (format!("/controls/{}", control.id), if may_report { report } else { String::new() })
}

fn labelled(faults: Vec<Fault>, confirm: &[Field], name: Option<&Field>) -> Vec<Fault> {
    let fields: Vec<Field> = confirm.iter().chain(name).cloned().collect();
    named(faults, &fields)
}

/// Who has to act: the owner of the oldest finding, or whoever confirms.
async fn acting_on(
    kernel: &Compliance,
    visit: &Visit,
    (body, control): (Uuid, &Control),
    standing: Standing,
    named: Option<String>,
) -> Result<String, Failure> {
    if !matches!(standing, Standing::Finding | Standing::FindingLate) {
        return Ok(who(&visit.shell, standing, named));
    }
    let found = finding::table::of_control(&kernel.store.read(), &control.id, body, LINES_SHOWN).await?;
    let open = found.iter().filter(|it| it.standing == finding::Standing::Open);
    let Some(first) = open.min_by_key(|it| it.due_at) else {
        return Ok(visit.shell.t("matrix-who-judge"));
    };
    let names = kernel.names([first.owner]).await?;
    let name = names.values().next().map(|it| visit.shell.text(it).to_owned());
    Ok(name.unwrap_or_else(|| visit.shell.t("compliance-nobody")))
}

async fn findings(
    kernel: &Compliance,
    shell: &Shell,
    (body, control): (Uuid, &Control),
) -> Result<Vec<Line>, Failure> {
    let found = finding::table::of_control(&kernel.store.read(), &control.id, body, LINES_SHOWN).await?;
    let line = |it: &finding::Finding| {
        let (standing, signal) = finding::page::standing(shell, kernel, it);
        let title = shell.text(&it.what).to_owned();
        Line { href: it.href(), title, standing, signal, when: shell.day(it.opened_at) }
    };
    Ok(found.iter().map(line).collect())
}

async fn exemptions(
    kernel: &Compliance,
    shell: &Shell,
    (body, control): (Uuid, &Control),
) -> Result<Vec<Line>, Failure> {
    let held = exemption::table::of_control(&kernel.store.read(), &control.id, body, LINES_SHOWN).await?;
    let line = |it: &exemption::Exemption| {
        let standing = it.standing(kernel.clock.now());
        Line {
            href: it.href(),
            title: it.justification.clone(),
            standing: shell.t(&format!("exemption-state-{}", standing.word().replace('_', "-"))),
            signal: standing.signal(),
            when: shell.day(exemption::decide::last_day(it.ends_at)),
        }
    };
    Ok(held.iter().map(line).collect())
}

fn confirmed(shell: &Shell, it: &Confirmation, who: String) -> Confirmed {
    Confirmed {
        who,
        when: shell.day(it.at),
        until: shell.day(it.due_at),
        standing: shell.t(&format!("attestation-outcome-{}", it.outcome.word())),
        signal: if it.outcome == attestation::Outcome::Holds { "done" } else { "refused" },
        words: it.words.clone(),
        file: it.file_name.clone(),
        href: match it.document {
            Some(_) => format!("/compliance/attestations/{}/document", it.id),
            None => String::new(),
        },
    }
}

fn confirm_fields(shell: &Shell, typed: &Typed, faults: &[Fault]) -> Vec<Field> {
    let choice = |word: &str| Choice::new(word, shell.t(&format!("attestation-outcome-{word}")));
    let fails = choice("fails").hint(shell.t("attestation-outcome-fails-hint"));
    let fields = [
        Field::radios(shell, "outcome", shell.t("attestation-outcome"), vec![choice("holds"), fails])
            .value(&typed.outcome),
        Field::area(shell, "words", shell.t("attestation-words"))
            .hint(shell.t("attestation-words-hint"))
            .value(&typed.words),
        Field::file(shell, "file", shell.t("attestation-file"), ".pdf,.png,.jpg,.jpeg")
            .hint(shell.t("attestation-file-hint"))
            .optional(),
    ];
    fields.into_iter().map(|field| field.faults(faults)).collect()
}

impl Visit {
    /// Everybody at a body who may be named to confirm.
    pub(crate) async fn people_of(&self, body: Uuid) -> Result<Vec<Choice>, Failure> {
        let (sql, shell) = (self.kernel.store.read(), &self.shell);
        let people = people_at(&sql, &NAMEABLE, body, self.kernel.clock.now()).await?;
        let mut persons = identity::persons(&sql, &people).await?;
        persons.sort_by_key(|it| shell.text(&it.name).to_owned());
        Ok(persons.iter().map(|it| Choice::new(it.id.to_string(), shell.text(&it.name))).collect())
    }

    /// For whoever may name who confirms.
    async fn name_field(&self, body: Uuid, held: Option<&Attestation>) -> Result<Option<Field>, Failure> {
        let (sql, shell) = (self.kernel.store.read(), &self.shell);
        let may = self.acting().may(&sql, "name_attester", Some(body), About::default()).await?;
        let Some(held) = held.filter(|_| may) else { return Ok(None) };
        let choices = self.people_of(body).await?;
        let value = held.person.map(|it| it.to_string()).unwrap_or_default();
        let field = Field::select(shell, "person", shell.t("attestation-who"), choices);
        Ok(Some(field.value(value).optional().blank(shell.t("attestation-by-head"))))
    }
}
