//! What differs between two processes: stages that are new or gone, and who acts there, within which time, with which ways on.

use language::Text;

use super::{Change, ChangeKind, Value};
use crate::process::{Expiry, Process, Stage};

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
    for (aspect, old, new) in
        [("before", &before.before, &after.before), ("after", &before.after, &after.after)]
    {
        if old != new {
            all.push(changed(None, aspect, lines(old), lines(new)));
        }
    }
    for stage in after.stages.iter().filter(|stage| before.stage(&stage.id).is_none()) {
        all.push(whole(ChangeKind::Added, Some(&stage.title)));
    }
    for stage in before.stages.iter().filter(|stage| after.stage(&stage.id).is_none()) {
        all.push(whole(ChangeKind::Removed, Some(&stage.title)));
    }
    for stage in &after.stages {
        if let Some(known) = before.stage(&stage.id) {
            all.extend(at_stage((before, known), (after, stage)));
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

fn at_stage((before, old): (&Process, &Stage), (after, new): (&Process, &Stage)) -> Vec<Change> {
    let text = |text: &Text| Value::Text(text.clone());
    let basis = |stage: &Stage| Value::Text(stage.legal_basis.clone().unwrap_or_default());
    let days = |stage: &Stage| Value::Days(stage.working_days.unwrap_or_default());
    let pairs = [
        ("title", text(&old.title), text(&new.title)),
        ("holder", text(&old.holder), text(&new.holder)),
        ("party", Value::Party(old.party.clone()), Value::Party(new.party.clone())),
        ("days", days(old), days(new)),
        ("moves", ways(before, old), ways(after, new)),
        ("silence", silence(before, old), silence(after, new)),
        ("outputs", outputs(old), outputs(new)),
        ("legal_basis", basis(old), basis(new)),
    ];
    let differs = pairs.into_iter().filter(|(_, before, after)| before != after);
    differs.map(|(aspect, before, after)| changed(Some(&new.title), aspect, before, after)).collect()
}

fn ways(process: &Process, stage: &Stage) -> Value {
    Value::Ways(stage.moves.iter().map(|way| (way.act, way.to.clone(), title(process, &way.to))).collect())
}

fn silence(process: &Process, stage: &Stage) -> Value {
    let to = match &stage.expiry {
        Some(Expiry::Act { to, .. }) => title(process, to),
        _ => Text::default(),
    };
    Value::Silence(stage.expiry.clone(), to)
}

fn outputs(stage: &Stage) -> Value {
    Value::Plain(stage.outputs.join(", "))
}

/// Steps of a procedure as one text, a line each.
fn lines(steps: &[Text]) -> Value {
    let of = |pick: fn(&Text) -> &str| steps.iter().map(pick).collect::<Vec<_>>().join("\n");
    Value::Text(Text::new(of(|step| &step.ar), of(|step| &step.en)))
}

/// A stage that is gone is told by its id.
fn title(process: &Process, id: &str) -> Text {
    process.stage(id).map_or_else(|| Text::new(id, id), |stage| stage.title.clone())
}
