//! `TestDiwan`: the whole program in this process, with the cast. Tests read as what people do.

use std::{future::Future, sync::Arc, time::Duration};

use authz::{Actor, Assurance, Via};
use clock::Clock;
use diwan::{
    demo::cast::{self, CastLine},
    parts::Parts,
    serve,
    settings::ServeSettings,
};
use identity::IssueToken;
use jobs::Workers;
use reqwest::{Client, Method, header::HeaderMap, multipart};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::template::{PROGRAM, Place};

/// Every provider's sample of a document: one empty page.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n";

/// A number of the right form that nobody has.
pub const NOBODYS_NUMBER: &str = "26-0000-0000-50";

/// Runs a test in a fresh world on each engine, by the machine's clock.
pub async fn on_both_engines<F, T>(test: F)
where
    F: Fn(TestDiwan) -> T,
    T: Future<Output = ()>,
{
    on_both_engines_at(|| Clock::System, test).await;
}

/// The same by a clock of the test's own.
pub async fn on_both_engines_at<C, F, T>(clock: C, test: F)
where
    C: Fn() -> Clock,
    F: Fn(TestDiwan) -> T,
    T: Future<Output = ()>,
{
    for place in Place::on_each_engine().await {
        eprintln!("on {}", place.engine());
        let world = TestDiwan::open(&place, clock()).await;
        test(world.clone()).await;
        world.stop.cancel();
        place.clear().await;
    }
}

/// A running Diwan with the small demo.
#[derive(Clone)]
pub struct TestDiwan {
    pub parts: Arc<Parts>,
    pub clock: Clock,
    pub address: String,
    cast: Arc<Vec<CastLine>>,
    serve: ServeSettings,
    client: Client,
    stop: CancellationToken,
}

impl TestDiwan {
    pub async fn open(place: &Place, clock: Clock) -> TestDiwan {
        TestDiwan::open_with(place, clock, |_| {}).await
    }

    /// The same, set up otherwise.
    pub async fn open_with(
        place: &Place,
        clock: Clock,
        change: impl FnOnce(&mut ServeSettings),
    ) -> TestDiwan {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let listen = listener.local_addr().expect("a listener has an address").to_string();
        let mut serve = ServeSettings {
            listen: listen.clone(),
            calls_per_second: 0,
            program: Some(PROGRAM.into()),
            ..ServeSettings::default()
        };
        change(&mut serve);
        let settings = place.settings();
        let parts = Parts::open(&settings, &serve, clock.clone()).await.expect("the parts open");
        let (parts, stop) = (Arc::new(parts), CancellationToken::new());
        let (ledger, cancel) = (parts.ledger.clone(), stop.clone());
        tokio::spawn(async move { ledger.run(cancel).await });
        let router = serve::routes::router(&parts, &serve);
        tokio::spawn(web::serve(listener, router, web::ServeConfig::default(), stop.clone()));
        let cast = Arc::new(cast::read(&settings).expect("the demo names its cast"));
        let client = client();
        TestDiwan { parts, clock, address: format!("http://{listen}"), cast, serve, client, stop }
    }

    /// How this node is set up.
    pub fn set_up(&self) -> &ServeSettings {
        &self.serve
    }

    /// One of the cast, with the token that the demo gave them.
    pub fn person(&self, name: &str) -> Person {
        self.bearer(&self.line(name).token)
    }

    /// What the demo tells of one of the cast.
    pub fn line(&self, name: &str) -> &CastLine {
        self.cast.iter().find(|line| line.name == name).expect("the cast has somebody of this name")
    }

    /// Somebody whom nobody knows.
    pub fn stranger(&self) -> Person {
        Person { world: self.clone(), token: None }
    }

    pub fn bearer(&self, token: &str) -> Person {
        Person { world: self.clone(), token: Some(token.to_owned()) }
    }

    /// One of the cast, identified as surely as said.
    pub async fn surely(&self, name: &str, assurance: Assurance) -> Person {
        let person = self.actor(name).await.person;
        let (token, issue) = IssueToken::new(person, "test", assurance, 30, self.clock.now())
            .expect("a token can be asked for");
        self.parts.store.write(issue).await.expect("a token is issued");
        self.bearer(&token)
    }

    /// One of the cast as verbs see them.
    pub async fn actor(&self, name: &str) -> Actor {
        let line = self.line(name);
        let sql = self.parts.store.read();
        let found =
            identity::person_by_identifier(&sql, &line.identifier).await.expect("persons can be read");
        let person = found.expect("the cast is registered");
        let roles =
            organisations::roles_of(&sql, person.id, self.clock.now()).await.expect("roles can be read");
        let assurance = if line.totp_secret.is_some() { Assurance::Substantial } else { Assurance::Basic };
        Actor { person: person.id, via: Via::System, assurance, roles, kind: person.kind.word().to_owned() }
    }

    /// The complete valid answer that a service's form gives as its example.
    pub fn example(&self, service: &str) -> Value {
        let entry = self.parts.services.directory.entry(service).expect("the service is published");
        entry.form.example().expect("the form has an example").clone()
    }

    /// Ends it, so that its place can be cleared.
    pub fn end(&self) {
        self.stop.cancel();
    }

    /// What is done for each kind of job.
    pub fn works(&self) -> Vec<Arc<dyn jobs::Work>> {
        serve::works(&self.parts, &self.serve).expect("the works can be made")
    }

    /// Runs every job that is due.
    pub async fn works_off_its_jobs(&self) {
        let works = self.works();
        let workers = Workers::new(self.parts.store.clone(), self.clock.clone(), works);
        workers.drain().await.expect("jobs run");
    }

    /// Runs every job that is due but the sending of letters and codes.
    pub async fn works_off_all_but_mail(&self) {
        let works = self.works();
        let works = works
            .into_iter()
            .filter(|work| ![notify::MAIL_JOB, "identity.prove_email"].contains(&work.kind()))
            .collect();
        let workers = Workers::new(self.parts.store.clone(), self.clock.clone(), works);
        workers.drain().await.expect("jobs run");
    }

    /// How many entries of a kind about exports the ledger holds.
    pub async fn history_of(&self, kind: &str) -> i64 {
        let count = "SELECT COUNT(*) AS found FROM ledger_entry WHERE kind = $1";
        let row = store::Sql::one(&self.parts.store.read(), count, vec![kind.into()]).await;
        row.expect("the ledger can be read").expect("a count").get("found").expect("a number")
    }

    /// What the ledger holds about a subject, oldest first.
    pub async fn history(&self, subject: &str) -> Vec<ledger::Recorded> {
        ledger::history(&self.parts.store.read(), subject, None, 100).await.expect("the ledger can be read")
    }
}

pub fn client() -> Client {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(60))
        .build()
        .expect("a client can be made")
}

/// Somebody who calls.
#[derive(Clone)]
pub struct Person {
    world: TestDiwan,
    token: Option<String>,
}

impl Person {
    pub fn call(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let call = self.world.client.request(method, format!("{}{path}", self.world.address));
        match &self.token {
            Some(token) => call.bearer_auth(token),
            None => call,
        }
    }

    pub async fn gets(&self, path: &str) -> Answer {
        Answer::to(self.call(Method::GET, path)).await
    }

    pub async fn posts(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.call(Method::POST, path).json(body)).await
    }

    /// Opens a page as a browser does.
    pub async fn opens(&self, path: &str) -> Answer {
        Answer::to(self.call(Method::GET, path).header("accept", "text/html")).await
    }

    /// What stands on a page that they may read.
    pub async fn reads(&self, path: &str) -> String {
        self.gets(path).await.is(200).page()
    }

    /// Posts a form as a browser does.
    pub async fn posts_form(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let call = self.call(Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
        Answer::to(call.body(pairs.join("&"))).await
    }

    pub async fn puts(&self, path: &str, body: &Value) -> Answer {
        Answer::to(self.call(Method::PUT, path).json(body)).await
    }

    pub async fn deletes(&self, path: &str) -> Answer {
        Answer::to(self.call(Method::DELETE, path)).await
    }

    pub async fn posts_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        Answer::to(self.call(Method::POST, path).header("idempotency-key", key).json(body)).await
    }

    /// Sends a request with nothing but answers.
    pub async fn submits(&self, service: &str, answers: Value) -> Answer {
        self.posts("/api/v1/requests", &application(service, answers)).await
    }

    /// Sends the form's own example with the documents that it needs; the number.
    pub async fn delivers(&self, service: &str) -> String {
        let mut asked = application(service, self.world.example(service));
        let entry = self.world.parts.services.directory.entry(service).expect("the service is published");
        let mut documents = Vec::new();
        for evidence in entry.card.documents.iter().filter(|evidence| evidence.required) {
            documents.push(
                json!({ "evidence": evidence.id, "document": self.uploads("page.pdf", PDF).await.id() }),
            );
        }
        asked["documents"] = documents.into();
        self.posts("/api/v1/requests", &asked).await.is(201).word("number")
    }

    pub async fn uploads(&self, name: &str, bytes: &[u8]) -> Answer {
        let part = multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        self.uploads_form(multipart::Form::new().part("file", part)).await
    }

    pub async fn uploads_form(&self, form: multipart::Form) -> Answer {
        Answer::to(self.call(Method::POST, "/api/v1/documents").multipart(form)).await
    }

    /// The request as this person sees it.
    pub async fn sees(&self, number: &str) -> Value {
        self.gets(&format!("/api/v1/requests/{number}")).await.is(200).json()
    }

    pub async fn acts(&self, number: &str, act: &str, body: Value) -> Answer {
        self.posts(&format!("/api/v1/requests/{number}/{act}"), &body).await
    }

    /// Does what the request offers under this name, with the example that it gives.
    pub async fn takes(&self, number: &str, act: &str) -> Answer {
        let seen = self.sees(number).await;
        let actions = seen["actions"].as_array().expect("a request lists actions");
        let action = actions.iter().find(|action| action["name"] == act);
        let action = action.unwrap_or_else(|| panic!("{act} is not offered: {actions:?}"));
        let href = action["href"].as_str().expect("an action has an address");
        self.posts(href, &action["input"]["examples"][0]).await
    }

    /// The names of what the request offers to this person.
    pub async fn may(&self, number: &str) -> Vec<String> {
        let seen = self.sees(number).await;
        let actions = seen["actions"].as_array().expect("a request lists actions");
        actions.iter().filter_map(|action| action["name"].as_str()).map(str::to_owned).collect()
    }
}

/// A word as it may stand in a query or a posted form.
pub fn encoded(word: &str) -> String {
    word.bytes().fold(String::new(), |out, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out + &char::from(byte).to_string(),
        byte => out + &format!("%{byte:02X}"),
    })
}

pub fn application(service: &str, answers: Value) -> Value {
    json!({ "service": service, "answers": answers, "documents": [], "declaration": true })
}

/// What came back.
pub struct Answer {
    asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub async fn to(call: reqwest::RequestBuilder) -> Answer {
        let (client, call) = call.build_split();
        let call = call.expect("the call can be written");
        let asked = format!("{} {}", call.method(), call.url().path());
        let answer = client.execute(call).await.expect("the server answers");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = answer.bytes().await.expect("the answer arrives whole").to_vec();
        Answer { asked, status, headers, bytes }
    }

    #[track_caller]
    pub fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}: {}", self.asked, self.text());
        self
    }

    /// Refused with this code and by these controls, as a problem that a program can read.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str, controls: &[&str]) -> Answer {
        let problem = self.problem();
        let cited: Vec<&str> =
            problem["controls"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let told = (self.status, problem["code"].as_str().unwrap_or_default());
        assert_eq!((told, cited), ((status, code), controls.to_vec()), "{}: {}", self.asked, self.text());
        self
    }

    /// The refusal names exactly these fields, each with its word.
    #[track_caller]
    pub fn names(self, expected: &[(&str, &str)]) -> Answer {
        let problem = self.problem();
        let word = |error: &Value, member: &str| error[member].as_str().unwrap_or_default().to_owned();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        let named: Vec<(String, String)> =
            errors.iter().map(|error| (word(error, "field"), word(error, "code"))).collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect();
        assert_eq!(named, expected, "{}: {problem}", self.asked);
        self
    }

    #[track_caller]
    pub fn problem(&self) -> Value {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}: {}",
            self.asked,
            self.text()
        );
        self.json()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|line| line.to_str().ok()).unwrap_or_default()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|_| panic!("{} is no JSON: {}", self.asked, self.text()))
    }

    #[track_caller]
    pub fn word(&self, member: &str) -> String {
        let word = self.json()[member].as_str().map(str::to_owned);
        word.unwrap_or_else(|| panic!("{} has no {member}: {}", self.asked, self.text()))
    }

    #[track_caller]
    pub fn id(self) -> String {
        self.is(201).word("id")
    }

    /// Where a page leads after an act.
    #[track_caller]
    pub fn leads_to(self) -> String {
        self.is(303).header("location").to_owned()
    }

    /// All of it, for looking whether something stands on a page.
    pub fn page(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).chars().take(2_000).collect()
    }
}
