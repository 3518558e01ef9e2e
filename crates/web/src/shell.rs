//! What the layout of every page needs, and the words of the caller's language.

use std::sync::Arc;

use authz::Refusal;
use axum::{extract::FromRequestParts, http::request::Parts};
use language::{Calendar, Digits, Lang, Text, Value};

use crate::{
    Arg, Error, Signed, Site, Theme,
    address::encoded,
    arg::{At, Whole},
    assets,
    call::Call,
};

/// Every page has one in its field `shell`, and extends `shell.html`.
#[derive(Clone)]
pub struct Shell {
    call: Arc<Call>,
    pub lang: Lang,
    pub dir: &'static str,
    pub path: String,
    pub signed: Option<Signed>,
    /// htmx asked for a piece: a page may leave out what did not change.
    pub partial: bool,
}

/// One line of an error summary: which field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: String,
    /// What the form calls the field; see [`crate::components::named`].
    pub label: String,
    pub message: String,
}

#[derive(Debug, thiserror::Error)]
#[error("the router is not guarded: web::guard must be around it")]
struct Unguarded;

impl<S: Send + Sync> FromRequestParts<S> for Shell {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Shell, Error> {
        let call = parts.extensions.get::<Arc<Call>>().ok_or(Unguarded)?;
        if let Some(signed) = parts.extensions.get::<Signed>() {
            call.signed.get_or_init(|| signed.clone());
        }
        Ok(Shell::of(call))
    }
}

impl Shell {
    pub(crate) fn of(call: &Arc<Call>) -> Shell {
        let lang = call.preferences.lang;
        Shell {
            call: call.clone(),
            lang,
            dir: lang.dir(),
            path: call.path.clone(),
            signed: call.signed.get().cloned(),
            partial: call.partial,
        }
    }

    pub fn site(&self) -> &Site {
        &self.call.site
    }

    /// The message in the caller's language.
    pub fn t(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A message with one value.
    pub fn t1(&self, key: &str, name: &str, value: impl Arg) -> String {
        self.say(key, &[(name, self.apart(value))])
    }

    /// A message with two values.
    pub fn t2(&self, key: &str, name: &str, value: impl Arg, name2: &str, value2: impl Arg) -> String {
        self.say(key, &[(name, self.apart(value)), (name2, self.apart(value2))])
    }

    /// A word of the other script inside a sentence keeps its own order: without isolation, Arabic would turn
    /// `26-004-17823` around. Words that no reordering can touch stay as they are.
    fn apart(&self, value: impl Arg) -> Value<'static> {
        match value.value() {
            Value::String(word) if language::is_foreign(self.lang, &word) => {
                Value::from(language::isolated(&word))
            }
            other => other,
        }
    }

    fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.call.site.texts.say_in(self.lang, self.call.preferences.digits, key, values)
    }

    /// The message, or nothing when there is none under this key.
    pub fn said(&self, key: &str) -> Option<String> {
        Some(self.t(key)).filter(|said| said != key)
    }

    pub(crate) fn said1(&self, key: &str, name: &str, value: impl Arg) -> Option<String> {
        Some(self.t1(key, name, value)).filter(|said| said != key)
    }

    /// A text that came from the data, in the caller's language.
    pub fn text<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.lang)
    }

    /// A day as people say it, in both calendars.
    pub fn date(&self, at: impl At) -> String {
        language::date_at(at.at(), self.lang, self.digits(), Calendar::Both, self.call.site.offset)
    }

    /// A day in the civil calendar alone, where room is scarce.
    pub fn day(&self, at: impl At) -> String {
        language::date_at(at.at(), self.lang, self.digits(), Calendar::Gregorian, self.call.site.offset)
    }

    /// A day and its time.
    pub fn moment(&self, at: impl At) -> String {
        language::moment(at.at(), self.lang, self.digits(), Calendar::Gregorian, self.call.site.offset)
    }

    /// Hours and minutes alone, where the day stands beside it.
    pub fn time(&self, at: impl At) -> String {
        language::time(at.at(), self.lang, self.digits(), self.call.site.offset)
    }

    /// The name of the day of the week.
    pub fn weekday(&self, at: impl At) -> &'static str {
        language::weekday(at.at(), self.lang, self.call.site.offset)
    }

    /// How long ago, or how soon.
    pub fn ago(&self, at: impl At) -> String {
        let now = self.call.site.clock.now();
        language::relative(at.at(), now, self.lang, self.digits())
    }

    /// Bytes as people say them.
    pub fn size(&self, bytes: impl Whole) -> String {
        language::size(bytes.whole().unsigned_abs(), self.lang, self.digits())
    }

    fn digits(&self) -> Digits {
        self.call.preferences.digits
    }

    /// A whole number in the caller's digits, its thousands set apart.
    pub fn num(&self, number: impl Whole) -> String {
        let number = number.whole();
        let digits = number.unsigned_abs().to_string();
        let mut line = String::from(if number < 0 { "-" } else { "" });
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                line.push(if self.digits() == Digits::Arabic { '٬' } else { ',' });
            }
            line.push(digit);
        }
        self.in_digits(line)
    }

    /// A word with digits in it (a request number, a code) in the caller's digits.
    pub fn in_digits(&self, word: String) -> String {
        match self.digits() {
            Digits::Latin => word,
            Digits::Arabic => language::digits(&word, Digits::Arabic),
        }
    }

    /// The faults of a refusal, for the summary above a form and for its fields.
    pub fn faults(&self, refusal: &Refusal) -> Vec<Fault> {
        let fault = |item: &authz::Item| Fault {
            field: item.field.clone(),
            label: String::new(),
            message: self.item(item),
        };
        refusal.items.iter().map(fault).collect()
    }

    /// This page in the other language.
    pub fn other_lang_href(&self) -> String {
        self.with("lang", self.lang.other().code())
    }

    /// This page with one query parameter set, the others kept.
    pub fn with(&self, name: &str, value: &str) -> String {
        let kept = self.call.query.split('&').filter(|pair| !pair.is_empty() && key(pair) != name);
        let own = format!("{name}={}", encoded(value));
        let query: Vec<&str> = kept.chain([own.as_str()]).collect();
        format!("{}?{}", self.call.path, query.join("&"))
    }

    /// Where the list of this page is taken out as a file, narrowed as it is here.
    pub fn download(&self, list: &str) -> String {
        let narrows = |pair: &&str| !pair.is_empty() && !["cursor", "page", "done"].contains(&key(pair));
        let kept = self.call.query.split('&').filter(narrows);
        let own = format!("list={list}");
        format!("/exports/new?{}", std::iter::once(own.as_str()).chain(kept).collect::<Vec<_>>().join("&"))
    }

    pub fn theme(&self) -> &'static str {
        self.call.preferences.theme.code()
    }

    pub fn is_dark(&self) -> bool {
        self.call.preferences.theme == Theme::Dark
    }

    pub fn has_arabic_digits(&self) -> bool {
        self.digits() == Digits::Arabic
    }

    pub fn digits_code(&self) -> &'static str {
        self.call.preferences.digits_code()
    }

    /// The address of an asset, with its hash in the name.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::href(name)
    }

    /// Whether two words are the same, however a template came to hold them.
    pub fn is(&self, one: impl AsRef<str>, other: &str) -> bool {
        one.as_ref() == other
    }

    /// Where a step stands when `at` is the current one: `was`, `is` or `will`.
    pub fn step(&self, step: impl Whole, at: impl Whole) -> &'static str {
        match step.whole().cmp(&at.whole()) {
            std::cmp::Ordering::Less => "was",
            std::cmp::Ordering::Equal => "is",
            std::cmp::Ordering::Greater => "will",
        }
    }

    /// What a notice of this kind is called, for those who do not see its colour.
    pub fn notice_word(&self, kind: &str) -> String {
        self.t(&format!("web-notice-{kind}"))
    }

    /// Whether this page lies at or below `path`: marks the place in menus.
    pub fn is_at(&self, path: &str) -> bool {
        self.path == path || self.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// The name of a pair in a query.
fn key(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}
