//! The places of compliance, as tabs above each of its pages: each person sees those that are theirs.

use authz::{Actor, Failure};
use web::{Shell, components::Link};

use crate::{Compliance, authority::About};

pub(crate) struct Places {
    pub links: Vec<Link>,
    pub label: String,
    pub may_report: bool,
}

impl Places {
    pub(crate) async fn of(kernel: &Compliance, actor: &Actor, shell: &Shell) -> Result<Places, Failure> {
        let sql = kernel.store.read();
        let acting = kernel.acting(actor);
        let sight = acting.sight(&sql).await?;
        let mut may_report = false;
        for body in actor.bodies() {
            may_report =
                may_report || acting.may(&sql, "raise_finding", Some(body), About::default()).await?;
        }
        let place = |path: &str, key: &str| {
            let current = if path == "/compliance" {
                shell.path == path || shell.is_at("/compliance/bodies")
            } else {
                shell.is_at(path)
            };
            Link::new(path, shell.t(key)).current(current)
        };
        let mut links = Vec::new();
        if sight.all || !sight.bodies.is_empty() {
            links.push(place("/compliance", "compliance-place-overview"));
        }
        links.push(place("/compliance/findings", "compliance-place-findings"));
        links.push(place("/compliance/attestations", "compliance-place-attestations"));
        links.push(place("/compliance/exemptions", "compliance-place-exemptions"));
        links.push(place("/compliance/cases", "compliance-place-cases"));
        if acting.may(&sql, "see_attack", None, About::default()).await? {
            links.push(place("/compliance/attacks", "compliance-place-attacks"));
        }
        links.push(place("/permissions", "permissions-title"));
        links.push(place("/controls", "compliance-place-controls"));
        Ok(Places { links, label: shell.t("compliance-places"), may_report })
    }
}
