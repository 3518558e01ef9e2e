//! `GET /help` and `GET /help/{slug}`.

use askama::Template;
use serde::Deserialize;
use web::{Page, Path, Query, Shell};

use super::{
    Article, all, found,
    text::{Block, blocks},
};

#[derive(Template)]
#[template(path = "help/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    articles: Vec<&'static Article>,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    q: Option<String>,
}

/// All articles, or those that answer a question.
pub(super) async fn list(shell: Shell, Query(asked): Query<Asked>) -> Page<ListPage> {
    let articles = match asked.q.unwrap_or_default().trim() {
        "" => all(shell.lang).iter().collect(),
        words => found(words, shell.lang, all(shell.lang).len()).0,
    };
    Page(ListPage { articles, shell })
}

#[derive(Template)]
#[template(path = "help/article.html")]
pub(super) struct ArticlePage {
    shell: Shell,
    article: &'static Article,
    blocks: Vec<Block<'static>>,
    others: Vec<&'static Article>,
}

pub(super) async fn article(shell: Shell, Path(slug): Path<String>) -> Result<Page<ArticlePage>, web::Error> {
    let articles = all(shell.lang);
    let article = articles.iter().find(|article| article.slug == slug).ok_or_else(web::Error::not_found)?;
    let others = articles.iter().filter(|other| other.slug != article.slug).collect();
    Ok(Page(ArticlePage { blocks: blocks(article.text), article, others, shell }))
}
