//! The rendering itself, with its limits.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
    time::Duration,
};

use clock::{Timestamp, civil_from_days};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};
use typst::{
    WorldExt,
    diag::SourceDiagnostic,
    ecow::EcoVec,
    foundations::{Bytes, Datetime, Smart},
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::world::Sandbox;

/// Bytes of a template.
pub const TEMPLATE_BYTES_MAX: usize = 256 * 1024;
/// Bytes of the data as JSON.
pub const DATA_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of all other files together.
pub const ASSET_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Pages of a document.
pub const PAGES_MAX: usize = 60;
/// Time that one document may take, waiting for a free place included.
pub const RENDER_TIME_MAX: Duration = Duration::from_secs(30);
/// Documents that are made at the same time. The engine cannot be stopped once it runs, so a template that never
/// ends keeps its place; the limit keeps it from taking the whole machine.
pub const RENDERS_AT_ONCE_MAX: usize = 2;
/// Documents for which intermediate results are kept in memory: two of a kind in a row are much faster than one.
const CACHE_DOCUMENTS_MAX: usize = 4;

/// What a document is made from besides template and data.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The moment that the document carries as its creation time; part of the input, so that equal input gives equal
    /// bytes.
    pub at: Timestamp,
    /// Files by the names under which the template reads them, such as `qr.svg`.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    #[error("the {what} has {bytes} bytes, more than the {bytes_max} that are allowed")]
    TooLarge { what: &'static str, bytes: usize, bytes_max: usize },
    #[error("the document has {pages} pages, more than the {PAGES_MAX} that are allowed")]
    TooManyPages { pages: usize },
    #[error("a file name among the assets is not a plain relative path")]
    FileName,
    #[error("the template cannot be rendered: {0}")]
    Template(String),
    #[error("a paper of the batch is no PDF that can be read")]
    Unreadable,
    #[error("the document was not ready within {} seconds", RENDER_TIME_MAX.as_secs())]
    Late,
    #[error("the data cannot be written as JSON")]
    Data(#[from] serde_json::Error),
    #[error("the rendering engine failed")]
    Engine(#[source] tokio::task::JoinError),
}

/// Renders a Typst template to PDF. The template reads its data with `json("data.json")`, may
/// `#import "paper.typ": *`, and sees the asset files by name; all else is denied. The result is PDF/A-3a and PDF/UA-1
/// (tagged, with title and language) where the content allows it, and tagged PDF 1.7 otherwise, as with a name in a
/// script that the fonts lack. Equal input gives equal bytes.
pub async fn render(template: &str, data: &serde_json::Value, assets: Assets) -> Result<Vec<u8>, PrintError> {
    static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(RENDERS_AT_ONCE_MAX)));
    let job = prepare(template, data, assets)?;
    let rendering = async {
        let place = PLACES.clone().acquire_owned().await.map_err(|_| PrintError::Late)?;
        // The place moves into the thread and is free only when the engine is done, in time or not.
        let made = spawn_blocking(move || {
            let made = job.run();
            typst::comemo::evict(CACHE_DOCUMENTS_MAX);
            drop(place);
            made
        });
        made.await.map_err(PrintError::Engine)?
    };
    timeout(RENDER_TIME_MAX, rendering).await.unwrap_or(Err(PrintError::Late))
}

/// The same at once and on this thread: for a process that does nothing else.
pub fn render_now(template: &str, data: &serde_json::Value, assets: Assets) -> Result<Vec<u8>, PrintError> {
    prepare(template, data, assets)?.run()
}

struct Job {
    world: Sandbox,
    /// Names the document in its metadata by a hash of this.
    ident: String,
    at: Option<Datetime>,
}

fn prepare(template: &str, data: &serde_json::Value, assets: Assets) -> Result<Job, PrintError> {
    let json = serde_json::to_vec(data)?;
    let files_bytes = assets.files.values().map(Vec::len).sum();
    within("template", template.len(), TEMPLATE_BYTES_MAX)?;
    within("data", json.len(), DATA_BYTES_MAX)?;
    within("files", files_bytes, ASSET_BYTES_MAX)?;
    let ident = format!("{template}\0{}", String::from_utf8_lossy(&json));
    let mut files: BTreeMap<String, Bytes> =
        assets.files.into_iter().map(|(name, bytes)| (name, Bytes::new(bytes))).collect();
    files.insert("data.json".into(), Bytes::new(json));
    let at = calendar(assets.at);
    let world = Sandbox::new(template, files, at).ok_or(PrintError::FileName)?;
    Ok(Job { world, ident, at })
}

fn within(what: &'static str, bytes: usize, bytes_max: usize) -> Result<(), PrintError> {
    if bytes > bytes_max { Err(PrintError::TooLarge { what, bytes, bytes_max }) } else { Ok(()) }
}

fn calendar(at: Timestamp) -> Option<Datetime> {
    let (year, month, day) = civil_from_days(at.day());
    let second = at.seconds().rem_euclid(86_400);
    let part = |value: i64| u8::try_from(value).ok();
    Datetime::from_ymd_hms(
        i32::try_from(year).ok()?,
        month,
        day,
        part(second / 3_600)?,
        part(second / 60 % 60)?,
        part(second % 60)?,
    )
}

impl Job {
    fn run(&self) -> Result<Vec<u8>, PrintError> {
        let document: PagedDocument =
            typst::compile(&self.world).output.map_err(|errors| self.explain(&errors))?;
        let pages = document.pages().len();
        if pages > PAGES_MAX {
            return Err(PrintError::TooManyPages { pages });
        }
        let archival = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]);
        if let Ok(standards) = archival {
            match typst_pdf::pdf(&document, &self.options(standards)) {
                Ok(pdf) => return Ok(pdf),
                // The message names glyphs and places, not persons.
                Err(errors) => tracing::warn!(why = %self.explain(&errors), "a document is no PDF/A"),
            }
        }
        typst_pdf::pdf(&document, &self.options(PdfStandards::default()))
            .map_err(|errors| self.explain(&errors))
    }

    fn options(&self, standards: PdfStandards) -> PdfOptions {
        PdfOptions {
            ident: Smart::Custom(self.ident.clone()),
            creator: Smart::Custom(Some("Diwan".into())),
            timestamp: self.at.map(typst_pdf::Timestamp::new_utc),
            standards,
            ..PdfOptions::default()
        }
    }

    /// The first complaints with their lines in the template.
    fn explain(&self, errors: &EcoVec<SourceDiagnostic>) -> PrintError {
        let said: Vec<String> = errors.iter().take(3).map(|error| self.place(error)).collect();
        PrintError::Template(said.join("; "))
    }

    fn place(&self, error: &SourceDiagnostic) -> String {
        let line = error.span.id().and_then(|id| {
            let source = typst::World::source(&self.world, id).ok()?;
            let at = self.world.range(error.span)?.start;
            let line = source.lines().byte_to_line(at)? + 1;
            Some(format!("{} line {line}: ", id.get().vpath().get_without_slash()))
        });
        format!("{}{}", line.unwrap_or_default(), error.message)
    }
}

#[cfg(test)]
mod tests;
