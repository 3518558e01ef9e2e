//! One group of words in a form, and what a query would find with it.

use askama::Template;
use authz::{Actor, Failure, Refusal};
use language::{Group, Lang, Relation, Thesaurus};
use serde::Deserialize;
use uuid::Uuid;
use web::{
    Fault, Shell,
    components::{Choice, Field, named},
};

use super::{Words, page::relation, set::SetWords, table};
use crate::{Services, entry::search::Query};

/// Services on each side of the comparison.
const COMPARED: usize = 10;

/// What was typed into the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    relation: String,
    words: String,
    finds: String,
    /// `1`, or nothing when it is to be out of force.
    in_force: String,
    version: i64,
    query: String,
    act: String,
}

impl Typed {
    pub fn of(words: &Words) -> Typed {
        Typed {
            relation: words.group.relation.word().to_owned(),
            words: words.group.words.join("\n"),
            finds: words.group.finds.join("\n"),
            in_force: if words.in_force { "1".into() } else { String::new() },
            version: words.version,
            ..Typed::default()
        }
    }

    pub fn wants_preview(&self) -> bool {
        self.act == "preview"
    }

    fn group(&self) -> Group {
        let relation = Relation::named(&self.relation).unwrap_or(Relation::Both);
        let finds = if relation == Relation::OneWay { Group::list(&self.finds) } else { Vec::new() };
        Group { relation, words: Group::list(&self.words), finds }
    }
}

/// What a query finds now, and what it would find then.
pub(super) struct Preview {
    pub query: String,
    pub now: Vec<Seen>,
    pub then: Vec<Seen>,
}

pub(super) struct Seen {
    pub name: String,
    /// It is not on the other side.
    pub differs: bool,
}

#[derive(Template)]
#[template(path = "search/words/edit.html")]
pub(super) struct EditPage {
    shell: Shell,
    id: Option<Uuid>,
    typed: Typed,
    fields: Vec<Field>,
    query_field: Field,
    faults: Vec<Fault>,
    /// What is said on top when no field is at fault: somebody else changed it meanwhile.
    said: String,
    preview: Option<Preview>,
}

impl EditPage {
    pub fn new(shell: Shell, id: Option<Uuid>, typed: Typed) -> EditPage {
        let query = Field::text(&shell, "query", shell.t("words-query")).hint(shell.t("words-query-hint"));
        EditPage {
            fields: fields(&shell, id, &typed),
            query_field: query.optional().value(&typed.query),
            faults: Vec::new(),
            said: String::new(),
            preview: None,
            id,
            typed,
            shell,
        }
    }

    pub fn with_preview(self, preview: Option<Preview>) -> EditPage {
        EditPage { preview, ..self }
    }

    pub fn with_refusal(mut self, refusal: &Refusal) -> EditPage {
        let faults = self.shell.faults(refusal);
        self.fields = self.fields.into_iter().map(|field| field.faults(&faults)).collect();
        if faults.is_empty() {
            self.said = self.shell.t(&format!("refusal-{}", refusal.code.replace(['.', '_'], "-")));
        }
        self.faults = named(faults, &self.fields);
        self
    }

    fn action(&self) -> String {
        self.id.map_or_else(|| "/directory/words".to_owned(), |id| format!("/directory/words/{id}"))
    }
}

fn fields(shell: &Shell, id: Option<Uuid>, typed: &Typed) -> Vec<Field> {
    let choice = |it: &Relation| {
        let hint = shell.t(&format!("words-relation-{}-hint", it.word().replace('_', "-")));
        Choice::new(it.word(), relation(shell, *it)).hint(hint)
    };
    let chosen = if typed.relation.is_empty() { Relation::Both.word() } else { &typed.relation };
    let choices = Relation::ALL.iter().map(choice).collect();
    let mut fields = vec![
        Field::radios(shell, "relation", shell.t("words-relation"), choices).value(chosen),
        Field::area(shell, "words", shell.t("words-words"))
            .hint(shell.t("words-words-hint"))
            .value(&typed.words),
        Field::area(shell, "finds", shell.t("words-finds"))
            .hint(shell.t("words-finds-hint"))
            .rows(3)
            .optional()
            .value(&typed.finds),
    ];
    if id.is_some() {
        let in_force = Field::tick(shell, "in_force", shell.t("words-in-force")).optional();
        fields.push(if typed.in_force.is_empty() { in_force } else { in_force.value("1") });
    }
    fields
}

impl Services {
    pub(super) async fn keep_words(
        &self,
        actor: Actor,
        id: Option<Uuid>,
        typed: &Typed,
    ) -> Result<(), Failure> {
        let verb = SetWords {
            actor,
            known: id.map(|id| (id, typed.version)),
            group: typed.group(),
            in_force: id.is_none() || !typed.in_force.is_empty(),
            policies: self.policies.clone(),
            clock: self.clock.clone(),
        };
        self.store.write(verb).await?;
        // Whoever saved it searches on this node next; the others follow within a second.
        self.directory.refresh(&self.store).await?;
        Ok(())
    }

    /// Nothing is kept: the words are taken in beside those in force, and both searches are asked.
    pub(super) async fn words_preview(
        &self,
        shell: &Shell,
        id: Option<Uuid>,
        typed: &Typed,
    ) -> Result<Option<Preview>, Failure> {
        if typed.query.trim().is_empty() {
            return Ok(None);
        }
        let all = table::all(&self.store.read()).await?;
        let in_force = all.into_iter().filter(|words| words.in_force);
        let mut groups: Vec<(Uuid, Group)> = in_force.map(|words| (words.id, words.group)).collect();
        let now = Thesaurus::of(groups.iter().map(|(_, group)| group.clone()));
        groups.retain(|(known, _)| Some(*known) != id);
        let kept = id.is_none() || !typed.in_force.is_empty();
        let then =
            Thesaurus::of(groups.into_iter().map(|(_, group)| group).chain(kept.then(|| typed.group())));
        let (now, then) =
            (self.names_found(shell.lang, typed, &now), self.names_found(shell.lang, typed, &then));
        let seen = |names: &[String], others: &[String]| -> Vec<Seen> {
            names.iter().map(|name| Seen { name: name.clone(), differs: !others.contains(name) }).collect()
        };
        Ok(Some(Preview { query: typed.query.clone(), now: seen(&now, &then), then: seen(&then, &now) }))
    }

    fn names_found(&self, lang: Lang, typed: &Typed, thesaurus: &Thesaurus) -> Vec<String> {
        let query = Query { words: typed.query.clone(), ..Query::default() };
        let found = self.directory.search_with(&query, thesaurus, lang, 0..COMPARED);
        found.hits.iter().map(|hit| hit.entry.card.name.get(lang).to_owned()).collect()
    }
}
