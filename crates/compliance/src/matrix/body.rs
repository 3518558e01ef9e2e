//! `/compliance/bodies/{slug}`: one body, a strip a document and a row an article.

use askama::Template;
use authz::{Failure, Refusal};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cursor, Page, Path, Query, Shell,
    components::{Choice, Field, Link},
};

use super::{Held, Standing};
use crate::{
    Compliance, Control,
    authority::{About, Acting},
    browse::page_after,
    call::Visit,
    places::Places,
};

/// Rows of a page.
const PAGE_CONTROLS: usize = 40;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pack: String,
    /// A standing, or `action` for all that somebody has to act on.
    state: String,
    q: String,
    cursor: String,
}

struct Cell {
    x: usize,
    fill: &'static str,
}

struct Strip {
    id: String,
    title: String,
    from: String,
    href: String,
    current: bool,
    cells: Vec<Cell>,
    told: String,
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
    pub(super) async fn seen_body(
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
        ask_href: if may_ask { format!("/compliance/exemptions/new?body={slug}") } else { String::new() },
        shell: visit.shell,
    })
}

/// Who has to act on a control as it stands.
pub(super) fn who(shell: &Shell, standing: Standing, named: Option<String>) -> String {
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
        let named = control.id.to_lowercase().starts_with(&asked.q.trim().to_lowercase());
        in_state
            && (asked.pack.is_empty() || asked.pack == control.pack)
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
    let strip = |assigned: &crate::assignment::Assignment| {
        let pack = kernel.packs.pack(&assigned.pack)?;
        let own: Vec<Standing> =
            standings.iter().filter(|(control, _)| control.pack == pack.id).map(|(_, it)| *it).collect();
        let last = own.len().saturating_sub(1);
        let rtl = shell.dir == "rtl";
        let cell = |(place, standing): (usize, &Standing)| Cell {
            x: if rtl { last - place } else { place },
            fill: standing.fill(),
        };
        let acting = own.iter().filter(|it| it.needs_action()).count();
        let well = own.iter().filter(|it| matches!(it, Standing::Enforced | Standing::Attested)).count();
        Some(Strip {
            id: pack.id.clone(),
            title: shell.text(&pack.title).to_owned(),
            from: shell.t1("matrix-from", "date", shell.day(assigned.from_at)),
            href: link(slug, &Asked { pack: pack.id.clone(), ..asked.clone() }, "cursor"),
            current: asked.pack == pack.id,
            cells: own.iter().enumerate().map(cell).collect(),
            told: shell.t2("matrix-strip", "well", well, "acting", acting),
        })
    };
    held.packs.iter().filter_map(strip).collect()
}

fn fields(shell: &Shell, kernel: &Compliance, asked: &Asked, held: &Held) -> Vec<Field> {
    let packs = held.packs.iter().filter_map(|it| kernel.packs.pack(&it.pack));
    let packs = packs.map(|it| Choice::new(&it.id, shell.text(&it.title))).collect();
    let action = Choice::new("action", shell.t("matrix-needs-action"));
    let states = Standing::ALL.map(|it| Choice::new(it.word(), shell.t(&it.key())));
    vec![
        Field::text(shell, "q", shell.t("controls-filter-q"))
            .value(&asked.q)
            .optional()
            .attribute("maxlength", "200")
            .attribute("type", "search"),
        Field::select(shell, "pack", shell.t("controls-filter-pack"), packs).value(&asked.pack).optional(),
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
    let pack = kernel.packs.pack(&asked.pack).map(|it| shell.text(&it.title).to_owned());
    let state = match asked.state.as_str() {
        "action" => Some(shell.t("matrix-needs-action")),
        word => Standing::named(word).map(|it| shell.t(&it.key())),
    };
    let words = Some(format!("«{}»", asked.q)).filter(|_| !asked.q.is_empty());
    let given = [("q", words), ("pack", pack), ("state", state)];
    let given = given.into_iter().filter_map(|(name, label)| Some((name, label?)));
    given.map(|(name, label)| Link::new(link(slug, asked, name), label)).collect()
}

/// The first page of this list without one of its choices.
fn link(slug: &str, asked: &Asked, without: &str) -> String {
    let pairs = [("q", &asked.q), ("pack", &asked.pack), ("state", &asked.state)];
    let kept = pairs.into_iter().filter(|(name, _)| *name != without);
    web::address(&format!("/compliance/bodies/{slug}"), kept.map(|(name, word)| (name, word.as_str())))
}
