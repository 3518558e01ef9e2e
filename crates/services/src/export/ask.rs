//! VERB. Somebody asks for a list as a file.

use std::time::Duration;

use authz::{Actor, Failure, Kind, Refusal};
use clock::Timestamp;
use jobs::Job;
use language::Lang;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;
use web::ExportForm;

use super::{Export, ExportState, KEPT, List, Narrowed, WAITING_MAX, lists::Taking, make, table};
use crate::Services;

/// Orders the file; a job makes it.
pub(crate) struct Ask {
    export: Export,
}

impl Verb for Ask {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let export = &self.export;
        if table::waiting(tx, export.owner).await? >= WAITING_MAX {
            return Err(too_many());
        }
        table::insert(tx, export).await?;
        noted(tx, export, "export.asked", export.asked_at).await?;
        let payload = json!({ "export": export.id });
        let job = Job { kind: make::KIND, key: export.id.to_string(), payload, run_at: export.asked_at };
        jobs::enqueue(tx, job).await?;
        Ok(export.id)
    }
}

pub(super) fn too_many() -> Failure {
    let most = WAITING_MAX.to_string();
    Refusal::new(Kind::Conflict, "export.too_many", &[]).with_item("list", "too_many", &most).into()
}

/// What was taken out, by whom and when: it leaves the house with whoever fetches it.
pub(super) async fn noted(tx: &Tx, export: &Export, kind: &str, at: Timestamp) -> Result<(), Failure> {
    let entry = ledger::Entry {
        kind,
        subject: export.subject(),
        actor: Some(export.owner),
        controls: &[],
        body: json!({
            "list": export.list.code(),
            "narrowed": export.narrowed,
            "form": export.form.code(),
            "rows": export.rows,
        }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}

/// A short list goes out at once; that is an event too.
pub(super) struct Note {
    pub export: Export,
    pub kind: &'static str,
    pub at: Timestamp,
}

impl Verb for Note {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        noted(tx, &self.export, self.kind, self.at).await
    }
}

impl Services {
    /// What would be ordered now.
    pub(super) fn new_export(&self, taking: &Taking) -> Export {
        let now = self.clock.now();
        Export {
            id: Uuid::now_v7(),
            owner: taking.actor.person,
            list: taking.list,
            narrowed: taking.narrowed.clone(),
            form: taking.form,
            language: taking.lang,
            assurance: taking.actor.assurance,
            state: ExportState::Asked,
            rows: 0,
            expected: None,
            spent: Duration::ZERO,
            bytes: 0,
            parts: 0,
            continues: None,
            reason: String::new(),
            asked_at: now,
            changed_at: now,
            expires_at: now + KEPT,
        }
    }

    pub(crate) fn taking(
        &self,
        actor: &Actor,
        (list, form): (&str, &str),
        narrowed: Narrowed,
        lang: Lang,
    ) -> Result<Taking, Failure> {
        let form = ExportForm::named(form).ok_or_else(|| {
            Refusal::new(Kind::Invalid, "export.form_unknown", &[]).with_item("form", "enum", "")
        })?;
        Ok(Taking { actor: actor.clone(), list: List::named(list)?, narrowed, lang, form })
    }

    /// Orders a file, whatever its length.
    pub(crate) async fn ask_for(
        &self,
        taking: &Taking,
        once: Option<store::OnceKey>,
    ) -> Result<Uuid, Failure> {
        self.check_taking(taking).await?;
        let verb = Ask { export: self.new_export(taking) };
        let id = self.store.write(store::Once { key: once, verb }).await?;
        self.ledger.wake();
        Ok(id)
    }
}
