//! The parts of a node, opened in the order in which they need each other.

use std::sync::Arc;

use async_trait::async_trait;
use authz::{Failure, Policies, Source};
use backup::{INCOMPLETE_MARK, Password};
use bodies::Bodies;
use clock::Clock;
use compliance::{Compliance, Packs};
use courier::{Courier, Reach};
use devices::{Devices, PolicyBook, Tunnels};
use directory::Directories;
use documents::{Documents, DocumentsConfig, Location};
use identity::{Identity, IdentityConfig, SecretKey, Zones};
use language::{Locale, Text, Texts};
use ledger::{Keys, Ledger};
use openid::OpenId;
use operation::{Backups, Operation, Surroundings};
use permissions::Permissions;
use policies::{PolicyKind, Register};
use serde_json::json;
use services::{Directory, Forecasts, Services};
use store::{Migrations, Store, StoreConfig, Tx};
use uuid::Uuid;
use web::Site;

use crate::{
    demo,
    settings::{BackupSettings, ServeSettings, Settings},
};

/// Every crate's tables, in the order in which they build on each other.
pub const MIGRATIONS: &[Migrations] = &[
    jobs::MIGRATIONS,
    ledger::MIGRATIONS,
    documents::MIGRATIONS,
    notify::MIGRATIONS,
    sms::MIGRATIONS,
    organisations::MIGRATIONS,
    identity::MIGRATIONS,
    compliance::MIGRATIONS,
    devices::MIGRATIONS,
    openid::MIGRATIONS,
    directory::MIGRATIONS,
    services::MIGRATIONS,
    operation::MIGRATIONS,
    permissions::MIGRATIONS,
    policies::MIGRATIONS,
];

/// The policies of every capability and noun that has its own.
pub const POLICIES: &[Source] = &[
    services::POLICIES,
    compliance::POLICIES,
    operation::POLICIES,
    devices::POLICIES,
    permissions::POLICIES,
    openid::POLICIES,
    bodies::POLICIES,
    directory::POLICIES,
    policies::POLICIES,
];

/// Every crate's words.
pub const LOCALES: &[Locale] = &[
    language::LOCALE,
    web::LOCALE,
    documents::LOCALE,
    notify::LOCALE,
    compliance::LOCALE,
    organisations::LOCALE,
    identity::LOCALE,
    devices::LOCALE,
    openid::LOCALE,
    bodies::LOCALE,
    directory::LOCALE,
    services::LOCALE,
    operation::LOCALE,
    permissions::LOCALE,
    policies::LOCALE,
];

/// An open node.
pub struct Parts {
    pub settings: Settings,
    pub store: Store,
    pub clock: Clock,
    pub site: Site,
    pub ledger: Arc<Ledger>,
    pub documents: Arc<Documents>,
    pub identity: Arc<Identity>,
    pub devices: Arc<Devices>,
    pub openid: Arc<OpenId>,
    pub bodies: Arc<Bodies>,
    pub directories: Arc<Directories>,
    pub services: Arc<Services>,
    pub operation: Arc<Operation>,
    pub permissions: Arc<Permissions>,
    pub register: Arc<Register>,
    pub packs: Arc<Packs>,
    pub compliance: Arc<Compliance>,
}

/// The database, migrated.
pub async fn open_store(settings: &Settings) -> Result<Store, Failure> {
    open_store_with(settings, StoreConfig::default()).await
}

/// The same within other limits.
pub async fn open_store_with(settings: &Settings, config: StoreConfig) -> Result<Store, Failure> {
    if settings.data.join(INCOMPLETE_MARK).exists() {
        return Err(RestoredInPart(settings.data.clone()).into());
    }
    std::fs::create_dir_all(settings.data.join("keys"))?;
    let store = Store::open(&settings.database_url(), config).await?;
    for applied in store.migrate(MIGRATIONS).await? {
        tracing::info!(migration = applied, "applied");
    }
    Ok(store)
}

#[derive(Debug, thiserror::Error)]
#[error(
    "what was restored into {0} was not proven whole, so nothing starts on it; restore again into an empty folder"
)]
struct RestoredInPart(std::path::PathBuf);

pub fn texts() -> Result<Arc<Texts>, Failure> {
    Ok(Arc::new(Texts::assemble(LOCALES)?))
}

impl Parts {
    /// Opens everything; `clock` is the machine's but in the loading of the demo, which lives through a month.
    pub async fn open(settings: &Settings, serve: &ServeSettings, clock: Clock) -> Result<Parts, Failure> {
        Parts::open_on(open_store(settings).await?, settings, serve, clock).await
    }

    /// The same on a store that is open.
    pub async fn open_on(
        store: Store,
        settings: &Settings,
        serve: &ServeSettings,
        clock: Clock,
    ) -> Result<Parts, Failure> {
        let texts = texts()?;
        let ledger = log(&store, &clock, settings)?;
        let config = documents_config(settings, serve)?;
        let documents = Arc::new(Documents::open(config, store.clone(), clock.clone()).await?);
        let public_address = serve.public_address();
        let packs = Arc::new(Packs::load());
        let policies = Arc::new(Policies::parse(POLICIES)?);
        let ground = (&store, &clock, &ledger, &policies);
        let (identity, directories) = sign_in(ground, settings, serve, &packs)?;
        let services = Services {
            store: store.clone(),
            clock: clock.clone(),
            ledger: ledger.clone(),
            documents: documents.clone(),
            policies: policies.clone(),
            texts: texts.clone(),
            directory: Directory::default(),
            packs: packs.clone(),
            press: print::Press { program: serve.program()? },
            forecasts: Forecasts::default(),
            courier: courier(settings, serve)?,
            public_address: public_address.clone(),
        };
        let site = site(texts, public_address, serve.demo, clock.clone());
        let services = services.start().await?;
        let operation = Arc::new(operation(&services, settings, serve)?);
        let providing = services.clone();
        let compliance = Arc::new(Compliance {
            store: store.clone(),
            clock: clock.clone(),
            ledger: ledger.clone(),
            documents: documents.clone(),
            policies,
            packs: packs.clone(),
            identity: identity.clone(),
            provides: Arc::new(move |body| providing.directory.provides(body)),
        });
        let devices = inventory(&compliance, &site, settings, serve);
        let permissions = Arc::new(narrowings(&compliance));
        permissions.follow().await?;
        let register = register(&compliance);
        devices.tunnels.ask(Arc::new(Book { clock: clock.clone() }));
        let openid = provider(&compliance, &site, settings, serve)?;
        let bodies = Arc::new(Bodies { kernel: compliance.clone() });
        Ok(Parts {
            settings: settings.clone(),
            store,
            clock,
            site,
            ledger,
            documents,
            identity,
            devices,
            openid,
            bodies,
            directories,
            services,
            operation,
            permissions,
            register,
            packs,
            compliance,
        })
    }
}

fn log(store: &Store, clock: &Clock, settings: &Settings) -> Result<Arc<Ledger>, Failure> {
    let origin = &settings.ledger_origin;
    let keys = Arc::new(Keys::load_or_create_named(settings.key_file("ledger.key"), origin)?);
    Ok(Ledger::new(store.clone(), clock.clone(), keys, origin.clone()))
}

/// What most parts stand on.
type Ground<'a> = (&'a Store, &'a Clock, &'a Arc<Ledger>, &'a Arc<Policies>);

/// Who people are, and the directories in which bodies keep their staff: a sign-in asks both.
fn sign_in(
    (store, clock, ledger, policies): Ground<'_>,
    settings: &Settings,
    serve: &ServeSettings,
    packs: &Packs,
) -> Result<(Arc<Identity>, Arc<Directories>), Failure> {
    let mut config = identity_config(settings, serve, packs)?;
    let ways = (config.key.clone(), Reach(serve.endpoint_networks.clone()));
    let directories = Directories::new(store.clone(), clock.clone(), ledger.clone(), policies.clone(), ways);
    config.directory = Some(directories.clone());
    Ok((Identity::new(store.clone(), clock.clone(), ledger.clone(), config), directories))
}

/// How identity is set up: its key, and the numbers of the packs.
fn identity_config(
    settings: &Settings,
    serve: &ServeSettings,
    packs: &Packs,
) -> Result<IdentityConfig, Failure> {
    Ok(IdentityConfig {
        key: SecretKey::load_or_create(&settings.key_file("identity.key"))?,
        public_address: serve.public_address(),
        step_up_holds: lasts(packs, "identity.step_up.holds", identity::STEP_UP_HOLDS),
        phone_reconfirm: lasts(packs, "identity.phone.reconfirm", identity::PHONE_RECONFIRM),
        zones: Zones(serve.zones.clone()),
        ladder: ladder(packs),
        directory: None,
        demo: if serve.demo { demo::cast::on_sign_in(settings)? } else { Vec::new() },
    })
}

/// The register of policies, for the networks that depend on one.
struct Book {
    clock: Clock,
}

#[async_trait]
impl PolicyBook for Book {
    async fn has_vpn_policy(&self, tx: &Tx, body: Uuid) -> Result<bool, Failure> {
        policies::has_in_force(tx, body, PolicyKind::VpnUse, self.clock.now()).await
    }
}

fn narrowings(ground: &Compliance) -> Permissions {
    Permissions {
        store: ground.store.clone(),
        clock: ground.clock.clone(),
        ledger: ground.ledger.clone(),
        policies: ground.policies.clone(),
        packs: ground.packs.clone(),
        followed: permissions::Followed::default(),
    }
}

fn register(ground: &Compliance) -> Arc<Register> {
    Arc::new(Register {
        store: ground.store.clone(),
        clock: ground.clock.clone(),
        ledger: ground.ledger.clone(),
        policies: ground.policies.clone(),
        packs: ground.packs.clone(),
    })
}

/// Stands on the same ground as compliance, to which it tells whom it turned away.
fn inventory(
    compliance: &Compliance,
    site: &Site,
    settings: &Settings,
    serve: &ServeSettings,
) -> Arc<Devices> {
    let in_demo = || serve.demo.then(|| settings.demo_folder().join("vpn"));
    Arc::new(Devices {
        store: compliance.store.clone(),
        clock: compliance.clock.clone(),
        ledger: compliance.ledger.clone(),
        documents: compliance.documents.clone(),
        policies: compliance.policies.clone(),
        public_address: site.public_address.clone(),
        offset: site.offset,
        acceptance_holds: lasts(&compliance.packs, "attestation.cadence", devices::ACCEPTANCE_HOLDS),
        institution_paths: serve.institution_paths.clone(),
        tunnels: Tunnels::new(serve.vpn_folder.clone().or_else(in_demo)),
    })
}

/// Stands on the same ground; what seals second factors seals the keys that sign tokens too.
fn provider(
    compliance: &Compliance,
    site: &Site,
    settings: &Settings,
    serve: &ServeSettings,
) -> Result<Arc<OpenId>, Failure> {
    Ok(Arc::new(OpenId {
        store: compliance.store.clone(),
        clock: compliance.clock.clone(),
        ledger: compliance.ledger.clone(),
        policies: compliance.policies.clone(),
        identity: compliance.identity.clone(),
        key: SecretKey::load_or_create(&settings.key_file("identity.key"))?,
        courier: courier(settings, serve)?,
        issuer: site.public_address.trim_end_matches('/').to_owned(),
    }))
}

fn site(texts: Arc<Texts>, public_address: String, demo: bool, clock: Clock) -> Site {
    let name = Text::new("البوابة الوطنية للخدمات", "National services portal");
    let offset = language::Offset { minutes: organisations::Hours::default().offset_minutes };
    Site { texts, public_address, name, demo, clock, offset }
}

/// What watches the node stands on the same parts as what it watches.
fn operation(services: &Services, settings: &Settings, serve: &ServeSettings) -> Result<Operation, Failure> {
    Ok(Operation {
        store: services.store.clone(),
        clock: services.clock.clone(),
        ledger: services.ledger.clone(),
        documents: services.documents.clone(),
        policies: services.policies.clone(),
        packs: services.packs.clone(),
        texts: services.texts.clone(),
        node: node_id(serve),
        started: services.clock.now(),
        place: surroundings(settings, serve)?,
    })
}

/// Letters to bodies are signed by a key of their own: one that signs the log signs nothing else.
pub(crate) fn courier(settings: &Settings, serve: &ServeSettings) -> Result<Courier, Failure> {
    let keys = Keys::load_or_create_named(settings.key_file("endpoints.key"), &settings.ledger_origin)?;
    let reach = Reach(serve.endpoint_networks.clone());
    Ok(Courier::new(reach, serve.endpoint_authorities.as_deref(), Arc::new(keys))?)
}

/// Who this process is among the nodes: the same after a restart on the same machine and port, so that a node that was
/// killed and came back is not missed.
fn node_id(serve: &ServeSettings) -> Uuid {
    let machine = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let hash = ledger::leaf_hash(format!("{}/{}/{:?}", machine.trim(), serve.listen, serve.role).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// What is around the program on this node, and the settings that a backup keeps: names and values without secrets.
fn surroundings(settings: &Settings, serve: &ServeSettings) -> Result<Surroundings, Failure> {
    let mail = serve.mail_server().map(|server| {
        let server = server.split_once("://").map_or(server, |(_, rest)| rest);
        server.rsplit_once('@').map_or(server, |(_, host)| host).trim_end_matches('/').to_owned()
    });
    let kept = [
        ("DIWAN_LEDGER_ORIGIN", json!(settings.ledger_origin)),
        ("DIWAN_PUBLIC_ADDRESS", json!(serve.public_address)),
        ("DIWAN_CALLS_PER_SECOND", json!(serve.calls_per_second)),
        ("DIWAN_MAIL_FROM", json!(serve.mail_from)),
        ("DIWAN_MAIL_BOUNCES", json!(serve.mail_bounces)),
        ("DIWAN_CLAMD", json!(serve.clamd)),
        ("DIWAN_S3", json!(serve.s3)),
        ("DIWAN_STORES", json!(serve.stores)),
    ];
    Ok(Surroundings {
        data: settings.data.clone(),
        keys: settings.data.join("keys"),
        database_url: settings.database_url(),
        mail,
        backups: backups(&settings.backup)?,
        settings: kept.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        sets: MIGRATIONS,
        role: serve.role.word(),
    })
}

fn documents_config(settings: &Settings, serve: &ServeSettings) -> Result<DocumentsConfig, Failure> {
    let mut config = DocumentsConfig::in_folder(&settings.data);
    config.master_key_file = settings.key_file("documents.key");
    config.clamd = serve.clamd.clone();
    if let Some(address) = &serve.s3 {
        config.location = s3(address, "DIWAN_S3")?;
    }
    for store in &serve.stores {
        let (name, address) = store.split_once('=').ok_or(AddressError::Store)?;
        let location = match address.starts_with("http") {
            true => s3(address, "DIWAN_S3")?,
            false => Location::Folder(address.into()),
        };
        config.places.insert(name.to_owned(), location);
    }
    Ok(config)
}

#[derive(Debug, thiserror::Error)]
enum AddressError {
    #[error("an address of S3 is not of the form http(s)://host:port/bucket")]
    Address,
    #[error("DIWAN_STORES is not of the form name=/folder,name=http(s)://host:port/bucket")]
    Store,
    #[error("{0} is not set")]
    Missing(String),
}

/// Where backups go and what opens them; `None` when no place is set.
pub fn backups(settings: &BackupSettings) -> Result<Option<Backups>, Failure> {
    let Some(to) = settings.to.as_deref().filter(|to| !to.is_empty()) else { return Ok(None) };
    let location = match to.starts_with("http") {
        true => s3(to, "DIWAN_BACKUP_S3")?,
        false => Location::Folder(to.into()),
    };
    let password = match (&settings.password_file, std::env::var("DIWAN_BACKUP_PASSWORD")) {
        (Some(file), _) => Password::from_file(file)?,
        (None, Ok(words)) => Password::new(&words)?,
        (None, Err(_)) => return Err(AddressError::Missing("DIWAN_BACKUP_PASSWORD_FILE".to_owned()).into()),
    };
    Ok(Some(Backups { location, password, keep: settings.keep() }))
}

/// `prefix` begins the names of the variables with its keys.
fn s3(address: &str, prefix: &str) -> Result<Location, AddressError> {
    let (endpoint, bucket) = address.trim_end_matches('/').rsplit_once('/').ok_or(AddressError::Address)?;
    if !endpoint.starts_with("http") || bucket.is_empty() {
        return Err(AddressError::Address);
    }
    let secret = |name: &str| {
        let name = format!("{prefix}_{name}");
        std::env::var(&name).map_err(|_| AddressError::Missing(name))
    };
    Ok(Location::S3 {
        endpoint: endpoint.to_owned(),
        region: secret("REGION").unwrap_or_else(|_| "us-east-1".into()),
        bucket: bucket.to_owned(),
        access_key_id: secret("ACCESS_KEY_ID")?,
        secret_access_key: secret("SECRET_ACCESS_KEY")?,
        authorities: None,
    })
}

/// How long the rules in force let something hold: a second factor before it is asked for again (KW-RW-9.5.9), a number before
/// an official is asked about it (LY-MAIL-3.02b), an acceptance before it is asked for again (KW-RW-9.5.4).
fn lasts(packs: &Packs, parameter: &str, otherwise: std::time::Duration) -> std::time::Duration {
    let lasts = packs.parameter(parameter).and_then(|resolved| resolved.value.duration());
    lasts.unwrap_or(otherwise)
}

/// How many warnings of an attack must go unanswered, and how long each waits (LY-MAIL-3.07d).
fn ladder(packs: &Packs) -> identity::Ladder {
    let proposed = identity::Ladder::default();
    let value = |id: &str| packs.parameter(id).map(|resolved| resolved.value.clone());
    identity::Ladder {
        warnings: value("mail.alerts.before_reset")
            .and_then(|value| value.count())
            .map_or(proposed.warnings, i64::from),
        interval: value("mail.alerts.interval")
            .and_then(|value| value.duration())
            .unwrap_or(proposed.interval),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix speaks of every act, role and person in words.
    #[test]
    fn whatever_the_policies_speak_of_has_words() {
        let policies = Policies::parse(POLICIES).expect("the policies fit their schemas");
        let texts = texts().expect("the texts can be read");
        let known = texts.keys();
        let mut missing = std::collections::BTreeSet::new();
        let mut need = |key: String| {
            if !known.contains(key.as_str()) {
                missing.insert(key);
            }
        };
        let hyphened = |word: &str| word.replace('_', "-");
        for row in policies.matrix() {
            need(format!("act-{}-{}", hyphened(row.capability), hyphened(&row.action)));
            need(format!("permissions-of-{}", hyphened(row.capability)));
            for held in &row.roles {
                need(format!("who-role-at-{}", hyphened(&held.at)));
                need(format!("permissions-at-{}", hyphened(&held.at)));
            }
            let besides = row.roles.iter().filter_map(|held| held.person.as_ref());
            besides.chain(&row.persons).for_each(|person| need(format!("who-person-{}", hyphened(person))));
        }
        assert!(missing.is_empty(), "{missing:?}");
    }

    /// What nobody could ever do would be a policy or a schema that says something else than it means.
    #[test]
    fn every_act_is_open_to_somebody_by_a_role_that_exists() {
        let policies = Policies::parse(POLICIES).expect("the policies fit their schemas");
        let mut rows = 0;
        for row in policies.matrix() {
            let at = format!("{} {} {}", row.capability, row.action, row.kind);
            assert!(!row.permits.is_empty(), "{at} is permitted by no policy");
            assert!(row.anyone || !row.roles.is_empty() || !row.persons.is_empty(), "{at} is open to nobody");
            for held in row.roles.iter().filter(|held| held.role != authz::ANY_ROLE) {
                assert!(organisations::ROLES.contains(&held.role.as_str()), "{at}: {}", held.role);
            }
            rows += 1;
        }
        assert!(rows > 90, "{rows}");
    }
}
