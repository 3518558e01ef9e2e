//! An exemption: the competent administration lets one body off some articles for a time, because the body asked and gave
//! its reasons (LY-SVC-5.e, 19.3). Whether it is in force is told by the clock: it ends by itself.

pub(crate) mod api;
pub(crate) mod ask;
pub(crate) mod check;
pub(crate) mod decide;
pub(crate) mod end;
pub(crate) mod keep;
pub(crate) mod page;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

use crate::authority::About;

/// How an exemption stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody has decided.
    Asked,
    Refused,
    /// Granted, and not begun.
    Ahead,
    InForce,
    Ended,
}

impl Standing {
    pub(crate) const ALL: [Standing; 5] =
        [Standing::Asked, Standing::InForce, Standing::Ahead, Standing::Refused, Standing::Ended];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Standing::Asked => "asked",
            Standing::Refused => "refused",
            Standing::Ahead => "ahead",
            Standing::InForce => "in_force",
            Standing::Ended => "ended",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.word() == word)
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            Standing::Asked => "needs-you",
            Standing::Refused => "refused",
            Standing::Ahead => "waiting",
            Standing::InForce => "done",
            Standing::Ended => "",
        }
    }
}

/// What somebody decided, whatever the clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    Asked,
    Granted,
    Refused,
    /// Ended before its day.
    Ended,
}

impl Ruling {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Ruling::Asked => "asked",
            Ruling::Granted => "granted",
            Ruling::Refused => "refused",
            Ruling::Ended => "ended",
        }
    }

    fn named(word: &str) -> Option<Ruling> {
        let all = [Ruling::Asked, Ruling::Granted, Ruling::Refused, Ruling::Ended];
        all.into_iter().find(|ruling| ruling.word() == word)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Exemption {
    pub id: Uuid,
    pub body: Uuid,
    /// Set where the whole document is meant.
    pub pack: String,
    /// What it is limited to, as the ledger names it: `service/…`; empty for everything that the body does.
    pub subject: String,
    pub justification: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub ruling: Ruling,
    pub asked_by: Uuid,
    pub asked_at: Timestamp,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<Timestamp>,
    /// Why it was granted or refused.
    pub reason: String,
    pub end_reason: String,
}

impl Exemption {
    pub(crate) fn standing(&self, now: Timestamp) -> Standing {
        match self.ruling {
            Ruling::Asked => Standing::Asked,
            Ruling::Refused => Standing::Refused,
            Ruling::Ended => Standing::Ended,
            Ruling::Granted if now < self.starts_at => Standing::Ahead,
            Ruling::Granted if now < self.ends_at => Standing::InForce,
            Ruling::Granted => Standing::Ended,
        }
    }

    pub(crate) fn ledger_subject(&self) -> String {
        format!("exemption/{}", self.id)
    }

    pub(crate) fn href(&self) -> String {
        format!("/compliance/exemptions/{}", self.id)
    }

    /// Whoever asked does not decide.
    pub(crate) fn about(&self) -> About {
        About { parties: vec![self.asked_by], ..About::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exemption_begins_and_ends_with_its_days() {
        let check = |ruling: Ruling, now: i64, expected: Standing| {
            let at = Timestamp;
            let held = Exemption {
                id: Uuid::nil(),
                body: Uuid::nil(),
                pack: String::new(),
                subject: String::new(),
                justification: String::new(),
                starts_at: at(10),
                ends_at: at(20),
                ruling,
                asked_by: Uuid::nil(),
                asked_at: at(0),
                decided_by: None,
                decided_at: None,
                reason: String::new(),
                end_reason: String::new(),
            };
            assert_eq!(held.standing(at(now)), expected, "{ruling:?} at {now}");
        };
        check(Ruling::Asked, 15, Standing::Asked);
        check(Ruling::Granted, 9, Standing::Ahead);
        check(Ruling::Granted, 10, Standing::InForce);
        check(Ruling::Granted, 19, Standing::InForce);
        check(Ruling::Granted, 20, Standing::Ended);
        check(Ruling::Ended, 15, Standing::Ended);
        check(Ruling::Refused, 15, Standing::Refused);
    }
}
