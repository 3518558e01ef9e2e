//! The address that was given on a request, and what was said to it (LY-SVC-18.1b).
//!
//! Letters about a request go to the address on it, else to the person's own. Both the applicant and the provider see
//! how each one went, and may have one that did not arrive sent again.

mod api;
pub(crate) mod give;
pub(crate) mod page;
mod send_again;
pub(crate) mod table;

use authz::{Actor, Failure, Kind, Refusal};
use notify::{Delivery, Notice};

use crate::{
    Services,
    request::{Request, RequestNumber, act::visible},
};

pub(crate) use {api::routes as api_routes, page::routes as page_routes};

/// Messages about one request that are shown, the newest of them.
const NOTICES_MAX: u32 = 100;

/// Refuses what no letter can be sent to; nothing is as good as an address.
pub(crate) fn check_email(email: &str) -> Result<(), Refusal> {
    if email.is_empty() || notify::is_email(email) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Invalid, "request.email_invalid", &["LY-SVC-18.1b"])
        .with_item("email", "email", ""))
}

/// What was said to the applicant about a request, and how each letter went.
pub(crate) struct Told {
    pub request: Request,
    /// Where letters about it go now; empty when there is no address at all.
    pub email: String,
    /// The address was given on the request.
    pub is_given: bool,
    pub notices: Vec<(Notice, Vec<Delivery>)>,
    pub may_give: bool,
    pub may_send_again: bool,
}

impl Services {
    pub(crate) async fn told_about(&self, actor: &Actor, number: &RequestNumber) -> Result<Told, Failure> {
        let sql = self.store.read();
        let request = visible(&sql, &self.policies, actor, number).await?;
        let given = table::email_of(&sql, request.id).await?;
        let applicant = identity::person(&sql, request.applicant).await?.ok_or_else(Refusal::not_found)?;
        let mut notices = notify::about(&sql, &request.subject(), NOTICES_MAX).await?;
        notices.retain(|notice| notice.person == request.applicant);
        notices.reverse();
        let ids: Vec<_> = notices.iter().map(|notice| notice.id).collect();
        let deliveries = notify::deliveries(&sql, &ids).await?;
        let of = |notice: &Notice| {
            deliveries.iter().filter(|delivery| delivery.notice == notice.id).cloned().collect()
        };
        let may =
            |action: &str| self.policies.decide("services", actor, action, &request.resource()).permitted;
        Ok(Told {
            is_given: given.is_some(),
            email: given.unwrap_or(applicant.email),
            notices: notices.into_iter().map(|notice| (notice.clone(), of(&notice))).collect(),
            may_give: may("give_email"),
            may_send_again: may("send_again"),
            request,
        })
    }
}
