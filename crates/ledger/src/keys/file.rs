//! The key file: JSON, mode 0600, replaced as a whole so that no reader ever sees half of it.
//!
//! Whoever makes or replaces it holds a lock on its folder, so that two processes that start at once agree on
//! one key and two rotations lose none.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use super::{KeysError, Ring, VerifyingKeys, verifying::check_name};
use crate::hash::hash_of;

/// What nobody but the owner, or a group that may only read, is allowed.
const FORBIDDEN_MODE: u32 = 0o037;
const SECRET_MODE: u32 = 0o600;
const PUBLIC_MODE: u32 = 0o644;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    name: String,
    /// The secret half, 32 bytes in hexadecimal.
    seed: String,
    /// Verifier keys of former signing keys, the youngest first.
    former: Vec<String>,
}

/// Nothing when there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<Ring>, KeysError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(KeysError::Io { path: path.to_owned(), source }),
    };
    let mode = fs::metadata(path).map_err(at(path))?.permissions().mode();
    if mode & FORBIDDEN_MODE != 0 {
        return Err(KeysError::Open { path: path.to_owned() });
    }
    ring_of(path, &text).map(Some)
}

fn ring_of(path: &Path, text: &str) -> Result<Ring, KeysError> {
    let form = |reason: &str| KeysError::Form { path: path.to_owned(), reason: reason.to_owned() };
    let document: Document = serde_json::from_str(text).map_err(|error| form(&error.to_string()))?;
    if document.version != 1 {
        return Err(form("it has another version"));
    }
    check_name(&document.name)?;
    let seed = hex::decode(&document.seed).ok().and_then(|seed| hash_of(&seed));
    let seed = seed.ok_or_else(|| form("the seed is not 32 bytes"))?;
    let former: Result<Vec<_>, KeysError> = document.former.iter().map(|line| line.parse()).collect();
    let former = former.map_err(|_| form("a former key is not a verifier key"))?;
    Ok(Ring { name: document.name, signing: SigningKey::from_bytes(&seed), former })
}

/// Writes what `fresh` makes, unless another process was faster: then reads what that one wrote.
pub(super) fn create(path: &Path, fresh: impl FnOnce() -> Ring, name: &str) -> Result<Ring, KeysError> {
    check_name(name)?;
    fs::create_dir_all(folder_of(path)).map_err(at(path))?;
    let _held = lock_folder(path)?;
    if let Some(ring) = read(path)? {
        return Ok(ring);
    }
    let ring = fresh();
    write_ring(path, &ring)?;
    Ok(ring)
}

/// Replaces the file by what `change` makes of its present content.
pub(super) fn replace(path: &Path, change: impl FnOnce(&Ring) -> Ring) -> Result<Ring, KeysError> {
    let _held = lock_folder(path)?;
    let missing = || KeysError::Io { path: path.to_owned(), source: io::ErrorKind::NotFound.into() };
    let ring = change(&read(path)?.ok_or_else(missing)?);
    write_ring(path, &ring)?;
    Ok(ring)
}

/// The public half is for others to read. A folder that cannot be written to is no reason not to start.
pub(super) fn publish(path: &Path, keys: &VerifyingKeys) {
    let public = public_path(path);
    let text = keys.to_string();
    if fs::read_to_string(&public).is_ok_and(|there| there == text) {
        return;
    }
    if let Err(error) = write_whole(&public, text.as_bytes(), PUBLIC_MODE) {
        tracing::warn!(%error, "the public keys could not be written");
    }
}

fn public_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}

fn write_ring(path: &Path, ring: &Ring) -> Result<(), KeysError> {
    let document = Document {
        version: 1,
        name: ring.name.clone(),
        seed: hex::encode(ring.signing.as_bytes()),
        former: ring.former.iter().map(|key| key.to_string()).collect(),
    };
    let text = serde_json::to_string_pretty(&document)
        .map_err(|error| KeysError::Form { path: path.to_owned(), reason: error.to_string() })?;
    write_whole(path, text.as_bytes(), SECRET_MODE).map_err(at(path))
}

/// Beside, then in its place, both durable: after a crash there is the old file or the new one.
fn write_whole(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", uuid::Uuid::now_v7().simple()));
    let beside = PathBuf::from(beside);
    let written = write_new(&beside, bytes, mode).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        // What is left of the attempt must not lie about; that it cannot be removed changes nothing.
        let _ = fs::remove_file(&beside);
    }
    written?;
    File::open(folder_of(path))?.sync_all()
}

fn write_new(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
    file.set_permissions(Permissions::from_mode(mode))?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn lock_folder(path: &Path) -> Result<File, KeysError> {
    let folder = File::open(folder_of(path)).map_err(at(path))?;
    folder.lock().map_err(at(path))?;
    Ok(folder)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> KeysError {
    let path = path.to_owned();
    move |source| KeysError::Io { path, source }
}
