//! A repository of backups in restic's format. All calls block; [`Vault::on_thread`] is how the others make them.

use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Component, Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use clock::Timestamp;
use rustic_core::{
    BackupOptions, CheckOptions, ConfigOptions, Credentials, HiddenProgress, IndexedFullStatus, KeyOptions,
    LsOptions, OpenStatus, ProgressBars, ProgressType, PruneOptions, Repository, RepositoryBackends,
    RepositoryOptions, RusticError, RusticProgress, SnapshotOptions,
    jiff::{self, Zoned, tz::TimeZone},
    repofile::{MasterKey, Node, SnapshotFile, SnapshotId},
};
use serde::Serialize;

use crate::{BackupError, Keep, Password, Place, source::Source};

/// By whom and of what a backup is, for other tools that list it.
const NAME: &str = "diwan";
const ROOT: &str = "/diwan";
/// Files that are brought back at the same time: storage that is far away answers each of them slowly.
const RESTORERS: usize = 8;

/// A complete backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// SHA-256 of what describes it, which holds the hashes of all that is in it.
    pub id: String,
    /// Microseconds since 1970.
    pub taken_at: i64,
    pub files: u64,
    pub bytes: u64,
    /// Bytes that it added to the repository.
    pub added_bytes: u64,
}

impl Snapshot {
    pub fn taken_at(&self) -> Timestamp {
        Timestamp(self.taken_at)
    }

    fn of(file: &SnapshotFile) -> Snapshot {
        let summary = file.summary.as_ref();
        Snapshot {
            id: file.id.to_hex().as_str().to_owned(),
            taken_at: file.time.timestamp().as_microsecond(),
            files: summary.map_or(0, |summary| summary.total_files_processed),
            bytes: summary.map_or(0, |summary| summary.total_bytes_processed),
            added_bytes: summary.map_or(0, |summary| summary.data_added_packed),
        }
    }
}

/// How far the reading has come.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU64,
    whole: AtomicU64,
}

impl Progress {
    /// Bytes that were read, and bytes in all.
    pub fn bytes(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.whole.load(Ordering::Relaxed))
    }
}

/// What the library tells while it counts bytes; the rest of its telling is let go.
#[derive(Clone, Debug)]
struct Counting(Arc<Progress>);

impl RusticProgress for Counting {
    fn is_hidden(&self) -> bool {
        false
    }

    fn set_length(&self, whole: u64) {
        self.0.whole.store(whole, Ordering::Relaxed);
    }

    fn set_title(&self, _: &str) {}

    fn inc(&self, more: u64) {
        self.0.done.fetch_add(more, Ordering::Relaxed);
    }

    fn finish(&self) {}
}

impl ProgressBars for Counting {
    fn progress(&self, kind: ProgressType, _: &str) -> rustic_core::Progress {
        match kind {
            ProgressType::Bytes => rustic_core::Progress::new(self.clone()),
            _ => rustic_core::Progress::new(HiddenProgress),
        }
    }
}

/// A repository that the password has opened.
#[derive(Clone)]
pub struct Vault {
    place: Place,
    key: MasterKey,
    progress: Arc<Progress>,
}

impl Vault {
    pub fn open(place: &Place, password: &Password) -> Result<Vault, BackupError> {
        if !place.is_made()? {
            return Err(BackupError::NoVault(place.named().to_owned()));
        }
        let opened = at(place, &Arc::default())?.open(&Credentials::password(password.reveal()));
        let opened = opened.map_err(|error| match error.is_incorrect_password() {
            true => BackupError::WrongPassword(place.named().to_owned()),
            false => error.into(),
        })?;
        Ok(Vault { place: place.clone(), key: opened.key(), progress: Arc::default() })
    }

    /// The same; where nothing is yet, an empty one is made. Its key is written first, so that one that was broken off is
    /// made again.
    pub fn open_or_make(place: &Place, password: &Password) -> Result<Vault, BackupError> {
        match Vault::open(place, password) {
            Err(BackupError::NoVault(_)) => {}
            other => return other,
        }
        let named = KeyOptions::default().hostname(NAME.to_owned()).username(NAME.to_owned());
        let credentials = Credentials::password(password.reveal());
        let made = at(place, &Arc::default())?.init(&credentials, &named, &ConfigOptions::default())?;
        Ok(Vault { place: place.clone(), key: made.key(), progress: Arc::default() })
    }

    /// Runs what blocks on a thread where it may.
    pub async fn on_thread<T: Send + 'static>(
        work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
    ) -> Result<T, BackupError> {
        tokio::task::spawn_blocking(work).await.map_err(|_| BackupError::BrokenOff)?
    }

    pub fn progress(&self) -> Arc<Progress> {
        self.progress.clone()
    }

    fn at(&self, place: &Place) -> Result<Repository<OpenStatus>, BackupError> {
        Ok(at(place, &self.progress)?.open(&Credentials::Masterkey(self.key.clone()))?)
    }

    /// Takes everything in the source, as of `at`. What describes it is written last, and only when all of it was read
    /// whole.
    pub(crate) fn take(&self, source: &Source, at: Timestamp) -> Result<Snapshot, BackupError> {
        let repository = self.at(&self.place.for_backup_of(source.unread()))?.to_indexed_ids()?;
        let options = SnapshotOptions::default().host(NAME.to_owned()).time(moment(at)?);
        let backup = repository.archive(
            &BackupOptions::default(),
            source,
            options.to_snapshot()?,
            &[PathBuf::from(ROOT)],
        );
        let unread = source.unread();
        let unread = unread.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(first) = unread.first() {
            return Err(BackupError::Unread { count: unread.len(), first: first.clone() });
        }
        let taken = backup?;
        let snapshot = Snapshot::of(&taken);
        if (snapshot.files, snapshot.bytes) != (source.files(), source.bytes()) {
            repository.delete_snapshots(&[taken.id])?;
            return Err(BackupError::Vault("the backup does not hold what was listed".to_owned()));
        }
        Ok(snapshot)
    }

    /// The newest first.
    fn files(&self) -> Result<Vec<SnapshotFile>, BackupError> {
        let mut files = self.at(&self.place)?.get_all_snapshots()?;
        files.sort_by(|one, other| (&other.time, other.id).cmp(&(&one.time, one.id)));
        Ok(files)
    }

    /// The newest first.
    pub fn snapshots(&self) -> Result<Vec<Snapshot>, BackupError> {
        Ok(self.files()?.iter().map(Snapshot::of).collect())
    }

    /// The one whose id begins so, or the newest.
    pub fn find(&self, beginning: Option<&str>) -> Result<Snapshot, BackupError> {
        let fits = |snapshot: &Snapshot| beginning.is_none_or(|id| snapshot.id.starts_with(id));
        let found = self.snapshots()?.into_iter().find(fits);
        found.ok_or_else(|| BackupError::NoSnapshot(beginning.unwrap_or("latest").to_owned()))
    }

    /// Reads every byte of the repository and compares it with its hash; every piece of every backup must be there.
    pub fn check(&self) -> Result<(), BackupError> {
        let found = self.at(&self.place)?.check(CheckOptions::default().read_data(true))?;
        found.is_ok().map_err(|_| {
            let all: Vec<String> = found.0.iter().map(|(_, fault)| fault.to_string()).collect();
            BackupError::Vault(all.join("; "))
        })
    }

    /// Writes what a backup holds into a folder.
    pub(crate) fn fetch(&self, snapshot: &Snapshot, folder: &Path) -> Result<(), BackupError> {
        let repository = self.at(&self.place)?.to_indexed()?;
        let found = repository.get_snapshot_from_str(&snapshot.id, |_| true)?;
        let root = repository.node_from_snapshot_and_path(&found, "")?;
        let nodes = Mutex::new(repository.ls(&root, &LsOptions::default())?);
        let next = || nodes.lock().unwrap_or_else(PoisonError::into_inner).next();
        std::thread::scope(|scope| {
            let work = || {
                while let Some(node) = next() {
                    let (path, node) = node?;
                    bring_back(&repository, &node, &folder.join(inside(&path)?))?;
                }
                Ok(())
            };
            let all: Vec<_> = (0..RESTORERS).map(|_| scope.spawn(work)).collect();
            all.into_iter().try_for_each(|one| one.join().map_err(|_| BackupError::BrokenOff)?)
        })
    }

    /// Lets go of what is older than is kept; answers how many backups went. What no backup needs any more is marked, and
    /// removed a day later, so that whoever reads or writes meanwhile loses nothing. While another tool is at work nothing
    /// goes: the next time does it.
    pub fn forget(&self, keep: Keep, at: Timestamp) -> Result<usize, BackupError> {
        if self.place.is_locked()? {
            tracing::warn!(
                "a lock of another tool lies in the repository; nothing is removed until it is gone"
            );
            return Ok(0);
        }
        let repository = self.at(&self.place)?;
        let judged = keep.options().apply(repository.get_all_snapshots()?, &moment(at)?)?;
        let going = judged.into_iter().filter(|judged| !judged.keep);
        let going: Vec<SnapshotId> = going.map(|judged| judged.snapshot.id).collect();
        repository.delete_snapshots(&going)?;
        let options = PruneOptions::default();
        let plan = repository.prune_plan(&options)?;
        repository.prune(&options, plan)?;
        Ok(going.len())
    }
}

fn at(place: &Place, progress: &Arc<Progress>) -> Result<Repository<()>, BackupError> {
    let options = RepositoryOptions::default().no_cache(true);
    let backends = RepositoryBackends::new(Arc::new(place.clone()), None);
    Ok(Repository::new_with_progress(&options, &backends, Counting(progress.clone()))?)
}

/// In UTC, so that days and weeks are the same on every machine.
fn moment(at: Timestamp) -> Result<Zoned, BackupError> {
    let at = jiff::Timestamp::from_microsecond(at.micros());
    at.map(|at| at.to_zoned(TimeZone::UTC)).map_err(|error| BackupError::Vault(error.to_string()))
}

/// A path that stays in the folder it is put in.
fn inside(path: &Path) -> Result<&Path, BackupError> {
    match path.components().all(|part| matches!(part, Component::Normal(_))) {
        true => Ok(path),
        false => Err(BackupError::Vault(format!("{} leads elsewhere", path.display()))),
    }
}

/// For its owner alone, and never over what is there.
fn bring_back(
    repository: &Repository<IndexedFullStatus>,
    node: &Node,
    target: &Path,
) -> Result<(), BackupError> {
    let folder = if node.is_dir() { Some(target) } else { target.parent() };
    if let Some(folder) = folder {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    if !node.is_file() {
        return Ok(());
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(target)?;
    repository.dump(node, &mut file)?;
    file.flush()?;
    Ok(file.sync_all()?)
}

impl From<Box<RusticError>> for BackupError {
    fn from(error: Box<RusticError>) -> BackupError {
        BackupError::Vault(error.display_log())
    }
}
