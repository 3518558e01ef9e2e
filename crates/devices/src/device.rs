//! A device: whose it is, who holds it, and how it stands. Pure, but for its table.

pub(crate) mod accept;
pub(crate) mod api;
pub(crate) mod bind;
pub(crate) mod code;
pub(crate) mod decide;
pub(crate) mod desk;
pub(crate) mod enrol;
pub(crate) mod export;
pub(crate) mod own;
pub(crate) mod posture;
pub(crate) mod register;
pub(crate) mod report;
pub(crate) mod retire;
pub(crate) mod seat;
pub(crate) mod table;
pub(crate) mod ticket;
pub(crate) mod view;

use std::time::Duration;

use authz::{Kind, Refusal};
use clock::{DAY, Timestamp};
use uuid::Uuid;

use crate::authority::About;

/// How long a device may stay below the baseline before it is shut out.
pub(crate) const GRACE: Duration = Duration::from_secs(7 * DAY.as_secs());
/// How long the holder's acceptance of the rules of care holds where nothing else is set.
pub const ACCEPTANCE_HOLDS: Duration = Duration::from_secs(180 * DAY.as_secs());
pub(crate) const NAME_CHARACTERS_MAX: usize = 80;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ownership {
    Institution,
    Personal,
    /// Of a library, a hotel: known by name so that it is refused by name.
    Public,
}

impl Ownership {
    pub(crate) const ALL: [Ownership; 3] = [Ownership::Institution, Ownership::Personal, Ownership::Public];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Ownership::Institution => "institution",
            Ownership::Personal => "personal",
            Ownership::Public => "public",
        }
    }

    pub(crate) fn named(word: &str) -> Option<Ownership> {
        Ownership::ALL.into_iter().find(|it| it.word() == word)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Its key, its holder's acceptance or its place on the list is missing.
    Pending,
    Active,
    /// Something falls short of the baseline.
    Below,
    Refused,
    Lost,
    Retired,
}

impl State {
    pub(crate) const ALL: [State; 6] =
        [State::Pending, State::Active, State::Below, State::Refused, State::Lost, State::Retired];

    pub(crate) fn word(self) -> &'static str {
        match self {
            State::Pending => "pending",
            State::Active => "active",
            State::Below => "non_compliant",
            State::Refused => "refused",
            State::Lost => "lost",
            State::Retired => "retired",
        }
    }

    pub(crate) fn named(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|it| it.word() == word)
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            State::Pending => "waiting",
            State::Active => "done",
            State::Below => "needs-you",
            State::Refused | State::Lost => "refused",
            State::Retired => "",
        }
    }

    pub(crate) fn is_over(self) -> bool {
        matches!(self, State::Refused | State::Lost | State::Retired)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Device {
    pub id: Uuid,
    pub body: Uuid,
    pub holder: Uuid,
    /// What its holder calls it.
    pub name: String,
    pub ownership: Ownership,
    pub state: State,
    pub code_hash: Option<Vec<u8>>,
    pub code_expires_at: Option<Timestamp>,
    pub key_id: Option<String>,
    /// The public half of its key, as signed notes write keys; empty without one.
    pub key_line: String,
    pub enrolled_at: Option<Timestamp>,
    pub accepted_at: Option<Timestamp>,
    pub approved_at: Option<Timestamp>,
    pub approved_by: Option<Uuid>,
    pub system: String,
    pub version: String,
    pub reported_at: Option<Timestamp>,
    pub refused_from: Option<Timestamp>,
    pub registered_at: Timestamp,
    pub registered_by: Uuid,
    pub closing: String,
}

/// Something of a device that falls short of the baseline: a task until it is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    /// `system`, `antivirus`, `application`, `banned` or `bluetooth`.
    pub kind: String,
    /// Of the application or system; empty where there is but one.
    pub name: String,
    pub found: String,
    pub asked: String,
}

/// A gap as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct KeptGap {
    pub gap: Gap,
    pub opened_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

pub(crate) const NOT_LISTED: Refusal = Refusal::new(Kind::NotAllowed, "device.not_listed", &["KW-RW-9.5.3a"]);
pub(crate) const NOT_INSTITUTIONAL: Refusal =
    Refusal::new(Kind::NotAllowed, "device.not_institutional", &["IQ-SOC-6.u.1", "IQ-SOC-6.u.2"]);
const BANNED_APP: Refusal = Refusal::new(Kind::NotAllowed, "device.banned_app", &["KW-RW-9.5.3b"]);
const DISCOVERABLE: Refusal =
    Refusal::new(Kind::NotAllowed, "device.bluetooth_discoverable", &["KW-RW-9.5.7"]);
const BELOW: Refusal = Refusal::new(Kind::NotAllowed, "device.non_compliant", &["LY-MAIL-3.05a"]);
pub(crate) const OVER: Refusal = Refusal::new(Kind::Conflict, "device.over", &["KW-RW-9.1.2.j1"]);

impl Device {
    /// Brings the state in line with what is known, unless the device is over.
    pub(crate) fn settle(&mut self, has_gaps: bool, now: Timestamp) {
        if self.state.is_over() {
            return;
        }
        let whole = self.key_id.is_some() && self.accepted_at.is_some() && self.approved_at.is_some();
        self.state = match (whole, has_gaps) {
            (false, _) => State::Pending,
            (true, true) => State::Below,
            (true, false) => State::Active,
        };
        self.refused_from = has_gaps.then(|| self.refused_from.unwrap_or(now + GRACE));
    }

    /// It is over: neither its key nor an enrolment code opens anything any more.
    pub(crate) fn close(&mut self, state: State, why: &str) {
        self.state = state;
        self.closing = why.to_owned();
        self.take_key();
    }

    /// Its key is taken: to work with it again it is enrolled anew.
    pub(crate) fn take_key(&mut self) {
        self.key_id = None;
        self.key_line = String::new();
        self.code_hash = None;
        self.code_expires_at = None;
        self.enrolled_at = None;
    }

    /// Why no session may be used with this device now. Some gaps shut it out at once, others after a time of grace.
    pub(crate) fn turned_away(&self, gaps: &[Gap], now: Timestamp) -> Option<Refusal> {
        if self.ownership == Ownership::Public {
            return Some(NOT_INSTITUTIONAL);
        }
        if !matches!(self.state, State::Active | State::Below) {
            return Some(NOT_LISTED);
        }
        if let Some(banned) = gaps.iter().find(|gap| gap.kind == "banned") {
            return Some(BANNED_APP.with_item("application", "device_banned", &banned.name));
        }
        if gaps.iter().any(|gap| gap.kind == "bluetooth") {
            return Some(DISCOVERABLE);
        }
        let late = !gaps.is_empty() && self.refused_from.is_some_and(|from| from <= now);
        late.then(|| {
            let items = gaps.iter().map(|gap| authz::Item {
                field: gap.kind.clone(),
                code: "device_below".into(),
                detail: if gap.name.is_empty() {
                    gap.asked.clone()
                } else {
                    format!("{} {}", gap.name, gap.asked)
                },
            });
            BELOW.with_items(items.collect())
        })
    }

    pub(crate) fn about(&self) -> About {
        About { bodies: vec![self.body], holder: Some(self.holder) }
    }

    pub(crate) fn ledger_subject(&self) -> String {
        format!("device/{}", self.id)
    }

    pub(crate) fn desk_href(&self) -> String {
        format!("/desk/devices/{}", self.id)
    }

    pub(crate) fn own_href(&self) -> String {
        format!("/account/devices/{}", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(ownership: Ownership) -> Device {
        Device {
            id: Uuid::nil(),
            body: Uuid::nil(),
            holder: Uuid::nil(),
            name: "laptop".into(),
            ownership,
            state: State::Pending,
            code_hash: None,
            code_expires_at: None,
            key_id: Some("device+1".into()),
            key_line: String::new(),
            enrolled_at: Some(Timestamp(0)),
            accepted_at: Some(Timestamp(0)),
            approved_at: Some(Timestamp(0)),
            approved_by: None,
            system: String::new(),
            version: String::new(),
            reported_at: None,
            refused_from: None,
            registered_at: Timestamp(0),
            registered_by: Uuid::nil(),
            closing: String::new(),
        }
    }

    fn gap(kind: &str) -> Gap {
        Gap { kind: kind.into(), name: "anydesk".into(), found: "7".into(), asked: "8".into() }
    }

    #[test]
    fn a_device_is_active_only_with_key_acceptance_and_place_on_the_list() {
        let check = |change: fn(&mut Device), has_gaps: bool, expected: State| {
            let mut it = device(Ownership::Personal);
            change(&mut it);
            it.settle(has_gaps, Timestamp(0));
            assert_eq!(it.state, expected);
        };
        check(|_| {}, false, State::Active);
        check(|_| {}, true, State::Below);
        check(|it| it.key_id = None, false, State::Pending);
        check(|it| it.accepted_at = None, false, State::Pending);
        check(|it| it.approved_at = None, true, State::Pending);
        check(|it| it.close(State::Lost, ""), false, State::Lost);
    }

    #[test]
    fn what_shuts_a_device_out_and_when() {
        let check = |ownership, gaps: &[Gap], now: Timestamp, expected: Option<&str>| {
            let mut it = device(ownership);
            it.settle(!gaps.is_empty(), Timestamp(0));
            assert_eq!(it.turned_away(gaps, now).map(|refusal| refusal.code), expected, "{gaps:?} {now:?}");
        };
        let (now, later) = (Timestamp(0), Timestamp(0) + GRACE);
        check(Ownership::Personal, &[], later, None);
        check(Ownership::Public, &[], now, Some("device.not_institutional"));
        check(Ownership::Institution, &[gap("system")], now, None);
        check(Ownership::Institution, &[gap("system")], Timestamp(later.0 - 1), None);
        check(Ownership::Institution, &[gap("system")], later, Some("device.non_compliant"));
        check(Ownership::Institution, &[gap("banned")], now, Some("device.banned_app"));
        check(Ownership::Personal, &[gap("bluetooth")], now, Some("device.bluetooth_discoverable"));
        let mut lost = device(Ownership::Institution);
        lost.close(State::Lost, "");
        assert_eq!(lost.turned_away(&[], now).map(|refusal| refusal.code), Some("device.not_listed"));
    }
}
