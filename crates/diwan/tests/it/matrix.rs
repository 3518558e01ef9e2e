//! What the matrix of roles denies, no role can read: every address that is got, tried with each role alone.
//!
//! The decisions that were asked on the way are heard through the log; whatever opens to a role and not to a citizen must have
//! asked one that the matrix gives to that role.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::{LazyLock, Mutex},
};

use authz::{Assurance, DECISIONS};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use uuid::Uuid;

use crate::{
    refusals::{NOBODYS_ID, described},
    strangers::Things,
    template::Place,
    world::{Person, TestDiwan},
};

const STAFF: &[&str] = &organisations::ROLES;
const HEADS: &[&str] = &["head", "administrator"];
const OVERSEERS: &[&str] = &["head", "auditor", "administrator"];
const PROVIDERS: &[&str] = &["head", "author", "administrator"];
const KEEPERS_OF_DEVICES: &[&str] = &["device_officer", "administrator"];
const AT_A_DESK: &[&str] = &["officer", "decider", "head", "member", "device_officer"];

/// Lists and forms that open to a role before anything is asked of a policy: their SQL asks only for what may be seen, and
/// what they send is decided. To no other role do they open.
const LISTS: &[(&str, &[&str])] = &[
    ("/api/v1/attestations", STAFF),
    ("/api/v1/cases", STAFF),
    ("/api/v1/compliance", OVERSEERS),
    ("/api/v1/devices", KEEPERS_OF_DEVICES),
    ("/api/v1/directory/duties", PROVIDERS),
    ("/api/v1/directory/legal_reviews", &["legal_reviewer"]),
    ("/api/v1/directory/proposals/{id}/process", &["author"]),
    ("/api/v1/exemptions", STAFF),
    ("/api/v1/exemptions/{id}", OVERSEERS),
    ("/api/v1/findings", STAFF),
    ("/api/v1/losses", KEEPERS_OF_DEVICES),
    ("/compliance/attestations", STAFF),
    ("/compliance/cases", STAFF),
    ("/compliance/exemptions", STAFF),
    ("/compliance/exemptions/{id}", OVERSEERS),
    ("/compliance/findings", STAFF),
    ("/desk", AT_A_DESK),
    ("/desk/advice", AT_A_DESK),
    ("/desk/assisted", &["officer"]),
    ("/desk/devices", KEEPERS_OF_DEVICES),
    ("/desk/devices/losses", KEEPERS_OF_DEVICES),
    ("/desk/devices/losses/new", KEEPERS_OF_DEVICES),
    ("/desk/devices/new", KEEPERS_OF_DEVICES),
    ("/desk/devices/rules", KEEPERS_OF_DEVICES),
    ("/desk/legal", &["legal_reviewer"]),
    ("/directory", PROVIDERS),
    ("/directory/classification", STAFF),
    ("/directory/entries/{slug}", PROVIDERS),
    ("/directory/entries/{slug}/versions/{version}", PROVIDERS),
    ("/directory/entries/{slug}/versions/{version}/preview", PROVIDERS),
    ("/directory/levels", STAFF),
    ("/directory/rules", STAFF),
    ("/directory/storage", STAFF),
    ("/api/v1/bodies", HEADS),
    ("/api/v1/devices/releases", KEEPERS_OF_DEVICES),
    ("/api/v1/personal-mail", &["administrator"]),
    ("/api/v1/policies", STAFF),
    ("/api/v1/vpn/permissions", KEEPERS_OF_DEVICES),
    ("/api/v1/vpn/profiles", KEEPERS_OF_DEVICES),
    ("/desk/bodies", HEADS),
    ("/desk/bodies/export", HEADS),
    ("/desk/devices/file", KEEPERS_OF_DEVICES),
    ("/desk/devices/losses/file", KEEPERS_OF_DEVICES),
    ("/desk/devices/releases", KEEPERS_OF_DEVICES),
    ("/desk/devices/releases/file", KEEPERS_OF_DEVICES),
    ("/desk/devices/vpn", KEEPERS_OF_DEVICES),
    ("/desk/devices/vpn/permissions", KEEPERS_OF_DEVICES),
    ("/desk/devices/vpn/permissions/file", KEEPERS_OF_DEVICES),
    ("/personal-mail", &["administrator"]),
    ("/policies", STAFF),
    ("/numbers", &["administrator"]),
    ("/templates", &["author", "head"]),
];

/// A decision: capability, act, and whether it was permitted.
type Decision = (String, String, bool);

static HEARD: LazyLock<Mutex<Vec<Decision>>> = LazyLock::new(Mutex::default);

/// Hears the decisions and nothing else.
struct Ear;

#[derive(Default)]
struct Told {
    words: BTreeMap<&'static str, String>,
    permitted: bool,
}

impl Visit for Told {
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.permitted |= field.name() == "permitted" && value;
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.words.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

impl Subscriber for Ear {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == DECISIONS
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut told = Told::default();
        event.record(&mut told);
        let word = |name| told.words.get(name).cloned().unwrap_or_default();
        HEARD.lock().expect("an ear").push((word("capability"), word("action"), told.permitted));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The address of a route that answers GET: `"/desk", get(show))`.
fn got_at(route: &str) -> Option<&str> {
    let (path, rest) = route.trim_start().strip_prefix('"')?.split_once('"')?;
    rest.trim_start_matches(',').trim_start().starts_with("get(").then_some(path)
}

/// Every address of pages that is got, as the sources say.
fn pages() -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates");
    let (mut found, mut folders) = (BTreeSet::new(), vec![crates.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && path.components().any(|it| it.as_os_str() == "src")
            {
                let text = fs::read_to_string(&path).expect("a source");
                found.extend(text.split(".route(").skip(1).filter_map(got_at).map(str::to_owned));
            }
        }
    }
    found
}

/// A path with ids of things that there are, at the body at which the role is held.
fn filled(things: &Things, path: &str) -> String {
    let mut path = path.to_owned();
    if let Some(place) = path.find("/{")
        && !path.starts_with("/api/")
    {
        let noun = path[..place].rsplit('/').next().unwrap_or_default();
        let noun = if noun == "desk" { "requests" } else { noun };
        if let Some(id) = things.one(&format!("/api/v1/{noun}/")) {
            let end = path.find('}').unwrap_or(path.len() - 1);
            path.replace_range(place + 1..=end, &id);
        }
    } else if let Some(theirs) = things.somebodys(&path) {
        path = theirs;
    }
    let known = [
        ("{slug}", "residence-certificate"),
        ("{service}", "residence-certificate"),
        ("{body}", "civil-registry"),
        ("{pack}", "ly-services"),
        ("{version}", "1"),
        ("{page}", "1"),
        ("{part}", "card"),
        ("{control}", "LY-SVC-8.1"),
        ("{capability}", "services"),
        ("{action}", "verify"),
        ("{lang}", "ar"),
    ];
    for (name, value) in known {
        path = path.replace(name, value);
    }
    if path.starts_with("/compliance/bodies/") {
        path = path.replace("residence-certificate", "civil-registry");
    }
    while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
        path.replace_range(from..=to, NOBODYS_ID);
    }
    path
}

async fn holds(world: &TestDiwan, person: Uuid, role: Option<&str>) {
    let (store, at) = (&world.parts.store, world.clock.now());
    let body =
        organisations::body_by_slug(&store.read(), "civil-registry").await.expect("bodies").expect("a body");
    store
        .write(Holds { person, body: body.id, role: role.map(str::to_owned), at })
        .await
        .expect("it is written");
}

/// Somebody holds this role and no other.
struct Holds {
    person: Uuid,
    body: Uuid,
    role: Option<String>,
    at: clock::Timestamp,
}

impl store::Verb for Holds {
    type Answer = ();
    type Error = store::StoreError;

    async fn apply(&self, tx: &store::Tx) -> Result<(), store::StoreError> {
        tx.run("DELETE FROM organisations_appointment WHERE person = $1", vec![self.person.into()]).await?;
        let Some(role) = &self.role else { return Ok(()) };
        let insert = "INSERT INTO organisations_appointment (id, person, body, role, from_at) VALUES ($1, $2, $3, $4, $5)";
        let values = vec![
            Uuid::now_v7().into(),
            self.person.into(),
            self.body.into(),
            role.clone().into(),
            (self.at.0 - 1_000_000).into(),
        ];
        tx.run(insert, values).await.map(drop)
    }
}

/// What came of getting a path: the status, and what was decided.
async fn got(person: &Person, path: &str) -> (u16, BTreeSet<Decision>) {
    HEARD.lock().expect("an ear").clear();
    let status =
        if path.starts_with("/api/") { person.gets(path).await } else { person.opens(path).await }.status;
    (status, HEARD.lock().expect("an ear").drain(..).collect())
}

#[tokio::test]
async fn no_role_reads_what_the_matrix_denies() {
    tracing::subscriber::set_global_default(Ear).expect("nobody listens yet");
    let place = Place::on_each_engine().await.into_iter().next().expect("an engine");
    let world = TestDiwan::open(&place, clock::Clock::System).await;
    let things = Things::made(&world).await;
    let huda = world.actor("Huda").await.person;
    let person = world.surely("Huda", Assurance::Substantial).await;
    let calls = described(&world).await;
    let calls = calls.iter().filter_map(|call| call.strip_prefix("GET ").map(str::to_owned));
    let paths: BTreeSet<String> = pages().into_iter().chain(calls).filter(|path| path != "/events").collect();
    let policies = &world.parts.compliance.policies;
    let (mut wrong, mut opened) = (Vec::new(), 0);
    for path in &paths {
        let address = filled(&things, path);
        holds(&world, huda, None).await;
        let (citizens, public) = got(&person, &address).await;
        for role in organisations::ROLES {
            holds(&world, huda, Some(role)).await;
            let (status, decided) = got(&person, &address).await;
            let permitted = decided.difference(&public).filter(|(_, _, permitted)| *permitted);
            let (open, closed): (Vec<_>, Vec<_>) = permitted.partition(|(capability, action, _)| {
                policies.rows(capability, action).iter().any(|row| row.opens_to(role))
            });
            wrong.extend(closed.iter().map(|it| format!("{role} {path}: {it:?} is not in the matrix")));
            let is_list = LISTS.iter().any(|(list, roles)| list == path && roles.contains(&role));
            if (200..300).contains(&status) && !(200..300).contains(&citizens) {
                opened += 1;
                if open.is_empty() && !is_list {
                    wrong
                        .push(format!("{role} {path}: opened without a decision ({citizens} for a citizen)"));
                }
            }
        }
    }
    world.end();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(paths.len() > 150 && opened > 100, "{} addresses, {opened} opened", paths.len());
}
