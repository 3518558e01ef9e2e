//! What the head of a page about one request says: the way back, and which request it is.

use web::{Shell, components::Link};

use crate::request::follow::Followed;

pub(crate) struct About {
    pub title: String,
    pub trail: Vec<Link>,
    /// The page of the request.
    pub base: String,
    pub number: String,
    pub service: String,
}

impl About {
    /// `title` is the key of what is done here.
    pub fn of(shell: &Shell, followed: &Followed, title: &str) -> About {
        let base = format!("/requests/{}", followed.request.number);
        let number = shell.in_digits(followed.request.number.to_string());
        let mine = Link::new("/requests", shell.t("request-mine"));
        About {
            title: shell.t(title),
            trail: vec![mine, Link::new(base.clone(), number.clone())],
            base,
            number,
            service: shell.text(&followed.entry.card.name).to_owned(),
        }
    }
}
