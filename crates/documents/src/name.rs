//! The name under which a document is kept and handed out again.

use authz::{Kind, Refusal};

use crate::MediaType;

/// Letters of a name, its ending included. Longer names are cut in the middle, so that the ending survives.
const NAME_LETTERS_MAX: usize = 120;
/// What may follow the last dot and still be called an ending.
const ENDING_LETTERS_MAX: usize = 10;

/// Names that mean a device on some desks, whatever follows them.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

pub(crate) const NAME_INVALID: Refusal = Refusal::new(Kind::Invalid, "document.name_invalid", &[]);
pub(crate) const TYPE_NOT_ALLOWED: Refusal = Refusal::new(Kind::Invalid, "document.type_not_allowed", &[]);

/// The name that is kept: without tricks, at most so long, no device, with an ending that fits the content.
pub(crate) fn fitting(given: &str, kind: MediaType) -> Result<String, Refusal> {
    let name = cleaned(given)?;
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if is_ending(ending) => (stem, Some(ending)),
        _ => (name.as_str(), None),
    };
    if ending.is_some_and(|ending| !kind.endings().iter().any(|fits| fits.eq_ignore_ascii_case(ending))) {
        return Err(TYPE_NOT_ALLOWED);
    }
    let ending = ending.unwrap_or(kind.endings()[0]);
    let stem = stem.trim_end_matches(['.', ' ']);
    if stem.is_empty() {
        return Err(NAME_INVALID);
    }
    let guard = if is_device(stem) { "_" } else { "" };
    let room = NAME_LETTERS_MAX - ending.len() - guard.len() - 1;
    let stem: String = stem.chars().take(room).collect();
    Ok(format!("{guard}{}.{ending}", stem.trim_end_matches(['.', ' '])))
}

/// Refuses what has nothing left to call it by.
pub(crate) fn cleaned(given: &str) -> Result<String, Refusal> {
    let name: String = language::clean_name(given)
        .chars()
        .map(|letter| if matches!(letter, '<' | '>' | '"' | '|' | '?' | '*') { '_' } else { letter })
        .collect();
    let name = name.trim_matches(['.', ' ']);
    if name.chars().any(char::is_alphanumeric) { Ok(name.to_owned()) } else { Err(NAME_INVALID) }
}

/// A number after a dot (`report.2026`) is part of the name; letters are an ending.
fn is_ending(after: &str) -> bool {
    !after.is_empty()
        && after.len() <= ENDING_LETTERS_MAX
        && after.chars().all(|letter| letter.is_ascii_alphanumeric())
        && after.chars().any(|letter| letter.is_ascii_alphabetic())
}

fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|port| {
        first
            .strip_prefix(port)
            .is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
    });
    numbered || DEVICES.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(given: &str, kind: MediaType, expected: Result<&str, &str>) {
        let outcome = fitting(given, kind);
        let outcome = outcome.as_ref().map(String::as_str).map_err(|refusal| refusal.code);
        assert_eq!(outcome, expected, "{given:?}");
    }

    #[test]
    fn hostile_names() {
        let invalid = Err("document.name_invalid");
        let wrong = Err("document.type_not_allowed");
        let pdf = MediaType::Pdf;
        check("شهادة الميلاد.pdf", pdf, Ok("شهادة الميلاد.pdf"));
        check("تقرير\u{202E}fdp.exe", pdf, wrong);
        check("عقد\u{200B}\u{200F}.pdf", pdf, Ok("عقد.pdf"));
        check("../../etc/passwd", MediaType::Text, Ok("etc passwd.txt"));
        check("C:\\windows\\عقد.pdf", pdf, Ok("C windows عقد.pdf"));
        check("a\0b.pdf", pdf, Ok("ab.pdf"));
        check("scan.pdf...", pdf, Ok("scan.pdf"));
        check("CON", pdf, Ok("_CON.pdf"));
        check("com1.pdf", pdf, Ok("_com1.pdf"));
        check("nul.2026.pdf", pdf, Ok("_nul.2026.pdf"));
        check("console.pdf", pdf, Ok("console.pdf"));
        check("report.2026", pdf, Ok("report.2026.pdf"));
        check("a\"b<c>|?*.pdf", pdf, Ok("a_b_c____.pdf"));
        check("photo.JPEG", MediaType::Jpeg, Ok("photo.JPEG"));
        check("photo.jpeg", MediaType::Png, wrong);
        check("contract.docm", MediaType::Docx, wrong);
        check("", pdf, invalid);
        check("...", pdf, invalid);
        check("\u{202E}\u{200B}", pdf, invalid);
        check("؟؟.pdf", pdf, Ok("؟؟.pdf"));
        check("؟!", pdf, invalid);
        check(".pdf", pdf, Ok("pdf.pdf"));
    }

    #[test]
    fn a_name_of_three_hundred_letters_keeps_its_ending() {
        for letter in ["a", "ش", "𐤀"] {
            let name = fitting(&format!("{}.pdf", letter.repeat(300)), MediaType::Pdf).unwrap();
            assert!(name.chars().count() <= NAME_LETTERS_MAX && name.ends_with(".pdf"), "{name}");
        }
    }
}
