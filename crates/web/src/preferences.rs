//! How a person likes to read: language, digits, light or dark.
//!
//! A choice is a link (`?lang=en`), so it works without JavaScript; it is kept in a cookie that holds the
//! choice and nothing else.

use axum::http::{HeaderMap, HeaderValue, header};
use language::{Digits, Lang};

/// How long a choice is kept.
const COOKIE_SECONDS: u32 = 31_536_000;

/// Cookies that say how, never who: the cross-site check may ignore them.
pub(crate) const COOKIES: [&str; 3] = ["lang", "digits", "theme"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub fn code(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    pub lang: Lang,
    pub digits: Digits,
    pub theme: Theme,
}

impl Preferences {
    /// The query wins over the cookie, the cookie over the browser's own languages; Arabic is the default.
    pub fn negotiate(query: &str, headers: &HeaderMap) -> Preferences {
        let choice = |name| parameter(query, name).or_else(|| cookie(headers, name));
        Preferences {
            lang: choice("lang").and_then(lang).unwrap_or_else(|| accepted(headers)),
            digits: choice("digits").and_then(digits).unwrap_or(Digits::Latin),
            theme: choice("theme").and_then(theme).unwrap_or(Theme::Auto),
        }
    }

    pub(crate) fn digits_code(&self) -> &'static str {
        match self.digits {
            Digits::Arabic => "arab",
            Digits::Latin => "latn",
        }
    }
}

/// The cookies that keep what this query chose.
pub(crate) fn chosen(query: &str, secure: bool) -> Vec<HeaderValue> {
    let known = [
        parameter(query, "lang").and_then(lang).map(|lang| ("lang", lang.code())),
        parameter(query, "digits").and_then(digits).map(|digits| match digits {
            Digits::Arabic => ("digits", "arab"),
            Digits::Latin => ("digits", "latn"),
        }),
        parameter(query, "theme").and_then(theme).map(|theme| ("theme", theme.code())),
    ];
    let secure = if secure { "; Secure" } else { "" };
    let line = |(name, value): (&str, &str)| {
        format!("{name}={value}; Path=/; Max-Age={COOKIE_SECONDS}; SameSite=Lax; HttpOnly{secure}")
    };
    known.into_iter().flatten().filter_map(|pair| HeaderValue::from_str(&line(pair)).ok()).collect()
}

fn lang(code: &str) -> Option<Lang> {
    match code {
        "ar" => Some(Lang::Ar),
        "en" => Some(Lang::En),
        _ => None,
    }
}

fn digits(code: &str) -> Option<Digits> {
    match code {
        "arab" => Some(Digits::Arabic),
        "latn" => Some(Digits::Latin),
        _ => None,
    }
}

fn theme(code: &str) -> Option<Theme> {
    match code {
        "auto" => Some(Theme::Auto),
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        _ => None,
    }
}

/// The first value of a parameter whose values never need decoding.
fn parameter<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    cookies(headers).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Every cookie of the call, in order.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// The language that the browser prefers among ours.
fn accepted(headers: &HeaderMap) -> Lang {
    let line = headers.get(header::ACCEPT_LANGUAGE).and_then(|line| line.to_str().ok()).unwrap_or_default();
    let mut best: Option<(f32, Lang)> = None;
    for part in line.split(',') {
        let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let known = lang(&tag.trim().get(..2).unwrap_or_default().to_ascii_lowercase());
        let weight = weight.trim().parse::<f32>().unwrap_or(0.0);
        if let Some(lang) = known
            && weight > best.map_or(0.0, |(best, _)| best)
        {
            best = Some((weight, lang));
        }
    }
    best.map_or(Lang::Ar, |(_, lang)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, cookie: &str, accept: &str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().expect("a cookie"));
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().expect("languages"));
        Preferences::negotiate(query, &headers).lang.code()
    }

    #[test]
    fn the_query_wins_then_the_cookie_then_the_browser() {
        assert_eq!(check("lang=en", "lang=ar", "ar"), "en");
        assert_eq!(check("q=1", "theme=dark; lang=en", "ar"), "en");
        assert_eq!(check("", "", "fr, en;q=0.8, ar;q=0.3"), "en");
        assert_eq!(check("", "", "ar-LY, en;q=0.9"), "ar");
        assert_eq!(check("", "", "fr"), "ar");
        assert_eq!(check("lang=xx", "", "en;q=0"), "ar");
    }

    #[test]
    fn a_choice_is_kept_and_nonsense_is_not() {
        assert_eq!(chosen("lang=en&theme=dark&digits=x", true).len(), 2);
        assert!(chosen("lang=en", true)[0].to_str().expect("text").ends_with("; Secure"));
        assert!(chosen("q=lang", false).is_empty());
    }
}
