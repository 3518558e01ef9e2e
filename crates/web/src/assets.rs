//! Styles, scripts and fonts, in the program itself: a name carries the hash of its content and is kept for ever.

use std::{collections::HashMap, io::Write, sync::LazyLock};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};

use crate::Error;

struct Source {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
}

struct Asset {
    href: String,
    media_type: &'static str,
    plain: Bytes,
    /// None where compressing gains nothing (fonts are compressed already).
    gzip: Option<Bytes>,
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

const SOURCES: [Source; 10] = [
    Source { name: "diwan.css", media_type: "text/css; charset=utf-8", bytes: STYLE.as_bytes() },
    Source { name: "diwan.js", media_type: SCRIPT, bytes: include_bytes!("../assets/diwan.js") },
    Source { name: "suggest.js", media_type: SCRIPT, bytes: include_bytes!("../assets/suggest.js") },
    Source { name: "keys.js", media_type: SCRIPT, bytes: include_bytes!("../assets/keys.js") },
    Source { name: "htmx.js", media_type: SCRIPT, bytes: include_bytes!("../assets/htmx-4.0.1.min.js") },
    Source { name: "icon.svg", media_type: "image/svg+xml", bytes: include_bytes!("../assets/icon.svg") },
    font("arabic-400.woff2", include_bytes!("../assets/plex-arabic-400.woff2")),
    font("arabic-600.woff2", include_bytes!("../assets/plex-arabic-600.woff2")),
    font("latin-400.woff2", include_bytes!("../assets/plex-latin-400.woff2")),
    font("latin-600.woff2", include_bytes!("../assets/plex-latin-600.woff2")),
];

/// One sheet: the tokens first, which a state replaces, then the page, then each component.
const STYLE: &str = concat!(
    include_str!("../assets/tokens.css"),
    include_str!("../assets/page.css"),
    include_str!("components/button/button.css"),
    include_str!("components/field/field.css"),
    include_str!("components/field/rows.css"),
    include_str!("components/error-summary/error-summary.css"),
    include_str!("components/stepper/stepper.css"),
    include_str!("components/timeline/timeline.css"),
    include_str!("components/tag/tag.css"),
    include_str!("components/table/table.css"),
    include_str!("components/filter/filter.css"),
    include_str!("components/pagination/pagination.css"),
    include_str!("components/card/card.css"),
    include_str!("components/facts/facts.css"),
    include_str!("components/panel/panel.css"),
    include_str!("components/notice/notice.css"),
    include_str!("components/dialog/dialog.css"),
    include_str!("components/empty-state/empty-state.css"),
    include_str!("components/breadcrumbs/breadcrumbs.css"),
    include_str!("components/chart/chart.css"),
    include_str!("components/columns/columns.css"),
    include_str!("components/qr/qr.css"),
    include_str!("components/tabs/tabs.css"),
    include_str!("components/toast/toast.css"),
    include_str!("components/skeleton/skeleton.css"),
    include_str!("components/progress/progress.css"),
    include_str!("components/search-box/search-box.css"),
);

const fn font(name: &'static str, bytes: &'static [u8]) -> Source {
    Source { name, media_type: "font/woff2", bytes }
}

/// Fonts are named in the style sheet, so they are hashed first and the sheet is hashed with their names in it.
static ASSETS: LazyLock<HashMap<&'static str, Asset>> = LazyLock::new(|| {
    let mut assets: HashMap<&'static str, Asset> = HashMap::new();
    for source in SOURCES.iter().rev() {
        let mut bytes = source.bytes.to_vec();
        if source.name.ends_with(".css") {
            let mut sheet = String::from_utf8_lossy(&bytes).into_owned();
            for (name, asset) in &assets {
                sheet = sheet.replace(&format!("url({name})"), &format!("url({})", asset.href));
            }
            bytes = squeezed(&sheet).into_bytes();
        }
        assets.insert(source.name, asset(source, bytes));
    }
    assets
});

static BY_HREF: LazyLock<HashMap<&'static str, &'static Asset>> =
    LazyLock::new(|| ASSETS.values().map(|asset| (asset.href.as_str(), asset)).collect());

fn asset(source: &Source, bytes: Vec<u8>) -> Asset {
    let hash = hex::encode(&Sha256::digest(&bytes)[..4]);
    let (stem, ending) = source.name.rsplit_once('.').unwrap_or((source.name, ""));
    let gzip = gzipped(&bytes).filter(|gzip| gzip.len() < bytes.len());
    Asset {
        href: format!("/assets/{stem}.{hash}.{ending}"),
        media_type: source.media_type,
        plain: bytes.into(),
        gzip: gzip.map(Bytes::from),
    }
}

fn gzipped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// Leaves out the comments and the indentation of a style sheet; no string in ours holds either.
fn squeezed(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The address of an asset; of the unknown one, none that works, which the tests of every page would show.
pub fn href(name: &str) -> &'static str {
    ASSETS.get(name).map_or("/assets/unknown", |asset| asset.href.as_str())
}

/// How many bytes an asset costs a browser.
pub fn transfer_bytes(name: &str) -> usize {
    ASSETS.get(name).map_or(0, |asset| asset.gzip.as_ref().unwrap_or(&asset.plain).len())
}

pub(crate) fn routes() -> Router {
    Router::new().route("/assets/{name}", get(show))
}

async fn show(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = BY_HREF.get(format!("/assets/{name}").as_str()) else {
        return Error::not_found().into_response();
    };
    let accepts =
        headers.get(header::ACCEPT_ENCODING).and_then(|line| line.to_str().ok()).unwrap_or_default();
    let gzip = asset.gzip.as_ref().filter(|_| accepts.contains("gzip"));
    let mut response = (StatusCode::OK, gzip.unwrap_or(&asset.plain).clone()).into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if gzip.is_some() {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
