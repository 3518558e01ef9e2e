//! A process as a drawing: its course from top to bottom, the applicant and the refusal beside it. Rendered on the
//! server, mirrored where the language is; a table beside it says the same in words.

use askama::{Template, filters::HtmlSafe};
use web::Shell;

use super::{Party, Process, Stage};
use crate::request::State;

const WIDTH: i32 = 720;
const MARGIN: i32 = 56;
const BOX_WIDTH: i32 = 356;
const SIDE: i32 = 484;
const SIDE_WIDTH: i32 = 220;
const BOX_HEIGHT: i32 = 68;
const ROW_HEIGHT: i32 = 100;
/// The lane between the course and what stands beside it.
const LANE: i32 = 448;
/// Letters of a line in a box of the course, and in one beside it.
const LINE_LETTERS: usize = 38;
const SIDE_LINE_LETTERS: usize = 22;

struct Node {
    x: i32,
    y: i32,
    width: i32,
    kind: &'static str,
    title: Vec<String>,
    holder: String,
}

impl Node {
    fn middle(&self) -> i32 {
        self.x + self.width / 2
    }

    /// Each line of the title with its base line.
    fn title_lines(&self) -> Vec<(i32, &str)> {
        self.title.iter().enumerate().map(|(place, words)| (self.line(place), words.as_str())).collect()
    }

    /// The base line of the holder, below the title.
    fn last_line(&self) -> i32 {
        self.line(self.title.len())
    }

    /// The base line of the nth line of words, so that all of them stand in the middle.
    fn line(&self, place: usize) -> i32 {
        let lines = self.title.len() + usize::from(!self.holder.is_empty());
        self.y + BOX_HEIGHT / 2 + 6 - (lines as i32 - 1) * 11 + place as i32 * 22
    }
}

#[derive(Template)]
#[template(path = "process/picture.html")]
pub struct Picture {
    label: String,
    rtl: bool,
    height: i32,
    nodes: Vec<Node>,
    edges: Vec<String>,
}

impl HtmlSafe for Picture {}

impl Picture {
    pub fn of(shell: &Shell, process: &Process, label: String) -> Picture {
        let placed = Placed::of(process);
        let rtl = shell.dir == "rtl";
        let delivery = Node {
            x: MARGIN,
            y: 8,
            width: BOX_WIDTH,
            kind: "delivery",
            title: lines(shell.text(&process.delivery.title), LINE_LETTERS),
            holder: String::new(),
        };
        let stages = placed.0.iter().map(|(stage, row, beside)| node(shell, stage, *row, *beside));
        let mut nodes: Vec<Node> = std::iter::once(delivery).chain(stages).collect();
        let mut edges = vec![down(0, 1)];
        for (stage, row, beside) in &placed.0 {
            let ways = stage.moves.iter().filter_map(|way| placed.find(&way.to));
            edges.extend(ways.map(|to| edge((*row, *beside), to)));
        }
        let rows = placed.0.iter().map(|(_, row, _)| *row).max().unwrap_or_default() + 1;
        if rtl {
            nodes.iter_mut().for_each(|node| node.x = WIDTH - node.x - node.width);
        }
        Picture { label, rtl, height: rows * ROW_HEIGHT, nodes, edges }
    }

    fn width(&self) -> i32 {
        WIDTH
    }

    fn box_height(&self) -> i32 {
        BOX_HEIGHT
    }
}

/// Each stage with its row, and whether it stands beside the course.
struct Placed<'p>(Vec<(&'p Stage, i32, bool)>);

impl<'p> Placed<'p> {
    fn of(process: &'p Process) -> Placed<'p> {
        let completed = process.stages.iter().filter(|stage| stage.state == State::Completed);
        let course: Vec<&Stage> = process.course().chain(completed).collect();
        let mut placed: Vec<(&Stage, i32, bool)> =
            course.iter().enumerate().map(|(row, stage)| (*stage, row as i32 + 1, false)).collect();
        let mut taken: Vec<i32> = Vec::new();
        for stage in process.stages.iter().filter(|stage| !course.iter().any(|known| known.id == stage.id)) {
            let by: Vec<i32> = placed
                .iter()
                .filter(|(from, _, beside)| !beside && from.moves.iter().any(|way| way.to == stage.id))
                .map(|(_, row, _)| *row)
                .collect();
            let wish = if stage.is_end() { by.last() } else { by.first() };
            let mut row = wish.copied().unwrap_or(1);
            while taken.contains(&row) {
                row += 1;
            }
            taken.push(row);
            placed.push((stage, row, true));
        }
        Placed(placed)
    }

    fn find(&self, id: &str) -> Option<(i32, bool)> {
        self.0.iter().find(|(stage, ..)| stage.id == id).map(|(_, row, beside)| (*row, *beside))
    }
}

fn node(shell: &Shell, stage: &Stage, row: i32, beside: bool) -> Node {
    let (x, width, letters) = match beside {
        true => (SIDE, SIDE_WIDTH, SIDE_LINE_LETTERS),
        false => (MARGIN, BOX_WIDTH, LINE_LETTERS),
    };
    let kind = match (&stage.party, stage.state) {
        (_, State::Refused) => "refused",
        (_, State::Completed) => "completed",
        (Party::Applicant, _) => "applicant",
        (Party::Body { .. }, _) => "other-body",
        (Party::System, _) => "platform",
        _ => "provider",
    };
    let title = lines(shell.text(&stage.title), letters);
    let has_room = title.len() == 1 && !stage.is_end() && stage.party != Party::Applicant;
    let holder = if has_room { lines(shell.text(&stage.holder), LINE_LETTERS + 8) } else { Vec::new() };
    let y = row * ROW_HEIGHT + 8;
    Node { x, y, width, kind, title, holder: holder.into_iter().next().unwrap_or_default() }
}

fn down(from: i32, to: i32) -> String {
    let x = MARGIN + BOX_WIDTH / 2;
    format!("M{x} {}V{}", from * ROW_HEIGHT + 8 + BOX_HEIGHT, to * ROW_HEIGHT + 4)
}

/// The line of a move: down the course, around stages that it passes by, or over the lane to what stands beside.
fn edge((row, beside): (i32, bool), (to, to_beside): (i32, bool)) -> String {
    let middle = |row: i32| row * ROW_HEIGHT + 8 + BOX_HEIGHT / 2;
    match (beside, to_beside) {
        (false, false) if to == row + 1 => down(row, to),
        (false, false) => {
            let (from, to, around) = (middle(row), middle(to), MARGIN - 36);
            format!("M{MARGIN} {from}H{around}V{to}H{}", MARGIN - 4)
        }
        (false, true) => {
            let (from, to) = (middle(row) - 12, middle(to) - 12);
            format!("M{} {from}H{LANE}V{to}H{}", MARGIN + BOX_WIDTH, SIDE - 4)
        }
        (true, false) => {
            let (from, to, lane) = (middle(row) + 14, middle(to) + 14, LANE + 14);
            format!("M{SIDE} {from}H{lane}V{to}H{}", MARGIN + BOX_WIDTH + 4)
        }
        (true, true) => {
            let x = SIDE + SIDE_WIDTH / 2;
            format!("M{x} {}V{}", middle(row) + BOX_HEIGHT / 2, to * ROW_HEIGHT + 4)
        }
    }
}

/// At most two lines of whole words; what is longer ends in dots, and the table says all of it.
fn lines(words: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let last = lines.len() - 1;
        let room = lines[last].chars().count() + 1 + word.chars().count() <= letters;
        if lines[last].is_empty() {
            lines[last] = word.to_owned();
        } else if room {
            lines[last] = format!("{} {word}", lines[last]);
        } else if lines.len() == 2 {
            lines[1].push('…');
            break;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::card;

    #[test]
    fn each_stage_has_its_own_place() {
        let process = Process::standard(&card());
        let placed = Placed::of(&process);
        let places: Vec<(&str, i32, bool)> =
            placed.0.iter().map(|(stage, row, beside)| (stage.id.as_str(), *row, *beside)).collect();
        assert_eq!(
            places,
            [
                ("verification", 1, false),
                ("decision", 2, false),
                ("output", 3, false),
                ("completed", 4, false),
                ("correction", 1, true),
                ("refused", 2, true),
            ]
        );
    }

    #[test]
    fn words_stay_whole_and_no_box_has_three_lines() {
        assert_eq!(lines("رأي التسجيل العقاري في الملكية", 40), ["رأي التسجيل العقاري في الملكية"]);
        assert_eq!(lines("one two three four", 9), ["one two", "three…"]);
    }
}
