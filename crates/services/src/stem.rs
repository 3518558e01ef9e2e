//! The stems of a request: what its body finds it by. They are written in the transaction that delivers or corrects
//! it, with the analyser of every search here, so that both engines find the same.

pub(crate) mod table;

use identity::Person;
use serde_json::Value;

/// Stems that are kept of one request; a novel in an answer is not indexed to its end.
const STEMS_MAX: usize = 80;

/// Words of a search that count.
const ASKED_MAX: usize = 16;

/// The stems of the applicant's name and number and of every answer in words, each once.
pub(crate) fn stems_of(person: &Person, answers: &Value) -> Vec<String> {
    let mut text = format!("{} {} {} ", person.identifier, person.name.ar, person.name.en);
    gather(answers, &mut text);
    let mut stems: Vec<String> = Vec::new();
    for token in language::analyse(&text) {
        if !stems.contains(&token.stem) {
            stems.push(token.stem);
        }
        if stems.len() == STEMS_MAX {
            break;
        }
    }
    stems
}

/// The stems that a search asks for.
pub(crate) fn stems_asked(typed: &str) -> Vec<String> {
    let mut stems: Vec<String> = language::analyse(typed).into_iter().map(|token| token.stem).collect();
    stems.truncate(ASKED_MAX);
    stems.dedup();
    stems
}

fn gather(answer: &Value, text: &mut String) {
    match answer {
        Value::String(word) => text.extend([word.as_str(), " "]),
        Value::Number(number) => text.extend([number.to_string().as_str(), " "]),
        Value::Array(some) => some.iter().for_each(|one| gather(one, text)),
        Value::Object(some) => some.values().for_each(|one| gather(one, text)),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use identity::Beneficiary;
    use language::{Digits, Lang, Text};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_request_is_found_by_name_number_and_the_words_of_its_answers() {
        let salma = Person {
            id: Uuid::now_v7(),
            identifier: "219880412736".into(),
            name: Text::new("سلمى عبد السلام الورفلي", "Salma Alwarfalli"),
            email: String::new(),
            phone: String::new(),
            language: Lang::Ar,
            digits: Digits::Latin,
            kind: Beneficiary::Citizen,
            abroad: false,
        };
        let stems =
            stems_of(&salma, &json!({ "address": "شارع النخيل", "people": [{ "age": 7 }], "ok": true }));
        for typed in ["سلمي", "ورفلى", "٢١٩٨٨٠٤١٢٧٣٦", "النخيل", "Salma", "7", "بشارع"]
        {
            let asked = stems_asked(typed);
            assert!(
                !asked.is_empty() && asked.iter().all(|stem| stems.contains(stem)),
                "{typed}: {asked:?} {stems:?}"
            );
        }
        assert!(!stems.contains(&stems_asked("هدى")[0]));
        let long = (0..500).map(|n| format!("كلمة{n} ")).collect::<String>();
        assert_eq!(stems_of(&salma, &json!({ "a": long })).len(), STEMS_MAX);
    }
}
