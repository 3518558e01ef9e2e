//! The pages of a person's desk, as links above each of them: only those that open for this person.

use authz::{Actor, Failure};
use web::{Shell, components::Link};

use crate::{
    Services,
    appointment::page::body_of,
    task::queue::{desk_bodies, desks},
};

/// Roles that have services to write, to answer for or to verify.
const OF_THE_DIRECTORY: [&str; 4] = ["author", "head", "administrator", "verifier"];
/// Roles that keep the devices of a body.
const OF_DEVICES: [&str; 2] = ["device_officer", "administrator"];
/// Roles that keep a body: its units, functions, roles and delegations.
const OF_BODIES: [&str; 2] = ["head", "administrator"];
/// Roles that write letters, put them to use or agree to them.
const OF_LETTERS: [&str; 3] = ["author", "head", "verifier"];

/// Roles at the implementing body that see to attacks on accounts.
const GUARDS_OF_ACCOUNTS: [&str; 3] = ["officer", "administrator", "head"];

impl Services {
    pub(crate) async fn desk_places(
        &self,
        shell: &Shell,
        actor: &Actor,
        here: &str,
    ) -> Result<Vec<Link>, Failure> {
        let holds = |role: &str| actor.holds_anywhere(role);
        let mut places = Vec::new();
        if !desks(actor).is_empty() {
            let owed = self.advice_owed(actor).await?.len() as i64;
            places.push(("/desk", "desk-title", 0));
            places.push(("/desk/advice", "advice-title", owed));
        }
        if desk_bodies(actor).iter().any(|body| actor.holds("officer", *body)) {
            places.push(("/desk/assisted", "assisted-title", 0));
        }
        if body_of(self, actor, "see_collection").is_ok() {
            places.push(("/desk/appointments", "appointment-day-title", 0));
            places.push(("/desk/copies", "copy-desk-title", 0));
        }
        if holds("head") {
            places.push(("/desk/appeals", "appeal-desk-title", 0));
            places.push(("/desk/load", "load-title", 0));
            places.push(("/desk/assignment", "assignment-title", 0));
            places.push(("/desk/texts", "canned-title", 0));
        }
        if let Some(waiting) = self.reviews_waiting(actor).await? {
            places.push(("/desk/legal", "legal-title", waiting));
        }
        if OF_THE_DIRECTORY.into_iter().any(holds) {
            places.push(("/directory", "desk-place-directory", 0));
        }
        if OF_LETTERS.into_iter().any(holds) {
            places.push(("/templates", "template-list-title", 0));
        }
        if OF_BODIES.into_iter().any(holds) {
            places.push(("/desk/bodies", "desk-place-bodies", 0));
        }
        if OF_DEVICES.into_iter().any(holds) {
            places.push(("/desk/devices", "desk-place-devices", 0));
        }
        if holds("administrator") {
            places.push(("/desk/systems", "desk-place-systems", 0));
            places.push(("/desk/staff-directory", "desk-place-staff-directory", 0));
        }
        if !actor.roles.is_empty() {
            places.push(("/policies", "desk-place-policies", 0));
        }
        if self.guards_accounts(actor).await? {
            places.push(("/compliance/attacks", "compliance-place-attacks", 0));
            places.push(("/desk/devices/vpn", "desk-place-networks", 0));
        }
        if holds("head") || self.sees_all_delays(actor).await? {
            places.push(("/delays", "delays-title", 0));
        }
        if holds("administrator") {
            places.push(("/operation", "desk-place-operation", 0));
        }
        if !actor.roles.is_empty() {
            places.push(("/permissions", "permissions-title", 0));
        }
        let link = |(href, key, count): (&str, &str, i64)| {
            let link = Link::new(href, shell.t(key)).current(href == here);
            if count > 0 { link.count(count) } else { link }
        };
        Ok(places.into_iter().map(link).collect())
    }

    /// Whether somebody sits at the body that answers for the safety of accounts.
    async fn guards_accounts(&self, actor: &Actor) -> Result<bool, Failure> {
        let body = organisations::holder_of(&self.store.read(), organisations::IMPLEMENTING_BODY).await?;
        Ok(body.is_some_and(|body| GUARDS_OF_ACCOUNTS.iter().any(|role| actor.holds(role, body))))
    }
}
