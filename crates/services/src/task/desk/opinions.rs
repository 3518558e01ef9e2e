//! What desks on the way have written, and the ways on that the process offers from here.

use std::collections::HashMap;

use authz::Failure;
use uuid::Uuid;
use web::{Fault, Shell, components::Field};

use super::typed::Typed;
use crate::{
    Services,
    process::Move,
    request::{Opinion, decide::WORDS_CHARACTERS_MAX, follow::Followed},
};

/// A finding or an opinion, as whoever decides reads it.
pub(super) struct OpinionLine {
    pub stage: String,
    pub who: String,
    pub body: String,
    pub when: String,
    pub words: String,
}

/// The form that passes a request on; one button for each way.
pub(super) struct PassingOn {
    /// Absent where the process asks for no words.
    pub words: Option<Field>,
    /// The stage, and what the button says.
    pub ways: Vec<(String, String)>,
}

impl Services {
    pub(super) async fn opinions(
        &self,
        shell: &Shell,
        followed: &Followed,
    ) -> Result<Vec<OpinionLine>, Failure> {
        let written = followed.request.checks.opinions.iter().filter(|opinion| !opinion.words.is_empty());
        let written: Vec<&Opinion> = written.collect();
        let authors: Vec<Uuid> = written.iter().map(|opinion| opinion.by).collect();
        let persons = identity::persons(&self.store.read(), &authors).await?;
        let names: HashMap<Uuid, &str> =
            persons.iter().map(|person| (person.id, shell.text(&person.name))).collect();
        let line = |opinion: &&Opinion| OpinionLine {
            stage: followed
                .entry
                .process
                .stage(&opinion.stage)
                .map(|stage| shell.text(&stage.title).to_owned())
                .unwrap_or_default(),
            who: names.get(&opinion.by).map(|name| (*name).to_owned()).unwrap_or_default(),
            body: self
                .directory
                .provider(opinion.body)
                .map(|body| shell.text(&body.name).to_owned())
                .unwrap_or_default(),
            when: shell.moment(clock::Timestamp(opinion.at)),
            words: opinion.words.clone(),
        };
        Ok(written.iter().map(line).collect())
    }
}

/// What this officer may pass on, and to whom; nothing where no way leads on.
pub(super) fn passing_on(
    shell: &Shell,
    followed: &Followed,
    typed: &Typed,
    faults: &[Fault],
) -> Option<PassingOn> {
    let ways: Vec<&Move> = followed.ways_on().collect();
    let asks = ways.iter().find_map(|way| way.asks.as_ref());
    let words = asks.map(|asks| {
        Field::area(shell, "words", shell.text(asks))
            .hint(shell.t("desk-words-hint"))
            .value(typed.words.as_str())
            .attribute("maxlength", &WORDS_CHARACTERS_MAX.to_string())
            .faults(faults)
    });
    let said = |way: &&Move| {
        let next =
            followed.entry.process.stage(&way.to).map(|stage| shell.text(&stage.title)).unwrap_or_default();
        let own = way.title.as_ref().map(|title| shell.text(title).to_owned());
        (way.to.clone(), own.unwrap_or_else(|| shell.t1("desk-pass-on", "stage", next)))
    };
    (!ways.is_empty()).then(|| PassingOn { words, ways: ways.iter().map(said).collect() })
}
