//! What stands between the competent administration and the providers before any service is published: where documents are
//! kept, and what everybody has to follow.

use authz::Failure;
use language::Text;
use services::{StandardAct, StandardDraft, StandardKind, StorageTerms};

use super::{DemoError, files, people::Cast, state::State};
use crate::parts::Parts;

const RETENTION_YEARS: i64 = 10;

/// Each body's author proposes an area of its own, and the directory's verifier approves it.
pub async fn agree_on_storage(parts: &Parts, state: &State, cast: &Cast) -> Result<(), Failure> {
    let (verifier, administrator) = (cast.actor(parts, "laila").await?, cast.actor(parts, "amal").await?);
    let mut bodies: Vec<_> = state.bodies.iter().collect();
    bodies.sort_by_key(|(slug, _)| slug.as_str());
    for (slug, body) in bodies {
        let proposer = match cast.author_of(slug) {
            Some(author) => cast.actor(parts, &author).await?,
            None => administrator.clone(),
        };
        let terms = StorageTerms {
            location: slug.clone(),
            site: Text::new("مركز البيانات الوطني، المنارة", "National data centre, Manara"),
            retention_years: RETENTION_YEARS,
            access: ["officer", "decider", "head"].map(str::to_owned).to_vec(),
        };
        let agreement = parts.services.propose_storage(&proposer, body.id, terms).await?;
        parts.services.approve_storage(&verifier, agreement).await?;
    }
    Ok(())
}

/// Every version of `demo/standards.toml`, as far as it says.
pub async fn set_standards(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    let administrator = cast.actor(parts, "amal").await?;
    for file in files::standards()?.standard {
        let kind = StandardKind::named(&file.kind);
        let draft = StandardDraft { slug: file.id.clone(), kind, title: file.title, summary: file.summary };
        let words = files::standard_text(&file.file)?.as_bytes().to_vec();
        let version = parts.services.write_standard(&administrator, draft, &file.file, words).await?;
        let acts: &[StandardAct] = match file.state.as_str() {
            "draft" => &[],
            "published" => &[StandardAct::Publish],
            "in_force" => &[StandardAct::Publish, StandardAct::Enforce],
            _ => return Err(DemoError::Unknown("standards.toml", file.state).into()),
        };
        for act in acts {
            parts.services.act_on_standard(&administrator, &file.id, version, *act).await?;
        }
    }
    Ok(())
}
