//! Random forms with rules, random answers to them. The same seed gives the same, so that a failure can be looked at.

use serde_json::{Map, Value, json};

use crate::{Check, Declared, Kind, Question, Section};

/// Xorshift: enough for tests, and the same everywhere.
pub(super) struct Random(u64);

/// What an expression may name, by kind: `whole` and `row.whole`.
#[derive(Clone, Default)]
struct Names {
    whole: Vec<String>,
    number: Vec<String>,
    text: Vec<String>,
    choice: Vec<String>,
    truth: Vec<String>,
    day: Vec<String>,
    groups: Vec<(String, Vec<Question>)>,
}

impl Names {
    fn add(&mut self, name: String, kind: &Kind) {
        match kind {
            Kind::Whole => self.whole.push(name),
            Kind::Number => self.number.push(name),
            Kind::Text => self.text.push(name),
            Kind::Choice(_) => self.choice.push(name),
            Kind::Truth => self.truth.push(name),
            Kind::Day => self.day.push(name),
            Kind::Rows => {}
        }
    }
}

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() >> 11) as usize % end.max(1)
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let place = self.below(list.len());
        &list[place]
    }

    fn kind(&mut self) -> Kind {
        match self.below(6) {
            0 => Kind::Text,
            1 => Kind::Choice(vec!["home".into(), "shop".into(), "متجر".into()]),
            2 => Kind::Whole,
            3 => Kind::Number,
            4 => Kind::Truth,
            _ => Kind::Day,
        }
    }

    /// Rules name only what came before them, so that there is no circle.
    pub fn declared(&mut self) -> Declared {
        let mut declared = Declared::default();
        let mut names = Names::default();
        for place in 0..4 + self.below(10) {
            let key = format!("q{place}");
            let question =
                if self.one_in(5) { self.group(&key, &names) } else { self.question(&key, &names) };
            match question.kind {
                Kind::Rows => names.groups.push((key, question.columns.clone())),
                _ => names.add(key, &question.kind),
            }
            declared.questions.push(question);
        }
        if self.one_in(2) {
            let first = declared.questions[0].key.clone();
            let rest: Vec<String> =
                declared.questions.iter().rev().take(2).map(|question| question.key.clone()).collect();
            let mut early = Names::default();
            early.add(first, &declared.questions[0].kind.clone());
            let when = Some(self.truth(&early, 2, 0));
            declared.sections.push(Section { id: "last".into(), when, questions: rest });
        }
        for place in 0..self.below(3) {
            let expression = self.truth(&names, 3, 0);
            declared.checks.push(Check { id: format!("c{place}"), expression, group: None });
        }
        if let Some((key, columns)) = names.groups.first().cloned() {
            let expression = self.truth(&in_row(&names, &columns), 3, 0);
            declared.checks.push(Check { id: "rows".into(), expression, group: Some(key) });
        }
        declared.sections.retain(|section| section.questions.iter().all(|key| key != "q0"));
        unreachable_dropped(declared)
    }

    fn question(&mut self, key: &str, names: &Names) -> Question {
        let kind = self.kind();
        let when = self.one_in(3).then(|| self.truth(names, 3, 0));
        let calculate = if self.one_in(3) { self.of_kind(&kind, names, 3) } else { None };
        Question { key: key.into(), kind, when, calculate, columns: Vec::new() }
    }

    fn group(&mut self, key: &str, names: &Names) -> Question {
        let mut columns: Vec<Question> = Vec::new();
        for place in 0..1 + self.below(4) {
            let question = self.question(&format!("k{place}"), &in_row(names, &columns));
            columns.push(question);
        }
        let when = self.one_in(4).then(|| self.truth(names, 2, 0));
        Question { key: key.into(), kind: Kind::Rows, when, calculate: None, columns }
    }

    fn of_kind(&mut self, kind: &Kind, names: &Names, depth: usize) -> Option<String> {
        Some(match kind {
            Kind::Text | Kind::Choice(_) => self.text(names, depth),
            Kind::Whole => self.whole(names, depth, 0),
            Kind::Number => self.number(names, depth, 0),
            Kind::Truth => self.truth(names, depth, 0),
            Kind::Day => self.day(names, depth),
            Kind::Rows => return None,
        })
    }

    fn whole(&mut self, names: &Names, depth: usize, bound: usize) -> String {
        if depth == 0 || self.one_in(4) {
            return match names.whole.is_empty() || self.one_in(3) {
                true => (self.below(40) as i64 - 10).to_string(),
                false => self.pick(&names.whole).clone(),
            };
        }
        let deeper = depth - 1;
        match self.below(11) {
            0 => format!("({} + {})", self.whole(names, deeper, bound), self.whole(names, deeper, bound)),
            1 => format!("({} - {})", self.whole(names, deeper, bound), self.whole(names, deeper, bound)),
            2 => format!("({} * {})", self.whole(names, deeper, bound), self.whole(names, deeper, bound)),
            3 => format!("({} % {})", self.whole(names, deeper, bound), self.whole(names, deeper, bound)),
            4 => format!("div({}, {})", self.whole(names, deeper, bound), self.whole(names, deeper, bound)),
            5 => format!("size({})", self.text(names, deeper)),
            6 => {
                format!("orElse({}, {})", self.whole(names, deeper, bound), self.whole(names, deeper, bound))
            }
            7 => {
                let call = *self.pick(&["round", "floor", "ceil", "int"]);
                format!("{call}({})", self.number(names, deeper, bound))
            }
            8 => {
                let call = *self.pick(&["daysBetween", "yearsBetween"]);
                format!("{call}({}, {})", self.day(names, deeper), self.day(names, deeper))
            }
            9 => {
                let call = *self.pick(&["year", "month", "day"]);
                format!("{call}({})", self.day(names, deeper))
            }
            _ => self.over_rows(names, deeper, bound, "size").unwrap_or_else(|| "7".into()),
        }
    }

    fn number(&mut self, names: &Names, depth: usize, bound: usize) -> String {
        if depth == 0 || self.one_in(4) {
            return match names.number.is_empty() || self.one_in(3) {
                true => {
                    (*self.pick(&["0.15", "2.5", "-3.75", "1000000.000001", "0.333333", "99999999.9"])).into()
                }
                false => self.pick(&names.number).clone(),
            };
        }
        let deeper = depth - 1;
        match self.below(9) {
            0 => format!("({} + {})", self.number(names, deeper, bound), self.number(names, deeper, bound)),
            1 => format!("({} - {})", self.number(names, deeper, bound), self.whole(names, deeper, bound)),
            2 => format!("({} * {})", self.number(names, deeper, bound), self.number(names, deeper, bound)),
            3 => format!("({} / {})", self.number(names, deeper, bound), self.number(names, deeper, bound)),
            4 => format!("(-{})", self.number(names, deeper, bound)),
            5 => format!("round({}, {})", self.number(names, deeper, bound), self.below(8)),
            6 => {
                let call = *self.pick(&["min", "max"]);
                format!(
                    "{call}({}, {})",
                    self.number(names, deeper, bound),
                    self.number(names, deeper, bound)
                )
            }
            7 => {
                let test = self.truth(names, deeper, bound);
                format!(
                    "({test} ? {} : {})",
                    self.number(names, deeper, bound),
                    self.number(names, deeper, bound)
                )
            }
            _ => self.over_rows(names, deeper, bound, "sum").unwrap_or_else(|| "abs(1.5)".into()),
        }
    }

    fn text(&mut self, names: &Names, depth: usize) -> String {
        if depth == 0 || self.one_in(2) {
            let known: Vec<&String> = names.text.iter().chain(&names.choice).collect();
            return match known.is_empty() || self.one_in(3) {
                true => (*self.pick(&["'home'", "'متجر'", "''", "'  a b '", "'😀x'"])).into(),
                false => (*self.pick(&known)).clone(),
            };
        }
        match self.below(3) {
            0 => format!("({} + {})", self.text(names, depth - 1), self.text(names, depth - 1)),
            1 => format!("trim({})", self.text(names, depth - 1)),
            _ => format!("orElse({}, {})", self.text(names, depth - 1), self.text(names, depth - 1)),
        }
    }

    fn day(&mut self, names: &Names, depth: usize) -> String {
        if depth == 0 || self.one_in(2) {
            return match names.day.is_empty() || self.one_in(3) {
                true => (*self.pick(&[
                    "today()",
                    "date('2024-02-29')",
                    "date('1969-12-31')",
                    "date('9999-12-31')",
                ]))
                .into(),
                false => self.pick(&names.day).clone(),
            };
        }
        match self.below(3) {
            0 => format!("addDays({}, {})", self.day(names, depth - 1), self.whole(names, depth - 1, 0)),
            1 => format!("addMonths({}, {})", self.day(names, depth - 1), self.whole(names, depth - 1, 0)),
            _ => format!("min({}, {})", self.day(names, depth - 1), self.day(names, depth - 1)),
        }
    }

    fn truth(&mut self, names: &Names, depth: usize, bound: usize) -> String {
        if depth == 0 || self.one_in(6) {
            return match names.truth.is_empty() || self.one_in(4) {
                true => (*self.pick(&["true", "has(today())"])).into(),
                false => self.pick(&names.truth).clone(),
            };
        }
        let deeper = depth - 1;
        let compare = *self.pick(&["<", "<=", ">", ">=", "==", "!="]);
        match self.below(10) {
            0 => format!("({} && {})", self.truth(names, deeper, bound), self.truth(names, deeper, bound)),
            1 => format!("({} || {})", self.truth(names, deeper, bound), self.truth(names, deeper, bound)),
            2 => format!("!({})", self.truth(names, deeper, bound)),
            3 => format!(
                "{} {compare} {}",
                self.number(names, deeper, bound),
                self.whole(names, deeper, bound)
            ),
            4 => {
                format!("{} {compare} {}", self.whole(names, deeper, bound), self.whole(names, deeper, bound))
            }
            5 => format!("{} {compare} {}", self.day(names, deeper), self.day(names, deeper)),
            6 => format!("{} == {}", self.text(names, deeper), self.text(names, deeper)),
            7 => format!("{} in [{}, 'home']", self.text(names, deeper), self.text(names, deeper)),
            8 => {
                let call = *self.pick(&["startsWith", "endsWith", "contains"]);
                format!("{}.{call}({})", self.text(names, deeper), self.text(names, deeper))
            }
            _ => {
                let macros = ["all", "exists", "exists_one"];
                let each = *self.pick(&macros);
                self.over_rows(names, deeper, bound, each).unwrap_or_else(|| "has(today())".into())
            }
        }
    }

    /// Something over the rows of a group, if there is one.
    fn over_rows(&mut self, names: &Names, depth: usize, bound: usize, what: &str) -> Option<String> {
        if names.groups.is_empty() || bound > 1 {
            return None;
        }
        let (group, columns) = self.pick(&names.groups).clone();
        let row = format!("r{bound}");
        let mut inner = names.clone();
        for column in &columns {
            inner.add(format!("{row}.{}", column.key), &column.kind);
        }
        Some(match what {
            "size" => match self.one_in(2) {
                true => format!("size({group})"),
                false => format!("size({group}.filter({row}, {}))", self.truth(&inner, depth, bound + 1)),
            },
            "sum" => {
                let call = *self.pick(&["sum", "min", "max"]);
                format!("{group}.map({row}, {}).{call}()", self.number(&inner, depth, bound + 1))
            }
            each => format!("{group}.{each}({row}, {})", self.truth(&inner, depth, bound + 1)),
        })
    }

    pub fn answers(&mut self, declared: &Declared) -> Map<String, Value> {
        self.answers_to(&declared.questions)
    }

    fn answers_to(&mut self, questions: &[Question]) -> Map<String, Value> {
        let mut answers = Map::new();
        for question in questions {
            if self.one_in(6) {
                continue;
            }
            let value = match &question.kind {
                Kind::Rows => {
                    let rows = self.below(5);
                    Value::Array(
                        (0..rows).map(|_| Value::Object(self.answers_to(&question.columns))).collect(),
                    )
                }
                kind => self.answer(kind),
            };
            answers.insert(question.key.clone(), value);
        }
        answers
    }

    fn answer(&mut self, kind: &Kind) -> Value {
        if self.one_in(12) {
            return json!("خمسة");
        }
        match kind {
            Kind::Text => json!(self.pick(&["home", "ab", "متجر", "", "😀x", "  home"])),
            Kind::Choice(words) => json!(self.pick(words)),
            Kind::Whole => json!(*self.pick(&[0, 1, -3, 12, 700, 999_999_999, 5_000_000_000_000_i64])),
            Kind::Number => json!(*self.pick(&[0.0, 0.1, -2.5, 33.333_333_3, 1e-7, 1e11, 1e22, 12.75])),
            Kind::Truth => json!(self.one_in(2)),
            Kind::Day => {
                json!(self.pick(&["2026-03-01", "2024-02-29", "1970-01-01", "2026-02-30", "0001-01-01"]))
            }
            Kind::Rows => Value::Null,
        }
    }

    /// A true-or-false expression that CEL itself can run too, with an answer to each of its names.
    pub fn closed(&mut self) -> (String, Map<String, Value>) {
        let mut answers = Map::new();
        answers.insert("a".into(), json!(self.below(9) as i64 - 4));
        answers.insert("b".into(), json!(self.below(9)));
        answers.insert("s".into(), json!(self.pick(&["home", "متجر", "😀x"])));
        answers.insert("t".into(), json!(self.one_in(2)));
        (self.plain_truth(4), answers)
    }

    fn plain_truth(&mut self, depth: usize) -> String {
        if depth == 0 {
            return (*self.pick(&["t", "true", "false", "a < b", "s == 'home'"])).into();
        }
        let deeper = depth - 1;
        match self.below(7) {
            0 => format!("({} && {})", self.plain_truth(deeper), self.plain_truth(deeper)),
            1 => format!("({} || {})", self.plain_truth(deeper), self.plain_truth(deeper)),
            2 => format!("!({})", self.plain_truth(deeper)),
            3 => format!(
                "({} ? {} : {})",
                self.plain_truth(deeper),
                self.plain_truth(deeper),
                self.plain_truth(deeper)
            ),
            4 => {
                let compare = *self.pick(&["<", "<=", ">", ">=", "==", "!="]);
                format!("({} {compare} {})", self.plain_whole(deeper), self.plain_whole(deeper))
            }
            5 => {
                let each = *self.pick(&["all", "exists", "exists_one"]);
                format!("[a, b, {}].{each}(x, x % 2 == {})", self.below(5), self.below(2))
            }
            _ => {
                let call = *self.pick(&["startsWith", "endsWith", "contains"]);
                let word = *self.pick(&["'h'", "'ر'", "''", "s"]);
                format!("s.{call}({word})")
            }
        }
    }

    fn plain_whole(&mut self, depth: usize) -> String {
        if depth == 0 {
            return (*self.pick(&["a", "b", "3", "-2", "size(s)"])).into();
        }
        let deeper = depth - 1;
        match self.below(5) {
            0 => format!("({} + {})", self.plain_whole(deeper), self.plain_whole(deeper)),
            1 => format!("({} - {})", self.plain_whole(deeper), self.plain_whole(deeper)),
            2 => format!("({} * {})", self.plain_whole(deeper), self.plain_whole(deeper)),
            3 => format!("({} % {})", self.plain_whole(deeper), self.plain_whole(deeper)),
            // Where CEL gives up on a row without a value, a form leaves the row out: no rest of a division here.
            _ => format!("size([a, b, 1].filter(x, x > {}))", self.plain_whole(0)),
        }
    }
}

/// What a rule inside a row may name.
fn in_row(names: &Names, columns: &[Question]) -> Names {
    let mut inner = names.clone();
    for column in columns {
        inner.add(format!("row.{}", column.key), &column.kind);
    }
    inner
}

/// Conditions that can never be are refused when a form is published; here they are taken out instead.
fn unreachable_dropped(mut declared: Declared) -> Declared {
    let problems = crate::Program::compile(&declared).err().unwrap_or_default();
    for problem in problems.iter().filter(|problem| problem.code == "unreachable") {
        let path: Vec<&str> = problem.at.split('.').collect();
        match path.as_slice() {
            ["step", id] => declared.sections.retain(|section| section.id != *id),
            ["check", id] => declared.checks.retain(|check| check.id != *id),
            [key] => {
                declared.questions.iter_mut().filter(|one| one.key == *key).for_each(|one| one.when = None)
            }
            [group, key] => declared
                .questions
                .iter_mut()
                .filter(|one| one.key == *group)
                .flat_map(|one| &mut one.columns)
                .filter(|one| one.key == *key)
                .for_each(|one| one.when = None),
            _ => {}
        }
    }
    declared
}
