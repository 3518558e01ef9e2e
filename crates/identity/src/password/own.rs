//! What others know of a person and try first: names, numbers, the address. None of it belongs in a password.

use crate::Person;

/// Shorter words are part of too many others: «علي» stands in «عليك».
const WORD_LETTERS_MIN: usize = 4;

/// The person's own words, folded as readers fold them.
pub(super) struct Words(Vec<String>);

impl Words {
    pub(super) fn of(person: &Person) -> Words {
        let address = person.email.split('@').next().unwrap_or_default();
        let names = [person.name.ar.as_str(), person.name.en.as_str(), address];
        let pieces = names.iter().flat_map(|name| name.split(|letter: char| !letter.is_alphanumeric()));
        let named = pieces.map(|word| folded(word.strip_prefix("ال").unwrap_or(word)));
        let numbers = [folded(&person.identifier), folded(&person.phone)].into_iter();
        Words(named.chain(numbers).filter(|word| word.chars().count() >= WORD_LETTERS_MIN).collect())
    }

    pub(super) fn are_in(&self, password: &str) -> bool {
        let password = folded(password);
        self.0.iter().any(|word| password.contains(word.as_str()))
    }
}

/// Letters as they are compared: signs and spaces between them hide nothing.
fn folded(text: &str) -> String {
    language::fold(&language::fold_digits(text)).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use language::{Digits, Lang, Text};
    use uuid::Uuid;

    use super::*;
    use crate::Beneficiary;

    pub(in super::super) fn salma() -> Person {
        Person {
            id: Uuid::nil(),
            identifier: "119900000001".into(),
            name: Text::new("سلمى علي الفيتوري", "Salma Ali Al-Fituri"),
            email: "salma.f@mail.example".into(),
            phone: "0912345678".into(),
            language: Lang::Ar,
            digits: Digits::Latin,
            kind: Beneficiary::Citizen,
            abroad: false,
        }
    }

    #[test]
    fn names_numbers_and_the_address_are_found_however_they_are_written() {
        let own = Words::of(&salma());
        for (password, found) in [
            ("Salma loves the sea", true),
            ("s-a-l-m-a by the sea", true),
            ("سلمي تحب البحر", true),
            ("بيت الفيتوري القديم", true),
            ("call 091 234 5678 now", true),
            ("رقمي ١١٩٩٠٠٠٠٠٠٠١ هنا", true),
            ("قهوة الصباح على الشرفة", false),
            ("a long pass phrase", false),
        ] {
            assert_eq!(own.are_in(password), found, "{password}");
        }
    }
}
