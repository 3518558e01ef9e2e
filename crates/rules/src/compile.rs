//! From CEL to expressions of the program: names found, types checked, everything outside the subset refused.

use std::collections::HashMap;

use cel::{
    Env, IdedExpr,
    common::ast::{CallExpr, Expr as Cel, LiteralValue},
};

use crate::{
    Decimal, Kind,
    calls::{self, Typed},
    expression::{Each, Expr, Op},
    fold::folded,
};

/// Characters of one rule.
const RULE_CHARACTERS_MAX: usize = 4_000;
/// Nesting of one rule: the parser calls itself for each bracket and each `?`.
const DEPTH_MAX: usize = 24;

/// What an expression gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Truth,
    Whole,
    Number,
    Text,
    Day,
    List(Box<Type>),
    /// A row of the group at this node.
    Row(usize),
}

impl Type {
    pub fn of(kind: &Kind, node: usize) -> Type {
        match kind {
            Kind::Text | Kind::Choice(_) => Type::Text,
            Kind::Whole => Type::Whole,
            Kind::Number => Type::Number,
            Kind::Truth => Type::Truth,
            Kind::Day => Type::Day,
            Kind::Rows => Type::List(Box::new(Type::Row(node))),
        }
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Type::Whole | Type::Number)
    }

    pub fn word(&self) -> &'static str {
        match self {
            Type::Truth => "bool",
            Type::Whole => "int",
            Type::Number => "decimal",
            Type::Text => "string",
            Type::Day => "date",
            Type::List(_) => "list",
            Type::Row(_) => "row",
        }
    }
}

/// A question as rules see it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub node: usize,
    pub kind: Kind,
    /// The columns of a group, by their keys.
    pub columns: HashMap<String, (usize, Kind)>,
}

/// What stands in the way: a code and the word that was meant.
pub(crate) type Trouble = (&'static str, String);

/// The names that a rule may use.
pub(crate) struct Scope<'a> {
    pub names: &'a HashMap<String, Named>,
    /// The group in whose row the rule runs; `row` is bound in slot 0.
    pub row_of: Option<&'a Named>,
}

/// Compiles a rule and says what it gives.
pub(crate) fn compile(source: &str, scope: &Scope<'_>) -> Result<(Expr, Type), Trouble> {
    if source.chars().count() > RULE_CHARACTERS_MAX {
        return Err(("too_long", RULE_CHARACTERS_MAX.to_string()));
    }
    if nesting(source) > DEPTH_MAX {
        return Err(("too_deep", DEPTH_MAX.to_string()));
    }
    let parser = Env::default().parser().enable_optional_syntax(false);
    let parsed = parser.parse(source).map_err(|errors| ("syntax", plain(&errors.to_string())))?;
    let mut bound = Vec::new();
    if let Some(group) = scope.row_of {
        bound.push(("row".to_owned(), Type::Row(group.node)));
    }
    let typed = Compiler { scope, bound }.expression(&parsed)?;
    Ok((typed.expr, typed.kind))
}

/// How deep the brackets stand in each other, at most; brackets inside of words count too, which does no harm.
fn nesting(source: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    for letter in source.chars() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest + source.matches('?').count()
}

fn plain(error: &str) -> String {
    error.lines().next().unwrap_or_default().trim_start_matches("ERROR: <input>:").to_owned()
}

struct Compiler<'a> {
    scope: &'a Scope<'a>,
    /// What macros bound, by slot.
    bound: Vec<(String, Type)>,
}

impl Compiler<'_> {
    fn expression(&mut self, parsed: &IdedExpr) -> Result<Typed, Trouble> {
        match &parsed.expr {
            Cel::Literal(literal) => constant(literal),
            Cel::Ident(name) => self.name(name),
            Cel::Select(select) if !select.test => self.select(&select.operand, &select.field),
            Cel::List(list) => self.list(&list.elements),
            Cel::Call(call) => self.call(call),
            _ => Err(("unsupported", "{}".into())),
        }
    }

    fn name(&self, name: &str) -> Result<Typed, Trouble> {
        let slot = self.bound.iter().rposition(|(bound, _)| bound == name);
        if let Some((slot, (_, kind))) = slot.and_then(|slot| Some((slot, self.bound.get(slot)?))) {
            return Ok(Typed::new(Expr::Bound(slot), kind.clone()));
        }
        let known = self.scope.names.get(name).ok_or_else(|| ("unknown_field", name.to_owned()))?;
        let kind = Type::of(&known.kind, known.node);
        let expr = if known.kind == Kind::Rows { Expr::Rows(known.node) } else { Expr::Answer(known.node) };
        Ok(Typed { choices: choices(&known.kind), ..Typed::new(expr, kind) })
    }

    /// `row.area`: a column of a bound row. `floors.area`, without saying which row, is a mistake.
    fn select(&mut self, operand: &IdedExpr, field: &str) -> Result<Typed, Trouble> {
        let Typed { expr, kind, .. } = self.expression(operand)?;
        let (Expr::Bound(slot), Type::Row(group)) = (expr, kind) else {
            return Err(("rule_type", format!(".{field}")));
        };
        let group = self.scope.names.values().find(|named| named.node == group);
        let column = group.and_then(|group| group.columns.get(field));
        let (node, kind) = column.ok_or_else(|| ("unknown_field", field.to_owned()))?;
        let typed = Typed::new(Expr::Cell(*node, slot), Type::of(kind, *node));
        Ok(Typed { choices: choices(kind), ..typed })
    }

    fn list(&mut self, elements: &[IdedExpr]) -> Result<Typed, Trouble> {
        let mut parts = Vec::with_capacity(elements.len());
        let mut kind = None;
        for element in elements {
            let part = self.expression(element)?;
            let known = kind.get_or_insert_with(|| part.kind.clone());
            if *known != part.kind && !(known.is_number() && part.kind.is_number()) {
                return Err(("rule_type", "[…]".into()));
            }
            parts.push(part.expr);
        }
        let kind = kind.ok_or_else(|| ("rule_type", "[]".to_owned()))?;
        Ok(Typed::new(Expr::List(parts), Type::List(Box::new(kind))))
    }

    fn call(&mut self, call: &CallExpr) -> Result<Typed, Trouble> {
        if let (Some(each), Some(target)) = (each(&call.func_name), &call.target) {
            return self.each(each, target, &call.args);
        }
        let given = call.target.iter().map(|target| &**target).chain(&call.args);
        let mut args = Vec::with_capacity(call.args.len() + 1);
        for arg in given {
            args.push(self.expression(arg)?);
        }
        let typed = calls::typed(&call.func_name, args)?;
        Ok(Typed { expr: folded(typed.expr), ..typed })
    }

    fn each(&mut self, each: Each, target: &IdedExpr, args: &[IdedExpr]) -> Result<Typed, Trouble> {
        let list = self.expression(target)?;
        let Type::List(element) = list.kind.clone() else {
            return Err(("rule_type", each.word().into()));
        };
        let [IdedExpr { expr: Cel::Ident(name), .. }, body] = args else {
            return Err(("unsupported", each.word().into()));
        };
        let slot = self.bound.len();
        self.bound.push((name.clone(), (*element).clone()));
        let body = self.expression(body);
        self.bound.pop();
        let body = body?;
        let kind = match each {
            Each::Map => match body.kind {
                Type::List(_) | Type::Row(_) => return Err(("rule_type", "map".into())),
                kind => return Ok(over(each, list.expr, slot, body.expr, Type::List(Box::new(kind)))),
            },
            Each::Filter => Type::List(element),
            Each::All | Each::Exists | Each::ExistsOne => Type::Truth,
        };
        match body.kind {
            Type::Truth => Ok(over(each, list.expr, slot, body.expr, kind)),
            _ => Err(("rule_type", each.word().into())),
        }
    }
}

fn over(each: Each, list: Expr, slot: usize, body: Expr, kind: Type) -> Typed {
    Typed::new(Expr::Each(each, Box::new(list), slot, Box::new(body)), kind)
}

fn each(name: &str) -> Option<Each> {
    Some(match name {
        "all" => Each::All,
        "exists" => Each::Exists,
        "exists_one" | "existsOne" => Each::ExistsOne,
        "map" => Each::Map,
        "filter" => Each::Filter,
        _ => return None,
    })
}

fn choices(kind: &Kind) -> Option<Vec<String>> {
    match kind {
        Kind::Choice(words) => Some(words.clone()),
        _ => None,
    }
}

fn constant(literal: &LiteralValue) -> Result<Typed, Trouble> {
    let number = |text: String| Decimal::parse(&text).ok_or(("unsupported", text));
    Ok(match literal {
        LiteralValue::Boolean(truth) => Typed::new(Expr::Truth(*truth.inner()), Type::Truth),
        LiteralValue::Int(whole) => Typed::new(Expr::Number(number(whole.inner().to_string())?), Type::Whole),
        // The shortest digits that mean this number are those that the author wrote.
        LiteralValue::Double(part) => {
            Typed::new(Expr::Number(number(part.inner().to_string())?), Type::Number)
        }
        LiteralValue::String(text) => Typed::new(Expr::Text(text.inner().to_owned()), Type::Text),
        LiteralValue::UInt(_) => return Err(("unsupported", "1u".into())),
        LiteralValue::Bytes(_) => return Err(("unsupported", "b''".into())),
        LiteralValue::Null => return Err(("unsupported", "null".into())),
    })
}

/// The nodes that an expression reads: those of its own row, and all others.
pub(crate) fn reads(expr: &Expr, own: &mut Vec<usize>, other: &mut Vec<usize>, in_row: bool) {
    let known = match expr {
        Expr::Answer(node) | Expr::Rows(node) => Some((*node, false)),
        Expr::Cell(node, slot) => Some((*node, in_row && *slot == 0)),
        _ => None,
    };
    if let Some((node, is_own)) = known {
        let list = if is_own { own } else { other };
        if !list.contains(&node) {
            list.push(node);
        }
        return;
    }
    for part in expr.parts() {
        reads(part, own, other, in_row);
    }
}

/// Whether an operation was called on something that is always the same: used to find what can never be.
pub(crate) fn is_never(expr: &Expr) -> bool {
    matches!(expr, Expr::Truth(false))
}

/// Whether an operation keeps whole numbers whole.
pub(crate) fn keeps_whole(op: Op) -> bool {
    !matches!(op, Op::Over)
}
