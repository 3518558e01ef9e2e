//! The master key: it seals the keys of documents, never a document itself.
//!
//! A text file, one key a line, the newest last: `<key id> <64 hexadecimal digits>`. Older lines stay, so that
//! what they sealed can still be opened. Losing the file loses every document, which is why `backup` takes it.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

pub(crate) const KEY_BYTES: usize = 32;
pub(crate) const KEY_ID_BYTES: usize = 8;

pub(crate) type KeyId = [u8; KEY_ID_BYTES];

#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    #[error("the key file {0} cannot be read or made")]
    File(PathBuf, #[source] io::Error),
    #[error("the key file {0} may be read by others; make it readable by its owner alone (mode 0600)")]
    Exposed(PathBuf),
    #[error("line {1} of the key file {0} is not a key")]
    Line(PathBuf, usize),
    #[error("the key file {0} holds no key")]
    Empty(PathBuf),
}

/// All keys of the file; new documents are sealed with the newest.
pub struct MasterKey {
    newest: KeyId,
    keys: BTreeMap<KeyId, [u8; KEY_BYTES]>,
}

impl MasterKey {
    /// Reads the file, or makes it with a fresh key. Two processes that start together end up with one file.
    pub fn load_or_create(path: &Path) -> Result<MasterKey, MasterKeyError> {
        if !path.exists() {
            create(path).map_err(|error| MasterKeyError::File(path.to_owned(), error))?;
        }
        MasterKey::load(path)
    }

    fn load(path: &Path) -> Result<MasterKey, MasterKeyError> {
        let broken = |error| MasterKeyError::File(path.to_owned(), error);
        let mode = fs::metadata(path).map_err(broken)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(MasterKeyError::Exposed(path.to_owned()));
        }
        let text = fs::read_to_string(path).map_err(broken)?;
        let mut keys = BTreeMap::new();
        let mut newest = None;
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let (id, key) = parse(line).ok_or_else(|| MasterKeyError::Line(path.to_owned(), number + 1))?;
            keys.insert(id, key);
            newest = Some(id);
        }
        let newest = newest.ok_or_else(|| MasterKeyError::Empty(path.to_owned()))?;
        Ok(MasterKey { newest, keys })
    }

    /// The key for new documents and the id that their header names.
    pub(crate) fn newest(&self) -> (KeyId, &[u8; KEY_BYTES]) {
        (self.newest, &self.keys[&self.newest])
    }

    pub(crate) fn named(&self, id: &KeyId) -> Option<&[u8; KEY_BYTES]> {
        self.keys.get(id)
    }
}

/// The id is the start of the key's hash, so that a line that was damaged is noticed.
fn id_of(key: &[u8; KEY_BYTES]) -> KeyId {
    let mut id = [0; KEY_ID_BYTES];
    id.copy_from_slice(&Sha256::digest(key)[..KEY_ID_BYTES]);
    id
}

fn parse(line: &str) -> Option<(KeyId, [u8; KEY_BYTES])> {
    let (id, key) = line.trim().split_once(' ')?;
    let mut bytes = [0; KEY_BYTES];
    hex::decode_to_slice(key.trim(), &mut bytes).ok()?;
    let expected = id_of(&bytes);
    (hex::encode(expected) == id).then_some((expected, bytes))
}

/// Written whole under another name and linked into place, so that nobody ever reads half a key.
fn create(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let key: [u8; KEY_BYTES] = rand::random();
    let draft = folder.join(format!(".key-{}", uuid::Uuid::now_v7().simple()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    writeln!(file, "{} {}", hex::encode(id_of(&key)), hex::encode(key))?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }?;
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> PathBuf {
        std::env::temp_dir().join("diwan-tests").join(format!("key-{}", uuid::Uuid::now_v7()))
    }

    #[test]
    fn the_file_is_made_once_and_for_its_owner_alone() {
        let path = path();
        let first = MasterKey::load_or_create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(MasterKey::load_or_create(&path).unwrap().newest(), first.newest());
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let path = path();
        MasterKey::load_or_create(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(MasterKey::load_or_create(&path), Err(MasterKeyError::Exposed(_))));
    }

    #[test]
    fn a_damaged_line_is_named_and_a_new_line_is_the_newest() {
        let (one, two) = (path(), path());
        let first = MasterKey::load_or_create(&one).unwrap();
        let second = MasterKey::load_or_create(&two).unwrap();
        let joined = fs::read_to_string(&one).unwrap() + &fs::read_to_string(&two).unwrap();
        fs::write(&one, &joined).unwrap();
        let both = MasterKey::load_or_create(&one).unwrap();
        assert_eq!(both.newest(), second.newest());
        assert!(both.named(&first.newest).is_some());
        fs::write(&one, joined.replace(' ', " 0")).unwrap();
        assert!(matches!(MasterKey::load_or_create(&one), Err(MasterKeyError::Line(_, 1))));
        fs::write(&one, "").unwrap();
        assert!(matches!(MasterKey::load_or_create(&one), Err(MasterKeyError::Empty(_))));
    }
}
