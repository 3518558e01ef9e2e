//! The national numbering plan, read once from `numbering.toml`; and a number as people type it. Pure.

use std::sync::LazyLock;

use authz::{Kind, Refusal};
use language::{Text, fold_digits};
use serde::Deserialize;

use super::TEMPORARY;

pub(crate) const INVALID: Refusal = Refusal::new(Kind::Invalid, "identity.phone_invalid", &["LY-MAIL-3.02f"]);
pub(crate) const NOT_LOCAL: Refusal =
    Refusal::new(Kind::Invalid, "identity.phone_not_local", &["LY-MAIL-3.02f"]);
/// E.164 has no longer numbers.
const DIGITS_MAX: usize = 15;
/// Shorter ones reach nobody abroad.
const DIGITS_MIN: usize = 8;

/// How an operator stands for its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Proves {
    /// A code that arrives over its network and comes back is its word.
    Code,
    /// It answers an officer in writing.
    Officer,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Operator {
    pub id: String,
    pub name: Text,
    pub proves: Proves,
    begins: Vec<String>,
    temporary: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    country: String,
    digits: usize,
    #[serde(rename = "operator")]
    operators: Vec<Operator>,
}

/// A number of the plan.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    /// +218910000101
    pub e164: String,
    pub operator: &'static Operator,
}

/// The file is part of the program, and a test reads it.
static PLAN: LazyLock<Plan> =
    LazyLock::new(|| toml::from_str(include_str!("../../numbering.toml")).unwrap_or_default());

pub(crate) fn operator(id: &str) -> Option<&'static Operator> {
    PLAN.operators.iter().find(|operator| operator.id == id)
}

/// Reads a number in digits of either script, with or without the country's, and judges it by the plan.
pub(crate) fn read(typed: &str) -> Result<Number, Refusal> {
    let digits = international(typed).ok_or_else(|| fault(INVALID, "phone"))?;
    let own = digits.strip_prefix(&PLAN.country).filter(|rest| rest.len() == PLAN.digits);
    let own = own.ok_or_else(|| fault(NOT_LOCAL, "phone_not_local"))?;
    let begins_with = |heads: &[String]| heads.iter().any(|head| own.starts_with(head.as_str()));
    let operator = PLAN.operators.iter().find(|operator| begins_with(&operator.begins));
    let operator = operator.ok_or_else(|| fault(NOT_LOCAL, "phone_not_local"))?;
    if begins_with(&operator.temporary) {
        return Err(fault(TEMPORARY, "phone_temporary"));
    }
    Ok(Number { e164: format!("+{digits}"), operator })
}

/// A number as it stands on record, whatever the plan says of it today.
pub(crate) fn e164(typed: &str) -> Result<String, Refusal> {
    international(typed).map(|digits| format!("+{digits}")).ok_or_else(|| fault(INVALID, "phone"))
}

fn fault(refusal: Refusal, word: &'static str) -> Refusal {
    refusal.with_item("phone", word, "")
}

/// The digits from the country on.
fn international(typed: &str) -> Option<String> {
    let marks = |letter: &char| {
        letter.is_whitespace()
            || matches!(letter, '-' | '(' | ')' | '.' | '\u{200e}' | '\u{200f}' | '\u{2068}' | '\u{2069}')
    };
    let plain: String = fold_digits(typed).chars().filter(|letter| !marks(letter)).collect();
    let (is_whole, digits) = match plain.strip_prefix('+').or_else(|| plain.strip_prefix("00")) {
        Some(rest) => (true, rest),
        None => (false, plain.as_str()),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let national = digits.strip_prefix('0').unwrap_or(digits);
    let whole = match is_whole || (digits.starts_with(&PLAN.country) && digits.len() > PLAN.digits) {
        true => digits.to_owned(),
        false => format!("{}{national}", PLAN.country),
    };
    (DIGITS_MIN..=DIGITS_MAX).contains(&whole.len()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: Result<(&str, &str), &str>) {
        let found = read(typed);
        let found =
            found.as_ref().map(|it| (it.e164.as_str(), it.operator.id.as_str())).map_err(|it| it.code);
        assert_eq!(found, expected, "{typed}");
    }

    #[test]
    fn a_number_is_read_as_people_type_it_and_judged_by_the_plan() {
        check("+218910000101", Ok(("+218910000101", "al-madar")));
        check("00218 92-000 0101", Ok(("+218920000101", "libyana")));
        check("٠٩١ ٠٠٠ ٠١٠١", Ok(("+218910000101", "al-madar")));
        check("۰۹۴۰۰۰۰۱۰۱", Ok(("+218940000101", "libyana")));
        check("910000101", Ok(("+218910000101", "al-madar")));
        check("218 95 000 0101", Ok(("+218950000101", "ltt")));
        check("\u{2068}+218 (93) 000.0101\u{2069}", Ok(("+218930000101", "al-madar")));
    }

    #[test]
    fn what_is_no_number_of_the_country_is_refused_by_its_code() {
        for typed in ["", "phone", "091-CALL", "+", "12", "+2189100001011234567"] {
            check(typed, Err("identity.phone_invalid"));
        }
        for typed in
            ["+21650000101", "+14155550101", "+218213330101", "+21891000010", "+218990000101", "09100001"]
        {
            check(typed, Err("identity.phone_not_local"));
        }
        for typed in ["+218919900001", "0929900001"] {
            check(typed, Err("identity.phone_temporary"));
        }
    }

    #[test]
    fn the_plan_names_each_operator_once_and_in_both_languages() {
        assert!(!PLAN.operators.is_empty() && !PLAN.country.is_empty());
        for known in &PLAN.operators {
            assert!(!known.name.ar.is_empty() && !known.name.en.is_empty(), "{}", known.id);
            assert_eq!(PLAN.operators.iter().filter(|other| other.id == known.id).count(), 1);
            let within = |head: &String| known.begins.iter().any(|begins| head.starts_with(begins.as_str()));
            assert!(known.temporary.iter().all(within), "{}", known.id);
        }
    }
}
