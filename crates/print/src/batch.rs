//! A batch for the post: papers that exist already, behind cover sheets, in one file for one printer.

use clock::Timestamp;
use hayro_syntax::Pdf;
use language::Text;
use serde::Serialize;
use serde_json::json;

use crate::{Assets, PrintError, render};

/// One envelope.
#[derive(Clone, Debug, Default)]
pub struct Envelope {
    /// Whoever sends it.
    pub from: Text,
    /// The word above the address.
    pub to_word: String,
    /// The lines of the address, the name first.
    pub address: Vec<String>,
    /// What the sheet says of its content: label and value.
    pub facts: Vec<(String, String)>,
    pub note: String,
    /// Title and file of each paper.
    pub papers: Vec<(String, Vec<u8>)>,
}

#[derive(Serialize)]
struct PaperOf {
    title: String,
    file: String,
    pages: usize,
}

/// The envelopes in their order. `title` names the file for those who do not see it.
pub async fn batch(title: &str, envelopes: Vec<Envelope>, at: Timestamp) -> Result<Vec<u8>, PrintError> {
    let mut assets = Assets { at, ..Assets::default() };
    let mut copies = Vec::with_capacity(envelopes.len());
    for envelope in envelopes {
        let mut papers = Vec::with_capacity(envelope.papers.len());
        for (title, bytes) in envelope.papers {
            let file = format!("paper-{}.pdf", assets.files.len());
            papers.push(PaperOf { title, file: file.clone(), pages: pages_of(&bytes)? });
            assets.files.insert(file, bytes);
        }
        let facts: Vec<_> =
            envelope.facts.iter().map(|(label, value)| json!({ "label": label, "value": value })).collect();
        copies.push(json!({
            "from": envelope.from, "to_word": envelope.to_word, "address": envelope.address,
            "facts": facts, "note": envelope.note, "papers": papers,
        }));
    }
    let data = json!({ "title": title, "copies": copies });
    render(include_str!("../templates/batch.typ"), &data, assets).await
}

fn pages_of(bytes: &[u8]) -> Result<usize, PrintError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| PrintError::Unreadable)?;
    Ok(pdf.pages().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Form, Paper};

    #[tokio::test]
    async fn each_envelope_has_its_cover_and_its_papers() {
        let paper = Paper {
            title: Text::new("شهادة إقامة", "Residence certificate"),
            body: Text::new("مصلحة الأحوال المدنية", "Civil Registry"),
            number: "26-4817-2093-51".into(),
            verify: "https://diwan.example/verify/1".into(),
            ..Paper::default()
        };
        let pdf = paper.print(Form::Output, Timestamp(0), Assets::default()).await.expect("a paper");
        let envelope = |papers: usize| Envelope {
            from: paper.body.clone(),
            to_word: "إلى".into(),
            address: vec!["سلمى خالد المنصوري".into(), "شارع الاستقلال 12".into(), "مدينة الساحل".into()],
            facts: vec![("رقم الطلب".into(), "26-4817-2093-51".into())],
            note: "نسخة ورقية.".into(),
            papers: vec![("شهادة إقامة".into(), pdf.clone()); papers],
        };
        let made = batch("دفعة", vec![envelope(1), envelope(2)], Timestamp(0)).await.expect("a batch");
        assert_eq!(pages_of(&made).expect("a PDF"), 2 + 3, "two covers and three papers of one page");
        let broken = Envelope { papers: vec![("x".into(), b"%PDF-nonsense".to_vec())], ..envelope(0) };
        assert!(batch("دفعة", vec![broken], Timestamp(0)).await.is_err());
    }
}
