//! The gallery alone, for designers: `cargo run -p web --example gallery`, then http://127.0.0.1:8085/gallery.

use std::{error::Error, sync::Arc};

use axum::{Router, middleware, routing::get};
use clock::Clock;
use language::{Offset, Text, Texts};
use web::{GuardConfig, LOCALE, ServeConfig, Signed, Site};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = Site {
        texts: Arc::new(Texts::assemble(&[LOCALE])?),
        public_address: "http://127.0.0.1:8085".into(),
        name: Text::new("منصة الخدمات", "Services platform"),
        demo: true,
        clock: Clock::System,
        offset: Offset { minutes: 120 },
    };
    let signed =
        Signed { name: "سلمى الفيتوري".into(), desk: true, inbox_unread: 3, admin: false };
    let seated = middleware::from_fn(move |mut request, next: middleware::Next| {
        web::seat(&mut request, signed.clone());
        next.run(request)
    });
    let broken = get(|| async { Err::<(), web::Error>(std::io::Error::other("sample").into()) });
    let router = web::routes().layer(seated).merge(Router::new().route("/broken", broken));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8085").await?;
    let guarded = web::guard(router, GuardConfig { rate: None, ..GuardConfig::new(site) });
    web::serve(listener, guarded, ServeConfig::default(), Default::default()).await;
    Ok(())
}
