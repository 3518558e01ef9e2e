//! Texts that are too long or hard to read are pointed out before verification; they are warnings, not refusals, because
//! only a person can say whether a text is clear (LY-SVC-24.1b).

use language::{Lang, Text};
use serde::Serialize;
use utoipa::ToSchema;

use super::Card;
use crate::rulebook::Rules;

/// Words that make a public text heavy, and may be left out or said plainly.
const HEAVY_AR: [&str; 8] = [
    "بغية",
    "المشار إليه أعلاه",
    "سالف الذكر",
    "آنف الذكر",
    "بموجب ما تقدم",
    "حيث إن",
    "وفقا لما سبق",
    "المذكور أعلاه",
];
const HEAVY_EN: [&str; 8] = [
    "hereinafter",
    "aforementioned",
    "pursuant to",
    "in accordance with the provisions",
    "thereof",
    "herein",
    "utilise",
    "prior to",
];
/// A name of a service longer than this breaks every list that it stands in.
const NAME_CHARACTERS: usize = 70;
/// A condition or a document's title longer than this is more than one.
const LINE_CHARACTERS: usize = 220;

/// Something in a card that its readers may stumble over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Warning {
    /// The part of the card: `summary`, `conditions.1`.
    pub field: String,
    #[schema(example = "ar")]
    pub lang: String,
    /// `too_long`, `long_sentence`, `heavy_word`, `same_text`, `wrong_script` or `unreachable`.
    pub code: String,
    /// The number or the word that it is about.
    pub detail: String,
}

/// Everything that is worth a second look, in the order of the card.
pub(crate) fn warnings(card: &Card, rules: &Rules) -> Vec<Warning> {
    let mut found = Vec::new();
    for (field, text) in texts(card) {
        let limit = match field.as_str() {
            "name" => NAME_CHARACTERS,
            "summary" => rules.summary_characters,
            "description" | "complaint" => usize::MAX,
            _ => LINE_CHARACTERS,
        };
        for lang in Lang::ALL {
            check(&field, text.get(lang), lang, limit, rules.sentence_words, &mut found);
        }
        let same = text.ar.trim() == text.en.trim() && text.ar.chars().any(char::is_alphabetic);
        if same {
            found.push(warning(&field, Lang::En, "same_text", String::new()));
        }
    }
    for (place, party) in card.stakeholders.iter().enumerate() {
        if party.body.is_none() && party.email.is_none() {
            found.push(warning(&format!("stakeholders.{place}"), Lang::Ar, "unreachable", String::new()));
        }
    }
    found
}

fn check(field: &str, text: &str, lang: Lang, limit: usize, words: usize, found: &mut Vec<Warning>) {
    let characters = text.chars().count();
    if characters > limit {
        found.push(warning(field, lang, "too_long", limit.to_string()));
    }
    let long = text
        .split(['.', '؟', '!', '؛', '\n', ':'])
        .map(|sentence| sentence.split_whitespace().count())
        .max()
        .unwrap_or_default();
    if long > words {
        found.push(warning(field, lang, "long_sentence", long.to_string()));
    }
    let heavy: &[&str] = if lang == Lang::Ar { &HEAVY_AR } else { &HEAVY_EN };
    let lower = text.to_lowercase();
    if let Some(word) = heavy.iter().find(|word| lower.contains(**word)) {
        found.push(warning(field, lang, "heavy_word", (*word).to_owned()));
    }
    let arabic = text.chars().filter(|letter| ('\u{0620}'..='\u{064a}').contains(letter)).count();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let foreign = if lang == Lang::Ar { letters - arabic } else { arabic };
    if letters > 0 && foreign * 2 > letters {
        found.push(warning(field, lang, "wrong_script", String::new()));
    }
}

fn warning(field: &str, lang: Lang, code: &str, detail: String) -> Warning {
    Warning { field: field.to_owned(), lang: lang.code().to_owned(), code: code.to_owned(), detail }
}

fn texts(card: &Card) -> Vec<(String, &Text)> {
    let mut all: Vec<(String, &Text)> = vec![
        ("name".into(), &card.name),
        ("summary".into(), &card.summary),
        ("description".into(), &card.description),
        ("complaint".into(), &card.complaint),
    ];
    let lists: [(&str, Vec<&Text>); 4] = [
        ("conditions", card.conditions.iter().collect()),
        ("documents", card.documents.iter().map(|it| &it.title).collect()),
        ("rights", card.rights.iter().collect()),
        ("obligations", card.obligations.iter().collect()),
    ];
    for (name, texts) in lists {
        all.extend(texts.into_iter().enumerate().map(|(place, text)| (format!("{name}.{place}"), text)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_long_heavy_or_in_the_wrong_script_is_pointed_out() {
        let long = "كلمة ".repeat(31);
        let cases = [
            (Lang::Ar, "شهادة تثبت عنوان سكنك.", ""),
            (Lang::Ar, "طلب يقدم بغية الحصول على شهادة.", "heavy_word"),
            (Lang::En, "A statement pursuant to the law.", "heavy_word"),
            (Lang::Ar, "Residence certificate", "wrong_script"),
            (Lang::En, "شهادة إقامة", "wrong_script"),
            (Lang::Ar, long.as_str(), "too_long long_sentence"),
            (Lang::En, "One. Two. Three.", ""),
        ];
        for (lang, text, expected) in cases {
            let mut found = Vec::new();
            check("summary", text, lang, 100, 30, &mut found);
            let codes: Vec<&str> = found.iter().map(|it| it.code.as_str()).collect();
            assert_eq!(codes.join(" "), expected, "{text}");
        }
    }
}
