//! The competent administration writes a standard, or its next version (LY-SVC-19.2).

use authz::{Actor, Failure, Item, Kind, Refusal};
use documents::{Accept, Document};
use language::Text;
use serde_json::json;
use store::{Tx, Verb};

use super::{StandardKind, Standing, Version, table};
use crate::{
    Services,
    entry::authority::{Acting, administration},
};

const SLUG_CHARACTERS_MAX: usize = 60;
const TITLE_CHARACTERS_MAX: usize = 120;
const SUMMARY_CHARACTERS_MAX: usize = 600;

/// What is typed of a version.
#[derive(Clone, Debug)]
pub struct StandardDraft {
    pub slug: String,
    pub kind: Option<StandardKind>,
    pub title: Text,
    pub summary: Text,
}

impl StandardDraft {
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let named = |words: &str, max: usize| (3..=max).contains(&words.trim().chars().count());
        let slug = (3..=SLUG_CHARACTERS_MAX).contains(&self.slug.len()) && self.slug.chars().all(plain);
        let gaps = [
            ("slug", "pattern", slug),
            ("kind", "required", self.kind.is_some()),
            ("title_ar", "required", named(&self.title.ar, TITLE_CHARACTERS_MAX)),
            ("title_en", "required", named(&self.title.en, TITLE_CHARACTERS_MAX)),
            ("summary_ar", "required", named(&self.summary.ar, SUMMARY_CHARACTERS_MAX)),
            ("summary_en", "required", named(&self.summary.en, SUMMARY_CHARACTERS_MAX)),
        ];
        let open = gaps.iter().filter(|(_, _, stands)| !stands);
        let items: Vec<Item> = open
            .map(|(field, code, _)| Item {
                field: (*field).into(),
                code: (*code).into(),
                detail: String::new(),
            })
            .collect();
        match items.is_empty() {
            true => Ok(()),
            false => Err(invalid().with_items(items)),
        }
    }
}

pub(crate) fn invalid() -> Refusal {
    Refusal::new(Kind::Invalid, "standard.invalid", &["LY-SVC-19.2"])
}

pub struct WriteStandard {
    pub(crate) acting: Acting,
    pub draft: StandardDraft,
    pub file: Document,
}

impl Verb for WriteStandard {
    type Answer = i64;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<i64, Failure> {
        self.acting.check_whole(tx, "write_standard").await?;
        self.draft.check()?;
        let kind = self.draft.kind.ok_or_else(invalid)?;
        if !documents::retain(tx, self.file.id, None).await? {
            return Err(invalid().with_item("file", "required", "").into());
        }
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let version = Version {
            slug: self.draft.slug.clone(),
            kind,
            version: table::newest(tx, &self.draft.slug).await? + 1,
            title: self.draft.title.clone(),
            summary: self.draft.summary.clone(),
            document: self.file.id,
            file_name: self.file.name.clone(),
            sha256: self.file.sha256.clone(),
            bytes: self.file.bytes as i64,
            standing: Standing::Draft,
            written_by: by,
            written_at: at,
            published_at: None,
            in_force_at: None,
            ended_at: None,
        };
        table::insert(tx, &version).await?;
        let recorded = ledger::Entry {
            kind: "standard.written",
            subject: version.subject(),
            actor: Some(by),
            controls: &["LY-SVC-19.2"],
            body: json!({ "title": version.title, "sha256": version.sha256 }),
            at,
        };
        ledger::append(tx, recorded).await?;
        Ok(version.version)
    }
}

impl Services {
    /// Keeps a file that is in memory already and writes the version that it belongs to.
    pub async fn write_standard(
        &self,
        actor: &Actor,
        draft: StandardDraft,
        file_name: &str,
        bytes: Vec<u8>,
    ) -> Result<i64, Failure> {
        let owner = administration(&self.store.read()).await?;
        let file = self.documents.put_bytes(owner, file_name, bytes, Accept::default()).await?;
        self.keep_standard(actor, draft, file).await
    }

    pub(crate) async fn keep_standard(
        &self,
        actor: &Actor,
        draft: StandardDraft,
        file: Document,
    ) -> Result<i64, Failure> {
        let verb = WriteStandard { acting: self.acting_on_directory(actor), draft, file };
        self.carry_out_entry(actor, "directory/standards", verb, None).await
    }
}
