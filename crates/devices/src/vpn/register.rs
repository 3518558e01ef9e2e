//! A network is registered for a body. What is declared free of charge or open to the public is refused, and what is not
//! declared stays a draft that admits nobody (LY-MAIL-2.01c).

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use courier::Network;
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Vpn, declare::asks_for_judgement, range::Range, table};
use crate::authority::{About, Acting};

const NAME_CHARACTERS_MAX: usize = 80;
/// What the kernel takes for the name of an interface.
const INTERFACE_CHARACTERS_MAX: usize = 15;
const GATEWAY_CHARACTERS_MAX: usize = 200;
/// Networks that are reached through one gateway.
const ROUTES_MAX: usize = 20;

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "vpn.incomplete", &["LY-MAIL-2.01c"]);
const FREE_OR_PUBLIC: Refusal = Refusal::new(Kind::Invalid, "vpn.free_or_public", &["LY-MAIL-2.01c"]);
/// One gateway has one interface of a name.
const INTERFACE_TAKEN: Refusal = Refusal::new(Kind::Conflict, "vpn.interface_taken", &["LY-MAIL-2.01c"]);

/// A network as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct VpnWish {
    /// A body's slug.
    pub body: String,
    pub name: String,
    /// `yes`, `no`, or empty as long as it is not declared.
    pub free: String,
    /// The same.
    pub public: String,
    pub interface: String,
    pub gateway: String,
    pub range: String,
    pub routes: String,
}

pub(crate) struct RegisterVpn {
    pub acting: Acting,
    pub wish: VpnWish,
}

impl Verb for RegisterVpn {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let body = organisations::body_by_slug(tx, &self.wish.body).await?;
        // Where no body is named, whoever keeps the devices of one is told so, and nobody else.
        let bodies = body.as_ref().map_or_else(|| self.acting.actor.bodies(), |body| vec![body.id]);
        self.acting.check(tx, "register_vpn", &About { bodies, holder: None }).await?;
        let at = self.acting.clock.now();
        let vpn = self.wish.checked(body.map(|body| body.id), self.acting.actor.person, at)?;
        if table::by_interface(tx, &vpn.interface).await?.is_some() {
            return Err(INTERFACE_TAKEN.with_item("interface", "vpn_interface_taken", "").into());
        }
        table::insert(tx, &vpn).await?;
        record(tx, "vpn.registered", &vpn, Some(vpn.registered_by), at).await?;
        asks_for_judgement(tx, &vpn, at).await?;
        Ok(vpn.id)
    }
}

impl VpnWish {
    /// The network that is meant, or everything that is missing at once.
    fn checked(&self, body: Option<Uuid>, by: Uuid, at: Timestamp) -> Result<Vpn, Refusal> {
        let (not_free, not_public) = declared(&self.free, &self.public)?;
        let (name, interface) = (self.name.trim(), self.interface.trim());
        let gateway = language::fold_digits(self.gateway.trim());
        let range = language::fold_digits(self.range.trim()).parse::<Range>().ok();
        let routes = routes(&self.routes);
        let checks = [
            ("body", "choice", body.is_some()),
            ("name", "required", !name.is_empty()),
            ("name", "too_long", name.chars().count() <= NAME_CHARACTERS_MAX),
            ("interface", "vpn_interface", is_interface(interface)),
            ("gateway", "vpn_gateway", is_gateway(&gateway)),
            ("range", "vpn_range", range.is_some()),
            ("routes", "vpn_routes", routes.is_some()),
        ];
        let open = checks.into_iter().filter(|(_, _, fits)| !fits);
        let detail =
            |code: &str| if code == "too_long" { NAME_CHARACTERS_MAX.to_string() } else { String::new() };
        let items: Vec<Item> = open
            .map(|(field, code, _)| Item { field: field.into(), code: code.into(), detail: detail(code) })
            .collect();
        let (Some(body), Some(range), Some(routes), []) = (body, range, routes, items.as_slice()) else {
            return Err(INCOMPLETE.with_items(items));
        };
        Ok(Vpn {
            id: Uuid::now_v7(),
            body,
            name: name.to_owned(),
            not_free,
            not_public,
            interface: interface.to_owned(),
            gateway,
            gateway_key: String::new(),
            range,
            routes,
            registered_at: at,
            registered_by: by,
            purpose: String::new(),
            ownership: String::new(),
            document: None,
            file_name: String::new(),
            approved_at: None,
            approved_by: None,
            expires_at: None,
            reminded_at: None,
            activated_at: None,
            activated_by: None,
            ended_at: None,
            ended_by: None,
            ending: String::new(),
        })
    }
}

/// What is declared: that it is not free of charge, and that it is not open to the public. A yes to either is refused.
pub(super) fn declared(free: &str, public: &str) -> Result<(bool, bool), Refusal> {
    let yes: Vec<Item> = [("free", free), ("public", public)]
        .into_iter()
        .filter(|(_, said)| *said == "yes")
        .map(|(field, _)| Item { field: field.into(), code: "vpn_forbidden".into(), detail: String::new() })
        .collect();
    if yes.is_empty() { Ok((free == "no", public == "no")) } else { Err(FREE_OR_PUBLIC.with_items(yes)) }
}

fn is_interface(name: &str) -> bool {
    let begins = name.starts_with(|letter: char| letter.is_ascii_lowercase());
    let letters = name.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
    begins && letters && name.len() <= INTERFACE_CHARACTERS_MAX
}

/// A name or an address, and a port. What stands in a file of others must not break out of its line.
fn is_gateway(typed: &str) -> bool {
    let Some((host, port)) = typed.rsplit_once(':') else { return false };
    let host_fits =
        host.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b':' | b'[' | b']'));
    let port_fits = port.parse::<u16>().is_ok_and(|port| port > 0);
    !host.is_empty() && host_fits && port_fits && typed.len() <= GATEWAY_CHARACTERS_MAX
}

/// The networks, written alike.
fn routes(typed: &str) -> Option<String> {
    let typed = language::fold_digits(typed);
    let words: Vec<&str> =
        typed.split([',', '،', ' ', '\n', '\r']).map(str::trim).filter(|word| !word.is_empty()).collect();
    let fit = words.iter().all(|word| word.parse::<Network>().is_ok());
    (fit && !words.is_empty() && words.len() <= ROUTES_MAX).then(|| words.join(", "))
}

/// Each step of a network in the ledger.
pub(super) async fn record(
    tx: &Tx,
    kind: &'static str,
    vpn: &Vpn,
    by: Option<Uuid>,
    at: Timestamp,
) -> Result<(), Failure> {
    let body: Value = json!({ "body": vpn.body, "name": vpn.name, "not_free": vpn.not_free,
        "not_public": vpn.not_public, "range": vpn.range.to_string(), "gateway": vpn.gateway,
        "purpose": vpn.purpose, "ownership": vpn.ownership, "document": vpn.document,
        "expires_at": vpn.expires_at.map(|at| at.0), "words": vpn.ending });
    let controls = &["LY-MAIL-2.01c", "LY-MAIL-2.01d", "LY-MAIL-2.01e"];
    let entry = ledger::Entry { kind, subject: vpn.ledger_subject(), actor: by, controls, body, at };
    ledger::append(tx, entry).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish() -> VpnWish {
        VpnWish {
            body: "civil-registry".into(),
            name: "remote work".into(),
            free: "no".into(),
            public: "no".into(),
            interface: "wg0".into(),
            gateway: "vpn.example.gov:51820".into(),
            range: "10.77.0.0/24".into(),
            routes: "10.0.0.0/8، 192.168.0.0/16".into(),
        }
    }

    #[test]
    fn a_network_is_whole_or_says_what_is_missing() {
        let check = |change: &dyn Fn(&mut VpnWish), expected: &[&str]| {
            let mut it = wish();
            change(&mut it);
            let outcome = it.checked(Some(Uuid::nil()), Uuid::nil(), Timestamp(0));
            let open: Vec<String> = match outcome {
                Ok(_) => Vec::new(),
                Err(refusal) => refusal.items.into_iter().map(|item| item.code).collect(),
            };
            assert_eq!(open, expected);
        };
        check(&|_| {}, &[]);
        check(&|it| it.free = String::new(), &[]);
        check(&|it| it.free = "yes".into(), &["vpn_forbidden"]);
        check(&|it| (it.free, it.public) = ("yes".into(), "yes".into()), &["vpn_forbidden", "vpn_forbidden"]);
        check(&|it| it.interface = "../wg0".into(), &["vpn_interface"]);
        check(&|it| it.interface = "aninterfacetoolong".into(), &["vpn_interface"]);
        check(&|it| it.gateway = "vpn.example.gov".into(), &["vpn_gateway"]);
        check(&|it| it.gateway = "a\nPostUp = rm:1".into(), &["vpn_gateway"]);
        check(&|it| it.gateway = "vpn.example.gov:٥١٨٢٠".into(), &[]);
        check(&|it| it.range = "8.8.8.0/24".into(), &["vpn_range"]);
        check(&|it| it.routes = "10.0.0.0/8, everything".into(), &["vpn_routes"]);
        check(&|it| it.routes = String::new(), &["vpn_routes"]);
        let read = wish().checked(Some(Uuid::nil()), Uuid::nil(), Timestamp(0)).expect("it is whole");
        assert_eq!(read.routes, "10.0.0.0/8, 192.168.0.0/16");
    }
}
