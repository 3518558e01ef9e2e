//! الصلاحيات: which role may do what, by which article, and what an installation narrows. See `README.md` for the words.

mod authority;
mod matrix;
mod narrowing;

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicI64, Ordering},
};
use std::time::Duration;

use authz::{Policies, Source};
use clock::Clock;
use compliance::{Door, Packs};
use ledger::Ledger;
use notify::Kinds;
use store::{Migration, Migrations, Store};
use utoipa_axum::router::OpenApiRouter;

pub use narrowing::{NewNarrowing, propose::ProposeNarrowing};

/// The tables of this crate.
pub const MIGRATIONS: Migrations = Migrations {
    set: "permissions",
    steps: &[Migration::same("0121_narrowings", include_str!("../migrations/0121_narrowings.sql"))],
};

/// Who may do what here.
pub const POLICIES: Source = Source {
    capability: "permissions",
    schema: include_str!("../policies/permissions.cedarschema"),
    text: include_str!("../policies/permissions.cedar"),
};

/// The words of this crate.
pub const LOCALE: language::Locale = language::Locale {
    name: "permissions",
    ar: include_str!("../locales/ar.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// How soon every node follows what was narrowed on another.
pub const FOLLOW_EVERY: Duration = Duration::from_secs(1);

static KINDS: LazyLock<Arc<Kinds>> =
    LazyLock::new(|| Arc::new(Kinds::parse(include_str!("../notices.toml")).unwrap_or_default()));

/// The kinds of notice of this capability.
pub fn kinds() -> Arc<Kinds> {
    KINDS.clone()
}

/// The door of this crate.
pub struct Permissions {
    pub store: Store,
    pub clock: Clock,
    pub ledger: Arc<Ledger>,
    pub policies: Arc<Policies>,
    pub packs: Arc<Packs>,
    /// The generation of narrowings that the policies of this node follow.
    pub followed: Followed,
}

/// A generation; none was read yet at first.
#[derive(Debug)]
pub struct Followed(AtomicI64);

impl Default for Followed {
    fn default() -> Followed {
        Followed(AtomicI64::new(-1))
    }
}

impl Followed {
    fn is(&self, generation: i64) -> bool {
        self.0.load(Ordering::Acquire) == generation
    }

    fn set(&self, generation: i64) {
        self.0.store(generation, Ordering::Release);
    }
}

impl Door for Permissions {
    fn store(&self) -> &Store {
        &self.store
    }

    fn clock(&self) -> &Clock {
        &self.clock
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}

/// `/permissions` and what belongs to it.
pub fn pages() -> axum::Router<Arc<Permissions>> {
    matrix::page::routes().merge(matrix::act::routes()).merge(narrowing::page::routes())
}

/// `/api/v1/permissions`.
pub fn api() -> OpenApiRouter<Arc<Permissions>> {
    OpenApiRouter::new().merge(matrix::api::routes()).merge(narrowing::api::routes())
}
