//! `/policies/{id}/people`: who has acknowledged the version in force and who has not, unit by unit, with a file of it.

use std::{collections::HashMap, sync::Arc};

use askama::Template;
use authz::{Actor, Failure, Kind, Refusal};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{IntoResponse, Response},
    routing::get,
};
use identity::Caller;
use language::Text;
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Cell, Cursor, ExportColumn, ExportForm, Page, Path, Query, Sheet, Shell,
    components::{Choice, Field, Link},
};

use super::{Assignment, Standing, table};
use crate::{Register, assignment::table::Counted, authority::About, policy::page::places, version::Version};

/// Rows of a page, and of one reading for a file.
const PAGE_PEOPLE: usize = 50;
const FILE_PEOPLE_AT_ONCE: usize = 500;

pub(crate) fn routes() -> Router<Arc<Register>> {
    Router::new().route("/policies/{id}/people", get(show)).route("/policies/{id}/people.csv", get(file))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BoardAsked {
    /// `overdue`, `outstanding` or `acknowledged`.
    pub state: String,
    pub unit: String,
    pub cursor: String,
}

/// How far the people are who are asked the same; over everybody where no body is named.
pub(crate) struct Share {
    pub clause: String,
    pub body: Option<Uuid>,
    pub unit: Option<Uuid>,
    pub counted: Counted,
}

pub(crate) struct Board {
    pub version: Version,
    pub held: Vec<Assignment>,
    pub next: String,
    pub shares: Vec<Share>,
}

impl Register {
    pub(crate) async fn board(
        &self,
        actor: &Actor,
        id: Uuid,
        asked: &BoardAsked,
        page: usize,
    ) -> Result<Board, Failure> {
        let file = self.file(actor, id).await?;
        let (sql, now) = (self.store.read(), self.clock.now());
        self.acting(actor).check(&sql, "follow_up", About::of(&file.policy)).await?;
        let version = file.current.ok_or_else(Refusal::not_found)?;
        let wrong = |field: &str| {
            Refusal::new(Kind::Invalid, "policy.filter_invalid", &[]).with_item(field, "enum", "")
        };
        let standing = match asked.state.as_str() {
            "" => None,
            word => Some(Standing::named(word).ok_or_else(|| wrong("state"))?),
        };
        let unit = match asked.unit.as_str() {
            "" => None,
            word => Some(word.parse::<Uuid>().map_err(|_| wrong("unit"))?),
        };
        // Of a policy for all bodies each body follows up its own people.
        let body = match file.policy.is_everywhere && !self.acting(actor).oversees(&sql).await? {
            true => Some(self.acting(actor).led().first().copied().ok_or(crate::authority::NOT_YOURS)?),
            false => None,
        };
        let wanted = table::Wanted { standing, unit, body };
        let after = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or(Uuid::nil());
        let mut held = table::listed(&sql, version.id, &wanted, (after, now), page as i64 + 1).await?;
        let next = Cursor::cut(&mut held, page, |last| last.id)?.unwrap_or_default();
        let asked_of = body.or((!file.policy.is_everywhere).then_some(file.policy.body));
        let mut shares = Vec::new();
        for ask in version.content.asks() {
            let place = (asked_of, now);
            let counted = table::counted_all(&sql, &version, &ask, place).await?;
            shares.push(Share { clause: ask.clause.clone(), body: None, unit: None, counted });
            for (body, unit, counted) in table::counted(&sql, &version, &ask, place).await? {
                shares.push(Share { clause: ask.clause.clone(), body: Some(body), unit, counted });
            }
        }
        Ok(Board { version, held, next, shares })
    }

    /// Names of units and bodies, by id.
    async fn place_names(&self, shares: &[Share]) -> Result<HashMap<Uuid, Text>, Failure> {
        let sql = self.store.read();
        let mut names = HashMap::new();
        for share in shares {
            if let Some(id) = share.body.filter(|id| !names.contains_key(id)) {
                names.extend(organisations::body(&sql, id).await?.map(|it| (id, it.short)));
            }
            if let Some(id) = share.unit.filter(|id| !names.contains_key(id)) {
                names.extend(organisations::unit(&sql, id).await?.map(|it| (id, it.name)));
            }
        }
        Ok(names)
    }
}

struct ShareRow {
    what: String,
    place: String,
    counted: Counted,
    rate: String,
    is_total: bool,
}

struct Row {
    person: String,
    place: String,
    what: String,
    standing: String,
    signal: &'static str,
    due: String,
    acknowledged: String,
}

#[derive(Template)]
#[template(path = "assignment/board.html")]
struct BoardPage {
    places: Vec<Link>,
    title: String,
    href: String,
    address: String,
    download: String,
    shares: Vec<ShareRow>,
    fields: Vec<Field>,
    rows: Vec<Row>,
    first: String,
    next: String,
    shell: Shell,
}

async fn show(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(asked): Query<BoardAsked>,
) -> Result<Page<BoardPage>, web::Error> {
    let board = register.board(&actor, id, &asked, PAGE_PEOPLE).await?;
    let places_known = register.place_names(&board.shares).await?;
    let rows = rows(&register, &shell, &board.held, &places_known).await?;
    let states = Standing::ALL
        .map(|it| Choice::new(it.word(), shell.t(&format!("policy-people-{}", it.word()))))
        .to_vec();
    let mut units: Vec<Uuid> = board.shares.iter().filter_map(|it| it.unit).collect();
    units.sort();
    units.dedup();
    let unit = |id: &Uuid| Some(Choice::new(id.to_string(), shell.text(places_known.get(id)?)));
    let fields = vec![
        Field::select(&shell, "state", shell.t("policy-state"), states).optional().value(&asked.state),
        Field::select(&shell, "unit", shell.t("policy-people-unit"), units.iter().filter_map(unit).collect())
            .optional()
            .value(&asked.unit),
    ];
    let pairs = [("state", asked.state.as_str()), ("unit", asked.unit.as_str())];
    Ok(Page(BoardPage {
        places: places(&shell),
        title: shell.text(&board.version.content.title()).to_owned(),
        href: format!("/policies/{id}"),
        address: format!("/policies/{id}/people"),
        download: web::address(&format!("/policies/{id}/people.csv"), pairs),
        shares: board.shares.iter().map(|it| share_row(&shell, it, &places_known)).collect(),
        fields,
        rows,
        first: if asked.cursor.is_empty() { String::new() } else { shell.with("cursor", "") },
        next: if board.next.is_empty() { String::new() } else { shell.with("cursor", &board.next) },
        shell,
    }))
}

fn what(shell: &Shell, clause: &str) -> String {
    match clause {
        "" => shell.t("policy-people-whole"),
        clause => shell.t1("policy-people-clause", "clause", shell.in_digits(clause.to_owned())),
    }
}

fn place(shell: &Shell, names: &HashMap<Uuid, Text>, body: Option<Uuid>, unit: Option<Uuid>) -> String {
    let name = |id: Option<Uuid>| id.and_then(|id| names.get(&id)).map(|it| shell.text(it).to_owned());
    match (name(unit), name(body)) {
        (Some(unit), Some(body)) => shell.t2("policy-unit-of", "unit", unit, "body", body),
        (_, Some(body)) => body,
        _ => shell.t("policy-people-all"),
    }
}

fn share_row(shell: &Shell, it: &Share, names: &HashMap<Uuid, Text>) -> ShareRow {
    let rate = (it.counted.acknowledged * 100).checked_div(it.counted.people).unwrap_or_default();
    ShareRow {
        what: what(shell, &it.clause),
        place: place(shell, names, it.body, it.unit),
        counted: it.counted,
        rate: shell.t1("policy-people-rate", "rate", rate),
        is_total: it.body.is_none(),
    }
}

async fn rows(
    register: &Register,
    shell: &Shell,
    held: &[Assignment],
    places: &HashMap<Uuid, Text>,
) -> Result<Vec<Row>, Failure> {
    let (names, now) = (register.names(held.iter().map(|it| it.person)).await?, register.clock.now());
    let row = |it: &Assignment| {
        let standing = it.standing(now);
        Row {
            person: names.get(&it.person).map(|name| shell.text(name).to_owned()).unwrap_or_default(),
            place: place(shell, places, Some(it.body), it.unit),
            what: what(shell, &it.clause),
            standing: shell.t(&format!("policy-people-{}", standing.word())),
            signal: standing.signal(),
            due: shell.day(it.due_at),
            acknowledged: it.acknowledged_at.map(|at| shell.moment(at)).unwrap_or_default(),
        }
    };
    Ok(held.iter().map(row).collect())
}

/// The same list as a file, as it is narrowed on the page.
async fn file(
    State(register): State<Arc<Register>>,
    Caller(actor): Caller,
    shell: Shell,
    Path(id): Path<Uuid>,
    Query(asked): Query<BoardAsked>,
) -> Result<Response, web::Error> {
    let column = |name: &'static str, key: &str| ExportColumn { key: name, label: shell.t(key) };
    let columns = vec![
        column("person", "policy-people-person"),
        column("place", "policy-people-unit"),
        column("what", "policy-people-what"),
        column("state", "policy-state"),
        column("due", "policy-people-due"),
        column("acknowledged", "policy-people-acknowledged-at"),
    ];
    let sheet = Sheet { form: ExportForm::Csv, columns, offset: shell.site().offset };
    let (mut out, mut asked, mut count) = (sheet.head(), BoardAsked { cursor: String::new(), ..asked }, 0);
    loop {
        let board = register.board(&actor, id, &asked, FILE_PEOPLE_AT_ONCE).await?;
        let places = register.place_names(&board.shares).await?;
        let rows = rows(&register, &shell, &board.held, &places).await?;
        for (row, held) in rows.into_iter().zip(&board.held) {
            let (due, done) = (Cell::from(held.due_at), Cell::from(held.acknowledged_at));
            let cells =
                vec![row.person.into(), row.place.into(), row.what.into(), row.standing.into(), due, done];
            sheet.row(count, cells, &mut out);
            count += 1;
        }
        if board.next.is_empty() {
            break;
        }
        asked.cursor = board.next;
    }
    out.push_str(sheet.tail());
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static(ExportForm::Csv.media_type()));
    for (name, value) in documents::attachment_headers(&shell.t("policy-people-file")) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    Ok((headers, out).into_response())
}
