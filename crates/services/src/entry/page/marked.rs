//! A text with the words in it that a search was for: the reader sees at once why it was found.

use std::collections::HashSet;

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub text: String,
    /// It is one of the words that were looked for.
    pub hit: bool,
}

/// Cuts a text where a wanted word begins and ends.
pub(crate) fn marked(text: &str, wanted: &HashSet<String>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut told = 0;
    let mut tell = |from: usize, to: usize, hit: bool| {
        if let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) {
            pieces.push(Piece { text: part.to_owned(), hit });
        }
    };
    if !wanted.is_empty() {
        for token in language::analyse(text) {
            // One word can have several stems; it is marked once.
            if token.start >= told && wanted.contains(&token.stem) {
                tell(told, token.start, false);
                tell(token.start, token.end, true);
                told = token.end;
            }
        }
    }
    tell(told, text.len(), false);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, text: &str, expected: &str) {
        let wanted = language::query(words).into_iter().flatten().collect();
        let shown: String = marked(text, &wanted)
            .into_iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text })
            .collect();
        assert_eq!(shown, expected, "{words}");
    }

    // proves: LY-SVC-23.2
    #[test]
    fn what_was_looked_for_is_marked_in_any_spelling() {
        check("شهادة اقامة", "شهادة إقامة", "[شهادة] [إقامة]");
        check("الشهادات", "شهادة رسمية", "[شهادة] رسمية");
        check("residence", "Residence certificate", "[Residence] certificate");
        check("", "شهادة إقامة", "شهادة إقامة");
        check("طيران", "شهادة إقامة", "شهادة إقامة");
        check("<b>", "a <b> c", "a <[b]> c");
    }
}
