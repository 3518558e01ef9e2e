//! The receipt on paper: what an applicant prints or keeps.

use authz::{Actor, Failure};
use language::Text;
use print::Paper;

use super::{RequestNumber, follow::Followed, paper::both};
use crate::Services;

impl Services {
    /// The receipt as a sealed PDF, for whoever may see the request (LY-SVC-14.1a, 15.1).
    pub(crate) async fn receipt_pdf(
        &self,
        actor: &Actor,
        number: &RequestNumber,
    ) -> Result<Vec<u8>, Failure> {
        self.sealed_paper(actor, number, Services::receipt_paper).await
    }

    fn receipt_paper(&self, followed: &Followed, applicant: &Text) -> Paper {
        let Followed { request, entry, provider, .. } = followed;
        let facts = vec![
            self.fact("request-service", entry.card.name.clone()),
            self.fact("output-applicant", applicant.clone()),
            self.fact("request-expected-end", both(|lang| provider.both_dates(request.due_at, lang))),
            self.fact("request-documents-count", both(|_| request.documents.len().to_string())),
        ];
        let paragraphs = vec![request.acknowledgement.clone()];
        Paper { paragraphs, ..self.paper_about(followed, "request-receipt-title", facts) }
    }
}
