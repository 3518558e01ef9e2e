//! What is known before anything is answered is computed when the form is published.

use crate::{evaluate::constant, expression::Expr};

/// The expression, or what it always gives.
pub(crate) fn folded(expr: Expr) -> Expr {
    match expr {
        Expr::And(one, other) => match (*one, *other) {
            (Expr::Truth(false), _) | (_, Expr::Truth(false)) => Expr::Truth(false),
            (Expr::Truth(true), rest) | (rest, Expr::Truth(true)) => rest,
            (one, other) => Expr::And(Box::new(one), Box::new(other)),
        },
        Expr::Or(one, other) => match (*one, *other) {
            (Expr::Truth(true), _) | (_, Expr::Truth(true)) => Expr::Truth(true),
            (Expr::Truth(false), rest) | (rest, Expr::Truth(false)) => rest,
            (one, other) => Expr::Or(Box::new(one), Box::new(other)),
        },
        Expr::If(test, yes, no) => match *test {
            Expr::Truth(true) => *yes,
            Expr::Truth(false) => *no,
            test => Expr::If(Box::new(test), yes, no),
        },
        expr if expr.parts().iter().all(|part| is_plain(part)) => constant(&expr).unwrap_or(expr),
        expr => expr,
    }
}

fn is_plain(expr: &Expr) -> bool {
    match expr {
        Expr::Truth(_) | Expr::Number(_) | Expr::Text(_) | Expr::Day(_) => true,
        Expr::List(parts) => parts.iter().all(is_plain),
        _ => false,
    }
}
