//! The functions and operators of the subset: what each takes, what it gives.

use crate::{
    compile::{Trouble, Type, keeps_whole},
    day::day_of,
    expression::{Expr, Op},
};

/// An expression with what it gives.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub expr: Expr,
    pub kind: Type,
    /// The words that an answer may be, when they are known.
    pub choices: Option<Vec<String>>,
}

impl Typed {
    pub fn new(expr: Expr, kind: Type) -> Typed {
        Typed { expr, kind, choices: None }
    }
}

/// Finds the function and checks what it is given. Operators and methods come the same way: `a.contains(b)` is
/// `contains(a, b)`.
pub(crate) fn typed(name: &str, args: Vec<Typed>) -> Result<Typed, Trouble> {
    let wrong = || ("rule_type", words(name, &args));
    let kinds: Vec<Type> = args.iter().map(|arg| arg.kind.clone()).collect();
    if let Some(known) = special(name, &args, &kinds)? {
        return Ok(known);
    }
    let (op, gives) = match (name, kinds.as_slice()) {
        ("!_", [Type::Truth]) => (Op::Not, Type::Truth),
        ("-_", [kind]) if kind.is_number() => (Op::Negate, kind.clone()),
        ("_+_", [Type::Text, Type::Text]) => (Op::Join, Type::Text),
        ("size", [Type::Text]) => (Op::Length, Type::Whole),
        ("size", [Type::List(_)]) => (Op::Count, Type::Whole),
        ("sum" | "min" | "max", [Type::List(of)]) if of.is_number() => (over_list(name), (**of).clone()),
        ("min" | "max", [Type::List(of)]) if **of == Type::Day => (over_list(name), Type::Day),
        ("startsWith", [Type::Text, Type::Text]) => (Op::StartsWith, Type::Truth),
        ("endsWith", [Type::Text, Type::Text]) => (Op::EndsWith, Type::Truth),
        ("contains", [Type::Text, Type::Text]) => (Op::Contains, Type::Truth),
        ("trim", [Type::Text]) => (Op::Trim, Type::Text),
        ("round", [kind, Type::Whole]) if kind.is_number() => (Op::Round, Type::Number),
        ("round", [kind]) if kind.is_number() => (Op::Round, Type::Whole),
        ("floor", [kind]) if kind.is_number() => (Op::Floor, Type::Whole),
        ("ceil", [kind]) if kind.is_number() => (Op::Ceiling, Type::Whole),
        ("int", [kind]) if kind.is_number() => (Op::Trunc, Type::Whole),
        ("abs", [kind]) if kind.is_number() => (Op::Magnitude, kind.clone()),
        ("div", [Type::Whole, Type::Whole]) => (Op::IntoWhole, Type::Whole),
        ("daysBetween", [Type::Day, Type::Day]) => (Op::DaysBetween, Type::Whole),
        ("yearsBetween", [Type::Day, Type::Day]) => (Op::YearsBetween, Type::Whole),
        ("addDays", [Type::Day, Type::Whole]) => (Op::AddDays, Type::Day),
        ("addMonths", [Type::Day, Type::Whole]) => (Op::AddMonths, Type::Day),
        ("year", [Type::Day]) => (Op::YearOf, Type::Whole),
        ("month", [Type::Day]) => (Op::MonthOf, Type::Whole),
        ("day", [Type::Day]) => (Op::DayOf, Type::Whole),
        (_, [one, other]) if is_known(name) => binary(name, one, other).ok_or_else(wrong)?,
        _ => return Err(if is_known(name) { wrong() } else { ("unsupported", name.to_owned()) }),
    };
    Ok(Typed::new(Expr::Call(op, args.into_iter().map(|arg| arg.expr).collect()), gives))
}

fn over_list(name: &str) -> Op {
    match name {
        "sum" => Op::Sum,
        "min" => Op::Least,
        _ => Op::Greatest,
    }
}

/// Arithmetic, comparison and the smaller or larger of two.
fn binary(name: &str, one: &Type, other: &Type) -> Option<(Op, Type)> {
    let numbers = one.is_number() && other.is_number();
    let whole = *one == Type::Whole && *other == Type::Whole;
    let number = if whole { Type::Whole } else { Type::Number };
    let ordered = numbers || (*one == Type::Day && *other == Type::Day);
    let alike = numbers || (one == other && !matches!(one, Type::List(_) | Type::Row(_)));
    let arithmetic = match name {
        "_+_" => Some(Op::Plus),
        "_-_" => Some(Op::Minus),
        "_*_" => Some(Op::Times),
        "_/_" => Some(Op::Over),
        "_%_" => Some(Op::Rest),
        "min" => Some(Op::Smaller),
        "max" => Some(Op::Larger),
        _ => None,
    };
    if let Some(op) = arithmetic.filter(|_| numbers) {
        // A whole number over a whole number would drop the rest unseen: `div` says so, `decimal` keeps it.
        return (!whole || keeps_whole(op)).then_some((op, number));
    }
    match name {
        "min" if ordered => Some((Op::Smaller, Type::Day)),
        "max" if ordered => Some((Op::Larger, Type::Day)),
        "_<_" | "_<=_" | "_>_" | "_>=_" if ordered => {
            Some((if matches!(name, "_<_" | "_>_") { Op::Less } else { Op::LessOrEqual }, Type::Truth))
        }
        "_==_" if alike => Some((Op::Equal, Type::Truth)),
        "_!=_" if alike => Some((Op::Unequal, Type::Truth)),
        "@in" => match other {
            Type::List(of) if **of == *one || (of.is_number() && one.is_number()) => {
                (!matches!(one, Type::List(_) | Type::Row(_))).then_some((Op::In, Type::Truth))
            }
            _ => None,
        },
        _ => None,
    }
}

/// What is not called like the others: logic that need not look at both sides, and what is known at once.
fn special(name: &str, args: &[Typed], kinds: &[Type]) -> Result<Option<Typed>, Trouble> {
    let boxed = |place: usize| args.get(place).map(|arg| Box::new(arg.expr.clone()));
    let typed = match (name, kinds) {
        ("_&&_", [Type::Truth, Type::Truth]) => {
            boxed(0).zip(boxed(1)).map(|(one, other)| Typed::new(Expr::And(one, other), Type::Truth))
        }
        ("_||_", [Type::Truth, Type::Truth]) => {
            boxed(0).zip(boxed(1)).map(|(one, other)| Typed::new(Expr::Or(one, other), Type::Truth))
        }
        ("_?_:_", [Type::Truth, yes, no]) => {
            let kind = common(yes, no).ok_or_else(|| ("rule_type", "? :".to_owned()))?;
            let parts = boxed(0).zip(boxed(1)).zip(boxed(2));
            parts.map(|((test, yes), no)| Typed::new(Expr::If(test, yes, no), kind))
        }
        ("has", [kind]) if !matches!(kind, Type::List(_) | Type::Row(_)) => {
            boxed(0).map(|inner| Typed::new(Expr::Has(inner), Type::Truth))
        }
        ("orElse", [one, other]) => {
            let kind = common(one, other).ok_or_else(|| ("rule_type", "orElse".to_owned()))?;
            boxed(0).zip(boxed(1)).map(|(one, other)| Typed::new(Expr::OrElse(one, other), kind))
        }
        // Both sides are turned, so that there is one way to compare.
        ("_>_" | "_>=_", [_, _]) => return turned(name, args),
        ("decimal" | "double", [kind]) if kind.is_number() => {
            args.first().map(|arg| Typed::new(arg.expr.clone(), Type::Number))
        }
        ("today", []) => Some(Typed::new(Expr::Today, Type::Day)),
        ("date", [Type::Text]) => match args.first().map(|arg| &arg.expr) {
            Some(Expr::Text(text)) => {
                let day = day_of(text).ok_or_else(|| ("rule_type", text.clone()))?;
                Some(Typed::new(Expr::Day(day), Type::Day))
            }
            _ => return Err(("unsupported", "date(…)".into())),
        },
        ("_==_" | "_!=_", [Type::Text, Type::Text]) => return Ok(never_equal(name, args)),
        _ => None,
    };
    Ok(typed)
}

fn turned(name: &str, args: &[Typed]) -> Result<Option<Typed>, Trouble> {
    let (Some(one), Some(other)) = (args.first(), args.get(1)) else { return Ok(None) };
    let name = if name == "_>_" { "_<_" } else { "_<=_" };
    typed(name, vec![other.clone(), one.clone()]).map(Some)
}

/// A choice compared with a word that is not offered is never equal: the author meant another word.
fn never_equal(name: &str, args: &[Typed]) -> Option<Typed> {
    let (one, other) = (args.first()?, args.get(1)?);
    let (choices, word) = match (&one.choices, &other.expr, &other.choices, &one.expr) {
        (Some(choices), Expr::Text(word), ..) => (choices, word),
        (.., Some(choices), Expr::Text(word)) => (choices, word),
        _ => return None,
    };
    (!choices.contains(word)).then(|| Typed::new(Expr::Truth(name == "_!=_"), Type::Truth))
}

fn common(one: &Type, other: &Type) -> Option<Type> {
    if one == other {
        return Some(one.clone());
    }
    (one.is_number() && other.is_number()).then_some(Type::Number)
}

fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 37] = [
        "!_",
        "-_",
        "_+_",
        "_-_",
        "_*_",
        "_/_",
        "_%_",
        "_<_",
        "_<=_",
        "_>_",
        "_>=_",
        "_==_",
        "_!=_",
        "@in",
        "_&&_",
        "_||_",
        "_?_:_",
        "size",
        "sum",
        "min",
        "max",
        "startsWith",
        "endsWith",
        "contains",
        "trim",
        "round",
        "floor",
        "ceil",
        "int",
        "abs",
        "div",
        "date",
        "today",
        "has",
        "orElse",
        "decimal",
        "year",
    ];
    KNOWN.contains(&name)
}

/// `_/_ (int, int)`, as an author can look it up.
fn words(name: &str, args: &[Typed]) -> String {
    let kinds: Vec<&str> = args.iter().map(|arg| arg.kind.word()).collect();
    format!("{} ({})", name.replace(['_', '@'], ""), kinds.join(", "))
}
