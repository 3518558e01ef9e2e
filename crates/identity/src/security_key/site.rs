//! This site as keys know it: by its name, over the address at which browsers reach it.

use std::net::IpAddr;

use webauthn_rs::prelude::{Url, Webauthn, WebauthnBuilder};

/// What asks keys and judges their answers. None where browsers reach the site by a number: a key knows sites by name, and
/// only this machine itself has one besides its number.
pub(crate) fn site(public_address: &str) -> Option<Webauthn> {
    let mut address = Url::parse(public_address).ok()?;
    if is_this_machine(&address) {
        address.set_host(Some("localhost")).ok()?;
    }
    let name = address.domain()?.to_owned();
    let site = WebauthnBuilder::new(&name, &address).ok()?;
    site.rp_name("Diwan").timeout(super::CHALLENGE_LIFE).build().ok()
}

/// The address at which keys work, as browsers write it: `https://portal.example`.
pub(crate) fn origin(site: &Webauthn) -> String {
    let origins = site.get_allowed_origins();
    origins.first().map(|origin| origin.origin().ascii_serialization()).unwrap_or_default()
}

fn is_this_machine(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host.parse::<IpAddr>().is_ok_and(|number| number.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_know_a_site_by_its_name() {
        for (address, origin_of_keys) in [
            ("https://portal.example", Some("https://portal.example")),
            ("https://portal.example:8443", Some("https://portal.example:8443")),
            ("http://127.0.0.1:8080", Some("http://localhost:8080")),
            ("http://[::1]:8080", Some("http://localhost:8080")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("http://192.0.2.7:8080", None),
            ("nonsense", None),
        ] {
            assert_eq!(site(address).map(|site| origin(&site)).as_deref(), origin_of_keys, "{address}");
        }
    }
}
