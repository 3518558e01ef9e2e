//! What was done a moment ago, said on the page that follows, with the way back where there is one.

use serde::Deserialize;
use web::Shell;

use crate::request::RequestNumber;

/// Acts of which something is said; words that we did not write are not repeated.
const ACTS: [&str; 10] =
    ["verify", "pass_on", "send_back", "approve", "refuse", "take", "put_back", "give", "ask", "undo"];

#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    done: String,
    /// The request on which it was done.
    #[serde(default)]
    of: String,
    /// The revision that it left, with which it can be taken back.
    #[serde(default)]
    left: Option<i64>,
    /// How many changed hands, and how many could not.
    #[serde(default)]
    moved: Option<i64>,
    #[serde(default)]
    left_out: Option<i64>,
}

impl Done {
    fn act(&self) -> Option<(&'static str, RequestNumber)> {
        let act = ACTS.into_iter().find(|act| *act == self.done)?;
        Some((act, self.of.parse().ok()?))
    }

    /// «تم: …».
    pub(super) fn notice(&self, shell: &Shell) -> String {
        if let Some(moved) = self.moved {
            let left_out = self.left_out.filter(|left_out| *left_out > 0);
            let more = left_out.map(|count| shell.t1("desk-left-out", "count", count)).unwrap_or_default();
            return format!("{} {more}", shell.t1("desk-moved", "count", moved)).trim().to_owned();
        }
        let Some((act, number)) = self.act() else { return String::new() };
        let key = format!("desk-done-{}", act.replace('_', "-"));
        shell.t1(&key, "number", shell.in_digits(number.to_string()))
    }

    /// Where a verification is taken back; nothing else can be, once the applicant was told.
    pub(super) fn undo(&self) -> String {
        match (self.act(), self.left) {
            (Some(("verify", number)), Some(revision)) => format!("/desk/{number}/undo?left={revision}"),
            (Some(("take", number)), _) => format!("/desk/{number}/put_back"),
            _ => String::new(),
        }
    }
}
