use axum::Extension;
use clock::{Clock, Timestamp};
use language::*;
use std::sync::Arc;
use store::*;
use uuid::Uuid;
struct T(notify::Message, Option<notify::Address>, Timestamp);
impl Verb for T {
    type Answer = ();
    type Error = StoreError;
    async fn apply(&self, tx: &Tx) -> Result<(), StoreError> {
        notify::send(tx, self.2, self.0.clone(), self.1.clone()).await
    }
}
#[tokio::main]
async fn main() {
    let store = Store::open("sqlite:///tmp/look.db", StoreConfig::default()).await.unwrap();
    store.migrate(&[jobs::MIGRATIONS, notify::MIGRATIONS]).await.unwrap();
    let l = Locale {
        name: "l",
        ar: "notice-decided-subject = صدر القرار في طلبك { $number }: { $service }\nnotice-decided-body = صدر القرار في { $decided_at }، ويمكنك تنزيل الشهادة من صفحة الطلب.\n",
        en: "notice-decided-subject = Your request { $number } was decided: { $service }\nnotice-decided-body = It was decided on { $decided_at }. Download the certificate from the request’s page.\n",
    };
    let texts = Arc::new(Texts::assemble(&[l, notify::LOCALE, web::LOCALE]).unwrap());
    let now = Clock::System.now();
    if notify::list(&store.read(), Uuid::from_u128(1), None, 1).await.unwrap().is_empty() {
        for n in 0..24u8 {
            let a = (n % 2 == 0).then(|| notify::Address { email: "a@b.example".into(), language: Lang::Ar });
            store
                .write(T(
                    notify::Message::new(Uuid::from_u128(1), "decided", "request/1", "/inbox")
                        .word("number", format!("26-4817-2093-{n:02}"))
                        .text("service", &Text::new("شهادة إقامة", "Residence certificate"))
                        .moment("decided_at", now),
                    a,
                    now,
                ))
                .await
                .unwrap();
        }
    }
    let site = web::Site {
        texts,
        public_address: "http://127.0.0.1:8097".into(),
        name: Text::new("منصة الخدمات", "Services platform"),
        demo: true,
        clock: Clock::System,
        offset: Offset { minutes: 120 },
    };
    let signed =
        web::Signed { name: "سلمى الفيتوري".into(), desk: false, inbox_unread: 24, admin: false };
    let seat = axum::middleware::from_fn(move |mut r: axum::extract::Request, n: axum::middleware::Next| {
        let p = if r.uri().query().unwrap_or("").contains("other") { 2 } else { 1 };
        r.extensions_mut().insert(notify::Recipient(Uuid::from_u128(p)));
        web::seat(&mut r, signed.clone());
        n.run(r)
    });
    let _ = Extension(1);
    let router = notify::pages(store).layer(seat);
    let l = tokio::net::TcpListener::bind("127.0.0.1:8097").await.unwrap();
    web::serve(
        l,
        web::guard(router, web::GuardConfig { rate: None, ..web::GuardConfig::new(site) }),
        web::ServeConfig::default(),
        Default::default(),
    )
    .await;
}
