//! Running a program over answers, all of it, in order. `rules.js` computes the same, only what changed.

use serde_json::{Map, Value, json};

use crate::{
    Decimal, Kind, Program,
    day::{civil, day_of, iso, plus_days, plus_months, years_between},
    expression::{Each, Expr, Op},
    program::{CheckNode, Node},
};

#[derive(Clone, Debug, PartialEq)]
enum Val {
    /// No value: an open answer, or something that cannot be computed.
    Open,
    Truth(bool),
    Number(Decimal),
    Text(String),
    Day(i64),
    List(Vec<Val>),
    Row(usize),
}

/// A check that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    pub check: String,
    pub row: Option<usize>,
}

/// What the answers come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The answers that count: without what is not asked, with what is computed.
    pub answers: Map<String, Value>,
    /// What is not asked: `spouse`, `floors.2.use`, and the sections as `step.family`.
    pub hidden: Vec<String>,
    pub failed: Vec<Failed>,
}

impl Program {
    /// Runs every rule. `today` is a day since 1970 where the form is filled in.
    pub fn run(&self, answers: &Map<String, Value>, today: i64) -> Outcome {
        let blank = vec![Cells::default(); self.nodes.len()];
        let mut run = Run { program: self, answers, today, cells: blank };
        for place in &self.order {
            run.compute(*place);
        }
        run.outcome()
    }
}

/// What a node came to: one value, or one for each row; and where it is asked.
#[derive(Clone, Debug, Default)]
struct Cells {
    values: Vec<Val>,
    asked: Vec<bool>,
}

struct Run<'a> {
    program: &'a Program,
    answers: &'a Map<String, Value>,
    today: i64,
    cells: Vec<Cells>,
}

impl Run<'_> {
    fn compute(&mut self, place: usize) {
        let Some(node) = self.program.nodes.get(place) else { return };
        let rows = node.group.map_or(1, |group| self.rows(group));
        let mut cells = Cells::default();
        for row in 0..rows {
            let mut bound: Vec<Val> = node.group.map(|_| Val::Row(row)).into_iter().collect();
            let stands = node.section.is_none_or(|section| self.asked(section, 0));
            let asked = stands
                && node.when.as_ref().is_none_or(|when| self.eval(when, &mut bound) == Val::Truth(true));
            let value = match (&node.calculate, asked) {
                (_, false) => Val::Open,
                (Some(expr), _) => self.eval(expr, &mut bound),
                (None, _) => self.given(node, row),
            };
            cells.values.push(value);
            cells.asked.push(asked);
        }
        if let Some(known) = self.cells.get_mut(place) {
            *known = cells;
        }
    }

    fn asked(&self, node: usize, row: usize) -> bool {
        self.cells.get(node).and_then(|cells| cells.asked.get(row)).copied().unwrap_or(false)
    }

    fn value(&self, node: usize, row: usize) -> Val {
        self.cells.get(node).and_then(|cells| cells.values.get(row)).cloned().unwrap_or(Val::Open)
    }

    /// How many rows a group has; none while it is not asked.
    fn rows(&self, group: usize) -> usize {
        let Some(node) = self.program.nodes.get(group).filter(|_| self.asked(group, 0)) else { return 0 };
        self.answers.get(&node.key).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// What was answered, if it is of the kind that was asked for.
    fn given(&self, node: &Node, row: usize) -> Val {
        let answer = match node.group.and_then(|group| self.program.nodes.get(group)) {
            Some(group) => {
                let rows = self.answers.get(&group.key);
                rows.and_then(|rows| rows.get(row)).and_then(|row| row.get(&node.key))
            }
            None => self.answers.get(&node.key),
        };
        match (&node.kind, answer) {
            (Some(Kind::Text | Kind::Choice(_)), Some(Value::String(text))) if !text.is_empty() => {
                Val::Text(text.clone())
            }
            (Some(Kind::Truth), Some(Value::Bool(truth))) => Val::Truth(*truth),
            (Some(Kind::Day), Some(Value::String(text))) => day_of(text).map_or(Val::Open, Val::Day),
            (Some(Kind::Number), Some(Value::Number(number))) => {
                number_of(number).map_or(Val::Open, Val::Number)
            }
            (Some(Kind::Whole), Some(Value::Number(number))) => {
                number_of(number).filter(|number| number.is_whole()).map_or(Val::Open, Val::Number)
            }
            _ => Val::Open,
        }
    }

    fn eval(&self, expr: &Expr, bound: &mut Vec<Val>) -> Val {
        match expr {
            Expr::Truth(truth) => Val::Truth(*truth),
            Expr::Number(number) => Val::Number(*number),
            Expr::Text(text) => Val::Text(text.clone()),
            Expr::Day(day) => Val::Day(*day),
            Expr::Today => Val::Day(self.today),
            Expr::Answer(node) => self.value(*node, 0),
            Expr::Rows(node) => Val::List((0..self.rows(*node)).map(Val::Row).collect()),
            Expr::Cell(node, slot) => match bound.get(*slot) {
                Some(Val::Row(row)) => self.value(*node, *row),
                _ => Val::Open,
            },
            Expr::Bound(slot) => bound.get(*slot).cloned().unwrap_or(Val::Open),
            Expr::List(parts) => Val::List(parts.iter().map(|part| self.eval(part, bound)).collect()),
            Expr::And(one, other) => self.decided(one, other, false, bound),
            Expr::Or(one, other) => self.decided(one, other, true, bound),
            Expr::If(test, yes, no) => match self.eval(test, bound) {
                Val::Truth(true) => self.eval(yes, bound),
                Val::Truth(false) => self.eval(no, bound),
                _ => Val::Open,
            },
            Expr::Has(inner) => Val::Truth(self.eval(inner, bound) != Val::Open),
            Expr::OrElse(one, other) => match self.eval(one, bound) {
                Val::Open => self.eval(other, bound),
                value => value,
            },
            Expr::Each(each, list, slot, body) => self.each(*each, list, *slot, body, bound),
            Expr::Call(op, parts) => {
                let args: Vec<Val> = parts.iter().map(|part| self.eval(part, bound)).collect();
                called(*op, &args)
            }
        }
    }

    /// `&&` and `||`: either side decides alone, whatever the other is.
    fn decided(&self, one: &Expr, other: &Expr, by: bool, bound: &mut Vec<Val>) -> Val {
        let one = self.eval(one, bound);
        if one == Val::Truth(by) {
            return one;
        }
        match (one, self.eval(other, bound)) {
            (_, Val::Truth(other)) if other == by => Val::Truth(by),
            (Val::Truth(_), Val::Truth(_)) => Val::Truth(!by),
            _ => Val::Open,
        }
    }

    fn each(&self, each: Each, list: &Expr, slot: usize, body: &Expr, bound: &mut Vec<Val>) -> Val {
        let Val::List(elements) = self.eval(list, bound) else { return Val::Open };
        let mut given = Vec::with_capacity(elements.len());
        for element in &elements {
            bound.truncate(slot);
            bound.push(element.clone());
            given.push(self.eval(body, bound));
        }
        bound.truncate(slot);
        let open = given.contains(&Val::Open);
        let yes = given.iter().filter(|value| **value == Val::Truth(true)).count();
        match each {
            Each::All if given.contains(&Val::Truth(false)) => Val::Truth(false),
            Each::Exists if yes > 0 => Val::Truth(true),
            Each::All | Each::Exists | Each::ExistsOne if open => Val::Open,
            Each::All => Val::Truth(true),
            Each::Exists => Val::Truth(false),
            Each::ExistsOne => Val::Truth(yes == 1),
            Each::Map => Val::List(given),
            Each::Filter => {
                let kept = elements.into_iter().zip(given).filter(|(_, kept)| *kept == Val::Truth(true));
                Val::List(kept.map(|(element, _)| element).collect())
            }
        }
    }

    fn outcome(&self) -> Outcome {
        let mut outcome = Outcome::default();
        for (place, node) in self.program.nodes.iter().enumerate() {
            match (&node.kind, node.group) {
                (None, _) if !self.asked(place, 0) => outcome.hidden.push(format!("step.{}", node.key)),
                (None, _) | (_, Some(_)) => {}
                (Some(Kind::Rows), _) => self.group_outcome(place, node, &mut outcome),
                (Some(_), _) => match self.kept(place, node, 0) {
                    Kept::Hidden => outcome.hidden.push(node.key.clone()),
                    Kept::Nothing => {}
                    Kept::Answer(value) => drop(outcome.answers.insert(node.key.clone(), value)),
                },
            }
        }
        // What no rule knows stays as it is; the schema says what it thinks of it.
        for (key, value) in self.answers {
            if !self
                .program
                .nodes
                .iter()
                .any(|node| node.kind.is_some() && node.group.is_none() && node.key == *key)
            {
                outcome.answers.insert(key.clone(), value.clone());
            }
        }
        outcome.failed = self.program.checks.iter().flat_map(|check| self.failed(check)).collect();
        outcome
    }

    fn group_outcome(&self, place: usize, node: &Node, outcome: &mut Outcome) {
        if !self.asked(place, 0) {
            outcome.hidden.push(node.key.clone());
            return;
        }
        let Some(given) = self.answers.get(&node.key) else { return };
        let Some(rows) = given.as_array() else {
            outcome.answers.insert(node.key.clone(), given.clone());
            return;
        };
        let columns: Vec<(usize, &Node)> =
            self.program.nodes.iter().enumerate().filter(|(_, column)| column.group == Some(place)).collect();
        let mut kept_rows = Vec::with_capacity(rows.len());
        for (row, given) in rows.iter().enumerate() {
            let Some(given) = given.as_object() else {
                kept_rows.push(given.clone());
                continue;
            };
            let mut kept = Map::new();
            for (place, column) in &columns {
                match self.kept(*place, column, row) {
                    Kept::Hidden => outcome.hidden.push(format!("{}.{row}.{}", node.key, column.key)),
                    Kept::Nothing => {}
                    Kept::Answer(value) => drop(kept.insert(column.key.clone(), value)),
                }
            }
            let unknown =
                given.iter().filter(|(key, _)| !columns.iter().any(|(_, column)| column.key == **key));
            kept.extend(unknown.map(|(key, value)| (key.clone(), value.clone())));
            kept_rows.push(Value::Object(kept));
        }
        outcome.answers.insert(node.key.clone(), Value::Array(kept_rows));
    }

    /// A computed answer is ours; one that was given stays as it was given, right or wrong.
    fn kept(&self, place: usize, node: &Node, row: usize) -> Kept {
        if !self.asked(place, row) {
            return Kept::Hidden;
        }
        if node.calculate.is_some() {
            return match self.value(place, row) {
                Val::Open => Kept::Nothing,
                value => Kept::Answer(json_of(&value)),
            };
        }
        let given = match node.group.and_then(|group| self.program.nodes.get(group)) {
            Some(group) => {
                self.answers.get(&group.key).and_then(|rows| rows.get(row)).and_then(|row| row.get(&node.key))
            }
            None => self.answers.get(&node.key),
        };
        given.map_or(Kept::Nothing, |value| Kept::Answer(value.clone()))
    }

    fn failed(&self, check: &CheckNode) -> Vec<Failed> {
        let rows = check.group.map_or(1, |group| self.rows(group));
        let fails = |row: &usize| {
            let mut bound: Vec<Val> = check.group.map(|_| Val::Row(*row)).into_iter().collect();
            self.eval(&check.expr, &mut bound) == Val::Truth(false)
        };
        let failed = |row: usize| Failed { check: check.id.clone(), row: check.group.map(|_| row) };
        (0..rows).filter(fails).map(failed).collect()
    }
}

enum Kept {
    Hidden,
    Nothing,
    Answer(Value),
}

fn number_of(number: &serde_json::Number) -> Option<Decimal> {
    Decimal::parse(&number.to_string())
}

fn json_of(value: &Val) -> Value {
    match value {
        Val::Truth(truth) => json!(truth),
        Val::Number(number) if number.is_whole() => json!(number.trunc()),
        Val::Number(number) => number.to_string().parse::<f64>().map_or(Value::Null, |number| json!(number)),
        Val::Text(text) => json!(text),
        Val::Day(day) => json!(iso(*day)),
        Val::Open | Val::List(_) | Val::Row(_) => Value::Null,
    }
}

/// What an expression without questions always gives.
pub(crate) fn constant(expr: &Expr) -> Option<Expr> {
    let Expr::Call(op, parts) = expr else { return None };
    let args: Option<Vec<Val>> = parts.iter().map(literal).collect();
    Some(match called(*op, &args?) {
        Val::Truth(truth) => Expr::Truth(truth),
        Val::Number(number) => Expr::Number(number),
        Val::Text(text) => Expr::Text(text),
        Val::Day(day) => Expr::Day(day),
        Val::Open | Val::List(_) | Val::Row(_) => return None,
    })
}

fn literal(expr: &Expr) -> Option<Val> {
    Some(match expr {
        Expr::Truth(truth) => Val::Truth(*truth),
        Expr::Number(number) => Val::Number(*number),
        Expr::Text(text) => Val::Text(text.clone()),
        Expr::Day(day) => Val::Day(*day),
        Expr::List(parts) => Val::List(parts.iter().map(literal).collect::<Option<Vec<Val>>>()?),
        _ => return None,
    })
}

fn called(op: Op, args: &[Val]) -> Val {
    match (op, args) {
        (Op::Count, [Val::List(list)]) => whole(list.len() as i64),
        (Op::Sum | Op::Least | Op::Greatest, [Val::List(list)]) => over_list(op, list),
        (Op::In, [one, Val::List(list)]) if *one != Val::Open => match list.contains(one) {
            false if list.contains(&Val::Open) => Val::Open,
            found => Val::Truth(found),
        },
        (Op::Not, [Val::Truth(truth)]) => Val::Truth(!truth),
        (_, [Val::Number(number)]) => of_number(op, *number),
        (_, [Val::Number(one), Val::Number(other)]) => of_numbers(op, *one, *other),
        (_, [Val::Text(text)]) => of_text(op, text),
        (_, [Val::Text(one), Val::Text(other)]) => of_texts(op, one, other),
        (_, [Val::Day(day)]) => of_day(op, *day),
        (_, [Val::Day(one), Val::Day(other)]) => of_days(op, *one, *other),
        (Op::AddDays, [Val::Day(day), Val::Number(days)]) => {
            plus_days(*day, days.trunc()).map_or(Val::Open, Val::Day)
        }
        (Op::AddMonths, [Val::Day(day), Val::Number(months)]) => {
            plus_months(*day, months.trunc()).map_or(Val::Open, Val::Day)
        }
        (Op::Equal, [Val::Truth(one), Val::Truth(other)]) => Val::Truth(one == other),
        (Op::Unequal, [Val::Truth(one), Val::Truth(other)]) => Val::Truth(one != other),
        _ => Val::Open,
    }
}

/// Rows that have no value yet are left out, so that a total shows while one types.
fn over_list(op: Op, list: &[Val]) -> Val {
    let mut total: Option<Val> = (op == Op::Sum).then_some(Val::Number(Decimal::ZERO));
    for value in list.iter().filter(|value| **value != Val::Open) {
        let next = match (&total, value) {
            (None, value) => value.clone(),
            (Some(known), value) => {
                let op = match op {
                    Op::Sum => Op::Plus,
                    Op::Least => Op::Smaller,
                    _ => Op::Larger,
                };
                called(op, &[known.clone(), value.clone()])
            }
        };
        if next == Val::Open {
            return Val::Open;
        }
        total = Some(next);
    }
    total.unwrap_or(Val::Open)
}

fn of_number(op: Op, number: Decimal) -> Val {
    let given = match op {
        Op::Negate => Some(number.negated()),
        Op::Round => number.rounded(0),
        Op::Floor => number.floor(),
        Op::Ceiling => number.ceiling(),
        Op::Trunc => Decimal::whole(number.trunc()),
        Op::Magnitude => Some(number.size()),
        _ => None,
    };
    given.map_or(Val::Open, Val::Number)
}

fn of_numbers(op: Op, one: Decimal, other: Decimal) -> Val {
    let given = match op {
        Op::Plus => one.plus(other),
        Op::Minus => one.minus(other),
        Op::Times => one.times(other),
        Op::Over => one.over(other),
        Op::Rest => one.rest(other),
        Op::IntoWhole => one.into_whole(other),
        Op::Round => one.rounded(other.trunc()),
        Op::Smaller => Some(one.min(other)),
        Op::Larger => Some(one.max(other)),
        Op::Equal => return Val::Truth(one == other),
        Op::Unequal => return Val::Truth(one != other),
        Op::Less => return Val::Truth(one < other),
        Op::LessOrEqual => return Val::Truth(one <= other),
        _ => None,
    };
    given.map_or(Val::Open, Val::Number)
}

fn of_text(op: Op, text: &str) -> Val {
    match op {
        Op::Length => whole(text.chars().count() as i64),
        Op::Trim => Val::Text(text.trim_matches(' ').to_owned()),
        _ => Val::Open,
    }
}

fn of_texts(op: Op, one: &str, other: &str) -> Val {
    match op {
        Op::Join => Val::Text(format!("{one}{other}")),
        Op::StartsWith => Val::Truth(one.starts_with(other)),
        Op::EndsWith => Val::Truth(one.ends_with(other)),
        Op::Contains => Val::Truth(one.contains(other)),
        Op::Equal => Val::Truth(one == other),
        Op::Unequal => Val::Truth(one != other),
        _ => Val::Open,
    }
}

fn of_day(op: Op, day: i64) -> Val {
    let (year, month, of_month) = civil(day);
    match op {
        Op::YearOf => whole(year),
        Op::MonthOf => whole(month),
        Op::DayOf => whole(of_month),
        _ => Val::Open,
    }
}

fn of_days(op: Op, one: i64, other: i64) -> Val {
    match op {
        Op::DaysBetween => whole(other - one),
        Op::YearsBetween => whole(years_between(one, other)),
        Op::Smaller => Val::Day(one.min(other)),
        Op::Larger => Val::Day(one.max(other)),
        Op::Equal => Val::Truth(one == other),
        Op::Unequal => Val::Truth(one != other),
        Op::Less => Val::Truth(one < other),
        Op::LessOrEqual => Val::Truth(one <= other),
        _ => Val::Open,
    }
}

fn whole(number: i64) -> Val {
    Decimal::whole(number).map_or(Val::Open, Val::Number)
}
