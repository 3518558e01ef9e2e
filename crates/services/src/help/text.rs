//! The little language of articles: the title, the answer in a sentence, then blocks between empty lines. A block of lines
//! that begin with `- ` is a list, one that begins with `## ` a heading; `[words](/path)` is a link.

use super::Article;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block<'a> {
    Heading(&'a str),
    Paragraph(Vec<Run<'a>>),
    List(Vec<Vec<Run<'a>>>),
}

/// A stretch of words, and where it leads if it is a link.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Run<'a> {
    pub words: &'a str,
    pub href: Option<&'a str>,
}

pub(super) fn article(slug: &'static str, file: &'static str) -> Article {
    let (title, rest) = file.split_once('\n').unwrap_or((file, ""));
    let (summary, text) = rest.split_once('\n').unwrap_or((rest, ""));
    Article { slug, title: title.trim(), summary: summary.trim(), text: text.trim() }
}

pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    text.split("\n\n").map(str::trim).filter(|block| !block.is_empty()).map(block).collect()
}

fn block(text: &str) -> Block<'_> {
    if let Some(heading) = text.strip_prefix("## ") {
        return Block::Heading(heading);
    }
    if text.lines().all(|line| line.starts_with("- ")) {
        return Block::List(text.lines().map(|line| runs(&line[2..])).collect());
    }
    Block::Paragraph(runs(text))
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((before, words, href, after)) = link(rest) {
        found.push(Run { words: before, href: None });
        found.push(Run { words, href: Some(href) });
        rest = after;
    }
    found.push(Run { words: rest, href: None });
    found.retain(|run| !run.words.is_empty());
    found
}

fn link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = text.split_once('[')?;
    let (words, rest) = rest.split_once("](")?;
    let (href, after) = rest.split_once(')')?;
    Some((before, words, href, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_lists_and_links_are_read() {
        let read = blocks("One [two](/three).\n\n## Four\n\n- five\n- six");
        let run = |words, href| Run { words, href };
        assert_eq!(
            read,
            [
                Block::Paragraph(vec![run("One ", None), run("two", Some("/three")), run(".", None)]),
                Block::Heading("Four"),
                Block::List(vec![vec![run("five", None)], vec![run("six", None)]]),
            ]
        );
    }
}
