//! The two files of a tunnel, as `wg-quick` reads them: the gateway's, with everybody who is allowed now, and the one of a
//! device. Pure. Nothing that a person typed comes into them but what was checked where it was taken in.

use base64::{Engine, engine::general_purpose::STANDARD};
use curve25519_dalek::MontgomeryPoint;

use super::Vpn;

/// Bytes of a key, of either half.
const KEY_BYTES: usize = 32;
/// How often a device behind the routers of others says that it is there.
const KEEPALIVE_SECONDS: u32 = 25;

/// A private key, and the public one that it comes with.
pub(crate) struct Pair {
    pub private: String,
    pub public: String,
}

impl Pair {
    pub(crate) fn new() -> Pair {
        Pair::of(rand::random())
    }

    /// From a private key as it is written; nothing when it is none.
    pub(super) fn read(private: &str) -> Option<Pair> {
        decoded(private).map(Pair::of)
    }

    fn of(secret: [u8; KEY_BYTES]) -> Pair {
        let public = MontgomeryPoint::mul_base_clamped(secret).to_bytes();
        Pair { private: STANDARD.encode(secret), public: STANDARD.encode(public) }
    }
}

/// A public key as it is written, in one form; nothing when it is none.
pub(crate) fn public_key(typed: &str) -> Option<String> {
    let key = decoded(typed.trim())?;
    (key != [0; KEY_BYTES]).then(|| STANDARD.encode(key))
}

fn decoded(typed: &str) -> Option<[u8; KEY_BYTES]> {
    STANDARD.decode(typed).ok()?.try_into().ok()
}

/// A device that is allowed now.
pub(crate) struct Peer {
    pub permission: uuid::Uuid,
    pub key: String,
    pub place: i64,
}

/// What the gateway runs with.
pub(super) fn gateway_file(vpn: &Vpn, private: &str, peers: &[Peer]) -> String {
    let port = vpn.gateway.rsplit_once(':').map_or("51820", |(_, port)| port);
    let mut out = format!(
        "# Written by Diwan from its register, and written anew at each change.\n[Interface]\nPrivateKey = {private}\n\
         Address = {}\nListenPort = {port}\n",
        vpn.range.of_gateway()
    );
    for peer in peers {
        let address = vpn.range.of_device(peer.place);
        out += &format!(
            "\n# {}\n[Peer]\nPublicKey = {}\nAllowedIPs = {address}/32\n",
            peer.permission, peer.key
        );
    }
    out
}

/// What a device runs with. Who made the key elsewhere adds the private half there: it never comes here.
pub(crate) fn device_file(vpn: &Vpn, place: i64, private: Option<&str>) -> String {
    let key = match private {
        Some(private) => format!("PrivateKey = {private}"),
        None => "# PrivateKey = (yours, which never left the device)".to_owned(),
    };
    format!(
        "[Interface]\n{key}\nAddress = {}/32\n\n[Peer]\nPublicKey = {}\nAllowedIPs = {}\nEndpoint = {}\n\
         PersistentKeepalive = {KEEPALIVE_SECONDS}\n",
        vpn.range.of_device(place),
        vpn.gateway_key,
        vpn.routes,
        vpn.gateway
    )
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::vpn::tests::vpn;

    /// The keys of RFC 7748, section 6.1.
    #[test]
    fn the_public_key_is_the_one_of_the_standard() {
        let secret: [u8; 32] = [
            0x77, 0x07, 0x6d, 0x0a, 0x73, 0x18, 0xa5, 0x7d, 0x3c, 0x16, 0xc1, 0x72, 0x51, 0xb2, 0x66, 0x45,
            0xdf, 0x4c, 0x2f, 0x87, 0xeb, 0xc0, 0x99, 0x2a, 0xb1, 0x77, 0xfb, 0xa5, 0x1d, 0xb9, 0x2c, 0x2a,
        ];
        let public = [
            0x85, 0x20, 0xf0, 0x09, 0x89, 0x30, 0xa7, 0x54, 0x74, 0x8b, 0x7d, 0xdc, 0xb4, 0x3e, 0xf7, 0x5a,
            0x0d, 0xbf, 0x3a, 0x0d, 0x26, 0x38, 0x1a, 0xf4, 0xeb, 0xa4, 0xa9, 0x8e, 0xaa, 0x9b, 0x4e, 0x6a,
        ];
        assert_eq!(Pair::of(secret).public, STANDARD.encode(public));
        let made = Pair::new();
        assert_eq!(Pair::read(&made.private).map(|pair| pair.public), Some(made.public));
    }

    #[test]
    fn a_key_is_thirty_two_bytes_and_not_nothing() {
        assert_eq!(public_key(&format!(" {} ", Pair::new().public)).map(|key| key.len()), Some(44));
        for wrong in ["", "AAAA", &STANDARD.encode([0; 32]), "not a key"] {
            assert_eq!(public_key(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn each_end_names_the_other() {
        let mut vpn = vpn();
        vpn.gateway_key = "GATEWAY".into();
        let peer = Peer { permission: Uuid::nil(), key: "DEVICE".into(), place: 3 };
        let file = gateway_file(&vpn, "SECRET", &[peer]);
        for line in [
            "Address = 10.77.0.1/24",
            "ListenPort = 51820",
            "PublicKey = DEVICE",
            "AllowedIPs = 10.77.0.5/32",
        ] {
            assert!(file.lines().any(|it| it == line), "{line} in {file}");
        }
        let file = device_file(&vpn, 3, Some("OWN"));
        for line in
            ["PrivateKey = OWN", "Address = 10.77.0.5/32", "PublicKey = GATEWAY", "AllowedIPs = 10.0.0.0/8"]
        {
            assert!(file.lines().any(|it| it == line), "{line} in {file}");
        }
        assert!(!device_file(&vpn, 3, None).lines().any(|line| line.starts_with("PrivateKey")));
    }
}
