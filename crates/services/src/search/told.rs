//! What a page says about how it read the words: a slip that it mended, synonyms that it looked for besides.

use language::Reading;

#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// The words as they were probably meant, and where they are searched for as they stand.
    pub meant: Option<(String, String)>,
    pub also: Vec<String>,
}

impl Told {
    pub fn of(reading: &Reading, words: &str, page: &str) -> Told {
        let meant = reading.meant(words).map(|meant| {
            let href = web::address(page, [("q", meant.as_str())]);
            (meant, href)
        });
        Told { meant, also: reading.also.clone() }
    }
}
