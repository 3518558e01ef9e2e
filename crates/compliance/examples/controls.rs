//! The compliance pages alone, for those who work on them: `cargo run -p compliance --example controls`, then
//! http://127.0.0.1:8086/controls.

use std::{error::Error, sync::Arc};

use axum::Router;
use clock::Clock;
use compliance::Packs;
use language::{Offset, Text, Texts};
use web::{GuardConfig, ServeConfig, Site};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (api, _) = compliance::api().split_for_parts();
    let router = Router::new().merge(compliance::pages()).merge(api).with_state(Arc::new(Packs::load()));
    let site = Site {
        texts: Arc::new(Texts::assemble(&[language::LOCALE, web::LOCALE, compliance::LOCALE])?),
        public_address: "http://127.0.0.1:8086".into(),
        name: Text::new("منصة الخدمات", "Services platform"),
        demo: true,
        clock: Clock::System,
        offset: Offset { minutes: 120 },
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8086").await?;
    let guarded = web::guard(router, GuardConfig { rate: None, ..GuardConfig::new(site) });
    web::serve(listener, guarded, ServeConfig::default(), Default::default()).await;
    Ok(())
}
