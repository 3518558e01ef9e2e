//! `/desk/texts`: the head writes what officers send often; a text that is not accepted comes back as it was typed.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State as Extract,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::Caller;
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Choice, Field, Link, named},
    see_other, stay,
};

use super::{Canned, NAME_CHARACTERS_MAX, PLACEHOLDERS, Use, WORDS_CHARACTERS_MAX, table};
use crate::{
    Services,
    call::Visit,
    task::desk::density::{Chosen, Density},
};

/// Lines of the box in which a text is written.
const WORDS_ROWS: u8 = 4;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/desk/texts", get(show).post(write)).route("/desk/texts/{id}/remove", post(remove))
}

struct Line {
    id: Uuid,
    name: String,
    used_for: String,
    ar: String,
    en: String,
}

#[derive(Template)]
#[template(path = "canned/page.html")]
struct TextsPage {
    density: Density,
    densities: Vec<Link>,
    places: Vec<Link>,
    is_away: bool,
    lines: Vec<Line>,
    fields: Vec<Field>,
    refusal: Option<Refusal>,
    faults: Vec<Fault>,
    placeholders: Vec<(String, String)>,
    /// The text that is being changed; nil for a new one.
    id: Uuid,
    revision: i64,
    shell: Shell,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    id: Uuid,
    #[serde(default)]
    revision: i64,
    #[serde(default)]
    used_for: String,
    #[serde(default)]
    name_ar: String,
    #[serde(default)]
    name_en: String,
    #[serde(default)]
    words_ar: String,
    #[serde(default)]
    words_en: String,
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    edit: Option<Uuid>,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    chosen: Chosen,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let body = services.headed_body(&actor)?;
    let typed = match asked.edit {
        Some(id) => typed_of(services.canned_of(body, id).await?),
        None => Typed::default(),
    };
    Ok(Page(services.texts_page(&actor, shell, chosen.density, typed, None).await?).into_response())
}

async fn write(
    Visit { services, actor, shell }: Visit,
    chosen: Chosen,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let body = services.headed_body(&actor)?;
    match services.write_canned(&actor, canned_of(body, &typed)).await {
        Ok(()) => Ok(see_other("/desk/texts")),
        Err(failure) => {
            let refusal = failure.mendable()?;
            let kind = refusal.kind;
            let page = services.texts_page(&actor, shell, chosen.density, typed, Some(refusal)).await?;
            Ok(stay(kind, page))
        }
    }
}

async fn remove(
    Extract(services): Extract<Arc<Services>>,
    Caller(actor): Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, web::Error> {
    services.remove_canned(&actor, id).await?;
    Ok(see_other("/desk/texts"))
}

fn canned_of(body: Uuid, typed: &Typed) -> Canned {
    Canned {
        id: if typed.id.is_nil() { Uuid::now_v7() } else { typed.id },
        body,
        used_for: Use::named(&typed.used_for).unwrap_or(Use::Correction),
        name: Text::new(typed.name_ar.clone(), typed.name_en.clone()),
        words: Text::new(typed.words_ar.clone(), typed.words_en.clone()),
        revision: typed.revision,
    }
}

fn typed_of(canned: Canned) -> Typed {
    Typed {
        id: canned.id,
        revision: canned.revision,
        used_for: canned.used_for.word().to_owned(),
        name_ar: canned.name.ar,
        name_en: canned.name.en,
        words_ar: canned.words.ar,
        words_en: canned.words.en,
    }
}

impl Services {
    /// The body whose head this is; 403 for whoever heads none.
    pub(crate) fn headed_body(&self, actor: &Actor) -> Result<Uuid, Failure> {
        let bodies = crate::task::queue::desk_bodies(actor);
        let body = bodies.into_iter().find(|body| self.heads(actor, *body));
        Ok(body.ok_or(Refusal::new(Kind::NotAllowed, "desk.head_only", &[]))?)
    }

    async fn canned_of(&self, body: Uuid, id: Uuid) -> Result<Canned, Failure> {
        let canned = table::find(&self.store.read(), id).await?;
        Ok(canned.filter(|canned| canned.body == body).ok_or_else(Refusal::not_found)?)
    }

    async fn texts_page(
        &self,
        actor: &Actor,
        shell: Shell,
        density: Density,
        typed: Typed,
        refusal: Option<Refusal>,
    ) -> Result<TextsPage, Failure> {
        let body = self.headed_body(actor)?;
        let texts = table::of_body(&self.store.read(), body).await?;
        let faults = refusal.as_ref().map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let fields = fields(&shell, &typed, &faults);
        let line = |canned: Canned| Line {
            id: canned.id,
            name: shell.text(&canned.name).to_owned(),
            used_for: shell.t(&format!("canned-use-{}", canned.used_for.word())),
            ar: canned.words.ar,
            en: canned.words.en,
        };
        let placeholder =
            |name: &str| (format!("{{{name}}}"), shell.t(&format!("canned-placeholder-{name}")));
        Ok(TextsPage {
            density,
            densities: density.links(&shell),
            places: self.desk_places(&shell, actor, "/desk/texts").await?,
            is_away: self.is_away(actor).await?,
            lines: texts.into_iter().map(line).collect(),
            faults: named(faults, &fields),
            fields,
            refusal,
            placeholders: PLACEHOLDERS.iter().map(|name| placeholder(name)).collect(),
            id: typed.id,
            revision: typed.revision,
            shell,
        })
    }
}

fn fields(shell: &Shell, typed: &Typed, faults: &[Fault]) -> Vec<Field> {
    let uses = Use::ALL.iter().map(|used_for| {
        let word = used_for.word();
        Choice::new(word, shell.t(&format!("canned-use-{word}")))
    });
    let name = |name: &str, value: &str| {
        Field::text(shell, name, shell.t(&format!("canned-{}", name.replace('_', "-"))))
            .value(value)
            .attribute("maxlength", &NAME_CHARACTERS_MAX.to_string())
            .faults(faults)
    };
    let words = |name: &str, value: &str| {
        Field::area(shell, name, shell.t(&format!("canned-{}", name.replace('_', "-"))))
            .rows(WORDS_ROWS)
            .value(value)
            .attribute("maxlength", &WORDS_CHARACTERS_MAX.to_string())
            .faults(faults)
    };
    let used_for = if typed.used_for.is_empty() { Use::Correction.word() } else { &typed.used_for };
    vec![
        Field::radios(shell, "used_for", shell.t("canned-use"), uses.collect()).value(used_for),
        name("name_ar", &typed.name_ar),
        name("name_en", &typed.name_en),
        words("words_ar", &typed.words_ar),
        words("words_en", &typed.words_en),
    ]
}
