//! Reads a posted correction piece by piece: words are held, files are streamed into the documents as they come.

use authz::{Actor, Failure, Kind, Refusal};
use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError},
};
use clock::DAY;
use documents::Accept;
use uuid::Uuid;

use crate::{Services, upload::UNATTACHED_DAYS_MAX};

/// Bytes of one typed answer.
const WORD_BYTES_MAX: usize = 64 * 1024;
/// Parts of one form, files included.
const PARTS_MAX: usize = 300;

/// What came with a correction.
#[derive(Default)]
pub(crate) struct Posted {
    pub words: Vec<(String, String)>,
    /// Evidence, document and name of each file that was taken now.
    pub files: Vec<(String, Uuid, String)>,
    /// Evidence and document of files that were taken when the form was sent before.
    pub kept: Vec<(String, Uuid)>,
    pub revision: Option<i64>,
    /// The first file that was not taken, and why. The rest is read all the same, so that nothing is typed twice.
    pub refusal: Option<Refusal>,
}

impl Services {
    pub(crate) async fn read_correction(
        &self,
        actor: &Actor,
        mut form: Multipart,
    ) -> Result<Posted, Failure> {
        let mut posted = Posted::default();
        for _ in 0..PARTS_MAX {
            let Some(part) = form.next_field().await.map_err(|error| unread(&error))? else {
                return Ok(posted);
            };
            let name = part.name().unwrap_or_default().to_owned();
            match (part.file_name().map(str::to_owned), name.strip_prefix("document.")) {
                (Some(file), Some(evidence)) if !file.is_empty() => {
                    self.take_replacement(actor, evidence, &file, part, &mut posted).await?;
                }
                (Some(_), _) => {}
                (None, _) => posted.note(name, word(part).await?),
            }
        }
        Err(MALFORMED.into())
    }

    async fn take_replacement(
        &self,
        actor: &Actor,
        evidence: &str,
        name: &str,
        part: Field<'_>,
        posted: &mut Posted,
    ) -> Result<(), Failure> {
        let retention_until = Some(self.clock.now() + DAY * UNATTACHED_DAYS_MAX);
        let accept = Accept { retention_until, ..Accept::default() };
        match self.documents.put(actor.person, name, part, accept).await {
            Ok(document) => posted.files.push((evidence.to_owned(), document.id, document.name)),
            Err(Failure::Refused(refusal)) => {
                posted.refusal.get_or_insert_with(|| pointed(refusal, evidence));
            }
            Err(failure) => return Err(failure),
        }
        Ok(())
    }
}

impl Posted {
    fn note(&mut self, name: String, word: String) {
        if name == "revision" {
            self.revision = word.trim().parse().ok();
        } else if let Some(evidence) = name.strip_prefix("kept.") {
            self.kept.extend(word.trim().parse().ok().map(|id| (evidence.to_owned(), id)));
        } else {
            self.words.push((name, word));
        }
    }
}

/// Leads a refusal of a file to the field that the file was chosen in.
fn pointed(mut refusal: Refusal, evidence: &str) -> Refusal {
    let field = format!("document.{evidence}");
    if refusal.items.is_empty() {
        return refusal.with_item(&field, "file_refused", "");
    }
    refusal.items.iter_mut().for_each(|item| item.field.clone_from(&field));
    refusal
}

async fn word(mut part: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|error| unread(&error))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > WORD_BYTES_MAX {
            return Err(Refusal::new(Kind::TooLarge, "web.too_large", &[]).into());
        }
    }
    String::from_utf8(bytes).map_err(|_| MALFORMED.into())
}

const MALFORMED: Refusal = Refusal::new(Kind::Invalid, "document.form_malformed", &[]);

fn unread(error: &MultipartError) -> Refusal {
    match error.status().as_u16() {
        413 => Refusal::new(Kind::TooLarge, "web.too_large", &[]),
        _ => MALFORMED,
    }
}
