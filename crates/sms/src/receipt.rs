//! What a centre says later about a part: in fields of its own, or in the words of SMPP 3.4, appendix B. Pure.

use rusmpp::{
    pdus::DeliverSm,
    tlvs::TlvValue,
    values::{MessageState, MessageType},
};

/// Octets of a centre's word that are kept.
const WORD_OCTETS_MAX: usize = 16;

/// How a part fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptState {
    OnTheWay,
    Delivered,
    Failed,
}

impl ReceiptState {
    pub fn word(self) -> &'static str {
        match self {
            ReceiptState::OnTheWay => "on_the_way",
            ReceiptState::Delivered => "delivered",
            ReceiptState::Failed => "failed",
        }
    }

    pub fn named(word: &str) -> Option<ReceiptState> {
        let all = [ReceiptState::OnTheWay, ReceiptState::Delivered, ReceiptState::Failed];
        all.into_iter().find(|state| state.word() == word)
    }
}

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The name that the centre gave the part when it took it.
    pub centre_id: String,
    pub state: ReceiptState,
    /// As the centre wrote it.
    pub word: String,
}

/// The receipt in what a centre delivered; none in a message of a person.
pub(crate) fn receipt_in(delivered: &DeliverSm) -> Option<Receipt> {
    let said = match delivered.esm_class.message_type {
        MessageType::ShortMessageContainsMCDeliveryReceipt
        | MessageType::ShortMessageContainsIntermediateDeliveryNotification => {
            String::from_utf8_lossy(delivered.short_message().as_ref()).into_owned()
        }
        _ => return None,
    };
    let (mut id, mut state) = (word_after(&said, "id:"), None);
    for tlv in delivered.tlvs() {
        match tlv.value() {
            Some(TlvValue::ReceiptedMessageId(name)) => id = Some(name.as_str().to_owned()),
            Some(TlvValue::MessageState(told)) => state = Some(*told),
            _ => {}
        }
    }
    let word = word_after(&said, "stat:").or_else(|| state.map(|state| format!("{state:?}").to_uppercase()));
    let word: String = word.unwrap_or_default().chars().take(WORD_OCTETS_MAX).collect();
    Some(Receipt { centre_id: id?, state: state.map_or_else(|| by_word(&word), by_state), word })
}

fn word_after(said: &str, label: &str) -> Option<String> {
    let rest = said.get(said.find(label)? + label.len()..)?;
    let word = rest.trim_start().split(' ').next().unwrap_or_default();
    (!word.is_empty()).then(|| word.to_owned())
}

fn by_word(word: &str) -> ReceiptState {
    match word {
        "DELIVRD" | "ACCEPTD" => ReceiptState::Delivered,
        "EXPIRED" | "DELETED" | "UNDELIV" | "REJECTD" => ReceiptState::Failed,
        _ => ReceiptState::OnTheWay,
    }
}

fn by_state(state: MessageState) -> ReceiptState {
    match state {
        MessageState::Delivered | MessageState::Accepted => ReceiptState::Delivered,
        MessageState::Expired
        | MessageState::Deleted
        | MessageState::Undeliverable
        | MessageState::Rejected
        | MessageState::Skipped => ReceiptState::Failed,
        _ => ReceiptState::OnTheWay,
    }
}

#[cfg(test)]
mod tests {
    use rusmpp::{
        tlvs::MessageDeliveryRequestTlvValue,
        types::{COctetString, OctetString},
        values::EsmClass,
    };

    use super::*;

    fn delivered(class: u8, words: &str) -> DeliverSm {
        DeliverSm::builder()
            .esm_class(EsmClass::from(class))
            .short_message(OctetString::from_slice(words.as_bytes()).expect("short"))
            .build()
    }

    fn check(class: u8, words: &str, expected: Option<(&str, ReceiptState, &str)>) {
        let found = receipt_in(&delivered(class, words));
        let found = found.as_ref().map(|it| (it.centre_id.as_str(), it.state, it.word.as_str()));
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn receipts_are_read_as_centres_write_them() {
        let words = "id:7f3a sub:001 dlvrd:001 submit date:2611221830 done date:2611221831 stat:DELIVRD err:000 text:";
        check(0x04, words, Some(("7f3a", ReceiptState::Delivered, "DELIVRD")));
        check(0x04, "id:9 stat:UNDELIV err:017", Some(("9", ReceiptState::Failed, "UNDELIV")));
        check(0x04, "id:9 stat:ENROUTE", Some(("9", ReceiptState::OnTheWay, "ENROUTE")));
        check(0x20, "id:9 stat:ACCEPTD", Some(("9", ReceiptState::Delivered, "ACCEPTD")));
        check(0x04, "stat:DELIVRD", None);
        check(0x00, words, None);
    }

    #[test]
    fn fields_of_their_own_count_before_the_words() {
        let mut delivered = delivered(0x04, "id:1 stat:ENROUTE");
        let name = COctetString::from_slice(b"abc\0").expect("a name");
        delivered.push_tlv(MessageDeliveryRequestTlvValue::ReceiptedMessageId(name));
        delivered.push_tlv(MessageDeliveryRequestTlvValue::MessageState(MessageState::Rejected));
        let receipt = receipt_in(&delivered).expect("a receipt");
        assert_eq!((receipt.centre_id.as_str(), receipt.state), ("abc", ReceiptState::Failed));
    }
}
