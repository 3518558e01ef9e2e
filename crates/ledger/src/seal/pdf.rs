//! The seal of a PDF lies behind its end: a comment, then the pointer to the cross-reference table once more,
//! so that readers find the end of the file where they look for it. Not a byte of the document is touched.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::Seal;
use crate::error::{Part, Tampered};

/// Begins the line with the seal.
const MARK: &[u8] = b"\n%diwan-seal:";
const POINTER: &[u8] = b"startxref";

impl Seal {
    /// The PDF with this seal behind it.
    pub fn append_to_pdf(&self, pdf: &[u8]) -> Vec<u8> {
        let seal = STANDARD.encode(self.to_json());
        let end = format!("\nstartxref\n{}\n%%EOF\n", pointer_of(pdf));
        [pdf, MARK, seal.as_bytes(), end.as_bytes()].concat()
    }

    /// The PDF as it was before it was sealed, and its seal.
    pub fn split_pdf(bytes: &[u8]) -> Result<(&[u8], Seal), Tampered> {
        let mark = position_of_last(bytes, MARK)
            .ok_or_else(|| Tampered::new(Part::Form, "The file carries no seal."))?;
        let (pdf, rest) = (&bytes[..mark], &bytes[mark + MARK.len()..]);
        let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let json = STANDARD
            .decode(line)
            .map_err(|_| Tampered::new(Part::Form, "The line with the seal is not Base64."))?;
        let seal = Seal::from_json(&json)?;
        if seal.append_to_pdf(pdf) != bytes {
            return Err(Tampered::new(Part::Form, "The end of the file is not as a seal leaves it."));
        }
        Ok((pdf, seal))
    }
}

/// Where the newest cross-reference table begins. A file without one is no PDF that readers open; zero makes
/// them search for themselves.
fn pointer_of(pdf: &[u8]) -> u64 {
    let behind = position_of_last(pdf, POINTER).map_or(pdf.len(), |at| at + POINTER.len());
    let digits = pdf[behind..].iter().skip_while(|byte| byte.is_ascii_whitespace());
    let digits = digits.take_while(|byte| byte.is_ascii_digit());
    digits.fold(0_u64, |number, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

fn position_of_last(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).rposition(|window| window == what)
}
