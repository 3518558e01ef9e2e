//! Help: short articles in both languages, written for somebody who stands before the screen with a question.
//!
//! They are text files beside this one, built in, so that they change with what they describe.

mod page;
mod text;

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use axum::{Router, routing::get};
use language::{Document, Field, Index, Lang, Place, Thesaurus};

use crate::Services;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/help", get(page::list)).route("/help/{slug}", get(page::article))
}

/// An article in one language.
pub(crate) struct Article {
    pub slug: &'static str,
    pub title: &'static str,
    /// The answer in a sentence.
    pub summary: &'static str,
    pub text: &'static str,
}

macro_rules! articles {
    ($lang:literal) => {
        articles!($lang, "find", "sign-in", "apply", "documents", "follow", "receipt", "verify", "refused", "on-behalf",
            "privacy", "accessibility")
    };
    ($lang:literal, $($slug:literal),+) => {
        [$(($slug, include_str!(concat!("help/articles/", $slug, ".", $lang, ".txt")))),+]
    };
}

static ARABIC: LazyLock<Library> = LazyLock::new(|| Library::of(&articles!("ar")));
static ENGLISH: LazyLock<Library> = LazyLock::new(|| Library::of(&articles!("en")));

struct Library {
    articles: Vec<Article>,
    index: Index,
}

impl Library {
    fn of(files: &[(&'static str, &'static str)]) -> Library {
        let articles: Vec<Article> = files.iter().map(|(slug, file)| text::article(slug, file)).collect();
        let mut index = Index::default();
        index.extend(articles.iter().map(|article| Document {
            key: article.slug,
            texts: vec![
                (Field::NAME, article.title),
                (Field::SUMMARY, article.summary),
                (Field::TEXT, article.text),
            ],
        }));
        Library { articles, index }
    }
}

fn library(lang: Lang) -> &'static Library {
    match lang {
        Lang::Ar => &ARABIC,
        Lang::En => &ENGLISH,
    }
}

/// All of them, in the order in which people need them.
pub(crate) fn all(lang: Lang) -> &'static [Article] {
    &library(lang).articles
}

/// The articles that answer these words, best first, with the stems by which they do; the first ones where nothing is
/// asked.
pub(crate) fn found(words: &str, lang: Lang, most: usize) -> (Vec<&'static Article>, HashSet<String>) {
    let library = library(lang);
    if words.is_empty() {
        return (library.articles.iter().take(most).collect(), HashSet::new());
    }
    let found = library.index.find(words, Thesaurus::built_in(), |_| true, 0..most);
    let article = |(place, _): &(Place, f32)| library.articles.get(*place as usize);
    (found.hits.iter().filter_map(article).collect(), found.reading.stems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_is_whole_in_both_languages() {
        for (arabic, english) in all(Lang::Ar).iter().zip(all(Lang::En)) {
            assert_eq!(arabic.slug, english.slug);
            for article in [arabic, english] {
                assert!(!article.title.is_empty() && !article.summary.is_empty(), "{}", article.slug);
                assert!(text::blocks(article.text).len() >= 2, "{} says too little", article.slug);
            }
        }
    }

    #[test]
    fn a_question_finds_its_article() {
        for (words, slug) in [
            ("كيف اقدم طلب", "apply"),
            ("ايصال", "receipt"),
            ("كلمة المرور", "sign-in"),
            ("رفض طلبي", "refused"),
            ("توكيل", "on-behalf"),
        ] {
            let (found, _) = found(words, Lang::Ar, 3);
            assert!(found.iter().any(|article| article.slug == slug), "{words}");
        }
        assert_eq!(found("receipt", Lang::En, 1).0[0].slug, "receipt");
    }
}
