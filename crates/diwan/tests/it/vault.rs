//! Backups: taken, read by somebody else's tool, brought back, and proven; broken off and tampered with.

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Duration,
};

use diwan::settings::BackupSettings;
use serde_json::Value;
use tokio::time::sleep;

use crate::{
    template::{PROGRAM, Place},
    world::{PDF, TestDiwan},
};

const PASSWORD: &str = "correct horse battery staple";
const SERVICE: &str = "residence-certificate";
/// Backups that are killed in a row.
const KILLS: u32 = 3;

/// Where the backups of a place go; it goes with the place.
pub fn backed_up(place: &mut Place) -> PathBuf {
    let file = place.data.join("backup.password");
    std::fs::write(&file, format!("{PASSWORD}\n")).expect("the password can be written");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(&file, mode).expect("a mode can be set");
    let vault = place.data.join("vault");
    let to = Some(vault.display().to_string());
    place.backup = BackupSettings { to, password_file: Some(file), ..BackupSettings::default() };
    vault
}

fn diwan(place: &Place, args: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(args)
        .env("DIWAN_DATA", &place.data)
        .env("DIWAN_DATABASE_URL", &place.database_url)
        .env("DIWAN_BACKUP", place.data.join("vault"))
        .env("DIWAN_BACKUP_PASSWORD_FILE", place.data.join("backup.password"));
    command
}

fn runs(place: &Place, args: &[&str]) -> Output {
    diwan(place, args).output().expect("the program starts")
}

#[track_caller]
fn said(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it says JSON")
}

/// Debian's own tool for the format; it knows nothing of us.
fn restic(place: &Place, args: &[&str]) -> Output {
    let mut command = Command::new("restic");
    command.args(["--no-cache", "--repo"]).arg(place.data.join("vault")).args(args);
    command.env("RESTIC_PASSWORD", PASSWORD).output().expect("restic is installed: apt-get install restic")
}

/// Somebody has submitted something, with a document.
async fn lived(place: &Place) -> (TestDiwan, String) {
    let world = TestDiwan::open(place, clock::Clock::System).await;
    let salma = world.person("Salma");
    salma.uploads("page.pdf", PDF).await.is(201);
    let number = salma.delivers(SERVICE).await;
    world.person("Hamad").takes(&number, "verify").await.is(200);
    world.person("Noura").takes(&number, "approve").await.is(200);
    world.works_off_its_jobs().await;
    (world, number)
}

/// An empty place for what comes back: a folder, and on PostgreSQL a schema of its own.
async fn elsewhere(place: &Place) -> (PathBuf, Option<store::Aside>) {
    let folder = place.data.join("restored");
    let aside = match place.database_url.starts_with("postgres") {
        true => Some(store::Aside::make(&place.database_url).await.expect("a schema can be made")),
        false => None,
    };
    (folder, aside)
}

fn restores(place: &Place, folder: &Path, aside: Option<&store::Aside>) -> Output {
    let mut command = diwan(place, &["restore", "--format", "json", "--into"]);
    command.arg(folder).env("DIWAN_RESTORE_DATABASE_URL", aside.map_or("", store::Aside::address));
    command.output().expect("the program starts")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_comes_back_whole_and_another_tool_reads_it() {
    for mut place in Place::on_each_engine().await {
        backed_up(&mut place);
        let (world, number) = lived(&place).await;
        let none = runs(&place, &["backup", "--list"]);
        assert!(!none.status.success(), "there is nothing to list yet");

        let first = said(&runs(&place, &["backup", "--format", "json"]));
        assert!(first["files"].as_u64().is_some_and(|files| files > 5), "{first}");
        world.person("Salma").uploads("more.pdf", PDF).await.is(201);
        let second = said(&runs(&place, &["backup", "--format", "json"]));
        assert!(second["added_bytes"].as_u64() < first["added_bytes"].as_u64(), "{first} {second}");
        let listed = said(&runs(&place, &["backup", "--list", "--format", "json"]));
        assert_eq!(listed["backups"].as_array().map(Vec::len), Some(2), "{listed}");

        let snapshots = restic(&place, &["snapshots", "--json"]);
        let snapshots: Value = serde_json::from_slice(&snapshots.stdout).expect("restic says JSON");
        assert_eq!(snapshots.as_array().map(Vec::len), Some(2), "{snapshots}");
        let checked = restic(&place, &["check", "--read-data"]);
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
        let by_restic = place.data.join("by-restic");
        let restored = restic(&place, &["restore", "latest", "--target", &by_restic.display().to_string()]);
        assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
        let own = std::fs::read(place.data.join("keys/documents.key")).expect("the key is there");
        assert_eq!(std::fs::read(by_restic.join("keys/documents.key")).expect("it came back"), own);

        let (folder, aside) = elsewhere(&place).await;
        let back = said(&restores(&place, &folder, aside.as_ref()));
        let evidence = &back["evidence"];
        assert_eq!(evidence["whole"], true, "{back}");
        assert!(evidence["documents"]["whole"].as_u64().is_some_and(|whole| whole >= 3), "{back}");
        assert!(evidence["log"]["checkpoint"].as_u64().is_some_and(|size| size > 0), "{back}");
        assert!(
            restores(&place, &folder, aside.as_ref()).status.code() == Some(1),
            "it is not empty any more"
        );

        let mut verify = Command::new(PROGRAM);
        let address = aside.as_ref().map_or_else(String::new, |aside| aside.address().to_owned());
        verify.arg("verify").env("DIWAN_DATA", &folder).env("DIWAN_DATABASE_URL", address);
        let verified = verify.output().expect("the program starts");
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
        let text = String::from_utf8_lossy(&verified.stdout).into_owned();
        assert!(text.starts_with("untouched"), "{number}: {text}");
        if let Some(aside) = aside {
            aside.remove().await.expect("the schema can be removed");
        }
        world.end();
        place.clear().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_changed_in_the_repository_is_noticed() {
    for mut place in Place::on_each_engine().await {
        let vault = backed_up(&mut place);
        said(&runs(&place, &["backup", "--format", "json"]));
        assert!(runs(&place, &["backup", "--check"]).status.success());
        let passed = said(&runs(&place, &["restore", "--test", "--format", "json"]));
        assert_eq!(passed["evidence"]["whole"], true, "{passed}");
        for pack in files_below(&vault.join("data")) {
            let mut bytes = std::fs::read(&pack).expect("a pack can be read");
            let middle = bytes.len() / 3;
            bytes[middle] ^= 1;
            std::fs::write(&pack, bytes).expect("a pack can be written");
        }
        assert_eq!(runs(&place, &["backup", "--check"]).status.code(), Some(1));
        assert_eq!(runs(&place, &["restore", "--test"]).status.code(), Some(1));
        let folder = place.data.join("restored");
        let database = place.database_url.starts_with("postgres");
        if !database {
            assert!(!restores(&place, &folder, None).status.success());
            let starts = Command::new(PROGRAM).args(["migrate"]).env("DIWAN_DATA", &folder).output();
            let starts = starts.expect("the program starts");
            assert!(!starts.status.success(), "nothing starts on what was not proven");
        }
        place.clear().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_that_is_killed_leaves_the_earlier_ones_whole() {
    let mut places = Place::on_each_engine().await;
    for place in &mut places {
        let vault = backed_up(place);
        let first = said(&runs(place, &["backup", "--format", "json"]));
        let heavy = place.data.join("documents/heavy");
        let mut killed_in_the_middle = 0;
        for _ in 0..KILLS {
            std::fs::write(&heavy, noise()).expect("a file can be written");
            let packs = files_below(&vault.join("data")).len();
            let mut child = diwan(place, &["backup"]).spawn().expect("the program starts");
            for _ in 0..4_000 {
                if files_below(&vault.join("data")).len() > packs
                    || child.try_wait().is_ok_and(|end| end.is_some())
                {
                    break;
                }
                sleep(Duration::from_millis(5)).await;
            }
            let running = child.try_wait().expect("the process can be asked").is_none();
            child.kill().expect("the process can be killed");
            child.wait().expect("the process ends");
            killed_in_the_middle += u32::from(running);
        }
        assert!(killed_in_the_middle > 0, "no kill found a backup in its middle");
        let listed = said(&runs(place, &["backup", "--list", "--format", "json"]));
        let ids: Vec<&Value> =
            listed["backups"].as_array().expect("a list").iter().map(|one| &one["id"]).collect();
        assert!(ids.contains(&&first["id"]), "{listed}");
        // Takes away locks of processes that are dead, and no others.
        assert!(restic(place, &["unlock"]).status.success());
        let checked = restic(place, &["check", "--read-data"]);
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
        assert!(runs(place, &["backup", "--check"]).status.success());
        let again = said(&runs(place, &["backup", "--format", "json"]));
        assert!(again["files"].as_u64() > first["files"].as_u64(), "{again}");
        let tested = said(&runs(place, &["restore", "--test", "--format", "json"]));
        assert_eq!(tested["evidence"]["whole"], true, "{tested}");
        place.clear().await;
    }
}

/// More than one pack holds, and nothing of it shrinks: a kill when the first pack is there finds the work in its middle.
fn noise() -> Vec<u8> {
    let mut bytes = vec![0; 40 << 20];
    let mut source = std::fs::File::open("/dev/urandom").expect("the system has noise");
    source.read_exact(&mut bytes).expect("it can be read");
    bytes
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.path().is_dir() {
            true => found.extend(files_below(&entry.path())),
            false => found.push(entry.path()),
        }
    }
    found
}
