//! A security key in software, for tests: it answers as keys do, and also as no honest key would.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The key says: somebody touched me.
const TOUCHED: u8 = 0x01;
/// What follows describes a new key.
const NEW: u8 = 0x40;

#[derive(Clone)]
pub(crate) struct SoftKey {
    secret: SigningKey,
    id: Vec<u8>,
    pub count: u32,
    /// Where it believes to be asked.
    pub origin: String,
}

impl SoftKey {
    pub fn new(origin: &str) -> SoftKey {
        let secret = loop {
            if let Ok(secret) = SigningKey::from_slice(&rand::random::<[u8; 32]>()) {
                break secret;
            }
        };
        SoftKey { secret, id: rand::random::<[u8; 20]>().to_vec(), count: 0, origin: origin.into() }
    }

    /// What a browser sends back after `navigator.credentials.create`.
    pub fn makes_itself_known(&self, options: &str) -> String {
        let asked = public_key(options);
        let site = asked["rp"]["id"].as_str().expect("the site has a name");
        let client = self.client("webauthn.create", &asked);
        let mut told = self.told(site, TOUCHED | NEW);
        told.extend([0; 16]);
        told.extend(u16::try_from(self.id.len()).expect("a short id").to_be_bytes());
        told.extend(&self.id);
        told.extend(self.public());
        let mut attested = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attested.push(u8::try_from(told.len()).expect("less than 256 bytes"));
        attested.extend(told);
        self.sent(json!({ "attestationObject": text(&attested), "clientDataJSON": text(&client) }))
    }

    /// What a browser sends back after `navigator.credentials.get`; the key counts each time.
    pub fn answers(&mut self, options: &str) -> String {
        self.count += 1;
        let asked = public_key(options);
        let client = self.client("webauthn.get", &asked);
        let told = self.told(asked["rpId"].as_str().expect("the site has a name"), TOUCHED);
        let signed = [told.as_slice(), &Sha256::digest(&client)].concat();
        let signature: Signature = self.secret.sign(&signed);
        self.sent(json!({
            "authenticatorData": text(&told),
            "clientDataJSON": text(&client),
            "signature": text(signature.to_der().as_bytes()),
        }))
    }

    fn client(&self, what: &str, asked: &Value) -> Vec<u8> {
        let client = json!({ "type": what, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": false });
        client.to_string().into_bytes()
    }

    fn told(&self, site: &str, flags: u8) -> Vec<u8> {
        let mut told = Sha256::digest(site.as_bytes()).to_vec();
        told.push(flags);
        told.extend(self.count.to_be_bytes());
        told
    }

    /// The public part as COSE writes it: a point on P-256.
    fn public(&self) -> Vec<u8> {
        let point = self.secret.verifying_key().to_sec1_point(false);
        let point = point.as_bytes();
        let mut public = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        public.extend(&point[1..33]);
        public.extend(b"\x22\x58\x20");
        public.extend(&point[33..65]);
        public
    }

    fn sent(&self, response: Value) -> String {
        let id = text(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
    }
}

fn public_key(options: &str) -> Value {
    let options: Value = serde_json::from_str(options).expect("options are JSON");
    options["publicKey"].clone()
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
