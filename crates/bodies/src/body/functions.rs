//! `/desk/bodies/{slug}/functions`: what the law charges a body with, since when and until when, and which unit sees to it.

use std::sync::Arc;

use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use identity::Caller;
use organisations::{Body, COMPETENT_ADMINISTRATION, HELD_BY_UNITS, HELD_ONCE, Held, Unit};
use web::{
    Form, Page, Path, Shell,
    components::{Choice, Field},
};

use super::{act::FunctionWish, function_word, href, places};
use crate::{
    Bodies,
    authority::About,
    section::{FormView, Row, RowAct, Section, Table, Typed, after},
};

pub(super) fn routes() -> Router<Arc<Bodies>> {
    Router::new()
        .route("/desk/bodies/{slug}/functions", get(list).post(give))
        .route("/desk/bodies/{slug}/functions/{function}/end", post(end))
}

async fn list(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    shell: Shell,
) -> Result<Page<Section>, web::Error> {
    Ok(Page(bodies.functions_page(&actor, shell, &slug, &Typed::default(), None).await?))
}

impl Bodies {
    async fn functions_page(
        &self,
        actor: &Actor,
        shell: Shell,
        slug: &str,
        typed: &Typed,
        refusal: Option<Refusal>,
    ) -> Result<Section, Failure> {
        let (sql, acting) = (self.kernel.store.read(), self.acting(actor));
        let body = acting.body(&sql, slug).await?;
        let (about, open) = (About::body(body.id), body.closed_at.is_none());
        let orders = open && acting.may(&sql, "order_state", &about).await?;
        let keeps = open && acting.may(&sql, "keep_body", &about).await?;
        let units = organisations::units(&sql, body.id).await?;
        let held = organisations::functions_of(&sql, body.id).await?;
        let ends = |function: &str| if HELD_ONCE.contains(&function) { orders } else { keeps };
        let heads = ["bodies-function", "bodies-unit", "bodies-from", "bodies-until"];
        let table = Table {
            caption: shell.t("bodies-place-functions"),
            heads: heads.map(|key| shell.t(key)).to_vec(),
            rows: held.iter().map(|it| row(&shell, &body, &units, it, ends(&it.function))).collect(),
        };
        let page = Section {
            tabs: places(&shell, &body),
            table,
            empty_title: shell.t("bodies-functions-none"),
            empty_text: shell.t("bodies-functions-none-text"),
            forms: if keeps { vec![giving(&shell, &body, &units, orders, typed)] } else { Vec::new() },
            ..Section::new(shell.clone(), shell.text(&body.name).to_owned())
        };
        Ok(page.told(refusal))
    }
}

fn row(shell: &Shell, body: &Body, units: &[Unit], held: &Held, may_end: bool) -> Row {
    let unit = units.iter().find(|unit| Some(unit.id) == held.unit);
    let end = RowAct {
        action: format!("{}/functions/{}/end", href(body), held.function),
        label: shell.t("identity-end"),
        sure: shell.t("bodies-function-end-sure"),
    };
    let (signal, state) = match held.until {
        None => ("done", "bodies-in-force"),
        Some(_) => ("", "bodies-over"),
    };
    Row {
        cells: vec![
            function_word(shell, &held.function),
            unit.map(|unit| shell.text(&unit.name).to_owned()).unwrap_or_default(),
            shell.day(held.from),
            held.until.map(|until| shell.day(until)).unwrap_or_default(),
        ],
        signal,
        state: shell.t(state),
        acts: if may_end && held.until.is_none() && held.function != COMPETENT_ADMINISTRATION {
            vec![end]
        } else {
            Vec::new()
        },
        ..Row::default()
    }
}

fn giving(shell: &Shell, body: &Body, units: &[Unit], orders: bool, typed: &Typed) -> FormView {
    let of_state = HELD_ONCE.into_iter().filter(|_| orders);
    let choices = of_state.chain(HELD_BY_UNITS).map(|word| Choice::new(word, function_word(shell, word)));
    let units = units.iter().map(|unit| Choice::new(&unit.slug, shell.text(&unit.name))).collect();
    let mut fields = vec![
        Field::select(shell, "function", shell.t("bodies-function"), choices.collect())
            .basis("LY-SVC-1.02", "/controls/LY-SVC-1.02")
            .value(typed.one("function")),
        Field::select(shell, "unit", shell.t("bodies-unit"), units)
            .blank(shell.t("bodies-whole-body"))
            .optional()
            .value(typed.one("unit")),
    ];
    if orders {
        let take = Field::tick(shell, "hand_over", shell.t("bodies-hand-over"));
        fields.push(take.hint(shell.t("bodies-hand-over-hint")).optional().value(typed.one("hand_over")));
        let reason = Field::text(shell, "reason", shell.t("bodies-decree")).optional();
        fields.push(reason.value(typed.one("reason")));
    }
    FormView {
        title: shell.t("bodies-function-give"),
        text: shell.t("bodies-function-give-text"),
        action: format!("{}/functions", href(body)),
        fields,
        submit: shell.t("bodies-function-give-do"),
        kind: "",
    }
}

async fn give(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path(slug): Path<String>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let body = bodies.acting(&actor).body(&bodies.kernel.store.read(), &slug).await?;
    let wish = FunctionWish {
        function: typed.one("function").to_owned(),
        unit: typed.one("unit").to_owned(),
        hand_over: !typed.one("hand_over").is_empty(),
        reason: typed.one("reason").to_owned(),
    };
    let outcome = bodies.give(&actor, &body, &wish, None).await;
    let on = format!("{}/functions", href(&body));
    after(outcome, &on, |refusal| bodies.functions_page(&actor, shell, &slug, &typed, refusal)).await
}

async fn end(
    State(bodies): State<Arc<Bodies>>,
    Caller(actor): Caller,
    Path((slug, function)): Path<(String, String)>,
    shell: Shell,
) -> Result<Response, web::Error> {
    let body = bodies.acting(&actor).body(&bodies.kernel.store.read(), &slug).await?;
    let outcome = bodies.end_function(&actor, &body, &function).await;
    let on = format!("{}/functions", href(&body));
    let typed = Typed::default();
    after(outcome, &on, |refusal| bodies.functions_page(&actor, shell, &slug, &typed, refusal)).await
}
