//! The page on which a provider words its acknowledgement, with how it will read.

use std::sync::Arc;

use askama::Template;
use authz::{Kind, Refusal};
use axum::{
    Router,
    response::{IntoResponse, Response},
    routing::get,
};
use language::{Lang, Text};
use serde::Deserialize;
use web::{
    Fault, Form, Page, Path, Query, Shell,
    components::{Field, named},
    see_other, stay,
};

use super::Worded;
use crate::{
    Services,
    call::Visit,
    entry::{ACKNOWLEDGEMENT_PLACEHOLDERS, Entry, directory::Provider, fill},
};

/// How a number looks, in the example.
const NUMBER_EXAMPLE: &str = "26-4817-2093-51";

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new().route("/services/{id}/acknowledgement", get(show).post(word))
}

#[derive(Template)]
#[template(path = "acknowledgement/page.html")]
struct AcknowledgementPage {
    shell: Shell,
    service: String,
    action: String,
    fields: Vec<Field>,
    faults: Vec<Fault>,
    /// Each place with what it stands for.
    places: Vec<(&'static str, String)>,
    /// How it reads, in both languages.
    preview: Text,
    since: String,
    is_saved: bool,
}

impl Services {
    fn acknowledgement_page(
        &self,
        shell: Shell,
        entry: &Entry,
        worded: &Worded,
        refusal: Option<&Refusal>,
    ) -> AcknowledgementPage {
        let faults = refusal.map(|refusal| shell.faults(refusal)).unwrap_or_default();
        let area = |lang: Lang| {
            Field::area(&shell, lang.code(), shell.t(&format!("acknowledgement-{}", lang.code())))
                .value(worded.text.get(lang))
                .attribute("maxlength", &super::CHARACTERS_MAX.to_string())
                .attribute("dir", if lang == Lang::Ar { "rtl" } else { "ltr" })
                .faults(&faults)
        };
        let fields = vec![area(Lang::Ar), area(Lang::En)];
        let place = |name: &&'static str| {
            (*name, shell.t(&format!("acknowledgement-place-{}", name.replace('_', "-"))))
        };
        let provider = self.directory.provider(entry.body);
        let now = self.clock.now();
        let days = entry.card.delivery_working_days.unwrap_or(1);
        let reads = |lang| provider.as_ref().map(|provider| filled(provider, worded, (now, days), lang));
        AcknowledgementPage {
            service: shell.text(&entry.card.name).to_owned(),
            action: format!("/services/{}/acknowledgement", entry.card.id),
            faults: named(faults, &fields),
            fields,
            places: ACKNOWLEDGEMENT_PLACEHOLDERS.iter().map(place).collect(),
            preview: Text::new(reads(Lang::Ar).unwrap_or_default(), reads(Lang::En).unwrap_or_default()),
            since: worded.set_at.map(|at| shell.moment(at)).unwrap_or_default(),
            is_saved: false,
            shell,
        }
    }
}

/// How the words read for a request that arrives now.
fn filled(provider: &Provider, worded: &Worded, (now, days): (clock::Timestamp, u32), lang: Lang) -> String {
    let [number, delivered, due] = ACKNOWLEDGEMENT_PLACEHOLDERS;
    let values = [
        (number, NUMBER_EXAMPLE.to_owned()),
        (delivered, provider.moment(now, lang)),
        (due, provider.date(provider.calendar.due(now, days), lang)),
    ];
    fill(worded.text.get(lang), &values)
}

#[derive(Default, Deserialize)]
struct Asked {
    saved: Option<String>,
}

async fn show(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let (entry, worded) = services.worded(&actor, &id).await?;
    let page = services.acknowledgement_page(shell, &entry, &worded, None);
    Ok(Page(AcknowledgementPage { is_saved: asked.saved.is_some(), ..page }).into_response())
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    ar: String,
    #[serde(default)]
    en: String,
}

async fn word(
    Visit { services, actor, shell }: Visit,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, web::Error> {
    let text = Text::new(typed.ar, typed.en);
    match services.word(&actor, &id, text.clone()).await {
        Ok(()) => Ok(see_other(&format!("/services/{id}/acknowledgement?saved=1"))),
        Err(failure) => {
            let refusal = failure.invalid()?;
            let (entry, worded) = services.worded(&actor, &id).await?;
            let page =
                services.acknowledgement_page(shell, &entry, &Worded { text, ..worded }, Some(&refusal));
            Ok(stay(Kind::Invalid, page))
        }
    }
}
