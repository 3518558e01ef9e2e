//! `GET /directory/entries/{slug}/versions/{version}`: what a version would change, in words and in both languages, what its
//! reader may stumble over, and the two ways on: publish it, or hand it back (LY-SVC-24.2, 25.2).

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Field, Link},
    see_other, stay,
};

use super::{
    home::{signal, state_said},
    said::{Marked, Said},
};
use crate::{
    Services,
    call::Visit,
    entry::{
        Card, EntryState,
        changes::{Side, changes},
        clarity::{self, Warning},
        publish::Publish,
        send_back::SendBackVersion,
        version::{Version, table},
        words,
    },
    rulebook,
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/entries/{slug}/versions/{version}", get(show))
        .route("/directory/entries/{slug}/versions/{version}/publish", post(publish))
        .route("/directory/entries/{slug}/versions/{version}/return", post(send_back))
}

pub(crate) struct WarningLine {
    pub place: String,
    pub what: String,
}

#[derive(Template)]
#[template(path = "entry/desk/verify.html")]
struct VerifyPage {
    shell: Shell,
    refusal: Option<authz::Refusal>,
    faults: Vec<Fault>,
    version: Version,
    body: String,
    author: String,
    standing: String,
    signal: &'static str,
    /// Nothing stands in force yet.
    is_new: bool,
    differences: Vec<Said>,
    warnings: Vec<WarningLine>,
    fields: usize,
    stages: usize,
    remarks: Field,
    may_decide: bool,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response, web::Error> {
    let page = services.verify_page(&actor, shell, (&slug, number), String::new(), None).await?;
    Ok(Page(page).into_response())
}

impl Services {
    async fn verify_page(
        &self,
        actor: &Actor,
        shell: Shell,
        (slug, number): (&str, i64),
        remarks: String,
        refusal: Option<authz::Refusal>,
    ) -> Result<VerifyPage, Failure> {
        let version = self.version_for(actor, slug, number).await?;
        let sql = self.store.read();
        // A version that came into force is compared with the one before it, one that waits with what is in force.
        let versions = table::of_entry(&sql, slug).await?;
        let before = versions.iter().find(|it| match version.verified_at {
            Some(_) => it.version < number && it.verified_at.is_some(),
            None => it.version != number && it.state == EntryState::Published,
        });
        let differences = before.map(|it| self.say_changes(&shell, &changes(side(it), side(&version))));
        let rules = rulebook::table::current(&sql).await?.rules;
        let warnings = clarity::warnings(&version.card, &rules);
        let author = identity::person(&sql, version.author).await?;
        let provider = self.directory.provider(version.body);
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let form = crate::Form::parse(&version.form)?;
        let waits = version.state == EntryState::PendingVerification;
        Ok(VerifyPage {
            is_new: before.is_none(),
            differences: differences.unwrap_or_default(),
            warnings: warnings.iter().map(|warning| warning_line(&shell, warning)).collect(),
            body: provider.map(|body| shell.text(&body.name).to_owned()).unwrap_or_default(),
            author: author.map(|author| shell.text(&author.name).to_owned()).unwrap_or_default(),
            standing: state_said(&shell, version.state),
            signal: signal(version.state),
            fields: form.fields().len(),
            stages: version
                .process
                .as_ref()
                .map_or(version.card.stages.len(), |process| process.stages.len()),
            remarks: Field::area(&shell, "remarks", shell.t("verify-remarks"))
                .hint(shell.t("verify-remarks-hint"))
                .rows(4)
                .value(remarks)
                .faults(&faults),
            may_decide: waits && self.verifies(actor).await? && version.author != actor.person,
            refusal: refusal.filter(|refusal| refusal.kind != Kind::Invalid),
            faults,
            version,
            shell,
        })
    }
}

pub(crate) fn side(version: &Version) -> Side<'_> {
    Side { card: &version.card, form: &version.form, process: version.process.as_ref() }
}

pub(crate) fn warning_line(shell: &Shell, warning: &Warning) -> WarningLine {
    let part = warning.field.split('.').next().unwrap_or_default().replace('_', "-");
    let lang = shell.t(if warning.lang == "ar" { "clarity-in-arabic" } else { "clarity-in-english" });
    let place = shell.t2("change-which", "part", shell.t(&format!("change-part-{part}")), "which", lang);
    let key = format!("clarity-{}", warning.code.replace('_', "-"));
    WarningLine { place, what: shell.t1(&key, "detail", &*warning.detail) }
}

async fn publish(
    Visit { services, actor, shell }: Visit,
    Path((slug, version)): Path<(String, i64)>,
) -> Result<Response, web::Error> {
    let verb = Publish {
        actor: actor.clone(),
        slug: slug.clone(),
        version,
        policies: services.policies.clone(),
        clock: services.clock.clone(),
    };
    let outcome = services.carry_out_entry(&actor, &format!("service/{slug}"), verb, None).await;
    services.after_verifying(&actor, shell, (&slug, version), String::new(), "published", outcome).await
}

#[derive(Debug, Deserialize)]
struct Remarks {
    #[serde(default)]
    remarks: String,
}

async fn send_back(
    Visit { services, actor, shell }: Visit,
    Path((slug, version)): Path<(String, i64)>,
    Form(typed): Form<Remarks>,
) -> Result<Response, web::Error> {
    let acting = services.acting_on_directory(&actor);
    let verb = SendBackVersion { acting, slug: slug.clone(), version, remarks: typed.remarks.clone() };
    let outcome = services.carry_out_entry(&actor, &format!("service/{slug}"), verb, None).await;
    services.after_verifying(&actor, shell, (&slug, version), typed.remarks, "returned", outcome).await
}

impl Services {
    async fn after_verifying(
        &self,
        actor: &Actor,
        shell: Shell,
        (slug, version): (&str, i64),
        remarks: String,
        done: &str,
        outcome: Result<(), Failure>,
    ) -> Result<Response, web::Error> {
        let refusal = match outcome {
            Ok(()) => return Ok(see_other(&format!("/directory?done={done}"))),
            Err(failure) => failure.mendable()?,
        };
        let kind = refusal.kind;
        let page = self.verify_page(actor, shell, (slug, version), remarks, Some(refusal)).await?;
        Ok(stay(kind, page))
    }
}

impl VerifyPage {
    fn card(&self) -> &Card {
        &self.version.card
    }

    fn trail(&self) -> Vec<Link> {
        let name = self.shell.text(&self.version.card.name);
        vec![
            Link::new("/directory", self.shell.t("directory-title")),
            Link::new(format!("/directory/entries/{}", self.version.card.id), name),
        ]
    }

    fn number(&self) -> String {
        self.shell.num(self.version.version)
    }

    fn fee(&self) -> String {
        words::fee(&self.shell, self.version.card.fee_milli())
    }

    fn days(&self) -> String {
        words::working_days(&self.shell, self.version.card.delivery_working_days)
    }
}
