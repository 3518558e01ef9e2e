//! Canned texts on a case: offered beside each box, filled in the applicant's language, and used where a box was left
//! empty and a text was chosen, so that they work without a script.

use authz::{Actor, Failure, Refusal};
use web::Shell;

use super::typed::Typed;
use crate::{
    Services,
    canned::{Canned, Use, table},
    request::{Correction, RequestNumber, act::visible, follow::Followed, page::words},
};

/// A text as it is offered.
pub(super) struct Offered {
    pub id: String,
    pub name: String,
    /// Filled but for the item, which the box knows.
    pub words: String,
    pub used_for: Use,
}

impl Services {
    /// The texts of the body for one case.
    pub(super) async fn offered(
        &self,
        shell: &Shell,
        followed: &Followed,
        applicant: &identity::Person,
    ) -> Result<Vec<Offered>, Failure> {
        let texts = table::of_body(&self.store.read(), followed.request.body).await?;
        let offered = texts.iter().map(|canned| Offered {
            id: canned.id.to_string(),
            name: shell.text(&canned.name).to_owned(),
            words: filled(canned, followed, applicant, None),
            used_for: canned.used_for,
        });
        Ok(offered.collect())
    }

    /// What was typed, or the chosen text where nothing was.
    pub(super) async fn said_or_canned(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        typed: &str,
        chosen: &str,
    ) -> Result<String, Failure> {
        if !typed.trim().is_empty() || chosen.is_empty() {
            return Ok(typed.to_owned());
        }
        self.canned_words(actor, number, chosen, None).await
    }

    /// The corrections that were typed, and those that were chosen from texts.
    pub(super) async fn corrections(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        typed: &Typed,
    ) -> Result<Vec<Correction>, Failure> {
        let mut corrections = typed.corrections();
        for (item, chosen) in typed.canned_notes.iter().filter(|(_, chosen)| !chosen.is_empty()) {
            if !corrections.iter().any(|known| known.item == *item) {
                let instruction = self.canned_words(actor, number, chosen, Some(item)).await?;
                corrections.push(Correction { item: item.clone(), instruction });
            }
        }
        Ok(corrections)
    }

    async fn canned_words(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        chosen: &str,
        item: Option<&str>,
    ) -> Result<String, Failure> {
        let sql = self.store.read();
        let request = visible(&sql, &self.policies, actor, number).await?;
        let Ok(id) = chosen.parse() else { return Ok(String::new()) };
        let canned = table::find(&sql, id).await?.filter(|canned| canned.body == request.body);
        let canned = canned.ok_or_else(Refusal::not_found)?;
        let applicant = identity::person(&sql, request.applicant).await?.ok_or_else(Refusal::not_found)?;
        let followed = self.follow(actor, number).await?;
        Ok(filled(&canned, &followed, &applicant, item))
    }
}

fn filled(canned: &Canned, followed: &Followed, applicant: &identity::Person, item: Option<&str>) -> String {
    let lang = applicant.language;
    let mut values = vec![
        ("applicant", applicant.name.get(lang).to_owned()),
        ("number", followed.request.number.to_string()),
        ("service", followed.entry.card.name.get(lang).to_owned()),
    ];
    if let Some(item) = item {
        values.push(("item", words::item_name(&followed.entry, item, lang)));
    }
    canned.filled(lang, &values)
}
