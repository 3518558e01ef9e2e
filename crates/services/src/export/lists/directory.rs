//! The directory: its services, its register, its bodies, what its owners have to do, its words, what one follows.

use authz::Failure;
use uuid::Uuid;
use web::{Cell, Cursor};

use super::{PAGE_ROWS, Rows, Taking};
use crate::{
    Services,
    duty::{self, DutyKind},
    entry::{Entry, EntryState, search::Query, version},
    search::words,
    subscription,
};

fn services_wanted(taking: &Taking) -> Query {
    let narrowed = &taking.narrowed;
    let given = |of: &Option<String>| of.clone().filter(|word| !word.is_empty());
    Query {
        words: taking.word(|narrowed| &narrowed.q),
        audience: given(&narrowed.audience),
        theme: given(&narrowed.topic),
        life_event: given(&narrowed.life_event),
        body: given(&narrowed.body),
        by_name: true,
    }
}

impl Services {
    /// The directory lies in memory; a place in it is enough to go on.
    pub(super) fn service_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let query = services_wanted(taking);
        if query.is_narrowed() {
            let found = self.directory.search(&query, taking.lang, 0..usize::MAX);
            let rows = found.hits.into_iter().map(|hit| self.service_cells(taking, &hit.entry));
            return Ok(Rows::whole(rows.collect()));
        }
        let from: Option<String> = Cursor::decode_given(after)?;
        let mut entries = self.directory.entries();
        entries.retain(|entry| from.as_ref().is_none_or(|from| entry.card.id > *from));
        entries.sort_by(|one, other| one.card.id.cmp(&other.card.id));
        entries.truncate(PAGE_ROWS as usize + 1);
        Rows::of(entries, |entry| entry.card.id.clone(), |entry| self.service_cells(taking, &entry))
    }

    fn service_cells(&self, taking: &Taking, entry: &Entry) -> Vec<Cell> {
        let (service, provider) = self.named(entry.id, taking.lang);
        vec![
            entry.card.id.clone().into(),
            service.into(),
            provider.into(),
            entry.card.summary.get(taking.lang).into(),
            Cell::Number(entry.card.fee_milli() as i64),
            entry.card.delivery_working_days.map_or(Cell::Empty, |days| Cell::Number(days.into())),
            entry.verified_at.into(),
        ]
    }

    pub(super) async fn register_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let body = taking.narrowed.body.as_deref().and_then(|slug| self.directory.provider_by_slug(slug));
        let asked = version::table::Asked {
            body: body.map(|body| body.id),
            state: taking.narrowed.state.as_deref().and_then(EntryState::named),
            published_only: true,
            newest_only: false,
            after: Cursor::decode_given(after)?,
        };
        let found = version::table::register(&self.store.read(), &asked, PAGE_ROWS + 1).await?;
        Rows::of(
            found,
            |version| (version.card.id.clone(), version.version),
            |version| {
                let provider = self.directory.provider(version.body);
                let state = format!("entry-state-{}", version.state.word().replace('_', "-"));
                vec![
                    version.card.id.clone().into(),
                    version.card.name.get(taking.lang).into(),
                    provider.map(|body| body.name.get(taking.lang).to_owned()).into(),
                    Cell::Number(version.version),
                    self.texts.say(taking.lang, &state, &[]).into(),
                    version.registered_at.into(),
                    version.verified_at.into(),
                    version.state_at.into(),
                ]
            },
        )
    }

    /// Some hundreds at most, and all of them in memory.
    pub(super) fn body_rows(&self, taking: &Taking) -> Rows {
        let entries = self.directory.entries();
        let mut bodies = self.directory.providers();
        bodies.sort_by(|one, other| one.slug.cmp(&other.slug));
        let line = |body: &std::sync::Arc<crate::entry::directory::Provider>| {
            let services = entries.iter().filter(|entry| entry.body == body.id).count();
            vec![
                body.slug.as_str().into(),
                body.name.get(taking.lang).into(),
                body.short.get(taking.lang).into(),
                Cell::Number(services as i64),
            ]
        };
        Rows::whole(bodies.iter().map(line).collect())
    }

    pub(super) async fn duty_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let after = Cursor::decode_given(after)?.unwrap_or(duty::table::BEFORE_ALL);
        let kind = taking.narrowed.kind.as_deref().and_then(DutyKind::named);
        let duties = self.duties_for(&taking.actor, kind, after, PAGE_ROWS + 1).await?;
        let names = self.names_in(duties.iter().map(|duty| duty.owner), taking.lang).await?;
        Rows::of(
            duties,
            |duty| (duty.due_at.0, duty.id),
            |duty| {
                let entry = self.directory.entry_by_id(duty.entry);
                let kind = format!("duty-kind-{}", duty.kind.word().replace('_', "-"));
                vec![
                    entry.as_ref().map(|entry| entry.card.id.clone()).into(),
                    entry.map(|entry| entry.card.name.get(taking.lang).to_owned()).into(),
                    self.texts.say(taking.lang, &kind, &[]).into(),
                    Cell::Truth(duty.kind.makes_update_due()),
                    names.of(duty.owner),
                    duty.words.into(),
                    duty.reference.into(),
                    duty.opened_at.into(),
                    duty.due_at.into(),
                ]
            },
        )
    }

    pub(super) async fn word_rows(&self, taking: &Taking, after: Option<&str>) -> Result<Rows, Failure> {
        let before = Cursor::decode_given(after)?.unwrap_or(Uuid::max());
        let sql = self.store.read();
        let narrowed = taking.word(|narrowed| &narrowed.q);
        if !narrowed.trim().is_empty() {
            let mut groups = words::table::all(&sql).await?;
            groups.retain(|group| words::page::holds(group, &narrowed));
            return Ok(Rows::whole(groups.iter().map(|group| self.word_cells(taking, group)).collect()));
        }
        let groups = words::table::page(&sql, before, PAGE_ROWS + 1).await?;
        Rows::of(groups, |group| group.id, |group| self.word_cells(taking, &group))
    }

    fn word_cells(&self, taking: &Taking, words: &words::Words) -> Vec<Cell> {
        let relation = format!("words-relation-{}", words.group.relation.word().replace('_', "-"));
        let comma = taking.lang.comma();
        vec![
            words.group.words.join(comma).into(),
            self.texts.say(taking.lang, &relation, &[]).into(),
            words.group.finds.join(comma).into(),
            Cell::Truth(words.in_force),
        ]
    }

    /// Fifty at most.
    pub(super) async fn subscription_rows(&self, taking: &Taking) -> Result<Rows, Failure> {
        let held = subscription::table::of_person(&self.store.read(), taking.actor.person).await?;
        let line = |held: subscription::Subscription| {
            let tree = format!("export-tree-{}", held.tree.word().replace('_', "-"));
            let name = self.directory.term(held.tree.word(), &held.word);
            vec![
                self.texts.say(taking.lang, &tree, &[]).into(),
                held.word.into(),
                name.map(|name| name.get(taking.lang).to_owned()).into(),
            ]
        };
        Ok(Rows::whole(held.into_iter().map(line).collect()))
    }
}
