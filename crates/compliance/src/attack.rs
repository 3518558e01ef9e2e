//! What officers of the implementing body do about attacks on accounts: they see the alerts, set how many warnings must go
//! unanswered, end a password when that many did, and hand its person a code to come back with. The alerts themselves are
//! kept by `identity`.

pub(crate) mod api;
pub(crate) mod hand_over;
pub(crate) mod ladder;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod remind;
pub(crate) mod reset;

use authz::{Kind, Refusal};
use identity::{Attack, AttackState, Ladder};
use uuid::Uuid;

use crate::authority::About;

/// Not enough warnings went unanswered, or each not long enough.
pub(crate) const NOT_DUE: Refusal = Refusal::new(Kind::Conflict, "mail.reset_not_due", &["LY-MAIL-3.07e"]);

/// The account is its own person's: nobody ends or opens their own here.
pub(crate) fn about(person: Uuid) -> About {
    About { parties: vec![person], ..About::default() }
}

/// The word of where an alert stands: `open`, `due`, `answered` or `reset`.
pub(crate) fn standing(attack: &Attack, ladder: Ladder, now: clock::Timestamp) -> &'static str {
    match attack.state {
        AttackState::Open if attack.is_reset_allowed(ladder, now) => "due",
        state => state.word(),
    }
}
