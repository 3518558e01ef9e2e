//! Holidays as a file that every calendar reads and writes (RFC 5545): whole days, named in one language.

use clock::{Timestamp, civil_from_days};
use language::{Lang, Text};
use organisations::Holiday;

use crate::appointment::calendar_file::{escaped, folded};

/// Days of one feast in a file; what lasts longer is no holiday.
const FEAST_DAYS_MAX: i64 = 14;

/// The holidays of a file, each of its days one; nothing when it is no calendar. The name stands for both languages.
pub(crate) fn read(text: &str) -> Option<Vec<Holiday>> {
    let text = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with("BEGIN:VCALENDAR") {
        return None;
    }
    let mut found = Vec::new();
    for event in text.split("BEGIN:VEVENT").skip(1) {
        let event = event.split("END:VEVENT").next().unwrap_or_default();
        let name = unescaped(value(event, "SUMMARY")?.trim());
        let from = day(value(event, "DTSTART")?)?;
        let until = value(event, "DTEND").and_then(day).unwrap_or(from + 1).max(from + 1);
        if name.is_empty() || until - from > FEAST_DAYS_MAX {
            return None;
        }
        found.extend((from..until).map(|day| Holiday { day, name: Text::new(name.as_str(), name.as_str()) }));
    }
    Some(found)
}

/// The value of a property, whatever its parameters are.
fn value<'e>(event: &'e str, property: &str) -> Option<&'e str> {
    event.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        (name.split(';').next() == Some(property)).then_some(value)
    })
}

/// `20261224`, with or without a time behind it.
fn day(word: &str) -> Option<i64> {
    let word = word.trim();
    let (year, month, day) = (word.get(..4)?, word.get(4..6)?, word.get(6..8)?);
    language::day_of(&format!("{year}-{month}-{day}"))
}

fn unescaped(text: &str) -> String {
    text.replace("\\n", " ").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
}

/// The holidays of a calendar as a file.
pub(crate) fn written(holidays: &[Holiday], lang: Lang, name: &str, now: Timestamp) -> String {
    let word = |day: i64| {
        let (year, month, of_month) = civil_from_days(day);
        format!("{year:04}{month:02}{of_month:02}")
    };
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Diwan//Holidays//AR".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(name)),
    ];
    for holiday in holidays {
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@diwan", word(holiday.day)),
            format!("DTSTAMP:{}T000000Z", word(now.day())),
            format!("DTSTART;VALUE=DATE:{}", word(holiday.day)),
            format!("DTEND;VALUE=DATE:{}", word(holiday.day + 1)),
            format!("SUMMARY:{}", escaped(holiday.name.get(lang))),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

#[cfg(test)]
mod tests {
    use clock::days_from_civil;

    use super::*;

    fn check(file: &str, expected: Option<&[(i64, &str)]>) {
        let read = read(file);
        let read =
            read.as_ref().map(|all| all.iter().map(|it| (it.day, it.name.ar.as_str())).collect::<Vec<_>>());
        assert_eq!(read.as_deref(), expected, "{file}");
    }

    #[test]
    fn a_file_is_read_day_by_day_and_what_is_no_calendar_is_refused() {
        let event = |body: &str| {
            format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{body}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            )
        };
        let first = days_from_civil(2027, 3, 9);
        let feast =
            event("DTSTART;VALUE=DATE:20270309\r\nDTEND;VALUE=DATE:20270312\r\nSUMMARY:عيد\r\n  الفطر");
        check(&feast, Some(&[(first, "عيد الفطر"), (first + 1, "عيد الفطر"), (first + 2, "عيد الفطر")]));
        check(&event("DTSTART:20270309T080000Z\r\nSUMMARY:A\\, b"), Some(&[(first, "A, b")]));
        check("BEGIN:VCALENDAR\nEND:VCALENDAR", Some(&[]));
        check("hello", None);
        check(&event("DTSTART:20270231\r\nSUMMARY:x"), None);
        check(&event("DTSTART:20270309\r\nDTEND:20280309\r\nSUMMARY:x"), None);
        check(&event("DTSTART:20270309"), None);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let day = days_from_civil(2026, 12, 24);
        let holiday = Holiday { day, name: Text::new("عيد الاستقلال", "Independence Day") };
        let file = written(&[holiday], Lang::Ar, "العطل", Timestamp::midnight(day));
        check(&file, Some(&[(day, "عيد الاستقلال")]));
    }
}
