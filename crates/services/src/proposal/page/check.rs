//! The last part: what is missing, what is unclear, what would change, and the button that submits it for verification.

use std::sync::Arc;

use askama::Template;
use authz::{Failure, Kind, Refusal};
use axum::{Router, extract::State, response::Response, routing::post};
use identity::Caller;
use uuid::Uuid;
use web::{Path, Shell, see_other, stay};

use super::Frame;
use crate::{
    Services,
    entry::desk::{
        said::{Marked, Said},
        verify::{WarningLine, warning_line},
    },
    proposal::{
        Proposal,
        fields::part_of,
        submit::{PutAway, SubmitProposal},
    },
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/proposals/{id}/submit", post(submit))
        .route("/directory/proposals/{id}/put_away", post(put_away))
}

/// Something to mend, and the part on which it is mended.
struct Problem {
    href: String,
    what: String,
}

#[derive(Template)]
#[template(path = "proposal/page/check.html")]
struct CheckPage {
    shell: Shell,
    frame: Frame,
    refusal: Option<Refusal>,
    problems: Vec<Problem>,
    warnings: Vec<WarningLine>,
    /// Nothing for a service that is not in force yet.
    differences: Option<Vec<Said>>,
}

impl Services {
    pub(super) async fn check_page(
        &self,
        shell: Shell,
        proposal: &Proposal,
        refusal: Option<Refusal>,
    ) -> Result<Response, Failure> {
        let checked = self.check_proposal(proposal).await?;
        let kind = refusal.as_ref().map(|refusal| refusal.kind);
        let here = format!("/directory/proposals/{}", proposal.id);
        let page = CheckPage {
            frame: Frame::of(&shell, proposal, "check"),
            problems: checked.refusals.iter().flat_map(|it| problems(&shell, &here, it)).collect(),
            warnings: checked.warnings.iter().map(|it| warning_line(&shell, it)).collect(),
            differences: checked.changes.map(|all| self.say_changes(&shell, &all)),
            refusal,
            shell,
        };
        Ok(stay(kind, page))
    }
}

/// Each item with the part that it belongs to; a refusal without items is its own line.
fn problems(shell: &Shell, here: &str, refusal: &Refusal) -> Vec<Problem> {
    if refusal.items.is_empty() {
        let part = if refusal.code == "directory.legal_basis_missing" { "law" } else { "form" };
        return vec![Problem { href: format!("{here}/{part}"), what: shell.refusal(refusal) }];
    }
    let of_process = refusal.code.starts_with("process.");
    let line = |(item, fault): (&authz::Item, web::Fault)| {
        if of_process {
            let name = shell.t("proposal-part-process");
            let what = shell.t2("change-which", "part", name, "which", fault.message);
            return Problem { href: format!("{here}/process"), what };
        }
        let part = item.field.split(['.', '[']).next().unwrap_or_default();
        let name = shell.said(&format!("change-part-{}", part.replace('_', "-")));
        let name = name.or_else(|| shell.said(&format!("proposal-{}", part.replace('_', "-"))));
        let name = name.unwrap_or_else(|| item.field.clone());
        Problem {
            href: format!("{here}/{}", part_of(&item.field)),
            what: shell.t2("change-which", "part", name, "which", fault.message),
        }
    };
    refusal.items.iter().zip(shell.faults(refusal)).map(line).collect()
}

async fn submit(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let proposal = services.own_proposal(&actor, id).await?;
    let (policies, clock) = (services.policies.clone(), services.clock.clone());
    let verb = SubmitProposal { actor: actor.clone(), id, policies, clock };
    let subject = format!("service/{}", proposal.slug);
    match services.carry_out_entry(&actor, &subject, verb, None).await {
        Ok(_) => Ok(see_other("/directory?done=submitted")),
        Err(Failure::Refused(refusal)) if refusal.kind != Kind::NotIdentified => {
            Ok(services.check_page(shell, &proposal, Some(refusal)).await?)
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn put_away(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let verb = PutAway { actor: actor.clone(), id, clock: services.clock.clone() };
    services.carry_out_entry(&actor, "directory/proposals", verb, None).await?;
    Ok(see_other("/directory?done=put-away"))
}
