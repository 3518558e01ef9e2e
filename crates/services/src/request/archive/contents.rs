//! What the archive of a request holds: for people a summary, for programs `request.json`, and every file as it is.

use authz::{Actor, Failure, Refusal};
use language::{Digits, Lang, Offset};
use serde_json::{Value, json};

use super::{Content, Part};
use crate::{
    Services, appeal, appointment,
    request::{RequestNumber, follow::Followed},
};

/// Messages about one request that an archive holds; more than a request ever gets.
const MESSAGES_MAX: u32 = 500;
/// Characters of a file's name inside the archive.
const NAME_CHARACTERS_MAX: usize = 80;

impl Services {
    pub(super) async fn archive_parts(
        &self,
        actor: &Actor,
        number: &RequestNumber,
        lang: Lang,
    ) -> Result<Vec<Part>, Failure> {
        let followed = self.follow(actor, number).await?;
        let receipt = self.receipt_of(actor, number).await?;
        let messages = self.messages_about(&followed, lang).await?;
        let mut parts = vec![
            whole("summary.pdf", self.summary_pdf(actor, number).await?),
            whole("receipt.pdf", self.receipt_pdf(actor, number).await?),
            whole("receipt.json", receipt.to_json().into_bytes()),
        ];
        let mut documents = Vec::new();
        for (place, supplied) in followed.request.documents.iter().enumerate() {
            let path = format!("documents/{:02} {}", place + 1, file_name(&supplied.name));
            documents.push(json!({ "evidence": supplied.evidence, "path": path, "name": supplied.name,
                "sha256": supplied.sha256, "bytes": supplied.bytes, "media_type": supplied.media_type }));
            parts.push(Part { path, content: Content::Document(supplied.document) });
        }
        let mut outputs = Vec::new();
        for output in &followed.outputs {
            let listed = followed.entry.card.outputs.iter().find(|listed| listed.id == output.part);
            let title = listed.map_or(output.part.as_str(), |listed| listed.title.get(lang));
            let path = format!("outputs/{} {number}.pdf", file_name(title));
            let pdf = self.documents.bytes(output.document).await?;
            let seal = self.sealed(output.leaf, Some(&pdf)).await?;
            outputs.push(
                json!({ "output": output.part, "kind": output.kind, "path": path, "code": output.code,
                "verify": format!("{}/verify/{}", self.public_address, output.code),
                "delivered_at": output.delivered_at.to_string() }),
            );
            parts.push(whole(&path, seal.append_to_pdf(&pdf)));
        }
        let told = self.told(&followed, documents, outputs, messages).await?;
        parts.insert(0, whole("request.json", serde_json::to_vec_pretty(&told)?));
        Ok(parts)
    }

    /// The request for programs. Names of members stay what they are: others read them.
    async fn told(
        &self,
        followed: &Followed,
        documents: Vec<Value>,
        outputs: Vec<Value>,
        messages: Vec<Value>,
    ) -> Result<Value, Failure> {
        let Followed { request, entry, provider, steps, .. } = followed;
        let sql = self.store.read();
        let applicant = identity::person(&sql, request.applicant).await?.ok_or_else(Refusal::not_found)?;
        let steps: Vec<Value> = steps
            .iter()
            .map(|step| json!({ "state": step.state.word(), "at": step.at.to_string(), "note": step.note }))
            .collect();
        let appeals = appeal::table::of_request(&sql, request.id).await?;
        let appeals: Vec<Value> = appeals
            .iter()
            .map(|appeal| {
                json!({ "against": appeal.against.word(), "state": appeal.state.word(), "grounds": appeal.grounds,
                    "filed_at": appeal.filed_at.to_string(), "reasons": appeal.reasons, "remedy": appeal.remedy })
            })
            .collect();
        let appointment = appointment::table::of_request(&sql, request.id).await?;
        let appointment = appointment.map(|it| {
            json!({ "state": it.state.word(),
            "starts_at": it.starts_at.to_string(), "ends_at": it.ends_at.to_string() })
        });
        Ok(json!({
            "number": request.number.as_str(),
            "service": { "id": entry.card.id, "version": entry.version, "name": entry.card.name },
            "provider": { "id": provider.slug, "name": provider.name },
            "applicant": { "name": applicant.name, "identifier": applicant.identifier },
            "on_behalf_of": request.entity,
            "state": request.state.word(),
            "delivered_at": request.delivered_at.to_string(),
            "due_at": request.due_at.to_string(),
            "closed_at": request.closed_at.map(|at| at.to_string()),
            "acknowledgement": request.acknowledgement,
            "answers": request.answers,
            "documents": documents,
            "corrections": request.checks.corrections,
            "decision": request.checks.decision,
            "measures": request.checks.measures,
            "act_number": request.checks.act.number,
            "act_date": request.checks.act.date,
            "outputs": outputs,
            "steps": steps,
            "messages": messages,
            "appeals": appeals,
            "appointment": appointment,
        }))
    }

    /// What the applicant was told of this request, in words.
    async fn messages_about(&self, followed: &Followed, lang: Lang) -> Result<Vec<Value>, Failure> {
        let request = &followed.request;
        let notices = notify::about(&self.store.read(), &request.subject(), MESSAGES_MAX).await?;
        let offset = Offset { minutes: followed.provider.calendar.hours.offset_minutes };
        let own = notices.iter().filter(|notice| notice.person == request.applicant);
        Ok(own
            .map(|notice| {
                let words = notify::words_of(notice, &self.texts, lang, Digits::Latin, offset);
                json!({ "at": notice.sent_at.to_string(), "subject": words.subject(), "body": words.body() })
            })
            .collect())
    }
}

fn whole(path: &str, bytes: Vec<u8>) -> Part {
    Part { path: path.to_owned(), content: Content::Whole(bytes.into()) }
}

/// A name that every system takes: without paths, without what some of them forbid, not too long. The ending stays.
fn file_name(name: &str) -> String {
    let forbidden =
        |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let plain: String = name.chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
    let plain = plain.trim_matches(|c: char| c == '.' || c.is_whitespace()).to_owned();
    let characters = plain.chars().count();
    if characters <= NAME_CHARACTERS_MAX {
        return plain;
    }
    let ending: String = plain.chars().skip(characters - NAME_CHARACTERS_MAX / 4).collect();
    let kept = NAME_CHARACTERS_MAX - ending.chars().count() - 1;
    plain.chars().take(kept).chain(['~']).chain(ending.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_and_stay_short() {
        assert_eq!(file_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(file_name("عقد إيجار.pdf"), "عقد إيجار.pdf");
        assert_eq!(file_name(" a:b*c?.pdf. "), "a_b_c_.pdf");
        let long = file_name(&format!("{}.pdf", "x".repeat(300)));
        assert!(long.ends_with(".pdf") && long.chars().count() == NAME_CHARACTERS_MAX, "{long}");
    }
}
