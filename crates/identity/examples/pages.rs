//! Serves the pages of this crate with a cast of two, to look at them: `cargo run -p identity --example pages`.

use std::sync::Arc;

use clock::Clock;
use identity::{Beneficiary, DemoPerson, Identity, IdentityConfig, RegisterPerson, SecretKey};
use language::{Digits, Lang, Text, Texts};
use ledger::{Keys, Ledger};
use store::{Store, StoreConfig};

const PASSWORD: &str = "demo pass phrase";

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("diwan-identity-pages-{}", uuid::Uuid::now_v7()));
    std::fs::create_dir_all(&folder)?;
    let url = format!("sqlite://{}", folder.join("pages.db").display());
    let store = Store::open(&url, StoreConfig::default()).await?;
    let sets = [
        ledger::MIGRATIONS,
        notify::MIGRATIONS,
        sms::MIGRATIONS,
        organisations::MIGRATIONS,
        identity::MIGRATIONS,
    ];
    store.migrate(&sets).await?;
    let clock = Clock::System;
    let keys = Arc::new(Keys::load_or_create(folder.join("ledger.keys"))?);
    let ledger = Ledger::new(store.clone(), clock.clone(), keys, "example/pages".into());
    let secret = identity::new_secret();
    let config = IdentityConfig {
        key: SecretKey::load_or_create(&folder.join("identity.key"))?,
        public_address: "http://127.0.0.1:8091".into(),
        ladder: identity::Ladder::default(),
        step_up_holds: identity::STEP_UP_HOLDS,
        phone_reconfirm: identity::PHONE_RECONFIRM,
        zones: identity::Zones::default(),
        directory: None,
        demo: vec![
            person("salma", "سلمى الفيتوري", "Salma Al-Fituri", "119900000001", None),
            person("hamad", "حمد الكعبي", "Hamad Al-Kaabi", "119800000002", Some(secret.clone())),
        ],
    };
    let demo = config.demo.clone();
    let identity = Identity::new(store.clone(), clock.clone(), ledger, config);
    for one in &demo {
        register(&store, &identity, one).await.map_err(|failure| failure.to_string())?;
    }
    let site = web::Site {
        texts: Arc::new(Texts::assemble(&[web::LOCALE, identity::LOCALE])?),
        public_address: "http://127.0.0.1:8091".into(),
        name: Text::new("الهيئة الوطنية للخدمات الرقمية", "National Digital Services Authority"),
        demo: true,
        clock,
        offset: language::Offset { minutes: 120 },
    };
    let (api, _) = identity::api().split_for_parts();
    let router = identity::recognise(identity.clone(), identity::pages().merge(api).with_state(identity));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8091").await?;
    axum::serve(listener, web::guard(router, web::GuardConfig::new(site))).await?;
    Ok(())
}

fn person(key: &str, ar: &str, en: &str, identifier: &str, totp_secret: Option<String>) -> DemoPerson {
    let role = match totp_secret {
        Some(_) => Text::new("موظف معالجة في السجل المدني", "Case officer at the civil registry"),
        None => Text::new("مواطنة تقدم طلباتها", "A citizen who applies"),
    };
    DemoPerson {
        key: key.into(),
        name: Text::new(ar, en),
        role,
        identifier: identifier.into(),
        password: PASSWORD.into(),
        totp_secret,
    }
}

async fn register(store: &Store, identity: &Identity, one: &DemoPerson) -> Result<(), authz::Failure> {
    let verb = RegisterPerson {
        actor: None,
        at: Clock::System.now(),
        identifier: one.identifier.clone(),
        name: one.name.clone(),
        email: format!("{}@example.org", one.key),
        phone: "0910000000".into(),
        language: Lang::Ar,
        digits: Digits::Latin,
        kind: Beneficiary::Citizen,
        abroad: false,
    };
    let person = store.write(verb).await?;
    identity.set_password(None, &person, &one.password).await?;
    match &one.totp_secret {
        Some(secret) => identity.enrol_totp(None, person.id, secret).await,
        None => Ok(()),
    }
}
