//! The cases that somebody may see, and one of them, for page and API alike.

use authz::{Actor, Failure, Refusal};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use web::Cursor;

use super::{
    Case, CaseKind, Evidence, INVALID, Taken,
    table::{self, CasesWanted},
};
use crate::{Compliance, authority::NOT_YOURS};

/// Longer is no search.
const WORDS_CHARACTERS_MAX: usize = 200;
pub(crate) const CASE_STATES: [&str; 2] = ["open", "closed"];

#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct CasesAsked {
    /// Words of the title, the facts or the clause.
    pub q: String,
    /// `forensic` or `violation`.
    pub kind: String,
    /// `open` or `closed`.
    pub state: String,
    pub cursor: String,
}

impl CasesAsked {
    fn wanted(&self) -> Result<CasesWanted, Refusal> {
        let wrong = |field: &str| INVALID.with_item(field, "choice", "");
        let kind = match self.kind.as_str() {
            "" => None,
            word => Some(CaseKind::named(word).ok_or_else(|| wrong("kind"))?),
        };
        let closed = match self.state.as_str() {
            "" => None,
            "open" => Some(false),
            "closed" => Some(true),
            _ => return Err(wrong("state")),
        };
        let words: String = self.q.chars().take(WORDS_CHARACTERS_MAX).collect();
        let stems = language::analyse(&words).into_iter().map(|token| token.stem).collect();
        Ok(CasesWanted { kind, closed, stems })
    }
}

pub(crate) struct CasesListed {
    pub cases: Vec<Case>,
    pub next: String,
}

/// A case with everything that belongs to it.
pub(crate) struct CaseFile {
    pub case: Case,
    pub taken: Vec<Taken>,
    pub evidence: Vec<Evidence>,
    pub readers: Vec<Uuid>,
    pub may_work: bool,
}

impl Compliance {
    pub(crate) async fn cases(
        &self,
        actor: &Actor,
        asked: &CasesAsked,
        page: usize,
    ) -> Result<CasesListed, Failure> {
        if actor.roles.is_empty() {
            return Err(NOT_YOURS.into());
        }
        let sql = self.store.read();
        let bodies = self.acting(actor).case_bodies(&sql).await?;
        let wanted = asked.wanted()?;
        let after = Cursor::decode_given(Some(&asked.cursor))?.unwrap_or((i64::MAX, Uuid::max()));
        let mut cases = table::listed(&sql, (actor.person, &bodies), &wanted, after, page as i64 + 1).await?;
        let next = Cursor::cut(&mut cases, page, |last| (last.opened_at.0, last.id))?;
        Ok(CasesListed { cases, next: next.unwrap_or_default() })
    }

    /// A case that this person may see; nothing tells a stranger that it exists.
    pub(crate) async fn case_file(&self, actor: &Actor, id: Uuid) -> Result<CaseFile, Failure> {
        let sql = self.store.read();
        let case = table::find(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        let (acting, readers) = (self.acting(actor), table::readers(&sql, id).await?);
        let about = case.about(readers.clone());
        if !acting.may(&sql, "see_case", Some(case.body), about.clone()).await? {
            return Err(Refusal::not_found().into());
        }
        let may_work =
            case.closed_at.is_none() && acting.may(&sql, "work_case", Some(case.body), about).await?;
        let (taken, evidence) = (table::taken(&sql, id).await?, table::evidence(&sql, id).await?);
        Ok(CaseFile { case, taken, evidence, readers, may_work })
    }
}
