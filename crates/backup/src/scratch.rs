//! A folder for what is only passing through: for the owner alone, and gone when it is let go.

use std::{
    fs, io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use uuid::Uuid;

/// What a killed process left is removed after this time; nothing that runs takes longer.
const LEFT_AGE_MAX: Duration = Duration::from_secs(24 * 3_600);

pub struct Scratch(PathBuf);

impl Scratch {
    /// A fresh folder below `parent`; what is left of former ones goes.
    pub fn make(parent: &Path) -> io::Result<Scratch> {
        let folder = parent.join("scratch");
        sweep(&folder);
        let own = folder.join(Uuid::now_v7().simple().to_string());
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&own)?;
        Ok(Scratch(own))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "a folder of a backup stays; the next one removes it");
        }
    }
}

fn sweep(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let made = entry.metadata().and_then(|found| found.modified());
        let age = made.ok().and_then(|made| SystemTime::now().duration_since(made).ok());
        if age.is_some_and(|age| age > LEFT_AGE_MAX) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
