//! A virtual private network by which people of a body work from outside: declared neither free of charge nor open to the
//! public, judged by an officer of information security for a time, and switched on for its body (LY-MAIL-2.01c to 2.01e).
//! Pure, but for its table.

pub(crate) mod activate;
pub(crate) mod api;
pub(crate) mod approve;
pub(crate) mod declare;
pub(crate) mod desk;
pub(crate) mod end;
pub(crate) mod gateway;
pub(crate) mod keep;
pub(crate) mod range;
pub(crate) mod register;
pub(crate) mod remind;
pub(crate) mod show;
pub(crate) mod table;

use async_trait::async_trait;
use authz::{Failure, Kind, Refusal};
use clock::Timestamp;
use store::Tx;
use uuid::Uuid;

use self::range::Range;
use crate::authority::About;

/// Who knows the internal policies of bodies. The register of policies answers it; the program joins the two.
#[async_trait]
pub trait PolicyBook: Send + Sync {
    /// Whether this body has published a policy on the use of its virtual private networks (LY-MAIL-2.01e).
    async fn has_vpn_policy(&self, tx: &Tx, body: Uuid) -> Result<bool, Failure>;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It is not declared yet that it is neither free nor public.
    Draft,
    /// The officer of information security has not approved it.
    Waiting,
    /// Approved, and not switched on.
    Approved,
    Active,
    /// The approval has lapsed.
    Expired,
    Ended,
}

impl State {
    pub(crate) const ALL: [State; 6] =
        [State::Draft, State::Waiting, State::Approved, State::Active, State::Expired, State::Ended];

    pub(crate) fn word(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Waiting => "waiting",
            State::Approved => "approved",
            State::Active => "active",
            State::Expired => "expired",
            State::Ended => "ended",
        }
    }

    pub(crate) fn signal(self) -> &'static str {
        match self {
            State::Draft | State::Waiting => "waiting",
            State::Approved => "needs-you",
            State::Active => "done",
            State::Expired => "refused",
            State::Ended => "",
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Vpn {
    pub id: Uuid,
    pub body: Uuid,
    pub name: String,
    /// It was declared that it is not free of charge.
    pub not_free: bool,
    /// It was declared that it is not open to the public.
    pub not_public: bool,
    /// Of the gateway: `wg0`.
    pub interface: String,
    /// Where the gateway is reached: `vpn.example.gov:51820`.
    pub gateway: String,
    /// The public half of the gateway's key; empty until its file was written.
    pub gateway_key: String,
    pub range: Range,
    /// Networks that are reached through it, separated by commas.
    pub routes: String,
    pub registered_at: Timestamp,
    pub registered_by: Uuid,
    pub purpose: String,
    pub ownership: String,
    /// What shows it.
    pub document: Option<Uuid>,
    pub file_name: String,
    pub approved_at: Option<Timestamp>,
    pub approved_by: Option<Uuid>,
    pub expires_at: Option<Timestamp>,
    pub reminded_at: Option<Timestamp>,
    pub activated_at: Option<Timestamp>,
    pub activated_by: Option<Uuid>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<Uuid>,
    pub ending: String,
}

/// Not approved, or not any more.
pub(crate) const NOT_APPROVED: Refusal =
    Refusal::new(Kind::Conflict, "vpn.not_approved", &["LY-MAIL-2.01c", "LY-MAIL-2.01d"]);
pub(crate) const OVER: Refusal = Refusal::new(Kind::Conflict, "vpn.ended", &["LY-MAIL-2.01d"]);

impl Vpn {
    pub(crate) fn state(&self, now: Timestamp) -> State {
        if self.ended_at.is_some() {
            return State::Ended;
        }
        if !(self.not_free && self.not_public) {
            return State::Draft;
        }
        match (self.approved_at, self.expires_at, self.activated_at) {
            (Some(_), Some(until), _) if until <= now => State::Expired,
            (Some(_), _, Some(_)) => State::Active,
            (Some(_), _, None) => State::Approved,
            (None, ..) => State::Waiting,
        }
    }

    /// Whoever registered it does not judge it.
    pub(crate) fn about(&self) -> About {
        About { bodies: vec![self.body], holder: Some(self.registered_by) }
    }

    pub(crate) fn ledger_subject(&self) -> String {
        format!("vpn/{}", self.id)
    }

    pub(crate) fn href(&self) -> String {
        format!("/desk/devices/vpn/{}", self.id)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn vpn() -> Vpn {
        Vpn {
            id: Uuid::nil(),
            body: Uuid::nil(),
            name: "remote work".into(),
            not_free: true,
            not_public: true,
            interface: "wg0".into(),
            gateway: "vpn.example.gov:51820".into(),
            gateway_key: String::new(),
            range: "10.77.0.0/24".parse().expect("a range"),
            routes: "10.0.0.0/8".into(),
            registered_at: Timestamp(0),
            registered_by: Uuid::nil(),
            purpose: String::new(),
            ownership: String::new(),
            document: None,
            file_name: String::new(),
            approved_at: Some(Timestamp(1)),
            approved_by: None,
            expires_at: Some(Timestamp(10)),
            reminded_at: None,
            activated_at: Some(Timestamp(2)),
            activated_by: None,
            ended_at: None,
            ended_by: None,
            ending: String::new(),
        }
    }

    #[test]
    fn a_network_admits_only_between_its_activation_and_the_end_of_its_approval() {
        let check = |change: &dyn Fn(&mut Vpn), now: i64, expected: State| {
            let mut it = vpn();
            change(&mut it);
            assert_eq!(it.state(Timestamp(now)), expected);
        };
        check(&|_| {}, 9, State::Active);
        check(&|_| {}, 10, State::Expired);
        check(&|it| it.activated_at = None, 9, State::Approved);
        check(&|it| it.approved_at = None, 9, State::Waiting);
        check(&|it| it.not_free = false, 9, State::Draft);
        check(&|it| it.not_public = false, 9, State::Draft);
        check(&|it| it.ended_at = Some(Timestamp(3)), 9, State::Ended);
    }
}
