//! Values into places: Jinja with fuel, where every value is escaped before Markdown reads it.

use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior,
    value::{Serde, Value as Jinja},
};
use serde_json::Value;

use super::{FILLED_CHARACTERS_MAX, LETTER_CHARACTERS_MAX, STEPS_MAX, What};

pub(super) type Fault = (Option<usize>, What);

/// How deep expressions and loops may stand in each other.
const DEPTH_MAX: usize = 40;

pub(super) fn filled(source: &str, values: &Value) -> Result<String, Fault> {
    let engine = engine();
    let letter = read(&engine, source)?;
    let text = letter.render(Jinja::from(Serde(values))).map_err(fault)?;
    if text.chars().count() > FILLED_CHARACTERS_MAX {
        return Err((None, What::Length));
    }
    Ok(text)
}

/// The names that a letter asks values for, sorted.
pub(super) fn places(source: &str) -> Result<Vec<String>, Fault> {
    let engine = engine();
    let mut places: Vec<String> = read(&engine, source)?.undeclared_variables(false).into_iter().collect();
    places.sort();
    Ok(places)
}

fn read<'e>(engine: &'e Environment<'e>, source: &'e str) -> Result<minijinja::Template<'e, 'e>, Fault> {
    if source.chars().count() > LETTER_CHARACTERS_MAX {
        return Err((None, What::Length));
    }
    engine.template_from_str(source).map_err(fault)
}

fn engine() -> Environment<'static> {
    let mut engine = Environment::empty();
    engine.set_fuel(Some(STEPS_MAX));
    engine.set_recursion_limit(DEPTH_MAX);
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    engine.set_formatter(write_value);
    engine
}

/// A backslash before every sign that Markdown could mean something by, and no line breaks: a name is a name.
fn write_value(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Jinja) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    let said = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut safe = String::with_capacity(said.len() + 8);
    for letter in said.chars() {
        match letter {
            '\n' | '\r' | '\t' => safe.push(' '),
            sign if sign.is_ascii_punctuation() => safe.extend(['\\', sign]),
            other => safe.push(other),
        }
    }
    out.write_str(&safe).map_err(Error::from)
}

fn fault(error: Error) -> Fault {
    let what = match error.kind() {
        ErrorKind::OutOfFuel => What::Work,
        ErrorKind::UndefinedError => What::Unknown(error.detail().unwrap_or_default().to_owned()),
        _ => What::Syntax(error.detail().map_or_else(|| error.kind().to_string(), str::to_owned)),
    };
    (error.line(), what)
}
