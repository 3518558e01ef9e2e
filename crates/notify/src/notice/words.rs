//! How a notice becomes words, at the moment of reading.

use clock::Timestamp;
use language::{Calendar, Digits, Lang, Offset, Texts, Value};

use super::Notice;

/// Characters of a subject line; longer ones are cut by most programs anyway.
const SUBJECT_CHARACTERS_MAX: usize = 160;

/// Stand around an argument inside a text while it is made: a number with hyphens would otherwise fall apart into
/// its pieces in an Arabic line. No argument can bring them along; nothing that leaves this crate carries them.
const ARGUMENT_BEGINS: char = '\u{2068}';
const ARGUMENT_ENDS: char = '\u{2069}';
/// Keeps a number together in an Arabic line of plain text, where there is no other means.
const LEFT_TO_RIGHT_MARK: char = '\u{200e}';

/// A notice in somebody's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    lang: Lang,
    marked_subject: String,
    marked_body: String,
}

/// A run of a text: an argument, which a page isolates, or what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub argument: bool,
    pub text: String,
}

/// How somebody reads.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) texts: &'a Texts,
    pub(crate) lang: Lang,
    pub(crate) digits: Digits,
    pub(crate) offset: Offset,
}

impl Run {
    /// A number of a file or a code: never broken at the end of a line.
    pub fn is_number(&self) -> bool {
        let number = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '/';
        self.argument && self.text.contains(|c: char| c.is_ascii_digit()) && self.text.chars().all(number)
    }
}

impl Words {
    pub(crate) fn of(notice: &Notice, reading: Reading<'_>) -> Words {
        let args: Vec<(&str, Value<'_>)> =
            notice.args.iter().filter_map(|(name, value)| said(name, value, reading)).collect();
        let say = |part: &str| {
            let key = format!("notice-{}-{part}", notice.key);
            reading.texts.say_in(reading.lang, reading.digits, &key, &args)
        };
        Words { lang: reading.lang, marked_subject: say("subject"), marked_body: say("body") }
    }

    /// The subject, on one line.
    pub fn subject(&self) -> String {
        one_line(&plain(&self.marked_subject), SUBJECT_CHARACTERS_MAX)
    }

    pub fn body(&self) -> String {
        plain(&self.marked_body)
    }

    /// The subject for programs that know only plain text: in an Arabic line a mark holds numbers together.
    pub(crate) fn subject_line(&self) -> String {
        let mut line = String::new();
        for run in runs(&self.marked_subject) {
            let foreign = run.argument && run.text.starts_with(|c: char| c.is_ascii_alphanumeric());
            if foreign && self.lang == Lang::Ar {
                line.push(LEFT_TO_RIGHT_MARK);
            }
            line.extend(run.text.chars().map(|c| if c.is_control() || turns_direction(c) { ' ' } else { c }));
        }
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        line.chars().take(SUBJECT_CHARACTERS_MAX).collect()
    }

    pub fn subject_runs(&self) -> Vec<Run> {
        runs(&self.marked_subject)
    }

    pub(crate) fn body_runs(&self) -> Vec<Run> {
        runs(&self.marked_body)
    }
}

/// The text without its marks.
fn plain(marked: &str) -> String {
    marked.replace([ARGUMENT_BEGINS, ARGUMENT_ENDS], "")
}

/// The text cut at its marks.
fn runs(marked: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = marked;
    while let Some((around, argument)) = rest.split_once(ARGUMENT_BEGINS) {
        let (argument, after) = argument.split_once(ARGUMENT_ENDS).unwrap_or((argument, ""));
        runs.push(Run { argument: false, text: around.to_owned() });
        runs.push(Run { argument: true, text: argument.to_owned() });
        rest = after;
    }
    runs.push(Run { argument: false, text: rest.to_owned() });
    runs.retain(|run| !run.text.is_empty());
    runs
}

/// An argument as the text takes it; nothing for the half that belongs to the other language.
fn said<'v>(name: &'v str, value: &'v str, reading: Reading<'_>) -> Option<(&'v str, Value<'v>)> {
    if let Some(stem) = name.strip_suffix("_ar") {
        return (reading.lang == Lang::Ar).then(|| (stem, marked_text(value)));
    }
    if let Some(stem) = name.strip_suffix("_en") {
        return (reading.lang == Lang::En).then(|| (stem, marked_text(value)));
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
        _ => (name, marked(value)),
    })
}

fn marked(value: &str) -> Value<'static> {
    let value: String = value.chars().filter(|c| !turns_direction(*c)).collect();
    format!("{ARGUMENT_BEGINS}{value}{ARGUMENT_ENDS}").into()
}

/// A sentence that comes with marks of its own around its values keeps them; they cut it where it must be cut.
fn marked_text(value: &str) -> Value<'static> {
    let depth = value.chars().try_fold(0, |depth, c| match c {
        ARGUMENT_BEGINS if depth == 0 => Some(1),
        ARGUMENT_ENDS if depth == 1 => Some(0),
        ARGUMENT_BEGINS | ARGUMENT_ENDS => None,
        _ => Some(depth),
    });
    if depth != Some(0) || !value.contains(ARGUMENT_BEGINS) {
        return marked(value);
    }
    let own = |c: char| matches!(c, ARGUMENT_BEGINS | ARGUMENT_ENDS);
    value.chars().filter(|c| own(*c) || !turns_direction(*c)).collect::<String>().into()
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
            archived_at: None,
            asks: false,
        }
    }

    fn read(lang: Lang, digits: Digits) -> Words {
        let texts = Texts::assemble(&[LOCALE]).unwrap();
        Words::of(&notice(), Reading { texts: &texts, lang, digits, offset: Offset { minutes: 120 } })
    }

    #[test]
    fn a_notice_is_read_in_the_readers_language_and_digits() {
        let words = read(Lang::Ar, Digits::Latin);
        assert_eq!(words.subject(), "الطلب 26-000123 Bcc: all@example: شهادة إقامة");
        assert_eq!(words.body(), "صدر القرار في 1 مارس 2026، الساعة 11:30، وعليك 3 أيام.");
        let words = read(Lang::Ar, Digits::Arabic);
        assert_eq!(words.body(), "صدر القرار في ١ مارس ٢٠٢٦، الساعة ١١:٣٠، وعليك ٣ أيام.");
        let words = read(Lang::En, Digits::Latin);
        assert!(words.subject().ends_with(": Residence certificate"), "{words:?}");
        assert!(words.body().starts_with("Decided on 1 March 2026"), "{words:?}");
        assert!(words.body().ends_with("3 days left."), "{words:?}");
    }

    #[test]
    fn a_sentence_with_marks_of_its_own_is_cut_at_them() {
        let Value::String(text) = marked_text("طلبك \u{2068}26-1\u{2069} تم\u{202e}") else {
            panic!("a text")
        };
        let cut: Vec<_> = runs(&text).into_iter().map(|run| (run.argument, run.text)).collect();
        let run = |argument, text: &str| (argument, text.to_owned());
        assert_eq!(cut, [run(false, "طلبك "), run(true, "26-1"), run(false, " تم")]);
        let Value::String(broken) = marked_text("a \u{2068}b") else { panic!("a text") };
        assert_eq!(runs(&broken).len(), 1);
    }

    #[test]
    fn arguments_stand_apart_so_that_numbers_hold_together() {
        let run = |argument, text: &str| Run { argument, text: text.into() };
        let words = read(Lang::Ar, Digits::Latin);
        assert_eq!(
            words.subject_runs(),
            [
                run(false, "الطلب "),
                run(true, "26-000123\r\nBcc: all@example"),
                run(false, ": "),
                run(true, "شهادة إقامة"),
            ]
        );
        assert_eq!(words.subject_line(), "الطلب \u{200e}26-000123 Bcc: all@example: شهادة إقامة");
        assert_eq!(words.body_runs().len(), 1);
        assert_eq!(runs("a\u{2068}b"), [run(false, "a"), run(true, "b")]);
        assert_eq!(runs(""), []);
    }

    #[test]
    fn an_argument_brings_no_marks_along() {
        let Value::String(value) = marked("a\u{2069}b\u{202e}c\u{2068}") else { panic!("a word") };
        assert_eq!(value, "\u{2068}abc\u{2069}");
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
