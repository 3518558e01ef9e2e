//! What a batch would do, line by line, before it is ordered: which requests are decided, and which are left out and
//! why.

use authz::{Actor, Failure, Kind, Refusal};
use uuid::Uuid;

use super::LINES_MAX;
use crate::{
    Services,
    entry::OutputKind,
    request::{Act, Request, RequestNumber, act::visible},
};

/// Why a request cannot be part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeftOut {
    /// It does not exist for this officer.
    Unknown,
    /// The first one picked is of another service, version or stage.
    Different,
    /// The process offers no such act now, or not to this officer.
    NotNow,
    /// A colleague has it.
    Held,
    /// It ends in an administrative act with a number of its own.
    NeedsNumber,
}

impl LeftOut {
    pub fn key(self) -> &'static str {
        match self {
            LeftOut::Unknown => "batch-left-unknown",
            LeftOut::Different => "batch-left-different",
            LeftOut::NotNow => "batch-left-not-now",
            LeftOut::Held => "batch-left-held",
            LeftOut::NeedsNumber => "batch-left-number",
        }
    }
}

/// One line of the preview.
pub(crate) struct Foreseen {
    pub number: RequestNumber,
    pub revision: i64,
    pub applicant: Option<Uuid>,
    pub left_out: Option<LeftOut>,
}

pub(crate) struct Preview {
    pub lines: Vec<Foreseen>,
    /// The entry of what is decided.
    pub entry: Option<Uuid>,
    /// The outputs are measures, which must be said.
    pub needs_measures: bool,
}

impl Services {
    pub(crate) async fn preview_batch(
        &self,
        actor: &Actor,
        numbers: &[RequestNumber],
        act: Act,
    ) -> Result<Preview, Failure> {
        if numbers.is_empty() {
            return Err(Refusal::new(Kind::Invalid, "desk.nothing_picked", &[]).into());
        }
        let mut preview = Preview { lines: Vec::new(), entry: None, needs_measures: false };
        let mut first: Option<Request> = None;
        for number in numbers.iter().take(LINES_MAX) {
            let found = match visible(&self.store.read(), &self.policies, actor, number).await {
                Ok(request) => Some(request),
                Err(Failure::Refused(_)) => None,
                Err(failure) => return Err(failure),
            };
            let left_out = match &found {
                None => Some(LeftOut::Unknown),
                Some(request) => self.left_out(actor, request, first.as_ref(), act).await?,
            };
            preview.lines.push(Foreseen {
                number: number.clone(),
                revision: found.as_ref().map_or(0, |request| request.revision),
                applicant: found.as_ref().map(|request| request.applicant),
                left_out,
            });
            if left_out.is_none() && first.is_none() {
                first = found;
            }
        }
        if let Some(first) = first {
            preview.entry = Some(first.entry);
            preview.needs_measures =
                act == Act::Approve && self.has_output(&first, OutputKind::Measure).await?;
        }
        Ok(preview)
    }

    async fn left_out(
        &self,
        actor: &Actor,
        request: &Request,
        first: Option<&Request>,
        act: Act,
    ) -> Result<Option<LeftOut>, Failure> {
        let same = |first: &Request| {
            (first.entry, first.entry_version, &first.stage)
                == (request.entry, request.entry_version, &request.stage)
        };
        if first.is_some_and(|first| !same(first)) {
            return Ok(Some(LeftOut::Different));
        }
        let entry = self.directory.entry_at(&self.store, request.entry, request.entry_version).await?;
        let allowed = entry.is_some_and(|entry| entry.process.allows(&request.stage, act).is_ok());
        let permitted = self.policies.decide("services", actor, act.word(), &request.resource()).permitted;
        if !allowed || !permitted {
            return Ok(Some(LeftOut::NotNow));
        }
        let held = crate::task::table::held(&self.store.read(), request.id).await?;
        if held.and_then(|held| held.holder).is_some_and(|holder| holder != actor.person) {
            return Ok(Some(LeftOut::Held));
        }
        let numbered = act == Act::Approve && self.has_output(request, OutputKind::AdministrativeAct).await?;
        Ok(numbered.then_some(LeftOut::NeedsNumber))
    }

    async fn has_output(&self, request: &Request, kind: OutputKind) -> Result<bool, Failure> {
        let entry = self.directory.entry_at(&self.store, request.entry, request.entry_version).await?;
        Ok(entry.is_some_and(|entry| entry.card.outputs.iter().any(|output| output.kind == kind)))
    }
}
