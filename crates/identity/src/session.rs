//! A session: somebody signed in at a browser. Its end is a record, so that the account page and the ledger
//! tell the same story.

pub(crate) mod bind;
pub(crate) mod end;
pub(crate) mod follow;
pub(crate) mod sign_in;
pub(crate) mod table;

use std::time::Duration;

use authz::Assurance;
use clock::{HOUR, MINUTE, Timestamp};
use uuid::Uuid;

use crate::Zone;

/// Unused for this long, a session of somebody with a role is over.
pub const STAFF_IDLE_MAX: Duration = Duration::from_secs(30 * 60);
/// The same for everybody else.
pub const PUBLIC_IDLE_MAX: Duration = Duration::from_secs(8 * 3_600);
/// No session is longer, used or not.
pub const SESSION_MAX: Duration = Duration::from_secs(12 * 3_600);
/// The moment of last use is written at most this often.
pub const SEEN_EVERY: Duration = MINUTE;
/// How long a code may be awaited after the password was right.
pub const PENDING_MAX: Duration = Duration::from_secs(5 * 60);
/// Sessions and tokens that a person sees; the newest.
pub(crate) const LISTED_MAX: i64 = 50;
/// How long ended sessions and tokens are kept.
pub(crate) const ENDED_KEPT: Duration = Duration::from_secs(90 * 24 * HOUR.as_secs());

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: Uuid,
    pub person: Uuid,
    pub assurance: Assurance,
    /// Family of browser and system, never the whole header: `Firefox, Linux`.
    pub device: String,
    pub started_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// The absolute end.
    pub ends_at: Timestamp,
    /// What the person showed last: `password`, `app`, `key`, `sms` or `recovery`.
    pub factor: String,
    /// From where it was opened; unknown for those that were open before zones were told.
    pub zone: Option<Zone>,
    /// The device that showed itself, and what its holder calls it.
    pub bound_device: Option<Uuid>,
    pub bound_name: String,
}

/// Whether a session that was last seen then has been idle for too long.
pub(crate) fn is_idle(last_seen_at: Timestamp, staff: bool, now: Timestamp) -> bool {
    now.since(last_seen_at) >= if staff { STAFF_IDLE_MAX } else { PUBLIC_IDLE_MAX }
}

pub(crate) fn assurance_from(level: i64) -> Option<Assurance> {
    [Assurance::Basic, Assurance::Substantial, Assurance::High]
        .into_iter()
        .find(|known| *known as i64 == level)
}

pub(crate) fn assurance_word(level: Assurance) -> &'static str {
    match level {
        Assurance::Basic => "basic",
        Assurance::Substantial => "substantial",
        Assurance::High => "high",
    }
}

/// What a person recognises a device by. Order matters: every browser claims to be its ancestors too.
pub(crate) fn device_family(user_agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrom", "Chrome"),
        ("Safari", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |names: &[(&'static str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_its_family() {
        for (agent, device) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
                "Safari, iPhone",
            ),
            ("curl/8.5.0", ""),
        ] {
            assert_eq!(device_family(agent), device);
        }
    }

    #[test]
    fn staff_idle_out_sooner() {
        for (minutes, staff, idle) in
            [(29, true, false), (30, true, true), (30, false, false), (479, false, false), (480, false, true)]
        {
            assert_eq!(
                is_idle(Timestamp(0), staff, Timestamp(0) + MINUTE * minutes),
                idle,
                "{minutes} {staff}"
            );
        }
    }
}
