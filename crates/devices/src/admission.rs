//! From which device and which network somebody works for a body. Around every call: whoever holds roles and comes with a
//! session that is not admitted is a member of the public on that call, and is told why where the desks are.
//!
//! Absent on purpose: programs with a token, which are no device; and everybody without a role.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal, Via};
use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use compliance::{Door, Found, Severity, raise};
use identity::{Recognised, Seat, Zone};
use language::Text;
use store::{Tx, Verb};

use crate::{
    Devices,
    authority::bodies_of,
    device::{NOT_INSTITUTIONAL, NOT_LISTED, Ownership, table},
};

/// Beginnings of the paths of desks: there a refusal is told by its reason.
const DESKS: &[&str] = &[
    "/desk",
    "/compliance",
    "/templates",
    "/delays",
    "/policies",
    "/api/v1/tasks",
    "/api/v1/systems",
    "/api/v1/policies",
];
/// What is published in the main network alone (KW-RW-9.5.2): the oversight of bodies, of accounts and of the installation,
/// and the inventory itself.
const MAIN_ONLY: &[&str] = &[
    "/compliance",
    "/desk/devices",
    "/desk/staff-directory",
    "/numbers",
    "/operation",
    "/permissions/narrowings",
    "/api/v1/attacks",
    "/api/v1/attestations",
    "/api/v1/cases",
    "/api/v1/compliance",
    "/api/v1/devices",
    "/api/v1/emergencies",
    "/api/v1/exemptions",
    "/api/v1/findings",
    "/api/v1/losses",
    "/api/v1/operation",
    "/api/v1/permissions/narrowings",
    "/api/v1/staff-directories",
    "/api/v1/vpn",
];
/// What of it people and devices need wherever they are.
const EVERYWHERE: &[&str] = &[
    "/api/v1/devices/enrol",
    "/api/v1/devices/reports",
    "/api/v1/devices/rules",
    "/api/v1/devices/tickets",
    "/api/v1/losses",
];

const ZONE: Refusal = Refusal::new(Kind::NotAllowed, "device.zone", &["KW-RW-9.5.2"]);

/// Where somebody works from, once that is admitted at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    zone: Zone,
    institutional: bool,
}

/// Puts the admission around a router, inside of the recognition.
pub fn admit(devices: Arc<Devices>, router: Router) -> Router {
    router.layer(from_fn_with_state(devices, look))
}

async fn look(State(devices): State<Arc<Devices>>, mut request: Request, next: Next) -> Response {
    let Some(seat) = seat_of_worker(&request) else { return next.run(request).await };
    let path = request.uri().path().to_owned();
    let outcome = match devices.place(seat).await {
        Ok(outcome) => outcome.and_then(|place| fits(&path, place, &devices.institution_paths)),
        Err(failure) => return web::Error::from(failure).into_response(),
    };
    let Err(refusal) = outcome else { return next.run(request).await };
    if let Some(Recognised(Some((actor, _)))) = request.extensions_mut().get_mut::<Recognised>() {
        if is_below(&path, DESKS) || is_main_only(&path) || is_below(&path, &devices.institution_paths) {
            return web::Error::from(devices.turn_away(actor, refusal).await).into_response();
        }
        actor.roles.clear();
    }
    next.run(request).await
}

/// Where whoever calls with roles in a session sits.
fn seat_of_worker(request: &Request) -> Option<Seat> {
    let (actor, _) = request.extensions().get::<Recognised>()?.0.as_ref()?;
    let in_session = matches!(actor.via, Via::Session(_));
    (in_session && !actor.roles.is_empty()).then(|| request.extensions().get::<Seat>().copied()).flatten()
}

/// Whether a path is one of these or below one.
fn is_below(path: &str, beginnings: &[impl AsRef<str>]) -> bool {
    beginnings.iter().map(AsRef::as_ref).any(|beginning| {
        path.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

fn is_main_only(path: &str) -> bool {
    is_below(path, MAIN_ONLY) && !EVERYWHERE.contains(&path)
}

/// Whether what lies at a path opens from this place.
fn fits(path: &str, place: Place, institution_paths: &[String]) -> Result<(), Refusal> {
    if is_below(path, institution_paths) && !place.institutional {
        return Err(NOT_INSTITUTIONAL);
    }
    if is_main_only(path) && place.zone != Zone::Main {
        return Err(ZONE);
    }
    Ok(())
}

impl Devices {
    /// The place of a call, or why there is none. A session that showed no device is where its address is, and from outside
    /// of the networks that is nowhere.
    async fn place(&self, seat: Seat) -> Result<Result<Place, Refusal>, Failure> {
        let Some(id) = seat.device else {
            let place = Place { zone: seat.zone, institutional: false };
            return Ok(if seat.zone == Zone::Outside { Err(NOT_LISTED) } else { Ok(place) });
        };
        let sql = self.store.read();
        let Some(device) = table::find(&sql, id).await? else { return Ok(Err(NOT_LISTED)) };
        let gaps = table::open_gaps(&sql, id).await?;
        Ok(match device.turned_away(&gaps, self.clock.now()) {
            Some(refusal) => Err(refusal),
            None => Ok(Place {
                zone: device.zone(seat.zone),
                institutional: device.ownership == Ownership::Institution,
            }),
        })
    }

    /// The no, after the ledger has kept it.
    async fn turn_away(&self, actor: &Actor, refusal: Refusal) -> Failure {
        if let Err(broken) = self.alert(actor, &refusal).await {
            return broken;
        }
        let refused: Result<(), Failure> = Err(refusal.clone().into());
        let noted = self.noted(actor, &format!("person/{}", actor.person), refused).await;
        noted.err().unwrap_or_else(|| refusal.into())
    }

    /// An unknown device is a finding at the body for which the person works.
    pub(crate) async fn alert(&self, actor: &Actor, refusal: &Refusal) -> Result<(), Failure> {
        let at = self.clock.now();
        let bodies = bodies_of(&self.store.read(), actor.person, at).await?;
        if refusal.code == NOT_LISTED.code
            && let Some(body) = bodies.first()
        {
            self.store.write(Alert { found: unlisted(actor, *body), at }).await?;
        }
        self.ledger.wake();
        Ok(())
    }
}

/// The same person is one finding as long as it is open, however often they tried.
fn unlisted(actor: &Actor, body: uuid::Uuid) -> Found {
    Found {
        key: format!("device/not_listed/{}", actor.person),
        control: "KW-RW-9.5.3a".into(),
        body,
        subject: format!("person/{}", actor.person),
        what: Text::new(
            "حاول موظف العمل من جهاز ليس في قائمة الأجهزة المسموح بها.",
            "Somebody tried to work from a device that is not on the list of allowed devices.",
        ),
        severity: Severity::High,
        owner: None,
        by: None,
    }
}

struct Alert {
    found: Found,
    at: clock::Timestamp,
}

impl Verb for Alert {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        raise(tx, self.found.clone(), self.at).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_opens_from_its_places_alone() {
        let own = ["/social".to_owned()];
        let check = |path: &str, zone: Zone, institutional: bool, expected: Option<&str>| {
            let outcome = fits(path, Place { zone, institutional }, &own);
            assert_eq!(outcome.err().map(|refusal| refusal.code), expected, "{path} {zone:?}");
        };
        check("/desk", Zone::Dmz, false, None);
        check("/desk/26-0000-0000-50", Zone::Dmz, false, None);
        check("/desk/devices", Zone::Dmz, false, Some("device.zone"));
        check("/desk/devices", Zone::Main, false, None);
        check("/compliance/findings", Zone::Outside, true, Some("device.zone"));
        check("/compliances", Zone::Dmz, false, None);
        for path in MAIN_ONLY.iter().filter(|path| !EVERYWHERE.contains(path)) {
            check(path, Zone::Dmz, true, Some("device.zone"));
            check(path, Zone::Main, false, None);
        }
        check("/api/v1/attacks/1/reset", Zone::Dmz, true, Some("device.zone"));
        check("/api/v1/losses/1/enable", Zone::Dmz, true, Some("device.zone"));
        EVERYWHERE.iter().for_each(|path| check(path, Zone::Dmz, false, None));
        check("/social/accounts", Zone::Main, false, Some("device.not_institutional"));
        check("/social/accounts", Zone::Dmz, true, None);
    }
}
