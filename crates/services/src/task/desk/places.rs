//! What lies beside the queue: advice that is owed, and for a head the load, the rules and the texts.

use authz::{Actor, Failure};
use web::{Shell, components::Link};

use crate::{Services, task::queue::desk_bodies};

impl Services {
    pub(crate) async fn desk_places(
        &self,
        shell: &Shell,
        actor: &Actor,
        here: &str,
    ) -> Result<Vec<Link>, Failure> {
        let owed = self.advice_owed(actor).await?.len() as i64;
        let mut places = vec![("/desk", "desk-title", None), ("/desk/advice", "advice-title", Some(owed))];
        if desk_bodies(actor).iter().any(|body| actor.holds("officer", *body)) {
            places.push(("/desk/assisted", "assisted-title", None));
        }
        if actor.holds_anywhere("head") {
            places.push(("/desk/load", "load-title", None));
            places.push(("/desk/assignment", "assignment-title", None));
            places.push(("/desk/texts", "canned-title", None));
        }
        let link = |(href, key, count): (&str, &str, Option<i64>)| {
            let link = Link::new(href, shell.t(key)).current(href == here);
            count.filter(|count| *count > 0).map_or(link.clone(), |count| link.count(count))
        };
        Ok(places.into_iter().map(link).collect())
    }
}
