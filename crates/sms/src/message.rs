//! A text message as the log keeps it. Pure.

pub(crate) mod hand_over;
pub(crate) mod receive;
pub(crate) mod sweep;
pub(crate) mod table;

use std::time::Duration;

use clock::{DAY, Timestamp};

use crate::ReceiptState;

/// How long the log is kept: until the operator's bill for the quarter has been paid.
pub(crate) const KEPT: Duration = DAY.saturating_mul(120);
/// Digits of a number that the log shows at its end.
const SHOWN_DIGITS: usize = 3;
/// Digits at its beginning: country and operator.
const SHOWN_BEFORE: usize = 6;

/// How a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The centre has not taken it yet.
    Waiting,
    /// The centre has it.
    Handed,
    /// Every part arrived at the phone.
    Delivered,
    /// A part will never arrive.
    Failed,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub reference: String,
    pub masked: String,
    pub handed_at: Option<Timestamp>,
    /// What the centre said last about each part, where it said anything.
    pub parts: Vec<Option<ReceiptState>>,
    /// When it said the last of it.
    pub said_at: Option<Timestamp>,
}

impl Message {
    pub fn standing(&self) -> Standing {
        let is = |state| self.parts.contains(&Some(state));
        match self.handed_at {
            None => Standing::Waiting,
            Some(_) if is(ReceiptState::Failed) => Standing::Failed,
            Some(_) if !self.parts.is_empty() && self.parts.iter().all(delivered) => Standing::Delivered,
            Some(_) => Standing::Handed,
        }
    }
}

fn delivered(part: &Option<ReceiptState>) -> bool {
    *part == Some(ReceiptState::Delivered)
}

/// The number but for its middle digits: enough to tell whose it was, too little to call it.
pub fn masked(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().collect();
    let end = digits.len().saturating_sub(SHOWN_DIGITS);
    digits
        .iter()
        .enumerate()
        .map(|(at, digit)| if at < SHOWN_BEFORE || at >= end { *digit } else { '•' })
        .collect()
}

/// Whether a text holds what a phone would open: text messages carry none, since people cannot tell a true one from a false
/// one.
pub(crate) fn has_link(text: &str) -> bool {
    let lower = text.to_lowercase();
    let scheme = ["://", "www."].iter().any(|mark| lower.contains(mark));
    scheme || lower.split_whitespace().any(is_host)
}

/// `portal.example/x`: letters on both sides of a dot, as phones recognise a link.
fn is_host(word: &str) -> bool {
    let host = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    let plain = |label: &&str| {
        label.len() >= 2 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let named = |label: &&str| label.bytes().all(|byte| byte.is_ascii_alphabetic());
    labels.len() >= 2 && labels.iter().all(plain) && labels.last().is_some_and(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_told_from_a_sentence() {
        for (text, link) in [
            ("https://portal.example/x", true),
            ("افتح portal.example الآن", true),
            ("See WWW.portal", true),
            ("diwan.gov.ly/a?b", true),
            ("رمزك 482913. لا تعطه لأحد.", false),
            ("Your code is 482913. It ends at 12.30.", false),
            ("Call 1.5 hours later e.g. today", false),
        ] {
            assert_eq!(has_link(text), link, "{text}");
        }
    }

    #[test]
    fn the_log_shows_no_whole_number() {
        assert_eq!(masked("+218910000101"), "+21891••••101");
        assert_eq!(masked("12"), "12");
    }

    fn check(handed: bool, parts: &[Option<ReceiptState>], expected: Standing) {
        let message = Message {
            reference: "code/1".into(),
            masked: String::new(),
            handed_at: handed.then_some(Timestamp(1)),
            parts: parts.to_vec(),
            said_at: None,
        };
        assert_eq!(message.standing(), expected, "{parts:?}");
    }

    #[test]
    fn a_message_has_arrived_when_every_part_has() {
        let (yes, no) = (Some(ReceiptState::Delivered), Some(ReceiptState::Failed));
        check(false, &[], Standing::Waiting);
        check(true, &[], Standing::Handed);
        check(true, &[None, yes], Standing::Handed);
        check(true, &[yes, yes], Standing::Delivered);
        check(true, &[yes, no], Standing::Failed);
        check(true, &[Some(ReceiptState::OnTheWay)], Standing::Handed);
    }
}
