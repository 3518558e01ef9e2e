//! A system as somebody typed it, and what is wrong with it, all at once.

use authz::{Assurance, Item, Kind, Refusal};
use axum::http::Uri;
use courier::{ADDRESS_CHARACTERS_MAX, AddressError, Reach};
use language::Text;

use super::{ADDRESSES_MAX, Client, ClientKind, LEVELS, NAME_CHARACTERS_MAX, Scope};

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "openid.incomplete", &["LY-SVC-8.1"]);

#[derive(Clone, Debug, Default)]
pub(crate) struct ClientWish {
    /// A body's slug.
    pub body: String,
    pub name_ar: String,
    pub name_en: String,
    pub kind: String,
    pub redirect_uris: Vec<String>,
    pub after_logout_uris: Vec<String>,
    pub logout_uri: String,
    pub scopes: Vec<String>,
    pub assurance: String,
}

/// What of a system may be typed, once it was found good.
pub(super) struct Told {
    name: Text,
    kind: ClientKind,
    redirect_uris: Vec<String>,
    after_logout_uris: Vec<String>,
    logout_uri: String,
    scopes: Vec<Scope>,
    assurance: Assurance,
}

impl ClientWish {
    /// As a form posts it: addresses in areas, one on each line; scopes one box each.
    pub fn posted(pairs: &[(String, String)]) -> ClientWish {
        let one = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, word)| word.trim().to_owned()).unwrap_or_default()
        };
        let ticked = pairs.iter().filter(|(known, _)| known == "scopes");
        let lines = |name: &str| one(name).split_whitespace().map(str::to_owned).collect();
        ClientWish {
            body: one("body"),
            name_ar: one("name_ar"),
            name_en: one("name_en"),
            kind: one("kind"),
            redirect_uris: lines("redirect_uris"),
            after_logout_uris: lines("after_logout_uris"),
            logout_uri: one("logout_uri"),
            scopes: ticked.map(|(_, word)| word.clone()).collect(),
            assurance: one("assurance"),
        }
    }

    /// As it stands, for the form that changes it.
    pub fn of(client: &Client, body: &str) -> ClientWish {
        ClientWish {
            body: body.to_owned(),
            name_ar: client.name.ar.clone(),
            name_en: client.name.en.clone(),
            kind: client.kind.word().to_owned(),
            redirect_uris: client.redirect_uris.clone(),
            after_logout_uris: client.after_logout_uris.clone(),
            logout_uri: client.logout_uri.clone(),
            scopes: client.scopes.iter().map(|scope| scope.word().to_owned()).collect(),
            assurance: super::level_word(client.assurance).to_owned(),
        }
    }

    /// What is meant, or everything that is in its way. `reach` says where farewells may go.
    pub(super) fn checked(&self, has_body: bool, reach: &Reach) -> Result<Told, Refusal> {
        let kind = ClientKind::named(&self.kind);
        let level = LEVELS.into_iter().find(|(word, _)| *word == self.assurance).map(|(_, level)| level);
        let mut items = Vec::new();
        let mut open = |field: &str, code: &str, detail: &str| {
            items.push(Item { field: field.into(), code: code.into(), detail: detail.into() });
        };
        if !has_body {
            open("body", "choice", "");
        }
        for (field, name) in [("name_ar", &self.name_ar), ("name_en", &self.name_en)] {
            match language::clean_name(name).chars().count() {
                0 => open(field, "required", ""),
                1..=NAME_CHARACTERS_MAX => {}
                _ => open(field, "too_long", &NAME_CHARACTERS_MAX.to_string()),
            }
        }
        if kind.is_none() {
            open("kind", "choice", "");
        }
        if self.redirect_uris.is_empty() {
            open("redirect_uris", "required", "");
        }
        for (field, uris) in
            [("redirect_uris", &self.redirect_uris), ("after_logout_uris", &self.after_logout_uris)]
        {
            if uris.len() > ADDRESSES_MAX {
                open(field, "openid_addresses", &ADDRESSES_MAX.to_string());
            } else if !uris.iter().all(|uri| may_redirect(uri)) {
                open(field, "openid_redirect", "");
            }
        }
        if !self.logout_uri.is_empty()
            && let Err(error) = reach.check(&self.logout_uri)
        {
            open(
                "logout_uri",
                if error == AddressError::OutOfReach { "openid_reach" } else { "openid_logout" },
                "",
            );
        }
        if self.scopes.iter().any(|word| Scope::named(word).is_none()) {
            open("scopes", "choice", "");
        }
        if level.is_none() {
            open("assurance", "choice", "");
        }
        let (Some(kind), Some(assurance), []) = (kind, level, items.as_slice()) else {
            return Err(INCOMPLETE.with_items(items));
        };
        Ok(Told {
            name: Text::new(language::clean_name(&self.name_ar), language::clean_name(&self.name_en)),
            kind,
            redirect_uris: self.redirect_uris.clone(),
            after_logout_uris: self.after_logout_uris.clone(),
            logout_uri: self.logout_uri.clone(),
            scopes: Scope::among(self.scopes.iter().map(String::as_str)),
            assurance,
        })
    }
}

impl Told {
    pub fn put_into(self, client: &mut Client) {
        client.name = self.name;
        client.kind = self.kind;
        client.redirect_uris = self.redirect_uris;
        client.after_logout_uris = self.after_logout_uris;
        client.logout_uri = self.logout_uri;
        client.scopes = self.scopes;
        client.assurance = self.assurance;
        if client.kind == ClientKind::Public {
            (client.secret_hash, client.secret_at) = (None, None);
        }
    }
}

/// An address to which people may be sent with a code: over TLS, or on their own machine. Never a part of one, a pattern, or
/// one that hides a user or a fragment.
fn may_redirect(uri: &str) -> bool {
    let is_plain = uri.is_ascii() && !uri.contains(['#', '*', '\\', '"', '<', '>']);
    let fits = is_plain && uri.len() <= ADDRESS_CHARACTERS_MAX;
    let Some(uri) = uri.parse::<Uri>().ok().filter(|_| fits) else { return false };
    let Some(authority) = uri.authority() else { return false };
    let host = authority.host();
    let is_own_machine = ["127.0.0.1", "[::1]", "localhost"].contains(&host);
    let scheme = uri.scheme_str().unwrap_or_default();
    !authority.as_str().contains('@')
        && !host.is_empty()
        && (scheme == "https" || (scheme == "http" && is_own_machine))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_sent_over_tls_or_stay_on_their_machine() {
        let check = |uri: &str, expected: bool| assert_eq!(may_redirect(uri), expected, "{uri}");
        check("https://archive.example/back", true);
        check("https://archive.example:8443/back?a=b", true);
        check("http://127.0.0.1:9000/back", true);
        check("http://[::1]:9000/back", true);
        check("http://localhost/back", true);
        check("http://archive.example/back", false);
        check("http://127.0.0.1.example/back", false);
        check("http://localhost.example/back", false);
        check("https://user@archive.example/back", false);
        check("https://archive.example/back#here", false);
        check("https://*.example/back", false);
        check("https://archive.example\\@evil.example/", false);
        check("javascript:alert(1)", false);
        check("ly.archive.app:/back", false);
        check("//archive.example/back", false);
        check("/back", false);
        check("", false);
        check(&format!("https://archive.example/{}", "a".repeat(ADDRESS_CHARACTERS_MAX)), false);
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let good = ClientWish {
            body: "civil-registry".into(),
            name_ar: "الأرشيف".into(),
            name_en: "Archive".into(),
            kind: "confidential".into(),
            redirect_uris: vec!["https://archive.example/back".into()],
            scopes: vec!["email".into(), "profile".into()],
            assurance: "basic".into(),
            ..ClientWish::default()
        };
        let check = |wish: ClientWish, expected: &[(&str, &str)]| {
            let refusal = wish.checked(true, &Reach::default()).err();
            let items: Vec<(String, String)> =
                refusal.into_iter().flat_map(|no| no.items).map(|item| (item.field, item.code)).collect();
            let expected: Vec<(String, String)> =
                expected.iter().map(|(field, code)| ((*field).into(), (*code).into())).collect();
            assert_eq!(items, expected);
        };
        check(good.clone(), &[]);
        check(
            ClientWish::default(),
            &[
                ("name_ar", "required"),
                ("name_en", "required"),
                ("kind", "choice"),
                ("redirect_uris", "required"),
                ("assurance", "choice"),
            ],
        );
        let inside = ClientWish { logout_uri: "https://10.0.0.1/out".into(), ..good.clone() };
        check(inside, &[("logout_uri", "openid_reach")]);
        let plain = ClientWish { logout_uri: "http://archive.example/out".into(), ..good.clone() };
        check(plain, &[("logout_uri", "openid_logout")]);
        let more = ClientWish { scopes: vec!["offline_access".into()], ..good.clone() };
        check(more, &[("scopes", "choice")]);
        let many = vec!["https://archive.example/back".to_owned(); ADDRESSES_MAX + 1];
        check(ClientWish { redirect_uris: many, ..good }, &[("redirect_uris", "openid_addresses")]);
    }
}
