//! The appointment as a file that every calendar takes (RFC 5545), in universal time, so that no zone is guessed.
//! It rings no alarm: the portal reminds by its own means.

use clock::{Timestamp, civil_from_days};

use super::Appointment;

/// Octets of one line; longer ones are folded (RFC 5545, 3.1).
const LINE_BYTES_MAX: usize = 75;

/// What the entry in the calendar says.
pub(crate) struct Said {
    pub title: String,
    pub place: String,
    pub text: String,
    pub href: String,
}

pub(crate) fn calendar_file(appointment: &Appointment, said: &Said) -> String {
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Diwan//Collection//AR".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}@diwan", appointment.id),
        format!("DTSTAMP:{}", stamp(appointment.changed_at)),
        format!("DTSTART:{}", stamp(appointment.starts_at)),
        format!("DTEND:{}", stamp(appointment.ends_at)),
        format!("SEQUENCE:{}", appointment.sequence),
        "STATUS:CONFIRMED".to_owned(),
        format!("SUMMARY:{}", escaped(&said.title)),
        format!("LOCATION:{}", escaped(&said.place)),
        format!("DESCRIPTION:{}", escaped(&said.text)),
        format!("URL:{}", said.href),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

/// A text value: what separates values stands behind a backslash (RFC 5545, 3.3.11).
pub(crate) fn escaped(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    escaped.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// The line in pieces of at most 75 octets, never through a letter, each further one behind a space.
pub(crate) fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + line.len() / LINE_BYTES_MAX * 3 + 2);
    let mut bytes = 0;
    for letter in line.chars() {
        if bytes + letter.len_utf8() > LINE_BYTES_MAX {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(letter);
        bytes += letter.len_utf8();
    }
    out.push_str("\r\n");
    out
}

/// `20260301T093000Z`.
fn stamp(at: Timestamp) -> String {
    let (year, month, day) = civil_from_days(at.day());
    let second = at.seconds().rem_euclid(86_400);
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::appointment::AppointmentState;

    #[test]
    fn a_calendar_reads_it() {
        let at = |written: &str| written.parse::<Timestamp>().expect("a moment");
        let appointment = Appointment {
            id: Uuid::nil(),
            request: Uuid::nil(),
            body: Uuid::nil(),
            plan: Uuid::nil(),
            starts_at: at("2026-11-23T07:00:00Z"),
            ends_at: at("2026-11-23T07:30:00Z"),
            state: AppointmentState::Booked,
            sequence: 3,
            booked_at: at("2026-11-20T08:00:00Z"),
            changed_at: at("2026-11-21T08:00:00Z"),
            reminded_at: None,
            handover: None,
        };
        let said = Said {
            title: "استلام شهادة إقامة; 26-4817-2093-51".into(),
            place: "شارع الاستقلال, مدينة الساحل".into(),
            text: "أحضر وثيقة تثبت شخصيتك، وإن كلفت غيرك فليحضر وثيقته وتفويضا موقعا منك باسمه الكامل".into(),
            href: "https://diwan.example/requests/26-4817-2093-51".into(),
        };
        let file = calendar_file(&appointment, &said);
        assert!(file.lines().all(|line| line.len() <= 75), "lines are folded: {file}");
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count(), "lines end in CRLF");
        let whole = file.replace("\r\n ", "");
        let lines: Vec<&str> = whole.split("\r\n").collect();
        assert_eq!(lines[0], "BEGIN:VCALENDAR");
        for line in [
            "VERSION:2.0",
            "BEGIN:VEVENT",
            "UID:00000000-0000-0000-0000-000000000000@diwan",
            "DTSTAMP:20261121T080000Z",
            "DTSTART:20261123T070000Z",
            "DTEND:20261123T073000Z",
            "SEQUENCE:3",
            "STATUS:CONFIRMED",
            "SUMMARY:استلام شهادة إقامة\\; 26-4817-2093-51",
            "LOCATION:شارع الاستقلال\\, مدينة الساحل",
            "END:VEVENT",
            "END:VCALENDAR",
        ] {
            assert_eq!(lines.iter().filter(|found| **found == line).count(), 1, "{line} in {whole}");
        }
    }
}
