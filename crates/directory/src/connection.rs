//! How the directory of a body is reached, who looks people up there, and how a person is found.
//!
//! There is one for a body, and it is in force from the moment it is stored: nothing is stored that was not tried. It is tried
//! with the account of whoever sets it up, so that nobody shuts themselves out.

pub(crate) mod api;
pub(crate) mod end;
pub(crate) mod page;
pub(crate) mod set;
pub(crate) mod table;
pub(crate) mod trial;
pub(crate) mod wish;

use std::sync::Arc;

use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use identity::SecretKey;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use uuid::Uuid;

use crate::line::{Channel, Fault, Stage, Target};

/// Where the desk keeps it.
pub(crate) const HREF: &str = "/desk/staff-directory";

const TRIAL_FAILED: Refusal = Refusal::new(Kind::Invalid, "staff_directory.trial_failed", &["KW-RW-9.5.6"]);

/// Everything about a connection that somebody sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Connection {
    pub body: Uuid,
    pub host: String,
    pub port: u16,
    pub channel: Channel,
    pub authorities: String,
    pub base: String,
    pub filter: String,
    pub attribute: String,
    pub reader: String,
    pub sealed: Vec<u8>,
    pub set_at: Timestamp,
    pub set_by: Uuid,
}

/// How it has answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Health {
    pub answered_at: Option<Timestamp>,
    pub failed_at: Option<Timestamp>,
    /// The word of the last fault, and what the other side said.
    pub fault: String,
    pub said: String,
}

impl Health {
    /// Whether it failed when it was last asked.
    pub(crate) fn fails(&self) -> bool {
        self.failed_at.is_some() && self.failed_at > self.answered_at
    }
}

impl Connection {
    pub(crate) fn ledger_subject(&self) -> String {
        subject_of(self.body)
    }

    /// What a line needs, with the password of the account that looks people up.
    pub(crate) fn target(&self, key: &SecretKey) -> Result<Target, Failure> {
        Ok(Target {
            host: self.host.clone(),
            port: self.port,
            channel: self.channel,
            tls: trusting(&self.authorities)?,
            base: self.base.clone(),
            filter: self.filter.clone(),
            attribute: self.attribute.clone(),
            reader: self.reader.clone(),
            secret: key.open(self.body, &self.sealed)?,
        })
    }
}

impl Fault {
    /// The no that names the field in which to look first.
    pub(crate) fn refusal(&self) -> Refusal {
        let field = match self.stage {
            Stage::Reach => "host",
            Stage::Secure => "channel",
            Stage::Reader => "reader",
            Stage::Search => "base",
            Stage::Account => "filter",
        };
        TRIAL_FAILED.with_item(field, &format!("staff_directory_{}", self.word), &self.said)
    }
}

/// The name by which the ledger knows the directory of a body.
pub(crate) fn subject_of(body: Uuid) -> String {
    format!("staff-directory/{body}")
}

/// Trusts the authorities that are given, and the public ones where none is.
pub(crate) fn trusting(authorities: &str) -> Result<Arc<ClientConfig>, Failure> {
    let mut roots = RootCertStore::empty();
    if authorities.trim().is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    for certificate in CertificateDer::pem_slice_iter(authorities.as_bytes()) {
        roots.add(certificate?)?;
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
