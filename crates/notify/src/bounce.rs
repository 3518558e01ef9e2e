//! A letter that comes back. Each leaves under a return path of its own (VERP), so that what comes back says by its address
//! which letter it was; what it says is read as RFC 3464 has it, and nothing else of the message is believed.

mod report;
mod table;
mod take;

use uuid::Uuid;

pub use report::Report;
pub(crate) use table::is_stopped;
pub use take::{TakeBounce, Taken, trust};

/// Letters to one address that came back for good, after which no more are sent to it.
pub const HARD_BOUNCES_MAX: i64 = 3;
/// Bytes of a message that comes back; mail servers return little more than the head of what they were given.
pub const BOUNCE_BYTES_MAX: u64 = 1024 * 1024;

/// The return path of one letter: `bounces+<32 digits>@portal.example`.
pub(crate) fn return_path(base: &str, letter: Uuid) -> Option<String> {
    let (local, domain) = base.rsplit_once('@')?;
    Some(format!("{local}+{}@{domain}", letter.simple()))
}

/// The letter that a return path names; nobody guesses one.
pub fn letter_of(address: &str) -> Option<Uuid> {
    let (local, _) = address.trim().trim_matches(['<', '>']).rsplit_once('@')?;
    let (_, tag) = local.rsplit_once('+')?;
    (tag.len() == 32).then(|| Uuid::try_parse(tag).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_return_path_leads_back_to_its_letter() {
        let letter = Uuid::now_v7();
        let path = return_path("bounces@portal.example", letter).expect("a path");
        assert_eq!(letter_of(&path), Some(letter));
        assert_eq!(letter_of(&format!("<{path}>")), Some(letter));
        for other in ["bounces@portal.example", "bounces+7@portal.example", "salma", "", "+@"] {
            assert_eq!(letter_of(other), None, "{other}");
        }
        assert_eq!(return_path("no address", letter), None);
    }
}
