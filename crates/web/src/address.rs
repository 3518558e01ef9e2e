//! Addresses with a query, as every page writes them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays readable in a query value.
const QUERY_VALUE: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// A path with what narrows it; what is empty is left out.
pub fn address<'w>(path: &str, pairs: impl IntoIterator<Item = (&'w str, &'w str)>) -> String {
    let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = given.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// A value as it may stand in a query.
pub(crate) fn encoded(value: &str) -> String {
    utf8_percent_encode(value, QUERY_VALUE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_what_narrows_it() {
        assert_eq!(address("/findings", []), "/findings");
        assert_eq!(address("/findings", [("state", ""), ("body", "")]), "/findings");
        let both = address("/findings", [("q", "سلم & 7"), ("state", "open"), ("next", "/desk")]);
        assert_eq!(both, "/findings?q=%D8%B3%D9%84%D9%85%20%26%207&state=open&next=/desk");
    }
}
