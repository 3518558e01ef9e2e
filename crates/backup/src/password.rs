//! The password of the backups: from a file that only its owner may read, or from the environment. It has no words of
//! its own, so that it stands in no log.

use std::{fmt, fs, os::unix::fs::PermissionsExt, path::Path};

/// Fewer characters than this are guessed.
const CHARACTERS_MIN: usize = 16;

#[derive(Clone)]
pub struct Password(String);

impl fmt::Debug for Password {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Password")
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("the password file cannot be read")]
    File(#[from] std::io::Error),
    #[error("the password file may be read by others; make it readable by its owner alone (mode 0600)")]
    Exposed,
    #[error("the password has fewer than {CHARACTERS_MIN} characters")]
    Short,
}

impl Password {
    /// The first line of the file.
    pub fn from_file(path: &Path) -> Result<Password, PasswordError> {
        if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
            return Err(PasswordError::Exposed);
        }
        Password::new(fs::read_to_string(path)?.lines().next().unwrap_or_default())
    }

    pub fn new(words: &str) -> Result<Password, PasswordError> {
        let words = words.trim();
        if words.chars().count() < CHARACTERS_MIN {
            return Err(PasswordError::Short);
        }
        Ok(Password(words.to_owned()))
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}
