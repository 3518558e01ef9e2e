//! Where a personal address is kept: with a provider inside the country, by a list that is data, or elsewhere. An address
//! elsewhere is taken all the same, with a remark (LY-MAIL-3.02e).

use std::sync::LazyLock;

use serde::Deserialize;

/// The remark. Nothing is refused for it.
pub const PERSONAL_MAIL_FOREIGN: &str = "identity.personal_mail_foreign";
/// The article that prefers a provider inside the country.
pub(crate) const PREFERS_DOMESTIC: &[&str] = &["LY-MAIL-3.02e"];

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Providers {
    domestic: Vec<String>,
}

/// The file is part of the program, and a test reads it.
static PROVIDERS: LazyLock<Providers> =
    LazyLock::new(|| toml::from_str(include_str!("../../personal_mail.toml")).unwrap_or_default());

/// The domain of an address, as domains are compared.
pub(crate) fn domain(email: &str) -> String {
    email.rsplit_once('@').map(|(_, domain)| domain.trim().to_lowercase()).unwrap_or_default()
}

/// Whether an address is kept outside of the country, as far as the list knows. No address is nowhere.
pub(crate) fn is_foreign(email: &str) -> bool {
    let domain = domain(email);
    let below = |known: &String| domain == *known || domain.ends_with(&format!(".{known}"));
    !domain.is_empty() && !PROVIDERS.domestic.iter().any(below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_domestic_below_a_domain_of_the_list() {
        assert!(PROVIDERS.domestic.len() > 1, "the list can be read");
        for (email, foreign) in [
            ("noura@ltt.ly", false),
            ("noura@Mail.LTT.ly", false),
            ("noura@notltt.ly", true),
            ("noura@ltt.ly.example.com", true),
            ("noura@mail.example", true),
            ("", false),
        ] {
            assert_eq!(is_foreign(email), foreign, "{email}");
        }
    }
}
