//! What the service needs and how each of it stands (LY-SVC-13.3a): known from a register, answered, attached, or open.

use web::Shell;

use super::{journey::Stop, open::Opened};
use crate::form::key_of;

pub(super) struct Requirement {
    pub title: String,
    /// `done`, `needs-you` or `waiting`, as the tags call it.
    pub signal: &'static str,
    pub state: String,
    /// Where it came from, or the file that stands for it.
    pub note: String,
    pub href: String,
}

impl Opened {
    pub(super) fn checklist(&self, shell: &Shell) -> Vec<Requirement> {
        let open: Vec<String> = self.open_items().into_iter().map(|item| item.field).collect();
        let mut list = vec![known(shell, "output-applicant"), known(shell, "output-identifier")];
        for stop in self.journey.stops() {
            let Stop::Form(place) = stop else { continue };
            let Some(step) = self.entry.form.steps().get(place) else { continue };
            let is_open = open.iter().any(|field| step.fields.iter().any(|key| key == key_of(field)));
            let title = shell.text(&step.title).to_owned();
            list.push(self.requirement(shell, title, String::new(), is_open, stop));
        }
        for evidence in &self.entry.card.documents {
            let title = shell.text(&evidence.title).to_owned();
            let names: Vec<&str> = self.files_of(evidence).map(|file| file.name.as_str()).collect();
            let is_open =
                open.iter().any(|field| field.strip_prefix("document.") == Some(evidence.id.as_str()));
            let mut requirement = self.requirement(shell, title, names.join(" · "), is_open, Stop::Documents);
            if names.is_empty() && !is_open {
                (requirement.signal, requirement.state) = ("", shell.t("draft-checklist-optional"));
            }
            list.push(requirement);
        }
        list
    }

    fn requirement(
        &self,
        shell: &Shell,
        title: String,
        note: String,
        is_open: bool,
        stop: Stop,
    ) -> Requirement {
        let (signal, key) = match is_open {
            true => ("needs-you", "draft-checklist-open"),
            false => ("done", "draft-checklist-given"),
        };
        let href = format!("{}?back=summary", self.href(stop));
        Requirement { title, signal, state: shell.t(key), note, href }
    }
}

/// What the register of persons answers, which nobody is asked again.
fn known(shell: &Shell, title: &str) -> Requirement {
    let source = shell.t("draft-source-persons");
    Requirement {
        title: shell.t(title),
        signal: "done",
        state: shell.t("draft-checklist-given"),
        note: shell.t1("draft-checklist-from", "source", source.as_str()),
        href: String::new(),
    }
}
