//! The form for a system of a body: a new one, or one that is changed.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use compliance::Door;
use identity::Caller;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{
    Client, ClientKind, LEVELS, NAME_CHARACTERS_MAX, Scope, change::ChangeClient, register::RegisterClient,
    wish::ClientWish,
};
use crate::OpenId;

pub(crate) fn routes() -> Router<Arc<OpenId>> {
    Router::new()
        .route("/desk/systems", post(register))
        .route("/desk/systems/new", get(new))
        .route("/desk/systems/{id}", post(change))
        .route("/desk/systems/{id}/edit", get(edit))
}

#[derive(Template)]
#[template(path = "client/form.html")]
struct FormPage {
    title: String,
    action: String,
    submit: String,
    trail: Vec<Link>,
    fields: Vec<Field>,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    shell: Shell,
}

impl OpenId {
    /// The form for a system: a new one, or the one that is changed.
    async fn form(
        &self,
        actor: &Actor,
        shell: Shell,
        changed: Option<&Client>,
        typed: &ClientWish,
        refusal: Option<Refusal>,
    ) -> Result<FormPage, Failure> {
        let kept = self.acting(actor).sight()?;
        let bodies = organisations::bodies(&self.store.read()).await?;
        let bodies = bodies.iter().filter(|body| kept.contains(&body.id));
        let bodies = bodies.map(|body| Choice::new(&body.slug, shell.text(&body.name))).collect();
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let mut fields = fields(&shell, typed);
        if changed.is_none() {
            fields
                .insert(0, Field::select(&shell, "body", shell.t("system-body"), bodies).value(&typed.body));
        }
        let fields: Vec<Field> = fields.into_iter().map(|field| field.faults(&faults)).collect();
        let mut trail = vec![Link::new("/desk/systems", shell.t("system-list-title"))];
        trail.extend(changed.map(|client| Link::new(client.href(), shell.text(&client.name))));
        Ok(FormPage {
            title: shell.t(if changed.is_some() { "system-edit" } else { "system-new" }),
            submit: shell.t(if changed.is_some() { "system-save" } else { "system-register" }),
            action: changed.map_or_else(|| "/desk/systems".to_owned(), Client::href),
            trail,
            refusal: refusal.filter(|it| it.items.is_empty()),
            faults: named(faults, &fields),
            fields,
            shell,
        })
    }
}

fn fields(shell: &Shell, typed: &ClientWish) -> Vec<Field> {
    let name_max = NAME_CHARACTERS_MAX.to_string();
    let choice = |key: &str, word: &str| {
        let hint = shell.t(&format!("system-{key}-{word}-hint"));
        Choice::new(word, shell.t(&format!("system-{key}-{word}"))).hint(hint)
    };
    let kinds = ClientKind::ALL.map(|kind| choice("kind", kind.word())).to_vec();
    let levels = LEVELS.map(|(word, _)| choice("assurance", word)).to_vec();
    let scopes = Scope::ALL.map(|scope| choice("scope", scope.word())).to_vec();
    let area = |name: &str, key: &str, lines: &[String]| {
        Field::area(shell, name, shell.t(key))
            .hint(shell.t(&format!("{key}-hint")))
            .attribute("dir", "ltr")
            .attribute("spellcheck", "false")
            .rows(3)
            .value(lines.join("\n"))
    };
    vec![
        Field::text(shell, "name_ar", shell.t("system-name-ar"))
            .hint(shell.t("system-name-hint"))
            .attribute("lang", "ar")
            .attribute("dir", "rtl")
            .attribute("maxlength", &name_max)
            .value(&typed.name_ar),
        Field::text(shell, "name_en", shell.t("system-name-en"))
            .attribute("lang", "en")
            .attribute("dir", "ltr")
            .attribute("maxlength", &name_max)
            .value(&typed.name_en),
        Field::radios(shell, "kind", shell.t("system-kind"), kinds).value(&typed.kind),
        area("redirect_uris", "system-redirects", &typed.redirect_uris),
        area("after_logout_uris", "system-after-logout", &typed.after_logout_uris).optional(),
        Field::text(shell, "logout_uri", shell.t("system-logout"))
            .hint(shell.t("system-logout-hint"))
            .attribute("dir", "ltr")
            .optional()
            .value(&typed.logout_uri),
        Field::checkboxes(shell, "scopes", shell.t("system-scopes"), scopes)
            .hint(shell.t("system-scopes-hint"))
            .optional()
            .value(typed.scopes.join("\n")),
        Field::radios(shell, "assurance", shell.t("system-assurance"), levels).value(&typed.assurance),
    ]
}

async fn new(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    shell: Shell,
) -> Result<Page<FormPage>, web::Error> {
    Ok(Page(openid.form(&actor, shell, None, &ClientWish::default(), None).await?))
}

async fn register(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    shell: Shell,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let typed = ClientWish::posted(&pairs);
    let (acting, reach) = (openid.acting(&actor), openid.courier.reach().clone());
    let verb = RegisterClient { acting, reach, wish: typed.clone() };
    match openid.carry_out(&actor, "systems", verb, None).await {
        Ok(id) => Ok(see_other(&format!("/desk/systems/{id}"))),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, openid.form(&actor, shell, None, &typed, Some(refusal)).await?))
        }
    }
}

async fn edit(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
) -> Result<Page<FormPage>, web::Error> {
    let client = openid.kept(&actor, id).await?;
    let typed = ClientWish::of(&client, "");
    Ok(Page(openid.form(&actor, shell, Some(&client), &typed, None).await?))
}

async fn change(
    State(openid): State<Arc<OpenId>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
    shell: Shell,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, web::Error> {
    let client = openid.kept(&actor, id).await?;
    let typed = ClientWish::posted(&pairs);
    let (acting, reach) = (openid.acting(&actor), openid.courier.reach().clone());
    let verb = ChangeClient { acting, reach, client: id, wish: typed.clone() };
    match openid.carry_out(&actor, &client.subject(), verb, None).await {
        Ok(()) => Ok(see_other(&client.href())),
        Err(failure) => {
            let refusal = failure.mendable()?;
            Ok(stay(refusal.kind, openid.form(&actor, shell, Some(&client), &typed, Some(refusal)).await?))
        }
    }
}
