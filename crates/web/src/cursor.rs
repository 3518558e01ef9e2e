//! Where the next page of a list begins, as a word that callers hand back and never read.

use authz::{Kind, Refusal};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};

/// A longer word was never one of ours.
const CURSOR_CHARACTERS_MAX: usize = 512;

/// Makes cursors out of the last row's sort key, and back.
pub struct Cursor;

impl Cursor {
    /// `key` is whatever the list is ordered by, as a tuple.
    pub fn encode<T: Serialize>(key: &T) -> Result<String, serde_json::Error> {
        Ok(URL_SAFE_NO_PAD.encode(serde_json::to_vec(key)?))
    }

    /// Where the next page begins, after a page's worth of rows and one more were asked for; that one is taken off again.
    /// `key` is what the list is ordered by.
    pub fn cut<T, K: Serialize>(
        found: &mut Vec<T>,
        page: usize,
        key: impl FnOnce(&T) -> K,
    ) -> Result<Option<String>, serde_json::Error> {
        let more = found.len() > page;
        found.truncate(page);
        found.last().filter(|_| more).map(|last| Cursor::encode(&key(last))).transpose()
    }

    pub fn decode<T: DeserializeOwned>(word: &str) -> Result<T, Refusal> {
        let refusal = || Refusal::new(Kind::Invalid, "web.cursor", &[]).with_item("cursor", "cursor", "");
        if word.len() > CURSOR_CHARACTERS_MAX {
            return Err(refusal());
        }
        let bytes = URL_SAFE_NO_PAD.decode(word).map_err(|_| refusal())?;
        serde_json::from_slice(&bytes).map_err(|_| refusal())
    }

    /// The same for a cursor that need not be there.
    pub fn decode_given<T: DeserializeOwned>(word: Option<&str>) -> Result<Option<T>, Refusal> {
        word.filter(|word| !word.is_empty()).map(Cursor::decode).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_and_a_made_up_one_is_refused() {
        let key = (1_772_357_400_000_000_i64, "26-000123".to_owned());
        let word = Cursor::encode(&key).expect("a cursor");
        assert_eq!(Cursor::decode::<(i64, String)>(&word), Ok(key));
        for wrong in ["%%%", "bm90IGpzb24", &"A".repeat(CURSOR_CHARACTERS_MAX + 1)] {
            let refusal = Cursor::decode::<(i64, String)>(wrong).expect_err(wrong);
            assert_eq!(refusal.code, "web.cursor");
        }
        assert_eq!(Cursor::decode_given::<i64>(Some("")), Ok(None));
    }

    #[test]
    fn a_list_goes_on_only_when_there_is_more_than_a_page() {
        for (rows, next) in [(0, None), (2, None), (3, Some(2)), (4, Some(2))] {
            let mut found: Vec<i64> = (1..=rows).collect();
            let cursor = Cursor::cut(&mut found, 2, |row| *row).expect("a cursor");
            assert_eq!(cursor.map(|word| Cursor::decode::<i64>(&word)), next.map(Ok), "{rows} rows");
            assert_eq!(found.len() as i64, rows.min(2));
        }
    }
}
