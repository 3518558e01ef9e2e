//! Reads a delivery status notification (RFC 3464). Strangers write it, so that little is read: the part that machines
//! write for machines, and of it whether it failed, for good or not, and what the server said.

/// Characters of a diagnostic that are kept.
const DIAGNOSTIC_CHARACTERS_MAX: usize = 300;
/// Parts of one message that are looked at.
const PARTS_MAX: usize = 20;

/// What a mail server says of one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// It will not arrive any more; otherwise it is only late, and nothing follows from it.
    pub failed: bool,
    /// There is no such mailbox, or it takes nothing: a status of class 5.
    pub lasting: bool,
    /// `5.1.1`, and the server's words; without the address.
    pub reason: String,
}

impl Report {
    /// The report in a message, where there is one.
    pub fn read(message: &[u8]) -> Option<Report> {
        let text = String::from_utf8_lossy(message).replace("\r\n", "\n");
        let (head, body) = text.split_once("\n\n")?;
        let kind = field(head, "content-type")?;
        if !kind.to_ascii_lowercase().starts_with("multipart/report") {
            return None;
        }
        let boundary = format!("--{}", parameter(&kind, "boundary")?);
        let parts = body.split(boundary.as_str()).skip(1).take(PARTS_MAX);
        parts.filter_map(|part| part.trim_start_matches('\n').split_once("\n\n")).find_map(|(head, body)| {
            let kind = field(head, "content-type")?.to_ascii_lowercase();
            let is_status = kind.starts_with("message/delivery-status")
                || kind.starts_with("message/global-delivery-status");
            is_status.then(|| status(body))?
        })
    }

    /// The letter that it is about, by the address to which it came back.
    pub fn recipient(message: &[u8]) -> Option<uuid::Uuid> {
        let text = String::from_utf8_lossy(message).replace("\r\n", "\n");
        let (head, _) = text.split_once("\n\n")?;
        ["x-original-to", "delivered-to", "envelope-to", "to"]
            .into_iter()
            .filter_map(|name| field(head, name))
            .find_map(|value| value.split([' ', ',', ';']).find_map(super::letter_of))
    }
}

/// The fields about the first recipient that failed, else about the first; one letter has one recipient.
fn status(body: &str) -> Option<Report> {
    let groups: Vec<&str> = body.split("\n\n").filter(|group| field(group, "action").is_some()).collect();
    let is_failed =
        |group: &&&str| field(group, "action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
    let group = groups.iter().find(is_failed).or(groups.first())?;
    let code = field(group, "status").unwrap_or_default();
    let words = field(group, "diagnostic-code").unwrap_or_default();
    let words = words.split_once(';').map_or(words.as_str(), |(_, words)| words).trim().to_owned();
    let address = field(group, "final-recipient").unwrap_or_default();
    let address = address.split_once(';').map_or("", |(_, address)| address.trim()).to_owned();
    let words = if address.is_empty() { words } else { words.replace(&address, "<address>") };
    Some(Report {
        failed: is_failed(&group),
        lasting: code.starts_with('5'),
        reason: format!("{code} {words}").trim().chars().take(DIAGNOSTIC_CHARACTERS_MAX).collect(),
    })
}

/// A field of a head, with the lines that continue it.
fn field(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines();
    let is_it =
        |line: &&str| line.split_once(':').is_some_and(|(known, _)| known.trim().eq_ignore_ascii_case(name));
    let first = lines.by_ref().find(is_it)?;
    let mut value = first.split_once(':')?.1.trim().to_owned();
    for more in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(more.trim());
    }
    Some(value)
}

/// A parameter of a content type, with or without quotes.
fn parameter(kind: &str, name: &str) -> Option<String> {
    kind.split(';').skip(1).find_map(|pair| {
        let (known, value) = pair.split_once('=')?;
        let value = value.trim().trim_matches('"').to_owned();
        (known.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(action: &str, status: &str) -> String {
        format!(
            "To: <bounces+0198c0ffee0070008000000000000001@portal.example>\r\nSubject: Undelivered\r\n\
             Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"b1/x\"\r\n\r\n\
             This is the mail system.\r\n--b1/x\r\nContent-Type: text/plain\r\n\r\nI could not.\r\n\
             --b1/x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
             Final-Recipient: rfc822; gone@mail.example\r\nAction: {action}\r\nStatus: {status}\r\n\
             Diagnostic-Code: smtp; 550 <gone@mail.example>:\r\n no such user\r\n\r\n--b1/x--\r\n"
        )
    }

    #[test]
    fn what_servers_say_is_told_apart() {
        let check = |action: &str, status: &str, failed: bool, lasting: bool| {
            let report = Report::read(message(action, status).as_bytes()).expect("a report");
            assert_eq!((report.failed, report.lasting), (failed, lasting), "{action} {status}");
        };
        check("failed", "5.1.1", true, true);
        check("Failed", "4.4.7", true, false);
        check("delayed", "4.4.1", false, false);
        check("relayed", "2.0.0", false, false);
    }

    #[test]
    fn the_reason_is_kept_without_the_address() {
        let message = message("failed", "5.1.1");
        let report = Report::read(message.as_bytes()).expect("a report");
        assert_eq!(report.reason, "5.1.1 550 <<address>>: no such user");
        let letter = Report::recipient(message.as_bytes()).expect("a letter");
        assert_eq!(letter.simple().to_string(), "0198c0ffee0070008000000000000001");
    }

    #[test]
    fn what_is_no_report_is_none() {
        for text in [
            "",
            "\r\n\r\n",
            "Content-Type: text/plain\r\n\r\nI am on holiday.",
            "Content-Type: multipart/report\r\n\r\n--x",
            "Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n",
        ] {
            assert_eq!(Report::read(text.as_bytes()), None, "{text}");
        }
        assert_eq!(Report::read(&[0xff; 64]), None);
    }
}
