//! QR codes as SVG.

use qrcode::{EcLevel, QrCode, render::svg};

/// Pixels that the picture is at least wide; it scales without loss.
const SIDE_PIXELS_MIN: u32 = 240;

/// The text as a QR code with its quiet zone, black on white: level M, which survives a fold or a stain, or level L
/// where M has no room. A text above 2,953 bytes has no code: the result is then empty, and whoever shows it shows
/// the text itself beside it in any case.
pub fn qr_svg(text: &str) -> String {
    QrCode::with_error_correction_level(text, EcLevel::M)
        .or_else(|_| QrCode::with_error_correction_level(text, EcLevel::L))
        .map(|code| {
            code.render::<svg::Color<'_>>()
                .min_dimensions(SIDE_PIXELS_MIN, SIDE_PIXELS_MIN)
                .dark_color(svg::Color("#000000"))
                .light_color(svg::Color("#ffffff"))
                .build()
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_picture_and_a_novel_is_none() {
        let picture = qr_svg("https://diwan.example/verify/26-000417");
        assert!(picture.contains("<svg") && picture.contains("viewBox"));
        assert!(!qr_svg(&"x".repeat(2_900)).is_empty());
        assert_eq!(qr_svg(&"x".repeat(3_000)), "");
    }
}
