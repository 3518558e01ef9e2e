//! How pages say what stands on a card: for whom, about what, at what price, within how many days.

use web::Shell;

/// The kinds of beneficiary in the order in which people look for themselves (LY-SVC-1.03).
pub(crate) const AUDIENCES: [&str; 5] =
    ["citizen", "resident", "visitor", "private_institution", "government_body"];

/// Events of a life that stand on the home page: the first of the tree.
pub(crate) const LIFE_EVENTS_AT_HOME: usize = 10;

pub(crate) fn audience(shell: &Shell, word: &str) -> String {
    named(shell, "audience", word)
}

/// A word that a provider brought and that has no text yet is shown as it is.
fn named(shell: &Shell, family: &str, word: &str) -> String {
    shell.said(&format!("entry-{family}-{word}")).unwrap_or_else(|| word.to_owned())
}

/// Several words in one line, the last with its `and`.
pub(crate) fn joined(shell: &Shell, words: &[String], say: impl Fn(&str) -> String) -> String {
    let mut said: Vec<String> = words.iter().map(|word| say(word)).collect();
    match (said.pop(), said.is_empty()) {
        (None, _) => String::new(),
        (Some(only), true) => only,
        (Some(last), false) => {
            let before = said.join(shell.lang.comma());
            shell.t2("entry-and", "before", before, "last", last)
        }
    }
}

/// An amount in thousandths of a dinar: `بلا رسوم`, `60 دينارًا`, `2.500 دينار`.
pub(crate) fn fee(shell: &Shell, milli: u64) -> String {
    match (milli / 1_000, milli % 1_000) {
        (0, 0) => shell.t("web-card-free"),
        (dinars, 0) => shell.t1("entry-fee", "count", dinars),
        (dinars, rest) => {
            shell.t1("entry-fee-exact", "amount", shell.in_digits(format!("{dinars}.{rest:03}")))
        }
    }
}

/// The promised time: `يوما عمل`.
pub(crate) fn working_days(shell: &Shell, days: Option<u32>) -> String {
    shell.t1("entry-days", "count", days.unwrap_or(1))
}
