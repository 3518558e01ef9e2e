//! The public log, for programs that verify on their own: the newest checkpoint, the tiles of the tree and the public
//! keys, at the paths of C2SP tlog-tiles below `/ledger`.

use std::sync::Arc;

use authz::Failure;
use axum::{
    Router,
    extract::State as Extract,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use ledger::TILE_WIDTH;
use web::Path;

use crate::Services;

/// Bytes of a commitment in an entry bundle, with its length before it.
const BUNDLE_ENTRY_BYTES: usize = 34;
/// Parts of a tile's index, of three digits each: more than any log will need.
const INDEX_PARTS_MAX: usize = 6;

pub(super) fn routes() -> Router<Arc<Services>> {
    Router::new()
        .route("/ledger/checkpoint", get(checkpoint))
        .route("/ledger/keys", get(keys))
        .route("/ledger/tile/{level}/{*path}", get(tile))
}

async fn checkpoint(Extract(services): Extract<Arc<Services>>) -> Result<Response, web::Error> {
    let note = ledger::checkpoint(&services.store.read()).await?.ok_or_else(web::Error::not_found)?;
    Ok(plain(note))
}

async fn keys(Extract(services): Extract<Arc<Services>>) -> Response {
    plain(services.ledger.keys().verifying().to_string())
}

async fn tile(
    Extract(services): Extract<Arc<Services>>,
    Path((level, path)): Path<(String, String)>,
) -> Result<Response, web::Error> {
    let place = Place::of(&level, &path).ok_or_else(web::Error::not_found)?;
    let bytes = services.tile_bytes(&place).await?.ok_or_else(web::Error::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes).into_response())
}

fn plain(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], text)
        .into_response()
}

/// Which tile is asked for: the level (none for the entries themselves), the index, and how many hashes of it.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    level: Option<u8>,
    index: u64,
    width: usize,
}

impl Place {
    /// `x001/x234/067`, and `.p/17` behind it for a tile that is not full.
    fn of(level: &str, path: &str) -> Option<Place> {
        let level = match level {
            "entries" => None,
            level => Some(u8::try_from(small(level)?).ok()?),
        };
        let (index, width) = match path.split_once(".p/") {
            Some((index, width)) => (index, usize::try_from(small(width)?).ok()?),
            None => (path, TILE_WIDTH),
        };
        let whole = (1..TILE_WIDTH).contains(&width) || !path.contains(".p/");
        let index = index_of(index)?;
        whole.then_some(Place { level, index, width })
    }
}

/// Three digits a part, with an `x` before all but the last. A plain number is taken as well.
fn index_of(path: &str) -> Option<u64> {
    let parts: Vec<&str> = path.split('/').collect();
    let (last, before) = parts.split_last()?;
    if before.is_empty() && last.len() != 3 {
        return small(last);
    }
    if parts.len() > INDEX_PARTS_MAX {
        return None;
    }
    let before: Option<Vec<&str>> = before.iter().map(|part| part.strip_prefix('x')).collect();
    let mut index = 0;
    for part in before?.into_iter().chain([*last]) {
        index = index * 1_000 + small(part).filter(|_| part.len() == 3)?;
    }
    Some(index)
}

fn small(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

impl Services {
    /// The hashes asked for, or nothing when the tree does not hold that many there.
    async fn tile_bytes(&self, place: &Place) -> Result<Option<Vec<u8>>, Failure> {
        let sql = self.store.read();
        match place.level {
            Some(level) => {
                let tile = ledger::tile(&sql, level, place.index).await?;
                Ok(tile.and_then(|tile| tile.first(place.width).map(<[u8]>::to_vec)))
            }
            None => {
                let bundle = ledger::bundle(&sql, place.index).await?;
                Ok(bundle
                    .and_then(|bundle| bundle.get(..place.width * BUNDLE_ENTRY_BYTES).map(<[u8]>::to_vec)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_tile_as_tlog_tiles_writes_it() {
        let place = |level, index, width| Some(Place { level, index, width });
        for (level, path, expected) in [
            ("0", "000", place(Some(0), 0, 256)),
            ("0", "0", place(Some(0), 0, 256)),
            ("1", "x001/x234/067", place(Some(1), 1_234_067, 256)),
            ("0", "x001/000.p/17", place(Some(0), 1_000, 17)),
            ("entries", "002.p/255", place(None, 2, 255)),
            ("0", "000.p/256", None),
            ("0", "000.p/0", None),
            ("0", "x1/000", None),
            ("0", "001/000", None),
            ("300", "000", None),
            ("-1", "000", None),
            ("0", "../keys", None),
            ("0", "", None),
            ("0", "x999/x999/x999/x999/x999/x999/999", None),
        ] {
            assert_eq!(Place::of(level, path), expected, "{level}/{path}");
        }
    }
}
