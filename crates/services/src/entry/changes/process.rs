//! What differs between two processes: stages that are new or gone, and who acts there, within which time, with which ways on.

use language::Text;

use super::{Change, ChangeKind, Value};
use crate::process::{Party, Process, Stage};

pub(super) fn changes(before: Option<&Process>, after: Option<&Process>) -> Vec<Change> {
    let (before, after) = match (before, after) {
        (None, None) => return Vec::new(),
        (Some(old), Some(new)) => (old, new),
        (None, Some(_)) => return vec![whole(ChangeKind::Added, None)],
        (Some(_), None) => return vec![whole(ChangeKind::Removed, None)],
    };
    let mut all = Vec::new();
    if before.legal_basis != after.legal_basis {
        let basis = |process: &Process| Value::Text(process.legal_basis.clone());
        all.push(changed(None, "legal_basis", basis(before), basis(after)));
    }
    for stage in after.stages.iter().filter(|stage| before.stage(&stage.id).is_none()) {
        all.push(whole(ChangeKind::Added, Some(&stage.title)));
    }
    for stage in before.stages.iter().filter(|stage| after.stage(&stage.id).is_none()) {
        all.push(whole(ChangeKind::Removed, Some(&stage.title)));
    }
    for stage in &after.stages {
        if let Some(known) = before.stage(&stage.id) {
            all.extend(at_stage(known, stage));
        }
    }
    all
}

fn whole(kind: ChangeKind, title: Option<&Text>) -> Change {
    let value = title.map(|title| Value::Text(title.clone()));
    let aspect = if value.is_some() { "" } else { "own" };
    let (before, after) = if kind == ChangeKind::Added { (None, value) } else { (value, None) };
    Change { part: "process", kind, which: None, aspect, before, after }
}

fn changed(which: Option<&Text>, aspect: &'static str, before: Value, after: Value) -> Change {
    let (before, after) = (Some(before), Some(after));
    Change { part: "process", kind: ChangeKind::Changed, which: which.cloned(), aspect, before, after }
}

fn at_stage(old: &Stage, new: &Stage) -> Vec<Change> {
    let text = |text: &Text| Value::Text(text.clone());
    let days = |stage: &Stage| Value::Days(stage.working_days.unwrap_or_default());
    let ways = |stage: &Stage| {
        let ways = stage.moves.iter().map(|way| format!("{} → {}", way.act.word(), way.to));
        Value::Plain(ways.collect::<Vec<_>>().join(", "))
    };
    let pairs = [
        ("title", text(&old.title), text(&new.title)),
        ("holder", text(&old.holder), text(&new.holder)),
        ("party", Value::Plain(party(&old.party)), Value::Plain(party(&new.party))),
        ("days", days(old), days(new)),
        ("moves", ways(old), ways(new)),
    ];
    let differs = pairs.into_iter().filter(|(_, before, after)| before != after);
    differs.map(|(aspect, before, after)| changed(Some(&new.title), aspect, before, after)).collect()
}

fn party(party: &Party) -> String {
    match party {
        Party::Applicant => "applicant".to_owned(),
        Party::Provider { role } => role.clone(),
        Party::Body { body, role } => format!("{role} @ {body}"),
        Party::System => "system".to_owned(),
    }
}
