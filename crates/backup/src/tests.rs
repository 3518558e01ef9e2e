//! The repository as such: what is kept, what is refused, what is noticed.

use std::path::{Path, PathBuf};

use clock::{DAY, Timestamp};
use documents::Location;
use uuid::Uuid;

use crate::{BackupError, Keep, Password, PasswordError, Place, Vault, source::Source};

/// The thirtieth of December 2029, at noon.
const NOW: Timestamp = Timestamp(1_893_326_400_000_000);

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join("diwan-tests").join(format!("{name}-{}", Uuid::now_v7()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn password() -> Password {
    Password::new("correct horse battery staple").expect("it is long enough")
}

fn place(folder: &Path) -> Place {
    Place::open(&Location::Folder(folder.to_owned())).expect("a folder can be opened")
}

fn source(files: &Path) -> Source {
    let objects = documents::open_place(&Location::Folder(files.to_owned())).expect("a folder can be opened");
    let mut source = Source::new(objects);
    source.add_files("files", files).expect("the files can be listed");
    source.sort();
    source
}

async fn on_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    Vault::on_thread(work).await
}

#[test]
fn a_password_is_long_and_its_file_is_for_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    assert!(matches!(Password::new("too short"), Err(PasswordError::Short)));
    let file = folder("password").join("file");
    std::fs::write(&file, "correct horse battery staple\n").expect("a file can be written");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).expect("a mode can be set");
    assert!(matches!(Password::from_file(&file), Err(PasswordError::Exposed)));
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).expect("a mode can be set");
    let password = Password::from_file(&file).expect("it is read");
    assert_eq!(format!("{password:?}"), "Password");
}

/// A folder, and a bucket where a server is given.
async fn places() -> Vec<Place> {
    let mut places = vec![place(&folder("vault"))];
    if let Some((endpoint, bucket)) = testkit::s3::bucket().await {
        let location = Location::S3 {
            endpoint,
            bucket,
            region: "us-east-1".into(),
            access_key_id: "test".into(),
            secret_access_key: "test".into(),
            authorities: None,
        };
        places.push(Place::open(&location).expect("a bucket can be opened"));
    }
    places
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_backup_adds_only_what_is_new_and_comes_back() {
    for place in places().await {
        let (files, back) = (folder("files"), folder("back"));
        for number in 0..8_u32 {
            let words = (0..40_000_u32).map(|at| at.wrapping_mul(2_654_435_761) ^ number);
            let bytes: Vec<u8> = words.flat_map(u32::to_le_bytes).collect();
            std::fs::write(files.join(format!("{number}.bin")), bytes).expect("a file can be written");
        }
        let first = source(&files);
        let taken = on_thread(move || {
            let vault = Vault::open_or_make(&place, &password())?;
            let taken = vault.take(&first, NOW)?;
            Ok((vault, taken))
        });
        let (opened, first) = taken.await.expect("a backup is taken");
        assert_eq!(first.files, 8);
        std::fs::write(files.join("9.bin"), b"one more").expect("a file can be written");
        let (again, more) = (opened.clone(), source(&files));
        let second = on_thread(move || again.take(&more, NOW + DAY)).await.expect("a backup is taken");
        assert_eq!(second.files, 9);
        assert!(second.added_bytes < first.added_bytes / 10, "{first:?} {second:?}");

        let into = back.clone();
        let fetched = on_thread(move || {
            opened.check()?;
            assert_eq!(opened.find(None)?, second);
            opened.fetch(&second, &into)?;
            opened.forget(Keep::default(), NOW + DAY)
        });
        assert_eq!(fetched.await.expect("it comes back"), 0);
        let read = |at: &Path, name: &str| std::fs::read(at.join(name)).expect("the file is there");
        assert_eq!(read(&back.join("files"), "9.bin"), b"one more");
        assert_eq!(read(&back.join("files"), "3.bin"), read(&files, "3.bin"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_could_not_be_read_whole_leaves_no_backup() {
    let (files, vault) = (folder("files"), folder("vault"));
    std::fs::write(files.join("whole"), b"whole").expect("a file can be written");
    std::fs::write(files.join("cut"), b"cut off").expect("a file can be written");
    let (place, listed) = (place(&vault), source(&files));
    std::fs::write(files.join("cut"), b"cut").expect("a file can be written");
    let kept = on_thread(move || {
        let vault = Vault::open_or_make(&place, &password())?;
        let refused = vault.take(&listed, NOW);
        assert!(matches!(refused, Err(BackupError::Unread { count: 1, .. })), "{refused:?}");
        vault.snapshots()
    });
    assert_eq!(kept.await.expect("the repository is usable"), []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_and_a_changed_byte_are_noticed() {
    let (files, vault) = (folder("files"), folder("vault"));
    std::fs::write(files.join("one"), vec![7; 100_000]).expect("a file can be written");
    let (here, listed) = (place(&vault), source(&files));
    let opened = on_thread(move || {
        assert!(matches!(Vault::open(&here, &password()), Err(BackupError::NoVault(_))));
        let vault = Vault::open_or_make(&here, &password())?;
        vault.take(&listed, NOW)?;
        vault.check()?;
        let other = Password::new("another password of length").expect("it is long enough");
        assert!(matches!(Vault::open(&here, &other), Err(BackupError::WrongPassword(_))));
        assert!(matches!(vault.find(Some("0000000000000000")), Err(BackupError::NoSnapshot(_))));
        assert_eq!(vault.forget(Keep::default(), NOW)?, 0);
        Ok(vault)
    });
    let opened = opened.await.expect("the repository is whole");
    for pack in packs(&vault.join("data")) {
        let mut bytes = std::fs::read(&pack).expect("a pack can be read");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&pack, bytes).expect("a pack can be written");
    }
    let checked = on_thread(move || opened.check()).await;
    assert!(matches!(checked, Err(BackupError::Vault(_))), "{checked:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_older_than_is_kept_goes_and_the_rest_stays_whole() {
    let (files, vault) = (folder("files"), folder("vault"));
    let here = place(&vault);
    let opened = on_thread(move || Vault::open_or_make(&here, &password())).await.expect("it is made");
    let keep = Keep { daily: 4, weekly: 0, monthly: 2 };
    for day in 0..12_u32 {
        std::fs::write(files.join("daily"), vec![day as u8; 50_000]).expect("a file can be written");
        let (vault, listed, at) = (opened.clone(), source(&files), NOW + DAY * day);
        let done = on_thread(move || {
            vault.take(&listed, at)?;
            vault.forget(keep, at)
        });
        done.await.expect("a backup is taken");
    }
    let back = folder("back");
    let kept = on_thread(move || {
        opened.check()?;
        let oldest = opened.snapshots()?.pop().expect("some are kept");
        opened.fetch(&oldest, &back)?;
        opened.snapshots()
    });
    let kept = kept.await.expect("what is kept is whole");
    let days: Vec<u64> = kept.iter().map(|one| one.taken_at().since(NOW).as_secs() / DAY.as_secs()).collect();
    // The last four days; and of the month before, of which no day is kept any more, its last one.
    assert_eq!(days, [11, 10, 9, 8, 1]);
}

fn packs(data: &Path) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(data).expect("there are packs").flatten();
    folders
        .flat_map(|folder| std::fs::read_dir(folder.path()).expect("it is a folder").flatten())
        .map(|entry| entry.path())
        .collect()
}
