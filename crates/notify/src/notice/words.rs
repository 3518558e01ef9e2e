//! How a notice becomes words, at the moment of reading.

use clock::Timestamp;
use language::{Calendar, Digits, Lang, Offset, Texts, Value};

use super::Notice;

/// Characters of a subject line; longer ones are cut by most programs anyway.
const SUBJECT_CHARACTERS_MAX: usize = 160;

/// A notice in somebody's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub subject: String,
    pub body: String,
}

/// How somebody reads.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) texts: &'a Texts,
    pub(crate) lang: Lang,
    pub(crate) digits: Digits,
    pub(crate) offset: Offset,
}

impl Words {
    pub(crate) fn of(notice: &Notice, reading: Reading<'_>) -> Words {
        let args: Vec<(&str, Value<'_>)> =
            notice.args.iter().filter_map(|(name, value)| said(name, value, reading)).collect();
        let say = |part: &str| {
            let key = format!("notice-{}-{part}", notice.key);
            reading.texts.say_in(reading.lang, reading.digits, &key, &args)
        };
        Words { subject: one_line(&say("subject"), SUBJECT_CHARACTERS_MAX), body: say("body") }
    }
}

/// An argument as the text takes it; nothing for the half that belongs to the other language.
fn said<'v>(name: &'v str, value: &'v str, reading: Reading<'_>) -> Option<(&'v str, Value<'v>)> {
    if let Some(stem) = name.strip_suffix("_ar") {
        return (reading.lang == Lang::Ar).then(|| (stem, value.into()));
    }
    if let Some(stem) = name.strip_suffix("_en") {
        return (reading.lang == Lang::En).then(|| (stem, value.into()));
    }
    let number = value.parse::<i64>();
    let at = |micros: i64| Timestamp(micros);
    Some(match (number, name) {
        (Ok(micros), name) if name.ends_with("_at") => {
            let said = language::moment(
                at(micros),
                reading.lang,
                reading.digits,
                Calendar::Gregorian,
                reading.offset,
            );
            (name, said.into())
        }
        (Ok(micros), name) if name.ends_with("_on") => {
            let said = language::date_at(
                at(micros),
                reading.lang,
                reading.digits,
                Calendar::Gregorian,
                reading.offset,
            );
            (name, said.into())
        }
        (Ok(count), name) if name.ends_with("_count") => (name, count.into()),
        _ => (name, value.into()),
    })
}

/// A text that may stand in a header: on one line, without controls and without marks that turn its direction.
pub(crate) fn one_line(text: &str, characters_max: usize) -> String {
    let plain = text.chars().map(|c| if c.is_control() || turns_direction(c) { ' ' } else { c });
    let plain: String = plain.take(characters_max * 4).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(characters_max).collect()
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use language::{Locale, Text};
    use uuid::Uuid;

    use super::*;
    use crate::Message;

    const LOCALE: Locale = Locale {
        name: "letters",
        ar: "notice-decided-subject = الطلب { $number }: { $service }\nnotice-decided-body = صدر القرار في { $decided_at }، وعليك { $days_count ->\n    [one] يوم واحد\n    [two] يومان\n    *[other] { $days_count } أيام\n }.\n",
        en: "notice-decided-subject = Request { $number }: { $service }\nnotice-decided-body = Decided on { $decided_on }{ $decided_at }, { $days_count ->\n    [one] one day\n    *[other] { $days_count } days\n } left.\n",
    };

    fn notice() -> Notice {
        let message = Message::new(Uuid::nil(), "decided", "request/26-1", "/requests/26-1")
            .word("number", "26-000123\r\nBcc: all@example")
            .text("service", &Text::new("شهادة إقامة", "Residence certificate"))
            .moment("decided_at", Timestamp(1_772_357_400_000_000))
            .moment("decided_on", Timestamp(1_772_357_400_000_000))
            .word("days_count", "3");
        Notice {
            id: Uuid::nil(),
            person: message.to,
            key: message.key.into(),
            args: message.args,
            link: message.link,
            subject: message.subject,
            sent_at: Timestamp(0),
            read_at: None,
        }
    }

    fn read(lang: Lang, digits: Digits) -> Words {
        let texts = Texts::assemble(&[LOCALE]).unwrap();
        Words::of(&notice(), Reading { texts: &texts, lang, digits, offset: Offset { minutes: 120 } })
    }

    #[test]
    fn a_notice_is_read_in_the_readers_language_and_digits() {
        let words = read(Lang::Ar, Digits::Latin);
        assert_eq!(words.subject, "الطلب 26-000123 Bcc: all@example: شهادة إقامة");
        assert_eq!(words.body, "صدر القرار في 1 مارس 2026، الساعة 11:30، وعليك 3 أيام.");
        let words = read(Lang::Ar, Digits::Arabic);
        assert_eq!(words.body, "صدر القرار في ١ مارس ٢٠٢٦، الساعة ١١:٣٠، وعليك ٣ أيام.");
        let words = read(Lang::En, Digits::Latin);
        assert!(words.subject.ends_with(": Residence certificate"), "{}", words.subject);
        assert!(words.body.starts_with("Decided on 1 March 2026"), "{}", words.body);
        assert!(words.body.ends_with("3 days left."), "{}", words.body);
    }

    #[test]
    fn a_line_is_one_line() {
        for (text, expected) in [
            ("a\r\nBcc: b", "a Bcc: b"),
            ("a\u{202e}b\u{2066}c", "a b c"),
            ("a\0\tb\u{85}c\u{2028}d", "a b c d"),
            ("  شهادة   إقامة ", "شهادة إقامة"),
            ("", ""),
        ] {
            assert_eq!(one_line(text, 40), expected);
        }
        assert_eq!(one_line(&"س".repeat(50), 40).chars().count(), 40);
    }
}
