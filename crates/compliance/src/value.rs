//! The value of a parameter: a span of time, a count of something, or a set of words.

use std::{cmp::Ordering, collections::BTreeSet, fmt, time::Duration};

use crate::Stricter;

/// What a span is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Seconds,
    Minutes,
    Hours,
    Days,
    /// Of the body's calendar. Not comparable with the others, because a calendar lies between.
    WorkingDays,
    Weeks,
    Months,
}

impl Unit {
    const ALL: [Unit; 7] =
        [Unit::Seconds, Unit::Minutes, Unit::Hours, Unit::Days, Unit::WorkingDays, Unit::Weeks, Unit::Months];

    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Seconds => "seconds",
            Unit::Minutes => "minutes",
            Unit::Hours => "hours",
            Unit::Days => "days",
            Unit::WorkingDays => "working days",
            Unit::Weeks => "weeks",
            Unit::Months => "months",
        }
    }

    fn named(word: &str) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| {
            let plural = unit.as_str();
            plural == word || plural.strip_suffix('s') == Some(word)
        })
    }

    /// Seconds of one; a month counts as 30 days where lengths are compared.
    fn seconds(self) -> Option<u64> {
        match self {
            Unit::Seconds => Some(1),
            Unit::Minutes => Some(60),
            Unit::Hours => Some(3_600),
            Unit::Days => Some(86_400),
            Unit::WorkingDays => None,
            Unit::Weeks => Some(7 * 86_400),
            Unit::Months => Some(30 * 86_400),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Span {
        amount: u32,
        unit: Unit,
    },
    /// `50 recipients an hour`.
    Count {
        amount: u32,
        unit: String,
    },
    Set(BTreeSet<String>),
    /// The document leaves it open and a deployment must fill it.
    Open,
}

/// Longer is no value.
const TEXT_BYTES_MAX: usize = 2_000;

impl Value {
    /// `3 working days`, `20 % of a mailbox`, `day, week`; nothing is [`Value::Open`].
    pub fn parse(text: &str, stricter: Stricter) -> Option<Value> {
        let text = text.trim();
        if text.len() > TEXT_BYTES_MAX {
            return None;
        }
        if text.is_empty() {
            return Some(Value::Open);
        }
        if stricter == Stricter::Union {
            let words: BTreeSet<String> = text.split(',').map(|word| word.trim().to_owned()).collect();
            return (!words.contains("")).then_some(Value::Set(words));
        }
        let (amount, unit) = text.split_once(' ')?;
        let amount = language::fold_digits(amount).parse().ok()?;
        let unit = unit.trim();
        Some(match Unit::named(unit) {
            Some(unit) => Value::Span { amount, unit },
            None => Value::Count { amount, unit: unit.to_owned() },
        })
    }

    /// The length of a span; a month counts as 30 days. Working days have no length without a calendar.
    pub fn duration(&self) -> Option<Duration> {
        match self {
            Value::Span { amount, unit } => {
                unit.seconds().map(|seconds| Duration::from_secs(seconds * u64::from(*amount)))
            }
            _ => None,
        }
    }

    /// Days of the body's calendar.
    pub fn working_days(&self) -> Option<u32> {
        match self {
            Value::Span { amount, unit: Unit::WorkingDays } => Some(*amount),
            _ => None,
        }
    }

    pub fn count(&self) -> Option<u32> {
        match self {
            Value::Count { amount, .. } => Some(*amount),
            _ => None,
        }
    }

    pub fn set(&self) -> Option<&BTreeSet<String>> {
        match self {
            Value::Set(words) => Some(words),
            _ => None,
        }
    }

    /// The stricter of two, or nothing where they cannot be compared. An open value gives way to any other.
    pub(crate) fn stricter(&self, other: &Value, stricter: Stricter) -> Option<Value> {
        if let (Value::Set(one), Value::Set(two)) = (self, other) {
            return Some(Value::Set(one.union(two).cloned().collect()));
        }
        match (self, other) {
            (Value::Open, value) | (value, Value::Open) => return Some(value.clone()),
            _ => {}
        }
        let keep = match (self.compared(other)?, stricter) {
            (Ordering::Equal, _) => self,
            (Ordering::Less, Stricter::Lower) | (Ordering::Greater, Stricter::Higher) => self,
            _ => other,
        };
        Some(keep.clone())
    }

    /// Whether this is at least as strict as `baseline`; nothing where they cannot be compared.
    pub(crate) fn holds(&self, baseline: &Value, stricter: Stricter) -> Option<bool> {
        if let (Value::Set(own), Value::Set(demanded)) = (self, baseline) {
            return Some(own.is_superset(demanded));
        }
        match (self, baseline) {
            (Value::Open, Value::Open) => None,
            (Value::Open, _) => Some(false),
            (_, Value::Open) => Some(true),
            _ => Some(matches!(
                (self.compared(baseline)?, stricter),
                (Ordering::Equal, _)
                    | (Ordering::Less, Stricter::Lower)
                    | (Ordering::Greater, Stricter::Higher)
            )),
        }
    }

    fn compared(&self, other: &Value) -> Option<Ordering> {
        match (self, other) {
            (Value::Count { amount: one, unit: of_one }, Value::Count { amount: two, unit: of_two }) => {
                (of_one == of_two).then(|| one.cmp(two))
            }
            _ => match (self.working_days(), other.working_days()) {
                (Some(one), Some(two)) => Some(one.cmp(&two)),
                _ => Some(self.duration()?.cmp(&other.duration()?)),
            },
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Span { amount: 1, unit } => write!(out, "1 {}", unit.as_str().trim_end_matches('s')),
            Value::Span { amount, unit } => write!(out, "{amount} {}", unit.as_str()),
            Value::Count { amount, unit } => write!(out, "{amount} {unit}"),
            Value::Set(words) => out.write_str(&words.iter().cloned().collect::<Vec<_>>().join(", ")),
            Value::Open => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value::parse(text, Stricter::Lower).expect(text)
    }

    #[test]
    fn values_are_read_with_their_units() {
        assert_eq!(value("90 days").duration(), Some(Duration::from_secs(90 * 86_400)));
        assert_eq!(value("1 month").duration(), value("30 days").duration());
        assert_eq!(value("3 working days"), Value::Span { amount: 3, unit: Unit::WorkingDays });
        assert_eq!(value("3 working days").duration(), None);
        assert_eq!(value("١٢ months").to_string(), "12 months");
        assert_eq!(value("1 working day").to_string(), "1 working day");
        assert_eq!(value("20 % of a mailbox").count(), Some(20));
        assert_eq!(value(""), Value::Open);
        for wrong in ["soon", "90", "-1 days", "1.5 days", "99999999999 days"] {
            assert_eq!(Value::parse(wrong, Stricter::Lower), None, "{wrong}");
        }
        assert_eq!(Value::parse("a,,b", Stricter::Union), None);
    }

    #[test]
    fn only_like_is_compared_with_like() {
        assert_eq!(value("24 hours").holds(&value("1 day"), Stricter::Lower), Some(true));
        assert_eq!(value("25 hours").holds(&value("1 day"), Stricter::Lower), Some(false));
        assert_eq!(value("2 days").holds(&value("2 working days"), Stricter::Lower), None);
        assert_eq!(value("2 alerts").holds(&value("2 factors"), Stricter::Lower), None);
        assert_eq!(value("2 alerts").holds(&value("2 days"), Stricter::Lower), None);
    }
}
