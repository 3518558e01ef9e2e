//! A policy: one document of a body at one address, owned by a unit, whatever its versions say.

pub(crate) mod api;
pub(crate) mod list;
pub(crate) mod new;
pub(crate) mod page;
pub(crate) mod register;
pub(crate) mod table;

use clock::Timestamp;
use uuid::Uuid;

/// What a policy is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    OfficialMail,
    SocialMedia,
    RemoteWork,
    /// Published only after the implementing body was heard (LY-MAIL-2.01f).
    VpnUse,
    InformationSecurity,
    /// Of another authority, registered here with its version and address (LY-MAIL-3.01a).
    External,
    Other,
}

impl PolicyKind {
    pub const ALL: [PolicyKind; 7] = [
        PolicyKind::OfficialMail,
        PolicyKind::SocialMedia,
        PolicyKind::RemoteWork,
        PolicyKind::VpnUse,
        PolicyKind::InformationSecurity,
        PolicyKind::External,
        PolicyKind::Other,
    ];

    pub fn word(self) -> &'static str {
        match self {
            PolicyKind::OfficialMail => "official_mail",
            PolicyKind::SocialMedia => "social_media",
            PolicyKind::RemoteWork => "remote_work",
            PolicyKind::VpnUse => "vpn_use",
            PolicyKind::InformationSecurity => "information_security",
            PolicyKind::External => "external",
            PolicyKind::Other => "other",
        }
    }

    pub fn named(word: &str) -> Option<PolicyKind> {
        PolicyKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The articles that an acknowledgement of such a policy fulfils.
    pub(crate) fn acknowledged_controls(self) -> &'static [&'static str] {
        match self {
            PolicyKind::SocialMedia => {
                &["OM-SOC-C.2", "OM-SOC-P4.a", "IQ-SOC-10.1.1", "IQ-SOC-10.2", "IQ-SOC-10.3", "IQ-SOC-10.4"]
            }
            PolicyKind::External => &["LY-MAIL-3.01a"],
            _ => &["OM-SOC-C.2"],
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub id: Uuid,
    pub body: Uuid,
    pub kind: PolicyKind,
    pub owner_unit: Uuid,
    /// The unit that signs each review with the owner.
    pub second_unit: Option<Uuid>,
    /// Binds the staff of all bodies.
    pub is_everywhere: bool,
    /// Whose it is, where it is of another authority.
    pub issuer: String,
    /// Where that authority publishes it.
    pub address: String,
    pub last_review_at: Option<Timestamp>,
    pub next_review_at: Option<Timestamp>,
}

impl Policy {
    pub(crate) fn ledger_subject(&self) -> String {
        format!("policy/{}", self.id)
    }

    /// The one address at which the version in force is read.
    pub(crate) fn href(&self) -> String {
        format!("/policies/{}", self.id)
    }

    /// The units that sign a review.
    pub(crate) fn units(&self) -> Vec<Uuid> {
        std::iter::once(self.owner_unit).chain(self.second_unit).collect()
    }

    pub(crate) fn is_review_overdue(&self, now: Timestamp) -> bool {
        self.next_review_at.is_some_and(|next| next < now)
    }
}
