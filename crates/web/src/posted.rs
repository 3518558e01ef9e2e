//! The words of a posted form that carries files too.

use authz::{Failure, Kind, Refusal};
use axum::extract::multipart::{Field, MultipartError};

/// Bytes of one typed field.
const WORD_BYTES_MAX: usize = 16 * 1024;

/// A form that is not what it says.
pub const FORM_MALFORMED: Refusal = Refusal::new(Kind::Invalid, "document.form_malformed", &[]);

/// What was typed beside the files, by the names of the fields.
#[derive(Debug, Default)]
pub struct Words(Vec<(String, String)>);

impl Words {
    /// What was typed in a field; nothing when it did not come.
    pub fn one(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, word)| word.trim()).unwrap_or_default()
    }

    /// Reads one typed field to its end.
    pub async fn read(&mut self, name: String, mut field: Field<'_>) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(|error| unread(&error))? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > WORD_BYTES_MAX {
                return Err(Refusal::new(Kind::TooLarge, "web.too_large", &[]).into());
            }
        }
        self.0.push((name, String::from_utf8(bytes).map_err(|_| FORM_MALFORMED)?));
        Ok(())
    }
}

/// Why a form could not be read on.
pub fn unread(error: &MultipartError) -> Refusal {
    match error.status().as_u16() {
        413 => Refusal::new(Kind::TooLarge, "web.too_large", &[]),
        _ => FORM_MALFORMED,
    }
}
