//! `GET /help` and `GET /help/{slug}`.

use askama::Template;
use web::{Page, Path, Shell};

use super::{
    Article, all,
    text::{Block, blocks},
};

#[derive(Template)]
#[template(path = "help/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    articles: &'static [Article],
}

pub(super) async fn list(shell: Shell) -> Page<ListPage> {
    Page(ListPage { articles: all(shell.lang), shell })
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
