//! Acting on a request over HTTP. Each action says beforehand what it needs, as a JSON Schema with an example.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use web::{Json, Path, openapi::Refusals};

use super::deliver::Attached;
use crate::{
    call::Call,
    request::{Act, Correction, NamedAct, RequestNumber, decide::Decision, follow::Followed},
};

/// Something that this caller may do now: POST a body that fits `input` to `href`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActionLine {
    #[schema(example = "verify")]
    name: String,
    href: String,
    /// JSON Schema; `examples[0]` is a valid body.
    #[schema(value_type = Object)]
    input: Value,
}

/// What this caller may do now; an act that leads more than one way names them all in its input.
pub(crate) fn actions(followed: &Followed) -> Vec<ActionLine> {
    followed.actions.iter().map(|act| action(*act, followed)).collect()
}

fn action(act: Act, followed: &Followed) -> ActionLine {
    let word = act.word();
    ActionLine {
        name: word.to_owned(),
        href: format!("/api/v1/requests/{}/{word}", followed.request.number),
        input: input(act, followed),
    }
}

fn input(act: Act, followed: &Followed) -> Value {
    let items = followed.request.items();
    let (properties, required, example) = match act {
        Act::Verify => (
            json!({ "items": { "type": "array", "items": { "type": "string" } } }),
            json!(["items"]),
            json!({ "items": items }),
        ),
        Act::PassOn => {
            let ways: Vec<&str> = followed.ways_on().map(|way| way.to.as_str()).collect();
            let asked = followed.ways_on().any(|way| way.asks.is_some());
            (
                json!({ "to": { "type": "string", "enum": ways }, "words": { "type": "string" } }),
                if asked { json!(["words"]) } else { json!([]) },
                json!({ "to": ways.first(), "words": "عاينا الموقع ووجدناه مطابقاً لما ورد في الطلب." }),
            )
        }
        Act::SendBack => (
            json!({ "corrections": { "type": "array", "minItems": 1, "items": { "type": "object",
                "required": ["item", "instruction"], "properties": {
                    "item": { "type": "string", "enum": items }, "instruction": { "type": "string" } } } } }),
            json!(["corrections"]),
            json!({ "corrections": [{ "item": items.first(), "instruction": "اكتب العنوان كما هو في فاتورة الكهرباء." }] }),
        ),
        Act::Resubmit => (
            json!({ "answers": followed.entry.form.schema(), "documents": { "type": "array" } }),
            json!(["answers"]),
            json!({ "answers": followed.request.answers, "documents": [] }),
        ),
        Act::Approve => (
            json!({ "measures": { "type": "string" }, "act_number": { "type": "string" },
                "act_date": { "type": "string", "format": "date" } }),
            json!([]),
            json!({ "measures": "سينفذ الفريق الأعمال المطلوبة خلال يومي عمل.", "act_number": "12/2026", "act_date": "2026-01-04" }),
        ),
        Act::Complete => (
            json!({ "answers": followed.entry.form.schema(), "documents": { "type": "array" },
                "declaration": { "type": "boolean", "const": true } }),
            json!(["answers", "declaration"]),
            json!({ "answers": followed.entry.form.example(), "documents": attached(followed), "declaration": true }),
        ),
        Act::Withdraw => (
            json!({ "reason": { "type": "string" } }),
            json!([]),
            json!({ "reason": "لم أعد أحتاج إلى هذه الخدمة." }),
        ),
        _ => (
            json!({ "reason": { "type": "string", "minLength": 10 } }),
            json!(["reason"]),
            json!({ "reason": "العنوان المذكور لا يطابق القيد في السجل." }),
        ),
    };
    json!({ "type": "object", "properties": properties, "required": required, "examples": [example] })
}

/// The documents that had arrived, as a completion names them.
fn attached(followed: &Followed) -> Vec<Attached> {
    let documents = followed.request.documents.iter();
    documents.map(|it| Attached { evidence: it.evidence.clone(), document: it.document }).collect()
}

/// Where a request stands after an action.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ActedBody {
    number: String,
    state: String,
    href: String,
}

fn acted(number: &RequestNumber, state: String) -> Json<ActedBody> {
    Json(ActedBody { number: number.to_string(), state, href: format!("/api/v1/requests/{number}") })
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResubmitBody {
    /// All answers, the marked ones corrected.
    #[schema(value_type = Object)]
    answers: Value,
    /// Documents in place of those that were marked.
    #[serde(default)]
    documents: Vec<Attached>,
    /// The revision that you saw.
    revision: Option<i64>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerifyBody {
    /// Every answer and document that was checked.
    items: Vec<String>,
    revision: Option<i64>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PassOnBody {
    /// The stage that it goes to, where there is more than one way.
    to: Option<String>,
    /// What was found, where the process asks for it.
    #[serde(default)]
    words: String,
    revision: Option<i64>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendBackBody {
    corrections: Vec<Correction>,
    revision: Option<i64>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApproveBody {
    /// What will be done, where the service ends in a measure.
    #[serde(default)]
    measures: String,
    /// Number of the act, where the service ends in an administrative act.
    #[serde(default)]
    act_number: String,
    /// The day of its adoption, as `2026-01-04`.
    #[serde(default)]
    act_date: String,
    revision: Option<i64>,
}

#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawBody {
    /// Why, if you want to say.
    #[serde(default)]
    reason: String,
    revision: Option<i64>,
}

#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefuseBody {
    /// Told to the applicant.
    reason: String,
    revision: Option<i64>,
}

/// Correct a returned request
#[utoipa::path(post, path = "/api/v1/requests/{number}/resubmit", tag = "requests", security(("token" = [])),
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = ResubmitBody, responses((status = 200, body = ActedBody), Refusals))]
pub(crate) async fn resubmit(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<ResubmitBody>,
) -> Result<Json<ActedBody>, web::Error> {
    let once = call.once(&format!("{number}/resubmit"), &body)?;
    let documents: Vec<_> = body.documents.into_iter().map(|it| (it.evidence, it.document)).collect();
    let acting = call.acting(&number, body.revision);
    let state = call.services.resubmit(acting, body.answers, &documents, once).await?;
    Ok(acted(&number, state))
}

/// Record that every item was verified
#[utoipa::path(post, path = "/api/v1/requests/{number}/verify", tag = "requests", security(("token" = [])),
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = VerifyBody, responses((status = 200, body = ActedBody), Refusals))]
pub(crate) async fn verify(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<VerifyBody>,
) -> Result<Json<ActedBody>, web::Error> {
    let once = call.once(&format!("{number}/verify"), &body)?;
    let acting = call.acting(&number, body.revision);
    Ok(acted(&number, call.services.verify(acting, body.items, once).await?))
}

/// Pass a request on to the next desk of its process
#[utoipa::path(post, path = "/api/v1/requests/{number}/pass_on", tag = "requests", security(("token" = [])),
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = PassOnBody, responses((status = 200, body = ActedBody), Refusals))]
pub(crate) async fn pass_on(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<PassOnBody>,
) -> Result<Json<ActedBody>, web::Error> {
    let once = call.once(&format!("{number}/pass_on"), &body)?;
    let acting = call.acting(&number, body.revision);
    Ok(acted(&number, call.services.pass_on(acting, body.to, body.words, once).await?))
}

/// Return a request to its applicant with instructions
#[utoipa::path(post, path = "/api/v1/requests/{number}/send_back", tag = "requests", security(("token" = [])),
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = SendBackBody, responses((status = 200, body = ActedBody), Refusals))]
pub(crate) async fn send_back(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<SendBackBody>,
) -> Result<Json<ActedBody>, web::Error> {
    let once = call.once(&format!("{number}/send_back"), &body)?;
    let acting = call.acting(&number, body.revision);
    Ok(acted(&number, call.services.send_back(acting, body.corrections, once).await?))
}

/// Approve a verified request
#[utoipa::path(post, path = "/api/v1/requests/{number}/approve", tag = "requests", security(("token" = [])),
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = ApproveBody, responses((status = 200, body = ActedBody), Refusals))]
pub(crate) async fn approve(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<ApproveBody>,
) -> Result<Json<ActedBody>, web::Error> {
    let once = call.once(&format!("{number}/approve"), &body)?;
    let acting = call.acting(&number, body.revision);
    let named = NamedAct { number: body.act_number, date: body.act_date };
    let decision = Decision::Approve { measures: body.measures, named };
    Ok(acted(&number, call.services.decide(acting, decision, once).await?))
}

/// Refuse a verified request
#[utoipa::path(post, path = "/api/v1/requests/{number}/refuse", tag = "requests", security(("token" = [])),
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = RefuseBody, responses((status = 200, body = ActedBody), Refusals))]
pub(crate) async fn refuse(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<RefuseBody>,
) -> Result<Json<ActedBody>, web::Error> {
    let once = call.once(&format!("{number}/refuse"), &body)?;
    let acting = call.acting(&number, body.revision);
    let decision = Decision::Refuse { reason: body.reason };
    Ok(acted(&number, call.services.decide(acting, decision, once).await?))
}

/// Take a request back before it is decided
#[utoipa::path(post, path = "/api/v1/requests/{number}/withdraw", tag = "requests", security(("token" = [])),
    params(("number" = String, Path), ("Idempotency-Key" = Option<String>, Header)),
    request_body = WithdrawBody, responses((status = 200, body = ActedBody), Refusals))]
pub(crate) async fn withdraw(
    call: Call,
    Path(number): Path<RequestNumber>,
    Json(body): Json<WithdrawBody>,
) -> Result<Json<ActedBody>, web::Error> {
    let once = call.once(&format!("{number}/withdraw"), &body)?;
    let acting = call.acting(&number, body.revision);
    Ok(acted(&number, call.services.withdraw(acting, body.reason, once).await?))
}
