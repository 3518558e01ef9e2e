//! The structure of a letter: a small part of Markdown as blocks.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{BLOCKS_MAX, Block, CELLS_MAX, Line, Run, What, fill::Fault};

/// What is being read.
#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    line: Line,
    strong: usize,
    items: Vec<Line>,
    /// Lists that stand in each other are one list: letters are flat.
    lists: usize,
    ordered: bool,
    row: Vec<Line>,
    head: Vec<Line>,
    rows: Vec<Vec<Line>>,
    cells: usize,
}

pub(super) fn blocks(text: &str) -> Result<Vec<Block>, Fault> {
    let mut reading = Reading::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let line = || Some(text[..range.start].lines().count().max(1));
        match event {
            Event::Text(words) | Event::Code(words) => reading.say(&words),
            Event::SoftBreak => reading.say(" "),
            Event::HardBreak => reading.say("\n"),
            Event::Rule => reading.blocks.push(Block::Rule),
            Event::Start(Tag::Image { .. }) | Event::Html(_) | Event::InlineHtml(_) => {
                return Err((line(), What::Forbidden));
            }
            Event::Start(tag) => reading.begin(&tag),
            Event::End(tag) => reading.end(tag),
            _ => {}
        }
        if reading.blocks.len() > BLOCKS_MAX || reading.cells > CELLS_MAX || reading.items.len() > CELLS_MAX {
            return Err((line(), What::Length));
        }
    }
    Ok(reading.blocks)
}

impl Reading {
    fn say(&mut self, words: &str) {
        let strong = self.strong > 0;
        match self.line.last_mut() {
            Some(run) if run.strong == strong => run.text.push_str(words),
            _ => self.line.push(Run { text: words.to_owned(), strong }),
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Strong | Tag::Emphasis => self.strong += 1,
            Tag::List(start) => {
                if self.lists == 0 {
                    self.ordered = start.is_some();
                } else {
                    self.close_item();
                }
                self.lists += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong | TagEnd::Emphasis => self.strong = self.strong.saturating_sub(1),
            TagEnd::Paragraph if self.lists == 0 => {
                let line = std::mem::take(&mut self.line);
                self.blocks.push(Block::Paragraph { line });
            }
            TagEnd::Heading(level) => {
                let line = std::mem::take(&mut self.line);
                self.blocks.push(Block::Heading { level: level_of(level), line });
            }
            TagEnd::Item => self.close_item(),
            TagEnd::List(_) => {
                self.lists = self.lists.saturating_sub(1);
                if self.lists == 0 {
                    let items = std::mem::take(&mut self.items);
                    self.blocks.push(Block::List { ordered: self.ordered, items });
                }
            }
            TagEnd::TableCell => {
                self.cells += 1;
                self.row.push(std::mem::take(&mut self.line));
            }
            TagEnd::TableHead => self.head = std::mem::take(&mut self.row),
            TagEnd::TableRow => self.rows.push(std::mem::take(&mut self.row)),
            TagEnd::Table => {
                let (head, rows) = (std::mem::take(&mut self.head), std::mem::take(&mut self.rows));
                self.blocks.push(Block::Table { head, rows });
            }
            TagEnd::Paragraph if !self.line.is_empty() => self.say(" "),
            _ => {}
        }
    }

    fn close_item(&mut self) {
        if !self.line.is_empty() {
            self.items.push(std::mem::take(&mut self.line));
        }
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        _ => 3,
    }
}
