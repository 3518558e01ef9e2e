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

/// The code of an item whose detail is the sentence itself.
const SAID: &str = "said";

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

    /// Whoever may: a `role` as `officer@administration`, or a `person` by what they are to the thing: `applicant`.
    pub fn who(&self, kind: &str, detail: &str) -> String {
        let Some((role, at)) = detail.split_once('@').filter(|_| kind == "role") else {
            return self.t(&format!("who-person-{}", detail.replace('_', "-")));
        };
        let role = self.t(&format!("org-role-{role}"));
        self.t1(&format!("who-role-at-{}", at.replace('_', "-")), "role", role)
    }

    /// What is wrong with one field, in a sentence. A sentence that came with the data stands in the detail, in both
    /// languages.
    pub fn item(&self, item: &Item) -> String {
        if item.code == SAID {
            let said = serde_json::from_str::<language::Text>(&item.detail);
            return said.map(|text| self.text(&text).to_owned()).unwrap_or_default();
        }
        if matches!(item.code.as_str(), "role" | "person") {
            return self.who(&item.code, &item.detail);
        }
        let key = format!("refusal-item-{}", item.code.replace(['.', '_'], "-"));
        self.said1(&key, "detail", &item.detail).unwrap_or_else(|| self.t("refusal-item-invalid"))
    }
}
