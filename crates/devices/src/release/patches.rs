//! How many devices of each body report a release, or a later version; and what a single device still lacks.

use std::collections::BTreeMap;

use authz::{Actor, Failure};
use uuid::Uuid;

use super::{
    Outstanding, Release,
    table::{self, Count},
};
use crate::{
    Devices,
    device::{Device, posture::is_below},
};

/// The devices of one body that report the system of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    pub body: Uuid,
    pub patched: i64,
    pub devices: i64,
}

impl Share {
    /// In whole hundredths, never rounded up to all of them.
    pub(crate) fn percent(self) -> i64 {
        if self.devices == 0 { 0 } else { self.patched * 100 / self.devices }
    }
}

impl Devices {
    /// Each release in force with the shares of the bodies that somebody sees.
    pub(crate) async fn patch_report(&self, actor: &Actor) -> Result<Vec<(Release, Vec<Share>)>, Failure> {
        let sql = self.store.read();
        let sight = self.acting(actor).sight(&sql).await?;
        let mut report = Vec::new();
        for release in table::in_force(&sql).await? {
            let counts = table::versions(&sql, &sight, &release.system).await?;
            let shares = shares(&release, &counts);
            report.push((release, shares));
        }
        Ok(report)
    }

    pub(crate) async fn outstanding(&self, device: &Device) -> Result<Vec<Outstanding>, Failure> {
        let system = device.system.trim().to_lowercase();
        let releases = table::of_system(&self.store.read(), &system).await?;
        let now = self.clock.now();
        Ok(releases.iter().filter_map(|release| release.outstanding(device, now, self.offset)).collect())
    }
}

fn shares(release: &Release, counts: &[Count]) -> Vec<Share> {
    let mut bodies = BTreeMap::new();
    for count in counts {
        let share = bodies.entry(count.body).or_insert(Share { body: count.body, patched: 0, devices: 0 });
        share.devices += count.devices;
        if !is_below(&count.version, &release.version) {
            share.patched += count.devices;
        }
    }
    bodies.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_counts_the_release_and_what_is_later() {
        let release = Release {
            id: Uuid::nil(),
            system: "debian".into(),
            version: "12.9".into(),
            published_on: 0,
            note: String::new(),
        };
        let count = |body: u128, version: &str, devices: i64| Count {
            body: Uuid::from_u128(body),
            version: version.into(),
            devices,
        };
        let counts = [count(1, "12.9", 2), count(1, "12.10", 1), count(1, "11.9", 1), count(2, "12.8", 3)];
        let found = shares(&release, &counts);
        let told: Vec<_> = found.iter().map(|it| (it.patched, it.devices, it.percent())).collect();
        assert_eq!(told, [(3, 4, 75), (0, 3, 0)]);
        let most = Share { body: Uuid::nil(), patched: 999, devices: 1_000 };
        assert_eq!(most.percent(), 99);
    }
}
