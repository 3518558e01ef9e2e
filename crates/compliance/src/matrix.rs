//! How each body stands with the regulation: all bodies, the worst first; one body, by document and article; and one
//! control at one body, with where it is enforced, what proves it, what the ledger holds, and who has to act.

pub(crate) mod across;
pub(crate) mod api;
pub(crate) mod body;
pub(crate) mod control;
pub(crate) mod overview;
pub(crate) mod page;

use std::collections::{BTreeSet, HashMap};

use authz::Failure;
use clock::Timestamp;
use organisations::Body;
use uuid::Uuid;

use crate::{
    Compliance, Control, ControlState, assignment,
    attestation::{self, Attestation},
    evidence::{self, Evidence},
    exemption, finding,
};

/// How one control stands at one body: the first that is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// A finding is past its time limit.
    FindingLate,
    /// A confirmation is past its day, or said that the duty does not hold.
    AttestationLate,
    /// A finding is open.
    Finding,
    /// A confirmation is asked for.
    AttestationDue,
    Exempt,
    /// A person confirmed it.
    Attested,
    Enforced,
    Partial,
    Planned,
    Reference,
}

impl Standing {
    pub(crate) const ALL: [Standing; 10] = [
        Standing::FindingLate,
        Standing::AttestationLate,
        Standing::Finding,
        Standing::AttestationDue,
        Standing::Exempt,
        Standing::Attested,
        Standing::Enforced,
        Standing::Partial,
        Standing::Planned,
        Standing::Reference,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::FindingLate => "finding_late",
            Standing::AttestationLate => "attestation_late",
            Standing::Finding => "finding",
            Standing::AttestationDue => "attestation_due",
            Standing::Exempt => "exempt",
            Standing::Attested => "attested",
            Standing::Enforced => "enforced",
            Standing::Partial => "partial",
            Standing::Planned => "planned",
            Standing::Reference => "reference",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.word() == word)
    }

    /// The words of the text that names it.
    pub(crate) fn key(self) -> String {
        format!("matrix-state-{}", self.word().replace('_', "-"))
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            Standing::FindingLate | Standing::AttestationLate => "refused",
            Standing::Finding | Standing::AttestationDue => "needs-you",
            Standing::Attested | Standing::Enforced => "done",
            Standing::Partial => "waiting",
            Standing::Exempt | Standing::Planned | Standing::Reference => "",
        }
    }

    /// Colours of the theme, so that a strip follows light and dark.
    pub(crate) fn fill(self) -> &'static str {
        match self {
            Standing::FindingLate | Standing::AttestationLate => "var(--refused-edge)",
            Standing::Finding | Standing::AttestationDue => "var(--needs-edge)",
            Standing::Attested | Standing::Enforced => "var(--done-edge)",
            Standing::Partial => "var(--waiting-edge)",
            Standing::Exempt => "var(--primary)",
            Standing::Planned => "var(--line)",
            Standing::Reference => "var(--sunk)",
        }
    }

    /// Whether somebody at the body has to do something.
    pub(crate) fn needs_action(self) -> bool {
        self <= Standing::AttestationDue
    }
}

/// Everything that is known of the controls of one body, read once for a page.
pub(crate) struct Held {
    pub packs: Vec<assignment::Assignment>,
    findings: HashMap<String, finding::table::Counted>,
    attestations: HashMap<String, Attestation>,
    exempt: BTreeSet<String>,
    evidence: HashMap<String, Evidence>,
    /// What the body asks of itself.
    pub own: Vec<Control>,
    now: Timestamp,
}

impl Held {
    pub(crate) fn binds(&self, control: &Control) -> bool {
        self.packs.iter().any(|it| it.pack == control.pack && it.from_at <= self.now)
    }

    pub(crate) fn findings(&self, control: &str) -> finding::table::Counted {
        self.findings.get(control).copied().unwrap_or_default()
    }

    pub(crate) fn attestation(&self, control: &str) -> Option<&Attestation> {
        self.attestations.get(control)
    }

    pub(crate) fn evidence(&self, control: &str) -> Option<&Evidence> {
        self.evidence.get(control)
    }

    pub(crate) fn standing(&self, control: &Control) -> Standing {
        let exempt = self.exempt.contains(&control.id);
        Standing::of(control, self.findings(&control.id), exempt, self.attestation(&control.id), self.now)
    }
}

impl Standing {
    fn of(
        control: &Control,
        findings: finding::table::Counted,
        exempt: bool,
        attestation: Option<&Attestation>,
        now: Timestamp,
    ) -> Standing {
        match (findings, attestation.filter(|_| !exempt).map(|it| it.standing(now))) {
            (found, _) if found.late > 0 => Standing::FindingLate,
            (_, Some(attestation::Standing::Overdue | attestation::Standing::Failed)) => {
                Standing::AttestationLate
            }
            (found, _) if found.open + found.answered > 0 => Standing::Finding,
            (_, Some(attestation::Standing::Due)) => Standing::AttestationDue,
            _ if exempt => Standing::Exempt,
            (_, Some(attestation::Standing::Confirmed)) => Standing::Attested,
            (_, None) => match control.state() {
                ControlState::Enforced => Standing::Enforced,
                ControlState::Partial => Standing::Partial,
                ControlState::Planned => Standing::Planned,
                ControlState::Reference => Standing::Reference,
            },
        }
    }
}

impl Compliance {
    pub(crate) async fn held(&self, body: Uuid) -> Result<Held, Failure> {
        let (sql, now) = (self.store.read(), self.clock.now());
        let attestations = attestation::table::of_body(&sql, body).await?;
        Ok(Held {
            packs: assignment::table::of_body(&sql, body).await?,
            findings: finding::table::by_control(&sql, body, now).await?.into_iter().collect(),
            attestations: attestations.into_iter().map(|it| (it.control.clone(), it)).collect(),
            exempt: exemption::table::exempt_controls(&sql, body, now).await?.into_iter().collect(),
            evidence: evidence::table::of_body(&sql, body).await?.into_iter().collect(),
            own: self.own_controls(body).await?,
            now,
        })
    }

    /// The controls that bind a body now, in the order of the documents, and then its own.
    pub(crate) fn bound<'k>(&'k self, held: &'k Held) -> Vec<&'k Control> {
        self.packs.all().iter().filter(|control| held.binds(control)).chain(&held.own).collect()
    }
}

/// One body among all.
#[derive(Clone, Debug)]
pub(crate) struct BodyLine {
    pub body: Body,
    pub findings: finding::table::Counted,
    pub attestations: attestation::table::Counted,
    pub exemptions: i64,
    /// How many documents bind it now.
    pub packs: usize,
    /// It provides services, and no document was assigned to it (LY-SVC-3.1).
    pub is_gap: bool,
}

/// Where a body stands among all: the worst first, then by slug.
pub(crate) type Place = (i64, i64, i64, String);

impl BodyLine {
    pub(crate) fn place(&self) -> Place {
        let open = self.findings.open + self.findings.answered + i64::from(self.is_gap);
        (-self.findings.late, -self.attestations.overdue, -open, self.body.slug.clone())
    }
}
