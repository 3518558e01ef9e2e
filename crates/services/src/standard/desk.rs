//! `/directory/standards`: the competent administration writes, publishes and puts in force what providers have to follow
//! (LY-SVC-19.2).

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::{Multipart, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use documents::MediaType;
use identity::Caller;
use language::Text;
use serde::Deserialize;
use web::{
    Fault, Page, Path, Query, Shell,
    components::{Choice, Field, named},
    see_other, stay,
};

use super::{
    StandardKind,
    act::StandardAct,
    page::Line,
    table,
    write::{StandardDraft, invalid},
};
use crate::{Services, entry::authority::administration, posted::Posted};

/// Lines of each list on the page.
const LINES_SHOWN: i64 = 100;

pub(crate) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/directory/standards", get(show).post(write))
        .route("/directory/standards/{slug}/{version}/{act}", post(act))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

#[derive(Template)]
#[template(path = "standard/desk.html")]
struct DeskPage {
    shell: Shell,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
    open: Vec<Line>,
    lines: Vec<Line>,
    fields: Vec<Field>,
    done: String,
}

async fn show(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let done = match asked.done.as_str() {
        "written" | "publish" | "enforce" | "end" => shell.t(&format!("standard-done-{}", asked.done)),
        _ => String::new(),
    };
    let page = services.standards_desk(&actor, shell, &Posted::default(), None, done).await?;
    Ok(Page(page).into_response())
}

async fn write(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    shell: Shell,
    form: Multipart,
) -> Result<Response, web::Error> {
    let sql = services.store.read();
    services.acting_on_directory(&actor).check_whole(&sql, "write_standard").await?;
    let owner = administration(&sql).await?;
    let mut posted = services.posted(owner, form, 1, |typed| draft(typed).check().is_ok()).await?;
    let outcome = match (draft(&posted).check(), posted.files.pop().map(|taken| taken.outcome)) {
        (Err(refusal), _) | (Ok(()), Some(Err(refusal))) => Err(refusal.into()),
        (Ok(()), None) => Err(invalid().with_item("file", "required", "").into()),
        (Ok(()), Some(Ok(file))) => services.keep_standard(&actor, draft(&posted), file).await,
    };
    match outcome {
        Ok(_) => Ok(see_other("/directory/standards?done=written")),
        Err(failure) => {
            let refusal = failure.of(&[Kind::Invalid, Kind::TooLarge])?;
            let kind = refusal.kind;
            let page = services.standards_desk(&actor, shell, &posted, Some(refusal), String::new()).await?;
            Ok(stay(kind, page))
        }
    }
}

fn draft(posted: &Posted) -> StandardDraft {
    StandardDraft {
        slug: posted.word("slug").to_owned(),
        kind: StandardKind::named(posted.word("kind")),
        title: Text::new(posted.word("title_ar"), posted.word("title_en")),
        summary: Text::new(posted.word("summary_ar"), posted.word("summary_en")),
    }
}

async fn act(
    State(services): State<Arc<Services>>,
    Caller(actor): Caller,
    Path((slug, version, word)): Path<(String, i64, String)>,
) -> Result<Response, web::Error> {
    let act = StandardAct::named(&word).ok_or_else(Refusal::not_found)?;
    services.act_on_standard(&actor, &slug, version, act).await?;
    Ok(see_other(&format!("/directory/standards?done={word}")))
}

impl Services {
    async fn standards_desk(
        &self,
        actor: &Actor,
        shell: Shell,
        typed: &Posted,
        refusal: Option<Refusal>,
        done: String,
    ) -> Result<DeskPage, Failure> {
        let sql = self.store.read();
        self.acting_on_directory(actor).check_whole(&sql, "write_standard").await?;
        let open = table::open(&sql, LINES_SHOWN).await?;
        let held = table::listed(&sql, true, "", LINES_SHOWN).await?;
        let faults = refusal.as_ref().map(|it| shell.faults(it)).unwrap_or_default();
        let fields = fields(&shell, typed, &faults);
        let refusal = refusal.filter(|it| it.items.is_empty());
        Ok(DeskPage {
            open: open.iter().map(|it| Line::of(&shell, it)).collect(),
            lines: held.iter().map(|it| Line::of(&shell, it)).collect(),
            faults: named(faults, &fields),
            refusal,
            fields,
            done,
            shell,
        })
    }
}

fn fields(shell: &Shell, typed: &Posted, faults: &[Fault]) -> Vec<Field> {
    let kinds = StandardKind::ALL
        .map(|kind| Choice::new(kind.word(), shell.t(&format!("standard-kind-{}", kind.word()))));
    let endings = MediaType::ALL.iter().flat_map(|kind| kind.endings());
    let accept = endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",");
    let in_language = |field: Field, lang: &str| field.attribute("lang", lang);
    let all = vec![
        Field::select(shell, "kind", shell.t("standard-kind"), kinds.to_vec()).value(typed.word("kind")),
        Field::text(shell, "slug", shell.t("standard-slug"))
            .hint(shell.t("standard-slug-hint"))
            .attribute("dir", "ltr")
            .value(typed.word("slug")),
        in_language(Field::text(shell, "title_ar", shell.t("standard-title-ar")), "ar")
            .value(typed.word("title_ar")),
        in_language(Field::text(shell, "title_en", shell.t("standard-title-en")), "en")
            .value(typed.word("title_en")),
        in_language(Field::area(shell, "summary_ar", shell.t("standard-summary-ar")), "ar")
            .rows(3)
            .value(typed.word("summary_ar")),
        in_language(Field::area(shell, "summary_en", shell.t("standard-summary-en")), "en")
            .rows(3)
            .value(typed.word("summary_en")),
        Field::file(shell, "file", shell.t("standard-file"), &accept),
    ];
    all.into_iter().map(|field| field.faults(faults)).collect()
}
