//! What stands around every page of a draft: the way back, the service, the steps, and when it was saved.

use web::Shell;

use super::{journey::Stop, open::Opened, page::Whence};

pub(super) struct Frame {
    pub title: String,
    pub service: String,
    pub service_href: String,
    pub provider: String,
    /// From the first stop it leads to the card.
    pub back: String,
    pub steps: Vec<String>,
    /// The number of this stop, from one.
    pub at: usize,
    /// Where the form of this page posts.
    pub action: String,
    pub discard: String,
    /// The time of the saved mark; empty while nothing was typed.
    pub saved: String,
}

impl Opened {
    pub(super) fn frame(&self, shell: &Shell, stop: Stop, whence: &Whence) -> Frame {
        let service_href = format!("/services/{}", self.entry.card.id);
        Frame {
            title: self.title(stop, shell),
            service: shell.text(&self.entry.card.name).to_owned(),
            provider: shell.text(&self.provider.name).to_owned(),
            back: match self.journey.before(stop) {
                _ if whence.is_summary() => self.href(Stop::Summary),
                Some(before) => self.href(before),
                None => service_href.clone(),
            },
            service_href,
            steps: self.journey.stops().map(|stop| self.title(stop, shell)).collect(),
            at: self.journey.number(stop),
            action: format!("{}{}", self.href(stop), whence.query()),
            discard: format!("/drafts/{}/discard", self.draft.id),
            saved: self.saved(shell),
        }
    }

    fn title(&self, stop: Stop, shell: &Shell) -> String {
        match stop {
            Stop::Whom => shell.t("draft-stop-whom"),
            Stop::Form(place) => {
                let step = self.entry.form.steps().get(place);
                step.map(|step| shell.text(&step.title).to_owned()).unwrap_or_default()
            }
            Stop::Documents => shell.t("draft-stop-documents"),
            Stop::Summary => shell.t("draft-stop-summary"),
        }
    }
}
