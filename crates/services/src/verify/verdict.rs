//! What is said of a file that somebody holds: untouched, with everything that it states, or what does not hold.

use clock::Timestamp;
use language::Text;
use ledger::{Form, Tampered, Verified};
use serde_json::Value;
use web::Shell;

/// A name and a value, as the page shows them.
pub(super) struct Fact {
    pub term: String,
    pub value: String,
    /// A fingerprint or a key: long, Latin, in letters of one width.
    pub is_code: bool,
}

pub(super) struct Verdict {
    /// `done`, `warn` or `refused`: the colour and the picture.
    pub kind: &'static str,
    pub title: String,
    pub text: String,
    /// The sentence of the verifier, which is English.
    pub detail: String,
    pub facts: Vec<Fact>,
}

impl Verdict {
    fn refused(shell: &Shell, part: &str, detail: String) -> Verdict {
        Verdict {
            kind: "refused",
            title: shell.t("verify-no"),
            text: shell.t(&format!("verify-part-{part}")),
            detail,
            facts: Vec::new(),
        }
    }

    /// Nothing was sent, or more than is taken, or not as a form sends it.
    pub(super) fn unread(shell: &Shell, why: &str) -> Verdict {
        let title = shell.t("verify-unread");
        let text = shell.t(&format!("verify-unread-{why}"));
        Verdict { kind: "warn", title, text, detail: String::new(), facts: Vec::new() }
    }

    pub(super) fn of(shell: &Shell, outcome: &Result<Verified, Tampered>, code: &str) -> Verdict {
        match outcome {
            Err(tampered) => Verdict::refused(shell, tampered.part.code(), tampered.sentence.clone()),
            Ok(verified) if !code.is_empty() && code_in(verified) != Some(code) => Verdict {
                kind: "warn",
                title: shell.t("verify-other"),
                text: shell.t("verify-other-text"),
                detail: String::new(),
                facts: facts(shell, verified),
            },
            Ok(verified) => Verdict {
                kind: "done",
                title: shell.t("verify-yes"),
                text: shell.t(if code.is_empty() { "verify-yes-text" } else { "verify-same-text" }),
                detail: String::new(),
                facts: facts(shell, verified),
            },
        }
    }
}

fn code_in(verified: &Verified) -> Option<&str> {
    verified.seal.statement.body.get("code")?.as_str()
}

/// What an untouched file states. The statement is the sealed one, so nothing here comes from the database.
fn facts(shell: &Shell, verified: &Verified) -> Vec<Fact> {
    let seal = &verified.seal;
    let (statement, body) = (&seal.statement, &seal.statement.body);
    let key = format!("verify-kind-{}", statement.kind.replace(['.', '_'], "-"));
    let kind = shell.said(&key).unwrap_or_else(|| shell.t("verify-kind-other"));
    let form = if verified.form == Form::Pdf { "verify-form-pdf" } else { "verify-form-json" };
    let number = body.get("number").and_then(Value::as_str).unwrap_or_default();
    let place = seal.inclusion.as_ref().map(|inclusion| {
        shell.t2("verify-place", "index", shell.num(inclusion.index), "size", shell.num(inclusion.size))
    });
    let lines = [
        ("verify-kind", kind, false),
        ("verify-about", words(shell, body, "title"), false),
        ("request-service", words(shell, body, "service_name"), false),
        ("request-number", shell.in_digits(number.to_owned()), false),
        ("request-provider", words(shell, body, "provider_name"), false),
        ("verify-when", shell.moment(Timestamp(statement.at)), false),
        ("verify-ledger", place.unwrap_or_else(|| shell.t("verify-place-later")), false),
        ("verify-form", shell.t(form), false),
        ("verify-fingerprint", seal.file_sha256.clone().unwrap_or_default(), true),
        ("verify-key", seal.key_id.clone(), true),
    ];
    let told = lines.into_iter().filter(|(_, value, _)| !value.is_empty());
    told.map(|(term, value, is_code)| Fact { term: shell.t(term), value, is_code }).collect()
}

/// A member that holds a text in both languages.
pub(super) fn words(shell: &Shell, body: &Value, member: &str) -> String {
    let text: Option<Text> = body.get(member).and_then(|value| serde_json::from_value(value.clone()).ok());
    text.map(|text| shell.text(&text).to_owned()).unwrap_or_default()
}
