//! Texts exist in both languages, with the same placeholders, and every text that is asked for exists.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
};

use fluent_syntax::{ast, parser};

use crate::{Findings, source::Kind, tree::Tree};

pub(super) struct Texts {
    pub findings: Findings,
    /// What is worth knowing and fails nothing.
    pub notes: Vec<String>,
}

/// Calls whose first text is a key.
const CALLS: [&str; 5] = ["t", "t1", "t2", "said", "said1"];
/// Calls whose second argument is a key.
const SAYING_CALLS: [&str; 2] = ["say", "say_in"];

type Keys = BTreeMap<String, BTreeSet<String>>;

pub(super) fn check(tree: &Tree) -> Result<Texts, Box<dyn Error>> {
    let mut findings = Findings::new();
    let mut all = BTreeSet::new();
    for (path, ar) in
        tree.files.iter().filter(|(path, _)| path.contains("/locales/") && path.ends_with("ar.ftl"))
    {
        let beside = path.replace("ar.ftl", "en.ftl");
        let en = tree.text(&beside).unwrap_or_default();
        let (ar, en) = (keys(path, ar)?, keys(&beside, en)?);
        findings.extend(differences(path, &ar, &en));
        all.extend(ar.into_keys());
    }
    let used = used(tree);
    for (key, place) in &used.keys {
        if !all.contains(key) {
            findings.push(format!(
                "{place}: there is no text {key}; write it in locales/ar.ftl first, then en.ftl"
            ));
        }
    }
    let notes = all.iter().filter(|key| !used.covers(key)).map(|key| format!("the text {key} is not used"));
    Ok(Texts { findings, notes: notes.collect() })
}

fn differences(path: &str, ar: &Keys, en: &Keys) -> Findings {
    let mut findings = Findings::new();
    for (key, placeholders) in ar {
        match en.get(key) {
            None => findings.push(format!("{path}: {key} has no English text")),
            Some(others) if others != placeholders => findings
                .push(format!("{path}: {key} takes {placeholders:?} in Arabic and {others:?} in English")),
            Some(_) => {}
        }
    }
    findings.extend(
        en.keys().filter(|key| !ar.contains_key(*key)).map(|key| format!("{path}: {key} has no Arabic text")),
    );
    findings
}

fn keys(path: &str, text: &str) -> Result<Keys, Box<dyn Error>> {
    let resource =
        parser::parse(text).map_err(|(_, errors)| format!("{path}: not valid Fluent: {errors:?}"))?;
    let mut keys = Keys::new();
    for entry in resource.body {
        let ast::Entry::Message(message) = entry else { continue };
        let mut names = BTreeSet::new();
        if let Some(pattern) = &message.value {
            in_pattern(pattern, &mut names);
        }
        keys.insert(message.id.name.to_owned(), names);
    }
    Ok(keys)
}

fn in_pattern(pattern: &ast::Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let ast::PatternElement::Placeable { expression } = element else { continue };
        match expression {
            ast::Expression::Inline(inline) => in_inline(inline, names),
            ast::Expression::Select { selector, variants } => {
                in_inline(selector, names);
                variants.iter().for_each(|variant| in_pattern(&variant.value, names));
            }
        }
    }
}

fn in_inline(inline: &ast::InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => drop(names.insert(id.name.to_owned())),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| in_inline(argument, names));
        }
        ast::InlineExpression::Placeable { expression } => {
            if let ast::Expression::Inline(inner) = expression.as_ref() {
                in_inline(inner, names);
            }
        }
        _ => {}
    }
}

#[derive(Default)]
struct Used {
    /// Keys that are asked for by name, with the place.
    keys: BTreeMap<String, String>,
    /// Every text in the code that may be a key or a part of one.
    literals: BTreeSet<String>,
    /// Keys that are put together: what stands before and after the gap.
    patterns: Vec<(String, String)>,
}

impl Used {
    fn covers(&self, key: &str) -> bool {
        let whole = self.keys.contains_key(key) || self.literals.contains(key);
        let built = self.patterns.iter().any(|(before, after)| {
            key.len() > before.len() + after.len() && key.starts_with(before) && key.ends_with(after)
        });
        whole || built || self.names_a_code(key)
    }

    /// `refusal-document-too-large-detail` belongs to the code `document.too_large`.
    fn names_a_code(&self, key: &str) -> bool {
        let Some(rest) = key.strip_prefix("refusal-item-").or(key.strip_prefix("refusal-")) else {
            return false;
        };
        let rest = rest.strip_suffix("-detail").or(rest.strip_suffix("-way")).unwrap_or(rest);
        self.literals.iter().any(|literal| literal.replace(['.', '_'], "-") == rest)
    }

    fn take(&mut self, text: &str) {
        self.literals.insert(text.to_owned());
        if let (Some(open), Some(close)) = (text.find('{'), text.rfind('}')) {
            let (before, after) = (&text[..open], &text[close + 1..]);
            let word = |part: &str| part.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
            if before.len() > 3 && word(before) && word(after) {
                self.patterns.push((before.to_owned(), after.to_owned()));
            }
        }
    }
}

fn used(tree: &Tree) -> Used {
    let mut used = Used::default();
    for file in tree.rust.iter().filter(|file| file.path.starts_with("crates/")) {
        for (at, token) in file.tokens.iter().enumerate() {
            if token.kind == Kind::Text {
                used.take(&token.text);
            }
            if file.test[at]
                || token.kind != Kind::Word
                || !file.tokens.get(at.wrapping_sub(1)).is_some_and(|dot| dot.is_sign("."))
            {
                continue;
            }
            if let Some(key) = asked(&file.tokens[at..]) {
                used.keys.insert(key.to_owned(), format!("{}:{}", file.path, token.line));
            }
        }
    }
    let templates =
        tree.files.iter().filter(|(path, _)| path.starts_with("crates/") && path.ends_with(".html"));
    for (path, text) in templates {
        for (number, line) in text.lines().enumerate() {
            in_template(line, &format!("{path}:{}", number + 1), &mut used);
        }
    }
    used
}

/// The key of a call that begins here: `t("key"`, `say(lang, "key"`.
fn asked(tokens: &[crate::source::Token]) -> Option<&str> {
    let name = tokens[0].text.as_str();
    let key = match tokens {
        [_, open, key, ..] if open.is_sign("(") && CALLS.contains(&name) => key,
        _ if SAYING_CALLS.contains(&name) => {
            let comma = tokens.iter().take(12).position(|token| token.is_sign(","))?;
            tokens.get(comma + 1)?
        }
        _ => return None,
    };
    (key.kind == Kind::Text && is_key(&key.text)).then_some(key.text.as_str())
}

fn in_template(line: &str, place: &str, used: &mut Used) {
    for call in CALLS {
        for rest in line.split(&format!(".{call}(\"")).skip(1) {
            let key = rest.split('"').next().unwrap_or_default();
            if is_key(key) {
                used.keys.insert(key.to_owned(), place.to_owned());
            }
        }
    }
    for text in line.split('"').skip(1).step_by(2) {
        used.take(text);
    }
}

/// Small letters and digits in parts joined by hyphens.
fn is_key(text: &str) -> bool {
    text.contains('-')
        && text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::sample;

    #[test]
    fn gaps_between_the_languages_and_the_code_are_named() {
        let tree = sample(&[
            (
                "crates/a/locales/ar.ftl",
                "a-one = { $n }\na-two = { $n ->\n    [one] واحد\n   *[other] { $n }\n}\na-only = أ\na-dead = أ\na-kind-x = أ\nrefusal-a-no-way-detail = أ\n",
            ),
            (
                "crates/a/locales/en.ftl",
                "a-one = { $m }\na-two = { $n }\na-more = b\na-dead = b\na-kind-x = b\nrefusal-a-no-way-detail = b\n",
            ),
            ("crates/a/src/x.html", "{{ shell.t1(\"a-one\", \"n\", 1) }}{{ shell.t(\"a-lost\") }}"),
            (
                "crates/a/src/x.rs",
                "fn f() { s.t(\"a-two\"); s.t(&format!(\"a-kind-{}\", k)); texts.say(lang, \"a-gone\", &[]); no(\"a.no_way\"); s.t(\"a-only\"); }",
            ),
        ]);
        let texts = check(&tree).unwrap();
        let joined = texts.findings.join("\n");
        for expected in [
            "a-one takes",
            "a-only has no English",
            "a-more has no Arabic",
            "no text a-lost",
            "no text a-gone",
        ] {
            assert!(joined.contains(expected), "{expected} in\n{joined}");
        }
        assert_eq!(texts.findings.len(), 5);
        assert_eq!(texts.notes, ["the text a-dead is not used"]);
    }
}
