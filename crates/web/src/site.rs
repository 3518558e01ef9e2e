//! The installation as every page sees it.

use std::sync::Arc;

use clock::Clock;
use language::{Locale, Offset, Text, Texts};

/// The texts of this crate, for `Texts::assemble`.
pub const LOCALE: Locale =
    Locale { name: "web", ar: include_str!("../locales/ar.ftl"), en: include_str!("../locales/en.ftl") };

/// What is true of the whole site. [`crate::guard`] hands it to every call.
#[derive(Clone)]
pub struct Site {
    pub texts: Arc<Texts>,
    /// Scheme and host without a trailing slash: `https://services.example`.
    pub public_address: String,
    /// The name of the office that runs it.
    pub name: Text,
    /// Shows the ribbon that says that nothing here is real.
    pub demo: bool,
    pub clock: Clock,
    /// Where the office's clocks stand: days and times are shown as people there read them.
    pub offset: Offset,
}

impl Site {
    /// Whether browsers reach the site over TLS: cookies are then `Secure` and HSTS is sent.
    pub fn is_https(&self) -> bool {
        self.public_address.starts_with("https://")
    }

    /// Host and port, as a browser writes them in `Origin` after the scheme.
    pub fn authority(&self) -> &str {
        self.public_address.split_once("://").map_or(self.public_address.as_str(), |(_, rest)| rest)
    }
}
