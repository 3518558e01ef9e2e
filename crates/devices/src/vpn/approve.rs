//! An officer of information security attests what a network is for and whose it is, with a file that shows it, for a time
//! (LY-MAIL-2.01d). Approved again before that time is over, it holds on without a gap.

use authz::{Failure, Item, Kind, Refusal};
use clock::{DAY, Timestamp};
use language::Offset;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{NOT_APPROVED, OVER, State, keep, register::record, table};
use crate::{
    authority::{Acting, WORDS_CHARACTERS_MAX, WORDS_CHARACTERS_MIN},
    day_end,
};

/// How long an approval may hold.
const APPROVED_DAYS_MAX: u32 = 366;

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "vpn.approval_incomplete", &["LY-MAIL-2.01d"]);

/// What the officer attests, as it was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attested {
    pub purpose: String,
    pub ownership: String,
    /// The last day, local.
    pub expires_on: String,
}

pub(crate) struct ApproveVpn {
    pub acting: Acting,
    pub offset: Offset,
    pub vpn: Uuid,
    pub attested: Attested,
    /// The file that shows it, and its name.
    pub document: Option<(Uuid, String)>,
}

impl Verb for ApproveVpn {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        let mut vpn = table::find(tx, self.vpn).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "approve_vpn", &vpn.about()).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        match vpn.state(at) {
            State::Ended => return Err(OVER.into()),
            State::Draft => return Err(NOT_APPROVED.into()),
            _ => {}
        }
        let own = match &self.document {
            Some((id, name)) => documents::find(tx, *id).await?.filter(|it| it.owner == by).zip(Some(name)),
            None => None,
        };
        let until = self.attested.checked(at, self.offset, own.is_some())?;
        let (document, name) = own.ok_or(INCOMPLETE)?;
        documents::retain(tx, document.id, None).await?;
        vpn.purpose = self.attested.purpose.trim().to_owned();
        vpn.ownership = self.attested.ownership.trim().to_owned();
        vpn.document = Some(document.id);
        vpn.file_name = name.clone();
        vpn.approved_at = Some(at);
        vpn.approved_by = Some(by);
        vpn.expires_at = Some(until);
        vpn.reminded_at = None;
        table::save(tx, &vpn).await?;
        record(tx, "vpn.approved", &vpn, Some(by), at).await?;
        keep::order(tx, vpn.id, at).await?;
        keep::order(tx, vpn.id, until).await
    }
}

impl Attested {
    /// Until when it holds, or everything that is missing at once. Also asked before a file is taken in.
    pub(crate) fn checked(
        &self,
        now: Timestamp,
        offset: Offset,
        has_file: bool,
    ) -> Result<Timestamp, Refusal> {
        let until = language::day_of(&self.expires_on).map(|day| day_end(day, offset));
        let until = until.filter(|until| (now..=now + DAY * (APPROVED_DAYS_MAX + 1)).contains(until));
        let said = |text: &str| text.trim().chars().count();
        let checks = [
            ("purpose", "too_short", said(&self.purpose) >= WORDS_CHARACTERS_MIN),
            ("purpose", "too_long", said(&self.purpose) <= WORDS_CHARACTERS_MAX),
            ("ownership", "too_short", said(&self.ownership) >= WORDS_CHARACTERS_MIN),
            ("ownership", "too_long", said(&self.ownership) <= WORDS_CHARACTERS_MAX),
            ("expires_on", "vpn_expires", until.is_some()),
            ("document", "required", has_file),
        ];
        let open = checks.into_iter().filter(|(_, _, fits)| !fits);
        let detail = |code: &str| match code {
            "too_short" => WORDS_CHARACTERS_MIN.to_string(),
            "too_long" => WORDS_CHARACTERS_MAX.to_string(),
            _ => String::new(),
        };
        let items: Vec<Item> = open
            .map(|(field, code, _)| Item { field: field.into(), code: code.into(), detail: detail(code) })
            .collect();
        match (until, items.as_slice()) {
            (Some(until), []) => Ok(until),
            _ => Err(INCOMPLETE.with_items(items)),
        }
    }
}
