//! A QR code as an inline drawing.

use askama::{Template, filters::HtmlSafe};
use qrcode::{Color, EcLevel, QrCode, types::QrError};

/// Modules of white around the code, as the standard asks.
const QUIET_MODULES: usize = 4;

#[derive(Clone, Debug, Template)]
#[template(path = "components/qr/qr.html")]
pub struct Qr {
    side: usize,
    path: String,
    label: String,
}

impl HtmlSafe for Qr {}

impl Qr {
    /// `label` is what a reader who cannot see the code is told. Fails when `text` is longer than a code holds.
    pub fn new(text: &str, label: impl Into<String>) -> Result<Qr, QrError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
        let (width, mut path) = (code.width(), String::new());
        for (index, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (index % width + QUIET_MODULES, index / width + QUIET_MODULES);
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
        Ok(Qr { side: width + 2 * QUIET_MODULES, path, label: label.into() })
    }
}
