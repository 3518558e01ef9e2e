//! What a file is, told by its content. The name and the browser's word are claims, not facts.

/// The kinds that may be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    Pdf,
    Jpeg,
    Png,
    Docx,
    Xlsx,
    Text,
}

/// Bytes from the start of a file that are looked at to tell its kind.
pub(crate) const SNIFF_BYTES: usize = 16 * 1024;

/// A part of this name holds the macros of an office document.
const MACRO_PART: &[u8] = b"vbaProject.bin";

impl MediaType {
    pub const ALL: [MediaType; 6] =
        [MediaType::Pdf, MediaType::Jpeg, MediaType::Png, MediaType::Docx, MediaType::Xlsx, MediaType::Text];

    pub fn as_str(self) -> &'static str {
        match self {
            MediaType::Pdf => "application/pdf",
            MediaType::Jpeg => "image/jpeg",
            MediaType::Png => "image/png",
            MediaType::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            MediaType::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            MediaType::Text => "text/plain",
        }
    }

    pub fn named(media_type: &str) -> Option<MediaType> {
        MediaType::ALL.into_iter().find(|kind| kind.as_str() == media_type)
    }

    /// The endings that a file of this kind may carry; the first is given to a file that has none.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            MediaType::Pdf => &["pdf"],
            MediaType::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            MediaType::Png => &["png"],
            MediaType::Docx => &["docx"],
            MediaType::Xlsx => &["xlsx"],
            MediaType::Text => &["txt", "csv", "text", "log"],
        }
    }

    /// The kind of a file that begins with `head`. Text has no mark of its own: it is what is not anything
    /// else and has no byte that text never has; [`ContentCheck`] sees the rest of it.
    pub(crate) fn sniff(head: &[u8]) -> Option<MediaType> {
        if let Some(found) = infer::get(head) {
            return MediaType::named(found.mime_type());
        }
        let mut check = ContentCheck::of(MediaType::Text);
        check.sees(head).then_some(MediaType::Text)
    }
}

impl std::fmt::Display for MediaType {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Watches the whole content while it passes by: text must stay text, and an office document has no macros.
pub(crate) struct ContentCheck {
    kind: MediaType,
    /// The end of what was seen, where a letter or a mark may have been cut in two.
    rest: Vec<u8>,
}

impl ContentCheck {
    pub(crate) fn of(kind: MediaType) -> ContentCheck {
        ContentCheck { kind, rest: Vec::new() }
    }

    /// False when this piece cannot belong to the kind.
    pub(crate) fn sees(&mut self, piece: &[u8]) -> bool {
        match self.kind {
            MediaType::Text => self.sees_text(piece),
            MediaType::Docx | MediaType::Xlsx => self.sees_office(piece),
            MediaType::Pdf | MediaType::Jpeg | MediaType::Png => true,
        }
    }

    /// False when the content stopped in the middle of a letter.
    pub(crate) fn ends(&self) -> bool {
        self.kind != MediaType::Text || self.rest.is_empty()
    }

    fn sees_text(&mut self, piece: &[u8]) -> bool {
        let mut joined = std::mem::take(&mut self.rest);
        joined.extend_from_slice(piece);
        let valid = match std::str::from_utf8(&joined) {
            Ok(_) => joined.len(),
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return false,
        };
        self.rest = joined.split_off(valid);
        !joined.iter().any(|byte| matches!(byte, 0..=8 | 0x0B | 0x0E..=0x1F | 0x7F))
    }

    fn sees_office(&mut self, piece: &[u8]) -> bool {
        let mut joined = std::mem::take(&mut self.rest);
        joined.extend_from_slice(piece);
        if joined.windows(MACRO_PART.len()).any(|window| window == MACRO_PART) {
            return false;
        }
        self.rest = joined.split_off(joined.len().saturating_sub(MACRO_PART.len() - 1));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(kind: MediaType, pieces: &[&[u8]]) -> bool {
        let mut check = ContentCheck::of(kind);
        pieces.iter().all(|piece| check.sees(piece)) && check.ends()
    }

    #[test]
    fn the_content_tells_the_kind() {
        for (head, kind) in [
            (&b"%PDF-1.7\n"[..], Some(MediaType::Pdf)),
            (b"\xFF\xD8\xFF\xE0\x00\x10JFIF", Some(MediaType::Jpeg)),
            (b"\x89PNG\r\n\x1A\n", Some(MediaType::Png)),
            ("رقم،اسم\n1،سلمى\n".as_bytes(), Some(MediaType::Text)),
            (b"MZ\x90\x00\x03", None),
            (b"\x7FELF\x02\x01\x01", None),
            (b"PK\x03\x04\x14\x00\x00\x00\x08\x00", None),
            (b"GIF89a", None),
            (b"\x00\x01\x02", None),
            (b"#!/bin/sh\nrm -rf /\n", None),
            (b"<!DOCTYPE html><script>", None),
        ] {
            assert_eq!(MediaType::sniff(head), kind, "{head:?}");
        }
    }

    #[test]
    fn a_letter_may_be_cut_between_pieces_but_not_at_the_end() {
        let word = "شهادة".as_bytes();
        assert!(passes(MediaType::Text, &[&word[..3], &word[3..]]));
        assert!(!passes(MediaType::Text, &[&word[..3]]));
        assert!(!passes(MediaType::Text, &[b"a\xFFb"]));
        assert!(!passes(MediaType::Text, &[b"a", b"\x00"]));
    }

    #[test]
    fn macros_are_seen_even_across_pieces() {
        assert!(!passes(MediaType::Docx, &[b"word/vbaPro", b"ject.bin"]));
        assert!(passes(MediaType::Docx, &[b"word/vbaPro", b"file.bin"]));
    }
}
