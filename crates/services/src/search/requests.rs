//! The requests that a search finds: a person's own, and a single one of an officer's desk by its number.

use std::collections::HashSet;

use authz::{Actor, Failure};
use uuid::Uuid;

use crate::{
    Services,
    request::{
        self, RequestNumber, act,
        table::{self, Line},
    },
};

/// A person's newest requests among which is searched; the older ones are found on their own page.
const OWN_READ: i64 = 200;
const SHOWN: usize = 5;
/// Digits of a number that are enough to look for it.
const DIGITS_MIN: usize = 4;

impl Services {
    /// What this person may see and these words fit: by number, or by the service that was asked for.
    pub(super) async fn requests_found(
        &self,
        actor: &Actor,
        words: &str,
        services: &HashSet<Uuid>,
    ) -> Result<Vec<Line>, Failure> {
        let sql = self.store.read();
        let digits: String = language::fold_digits(words).chars().filter(char::is_ascii_digit).collect();
        let numbered = |number: &str| {
            let known: String = number.chars().filter(char::is_ascii_digit).collect();
            digits.len() >= DIGITS_MIN && known.contains(&digits)
        };
        let own = table::of_applicant(&sql, actor.person, Uuid::max(), OWN_READ).await?;
        let fits = |line: &Line| numbered(&line.number) || services.contains(&line.entry);
        let mut found: Vec<Line> = own.into_iter().filter(fits).take(SHOWN).collect();
        if let Some(line) =
            self.of_desk(actor, words).await?.filter(|line| !found.iter().any(|own| own.id == line.id))
        {
            found.insert(0, line);
        }
        Ok(found)
    }

    /// The request whose number was typed, if the policies let this person see it. To others it does not exist.
    async fn of_desk(&self, actor: &Actor, words: &str) -> Result<Option<Line>, Failure> {
        let Ok(number) = words.parse::<RequestNumber>() else { return Ok(None) };
        match act::visible(&self.store.read(), &self.policies, actor, &number).await {
            Ok(request) => Ok(Some(line(request))),
            Err(failure) if failure.refusal().is_some() => Ok(None),
            Err(failure) => Err(failure),
        }
    }
}

fn line(request: request::Request) -> Line {
    Line {
        id: request.id,
        number: request.number.to_string(),
        entry: request.entry,
        state: request.state,
        delivered_at: request.delivered_at,
        due_at: request.due_at,
    }
}
