//! A folded word without the article before it, and whatever is written onto the article.

const ARTICLES: [&str; 8] = ["وبال", "ولل", "وال", "فال", "بال", "كال", "لل", "ال"];
/// Letters that must remain.
const REMAINDER_MIN: usize = 3;

pub(crate) fn bare(folded: &str) -> &str {
    let without =
        |article: &&str| folded.strip_prefix(*article).filter(|rest| rest.chars().count() >= REMAINDER_MIN);
    ARTICLES.iter().find_map(without).unwrap_or(folded)
}
