//! A user reports an error on a card: its owner gets a task with a time limit, and when reports repeat, the card is due for
//! an update (LY-SVC-23.5, 25.1).

use authz::{Failure, Kind, Refusal};
use clock::{Clock, DAY, Timestamp};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Duty, DutyKind, table};
use crate::{
    entry::{
        authority::reason,
        version::{self, Version},
    },
    rulebook::{self, Rules},
    telling::message,
};

/// Reports that count together.
const REPORTS_COUNT_DAYS: u32 = 90;
/// Open reports of one person on one service.
const OWN_REPORTS_MAX: i64 = 3;

pub(crate) struct ReportError {
    pub person: Uuid,
    pub slug: String,
    pub words: String,
    pub clock: Clock,
}

impl Verb for ReportError {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        let version = version::leading(tx, &self.slug).await?;
        let words = reason("words", &self.words)?;
        if table::open_by(tx, version.entry, self.person).await? >= OWN_REPORTS_MAX {
            return Err(Refusal::new(Kind::Conflict, "directory.reported_already", &["LY-SVC-23.5"]).into());
        }
        let at = self.clock.now();
        let rules = rulebook::table::current(tx).await?.rules;
        let due = at + DAY * rules.error_days;
        let report = New { kind: DutyKind::ErrorReport, by: Some(self.person), words: &words, due };
        let id = open(tx, &version, report, at).await?;
        self.count(tx, &version, &rules, at).await?;
        let recorded = ledger::Entry {
            kind: "entry.error_reported",
            subject: format!("service/{}", self.slug),
            actor: Some(self.person),
            controls: &["LY-SVC-23.5"],
            body: json!({ "service": self.slug, "version": version.version, "duty": id }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(id)
    }
}

impl ReportError {
    async fn count(&self, tx: &Tx, version: &Version, rules: &Rules, at: Timestamp) -> Result<(), Failure> {
        let since = at - DAY * REPORTS_COUNT_DAYS;
        let reports = table::count_since(tx, version.entry, DutyKind::ErrorReport, since).await?;
        let repeated = reports >= i64::from(rules.errors_until_update);
        if repeated && !table::is_open(tx, version.entry, DutyKind::RepeatedErrors).await? {
            let due = at + DAY * rules.legal_change_days;
            let new = New { kind: DutyKind::RepeatedErrors, by: None, words: "", due };
            open(tx, version, new, at).await?;
        }
        Ok(())
    }
}

/// A duty that begins.
pub(crate) struct New<'a> {
    pub kind: DutyKind,
    pub by: Option<Uuid>,
    pub words: &'a str,
    pub due: Timestamp,
}

/// Opens a duty of the entry's owner and tells them.
pub(crate) async fn open(tx: &Tx, version: &Version, new: New<'_>, at: Timestamp) -> Result<Uuid, Failure> {
    let owner = table::owner(tx, version.entry).await?.map_or(version.author, |owner| owner.person);
    let duty = Duty {
        id: Uuid::now_v7(),
        entry: version.entry,
        body: version.body,
        owner,
        kind: new.kind,
        opened_by: new.by,
        words: new.words.to_owned(),
        reference: String::new(),
        effective_at: None,
        opened_at: at,
        due_at: new.due,
        closed_at: None,
        outcome: String::new(),
        answer: String::new(),
    };
    if table::insert(tx, &duty).await? {
        tell_owner(tx, version, &duty).await?;
    }
    Ok(duty.id)
}

/// Tells the owner what is to be done, and by when.
pub(crate) async fn tell_owner(tx: &Tx, version: &Version, duty: &Duty) -> Result<(), Failure> {
    let key = match duty.kind {
        DutyKind::Confirm => "duty-confirm",
        DutyKind::ErrorReport => "duty-error-report",
        DutyKind::RepeatedErrors => "duty-repeated-errors",
        DutyKind::LegalChange => "duty-legal-change",
        DutyKind::RepeatedDelay => "duty-repeated-delay",
    };
    let slug = &version.card.id;
    let told = message(duty.owner, key, format!("service/{slug}"), format!("/directory/entries/{slug}"))
        .text("service", &version.card.name)
        .moment("due_on", duty.due_at)
        .word("words", duty.words.clone());
    Ok(identity::tell(tx, told, duty.opened_at).await?)
}
