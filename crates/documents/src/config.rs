//! Where files lie and how much is too much.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use clock::{HOUR, MINUTE, Timestamp};

use crate::{Classification, MediaType};

/// Where the encrypted bytes lie.
#[derive(Clone)]
pub enum Location {
    Folder(PathBuf),
    S3 {
        /// `https://s3.example.org`; `http://` is allowed for a server on the same machine or in a closed net.
        endpoint: String,
        region: String,
        bucket: String,
        access_key_id: String,
        secret_access_key: String,
        /// A PEM file of certificate authorities to trust beside the public ones.
        authorities: Option<PathBuf>,
    },
}

/// Limits and places. Every limit can be tightened by a deployment.
#[derive(Clone)]
pub struct DocumentsConfig {
    pub location: Location,
    /// Storage of providers, by the name that their agreements use. A name that is missing here is an area of its
    /// own in `location`.
    pub places: BTreeMap<String, Location>,
    /// Made at the first start, readable by its owner alone. Without it no document can be opened again.
    pub master_key_file: PathBuf,
    /// The malware scanner: `host:port` or `unix:/path`. Without it documents are marked as unscanned.
    pub clamd: Option<String>,
    pub file_bytes_max: u64,
    pub files_per_owner_max: i64,
    /// How long the scanner may take for one step: to connect, to take a piece, to answer.
    pub scan_timeout: Duration,
    /// How long one upload may last. Must stay below `orphan_age_min`.
    pub upload_time_max: Duration,
    /// Bytes without a row that are older than this belong to an upload that was cut off.
    pub orphan_age_min: Duration,
    /// Parts of a file that are older than this belong to nothing any more. Must exceed the time in which an upload may be
    /// gone on with.
    pub part_age_max: Duration,
    /// Documents that one sweep removes.
    pub sweep_documents_max: u64,
}

impl DocumentsConfig {
    /// Everything by default, with the files and the key in `folder`.
    pub fn in_folder(folder: impl Into<PathBuf>) -> DocumentsConfig {
        let folder = folder.into();
        DocumentsConfig {
            master_key_file: folder.join("documents.key"),
            location: Location::Folder(folder.join("documents")),
            places: BTreeMap::new(),
            clamd: None,
            file_bytes_max: 20 * 1024 * 1024,
            files_per_owner_max: 2_000,
            scan_timeout: Duration::from_secs(30),
            upload_time_max: 30 * MINUTE,
            orphan_age_min: HOUR,
            part_age_max: 48 * HOUR,
            sweep_documents_max: 500,
        }
    }
}

/// What one upload may be, beside the limits that hold for all.
#[derive(Clone, Debug)]
pub struct Accept {
    pub types: &'static [MediaType],
    /// What the person declared about the file; confidential and above is refused.
    pub classification: Option<Classification>,
    /// When the document may be removed; `None` keeps it until somebody decides. An upload that belongs to
    /// nothing yet gets a short time, which [`crate::retain`] lengthens when it finds its place.
    pub retention_until: Option<Timestamp>,
    /// A smaller limit than the deployment's.
    pub bytes_max: Option<u64>,
}

impl Default for Accept {
    fn default() -> Accept {
        Accept { types: &MediaType::ALL, classification: None, retention_until: None, bytes_max: None }
    }
}
