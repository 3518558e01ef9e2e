//! The assessment results of one body: an observation for each control that binds it, with how it stands and what the ledger
//! holds; a finding for each that was recorded, open or closed; and the signed checkpoint under which all of it stands.
//!
//! One body at a time: a document holds some hundred controls and at most [`FINDINGS_MAX`] findings, however many bodies
//! there are.

use authz::Failure;
use clock::Timestamp;
use organisations::Body;
use serde_json::{Value, json};

use super::{catalog::statement_id, document, id, one_line, prop};
use crate::{
    Compliance, Control, attestation,
    finding::{self, Finding},
    matrix::{Held, Standing},
    own,
};

/// Findings of one document, the newest first.
const FINDINGS_MAX: i64 = 1_000;

impl Compliance {
    /// The OSCAL assessment results of a body as it stands now.
    pub async fn oscal_results(&self, body: &Body) -> Result<Value, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let held = self.held(body.id).await?;
        let bound = self.bound(&held);
        let found = finding::table::of_body(&sql, body.id, FINDINGS_MAX).await?;
        let checkpoint = ledger::checkpoint(&sql).await?.unwrap_or_default();
        // The catalog knows the controls of documents; a body's own are observed beside them.
        let known = bound.iter().filter(|control| control.pack != own::PACK);
        let selected: Vec<Value> = known.map(|control| json!({ "control-id": control.id })).collect();
        let selection = match selected.is_empty() {
            true => json!({ "description": "No document binds this body." }),
            false => json!({ "include-controls": selected }),
        };
        let from = held.packs.iter().map(|it| it.from_at).min().unwrap_or(now).min(now);
        let observed = bound.iter().map(|control| observation(body, control, &held, now));
        let findings = found.iter().map(|it| told(body, it, now));
        let result = json!({
            "uuid": id(&["result", &body.slug]),
            "title": one_line(&body.name.ar),
            "description": format!("How {} stands with the controls that bind it.", one_line(&body.name.en)),
            "start": from.to_string(),
            "end": now.to_string(),
            "reviewed-controls": { "control-selections": [selection] },
            "observations": observed.collect::<Vec<_>>(),
            "findings": findings.collect::<Vec<_>>(),
        });
        let (plan, log) = (id(&["resource", "plan"]), id(&["resource", "checkpoint"]));
        let holds = json!({
            "import-ap": { "href": format!("#{plan}") },
            "results": [result],
            "back-matter": { "resources": [
                { "uuid": plan, "title": "Continuous assessment", "description": PLAN },
                {
                    "uuid": log,
                    "title": "Signed checkpoint of the ledger",
                    "description": checkpoint,
                    "rlinks": [{ "href": "/ledger/checkpoint", "media-type": "text/plain" }],
                },
            ] },
        });
        let title = format!("{} · {}", body.name.ar, body.name.en);
        Ok(document("assessment-results", &body.slug, &title, now, holds))
    }
}

const PLAN: &str = "Diwan assesses while it runs: each act cites its controls in an append-only ledger, people confirm what \
    software cannot see, and whatever does not hold becomes a finding with an owner and a clock.";

fn observation_id(body: &Body, control: &str) -> String {
    id(&["observation", &body.slug, control]).to_string()
}

fn observation(body: &Body, control: &Control, held: &Held, now: Timestamp) -> Value {
    let standing = held.standing(control);
    let attested = held.attestation(&control.id);
    let evidence = held.evidence(&control.id);
    let entries = evidence.map_or(0, |it| it.entries);
    let method = if attested.is_some() { "INTERVIEW" } else { "TEST" };
    let confirmed = attested.and_then(|it| it.confirmed_at);
    let collected = evidence.map(|it| it.last_at).max(confirmed).unwrap_or(now);
    let counted = json!({
        "href": format!("#{}", id(&["resource", "checkpoint"])),
        "description": format!("{entries} entries of the ledger cite the control and name this body."),
        "props": [
            prop("entries", &entries.to_string()),
            prop("last-entry", &evidence.map(|it| it.last_index.to_string()).unwrap_or_default()),
            prop("last-kind", evidence.map(|it| it.last_kind.as_str()).unwrap_or_default()),
        ],
    });
    json!({
        "uuid": observation_id(body, &control.id),
        "title": one_line(&format!("{} {}", control.id, control.title.ar)),
        "description": said(standing),
        "props": [
            prop("control", &control.id),
            prop("state", standing.word()),
            prop("confirmed-outcome",
                attested.and_then(|it| it.outcome).map(attestation::Outcome::word).unwrap_or_default()),
            prop("confirmed-at", &confirmed.map(|at| at.to_string()).unwrap_or_default()),
            prop("confirmation-due", &attested.map(|it| it.due_at.to_string()).unwrap_or_default()),
        ],
        "methods": [method],
        "types": [if entries > 0 { "historic" } else { "control-objective" }],
        "relevant-evidence": if entries > 0 { json!([counted]) } else { Value::Null },
        "collected": collected.to_string(),
    })
}

fn said(standing: Standing) -> &'static str {
    match standing {
        Standing::FindingLate => "A finding is open and past its time limit.",
        Standing::AttestationLate => "A confirmation is overdue, or said that the duty does not hold.",
        Standing::Finding => "A finding is open.",
        Standing::AttestationDue => "A confirmation is asked for.",
        Standing::Exempt => "The body is exempt for a time.",
        Standing::Attested => "A person confirmed that it holds.",
        Standing::Enforced => "The platform enforces it, and tests show that it does.",
        Standing::Partial => "The platform enforces it in part.",
        Standing::Planned => "The platform does not enforce it yet.",
        Standing::Reference => "Nothing to assess: the sentence explains others.",
    }
}

fn told(body: &Body, finding: &Finding, now: Timestamp) -> Value {
    let closed = finding.standing == finding::Standing::Closed;
    let reason = match closed {
        true => "pass",
        false if finding.is_late(now) => "fail-late",
        false => "fail",
    };
    json!({
        "uuid": id(&["finding", &finding.id.to_string()]),
        "title": one_line(&finding.what.ar),
        "description": format!("{}\n\n{}", finding.what.ar, finding.what.en),
        "props": [
            prop("finding", &finding.id.to_string()),
            prop("state", finding.standing.word()),
            prop("severity", finding.severity.word()),
            prop("subject", &finding.subject),
            prop("opened-at", &finding.opened_at.to_string()),
            prop("due-at", &finding.due_at.to_string()),
            prop("closed-at", &finding.closed_at.map(|at| at.to_string()).unwrap_or_default()),
            prop("times-found", &finding.times.to_string()),
        ],
        "target": {
            "type": "statement-id",
            "target-id": statement_id(&finding.control),
            "status": { "state": if closed { "satisfied" } else { "not-satisfied" }, "reason": reason },
        },
        "related-observations": [{ "observation-uuid": observation_id(body, &finding.control) }],
    })
}
