//! Canonical JSON: the samples of RFC 8785, and that reading and writing are inverse.

use proptest::prelude::*;
use serde_json::{Map, Number, Value, json};

use crate::canonical::{DEPTH_MAX, Malformed, read, write};

#[test]
fn doubles_are_written_as_ecmascript_does() {
    let rows = [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.5, "-1.5"),
        (333_333_333.333_333_3, "333333333.3333333"),
        (1e30, "1e+30"),
        (4.5, "4.5"),
        (2e-3, "0.002"),
        (1e-27, "1e-27"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e21, "1.5e+21"),
        (1e-6, "0.000001"),
        (1e-7, "1e-7"),
        (9_007_199_254_740_992.0, "9007199254740992"),
        (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
        (5e-324, "5e-324"),
        (f64::MAX, "1.7976931348623157e+308"),
    ];
    for (double, text) in rows {
        assert_eq!(write(&json!(double)), text);
    }
}

#[test]
fn members_are_sorted_by_utf16_and_nothing_is_escaped_needlessly() {
    let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "ö": 7});
    assert_eq!(write(&value), "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}");
    assert_eq!(write(&json!("\u{f}\n\"\\/<\u{7f}سلمى")), "\"\\u000f\\n\\\"\\\\/<\u{7f}سلمى\"");
}

#[test]
fn what_is_not_canonical_is_refused() {
    let rows = [
        "{ }",
        "{}\n",
        " {}",
        "{\"b\":1,\"a\":2}",
        "{\"a\":1,\"a\":1}",
        "[1,]",
        "[,1]",
        "[1 ,2]",
        "1.0",
        "1.50",
        "01",
        "-0",
        "+1",
        "1E3",
        "1e3",
        "\"\\u0041\"",
        "\"\\/\"",
        "\"a",
        "nul",
        "{\"a\"}",
        "[",
        "",
        "NaN",
        "1e999",
        "--1",
        "\"\u{1}\"",
        "\"\\",
        "{\"a\":1",
        "truefalse",
    ];
    for text in rows {
        assert!(read(text).is_err(), "{text:?} passed");
    }
    for text in ["{}", "[]", "null", "-1", "18446744073709551615", "0.1", "\"\\u000f\"", "[[],{\"a\":true}]"]
    {
        assert_eq!(read(text).map(|value| write(&value)).as_deref(), Ok(text));
    }
}

#[test]
fn depth_has_a_limit() {
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert!(read(&nested(DEPTH_MAX)).is_ok());
    assert_eq!(read(&nested(DEPTH_MAX + 1)), Err(Malformed::TooDeep));
}

/// Any JSON value, doubles of every magnitude among them.
pub(super) fn any_json() -> impl Strategy<Value = Value> {
    let double = any::<f64>().prop_filter_map("finite", |double| Number::from_f64(double).map(Value::Number));
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        double,
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let members = proptest::collection::vec((".{0,8}", inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..6).prop_map(Value::from),
            members.prop_map(|members| Value::Object(Map::from_iter(members))),
        ]
    })
}

proptest! {
    #[test]
    fn what_was_written_reads_back_to_the_same_text(value in any_json()) {
        let text = write(&value);
        let back = read(&text).expect("canonical text is read");
        prop_assert_eq!(write(&back), text);
    }
}
