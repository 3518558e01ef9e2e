//! What happened to a request, as the ledger holds it: who, what, when, and its place in the log.

use std::collections::HashMap;

use authz::Failure;
use ledger::Recorded;
use uuid::Uuid;
use web::Shell;

use crate::{Services, request::Request};

/// Entries that a case shows; a request that has more of them shows its first ones.
const HISTORY_ENTRIES_SHOWN: u64 = 100;

#[derive(Clone)]
pub(super) struct HistoryLine {
    pub title: String,
    pub who: String,
    pub when: String,
    /// Why something was refused.
    pub detail: String,
    /// The place in the log; empty until it is sequenced.
    pub index: String,
    /// Something was done to the request; an attempt that was refused is none.
    pub is_act: bool,
}

impl Services {
    pub(super) async fn desk_history(
        &self,
        shell: &Shell,
        request: &Request,
    ) -> Result<Vec<HistoryLine>, Failure> {
        let sql = self.store.read();
        let recorded = ledger::history(&sql, &request.subject(), None, HISTORY_ENTRIES_SHOWN).await?;
        let mut actors: Vec<Uuid> = recorded.iter().filter_map(|entry| entry.actor).collect();
        actors.sort();
        actors.dedup();
        let persons = identity::persons(&sql, &actors).await?;
        let names: HashMap<Uuid, String> =
            persons.iter().map(|person| (person.id, shell.text(&person.name).to_owned())).collect();
        Ok(recorded.iter().map(|entry| line(shell, request, &names, entry)).collect())
    }
}

fn line(shell: &Shell, request: &Request, names: &HashMap<Uuid, String>, entry: &Recorded) -> HistoryLine {
    let key = format!("desk-history-{}", entry.kind.replace(['.', '_'], "-"));
    let name = |actor: &Uuid| names.get(actor).cloned().unwrap_or_else(|| shell.t("desk-somebody"));
    let who = match &entry.actor {
        None => shell.t("desk-platform"),
        Some(actor) if *actor == request.applicant => shell.t1("desk-applicant-named", "name", name(actor)),
        Some(actor) => name(actor),
    };
    HistoryLine {
        title: shell.said(&key).unwrap_or_else(|| entry.kind.clone()),
        who,
        when: shell.moment(entry.at),
        detail: refused_because(shell, entry),
        is_act: entry.kind != "refused",
        index: entry.index.map(|index| shell.num(index)).unwrap_or_default(),
    }
}

/// The sentence of a refusal that was noted, when we still have words for its code.
fn refused_because(shell: &Shell, entry: &Recorded) -> String {
    let code = entry.body.as_ref().and_then(|body| body.get("code")?.as_str());
    let code = code.filter(|_| entry.kind == "refused");
    let sentence = code.and_then(|code| shell.said(&format!("refusal-{}", code.replace(['.', '_'], "-"))));
    sentence.unwrap_or_default()
}
