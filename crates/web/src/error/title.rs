//! The words of a refusal: by its own code where there are some, else by its kind.

use authz::{Item, Kind, Refusal};

use crate::Shell;

/// `mail.not_pledged` → `refusal-mail-not-pledged`.
pub(crate) fn key_of(code: &str) -> String {
    format!("refusal-{}", code.replace(['.', '_'], "-"))
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::NotIdentified => "not-identified",
        Kind::NotAllowed => "not-allowed",
        Kind::NotFound => "not-found",
        Kind::Conflict => "conflict",
        Kind::TooLarge => "too-large",
        Kind::Invalid => "invalid",
        Kind::TooMany => "too-many",
        Kind::Unavailable => "unavailable",
    }
}

impl Shell {
    /// The sentence that says no.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        self.said(&key_of(refusal.code))
            .unwrap_or_else(|| self.t(&format!("web-refusal-{}", kind_word(refusal.kind))))
    }

    /// What to do about it.
    pub fn refusal_detail(&self, refusal: &Refusal) -> String {
        self.said(&format!("{}-detail", key_of(refusal.code)))
            .unwrap_or_else(|| self.t(&format!("web-refusal-{}-detail", kind_word(refusal.kind))))
    }

    /// The words of the button that leads out.
    pub(crate) fn refusal_way(&self, refusal: &Refusal) -> String {
        self.said(&format!("{}-way", key_of(refusal.code)))
            .unwrap_or_else(|| self.t(&format!("web-way-{}", kind_word(refusal.kind))))
    }

    /// What is wrong with one field, in a sentence.
    pub fn item(&self, item: &Item) -> String {
        let key = format!("refusal-item-{}", item.code.replace(['.', '_'], "-"));
        self.said1(&key, "detail", &item.detail).unwrap_or_else(|| self.t("refusal-item-invalid"))
    }
}
