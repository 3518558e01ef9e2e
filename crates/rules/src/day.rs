//! Days of the civil calendar as numbers since 1970, and back.

/// The first and last year that a day may be in.
const YEARS: std::ops::RangeInclusive<i64> = 1..=9999;

/// `2026-03-01` as a number of days; nothing when there is no such day.
pub fn day_of(iso: &str) -> Option<i64> {
    let bytes = iso.as_bytes();
    let digits = |range: std::ops::Range<usize>| -> Option<i64> {
        let part = iso.get(range)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let (year, month, day) = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
    let known = YEARS.contains(&year) && (1..=12).contains(&month);
    (known && (1..=days_in(year, month)).contains(&day)).then(|| number(year, month, day))
}

pub fn iso(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

pub(crate) fn plus_days(day: i64, days: i64) -> Option<i64> {
    let later = day.checked_add(days)?;
    let year_number = |year: i64| number(year, 1, 1);
    (year_number(*YEARS.start()) <= later && later < year_number(*YEARS.end() + 1)).then_some(later)
}

/// The same day of a later month; the last day of a shorter one.
pub(crate) fn plus_months(day: i64, months: i64) -> Option<i64> {
    let (year, month, day) = civil(day);
    let month = (year * 12 + month - 1).checked_add(months)?;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    YEARS.contains(&year).then(|| number(year, month, day.min(days_in(year, month))))
}

/// Full years between two days, as an age is counted.
pub(crate) fn years_between(from: i64, to: i64) -> i64 {
    if to < from {
        return -years_between(to, from);
    }
    let ((year, month, day), (later_year, later_month, later_day)) = (civil(from), civil(to));
    later_year - year - i64::from((later_month, later_day) < (month, day))
}

pub(crate) fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn number(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let from_march = (month + 9) % 12;
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn days_in(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_counted() {
        assert_eq!(day_of("1970-01-01"), Some(0));
        assert_eq!(day_of("2026-02-29"), None);
        assert_eq!(day_of("2024-02-29").map(iso).as_deref(), Some("2024-02-29"));
        assert_eq!(day_of("٢٠٢٤-٠٢-٢٩"), None);
        let day = |iso: &str| day_of(iso).expect("a day");
        assert_eq!(years_between(day("2000-02-29"), day("2018-02-28")), 17);
        assert_eq!(years_between(day("2000-02-29"), day("2018-03-01")), 18);
        assert_eq!(plus_months(day("2026-01-31"), 1), Some(day("2026-02-28")));
        assert_eq!(plus_months(day("2026-01-31"), -2), Some(day("2025-11-30")));
        assert_eq!(plus_days(day("9999-12-31"), 1), None);
    }
}
