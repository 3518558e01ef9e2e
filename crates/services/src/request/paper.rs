//! A paper about one request, sealed like every document that leaves the platform.

use authz::{Actor, Failure, Refusal};
use language::{Lang, Text};
use print::{Assets, Fact, Form, Paper};

use super::{RequestNumber, follow::Followed};
use crate::Services;

impl Services {
    /// A paper as a sealed PDF, for whoever may see the request; it proves what the ledger holds of the delivery.
    pub(crate) async fn sealed_paper(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        write: impl FnOnce(&Services, &Followed, &Text) -> Paper,
    ) -> Result<Vec<u8>, Failure> {
        let followed = self.follow(actor, number).await?;
        let delivered = self.receipt_of(actor, number).await?;
        let applicant = identity::person(&self.store.read(), followed.request.applicant).await?;
        let applicant = applicant.ok_or_else(Refusal::not_found)?;
        let paper = write(self, &followed, &applicant.name);
        let pdf = paper.print(Form::Receipt, followed.request.delivered_at, Assets::default()).await?;
        let seal = self.sealed(delivered.statement.entry_id(), Some(&pdf)).await?;
        Ok(seal.append_to_pdf(&pdf))
    }

    /// What every paper about a request says of it: whose it is, under which number, since when, and how it is verified.
    pub(crate) fn paper_about(&self, followed: &Followed, title: &str, facts: Vec<Fact>) -> Paper {
        let Followed { request, provider, .. } = followed;
        Paper {
            body: provider.name.clone(),
            title: self.texts.both(title),
            number: request.number.to_string(),
            date: both(|lang| provider.moment(request.delivered_at, lang)),
            facts,
            verify: format!("{}/verify", self.public_address),
            ledger: self.texts.both("output-ledger-note"),
            ..Paper::default()
        }
    }

    /// A line of a paper under the words of `key`.
    pub(crate) fn fact(&self, key: &str, value: Text) -> Fact {
        Fact { label: self.texts.both(key), value }
    }
}

pub(crate) fn both(make: impl Fn(Lang) -> String) -> Text {
    Text::new(make(Lang::Ar), make(Lang::En))
}
