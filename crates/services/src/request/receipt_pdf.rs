//! The receipt on paper: what an applicant prints or keeps, sealed like every document that leaves the platform.

use authz::{Actor, Failure, Refusal};
use language::{Lang, Text};
use print::{Assets, Fact, Form, Paper};

use super::{RequestNumber, follow::Followed};
use crate::Services;

impl Services {
    /// The receipt as a sealed PDF, for whoever may see the request (LY-SVC-14.1a, 15.1).
    pub(crate) async fn receipt_pdf(
        &self,
        actor: &Actor,
        number: &RequestNumber,
    ) -> Result<Vec<u8>, Failure> {
        let followed = self.follow(actor, number).await?;
        let delivered = self.receipt_of(actor, number).await?;
        let applicant = identity::person(&self.store.read(), followed.request.applicant).await?;
        let applicant = applicant.ok_or_else(Refusal::not_found)?;
        let paper = self.receipt_paper(&followed, &applicant.name);
        let pdf = paper.print(Form::Receipt, followed.request.delivered_at, Assets::default()).await?;
        let seal = self.sealed(delivered.statement.entry_id(), Some(&pdf)).await?;
        Ok(seal.append_to_pdf(&pdf))
    }

    fn receipt_paper(&self, followed: &Followed, applicant: &Text) -> Paper {
        let Followed { request, entry, provider, .. } = followed;
        let words =
            |key: &str| Text::new(self.texts.say(Lang::Ar, key, &[]), self.texts.say(Lang::En, key, &[]));
        let both = |make: &dyn Fn(Lang) -> String| Text::new(make(Lang::Ar), make(Lang::En));
        let fact = |key: &str, value: Text| Fact { label: words(key), value };
        Paper {
            body: provider.name.clone(),
            title: words("request-receipt-title"),
            number: request.number.to_string(),
            date: both(&|lang| provider.moment(request.delivered_at, lang)),
            paragraphs: vec![request.acknowledgement.clone()],
            facts: vec![
                fact("request-service", entry.card.name.clone()),
                fact("output-applicant", applicant.clone()),
                fact("request-expected-end", both(&|lang| provider.both_dates(request.due_at, lang))),
                fact("request-documents-count", both(&|_| request.documents.len().to_string())),
            ],
            verify: format!("{}/verify", self.public_address),
            ledger: words("output-ledger-note"),
            ..Paper::default()
        }
    }
}
