//! `GET /services/{slug}`: everything that the directory says of a service (LY-SVC-1.14), and the way to start.
//!
//! The first six answers (what, for whom, with what, for how much, how soon, where to press) fit a telephone's first
//! screen; the rest follows in the order in which people ask.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::extract::State;
use clock::Timestamp;
use identity::MaybeCaller;
use web::{Page, Path, Shell, components::Link};

use crate::{
    Services, draft,
    entry::{
        Entry, OutputKind,
        directory::Provider,
        taken::{Taken, taken},
        words,
    },
};

/// What the person who looks at the card can do.
enum Start {
    /// Nobody is signed in: the way leads over the sign-in and back.
    SignIn,
    Now,
    /// A draft is open since then.
    Resume(Timestamp),
    Not(Refusal),
}

#[derive(Template)]
#[template(path = "entry/page/card.html")]
pub(super) struct CardPage {
    shell: Shell,
    entry: Arc<Entry>,
    provider: Arc<Provider>,
    start: Start,
    /// How long it really takes, once enough outcomes tell.
    taken: Option<Taken>,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Path(slug): Path<String>,
) -> Result<Page<CardPage>, web::Error> {
    let entry = services.directory.entry(&slug).ok_or_else(Refusal::not_found)?;
    let provider = services.directory.provider(entry.body).ok_or_else(Refusal::not_found)?;
    let start = match caller {
        None => Start::SignIn,
        Some(actor) => services.start_for(&actor, &entry).await?,
    };
    let taken = taken(&services.store.read(), entry.id, &provider.calendar).await?;
    Ok(Page(CardPage { shell, entry, provider, start, taken }))
}

impl Services {
    /// What stands in the way is said before anything is typed.
    async fn start_for(&self, actor: &Actor, entry: &Entry) -> Result<Start, Failure> {
        match self.may_apply(actor, entry).await {
            Err(Failure::Refused(refusal)) => Ok(Start::Not(refusal)),
            Err(failure) => Err(failure),
            Ok(_) => {
                let open = draft::table::open_for(&self.store.read(), actor.person, entry.id).await?;
                Ok(open.map_or(Start::Now, |draft| Start::Resume(draft.saved_at)))
            }
        }
    }
}

impl CardPage {
    fn trail(&self) -> Vec<Link> {
        let theme = self.entry.card.themes.first();
        let theme =
            theme.map(|word| Link::new(format!("/services?topic={word}"), words::theme(&self.shell, word)));
        let mut trail = vec![Link::new("/services", self.shell.t("services-title"))];
        trail.extend(theme);
        trail
    }

    fn audience(&self) -> String {
        words::joined(&self.shell, &self.entry.card.audience, words::audience)
    }

    fn themes(&self) -> String {
        words::joined(&self.shell, &self.entry.card.themes, words::theme)
    }

    fn life_events(&self) -> String {
        words::joined(&self.shell, &self.entry.card.life_events, words::life_event)
    }

    fn fee(&self) -> String {
        words::fee(&self.shell, self.entry.card.fee_milli())
    }

    fn working_days(&self) -> String {
        words::working_days(&self.shell, self.entry.card.delivery_working_days)
    }

    fn really_taken(&self, taken: &Taken) -> String {
        let from = if taken.from == taken.to { 0 } else { taken.from };
        self.shell.t2("entry-taken", "from", from, "to", taken.to)
    }

    /// How many documents must be at hand.
    fn needed(&self) -> String {
        let required = self.entry.card.documents.iter().filter(|evidence| evidence.required).count();
        match (self.entry.card.documents.len(), required) {
            (0, _) => self.shell.t("entry-need-none"),
            (_, 0) => self.shell.t("entry-need-optional"),
            (_, required) => self.shell.t1("entry-need", "count", required),
        }
    }

    fn kind_of_output(&self, kind: &OutputKind) -> String {
        self.shell.t(&format!("entry-output-{}", kind.word().replace('_', "-")))
    }

    /// How many paper forms this service had and how many of them are electronic now (LY-SVC-10.1a).
    fn papers(&self) -> String {
        let (converted, all) = self.entry.form.converted();
        match all {
            0 => String::new(),
            _ => self.shell.t2("form-paper-share", "converted", converted, "all", all),
        }
    }

    fn maturity(&self) -> String {
        let word = self.entry.card.maturity.replace('_', "-");
        self.shell.said(&format!("entry-maturity-{word}")).unwrap_or_else(|| self.entry.card.maturity.clone())
    }

    fn assurance(&self) -> String {
        self.shell.t(&format!("entry-assurance-{}", self.entry.card.assurance))
    }

    fn steps(&self) -> usize {
        self.entry.form.steps().len()
    }

    fn version(&self) -> String {
        self.shell.num(self.entry.version)
    }
}
