//! The regulation for readers: the list with a strip a pack, a document with what it rests on, and one control with its
//! article, its proof, and how the bodies stand with it for those who see that.

pub(crate) mod list;
mod pack;
mod show;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::{Router, routing::get};
use web::Shell;

use crate::{Compliance, ControlState, Packs, Unit, Value};

/// `/controls` and `/controls/packs/{pack}`. Public: the regulation is.
pub fn pages() -> Router<Arc<Packs>> {
    Router::new().route("/controls", get(list::list)).route("/controls/packs/{pack}", get(pack::show))
}

/// `/controls/{id}`: public too; whoever sees how bodies stand sees it below the article.
pub(crate) fn of_control() -> Router<Arc<Compliance>> {
    Router::new().route("/controls/{id}", get(show::show))
}

/// The signal of the design that a state is shown with.
fn signal(state: ControlState) -> &'static str {
    match state {
        ControlState::Enforced => "done",
        ControlState::Partial => "waiting",
        ControlState::Planned | ControlState::Reference => "",
    }
}

/// A value as the reader says it: "3 أيام عمل", "at once".
pub(crate) fn said(shell: &Shell, value: &Value) -> String {
    match value {
        Value::Span { amount, unit } => shell.t1(unit_key(*unit), "count", i64::from(*amount)),
        Value::Count { amount, unit } => {
            let known = shell.said(&format!("controls-count-{}", key_word(unit)));
            match known {
                Some(_) => {
                    shell.t1(&format!("controls-count-{}", key_word(unit)), "count", i64::from(*amount))
                }
                None => format!("{} {unit}", shell.num(i64::from(*amount))),
            }
        }
        Value::Set(words) => words.iter().cloned().collect::<Vec<_>>().join(" · "),
        Value::Open => shell.t("controls-value-open"),
    }
}

fn unit_key(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => "controls-span-seconds",
        Unit::Minutes => "controls-span-minutes",
        Unit::Hours => "controls-span-hours",
        Unit::Days => "controls-span-days",
        Unit::WorkingDays => "controls-span-working-days",
        Unit::Weeks => "controls-span-weeks",
        Unit::Months => "controls-span-months",
    }
}

/// `% of a mailbox` → `percent-of-a-mailbox`; singular and plural meet in one key.
fn key_word(unit: &str) -> String {
    let word = unit.replace('%', "percent").replace(' ', "-");
    match word.as_str() {
        "click" | "alert" | "factor" | "person" | "article" | "entry" => format!("{word}s"),
        _ => word,
    }
}

/// A share in whole per cent, rounded down so that nothing looks better than it is.
fn percent(part: usize, whole: usize) -> usize {
    (part * 100).checked_div(whole).unwrap_or(0)
}
