//! Dates as people say them: Gregorian and Hijri (Umm al-Qura), in Arabic and English.
//!
//! The Hijri date is computed from the Umm al-Qura tables, which cover the years 1300 to 1600; a state that
//! follows sightings may differ by a day, so the Gregorian date is the one that binds and stands first.
//! Absent on purpose: time zones with rules. A deployment has one fixed [`Offset`].

use std::{sync::OnceLock, time::Duration};

use clock::{DAY, HOUR, MINUTE, Timestamp, civil_from_days, days_from_civil};
use icu_calendar::{Date, cal::Hijri};

use crate::{Digits, LOCALE, Lang, Texts, digits, fold_digits};

/// Which calendars a date is shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Calendar {
    /// `1 March 2026 (12 Ramadan 1447 AH)`: what documents carry.
    #[default]
    Both,
    Gregorian,
    Hijri,
}

/// Minutes east of UTC, the same all year: 120 in Tripoli, 180 in Kuwait and Baghdad, 240 in Muscat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offset {
    pub minutes: i16,
}

impl Offset {
    pub const UTC: Offset = Offset { minutes: 0 };

    /// The moment whose UTC reading is what clocks on the wall show.
    pub fn local(self, at: Timestamp) -> Timestamp {
        Timestamp(at.0.saturating_add(i64::from(self.minutes) * 60_000_000))
    }
}

const AR_MONTHS: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const EN_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const AR_HIJRI_MONTHS: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];
const EN_HIJRI_MONTHS: [&str; 12] = [
    "Muharram",
    "Safar",
    "Rabi al-Awwal",
    "Rabi al-Akhir",
    "Jumada al-Ula",
    "Jumada al-Akhirah",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qadah",
    "Dhu al-Hijjah",
];
/// Monday first, as 1970-01-01 was a Thursday.
const AR_WEEKDAYS: [&str; 7] = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"];
const EN_WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The day of a moment in UTC: `١ مارس ٢٠٢٦ (١٢ رمضان ١٤٤٧)`, `1 March 2026 (12 Ramadan 1447 AH)`.
/// English always shows Latin digits.
pub fn date(at: Timestamp, lang: Lang, shown: Digits, calendar: Calendar) -> String {
    date_at(at, lang, shown, calendar, Offset::UTC)
}

/// The day of a moment where the clocks stand at `offset`.
pub fn date_at(at: Timestamp, lang: Lang, shown: Digits, calendar: Calendar, offset: Offset) -> String {
    let day = offset.local(at).day();
    let gregorian = gregorian(day, lang);
    let said = match (calendar, hijri(day)) {
        (Calendar::Both, Some(hijri)) => format!("{gregorian} ({})", say_hijri(hijri, lang, false)),
        (Calendar::Hijri, Some(hijri)) => say_hijri(hijri, lang, true),
        _ => gregorian,
    };
    show(said, lang, shown)
}

/// Day and time: `١ مارس ٢٠٢٦ (١٢ رمضان ١٤٤٧)، الساعة ١١:٣٠`, `1 March 2026 (12 Ramadan 1447 AH), 11:30`.
pub fn moment(at: Timestamp, lang: Lang, shown: Digits, calendar: Calendar, offset: Offset) -> String {
    let day = date_at(at, lang, shown, calendar, offset);
    let time = time(at, lang, shown, offset);
    match lang {
        Lang::Ar => format!("{day}، الساعة {time}"),
        Lang::En => format!("{day}, {time}"),
    }
}

/// Hours and minutes of the 24-hour clock: `09:30`.
pub fn time(at: Timestamp, lang: Lang, shown: Digits, offset: Offset) -> String {
    let second = offset.local(at).seconds().rem_euclid(86_400);
    show(format!("{:02}:{:02}", second / 3_600, second / 60 % 60), lang, shown)
}

/// The name of the day of the week.
pub fn weekday(at: Timestamp, lang: Lang, offset: Offset) -> &'static str {
    let day = (offset.local(at).day() + 3).rem_euclid(7) as usize;
    match lang {
        Lang::Ar => AR_WEEKDAYS[day],
        Lang::En => EN_WEEKDAYS[day],
    }
}

/// How far a moment lies from `now`, in the largest whole unit: `قبل ساعتين`, `in 3 days`; under a minute, `الآن`.
pub fn relative(at: Timestamp, now: Timestamp, lang: Lang, shown: Digits) -> String {
    let (past, apart) = if at <= now { (true, now.since(at)) } else { (false, at.since(now)) };
    let Some((unit, count)) = largest_unit(apart) else {
        return own_texts().map_or_else(String::new, |texts| texts.say(lang, "time-now", &[]));
    };
    let key = format!("time-{}-{unit}", if past { "past" } else { "future" });
    own_texts().map_or_else(String::new, |texts| texts.say_in(lang, shown, &key, &[("count", count.into())]))
}

/// A length of time in words: `ثلاثة أيام` is written `3 أيام`; under a minute counts as one minute.
pub fn span(length: Duration, lang: Lang, shown: Digits) -> String {
    let (unit, count) = largest_unit(length).unwrap_or(("minutes", 1));
    let key = format!("time-{unit}");
    own_texts().map_or_else(String::new, |texts| texts.say_in(lang, shown, &key, &[("count", count.into())]))
}

fn largest_unit(apart: Duration) -> Option<(&'static str, u64)> {
    let units = [
        ("years", DAY * 365),
        ("months", DAY * 30),
        ("weeks", DAY * 14),
        ("days", DAY),
        ("hours", HOUR),
        ("minutes", MINUTE),
    ];
    let (unit, length) = units.into_iter().find(|(_, length)| apart >= *length)?;
    // Weeks are said from the second on: "8 days" is clearer than "a week".
    let length = if unit == "weeks" { DAY * 7 } else { length };
    Some((unit, apart.as_secs() / length.as_secs()))
}

pub(crate) fn own_texts() -> Option<&'static Texts> {
    static TEXTS: OnceLock<Option<Texts>> = OnceLock::new();
    TEXTS.get_or_init(|| Texts::assemble(&[LOCALE]).ok()).as_ref()
}

fn gregorian(day: i64, lang: Lang) -> String {
    let (year, month, day) = civil_from_days(day);
    let names = match lang {
        Lang::Ar => AR_MONTHS,
        Lang::En => EN_MONTHS,
    };
    format!("{day} {} {year}", names[usize::from(month) - 1])
}

/// Year, month and day in the Umm al-Qura calendar; none for years that no calendar library reaches.
pub fn hijri(day: i64) -> Option<(i32, u8, u8)> {
    let (year, month, day) = civil_from_days(day);
    let iso = Date::try_new_iso(i32::try_from(year).ok()?, month, day).ok()?;
    let date = iso.to_calendar(Hijri::new_umm_al_qura());
    Some((date.year().extended_year(), date.month().ordinal, date.day_of_month().0))
}

fn say_hijri((year, month, day): (i32, u8, u8), lang: Lang, alone: bool) -> String {
    let index = usize::from(month.clamp(1, 12)) - 1;
    match lang {
        Lang::Ar if alone => format!("{day} {} {year} هـ", AR_HIJRI_MONTHS[index]),
        Lang::Ar => format!("{day} {} {year}", AR_HIJRI_MONTHS[index]),
        Lang::En => format!("{day} {} {year} AH", EN_HIJRI_MONTHS[index]),
    }
}

fn show(said: String, lang: Lang, shown: Digits) -> String {
    match lang {
        Lang::Ar => digits(&said, shown),
        Lang::En => said,
    }
}

/// A day that is typed `2026-03-01`, in digits of either script, counted since 1970-01-01; nothing when there is no such day.
pub fn day_of(typed: &str) -> Option<i64> {
    let folded = fold_digits(typed.trim());
    // Ten characters also bound the year before anything is computed from it.
    if folded.len() != "2026-03-01".len() {
        return None;
    }
    let mut parts = folded.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let days = days_from_civil(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    // A day that does not exist comes out as another.
    let (year, month, day) = civil_from_days(days);
    (year > 0 && format!("{year:04}-{month:02}-{day:02}") == folded).then_some(days)
}

#[cfg(test)]
mod tests {
    use clock::days_from_civil;

    use super::*;

    fn on(year: i64, month: u8, day: u8) -> Timestamp {
        Timestamp(days_from_civil(year, month, day) * 86_400_000_000)
    }

    #[test]
    fn a_date_is_said_in_both_calendars() {
        let at = on(2026, 3, 1);
        assert_eq!(date(at, Lang::Ar, Digits::Arabic, Calendar::Both), "١ مارس ٢٠٢٦ (١٢ رمضان ١٤٤٧)");
        assert_eq!(date(at, Lang::Ar, Digits::Latin, Calendar::Gregorian), "1 مارس 2026");
        assert_eq!(date(at, Lang::Ar, Digits::Arabic, Calendar::Hijri), "١٢ رمضان ١٤٤٧ هـ");
        assert_eq!(date(at, Lang::En, Digits::Arabic, Calendar::Both), "1 March 2026 (12 Ramadan 1447 AH)");
    }

    /// First days of Hijri years and months as published in the Umm al-Qura calendar.
    #[test]
    fn hijri_dates_follow_the_published_calendar() {
        for ((year, month, day), expected) in [
            ((2023, 3, 23), (1444, 9, 1)),
            ((2023, 7, 19), (1445, 1, 1)),
            ((2024, 3, 11), (1445, 9, 1)),
            ((2024, 7, 7), (1446, 1, 1)),
            ((2025, 3, 1), (1446, 9, 1)),
            ((2025, 3, 30), (1446, 10, 1)),
            ((2025, 6, 26), (1447, 1, 1)),
            ((2026, 2, 18), (1447, 9, 1)),
        ] {
            assert_eq!(hijri(days_from_civil(year, month, day)), Some(expected), "{year}-{month}-{day}");
        }
    }

    #[test]
    fn the_wall_clock_decides_the_day() {
        let late = Timestamp(on(2026, 2, 28).0 + 23 * 3_600_000_000);
        let tripoli = Offset { minutes: 120 };
        assert_eq!(date_at(late, Lang::En, Digits::Latin, Calendar::Gregorian, tripoli), "1 March 2026");
        assert_eq!(
            moment(late, Lang::Ar, Digits::Arabic, Calendar::Both, tripoli),
            "١ مارس ٢٠٢٦ (١٢ رمضان ١٤٤٧)، الساعة ٠١:٠٠"
        );
        assert_eq!(weekday(late, Lang::Ar, tripoli), "الأحد");
        assert_eq!(weekday(late, Lang::En, Offset::UTC), "Saturday");
    }

    #[test]
    fn distance_is_said_in_the_largest_unit() {
        let now = on(2026, 3, 1);
        for (at, ar, en) in [
            (now - Duration::from_secs(30), "الآن", "now"),
            (now - MINUTE, "قبل دقيقة", "1 minute ago"),
            (now - HOUR * 2, "قبل ساعتين", "2 hours ago"),
            (now - DAY * 3, "قبل ٣ أيام", "3 days ago"),
            (now + DAY * 11, "بعد ١١ يومًا", "in 11 days"),
            (now + DAY * 15, "بعد أسبوعين", "in 2 weeks"),
            (now - DAY * 100, "قبل ٣ أشهر", "3 months ago"),
            (now + DAY * 366, "بعد سنة", "in 1 year"),
        ] {
            assert_eq!(relative(at, now, Lang::Ar, Digits::Arabic), ar);
            assert_eq!(relative(at, now, Lang::En, Digits::Latin), en);
        }
        assert_eq!(span(HOUR * 5, Lang::Ar, Digits::Latin), "5 ساعات");
        assert_eq!(span(DAY * 2, Lang::Ar, Digits::Latin), "يومان");
    }

    #[test]
    fn moments_at_the_ends_of_time_do_not_panic() {
        for at in [Timestamp(i64::MIN), Timestamp(i64::MAX), Timestamp(0)] {
            assert!(
                !moment(at, Lang::Ar, Digits::Arabic, Calendar::Both, Offset { minutes: -720 }).is_empty()
            );
            assert!(!relative(at, Timestamp(0), Lang::Ar, Digits::Arabic).is_empty());
        }
    }

    #[test]
    fn a_typed_day_is_read_in_any_digits_and_only_when_it_exists() {
        for (typed, expected) in [
            ("1970-01-02", Some(1)),
            (" 2026-03-01 ", Some(20_513)),
            ("٢٠٢٦-٠٣-٠١", Some(20_513)),
            ("2024-02-29", Some(19_782)),
            ("2026-02-29", None),
            ("2026-02-31", None),
            ("2026-13-01", None),
            ("2026-00-10", None),
            ("2026-03-00", None),
            ("0000-01-01", None),
            ("+026-03-01", None),
            ("2026-3-1", None),
            ("9223372036854775807-01-01", None),
            ("€€€-1", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(day_of(typed), expected, "{typed}");
        }
    }
}
