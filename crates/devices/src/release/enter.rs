//! The competent administration enters a release that the maker of a system recommends.

use authz::{Failure, Item, Kind, Refusal};
use clock::Timestamp;
use language::Offset;
use serde::Deserialize;
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    Release,
    table::{self, RELEASES_MAX},
};
use crate::authority::{About, Acting, WORDS_CHARACTERS_MAX};

const NAME_CHARACTERS_MAX: usize = 120;

const INCOMPLETE: Refusal = Refusal::new(Kind::Invalid, "device.release_incomplete", &["LY-MAIL-3.05d"]);
const KNOWN: Refusal = Refusal::new(Kind::Conflict, "device.release_known", &["LY-MAIL-3.05d"]);
const FULL: Refusal = Refusal::new(Kind::Conflict, "device.releases_full", &["LY-MAIL-3.05d"]);

/// A release as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReleaseWish {
    pub system: String,
    pub version: String,
    /// `2026-03-01`.
    pub published: String,
    pub note: String,
}

pub(crate) struct EnterRelease {
    pub acting: Acting,
    pub offset: Offset,
    pub wish: ReleaseWish,
}

impl Verb for EnterRelease {
    type Answer = Uuid;
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<Uuid, Failure> {
        self.acting.check(tx, "set_rules", &About::default()).await?;
        let (by, at) = (self.acting.actor.person, self.acting.clock.now());
        let release = self.wish.checked(self.offset.local(at).day())?;
        if table::in_force(tx).await?.len() as i64 >= RELEASES_MAX {
            return Err(FULL.into());
        }
        if !table::insert(tx, &release, by, at).await? {
            return Err(KNOWN.with_item("version", "device_release_known", "").into());
        }
        record(tx, "device.release_entered", &release, by, at).await?;
        Ok(release.id)
    }
}

impl ReleaseWish {
    /// The release that is meant, or everything that is missing at once.
    fn checked(&self, today: i64) -> Result<Release, Refusal> {
        let (system, note) = (self.system.trim().to_lowercase(), self.note.trim().to_owned());
        let version = language::fold_digits(self.version.trim());
        let published = language::day_of(&self.published).filter(|day| *day <= today);
        let long = |text: &str, max: usize| text.chars().count() > max;
        let checks = [
            ("system", "required", !system.is_empty()),
            ("system", "too_long", !long(&system, NAME_CHARACTERS_MAX)),
            ("version", "device_version", version.bytes().any(|byte| byte.is_ascii_digit())),
            ("version", "too_long", !long(&version, NAME_CHARACTERS_MAX)),
            ("published", "device_published", published.is_some()),
            ("note", "too_long", !long(&note, WORDS_CHARACTERS_MAX)),
        ];
        let open = checks.into_iter().filter(|(_, _, fits)| !fits);
        let detail = |field: &str, code: &str| match (field, code) {
            ("note", "too_long") => WORDS_CHARACTERS_MAX.to_string(),
            (_, "too_long") => NAME_CHARACTERS_MAX.to_string(),
            _ => String::new(),
        };
        let items: Vec<Item> = open
            .map(|(field, code, _)| Item {
                field: field.into(),
                code: code.into(),
                detail: detail(field, code),
            })
            .collect();
        match (published, items.as_slice()) {
            (Some(published_on), []) => {
                Ok(Release { id: Uuid::now_v7(), system, version, published_on, note })
            }
            _ => Err(INCOMPLETE.with_items(items)),
        }
    }
}

pub(super) async fn record(
    tx: &Tx,
    kind: &'static str,
    release: &Release,
    by: Uuid,
    at: Timestamp,
) -> Result<(), Failure> {
    let entry = ledger::Entry {
        kind,
        subject: format!("device-release/{}", release.id),
        actor: Some(by),
        controls: &["LY-MAIL-3.05d"],
        body: json!({ "system": release.system, "version": release.version, "published_on": release.published_on,
            "words": release.note }),
        at,
    };
    ledger::append(tx, entry).await?;
    Ok(())
}
