//! `/compliance/bodies/{slug}`: one body, a strip a document with its chapters, and a row an article; the same rows as a file.

use askama::Template;
use authz::{Failure, Refusal};
use axum::{
    http::HeaderValue,
    response::{IntoResponse, Response},
};
use language::Offset;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cell, Cursor, ExportColumn, ExportForm, Page, Path, Query, Sheet, Shell,
    components::{Choice, Field, Link},
};

use super::{Held, Standing};
use crate::{
    Compliance, Control,
    authority::{About, Acting},
    browse::page_after,
    call::Visit,
    own,
    pages::list::{actors, module_word},
    places::Places,
};

/// Rows of a page.
const PAGE_CONTROLS: usize = 40;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pack: String,
    /// A chapter or article, by the English word.
    chapter: String,
    module: String,
    /// Who is bound, by the English word.
    actor: String,
    /// A standing, or `action` for all that somebody has to act on.
    state: String,
    q: String,
    cursor: String,
}

/// A chapter of a document, with how much of it somebody has to act on.
struct Chapter {
    href: String,
    title: String,
    told: String,
    acting: bool,
    current: bool,
}

struct Strip {
    id: String,
    title: String,
    from: String,
    href: String,
    current: bool,
    /// Where each stands, and the colour of its state.
    cells: Vec<(usize, &'static str)>,
    told: String,
    chapters: Vec<Chapter>,
    /// Whether the list is narrowed to one of the chapters.
    is_open: bool,
}

struct Row {
    id: String,
    href: String,
    title: String,
    article: String,
    standing: String,
    signal: &'static str,
    findings: i64,
    evidence: String,
    who: String,
}

#[derive(Template)]
#[template(path = "matrix/body.html")]
pub(super) struct BodyPage {
    places: Places,
    name: String,
    href: String,
    strips: Vec<Strip>,
    legend: Vec<(&'static str, String, usize)>,
    fields: Vec<Field>,
    chips: Vec<Link>,
    found: usize,
    rows: Vec<Row>,
    first: String,
    next: String,
    /// Empty for whoever may not ask.
    ask_href: String,
    /// The same list as a file, narrowed as it is here, and the body for auditors' tools.
    files: Vec<Link>,
    own_href: String,
    shell: Shell,
}

pub(super) async fn show(
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page<BodyPage>, web::Error> {
    Ok(Page(page(visit, &slug, &asked).await?))
}

impl Compliance {
    /// A body whose standing this person may see; of others nothing is told.
    pub(crate) async fn seen_body(
        &self,
        acting: &Acting,
        slug: &str,
    ) -> Result<organisations::Body, Failure> {
        let sql = self.store.read();
        let body = organisations::body_by_slug(&sql, slug).await?.ok_or_else(Refusal::not_found)?;
        acting.check(&sql, "see_body", Some(body.id), About::default()).await?;
        Ok(body)
    }
}

async fn page(visit: Visit, slug: &str, asked: &Asked) -> Result<BodyPage, Failure> {
    let (kernel, shell) = (&visit.kernel, &visit.shell);
    let body = kernel.seen_body(&visit.acting(), slug).await?;
    let held = kernel.held(body.id).await?;
    let bound = kernel.bound(&held);
    let standings: Vec<(&Control, Standing)> = bound.iter().map(|it| (*it, held.standing(it))).collect();
    let found = narrowed(&standings, asked);
    let after: Option<String> = Cursor::decode_given(Some(&asked.cursor))?;
    let (shown, next) = page_after(&kernel.packs, &found, after.as_deref(), PAGE_CONTROLS);
    let next = next.map(|id| Cursor::encode(&id)).transpose()?;
    let names =
        kernel.names(shown.iter().map(|it| held.attestation(&it.id).and_then(|it| it.person))).await?;
    let counted = |wanted: Standing| standings.iter().filter(|(_, standing)| *standing == wanted).count();
    let legend = Standing::ALL.into_iter().map(|it| (it.fill(), shell.t(&it.key()), counted(it)));
    let row = |control: &&Control| {
        let standing = held.standing(control);
        let named: Option<Uuid> = held.attestation(&control.id).and_then(|it| it.person);
        let named = named.and_then(|person| names.get(&person)).map(|name| shell.text(name).to_owned());
        Row {
            id: control.id.clone(),
            href: format!("/compliance/bodies/{slug}/{}", control.id),
            title: shell.text(&control.title).to_owned(),
            article: shell.text(&control.article).to_owned(),
            standing: shell.t(&standing.key()),
            signal: standing.signal(),
            findings: held.findings(&control.id).open + held.findings(&control.id).answered,
            evidence: held.evidence(&control.id).map(|it| shell.num(it.entries)).unwrap_or_default(),
            who: who(shell, standing, named),
        }
    };
    let sql = kernel.store.read();
    let may_ask = visit.acting().may(&sql, "ask_exemption", Some(body.id), About::default()).await?;
    Ok(BodyPage {
        places: Places::of(kernel, &visit.actor, shell).await?,
        name: shell.text(&body.name).to_owned(),
        href: format!("/compliance/bodies/{slug}"),
        strips: strips(shell, kernel, &held, &standings, (slug, asked)),
        legend: legend.filter(|(_, _, count)| *count > 0).collect(),
        fields: fields(shell, kernel, asked, &held),
        chips: chips(shell, kernel, asked, slug),
        found: found.len(),
        rows: shown.iter().map(row).collect(),
        first: if asked.cursor.is_empty() { String::new() } else { link(slug, asked, "cursor") },
        next: next.map(|next| shell.with("cursor", &next)).unwrap_or_default(),
        files: files(shell, slug, asked),
        own_href: format!("/compliance/bodies/{slug}/own"),
        ask_href: if may_ask { format!("/compliance/exemptions/new?body={slug}") } else { String::new() },
        shell: visit.shell,
    })
}

/// Who has to act on a control as it stands.
pub(crate) fn who(shell: &Shell, standing: Standing, named: Option<String>) -> String {
    match standing {
        Standing::FindingLate | Standing::Finding => shell.t("matrix-who-finding"),
        Standing::AttestationLate | Standing::AttestationDue => {
            named.unwrap_or_else(|| shell.t("attestation-by-head"))
        }
        Standing::Partial | Standing::Planned => shell.t("matrix-who-platform"),
        _ => String::new(),
    }
}

fn narrowed<'k>(standings: &[(&'k Control, Standing)], asked: &Asked) -> Vec<&'k Control> {
    let stems: Vec<String> = language::analyse(&asked.q).into_iter().map(|token| token.stem).collect();
    let fits = |(control, standing): &&(&Control, Standing)| {
        let in_state = match asked.state.as_str() {
            "" => true,
            "action" => standing.needs_action(),
            word => Standing::named(word) == Some(*standing),
        };
        let in_chapter = asked.chapter.is_empty() || control.chapter().en == asked.chapter;
        let bound = asked.actor.is_empty() || control.binds(&asked.actor);
        let named = control.id.to_lowercase().starts_with(&asked.q.trim().to_lowercase());
        in_state
            && in_chapter
            && bound
            && (asked.pack.is_empty() || asked.pack == control.pack)
            && (asked.module.is_empty() || asked.module == control.module)
            && (asked.q.trim().is_empty() || named || stems.iter().all(|stem| control.stems().contains(stem)))
    };
    standings.iter().filter(fits).map(|(control, _)| *control).collect()
}

fn strips(
    shell: &Shell,
    kernel: &Compliance,
    held: &Held,
    standings: &[(&Control, Standing)],
    (slug, asked): (&str, &Asked),
) -> Vec<Strip> {
    let strip = |(pack, title, from): (&str, String, String)| {
        let own: Vec<Standing> =
            standings.iter().filter(|(control, _)| control.pack == pack).map(|(_, it)| *it).collect();
        let last = own.len().saturating_sub(1);
        let rtl = shell.dir == "rtl";
        let cell =
            |(place, standing): (usize, &Standing)| (if rtl { last - place } else { place }, standing.fill());
        let acting = own.iter().filter(|it| it.needs_action()).count();
        let well = own.iter().filter(|it| matches!(it, Standing::Enforced | Standing::Attested)).count();
        Strip {
            id: pack.to_owned(),
            title,
            from,
            href: link(slug, &Asked { pack: pack.to_owned(), ..asked.clone() }, "chapter"),
            current: asked.pack == pack && asked.chapter.is_empty(),
            cells: own.iter().enumerate().map(cell).collect(),
            told: shell.t2("matrix-strip", "well", well, "acting", acting),
            chapters: chapters(shell, kernel, held, pack, (slug, asked)),
            is_open: asked.pack == pack && !asked.chapter.is_empty(),
        }
    };
    let documents = held.packs.iter().filter_map(|assigned| {
        let title = kernel.packs.pack(&assigned.pack)?.title.clone();
        let from = shell.t1("matrix-from", "date", shell.day(assigned.from_at));
        Some((assigned.pack.as_str(), shell.text(&title).to_owned(), from))
    });
    let own = (!held.own.is_empty()).then(|| (own::PACK, shell.t("own-title"), String::new()));
    documents.chain(own).map(strip).collect()
}

fn chapters(
    shell: &Shell,
    kernel: &Compliance,
    held: &Held,
    pack: &str,
    (slug, asked): (&str, &Asked),
) -> Vec<Chapter> {
    let chapter = |(title, controls): (language::Text, Vec<&Control>)| {
        let acting = controls.iter().filter(|control| held.standing(control).needs_action()).count();
        let narrowed = Asked { pack: pack.to_owned(), chapter: title.en.clone(), ..asked.clone() };
        Chapter {
            href: link(slug, &narrowed, "cursor") + "#list",
            told: shell.t2("matrix-chapter-told", "acting", acting, "all", controls.len()),
            acting: acting > 0,
            current: asked.pack == pack && asked.chapter == title.en,
            title: shell.text(&title).to_owned(),
        }
    };
    kernel.packs.chapters(pack).into_iter().map(chapter).collect()
}

fn files(shell: &Shell, slug: &str, asked: &Asked) -> Vec<Link> {
    let of_body = |path: &str| format!("/api/v1/compliance/bodies/{slug}/oscal/{path}");
    vec![
        Link::new(
            web::address(&format!("/compliance/bodies/{slug}/export"), asked.words()),
            shell.t("matrix-export"),
        ),
        Link::new(of_body("assessment-results"), shell.t("matrix-oscal-results")),
        Link::new(of_body("profile"), shell.t("matrix-oscal-profile")),
    ]
}

impl Asked {
    /// What narrows the list, by the names of the query.
    fn words(&self) -> [(&'static str, &str); 6] {
        [
            ("q", self.q.as_str()),
            ("pack", &self.pack),
            ("chapter", &self.chapter),
            ("module", &self.module),
            ("actor", &self.actor),
            ("state", &self.state),
        ]
    }
}

/// `2026-03-01`: a day for spreadsheets.
fn day_of(at: clock::Timestamp) -> String {
    let (year, month, day) = clock::civil_from_days(at.day());
    format!("{year:04}-{month:02}-{day:02}")
}

/// The rows as a file for spreadsheets: some hundred at most, narrowed as the page is.
pub(super) async fn export(
    visit: Visit,
    Path(slug): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, web::Error> {
    let (kernel, shell) = (&visit.kernel, &visit.shell);
    let body = kernel.seen_body(&visit.acting(), &slug).await?;
    let held = kernel.held(body.id).await?;
    let standings: Vec<(&Control, Standing)> =
        kernel.bound(&held).into_iter().map(|it| (it, held.standing(it))).collect();
    let labels = [
        ("id", "controls-id"),
        ("pack", "controls-filter-pack"),
        ("article", "controls-article"),
        ("duty", "controls-duty"),
        ("actor", "controls-filter-actor"),
        ("module", "controls-filter-module"),
        ("state", "finding-filter-state"),
        ("findings", "matrix-open"),
        ("evidence", "matrix-evidence"),
        ("due_at", "matrix-cadence-due"),
    ];
    let columns = labels.map(|(key, label)| ExportColumn { key, label: shell.t(label) });
    let sheet = Sheet { form: ExportForm::Csv, columns: columns.to_vec(), offset: Offset { minutes: 0 } };
    let mut file = sheet.head();
    for (place, control) in narrowed(&standings, &asked).into_iter().enumerate() {
        let counted = held.findings(&control.id);
        let cells = vec![
            control.id.as_str().into(),
            control.pack.as_str().into(),
            shell.text(&control.article).into(),
            shell.text(&control.title).into(),
            shell.text(&control.actor).into(),
            module_word(shell, &control.module).into(),
            shell.t(&held.standing(control).key()).into(),
            Cell::Number(counted.open + counted.answered),
            Cell::Number(held.evidence(&control.id).map_or(0, |it| it.entries)),
            held.attestation(&control.id).map(|it| day_of(it.due_at)).into(),
        ];
        sheet.row(place as u64, cells, &mut file);
    }
    file += sheet.tail();
    let mut answer = file.into_response();
    let kind = [("content-type", sheet.form.media_type().to_owned())];
    for (name, value) in documents::attachment_headers(&format!("{slug}.csv")).into_iter().chain(kind) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.headers_mut().insert(name, value);
        }
    }
    Ok(answer)
}

fn fields(shell: &Shell, kernel: &Compliance, asked: &Asked, held: &Held) -> Vec<Field> {
    let packs = held.packs.iter().filter_map(|it| kernel.packs.pack(&it.pack));
    let own = (!held.own.is_empty()).then(|| Choice::new(own::PACK, shell.t("own-title")));
    let packs = packs.map(|it| Choice::new(&it.id, shell.text(&it.title))).chain(own).collect();
    let modules = kernel.packs.modules().into_iter();
    let modules = modules.map(|module| Choice::new(module, module_word(shell, module))).collect();
    let action = Choice::new("action", shell.t("matrix-needs-action"));
    let states = Standing::ALL.map(|it| Choice::new(it.word(), shell.t(&it.key())));
    vec![
        Field::text(shell, "q", shell.t("controls-filter-q"))
            .value(&asked.q)
            .optional()
            .attribute("maxlength", "200")
            .attribute("type", "search"),
        Field::select(shell, "pack", shell.t("controls-filter-pack"), packs).value(&asked.pack).optional(),
        Field::select(shell, "module", shell.t("controls-filter-module"), modules)
            .value(&asked.module)
            .optional(),
        Field::select(shell, "actor", shell.t("controls-filter-actor"), actors(shell, &kernel.packs))
            .value(&asked.actor)
            .optional(),
        Field::select(
            shell,
            "state",
            shell.t("finding-filter-state"),
            std::iter::once(action).chain(states).collect(),
        )
        .value(&asked.state)
        .optional(),
    ]
}

fn chips(shell: &Shell, kernel: &Compliance, asked: &Asked, slug: &str) -> Vec<Link> {
    let pack = match asked.pack.as_str() {
        own::PACK => Some(shell.t("own-title")),
        pack => kernel.packs.pack(pack).map(|it| shell.text(&it.title).to_owned()),
    };
    let state = match asked.state.as_str() {
        "action" => Some(shell.t("matrix-needs-action")),
        word => Standing::named(word).map(|it| shell.t(&it.key())),
    };
    let words = Some(format!("«{}»", asked.q)).filter(|_| !asked.q.is_empty());
    let chapter = kernel.packs.all().iter().map(Control::chapter).find(|it| it.en == asked.chapter);
    let chapter = chapter.map(|it| shell.text(&it).to_owned());
    let actor = kernel.packs.actors().remove(&asked.actor).map(|it| shell.text(&it).to_owned());
    let module = Some(module_word(shell, &asked.module)).filter(|_| !asked.module.is_empty());
    let given = [
        ("q", words),
        ("pack", pack),
        ("chapter", chapter),
        ("module", module),
        ("actor", actor),
        ("state", state),
    ];
    let given = given.into_iter().filter_map(|(name, label)| Some((name, label?)));
    given.map(|(name, label)| Link::new(link(slug, asked, name), label)).collect()
}

/// The first page of this list without one of its choices.
fn link(slug: &str, asked: &Asked, without: &str) -> String {
    let kept = asked.words().into_iter().filter(|(name, _)| *name != without);
    web::address(&format!("/compliance/bodies/{slug}"), kept)
}
