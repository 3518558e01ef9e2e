//! An officer allows a person to work through a network of their body, with one device and for one period (KW-RW-9.1.2.f).
//! The person is whoever holds the device; nobody allows it to themselves.

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use language::Offset;
use serde::Deserialize;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Permission,
    table::{self, Of},
};
use crate::{
    authority::{Acting, WORDS_CHARACTERS_MAX, WORDS_CHARACTERS_MIN},
    day_end,
    device::{self, Device},
    telling::message,
    vpn::{self, NOT_APPROVED, State, Vpn, keep},
};

/// How long one permission may hold.
const PERIOD_DAYS_MAX: u32 = 366;

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "vpn.permission_incomplete", &["KW-RW-9.1.2.f"]);
const NOT_ACTIVE: Refusal = Refusal::new(Kind::Conflict, "vpn.not_active", &["LY-MAIL-2.01e"]);
const DEVICE_NOT_READY: Refusal = Refusal::new(Kind::Conflict, "vpn.device_not_ready", &["KW-RW-9.1.2.f"]);
const GRANTED_ALREADY: Refusal = Refusal::new(Kind::Conflict, "vpn.granted_already", &["KW-RW-9.1.2.f"]);
const RANGE_FULL: Refusal = Refusal::new(Kind::Conflict, "vpn.range_full", &["KW-RW-9.1.2.f"]);

/// A permission as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PermissionWish {
    /// The network's id.
    pub vpn: String,
    /// `2026-03-01`, local: the first day.
    pub from: String,
    /// The last day.
    pub until: String,
    pub why: String,
}

pub(crate) struct GrantVpn {
    pub acting: Acting,
    pub offset: Offset,
    pub device: Uuid,
    pub wish: PermissionWish,
}

impl Verb for GrantVpn {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let device = device::table::find(tx, self.device).await?.ok_or_else(Refusal::not_found)?;
        self.acting.check(tx, "grant_vpn", &device.about()).await?;
        let at = self.acting.clock.now();
        let vpn = match self.wish.vpn.parse() {
            Ok(id) => vpn::table::find(tx, id).await?.filter(|vpn| vpn.body == device.body),
            Err(_) => None,
        };
        let (vpn, from_at, until_at) = self.checked(vpn, at)?;
        match vpn.state(at) {
            State::Active => {}
            State::Approved => return Err(NOT_ACTIVE.into()),
            _ => return Err(NOT_APPROVED.into()),
        }
        let gaps = device::table::open_gaps(tx, device.id).await?;
        if device.turned_away(&gaps, at).is_some() {
            return Err(DEVICE_NOT_READY.into());
        }
        let place = free_place(tx, &vpn, &device).await?;
        let new = Permission {
            id: Uuid::now_v7(),
            vpn: vpn.id,
            body: device.body,
            person: device.holder,
            device: device.id,
            from_at,
            until_at,
            why: self.wish.why.trim().to_owned(),
            granted_at: at,
            granted_by: self.acting.actor.person,
            place,
            key: String::new(),
            issued_at: None,
            ended_at: None,
            ended_by: None,
            ending: String::new(),
            end_words: String::new(),
        };
        table::insert(tx, &new).await?;
        record(tx, &new, at).await?;
        if from_at > at {
            keep::order(tx, vpn.id, from_at).await?;
        }
        keep::order(tx, vpn.id, until_at).await?;
        compliance::tell(tx, &[new.person], at, |to| {
            message(to, "vpn-granted", new.ledger_subject(), "/account/vpn".into())
                .word("name", &vpn.name)
                .word("device", &device.name)
                .moment("until_on", until_at)
        })
        .await?;
        Ok(new.id)
    }
}

impl GrantVpn {
    /// Which network, from when and until when; or everything that is missing at once.
    fn checked(&self, vpn: Option<Vpn>, now: Timestamp) -> Result<(Vpn, Timestamp, Timestamp), Refusal> {
        let today = self.offset.local(now).day();
        let (first, last) = (language::day_of(&self.wish.from), language::day_of(&self.wish.until));
        let first = first.filter(|day| (today..=today + i64::from(PERIOD_DAYS_MAX)).contains(day));
        let begins = first.unwrap_or(today);
        let last = last.filter(|day| (begins..=begins + i64::from(PERIOD_DAYS_MAX)).contains(day));
        let said = self.wish.why.trim().chars().count();
        let checks = [
            ("vpn", "choice", vpn.is_some()),
            ("from", "vpn_from", first.is_some()),
            ("until", "vpn_until", last.is_some()),
            ("why", "too_short", said >= WORDS_CHARACTERS_MIN),
            ("why", "too_long", said <= WORDS_CHARACTERS_MAX),
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
        match (vpn, first, last, items.as_slice()) {
            (Some(vpn), Some(first), Some(last), []) => {
                let begins = day_end(first - 1, self.offset) + std::time::Duration::from_secs(1);
                Ok((vpn, begins.max(now), day_end(last, self.offset)))
            }
            _ => Err(INCOMPLETE.with_items(items)),
        }
    }
}

/// The first address that nobody has.
async fn free_place(tx: &Tx, vpn: &Vpn, device: &Device) -> Result<i64, Failure> {
    let standing = table::standing(tx, Of::Vpn(vpn.id)).await?;
    if standing.iter().any(|it| it.device == device.id) {
        return Err(GRANTED_ALREADY.into());
    }
    let mut taken: Vec<i64> = standing.into_iter().map(|it| it.place).collect();
    taken.sort_unstable();
    let free = (0..vpn.range.devices_max()).find(|place| taken.binary_search(place).is_err());
    free.ok_or_else(|| RANGE_FULL.into())
}

async fn record(tx: &Tx, new: &Permission, at: Timestamp) -> Result<(), Failure> {
    let entry = ledger::Entry {
        kind: "vpn.permission_granted",
        subject: new.ledger_subject(),
        actor: Some(new.granted_by),
        controls: &["KW-RW-9.1.2.f"],
        body: json!({ "person": new.person, "device": new.device, "vpn": new.vpn, "from": new.from_at.0,
            "until": new.until_at.0, "words": new.why }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}
