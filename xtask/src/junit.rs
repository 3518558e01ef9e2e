//! Results of test runs in JUnit's form, as nextest and node write it.

use std::{collections::BTreeMap, error::Error};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Passed,
    Failed,
    Skipped,
}

/// Outcomes by `suite name`; a test that ran twice passed only if it always did.
pub(crate) type Results = BTreeMap<String, Outcome>;

/// Reads one file into `results`. The suite of a browser test is `e2e`.
pub(crate) fn read(xml: &str, results: &mut Results) -> Result<(), Box<dyn Error>> {
    if !xml.contains("<testsuite") {
        return Err("the file holds no results in JUnit's form".into());
    }
    let mut rest = xml;
    while let Some(start) = rest.find("<testcase") {
        rest = &rest[start + "<testcase".len()..];
        let tag_end = end_of_tag(rest).ok_or("a testcase without an end")?;
        let (tag, after) = rest.split_at(tag_end);
        let body_end = if tag.ends_with('/') { 0 } else { after.find("</testcase>").unwrap_or(after.len()) };
        let body = &after[..body_end];
        let name = attribute(tag, "name").ok_or("a testcase without a name")?;
        let test = match attribute(tag, "classname").filter(|suite| suite != "test") {
            Some(suite) => format!("{suite} {name}"),
            // Node names no suite and escapes its names twice.
            None => format!("e2e {}", unescaped(&name)),
        };
        let outcome = outcome(body);
        let worst = results.entry(test).or_insert(outcome);
        if outcome != Outcome::Passed {
            *worst = outcome;
        }
        rest = after;
    }
    Ok(())
}

fn outcome(body: &str) -> Outcome {
    // A test that passed only when it was tried again is a failing test.
    let failures = ["<failure", "<error", "<flakyFailure", "<flakyError", "<rerunFailure", "<rerunError"];
    if failures.iter().any(|failure| body.contains(failure)) {
        Outcome::Failed
    } else if body.contains("<skipped") {
        Outcome::Skipped
    } else {
        Outcome::Passed
    }
}

/// Where a tag ends: the `>` outside quotes.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quoted = false;
    rest.char_indices().find_map(|(at, letter)| {
        quoted ^= letter == '"';
        (letter == '>' && !quoted).then_some(at)
    })
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next().map(unescaped)
}

fn unescaped(text: &str) -> String {
    let plain = text.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<").replace("&gt;", ">");
    plain.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_told_apart() {
        let mut results = Results::new();
        let nextest = r#"<testsuites><testsuite name="documents::files">
            <testcase name="a::b" classname="documents::files" time="0.1"></testcase>
            <testcase name="c" classname="documents::files"><failure type="x">no &lt;skipped</failure></testcase>
            <testcase name="e" classname="documents::files"><flakyFailure/></testcase>
            <testcase name="d" classname="documents::files"><skipped/></testcase></testsuite></testsuites>"#;
        let node = r#"<testsuites><testsuite name="s"><testcase name="salma applies &amp;amp; &amp;quot;sees&amp;quot; > all" time="1" classname="test"/></testsuite></testsuites>"#;
        read(nextest, &mut results).unwrap();
        read(node, &mut results).unwrap();
        let all: Vec<_> = results.iter().map(|(name, outcome)| (name.as_str(), *outcome)).collect();
        assert_eq!(
            all,
            [
                ("documents::files a::b", Outcome::Passed),
                ("documents::files c", Outcome::Failed),
                ("documents::files d", Outcome::Skipped),
                ("documents::files e", Outcome::Failed),
                ("e2e salma applies & \"sees\" > all", Outcome::Passed),
            ]
        );
        assert!(read("hello", &mut results).is_err());
    }
}
