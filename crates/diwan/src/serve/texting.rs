//! The way that text messages take, as the installation set it: an SMS centre, or an HTTP gateway, or none.

use std::sync::Arc;

use authz::Failure;
use notify::Sms;
use sms::{Book, Carrier, Gateway, Line, Sender, SmppConfig};

use crate::{
    parts::{self, Parts},
    settings::ServeSettings,
};

/// Whether text messages can be sent at all.
pub fn is_set(serve: &ServeSettings) -> bool {
    centre(serve).is_some() || http(serve).is_some()
}

/// The port through which they go. A line to a centre opens itself in the background.
pub fn gateway(parts: &Parts, serve: &ServeSettings) -> Result<Option<Arc<dyn Sms>>, Failure> {
    let carrier: Arc<dyn Carrier> = match (centre(serve), http(serve)) {
        (Some(address), _) => {
            let password = std::env::var("DIWAN_SMPP_PASSWORD").unwrap_or_default();
            let config = SmppConfig::parse(address, &password, &serve.sms_from)?;
            let config = config.version(&serve.smpp_version)?;
            let book = Book { store: parts.store.clone(), clock: parts.clock.clone() };
            Arc::new(Line::open(config, Arc::new(book)))
        }
        (None, Some(address)) => {
            let courier = Arc::new(parts::courier(&parts.settings, serve)?);
            let address = courier.reach().check(address).map_err(std::io::Error::other)?;
            let token = std::env::var("DIWAN_SMS_TOKEN").unwrap_or_default();
            let (clock, from) = (parts.clock.clone(), serve.sms_from.clone());
            Arc::new(Gateway { courier, clock, address, token, from })
        }
        (None, None) => return Ok(None),
    };
    Ok(Some(Arc::new(Sender::new(parts.store.clone(), parts.clock.clone(), carrier))))
}

fn centre(serve: &ServeSettings) -> Option<&str> {
    serve.smpp.as_deref().filter(|address| !address.is_empty())
}

fn http(serve: &ServeSettings) -> Option<&str> {
    serve.sms_gateway.as_deref().filter(|address| !address.is_empty())
}
