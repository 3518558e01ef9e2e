//! Many tasks change hands at once from the list, and an officer says whether they are there.

use std::sync::Arc;

use authz::{Actor, Failure, Kind, Refusal};
use axum::{Router, extract::State as Extract, response::Response, routing::post};
use identity::Caller;
use uuid::Uuid;
use web::{Form, see_other};

use crate::{Services, request::RequestNumber, task::queue::Asked};

/// Tasks that change hands with one press: a page of the list.
const MANY_MAX: usize = 100;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/hand", post(hand_many)).route("/desk/presence", post(presence))
}

/// What the list sends: the tasks that were picked, what is to be done, and the view to come back to.
#[derive(Default)]
struct Picked {
    numbers: Vec<RequestNumber>,
    act: String,
    to: String,
    view: String,
}

impl Picked {
    fn of(posted: Vec<(String, String)>) -> Picked {
        let mut picked = Picked::default();
        for (name, value) in posted {
            match name.as_str() {
                "request" => picked.numbers.extend(value.parse::<RequestNumber>()),
                "act" => picked.act = value,
                "to" => picked.to = value,
                "view" => picked.view = value,
                _ => {}
            }
        }
        picked.numbers.truncate(MANY_MAX);
        picked
    }
}

async fn hand_many(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let picked = Picked::of(posted);
    let (moved, left) = services.hand_picked(&actor, &picked).await?;
    let view = services.wanted(&Asked::of(&picked.view)).href("/desk");
    let joint = if view.contains('?') { '&' } else { '?' };
    Ok(see_other(&format!("{view}{joint}moved={moved}&left_out={left}")))
}

impl Services {
    /// Each by itself; answers how many moved and how many could not.
    async fn hand_picked(&self, actor: &Actor, picked: &Picked) -> Result<(usize, usize), Failure> {
        if picked.numbers.is_empty() {
            return Err(Refusal::new(Kind::Invalid, "desk.nothing_picked", &[]).into());
        }
        let to: Option<Uuid> = match picked.act.as_str() {
            "take" => Some(actor.person),
            "give" => {
                let missing = Refusal::new(Kind::Invalid, "desk.nobody_chosen", &[]);
                Some(picked.to.parse().map_err(|_| missing.with_item("to", "required", ""))?)
            }
            _ => None,
        };
        let mut moved = 0;
        for number in &picked.numbers {
            match self.hand(actor, number, None, to).await {
                Ok(()) => moved += 1,
                Err(Failure::Refused(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok((moved, picked.numbers.len() - moved))
    }
}

async fn presence(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let away = posted.iter().any(|(name, value)| name == "away" && !value.is_empty());
    services.say_presence(&actor, away).await?;
    Ok(see_other("/desk"))
}
