//! The shell, the components, the guards: everything that every page and every call has in common.
//!
//! This crate knows no government word: capabilities bring theirs. It alone knows status codes, headers,
//! colours and fonts. A handler returns `Result<Page<T>, web::Error>` (or `web::Json<T>`), and [`guard`]
//! turns a refusal into a page or an RFC 9457 problem in the caller's language.

mod about;
mod address;
mod arg;
pub mod assets;
mod call;
pub mod components;
mod cursor;
mod error;
mod etag;
mod export;
mod extract;
mod gallery;
mod guard;
pub mod openapi;
mod page;
mod posted;
mod preferences;
mod problem;
mod serve;
mod shell;
mod site;

pub use address::address;
pub use arg::{Arg, At, Whole};
pub use call::{Signed, seat};
pub use cursor::Cursor;
pub use error::Error;
pub use etag::etagged;
pub use export::{Cell, ExportColumn, ExportForm, Sheet};
pub use extract::{Form, IdempotencyKey, Json, Path, Query};
pub use guard::{CONTENT_SECURITY_POLICY, GuardConfig, Peer, Rate, guard};
pub use page::{Page, see_other, stay};
pub use posted::{FORM_MALFORMED, Words, unread};
pub use preferences::{Preferences, Theme};
pub use problem::{FieldProblem, Problem};
pub use serve::{ServeConfig, serve};
pub use shell::{Fault, Shell};
pub use site::{LOCALE, Site};

/// The pages that every site has: the gallery of components, accessibility, and what each problem means.
pub fn routes() -> axum::Router {
    gallery::routes().merge(about::routes())
}
