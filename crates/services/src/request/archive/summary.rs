//! The request on paper: what was asked, answered and decided.

use authz::{Actor, Failure};
use language::{Lang, Text};
use print::{Fact, Paper};

use crate::{
    Services,
    form::Field,
    request::{RequestNumber, follow::Followed},
};

impl Services {
    /// The summary as a sealed PDF.
    pub(crate) async fn summary_pdf(
        &self,
        actor: &Actor,
        number: &RequestNumber,
    ) -> Result<Vec<u8>, Failure> {
        self.sealed_paper(actor, number, Services::summary_paper).await
    }

    fn summary_paper(&self, followed: &Followed, applicant: &Text) -> Paper {
        let Followed { request, entry, .. } = followed;
        let state = self.texts.both(&format!("request-state-{}", request.state.word()));
        let mut facts = vec![
            self.fact("request-service", entry.card.name.clone()),
            self.fact("output-applicant", applicant.clone()),
            self.fact("request-state", state),
        ];
        facts.extend(entry.form.fields().iter().filter_map(|field| answer(followed, field)));
        let documents = request.documents.iter().map(|supplied| {
            let listed = entry.card.documents.iter().find(|listed| listed.id == supplied.evidence);
            let label = listed
                .map_or_else(|| Text::new(&supplied.evidence, &supplied.evidence), |it| it.title.clone());
            Fact { label, value: Text::new(&supplied.name, &supplied.name) }
        });
        facts.extend(documents);
        let said = [request.checks.decision.as_str(), request.checks.measures.as_str()];
        let said = said.into_iter().filter(|words| !words.is_empty());
        let paragraphs = said.map(|words| Text::new(words, words)).collect();
        Paper { paragraphs, ..self.paper_about(followed, "archive-summary-title", facts) }
    }
}

fn answer(followed: &Followed, field: &Field) -> Option<Fact> {
    let given = followed.request.answers.get(&field.key)?;
    let value = Text::new(field.shown(given, Lang::Ar), field.shown(given, Lang::En));
    Some(Fact { label: field.title.clone(), value })
}
