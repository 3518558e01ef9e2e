//! An administrative act as its decider names it: the number under which it was adopted, and the day (LY-SVC-18.3).

use authz::{Item, Kind, Refusal};
use clock::Timestamp;
use language::{Lang, Text, Texts};
use serde::{Deserialize, Serialize};

use crate::entry::directory::Provider;

pub const ACT_NUMBER_CHARACTERS_MAX: usize = 60;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedAct {
    /// As the body numbers its acts: `12/2026`. What was written before number and day were two values stands here.
    #[serde(rename = "act_number", alias = "act_reference", default)]
    pub number: String,
    /// The day of its adoption: `2026-03-01`.
    #[serde(rename = "act_date", default)]
    pub date: String,
}

impl NamedAct {
    pub fn new(number: &str, date: &str) -> NamedAct {
        let tidy = |word: &str| language::clean_text(word).trim().to_owned();
        NamedAct { number: tidy(number), date: tidy(date) }
    }

    pub fn is_empty(&self) -> bool {
        self.number.is_empty()
    }

    /// Noon of the day of its adoption, which is that day in every zone that a provider works in.
    pub fn adopted_on(&self) -> Option<Timestamp> {
        language::day_of(&self.date).map(Timestamp::noon)
    }

    /// Both are there, and the act was not adopted after today.
    pub(crate) fn check(&self, today: i64) -> Result<(), Refusal> {
        let number = match self.number.chars().count() {
            0 => Some("required"),
            count if count > ACT_NUMBER_CHARACTERS_MAX => Some("too_long"),
            _ => None,
        };
        let date = match (self.date.is_empty(), self.adopted_on()) {
            (true, _) => Some("required"),
            (_, None) => Some("date"),
            (_, Some(day)) if day.day() > today => Some("after_today"),
            _ => None,
        };
        let items: Vec<Item> = [("act_number", number), ("act_date", date)]
            .into_iter()
            .filter_map(|(field, code)| {
                Some(Item { field: field.into(), code: code?.into(), detail: detail(code?) })
            })
            .collect();
        if items.is_empty() {
            return Ok(());
        }
        Err(Refusal::new(Kind::Invalid, "output.act_missing", &["LY-SVC-18.3"]).with_items(items))
    }

    /// «قرار تصحيح اسم رقم 12/2026 بتاريخ 1 مارس 2026», in both languages; nothing where no act was named.
    pub(crate) fn said(&self, texts: &Texts, title: &Text, provider: &Provider) -> Text {
        if self.is_empty() {
            return Text::new("", "");
        }
        let say = |lang: Lang| {
            let named = |key, values: &[(&str, String)]| {
                let values: Vec<_> =
                    values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
                texts.say(lang, key, &values)
            };
            let (title, number) = (title.get(lang).to_owned(), format!("\u{200e}{}\u{200e}", self.number));
            match self.adopted_on() {
                Some(day) => named(
                    "request-act-named",
                    &[("title", title), ("number", number), ("date", provider.date(day, lang))],
                ),
                None => named("request-act-undated", &[("title", title), ("number", number)]),
            }
        };
        Text::new(say(Lang::Ar), say(Lang::En))
    }
}

fn detail(code: &str) -> String {
    if code == "too_long" { ACT_NUMBER_CHARACTERS_MAX.to_string() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_has_a_number_and_a_day_that_has_come() {
        let today = language::day_of("2026-03-01").expect("a day");
        let check = |number: &str, date: &str, expected: &[(&str, &str)]| {
            let found = NamedAct::new(number, date).check(today).err().map(|refusal| refusal.items);
            let found: Vec<(String, String)> =
                found.unwrap_or_default().into_iter().map(|item| (item.field, item.code)).collect();
            let expected: Vec<(String, String)> =
                expected.iter().map(|(field, code)| ((*field).into(), (*code).into())).collect();
            assert_eq!(found, expected, "{number} {date}");
        };
        check("12/2026", "2026-03-01", &[]);
        check(" 12/2026 ", "2025-12-31", &[]);
        check("", "", &[("act_number", "required"), ("act_date", "required")]);
        check("  ", "2026-03-01", &[("act_number", "required")]);
        check(&"1".repeat(ACT_NUMBER_CHARACTERS_MAX + 1), "2026-03-01", &[("act_number", "too_long")]);
        check("12", "2026-03-02", &[("act_date", "after_today")]);
        check("12", "2026-02-30", &[("act_date", "date")]);
        check("12", "أمس", &[("act_date", "date")]);
    }

    #[test]
    fn what_was_written_as_one_text_is_still_read() {
        let act: NamedAct =
            serde_json::from_str(r#"{"act_reference":"قرار 12 لسنة 2026"}"#).expect("it is read");
        assert_eq!((act.number.as_str(), act.date.as_str()), ("قرار 12 لسنة 2026", ""));
    }
}
