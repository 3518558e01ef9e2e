//! A device reports how it stands. What falls short opens one task for each thing; what a later report no longer shows is
//! mended and closed (LY-MAIL-3.05a, 3.05b, 3.05c).

use authz::{Failure, Kind, Refusal};
use clock::{Clock, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Device, Gap, posture::DevicePosture, table};
use crate::{authority::keepers_of, rule, telling::message};

/// The same letter came before; a new one has a new id.
const AGAIN: Refusal = Refusal::new(Kind::Conflict, "device.letter_again", &["KW-RW-9.5.3a"]);

pub(crate) struct Report {
    pub letter: Uuid,
    pub key_id: String,
    pub posture: DevicePosture,
    pub clock: Clock,
}

/// How the device stands after its report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Standing {
    pub device: Uuid,
    pub state: String,
    pub open: usize,
}

impl Verb for Report {
    type Answer = Standing;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Standing, Failure> {
        let at = self.clock.now();
        take(tx, self.letter, at).await?;
        let mut device = table::by_key(tx, &self.key_id).await?.ok_or_else(Refusal::not_found)?;
        let gaps = self.posture.gaps(&rule::table::in_force(tx).await?, at);
        let opened = keep(tx, device.id, &gaps, at).await?;
        device.system = self.posture.system.name.chars().take(80).collect();
        device.version = self.posture.system.version.chars().take(80).collect();
        device.reported_at = Some(at);
        device.settle(!gaps.is_empty(), at);
        table::save(tx, &device).await?;
        record(tx, &device, &gaps, at).await?;
        if !opened.is_empty() {
            tell(tx, &device, &opened, at).await?;
        }
        Ok(Standing { device: device.id, state: device.state.word().to_owned(), open: gaps.len() })
    }
}

/// A letter counts once.
pub(crate) async fn take(tx: &Tx, letter: Uuid, at: Timestamp) -> Result<(), Failure> {
    match table::take_letter(tx, letter, at).await? {
        true => Ok(()),
        false => Err(AGAIN.into()),
    }
}

/// Opens a task for what is new and closes what is no longer there; answers what is new.
async fn keep(tx: &Tx, device: Uuid, gaps: &[Gap], at: Timestamp) -> Result<Vec<Gap>, Failure> {
    let is_same = |one: &Gap, other: &Gap| one.kind == other.kind && one.name == other.name;
    for old in table::open_gaps(tx, device).await? {
        if !gaps.iter().any(|gap| is_same(gap, &old)) {
            table::close_gap(tx, device, &old, at).await?;
        }
    }
    let mut opened = Vec::new();
    for gap in gaps {
        if table::open_gap(tx, device, gap, at).await? {
            opened.push(gap.clone());
        }
    }
    Ok(opened)
}

async fn record(tx: &Tx, device: &Device, gaps: &[Gap], at: Timestamp) -> Result<(), Failure> {
    let told: Vec<_> = gaps.iter().map(|gap| json!([gap.kind, gap.name, gap.found, gap.asked])).collect();
    let entry = ledger::Entry {
        kind: "device.reported",
        subject: device.ledger_subject(),
        actor: Some(device.holder),
        controls: &["LY-MAIL-3.05a", "LY-MAIL-3.05b", "LY-MAIL-3.05c", "KW-RW-9.5.7"],
        body: json!({ "state": device.state.word(), "system": device.system, "version": device.version, "gaps": told }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}

/// To the holder, and to whoever keeps the devices of the body.
async fn tell(tx: &Tx, device: &Device, opened: &[Gap], at: Timestamp) -> Result<(), Failure> {
    let mut keepers = keepers_of(tx, &[device.body], at).await?;
    keepers.retain(|keeper| *keeper != device.holder);
    let count = opened.len().to_string();
    for (people, link) in [(keepers, device.desk_href()), (vec![device.holder], device.own_href())] {
        compliance::tell(tx, &people, at, |to| {
            message(to, "device-below", device.ledger_subject(), link.clone())
                .word("device", &device.name)
                .word("count", &count)
        })
        .await?;
    }
    Ok(())
}
