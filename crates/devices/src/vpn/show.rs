//! `/desk/devices/vpn/{id}`: one network, with what is open for it to be used.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    body::Body,
    extract::{Multipart, State as Stated},
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use compliance::Door;
use compliance::Posted;
use identity::Caller;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Field, Link, named},
    see_other, stay,
};

use super::{
    State, Vpn,
    activate::ActivateVpn,
    approve::{ApproveVpn, Attested},
    declare::DeclareVpn,
    desk::{declaring, state_word},
    end::EndVpn,
};
use crate::{Devices, authority::About, device::view::Fact};

/// What may be attached.
const ACCEPTED: &str = ".pdf,.jpg,.jpeg,.png,.docx";
/// What is told on the page itself.
const TOLD_HERE: [Kind; 3] = [Kind::Invalid, Kind::Conflict, Kind::TooLarge];

pub(crate) fn routes() -> Router<Arc<Devices>> {
    Router::new()
        .route("/desk/devices/vpn/{id}", get(show))
        .route("/desk/devices/vpn/{id}/document", get(document))
        .route("/desk/devices/vpn/{id}/declare", post(declare))
        .route("/desk/devices/vpn/{id}/approve", post(approve))
        .route("/desk/devices/vpn/{id}/activate", post(activate))
        .route("/desk/devices/vpn/{id}/end", post(end))
}

/// What was typed and refused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    free: String,
    public: String,
    reason: String,
    #[serde(skip)]
    attested: Attested,
    #[serde(skip)]
    refusal: Option<Refusal>,
}

#[derive(Template)]
#[template(path = "vpn/show.html")]
struct ShowPage {
    places: Vec<Link>,
    id: Uuid,
    name: String,
    standing: String,
    signal: &'static str,
    /// What has to come next, in words; empty when nothing has to.
    next: String,
    facts: Vec<Fact>,
    /// Empty where nothing is attached.
    file_name: String,
    declare: Vec<Field>,
    approve: Vec<Field>,
    may_activate: bool,
    end: Option<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl Devices {
    async fn vpn_page(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        typed: Typed,
    ) -> Result<ShowPage, Failure> {
        let vpn = self.vpn(actor, id).await?;
        let (sql, acting, state) = (self.store.read(), self.acting(actor), vpn.state(self.clock.now()));
        let kept = About { bodies: vec![vpn.body], holder: None };
        let stands = state != State::Ended;
        let may_declare = state == State::Draft && acting.may(&sql, "declare_vpn", &kept).await?;
        let judged = stands && state != State::Draft;
        let may_approve = judged && acting.may(&sql, "approve_vpn", &vpn.about()).await?;
        let may_activate = state == State::Approved && acting.may(&sql, "activate_vpn", &kept).await?;
        let may_end = stands && acting.may(&sql, "end_vpn", &kept).await?;
        let faults = typed.refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let with_faults = |fields: Vec<Field>| -> Vec<Field> {
            fields.into_iter().map(|field| field.faults(&faults)).collect()
        };
        let declare = if may_declare { declaring(&shell, &typed.free, &typed.public) } else { Vec::new() };
        let approve = if may_approve { attesting(&shell, &typed.attested) } else { Vec::new() };
        let (declare, approve) = (with_faults(declare), with_faults(approve));
        let end = may_end.then(|| {
            Field::text(&shell, "reason", shell.t("device-reason")).value(&typed.reason).faults(&faults)
        });
        let fields: Vec<Field> = declare.iter().chain(&approve).chain(&end).cloned().collect();
        Ok(ShowPage {
            places: self.vpn_places(actor, &shell).await?,
            id,
            name: vpn.name.clone(),
            standing: state_word(&shell, state),
            signal: state.signal(),
            next: shell.said(&format!("vpn-next-{}", state.word())).unwrap_or_default(),
            facts: self.vpn_facts(&shell, &vpn).await?,
            file_name: vpn.file_name,
            declare,
            approve,
            may_activate,
            end,
            faults: named(faults, &fields),
            refusal: typed.refusal.filter(|it| it.items.is_empty()),
            shell,
        })
    }

    async fn vpn_facts(&self, shell: &Shell, vpn: &Vpn) -> Result<Vec<Fact>, Failure> {
        let bodies = self.bodies_by_id().await?;
        let people = [Some(vpn.registered_by), vpn.approved_by, vpn.activated_by, vpn.ended_by];
        let names = self.names(people).await?;
        let by = |who: Option<Uuid>, at: Option<clock::Timestamp>| {
            let name = who.and_then(|who| names.get(&who)).map(|name| shell.text(name).to_owned());
            let told = name.zip(at);
            told.map(|(name, at)| shell.t2("loss-by", "who", name, "when", shell.day(at))).unwrap_or_default()
        };
        let declared = |holds: bool, key: &str| if holds { shell.t(key) } else { shell.t("vpn-undeclared") };
        let body = bodies.get(&vpn.body).map(|body| shell.text(&body.name).to_owned());
        let pairs = [
            ("device-body", body.unwrap_or_default()),
            ("vpn-free", declared(vpn.not_free, "vpn-free-no")),
            ("vpn-public", declared(vpn.not_public, "vpn-public-no")),
            ("vpn-interface", vpn.interface.clone()),
            ("vpn-gateway", vpn.gateway.clone()),
            ("vpn-gateway-key", vpn.gateway_key.clone()),
            ("vpn-range", vpn.range.to_string()),
            ("vpn-routes", vpn.routes.clone()),
            ("vpn-registered", by(Some(vpn.registered_by), Some(vpn.registered_at))),
            ("vpn-purpose", vpn.purpose.clone()),
            ("vpn-ownership", vpn.ownership.clone()),
            ("vpn-approved", by(vpn.approved_by, vpn.approved_at)),
            ("vpn-expires", vpn.expires_at.map(|at| shell.day(at)).unwrap_or_default()),
            ("vpn-activated", by(vpn.activated_by, vpn.activated_at)),
            ("vpn-ended", by(vpn.ended_by, vpn.ended_at)),
            ("device-closing", vpn.ending.clone()),
        ];
        let told = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        Ok(told.map(|(key, value)| Fact { term: shell.t(key), value }).collect())
    }

    /// The page again when something was refused that can be mended there.
    async fn vpn_answered(
        &self,
        actor: &Actor,
        shell: Shell,
        id: Uuid,
        typed: Typed,
        outcome: Result<(), Failure>,
    ) -> Result<Response, web::Error> {
        match outcome {
            Ok(()) => Ok(see_other(&format!("/desk/devices/vpn/{id}"))),
            Err(failure) => {
                let refusal = failure.of(&TOLD_HERE)?;
                let (kind, typed) = (refusal.kind, Typed { refusal: Some(refusal), ..typed });
                Ok(stay(kind, self.vpn_page(actor, shell, id, typed).await?))
            }
        }
    }
}

fn attesting(shell: &Shell, typed: &Attested) -> Vec<Field> {
    vec![
        Field::area(shell, "purpose", shell.t("vpn-purpose"))
            .hint(shell.t("vpn-purpose-hint"))
            .rows(3)
            .value(&typed.purpose),
        Field::area(shell, "ownership", shell.t("vpn-ownership"))
            .hint(shell.t("vpn-ownership-hint"))
            .rows(3)
            .value(&typed.ownership),
        Field::date(shell, "expires_on", shell.t("vpn-expires"))
            .hint(shell.t("vpn-expires-hint"))
            .value(&typed.expires_on),
        Field::file(shell, "document", shell.t("vpn-document"), ACCEPTED).hint(shell.t("vpn-document-hint")),
    ]
}

async fn show(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Page<ShowPage>, web::Error> {
    Ok(Page(devices.vpn_page(&actor, shell, id, Typed::default()).await?))
}

/// What shows it, for whoever sees the network.
async fn document(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    let vpn = devices.vpn(&actor, id).await?;
    let document = vpn.document.ok_or_else(Refusal::not_found)?;
    let (found, bytes) = devices.documents.get(document).await?;
    let mut answer = Body::from_stream(bytes).into_response();
    let kind = [("content-type", found.media_type.as_str().to_owned())];
    for (name, value) in documents::attachment_headers(&vpn.file_name).into_iter().chain(kind) {
        if let Ok(value) = header::HeaderValue::from_str(&value) {
            answer.headers_mut().insert(name, value);
        }
    }
    Ok(answer)
}

async fn declare(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let vpn = devices.vpn(&actor, id).await?;
    let Typed { free, public, .. } = typed.clone();
    let verb = DeclareVpn { acting: devices.acting(&actor), vpn: id, free, public };
    let outcome = devices.carry_out(&actor, &vpn.ledger_subject(), verb, None).await;
    devices.vpn_answered(&actor, shell, id, typed, outcome).await
}

async fn approve(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    form: Multipart,
) -> Result<Response, web::Error> {
    let vpn = devices.vpn(&actor, id).await?;
    let acting = devices.acting(&actor);
    acting.check(&devices.store.read(), "approve_vpn", &vpn.about()).await?;
    let said = |posted: &Posted| Attested {
        purpose: posted.word("purpose").to_owned(),
        ownership: posted.word("ownership").to_owned(),
        expires_on: posted.word("expires_on").to_owned(),
    };
    let (now, offset) = (devices.clock.now(), devices.offset);
    let ready = |posted: &Posted| said(posted).checked(now, offset, true).is_ok();
    let posted = Posted::read(&devices.documents, actor.person, form, ready).await?;
    let attested = said(&posted);
    let typed = Typed { attested: attested.clone(), ..Typed::default() };
    let document = match posted.file {
        Some(Err(refusal)) => {
            return devices.vpn_answered(&actor, shell, id, typed, Err(refusal.into())).await;
        }
        Some(Ok(file)) => Some((file.id, file.name)),
        None => None,
    };
    let verb = ApproveVpn { acting, offset, vpn: id, attested, document };
    let outcome = devices.carry_out(&actor, &vpn.ledger_subject(), verb, None).await;
    devices.vpn_answered(&actor, shell, id, typed, outcome).await
}

async fn activate(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Response, web::Error> {
    let vpn = devices.vpn(&actor, id).await?;
    let verb = ActivateVpn { acting: devices.acting(&actor), vpn: id, book: devices.tunnels.book() };
    let outcome = devices.carry_out(&actor, &vpn.ledger_subject(), verb, None).await;
    devices.vpn_answered(&actor, shell, id, Typed::default(), outcome).await
}

async fn end(
    Stated(devices): Stated<Arc<Devices>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let vpn = devices.vpn(&actor, id).await?;
    let verb = EndVpn { acting: devices.acting(&actor), vpn: id, reason: typed.reason.clone() };
    let outcome = devices.carry_out(&actor, &vpn.ledger_subject(), verb, None).await;
    devices.vpn_answered(&actor, shell, id, typed, outcome).await
}
