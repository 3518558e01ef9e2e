//! The acts of a desk: one address, with the act in it. One that is not accepted comes back on the same page with
//! everything that was ticked and typed; after one that is, the next case opens by itself.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{Router, extract::State as Extract, response::Response, routing::post};
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{Form, Path, Query, Shell, see_other, stay};

use super::{density::Chosen, typed::Typed};
use crate::{
    Services,
    request::{Act, NamedAct, RequestNumber, decide::Decision, moving::CHANGED},
    task::{
        queue::{Asked, Holder, Wanted},
        table,
    },
};

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/{number}/{act}", post(act))
}

/// Everything that can be done on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DeskAct {
    /// Along the process; the next case follows.
    Process(Act),
    Take,
    PutBack,
    Give,
    Ask,
    Undo,
}

impl DeskAct {
    fn named(word: &str) -> Option<DeskAct> {
        let process = [Act::Verify, Act::PassOn, Act::SendBack, Act::Approve, Act::Refuse];
        if let Some(act) = process.into_iter().find(|act| act.word() == word) {
            return Some(DeskAct::Process(act));
        }
        match word {
            "take" => Some(DeskAct::Take),
            "put_back" => Some(DeskAct::PutBack),
            "give" => Some(DeskAct::Give),
            "ask" => Some(DeskAct::Ask),
            "undo" => Some(DeskAct::Undo),
            _ => None,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
struct Left {
    /// The revision that an act left, to take it back.
    left: Option<i64>,
}

async fn act(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    chosen: Chosen,
    Path((number, word)): Path<(RequestNumber, String)>,
    Query(left): Query<Left>,
    Form(posted): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let act = DeskAct::named(&word).ok_or_else(Refusal::not_found)?;
    let mut typed = Typed::of(posted);
    typed.revision = left.left.or(typed.revision);
    Ok(services.desk_act(&actor, shell, chosen, &number, (act, &word), typed).await?)
}

/// The request left this desk while somebody wrote: nothing of it may be shown any more, but what they wrote is theirs.
#[derive(Template)]
#[template(path = "task/desk/overtaken.html")]
struct OvertakenPage {
    written: Vec<String>,
    refusal: Refusal,
    shell: Shell,
}

impl Services {
    async fn desk_act(
        &self,
        actor: &Actor,
        shell: Shell,
        chosen: Chosen,
        number: &RequestNumber,
        (act, word): (DeskAct, &str),
        typed: Typed,
    ) -> Result<Response, Failure> {
        let wanted = self.wanted(&Asked::of(&typed.view));
        let next = match act {
            DeskAct::Process(_) => self.case_after(actor, number, &wanted).await?,
            _ => None,
        };
        let refusal = match self.carry_out_at_desk(actor, number, act, &typed).await {
            Ok(left) => {
                let place = match act {
                    DeskAct::Process(_) => next.map(|next| format!("/desk/{next}")),
                    _ => Some(format!("/desk/{number}")),
                };
                let view = wanted.href(&place.unwrap_or_else(|| "/desk".to_owned()));
                let joint = if view.contains('?') { '&' } else { '?' };
                let left = left.map(|left| format!("&left={left}")).unwrap_or_default();
                return Ok(see_other(&format!("{view}{joint}done={word}&of={number}{left}")));
            }
            Err(failure) => failure.mendable()?,
        };
        let kind = refusal.kind;
        let (written, overtaken) =
            (typed.written(), (refusal.code == CHANGED.code).then_some((shell.clone(), CHANGED)));
        match (
            self.case_page(actor, shell, chosen.density, number, wanted, typed, Some(refusal)).await,
            overtaken,
        ) {
            (Ok(page), _) => Ok(stay(kind, page)),
            (Err(Failure::Refused(hidden)), Some((shell, refusal))) if hidden.kind == Kind::NotAllowed => {
                Ok(stay(kind, OvertakenPage { written, refusal, shell }))
            }
            (Err(failure), _) => Err(failure),
        }
    }

    /// Does it; answers the revision that a verification left, with which it can be taken back.
    async fn carry_out_at_desk(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        act: DeskAct,
        typed: &Typed,
    ) -> Result<Option<i64>, Failure> {
        let person = |word: &str| -> Result<Uuid, Refusal> {
            let missing = Refusal::new(Kind::Invalid, "desk.nobody_chosen", &[]);
            word.parse().map_err(|_| missing.with_item("to", "required", ""))
        };
        match act {
            DeskAct::Process(act) => return self.process_at_desk(actor, number, act, typed).await,
            DeskAct::Take => self.hand(actor, number, typed.seen(), Some(actor.person)).await?,
            DeskAct::PutBack => self.hand(actor, number, typed.seen(), None).await?,
            DeskAct::Give => self.hand(actor, number, typed.seen(), Some(person(&typed.to)?)).await?,
            DeskAct::Ask => self.ask_advice(actor, number, &typed.of, &typed.question, &typed.days).await?,
            DeskAct::Undo => self.undo_verification(actor, number, typed.revision).await?,
        }
        Ok(None)
    }

    async fn process_at_desk(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        act: Act,
        typed: &Typed,
    ) -> Result<Option<i64>, Failure> {
        let acting = self.acting(actor, number, typed.revision);
        match act {
            Act::Verify => {
                let items = match typed.all {
                    true => self.follow(actor, number).await?.request.items(),
                    false => typed.items.clone(),
                };
                self.verify(acting, items, None).await?;
                let sql = self.store.read();
                let verified = crate::request::act::visible(&sql, &self.policies, actor, number).await?;
                return Ok(Some(verified.revision));
            }
            Act::PassOn => self.pass_on(acting, Some(typed.to.clone()), typed.words.clone(), None).await?,
            Act::SendBack => {
                self.send_back(acting, self.corrections(actor, number, typed).await?, None).await?
            }
            Act::Refuse => {
                let reason = self.said_or_canned(actor, number, &typed.reason, &typed.canned_reason).await?;
                self.decide(acting, Decision::Refuse { reason }, None).await?
            }
            _ => {
                let measures =
                    self.said_or_canned(actor, number, &typed.measures, &typed.canned_measures).await?;
                let named = NamedAct { number: typed.act_number.clone(), date: typed.act_date.clone() };
                self.decide(acting, Decision::Approve { measures, named }, None).await?
            }
        };
        Ok(None)
    }

    /// The case that follows in this view: the next that is mine or nobody's, and after the last the first again.
    pub(super) async fn case_after(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        wanted: &Wanted,
    ) -> Result<Option<String>, Failure> {
        if wanted.is_search() {
            return Ok(None);
        }
        let open = match wanted.holder {
            Holder::Anybody => Wanted { holder: Holder::Open, ..wanted.clone() },
            _ => wanted.clone(),
        };
        let sql = self.store.read();
        let request = crate::request::table::by_number(&sql, number).await?;
        let place = match request {
            Some(request) => crate::task::queue::table::place_of(&sql, request.id, wanted.sort).await?,
            None => None,
        };
        let start = wanted.sort.start();
        for after in [place.unwrap_or(start), start] {
            let tasks = self.desk(actor, &open, after, 2).await?;
            if let Some(next) = tasks.into_iter().find(|task| task.number != number.as_str()) {
                return Ok(Some(next.number));
            }
        }
        Ok(None)
    }

    /// Whoever holds the case's task now.
    pub(super) async fn held_by(&self, request: Uuid) -> Result<Option<table::Held>, Failure> {
        Ok(table::held(&self.store.read(), request).await?)
    }
}
