//! Everything that stands between a proposal and its submission, at once: what is missing, what is unclear, and what it would
//! change (LY-SVC-24.1b).

use authz::{Failure, Refusal};

use super::{Proposal, process::invalid};
use crate::{
    Services,
    entry::{
        Card, EntryState,
        changes::{Change, Side, changes},
        clarity::{self, Warning},
        reading, version,
    },
    form::Form,
    process::Process,
    rulebook,
};

pub(crate) struct Checked {
    /// Every no, in the order of the card.
    pub refusals: Vec<Refusal>,
    pub warnings: Vec<Warning>,
    /// What differs from the version in force; nothing for a new service.
    pub changes: Option<Vec<Change>>,
}

impl Services {
    pub(crate) async fn check_proposal(&self, proposal: &Proposal) -> Result<Checked, Failure> {
        let mut checked = Checked { refusals: Vec::new(), warnings: Vec::new(), changes: None };
        let rules = rulebook::table::current(&self.store.read()).await?.rules;
        let source = match proposal.form.trim() {
            "" => "{}",
            written => written,
        };
        let form = kept(Form::parse(source), &mut checked.refusals)?;
        let process =
            kept(reading::process(&proposal.process).map_err(Failure::from), &mut checked.refusals)?;
        let Some(card) = kept(reading::card(&proposal.card).map_err(Failure::from), &mut checked.refusals)?
        else {
            return Ok(checked);
        };
        if let Some(form) = &form {
            kept(card.check(form).map_err(Failure::from), &mut checked.refusals)?;
        }
        kept(rules.check_card(&card).map_err(Failure::from), &mut checked.refusals)?;
        let process = process.map(|process| process.map(|process| process.completed(&card)));
        if let Some(Some(process)) = &process {
            let findings = self.draft_findings(proposal, &card, process).await?;
            if !findings.is_empty() {
                checked.refusals.push(invalid(findings));
            }
        }
        checked.warnings = clarity::warnings(&card, &rules);
        checked.changes = self.compared(&card, source, process.flatten().as_ref()).await?;
        Ok(checked)
    }

    async fn compared(
        &self,
        card: &Card,
        form: &str,
        process: Option<&Process>,
    ) -> Result<Option<Vec<Change>>, Failure> {
        let sql = self.store.read();
        let in_force = version::table::newest(&sql, &card.id, &[EntryState::Published]).await?;
        Ok(in_force.map(|it| {
            let before = Side { card: &it.card, form: &it.form, process: it.process.as_ref() };
            changes(before, Side { card, form, process })
        }))
    }
}

/// The value, or its refusal beside the others.
fn kept<T>(outcome: Result<T, Failure>, refusals: &mut Vec<Refusal>) -> Result<Option<T>, Failure> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(Failure::Refused(refusal)) => {
            refusals.push(refusal);
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}
