//! The paper forms that a form stands for: which of them were turned into electronic ones (LY-SVC-10.1a), and none may
//! be left on paper when the service is published (10.1b).
//!
//! `x-paper` lists them: `{ "reference": "ب-12", "title": "…", "x-en": { "title": "…" }, "electronic": true }`.

use authz::{Item, Kind, Refusal};
use language::Text;
use serde_json::Value;

use super::{Form, field::title_of};

#[derive(Clone, Debug)]
pub struct Paper {
    /// Its number on paper.
    pub reference: String,
    pub title: Text,
    /// Whether this form replaces it.
    pub electronic: bool,
}

pub(super) fn papers(schema: &Value) -> Vec<Paper> {
    let listed = schema.get("x-paper").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let paper = |paper: &Value| Paper {
        reference: paper.get("reference").and_then(Value::as_str).unwrap_or_default().to_owned(),
        title: title_of(paper),
        electronic: paper.get("electronic").and_then(Value::as_bool).unwrap_or(false),
    };
    listed.iter().map(paper).collect()
}

impl Form {
    /// How many of the paper forms were converted, of how many.
    pub fn converted(&self) -> (usize, usize) {
        let papers = self.papers();
        (papers.iter().filter(|paper| paper.electronic).count(), papers.len())
    }

    /// Refuses to publish while a paper form has no electronic one.
    pub fn check_paper(&self) -> Result<(), Refusal> {
        let on_paper = self.papers().iter().filter(|paper| !paper.electronic);
        let items: Vec<Item> = on_paper
            .map(|paper| Item {
                field: "form".into(),
                code: "said".into(),
                detail: serde_json::json!({
                    "ar": format!("{} {}", paper.title.ar, paper.reference),
                    "en": format!("{} {}", paper.title.en, paper.reference),
                })
                .to_string(),
            })
            .collect();
        match items.is_empty() {
            true => Ok(()),
            false => {
                Err(Refusal::new(Kind::Conflict, "forms.paper_only", &["LY-SVC-10.1b"]).with_items(items))
            }
        }
    }
}
