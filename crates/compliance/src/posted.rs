//! A posted form of words and at most one file, which goes into the documents as it streams.

use authz::{Failure, Refusal};
use axum::extract::Multipart;
use documents::{Accept, Document, Documents};
use uuid::Uuid;
use web::{FORM_MALFORMED, Words, unread};

/// Fields of one form, the file among them.
const FIELDS_MAX: usize = 20;

#[derive(Debug, Default)]
pub struct Posted {
    words: Words,
    /// The file that was kept, or why it was not.
    pub file: Option<Result<Document, Refusal>>,
}

impl Posted {
    pub fn word(&self, name: &str) -> &str {
        self.words.one(name)
    }

    /// Reads a form. As long as the words before the file do not stand, it is not kept, because the form will be sent again.
    pub async fn read(
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
                None => posted.words.read(name, field).await?,
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
        Err(FORM_MALFORMED.into())
    }
}
