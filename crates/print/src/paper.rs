//! The papers that every deployment prints: the receipt of a request and the output of a service.

use clock::Timestamp;
use language::Text;
use serde::{Deserialize, Serialize};

use crate::{Assets, Composed, PrintError, qr_svg, render, render_now};

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// إيصال: the number of a request and the moment of its receipt, large.
    Receipt,
    /// مخرج الخدمة: a certificate, a licence or an act, framed, with who decided.
    Output,
}

impl Form {
    /// The Typst source, as an example and as what a state may start from for its own.
    pub fn template(self) -> &'static str {
        match self {
            Form::Receipt => include_str!("../templates/receipt.typ"),
            Form::Output => include_str!("../templates/output.typ"),
        }
    }
}

/// What a paper says. As JSON it is what templates read and what the PDF carries as its attachment `data.json`:
///
/// ```json
/// {
///   "state": {"ar": "…", "en": "…"},
///   "body": {"ar": "السجل المدني", "en": "Civil Registry"},
///   "title": {"ar": "شهادة ميلاد", "en": "Birth certificate"},
///   "number": "26-000417",
///   "date": {"ar": "١ مارس ٢٠٢٦ (١٢ رمضان ١٤٤٧)", "en": "1 March 2026 (12 Ramadan 1447 AH)"},
///   "paragraphs": [{"ar": "…", "en": "…"}],
///   "facts": [{"label": {"ar": "الاسم", "en": "Name"}, "value": {"ar": "سلمى", "en": "Salma"}}],
///   "decided": {"name": {"ar": "…", "en": "…"}, "role": {"ar": "…", "en": "…"}},
///   "verify": "https://…/verify/26-000417",
///   "ledger": {"ar": "…", "en": "…"},
///   "emblem": "emblem.svg"
/// }
/// ```
///
/// `state`, `letter`, `decided` and `emblem` may be absent; a fact whose two values are equal, or whose English is empty, is
/// printed once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Paper {
    /// The name above the issuing body's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<Text>,
    /// The issuing body.
    pub body: Text,
    pub title: Text,
    pub number: String,
    /// The day of issue, or the moment of receipt, as `language::date_at` or `language::moment` say it.
    pub date: Text,
    #[serde(default)]
    pub paragraphs: Vec<Text>,
    /// What the body wrote, instead of or after `paragraphs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<Composed>,
    #[serde(default)]
    pub facts: Vec<Fact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
    /// The public address at which anybody checks the paper; also its QR code.
    pub verify: String,
    /// The footer: where the paper stands in the ledger.
    pub ledger: Text,
    /// The asset that replaces the star in the letterhead, where the body has its own emblem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emblem: Option<String>,
}

/// A row of the table.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Fact {
    pub label: Text,
    pub value: Text,
}

/// Who decided, and in which role.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Decided {
    pub name: Text,
    pub role: Text,
}

impl Paper {
    /// The paper as PDF. `at` becomes its creation time. `assets` may hold the emblem; the QR code is added here.
    pub async fn print(&self, form: Form, at: Timestamp, assets: Assets) -> Result<Vec<u8>, PrintError> {
        render(form.template(), &serde_json::to_value(self)?, self.with_code(at, assets)).await
    }

    /// The same at once and on this thread.
    pub fn print_now(&self, form: Form, at: Timestamp, assets: Assets) -> Result<Vec<u8>, PrintError> {
        render_now(form.template(), &serde_json::to_value(self)?, self.with_code(at, assets))
    }

    fn with_code(&self, at: Timestamp, mut assets: Assets) -> Assets {
        assets.at = at;
        assets.files.insert("qr.svg".into(), qr_svg(&self.verify).into_bytes());
        assets
    }
}
