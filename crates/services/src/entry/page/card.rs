//! `GET /services/{slug}`: everything that the directory says of a service (LY-SVC-1.14), and the way to start.
//!
//! The first six answers (what, for whom, with what, for how much, how soon, where to press) fit a telephone's first
//! screen; the rest follows in the order in which people ask.

use std::sync::Arc;

use askama::Template;
use authz::{Actor, Failure, Refusal};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use clock::Timestamp;
use identity::MaybeCaller;
use web::{Page, Path, Shell, components::Link, see_other};

use crate::{
    Services,
    classification::Tree,
    draft, duty,
    entry::{Entry, EntryState, NOT_ELECTRONIC, OutputKind, directory::Provider, maturity, version, words},
    timing::forecast::Usual,
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
    usual: Option<Usual>,
    themes: Vec<String>,
    events: Vec<String>,
    /// Since when it stands at its level of digitisation (LY-SVC-1.07).
    maturity_since: Option<Timestamp>,
    /// When its owner last said that it is right (LY-SVC-23.5).
    confirmed_at: Option<Timestamp>,
}

pub(super) async fn show(
    State(services): State<Arc<Services>>,
    MaybeCaller(caller): MaybeCaller,
    shell: Shell,
    Path(slug): Path<String>,
) -> Result<Response, web::Error> {
    let Some(entry) = services.directory.entry(&slug) else { return Ok(services.gone_to(&slug).await?) };
    let provider = services.directory.provider(entry.body).ok_or_else(Refusal::not_found)?;
    let start = match caller {
        None if entry.card.is_electronic() => Start::SignIn,
        None => Start::Not(NOT_ELECTRONIC),
        Some(actor) => services.start_for(&actor, &entry).await?,
    };
    let usual = services.usual(entry.id, &provider.calendar).await?;
    let sql = services.store.read();
    let said = |tree: Tree, words: &[String]| -> Vec<String> {
        words.iter().map(|word| services.term_said(&shell, tree.word(), word)).collect()
    };
    let page = CardPage {
        usual,
        themes: said(Tree::Theme, &entry.card.themes),
        events: said(Tree::LifeEvent, &entry.card.life_events),
        maturity_since: maturity::table::since(&sql, entry.id).await?,
        confirmed_at: duty::table::owner(&sql, entry.id).await?.map(|owner| owner.confirmed_at),
        entry,
        provider,
        start,
        shell,
    };
    Ok(Page(page).into_response())
}

impl Services {
    /// A service that was merged leads to the one that took it up; any other that is not in force is not there.
    async fn gone_to(&self, slug: &str) -> Result<Response, Failure> {
        let merged = version::table::newest(&self.store.read(), slug, &[EntryState::Merged]).await?;
        let target = merged.and_then(|merged| merged.merged_into).ok_or_else(Refusal::not_found)?;
        Ok(see_other(&format!("/services/{target}")))
    }

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
        let theme = theme.zip(self.themes.first());
        let mut trail = vec![Link::new("/services", self.shell.t("services-title"))];
        trail.extend(theme.map(|(word, name)| Link::new(format!("/services?topic={word}"), name)));
        trail
    }

    fn audience(&self) -> String {
        words::joined(&self.shell, &self.entry.card.audience, |word| words::audience(&self.shell, word))
    }

    fn themes(&self) -> String {
        words::joined(&self.shell, &self.themes, str::to_owned)
    }

    fn life_events(&self) -> String {
        words::joined(&self.shell, &self.events, str::to_owned)
    }

    fn fee(&self) -> String {
        words::fee(&self.shell, self.entry.card.fee_milli())
    }

    fn working_days(&self) -> String {
        words::working_days(&self.shell, self.entry.card.delivery_working_days)
    }

    /// How long it usually takes; as long as that is not known, why the directory's own time is said.
    fn usual_time(&self) -> String {
        self.usual.map_or_else(|| self.shell.t("timing-few"), |usual| usual.said(&self.shell))
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
