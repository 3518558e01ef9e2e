//! The file of what was acknowledged: `number key token`, one a line, written before the answer counts.

use std::{
    fs::{File, OpenOptions},
    io::Write,
    path::Path,
    sync::Mutex,
};

use crate::LoadError;

pub struct Numbers(Option<Mutex<File>>);

/// One acknowledged submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    pub number: String,
    pub key: String,
    /// Which token it was submitted with, counted from 0.
    pub token: usize,
}

impl Numbers {
    pub fn open(path: Option<&Path>) -> Result<Numbers, LoadError> {
        let Some(path) = path else { return Ok(Numbers(None)) };
        let file = OpenOptions::new().create(true).append(true).open(path);
        Ok(Numbers(Some(Mutex::new(file.map_err(|error| failed(path, error))?))))
    }

    pub fn add(&self, acknowledged: &Acknowledged) -> Result<(), LoadError> {
        let Some(file) = &self.0 else { return Ok(()) };
        let Acknowledged { number, key, token } = acknowledged;
        let line = format!("{number} {key} {token}\n");
        let mut file = file.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        file.write_all(line.as_bytes()).map_err(|error| LoadError::File("the numbers file".into(), error))
    }
}

pub fn read(path: &Path) -> Result<Vec<Acknowledged>, LoadError> {
    let text = std::fs::read_to_string(path).map_err(|error| failed(path, error))?;
    text.lines().enumerate().map(|(index, line)| parse(line).ok_or(LoadError::Numbers(index + 1))).collect()
}

fn parse(line: &str) -> Option<Acknowledged> {
    let mut words = line.split(' ');
    let (number, key, token) = (words.next()?, words.next()?, words.next()?.parse().ok()?);
    words.next().is_none().then(|| Acknowledged { number: number.into(), key: key.into(), token })
}

fn failed(path: &Path, error: std::io::Error) -> LoadError {
    LoadError::File(path.display().to_string(), error)
}
