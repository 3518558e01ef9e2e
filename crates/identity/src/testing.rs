//! The world of this crate's tests: three persons, one of whom is staff, on each engine.

use std::{net::IpAddr, sync::Arc};

use authz::{Actor, Failure, Via};
use axum::{
    Router,
    body::Body,
    http::{Request, Response, header},
};
use clock::{Clock, Timestamp};
use http_body_util::BodyExt;
use language::{Digits, Lang, Text, Texts};
use ledger::{Keys, Ledger};
use store::Store;
use testkit::database::stores;
use tower::ServiceExt;
use uuid::Uuid;

use crate::*;

pub(crate) const NOW: Timestamp = Timestamp(1_772_357_400_000_000);
pub(crate) const SALMA: &str = "119900000001";
pub(crate) const HAMAD: &str = "119800000002";
pub(crate) const NOURA: &str = "219850000003";
pub(crate) const PASSWORD: &str = "a long pass phrase";

pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
    pub(crate) identity: Arc<Identity>,
    pub(crate) router: Router,
    pub(crate) salma: Uuid,
    /// An officer with a second factor.
    pub(crate) hamad: Uuid,
    pub(crate) secret: String,
    pub(crate) body: Uuid,
    pub(crate) appointment: Uuid,
}

pub(crate) async fn worlds() -> Vec<World> {
    let sets = [
        jobs::MIGRATIONS,
        ledger::MIGRATIONS,
        notify::MIGRATIONS,
        sms::MIGRATIONS,
        organisations::MIGRATIONS,
        MIGRATIONS,
    ];
    let mut worlds = Vec::new();
    for store in stores(&sets).await {
        worlds.push(World::new(store).await);
    }
    worlds
}

pub(crate) fn word<T>(outcome: Result<T, Failure>) -> String {
    match outcome {
        Ok(_) => "done".into(),
        Err(Failure::Refused(refusal)) => refusal.code.into(),
        Err(Failure::Broken(error)) => panic!("{error}"),
    }
}

pub(crate) fn from(address: &str) -> Origin {
    let address: IpAddr = address.parse().expect("an address");
    Origin { address, user_agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0".into() }
}

pub(crate) fn registering(identifier: &str, name: Text) -> RegisterPerson {
    RegisterPerson {
        actor: None,
        at: NOW,
        identifier: identifier.into(),
        name,
        email: "someone@example.org".into(),
        phone: "0910000000".into(),
        language: Lang::Ar,
        digits: Digits::Latin,
        kind: Beneficiary::Citizen,
        abroad: false,
    }
}

impl World {
    async fn new(store: Store) -> World {
        let clock = Clock::fixed(NOW);
        let keys = std::env::temp_dir().join(format!("diwan-identity-ledger-{}.keys", Uuid::now_v7()));
        let keys = Arc::new(Keys::load_or_create(keys).expect("keys"));
        let ledger = Ledger::new(store.clone(), clock.clone(), keys, "test/identity".into());
        let config = IdentityConfig {
            key: SecretKey::random(),
            public_address: "https://diwan.example".into(),
            step_up_holds: STEP_UP_HOLDS,
            phone_reconfirm: PHONE_RECONFIRM,
            zones: Zones::default(),
            ladder: Ladder::default(),
            directory: None,
            demo: Vec::new(),
        };
        let identity = Identity::new(store.clone(), clock.clone(), ledger, config);
        let router = routed(&identity, &clock);
        let salma = store.write(registering(SALMA, Text::new("سلمى", "Salma"))).await.expect("salma");
        let hamad = store.write(registering(HAMAD, Text::new("حمد", "Hamad"))).await.expect("hamad");
        let noura = store.write(registering(NOURA, Text::new("نورة", "Noura"))).await.expect("noura");
        for person in [&salma, &hamad, &noura] {
            identity.set_password(None, person, PASSWORD).await.expect("a password");
        }
        let secret = new_secret();
        identity.enrol_totp(None, hamad.id, &secret).await.expect("a factor");
        let body = body(&store).await;
        let appointment = appoint(&store, hamad.id, body).await;
        appoint(&store, noura.id, body).await;
        World { store, clock, identity, router, salma: salma.id, hamad: hamad.id, secret, body, appointment }
    }

    /// The same world, whose sign-in page offers Hamad.
    pub(crate) fn in_a_demo(&self) -> World {
        let hamad = DemoPerson {
            key: "hamad".into(),
            name: Text::new("حمد", "Hamad"),
            role: Text::new("موظف معالجة", "Case officer"),
            identifier: HAMAD.into(),
            password: PASSWORD.into(),
            totp_secret: Some(self.secret.clone()),
        };
        let config = IdentityConfig {
            key: self.identity.key.clone(),
            public_address: "http://diwan.example".into(),
            step_up_holds: STEP_UP_HOLDS,
            phone_reconfirm: PHONE_RECONFIRM,
            zones: Zones::default(),
            ladder: Ladder::default(),
            directory: None,
            demo: vec![hamad],
        };
        let (store, clock) = (self.store.clone(), self.clock.clone());
        let identity = Identity::new(store.clone(), clock.clone(), self.identity.ledger.clone(), config);
        let router = routed(&identity, &clock);
        World { store, clock, identity, router, secret: self.secret.clone(), ..*self }
    }

    /// Signs in with a code where one is wanted; the secret of the session.
    pub(crate) async fn signs_in(&self, identifier: &str) -> Opened {
        let code = (identifier == HAMAD).then(|| self.code());
        match self.tries(identifier, PASSWORD, code.as_deref(), "192.0.2.1").await.expect("signed in") {
            Step::Opened(opened) => opened,
            Step::CodeNeeded { .. } => panic!("no code was given"),
        }
    }

    pub(crate) async fn tries(
        &self,
        identifier: &str,
        password: &str,
        code: Option<&str>,
        address: &str,
    ) -> Result<Step, Failure> {
        let typed = Credentials {
            identifier: identifier.into(),
            password: password.into(),
            code: code.map(str::to_owned),
        };
        self.identity.sign_in(&typed, &from(address)).await
    }

    pub(crate) fn code(&self) -> String {
        code_at(&self.secret, self.clock.now()).expect("a code")
    }

    pub(crate) fn actor(&self, opened: &Opened) -> Actor {
        Actor {
            person: opened.session.person,
            via: Via::Session(opened.session.id),
            assurance: opened.session.assurance,
            roles: Vec::new(),
            kind: "citizen".into(),
        }
    }

    pub(crate) async fn call(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    /// GET with a cookie (`diwan_session=…`) or a bearer token, whichever it is.
    pub(crate) async fn get(&self, path: &str, shown: &str) -> (u16, String) {
        let request = Request::get(path);
        let request = match shown {
            "" => request,
            token if token.starts_with(TOKEN_PREFIX) && !token.contains('=') => {
                request.header(header::AUTHORIZATION, format!("Bearer {token}"))
            }
            cookie => request.header(header::COOKIE, cookie),
        };
        text(self.call(request.body(Body::empty()).expect("a request")).await).await
    }

    /// POST of a form, as a browser on the same site sends it.
    pub(crate) async fn post(&self, path: &str, cookie: &str, form: &str) -> Response<Body> {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookie)
            .body(Body::from(form.to_owned()));
        self.call(request.expect("a request")).await
    }
}

pub(crate) fn cookie(opened: &Opened) -> String {
    format!("diwan_session={}", opened.secret)
}

/// A form as browsers encode it.
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    let encoded = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

pub(crate) async fn text(response: Response<Body>) -> (u16, String) {
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

/// The value that the answer sets for this cookie, with its attributes.
pub(crate) fn set_cookie(response: &Response<Body>, name: &str) -> Option<String> {
    let lines =
        response.headers().get_all(header::SET_COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let begins = format!("{name}=");
    lines.filter_map(|line| line.strip_prefix(&begins)).next().map(str::to_owned)
}

fn routed(identity: &Arc<Identity>, clock: &Clock) -> Router {
    let (api, _) = api().split_for_parts();
    let router = pages().merge(api).with_state(identity.clone());
    let texts = Texts::assemble(&[web::LOCALE, organisations::LOCALE, LOCALE]).expect("texts");
    assert_eq!(texts.missing(), [], "both languages say the same");
    let site = web::Site {
        texts: Arc::new(texts),
        public_address: "https://diwan.example".into(),
        name: Text::new("ديوان", "Diwan"),
        demo: false,
        clock: clock.clone(),
        offset: language::Offset { minutes: 120 },
    };
    web::guard(recognise(identity.clone(), router), web::GuardConfig::new(site))
}

async fn body(store: &Store) -> Uuid {
    let register = organisations::RegisterBody {
        at: NOW,
        slug: "civil-registry".into(),
        kind: Some(organisations::BodyKind::Authority),
        name: Text::new("مصلحة الأحوال المدنية", "Civil Registry"),
        ..organisations::RegisterBody::default()
    };
    store.write(register).await.expect("a body").id
}

async fn appoint(store: &Store, person: Uuid, body: Uuid) -> Uuid {
    let appoint = organisations::Appoint {
        actor: None,
        at: NOW,
        person,
        body,
        unit: None,
        role: "officer".into(),
        from: NOW,
        until: None,
    };
    store.write(appoint).await.expect("an appointment").id
}
