//! The texts of the product, assembled from every crate's `locales/ar.ftl` and `locales/en.ftl`.
//!
//! Fluent is used because it brings the six plural classes of Arabic. Bidi isolation is left to HTML (`<bdi>`):
//! control characters in a sentence would reach titles, e-mails and comparisons.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::Arc,
};

pub use fluent_bundle::FluentValue as Value;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, concurrent::FluentBundle};
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

use crate::{Digits, Lang, Text, digits};

/// The texts of one crate: `pub const LOCALE: Locale = Locale { name: "jobs", ar: include_str!(…), en: include_str!(…) }`.
#[derive(Clone, Copy, Debug)]
pub struct Locale {
    pub name: &'static str,
    pub ar: &'static str,
    pub en: &'static str,
}

/// Why the texts cannot be assembled; each names the crate whose file must be mended.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    #[error("locales/{lang}.ftl of crate {locale} is not valid Fluent: {why}")]
    Invalid { locale: &'static str, lang: Lang, why: String },
    #[error(
        "locales/{lang}.ftl of crate {locale} defines {key}, which another crate or an earlier line defines"
    )]
    Twice { locale: &'static str, lang: Lang, key: String },
    #[error("the language {0} is unknown to Fluent")]
    Language(Lang),
}

/// A difference between the Arabic and the English texts, for `tidy`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The key has no text in this language.
    Missing { key: String, lang: Lang },
    /// The two texts of the key are filled from different arguments.
    Placeholders { key: String, ar: BTreeSet<String>, en: BTreeSet<String> },
}

impl fmt::Display for Gap {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Gap::Missing { key, lang } => write!(out, "{key} has no text in {lang}"),
            Gap::Placeholders { key, ar, en } => {
                write!(out, "{key} takes {ar:?} in Arabic and {en:?} in English")
            }
        }
    }
}

type Bundle = FluentBundle<Arc<FluentResource>>;
type Placeholders = BTreeMap<String, BTreeSet<String>>;

/// All texts in both languages. Built once at start; `say` needs no lock that a reader would notice.
pub struct Texts {
    ar_latin: Bundle,
    ar_arabic: Bundle,
    en: Bundle,
    ar_keys: Placeholders,
    en_keys: Placeholders,
}

impl fmt::Debug for Texts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Texts").field("ar", &self.ar_keys.len()).field("en", &self.en_keys.len()).finish()
    }
}

impl Texts {
    /// Reads every crate's texts; a key may be defined once in all of them.
    pub fn assemble(locales: &[Locale]) -> Result<Texts, TextsError> {
        let mut texts = Texts {
            ar_latin: bundle(Lang::Ar)?,
            ar_arabic: bundle(Lang::Ar)?,
            en: bundle(Lang::En)?,
            ar_keys: Placeholders::new(),
            en_keys: Placeholders::new(),
        };
        texts.ar_arabic.set_formatter(Some(|value, _| match value {
            Value::Number(number) => Some(digits(&number.as_string(), Digits::Arabic)),
            _ => None,
        }));
        for locale in locales {
            let ar = resource(locale.name, Lang::Ar, locale.ar)?;
            texts.ar_keys.extend(placeholders(&ar));
            add(&mut texts.ar_latin, &ar, locale.name, Lang::Ar)?;
            add(&mut texts.ar_arabic, &ar, locale.name, Lang::Ar)?;
            let en = resource(locale.name, Lang::En, locale.en)?;
            texts.en_keys.extend(placeholders(&en));
            add(&mut texts.en, &en, locale.name, Lang::En)?;
        }
        Ok(texts)
    }

    /// The text of `key` (or of its attribute: `key.attribute`) with Latin digits. A key that this language lacks
    /// is said in English; one that nobody has is shown as it is, so that the page still stands.
    pub fn say(&self, lang: Lang, key: &str, args: &[(&str, Value<'_>)]) -> String {
        self.say_in(lang, Digits::Latin, key, args)
    }

    /// The text of `key` in both languages, for what is made before anybody reads it: papers, notices.
    pub fn both(&self, key: &str) -> Text {
        Text::new(self.say(Lang::Ar, key, &[]), self.say(Lang::En, key, &[]))
    }

    /// Like [`Texts::say`], with the reader's digits for every argument that is a number.
    pub fn say_in(&self, lang: Lang, shown: Digits, key: &str, args: &[(&str, Value<'_>)]) -> String {
        let first = match (lang, shown) {
            (Lang::Ar, Digits::Arabic) => &self.ar_arabic,
            (Lang::Ar, Digits::Latin) => &self.ar_latin,
            (Lang::En, _) => &self.en,
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        speak(first, key, &args).or_else(|| speak(&self.en, key, &args)).unwrap_or_else(|| key.to_owned())
    }

    /// True where `say` finds words for the key in this language, without falling back.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.of(lang).contains_key(key)
    }

    /// Every key that has a text in at least one language, in order.
    pub fn keys(&self) -> BTreeSet<&str> {
        self.ar_keys.keys().chain(self.en_keys.keys()).map(String::as_str).collect()
    }

    /// Keys missing in one language and keys whose placeholders differ. Empty when all is well.
    pub fn missing(&self) -> Vec<Gap> {
        self.keys().into_iter().filter_map(|key| self.gap(key)).collect()
    }

    fn gap(&self, key: &str) -> Option<Gap> {
        let key = key.to_owned();
        match (self.ar_keys.get(&key), self.en_keys.get(&key)) {
            (None, _) => Some(Gap::Missing { key, lang: Lang::Ar }),
            (_, None) => Some(Gap::Missing { key, lang: Lang::En }),
            (Some(ar), Some(en)) if ar != en => {
                Some(Gap::Placeholders { key, ar: ar.clone(), en: en.clone() })
            }
            _ => None,
        }
    }

    fn of(&self, lang: Lang) -> &Placeholders {
        match lang {
            Lang::Ar => &self.ar_keys,
            Lang::En => &self.en_keys,
        }
    }
}

fn bundle(lang: Lang) -> Result<Bundle, TextsError> {
    let mut bundle =
        Bundle::new_concurrent(vec![lang.code().parse().map_err(|_| TextsError::Language(lang))?]);
    bundle.set_use_isolating(false);
    Ok(bundle)
}

fn resource(locale: &'static str, lang: Lang, source: &str) -> Result<Arc<FluentResource>, TextsError> {
    FluentResource::try_new(source.to_owned()).map(Arc::new).map_err(|(_, errors)| {
        let why =
            errors.iter().map(|error| place(source, error.pos.start, error)).collect::<Vec<_>>().join("; ");
        TextsError::Invalid { locale, lang, why }
    })
}

fn place(source: &str, at: usize, error: &dyn fmt::Display) -> String {
    let line = source.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
    format!("line {line}: {error}")
}

fn add(
    bundle: &mut Bundle,
    resource: &Arc<FluentResource>,
    locale: &'static str,
    lang: Lang,
) -> Result<(), TextsError> {
    bundle.add_resource(resource.clone()).map_err(|errors| {
        let key = errors
            .iter()
            .map(|error| match error {
                FluentError::Overriding { id, .. } => id.clone(),
                other => other.to_string(),
            })
            .collect::<Vec<_>>()
            .join(", ");
        TextsError::Twice { locale, lang, key }
    })
}

fn speak(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = match key.split_once('.') {
        Some((id, attribute)) => bundle.get_message(id)?.get_attribute(attribute)?.value(),
        None => bundle.get_message(key)?.value()?,
    };
    // An argument that the caller forgot shows as `{$name}` in the text; nothing better can be said here.
    let mut forgotten = Vec::new();
    Some(bundle.format_pattern(pattern, Some(args), &mut forgotten).into_owned())
}

fn placeholders(resource: &FluentResource) -> Placeholders {
    let mut found = Placeholders::new();
    for entry in resource.entries() {
        let Entry::Message(message) = entry else { continue };
        if let Some(pattern) = &message.value {
            found.insert(message.id.name.to_owned(), in_pattern(pattern));
        }
        for attribute in &message.attributes {
            found.insert(format!("{}.{}", message.id.name, attribute.id.name), in_pattern(&attribute.value));
        }
    }
    found
}

fn in_pattern(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(pattern, &mut found);
    found
}

fn collect(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => collect_expression(expression, found),
        }
    }
}

fn collect_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => collect_inline(inline, found),
        Expression::Select { selector, variants } => {
            collect_inline(selector, found);
            variants.iter().for_each(|variant| collect(&variant.value, found));
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(format!("${}", id.name));
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, found),
        InlineExpression::FunctionReference { arguments, .. } => collect_call(arguments, found),
        InlineExpression::TermReference { arguments: Some(arguments), .. } => collect_call(arguments, found),
        _ => {}
    }
}

fn collect_call(arguments: &CallArguments<&str>, found: &mut BTreeSet<String>) {
    arguments.positional.iter().for_each(|inline| collect_inline(inline, found));
    arguments.named.iter().for_each(|named| collect_inline(&named.value, found));
}

#[cfg(test)]
mod tests;
