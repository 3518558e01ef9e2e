//! A natural person: who uses the platform, for itself, for a legal entity, or for a public body.

pub(crate) mod disable;
pub(crate) mod prefer;
pub(crate) mod register;
pub(crate) mod table;
pub(crate) mod tell;

use language::{Digits, Lang, Text, fold_digits};
use notify::Address;
use uuid::Uuid;

/// Digits of a national number.
pub const IDENTIFIER_DIGITS: usize = 12;

/// The five kinds of beneficiary (LY-SVC-1.03). Persons are of the first three, legal entities of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Beneficiary {
    Citizen,
    Resident,
    Visitor,
    GovernmentBody,
    PrivateInstitution,
}

impl Beneficiary {
    pub const ALL: [Beneficiary; 5] = [
        Beneficiary::Citizen,
        Beneficiary::Resident,
        Beneficiary::Visitor,
        Beneficiary::GovernmentBody,
        Beneficiary::PrivateInstitution,
    ];

    /// The word for files and rows; its text is `identity-kind-<word>`.
    pub fn word(self) -> &'static str {
        match self {
            Beneficiary::Citizen => "citizen",
            Beneficiary::Resident => "resident",
            Beneficiary::Visitor => "visitor",
            Beneficiary::GovernmentBody => "government_body",
            Beneficiary::PrivateInstitution => "private_institution",
        }
    }

    pub fn named(word: &str) -> Option<Beneficiary> {
        Beneficiary::ALL.into_iter().find(|kind| kind.word() == word)
    }

    pub fn is_natural(self) -> bool {
        matches!(self, Beneficiary::Citizen | Beneficiary::Resident | Beneficiary::Visitor)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: Uuid,
    /// The national number, in ASCII digits.
    pub identifier: String,
    pub name: Text,
    pub email: String,
    pub phone: String,
    pub language: Lang,
    pub digits: Digits,
    pub kind: Beneficiary,
    /// Whether the person lives outside the country.
    pub abroad: bool,
}

impl Person {
    /// Where letters go; nobody writes to a person without an e-mail address.
    pub fn address(&self) -> Option<Address> {
        let email = Some(self.email.clone()).filter(|email| !email.is_empty())?;
        Some(Address { email, language: self.language })
    }
}

/// The national number that was typed, in ASCII digits; both scripts of digits, spaces and dashes are accepted.
pub fn identifier(typed: &str) -> Option<String> {
    let folded: String = fold_digits(typed)
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{200e}' | '\u{200f}'))
        .collect();
    let whole = folded.len() == IDENTIFIER_DIGITS && folded.bytes().all(|byte| byte.is_ascii_digit());
    whole.then_some(folded)
}

pub(crate) fn digits_word(digits: Digits) -> &'static str {
    match digits {
        Digits::Arabic => "arab",
        Digits::Latin => "latn",
    }
}

pub(crate) fn digits_named(word: &str) -> Option<Digits> {
    match word {
        "arab" => Some(Digits::Arabic),
        "latn" => Some(Digits::Latin),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::identifier;

    #[test]
    fn a_national_number_is_read_as_people_type_it() {
        for (typed, read) in [
            ("119900000001", Some("119900000001")),
            ("١١٩٩٠٠٠٠٠٠٠١", Some("119900000001")),
            ("۱۱۹۹۰۰۰۰۰۰۰۱", Some("119900000001")),
            (" 1199-0000 0001 ", Some("119900000001")),
            ("11990000000", None),
            ("1199000000011", None),
            ("11990000000a", None),
            ("", None),
        ] {
            assert_eq!(identifier(typed).as_deref(), read, "{typed}");
        }
    }
}
