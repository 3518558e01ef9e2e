//! What differs between two versions of a service, said as a person would say it, in both languages: a fee from one amount
//! to another, one document more, a condition with its new words marked (LY-SVC-25.2, 13.3b). Pure.

mod form;
mod process;
mod words;

use language::{Lang, Text};
use serde::Serialize;

pub(crate) use words::{Mark, MarkKind, marks};

use super::{Card, Evidence, Output, Stage};
use crate::{
    process::{Expiry, Party, Process},
    request::Act,
};

/// What happened to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ChangeKind {
    Added,
    Removed,
    Changed,
    Moved,
}

impl ChangeKind {
    pub(crate) fn word(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Changed => "changed",
            ChangeKind::Moved => "moved",
        }
    }
}

/// A part's value, as far as a comparison needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(Text),
    /// Thousandths of a dinar.
    Money(u64),
    Days(u32),
    Truth(bool),
    /// Words of a tree or of a fixed list, by what family they are said.
    Words(&'static str, Vec<String>),
    Plain(String),
    /// Acts of a process with the stage that each leads to, by its id and by its name.
    Ways(Vec<(Act, String, Text)>),
    /// Who acts at a stage of a process.
    Party(Party),
    /// What follows when nobody acts, with the stages by name.
    Silence(Option<Expiry>, Text),
    Number(u64),
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// The part of the card: `fee`, `documents`, `form`.
    pub part: &'static str,
    pub kind: ChangeKind,
    /// Which one of several: the title of the document, the question of the form.
    pub which: Option<Text>,
    /// What of it: `title`, `help`, `required`; nothing when it is the whole.
    pub aspect: &'static str,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// A version as it is compared.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub card: &'a Card,
    /// The form's JSON Schema.
    pub form: &'a str,
    /// Nothing where it is carried out in the standard way.
    pub process: Option<&'a Process>,
}

/// Every difference, in the order of the card, then of the form.
pub(crate) fn changes(before: Side<'_>, after: Side<'_>) -> Vec<Change> {
    let mut found = Found::default();
    found.singles(before.card, after.card);
    found.lists(before.card, after.card);
    found.all.extend(form::changes(before.form, after.form));
    found.all.extend(process::changes(before.process, after.process));
    found.all
}

#[derive(Default)]
struct Found {
    all: Vec<Change>,
}

impl Found {
    fn value(
        &mut self,
        part: &'static str,
        aspect: &'static str,
        which: Option<&Text>,
        pair: (Value, Value),
    ) {
        if pair.0 != pair.1 {
            self.all.push(Change {
                part,
                kind: ChangeKind::Changed,
                which: which.cloned(),
                aspect,
                before: Some(pair.0),
                after: Some(pair.1),
            });
        }
    }

    fn text(&mut self, part: &'static str, before: &Text, after: &Text) {
        self.value(part, "", None, (Value::Text(before.clone()), Value::Text(after.clone())));
    }

    fn singles(&mut self, before: &Card, after: &Card) {
        self.text("name", &before.name, &after.name);
        self.text("summary", &before.summary, &after.summary);
        self.text("description", &before.description, &after.description);
        let plain = |word: &str| Value::Plain(word.to_owned());
        self.value("delivery", "", None, (plain(before.delivery.word()), plain(after.delivery.word())));
        let words = |family, words: &[String]| Value::Words(family, words.to_vec());
        self.value(
            "audience",
            "",
            None,
            (words("audience", &before.audience), words("audience", &after.audience)),
        );
        self.value("themes", "", None, (words("theme", &before.themes), words("theme", &after.themes)));
        let events = |card: &Card| words("life_event", &card.life_events);
        self.value("life_events", "", None, (events(before), events(after)));
        let money = |card: &Card| Value::Money(card.fee_milli());
        self.value("fee", "", None, (money(before), money(after)));
        let note =
            |card: &Card| Value::Text(card.fee.as_ref().map(|fee| fee.note.clone()).unwrap_or_default());
        self.value("fee", "note", None, (note(before), note(after)));
        let days = |card: &Card| Value::Days(card.delivery_working_days.unwrap_or_default());
        self.value("delivery_working_days", "", None, (days(before), days(after)));
        self.value("maturity", "", None, (plain(&before.maturity), plain(&after.maturity)));
        self.value("assurance", "", None, (plain(&before.assurance), plain(&after.assurance)));
        self.text("legal_basis", &before.legal_basis, &after.legal_basis);
        self.text("complaint", &before.complaint, &after.complaint);
        self.text("acknowledgement", &before.acknowledgement, &after.acknowledgement);
        self.value("contact", "phone", None, (plain(&before.contact.phone), plain(&after.contact.phone)));
        self.text("contact", &before.contact.address, &after.contact.address);
        let keys = |card: &Card| {
            plain(
                &[card.keywords.ar.join(Lang::Ar.comma()), card.keywords.en.join(Lang::En.comma())]
                    .join(" · "),
            )
        };
        self.value("keywords", "", None, (keys(before), keys(after)));
    }

    fn lists(&mut self, before: &Card, after: &Card) {
        self.sentences("conditions", &before.conditions, &after.conditions);
        self.documents(&before.documents, &after.documents);
        self.outputs(&before.outputs, &after.outputs);
        self.stages(&before.stages, &after.stages);
        self.sentences("rights", &before.rights, &after.rights);
        self.sentences("obligations", &before.obligations, &after.obligations);
        let names = |card: &Card| card.stakeholders.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
        self.sentences("stakeholders", &names(before), &names(after));
    }

    fn whole(&mut self, part: &'static str, kind: ChangeKind, title: &Text) {
        let value = Some(Value::Text(title.clone()));
        let (before, after) = if kind == ChangeKind::Added { (None, value) } else { (value, None) };
        self.all.push(Change { part, kind, which: None, aspect: "", before, after });
    }

    /// Sentences have no names: those that are the same are the same; the rest are paired by the words that they share,
    /// and what finds no pair is new or gone.
    fn sentences(&mut self, part: &'static str, before: &[Text], after: &[Text]) {
        let mut gone: Vec<&Text> = before.iter().filter(|text| !after.contains(text)).collect();
        for text in after.iter().filter(|text| !before.contains(text)) {
            let nearest = gone
                .iter()
                .enumerate()
                .map(|(place, other)| (place, words::likeness(other, text)))
                .max_by(|one, other| one.1.total_cmp(&other.1))
                .filter(|(_, likeness)| *likeness >= words::LIKENESS_MIN);
            match nearest {
                Some((place, _)) => {
                    let old = gone.remove(place);
                    self.value(part, "", None, (Value::Text(old.clone()), Value::Text(text.clone())));
                }
                None => self.whole(part, ChangeKind::Added, text),
            }
        }
        for text in gone {
            self.whole(part, ChangeKind::Removed, text);
        }
    }

    fn documents(&mut self, before: &[Evidence], after: &[Evidence]) {
        let pairs = self.paired("documents", before, after, |it| (&it.id, &it.title));
        for (old, new) in pairs {
            let which = Some(&new.title);
            let text = |text: &Text| Value::Text(text.clone());
            self.value("documents", "title", which, (text(&old.title), text(&new.title)));
            self.value("documents", "help", which, (text(&old.help), text(&new.help)));
            let truth = (Value::Truth(old.required), Value::Truth(new.required));
            self.value("documents", "required", which, truth);
            let files = |it: &Evidence| Value::Plain(it.files_max().to_string());
            self.value("documents", "files_max", which, (files(old), files(new)));
        }
    }

    fn outputs(&mut self, before: &[Output], after: &[Output]) {
        for (old, new) in self.paired("outputs", before, after, |it| (&it.id, &it.title)) {
            let which = Some(&new.title);
            let text = |text: &Text| Value::Text(text.clone());
            self.value("outputs", "title", which, (text(&old.title), text(&new.title)));
            self.value("outputs", "text", which, (text(&old.text), text(&new.text)));
            let kind = |it: &Output| Value::Plain(it.kind.word().to_owned());
            self.value("outputs", "kind", which, (kind(old), kind(new)));
        }
    }

    fn stages(&mut self, before: &[Stage], after: &[Stage]) {
        for (old, new) in self.paired("stages", before, after, |it| (&it.id, &it.title)) {
            let which = Some(&new.title);
            let text = |text: &Text| Value::Text(text.clone());
            self.value("stages", "title", which, (text(&old.title), text(&new.title)));
            self.value("stages", "holder", which, (text(&old.holder), text(&new.holder)));
        }
        let order = |stages: &[Stage]| stages.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        let (old, new) = (order(before), order(after));
        let kept = |order: &[String], other: &[String]| {
            order.iter().filter(|id| other.contains(id)).cloned().collect::<Vec<_>>()
        };
        if kept(&old, &new) != kept(&new, &old) {
            let change = |kind| Change {
                part: "stages",
                kind,
                which: None,
                aspect: "order",
                before: None,
                after: None,
            };
            self.all.push(change(ChangeKind::Moved));
        }
    }

    /// What has the same id on both sides; the rest is told as new or gone.
    fn paired<'a, T>(
        &mut self,
        part: &'static str,
        before: &'a [T],
        after: &'a [T],
        name: fn(&T) -> (&String, &Text),
    ) -> Vec<(&'a T, &'a T)> {
        let find = |side: &'a [T], id: &str| side.iter().find(|it| name(it).0 == id);
        for new in after.iter().filter(|it| find(before, name(it).0).is_none()) {
            self.whole(part, ChangeKind::Added, name(new).1);
        }
        for old in before.iter().filter(|it| find(after, name(it).0).is_none()) {
            self.whole(part, ChangeKind::Removed, name(old).1);
        }
        after.iter().filter_map(|new| find(before, name(new).0).map(|old| (old, new))).collect()
    }
}
