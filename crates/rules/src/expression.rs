//! An expression of a program: what both evaluators run, and its form in JSON.

use serde_json::{Value, json};

use crate::Decimal;

/// What an operation does. The word is its name in the program's JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Not,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Plus,
    Minus,
    Times,
    Over,
    Rest,
    Negate,
    IntoWhole,
    Round,
    Floor,
    Ceiling,
    Trunc,
    Magnitude,
    Smaller,
    Larger,
    Join,
    Length,
    StartsWith,
    EndsWith,
    Contains,
    Trim,
    In,
    Count,
    Sum,
    Least,
    Greatest,
    DaysBetween,
    YearsBetween,
    AddDays,
    AddMonths,
    YearOf,
    MonthOf,
    DayOf,
}

impl Op {
    pub fn word(self) -> &'static str {
        match self {
            Op::Not => "!",
            Op::Equal => "==",
            Op::Unequal => "!=",
            Op::Less => "<",
            Op::LessOrEqual => "<=",
            Op::Plus => "+",
            Op::Minus => "-",
            Op::Times => "*",
            Op::Over => "/",
            Op::Rest => "%",
            Op::Negate => "neg",
            Op::IntoWhole => "div",
            Op::Round => "round",
            Op::Floor => "floor",
            Op::Ceiling => "ceil",
            Op::Trunc => "int",
            Op::Magnitude => "abs",
            Op::Smaller => "min",
            Op::Larger => "max",
            Op::Join => "cat",
            Op::Length => "len",
            Op::StartsWith => "starts",
            Op::EndsWith => "ends",
            Op::Contains => "contains",
            Op::Trim => "trim",
            Op::In => "in",
            Op::Count => "count",
            Op::Sum => "sum",
            Op::Least => "least",
            Op::Greatest => "most",
            Op::DaysBetween => "days",
            Op::YearsBetween => "years",
            Op::AddDays => "addDays",
            Op::AddMonths => "addMonths",
            Op::YearOf => "year",
            Op::MonthOf => "month",
            Op::DayOf => "day",
        }
    }
}

/// What is done with each row or element of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Each {
    All,
    Exists,
    ExistsOne,
    Map,
    Filter,
}

impl Each {
    pub fn word(self) -> &'static str {
        match self {
            Each::All => "all",
            Each::Exists => "exists",
            Each::ExistsOne => "one",
            Each::Map => "map",
            Each::Filter => "filter",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    Truth(bool),
    Number(Decimal),
    Text(String),
    Day(i64),
    Today,
    List(Vec<Expr>),
    /// The answer to a question, by its node.
    Answer(usize),
    /// The rows of a group, by its node.
    Rows(usize),
    /// A column's answer in the row that is bound in a slot.
    Cell(usize, usize),
    /// What is bound in a slot.
    Bound(usize),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    Has(Box<Expr>),
    OrElse(Box<Expr>, Box<Expr>),
    Each(Each, Box<Expr>, usize, Box<Expr>),
    Call(Op, Vec<Expr>),
}

impl Expr {
    pub fn json(&self) -> Value {
        match self {
            Expr::Truth(truth) => json!(["b", truth]),
            Expr::Number(number) => json!(["n", number.to_string()]),
            Expr::Text(text) => json!(["s", text]),
            Expr::Day(day) => json!(["d", day]),
            Expr::Today => json!(["today"]),
            Expr::Answer(node) => json!(["v", node]),
            Expr::Rows(node) => json!(["rows", node]),
            Expr::Cell(node, slot) => json!(["c", node, slot]),
            Expr::Bound(slot) => json!(["x", slot]),
            Expr::And(one, other) => json!(["&&", one.json(), other.json()]),
            Expr::Or(one, other) => json!(["||", one.json(), other.json()]),
            Expr::If(test, yes, no) => json!(["?", test.json(), yes.json(), no.json()]),
            Expr::Has(inner) => json!(["has", inner.json()]),
            Expr::OrElse(one, other) => json!(["else", one.json(), other.json()]),
            Expr::Each(each, list, slot, body) => json!([each.word(), list.json(), slot, body.json()]),
            Expr::List(parts) => tagged("list", parts),
            Expr::Call(op, parts) => tagged(op.word(), parts),
        }
    }

    /// The parts that it is made of.
    pub fn parts(&self) -> Vec<&Expr> {
        match self {
            Expr::And(one, other) | Expr::Or(one, other) | Expr::OrElse(one, other) => vec![one, other],
            Expr::If(test, yes, no) => vec![test, yes, no],
            Expr::Has(inner) => vec![inner],
            Expr::Each(_, list, _, body) => vec![list, body],
            Expr::List(parts) | Expr::Call(_, parts) => parts.iter().collect(),
            _ => Vec::new(),
        }
    }
}

fn tagged(word: &str, parts: &[Expr]) -> Value {
    let mut out = vec![json!(word)];
    out.extend(parts.iter().map(Expr::json));
    Value::Array(out)
}
