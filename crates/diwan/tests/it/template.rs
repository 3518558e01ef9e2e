//! The small demo, loaded once for all tests and copied for each: hashing the cast's passwords takes seconds, a copy
//! takes a moment.
//!
//! The program itself loads it. It lies in the folder for temporary files under the fingerprint of that program, so
//! that every change of the program makes a new one, and processes that start together make it once.

use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, SystemTime},
};

use diwan::settings::{BackupSettings, Settings};
use testkit::database;
use uuid::Uuid;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_diwan");
/// Copies that are older than this belong to tests that failed and were looked at, or never will be.
const COPY_AGE_MAX: Duration = Duration::from_secs(3_600);

/// How often a folder is tried to be removed, and the time between.
const CLEAR_TRIES: u32 = 20;
const CLEAR_WAIT: Duration = Duration::from_millis(50);

/// A data folder and a database with the small demo, for one test.
pub struct Place {
    pub data: PathBuf,
    pub database_url: String,
    /// None unless a test sets them.
    pub backup: BackupSettings,
    postgres: Option<(String, String)>,
}

impl Place {
    /// One on each engine.
    pub async fn on_each_engine() -> Vec<Place> {
        let template = Template::ready().await;
        let mut places = vec![template.copy_sqlite()];
        if let Some(server) = database::postgres_server() {
            places.push(template.copy_postgres(server).await);
        }
        places
    }

    pub fn settings(&self) -> Settings {
        Settings {
            data: self.data.clone(),
            database_url: Some(self.database_url.clone()),
            ledger_origin: "diwan.example/ledger".to_owned(),
            backup: self.backup.clone(),
        }
    }

    pub fn engine(&self) -> &'static str {
        if self.postgres.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    /// Clears away what a test that passed has left.
    pub async fn clear(&self) {
        if let Some((server, name)) = &self.postgres {
            database::drop_database(server, name).await;
        }
        // What nobody waits for, such as the moment of last use, may still be written for an instant.
        for _ in 0..CLEAR_TRIES {
            if fs::remove_dir_all(&self.data).is_ok() {
                return;
            }
            tokio::time::sleep(CLEAR_WAIT).await;
        }
        fs::remove_dir_all(&self.data).expect("the data folder of a test can be removed");
    }
}

struct Template {
    folder: PathBuf,
    key: String,
    /// Held while copies are made, so that no other process sweeps the template away.
    lock: File,
}

impl Template {
    async fn ready() -> Template {
        let root = std::env::temp_dir().join("diwan-tests");
        fs::create_dir_all(&root).expect("the folder for tests can be made");
        let key = fingerprint(Path::new(PROGRAM));
        let folder = root.join(format!("template-{key}"));
        loop {
            let lock = File::create(root.join("template.lock")).expect("the lock can be made");
            lock.lock_shared().expect("the lock can be held");
            let template = Template { folder: folder.clone(), key: key.clone(), lock };
            if template.folder.join("ready").exists() {
                return template;
            }
            template.lock.unlock().expect("the lock can be given back");
            template.lock.lock().expect("the lock can be held");
            if !template.folder.join("ready").exists() {
                sweep(&root);
                template.make().await;
            }
        }
    }

    fn database(&self) -> String {
        format!("diwan_template_{}", self.key)
    }

    async fn make(&self) {
        load(&self.folder.join("sqlite"), None);
        if let Some(server) = database::postgres_server() {
            for old in database::databases(&server, "diwan_template_").await {
                database::drop_database(&server, &old).await;
            }
            for old in database::databases(&server, "diwan_t_").await {
                if is_old(old.trim_start_matches("diwan_t_")) {
                    database::drop_database(&server, &old).await;
                }
            }
            let url = database::create_database(&server, &self.database(), None).await;
            load(&self.folder.join("postgres"), Some(&url));
        }
        fs::write(self.folder.join("ready"), "").expect("the template can be marked");
    }

    fn copy_sqlite(&self) -> Place {
        let data = new_folder();
        copy_folder(&self.folder.join("sqlite"), &data);
        let database_url = format!("sqlite://{}", data.join("diwan.db").display());
        Place { database_url, data, backup: BackupSettings::default(), postgres: None }
    }

    async fn copy_postgres(&self, server: String) -> Place {
        let data = new_folder();
        copy_folder(&self.folder.join("postgres"), &data);
        let name = format!("diwan_t_{}", Uuid::now_v7().simple());
        let database_url = database::create_database(&server, &name, Some(&self.database())).await;
        Place { data, database_url, backup: BackupSettings::default(), postgres: Some((server, name)) }
    }
}

/// `diwan demo --scope small`, in a process of its own, so that nothing holds the files afterwards.
fn load(data: &Path, database_url: Option<&str>) {
    if data.exists() {
        fs::remove_dir_all(data).expect("a template that was not finished can be removed");
    }
    fs::create_dir_all(data).expect("the folder of the template can be made");
    let loaded = Command::new(PROGRAM)
        .args(["demo", "--scope", "small"])
        .env("DIWAN_DATA", data)
        .env("DIWAN_DATABASE_URL", database_url.unwrap_or_default())
        .output()
        .expect("the program starts");
    assert!(loaded.status.success(), "the demo was not loaded: {}", String::from_utf8_lossy(&loaded.stderr));
}

fn fingerprint(program: &Path) -> String {
    let told = fs::metadata(program).expect("the program is built");
    let mut hasher = DefaultHasher::new();
    (program, told.len(), told.modified().ok()).hash(&mut hasher);
    std::env::var(database::POSTGRES_VARIABLE).ok().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn new_folder() -> PathBuf {
    let folder = std::env::temp_dir().join("diwan-tests").join(Uuid::now_v7().simple().to_string());
    fs::create_dir_all(&folder).expect("a data folder can be made");
    folder
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the template can be read") {
        let entry = entry.expect("the template can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("the template can be copied");
        }
    }
}

/// Removes templates of former programs and old copies.
fn sweep(root: &Path) {
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && (name.starts_with("template-") || is_old(&name)) {
            fs::remove_dir_all(entry.path()).expect("an old folder can be removed");
        }
    }
}

/// Whether a name that is a UUID of version 7 was given long ago.
fn is_old(name: &str) -> bool {
    let given = Uuid::try_parse(name).ok().and_then(|id| id.get_timestamp());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    given.is_some_and(|at| at.to_unix().0 + COPY_AGE_MAX.as_secs() < now.as_secs())
}
