//! The request on paper: what was asked, answered and decided, sealed like every document that leaves the platform.

use authz::{Actor, Failure, Refusal};
use language::{Lang, Text};
use print::{Assets, Fact, Form, Paper};

use crate::{
    Services,
    form::Field,
    request::{RequestNumber, follow::Followed},
};

impl Services {
    /// The summary as a sealed PDF; it proves what the ledger holds of the delivery.
    pub(crate) async fn summary_pdf(
        &self,
        actor: &Actor,
        number: &RequestNumber,
    ) -> Result<Vec<u8>, Failure> {
        let followed = self.follow(actor, number).await?;
        let delivered = self.receipt_of(actor, number).await?;
        let applicant = identity::person(&self.store.read(), followed.request.applicant).await?;
        let applicant = applicant.ok_or_else(Refusal::not_found)?;
        let paper = self.summary_paper(&followed, &applicant.name);
        let pdf = paper.print(Form::Receipt, followed.request.delivered_at, Assets::default()).await?;
        let seal = self.sealed(delivered.statement.entry_id(), Some(&pdf)).await?;
        Ok(seal.append_to_pdf(&pdf))
    }

    fn summary_paper(&self, followed: &Followed, applicant: &Text) -> Paper {
        let Followed { request, entry, provider, .. } = followed;
        let words =
            |key: &str| Text::new(self.texts.say(Lang::Ar, key, &[]), self.texts.say(Lang::En, key, &[]));
        let both = |make: &dyn Fn(Lang) -> String| Text::new(make(Lang::Ar), make(Lang::En));
        let fact = |key: &str, value: Text| Fact { label: words(key), value };
        let mut facts = vec![
            fact("request-service", entry.card.name.clone()),
            fact("output-applicant", applicant.clone()),
            fact("request-state", words(&format!("request-state-{}", request.state.word()))),
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
        Paper {
            body: provider.name.clone(),
            title: words("archive-summary-title"),
            number: request.number.to_string(),
            date: both(&|lang| provider.moment(request.delivered_at, lang)),
            paragraphs: said.map(|words| Text::new(words, words)).collect(),
            facts,
            verify: format!("{}/verify", self.public_address),
            ledger: words("output-ledger-note"),
            ..Paper::default()
        }
    }
}

fn answer(followed: &Followed, field: &Field) -> Option<Fact> {
    let given = followed.request.answers.get(&field.key)?;
    let value = Text::new(field.shown(given, Lang::Ar), field.shown(given, Lang::En));
    Some(Fact { label: field.title.clone(), value })
}
