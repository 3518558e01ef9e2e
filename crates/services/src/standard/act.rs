//! A version of a standard is published, put in force, ended. What nobody could read on the portal binds nobody: it is not
//! put in force (LY-SVC-19.2).

use authz::{Actor, Failure, Kind, Refusal};
use serde_json::json;
use store::{Tx, Verb};

use super::{Standing, table};
use crate::{Services, entry::authority::Acting};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandardAct {
    Publish,
    Enforce,
    End,
}

impl StandardAct {
    pub(crate) fn named(word: &str) -> Option<StandardAct> {
        match word {
            "publish" => Some(StandardAct::Publish),
            "enforce" => Some(StandardAct::Enforce),
            "end" => Some(StandardAct::End),
            _ => None,
        }
    }

    /// What the policies call it.
    fn word(self) -> &'static str {
        match self {
            StandardAct::Publish => "publish_standard",
            StandardAct::Enforce => "enforce_standard",
            StandardAct::End => "end_standard",
        }
    }

    fn recorded(self) -> &'static str {
        match self {
            StandardAct::Publish => "standard.published",
            StandardAct::Enforce => "standard.in_force",
            StandardAct::End => "standard.ended",
        }
    }
}

pub struct ActOnStandard {
    pub(crate) acting: Acting,
    pub slug: String,
    pub version: i64,
    pub act: StandardAct,
}

impl Verb for ActOnStandard {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.acting.check_whole(tx, self.act.word()).await?;
        let found = table::find(tx, &self.slug, self.version).await?;
        let version = found.ok_or_else(Refusal::not_found)?;
        let at = self.acting.clock.now();
        let moved = match (self.act, version.standing) {
            (StandardAct::Enforce, Standing::Draft) => return Err(UNPUBLISHED.into()),
            (StandardAct::Publish, _) => table::publish(tx, &version, at).await?,
            (StandardAct::Enforce, _) => table::enforce(tx, &version, at).await?,
            (StandardAct::End, _) => table::end(tx, &version, at).await?,
        };
        if !moved {
            return Err(Refusal::new(Kind::Conflict, "standard.transition", &["LY-SVC-19.2"]).into());
        }
        let recorded = ledger::Entry {
            kind: self.act.recorded(),
            subject: version.subject(),
            actor: Some(self.acting.actor.person),
            controls: &["LY-SVC-19.2"],
            body: json!({ "title": version.title, "sha256": version.sha256 }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(())
    }
}

const UNPUBLISHED: Refusal = Refusal::new(Kind::Conflict, "standard.unpublished", &["LY-SVC-19.2"]);

impl Services {
    pub async fn act_on_standard(
        &self,
        actor: &Actor,
        slug: &str,
        version: i64,
        act: StandardAct,
    ) -> Result<(), Failure> {
        let verb =
            ActOnStandard { acting: self.acting_on_directory(actor), slug: slug.to_owned(), version, act };
        self.carry_out_entry(actor, "directory/standards", verb, None).await
    }
}
