//! Each use is logged (KW-RW-9.1.2.f): what the gateway tells with `wg show all dump` is read in, as often as it is told.
//! Who comes without a permission is a finding.

use authz::Failure;
use clock::{MINUTE, Timestamp};
use compliance::{Found, Severity, raise};
use language::Text;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Permission,
    table::{self, Use},
};
use crate::vpn::{self, Vpn};

/// A device that was silent for longer begins a new use. WireGuard agrees on new keys every two minutes.
const SILENT_MINUTES_MAX: u32 = 15;
/// Networks whose gateways may tell.
const VPNS_MAX: i64 = 500;
/// Lines of one dump.
const LINES_MAX: usize = 10_000;

/// A device as the gateway saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    interface: String,
    key: String,
    source: String,
    last_at: Timestamp,
}

/// How many uses were noted, and how many came without a permission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    pub uses: u64,
    pub strays: u64,
}

/// Takes in what `wg show all dump` printed.
pub struct LogUses {
    seen: Vec<Seen>,
    at: Timestamp,
}

impl LogUses {
    pub fn new(dump: &str, at: Timestamp) -> LogUses {
        LogUses { seen: dump.lines().take(LINES_MAX).filter_map(seen).collect(), at }
    }
}

/// A line of a peer has nine columns and one of an interface five. Who never shook hands was never there.
fn seen(line: &str) -> Option<Seen> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [interface, key, _, source, _, handshake, _, _, _] = columns.as_slice() else { return None };
    let seconds: i64 = handshake.parse().ok().filter(|seconds| *seconds > 0)?;
    Some(Seen {
        interface: (*interface).to_owned(),
        key: vpn::gateway::public_key(key)?,
        source: source.chars().take(60).collect(),
        last_at: Timestamp(seconds.checked_mul(1_000_000)?),
    })
}

impl Verb for LogUses {
    type Answer = Noted;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Noted, Failure> {
        let vpns = vpn::table::standing(tx, None, VPNS_MAX).await?;
        let mut noted = Noted::default();
        for seen in &self.seen {
            let Some(vpn) = vpns.iter().find(|vpn| vpn.interface == seen.interface) else { continue };
            let held = table::by_key(tx, &seen.key).await?.filter(|held| held.vpn == vpn.id);
            let allowed = held.as_ref().is_some_and(|held| held.holds_at(seen.last_at));
            if !allowed {
                self.find(tx, vpn, seen).await?;
                noted.strays += 1;
            }
            if let Some(held) = held {
                noted.uses += u64::from(log(tx, &held, seen).await?);
            }
        }
        Ok(noted)
    }
}

impl Permission {
    fn holds_at(&self, at: Timestamp) -> bool {
        let ended = self.ended_at.map_or(self.until_at, |ended| ended.min(self.until_at));
        self.from_at <= at && at <= ended
    }
}

/// True when it is a use that was not known before.
async fn log(tx: &Tx, held: &Permission, seen: &Seen) -> Result<bool, Failure> {
    if let Some(before) = table::last_use(tx, held.id).await? {
        if seen.last_at <= before.last_at {
            return Ok(false);
        }
        if seen.last_at <= before.last_at + MINUTE * SILENT_MINUTES_MAX && seen.source == before.source {
            table::go_on_with_use(tx, before.id, seen.last_at).await?;
            return Ok(false);
        }
    }
    let new = Use {
        id: Uuid::now_v7(),
        began_at: seen.last_at,
        last_at: seen.last_at,
        source: seen.source.clone(),
    };
    table::begin_use(tx, held.id, &new).await?;
    let entry = ledger::Entry {
        kind: "vpn.used",
        subject: held.ledger_subject(),
        actor: Some(held.person),
        controls: &["KW-RW-9.1.2.f"],
        body: json!({ "device": held.device, "source": seen.source }),
        at: seen.last_at,
    };
    ledger::append(tx, entry).await?;
    Ok(true)
}

impl LogUses {
    /// The same key is one finding as long as it is open.
    async fn find(&self, tx: &Tx, vpn: &Vpn, seen: &Seen) -> Result<(), Failure> {
        let found = Found {
            key: format!("vpn/stray/{}/{}", vpn.id, seen.key),
            control: "KW-RW-9.1.2.f".into(),
            body: vpn.body,
            subject: vpn.ledger_subject(),
            what: Text::new(
                format!("اتصل جهاز بالشبكة «{}» بلا تصريح سارٍ.", vpn.name),
                format!("A device came through the network “{}” without a permission that holds.", vpn.name),
            ),
            severity: Severity::High,
            owner: None,
            by: None,
        };
        raise(tx, found, self.at).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_peers_that_were_there_are_read() {
        let key = vpn::gateway::Pair::new().public;
        let peer = |handshake: &str| {
            format!("wg0\t{key}\t(none)\t192.0.2.9:4711\t10.77.0.2/32\t{handshake}\t120\t180\t25")
        };
        let found = seen(&peer("1700000000")).expect("a peer that was there");
        assert_eq!((found.interface.as_str(), found.source.as_str()), ("wg0", "192.0.2.9:4711"));
        assert_eq!(found.last_at, Timestamp(1_700_000_000_000_000));
        for line in [&peer("0"), &peer("soon"), "wg0\tprivate\tpublic\t51820\toff", "", "wg0"] {
            assert_eq!(seen(line), None, "{line}");
        }
    }
}
