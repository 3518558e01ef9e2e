//! A posted form of words and at most one file, which goes into the documents as it streams.

use authz::{Failure, Kind, Refusal};
use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError},
};
use documents::{Accept, Document, Documents};
use uuid::Uuid;

/// Bytes of one typed field.
const WORD_BYTES_MAX: usize = 16 * 1024;
/// Fields of one form, the file among them.
const FIELDS_MAX: usize = 20;

const MALFORMED: Refusal = Refusal::new(Kind::Invalid, "document.form_malformed", &[]);

#[derive(Debug, Default)]
pub(crate) struct Posted {
    words: Vec<(String, String)>,
    /// The file that was kept, or why it was not.
    pub file: Option<Result<Document, Refusal>>,
}

impl Posted {
    pub(crate) fn word(&self, name: &str) -> &str {
        let found = self.words.iter().find(|(known, _)| known == name);
        found.map(|(_, word)| word.trim()).unwrap_or_default()
    }

    /// Reads a form. As long as the words before the file do not stand, it is not kept, because the form will be sent again.
    pub(crate) async fn read(
        documents: &Documents,
        owner: Uuid,
        mut form: Multipart,
        ready: impl Fn(&Posted) -> bool,
    ) -> Result<Posted, Failure> {
        let mut posted = Posted::default();
        for _ in 0..FIELDS_MAX {
            let Some(field) = form.next_field().await.map_err(|error| unread(&error))? else {
                return Ok(posted);
            };
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                None => posted.words.push((name, word(field).await?)),
                Some(file) if file.is_empty() => {}
                Some(_) if posted.file.is_some() || !ready(&posted) => drop(field),
                Some(file) => {
                    posted.file = match documents.put(owner, &file, field, Accept::default()).await {
                        Ok(document) => Some(Ok(document)),
                        Err(Failure::Refused(refusal)) => Some(Err(refusal)),
                        Err(broken) => return Err(broken),
                    }
                }
            }
        }
        Err(MALFORMED.into())
    }
}

async fn word(mut field: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|error| unread(&error))? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > WORD_BYTES_MAX {
            return Err(Refusal::new(Kind::TooLarge, "web.too_large", &[]).into());
        }
    }
    String::from_utf8(bytes).map_err(|_| MALFORMED.into())
}

fn unread(error: &MultipartError) -> Refusal {
    match error.status().as_u16() {
        413 => Refusal::new(Kind::TooLarge, "web.too_large", &[]),
        _ => MALFORMED,
    }
}
