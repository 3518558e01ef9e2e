//! A page of somebody else's PDF as a picture, so that an officer reads it without opening the file.
//!
//! The reader is written in Rust without unsafe code and sees nothing but the bytes. Whatever it cannot read is no
//! picture.

use hayro::{
    RenderCache, RenderSettings, hayro_interpret::InterpreterSettings, hayro_syntax::Pdf, render,
    vello_cpu::color::palette::css::WHITE,
};

/// Pixels of the wider side of a picture: enough to read a scanned page beside its form.
const SIDE_PIXELS_MAX: f32 = 1_400.0;

/// The page, counted from zero, as a PNG.
pub fn picture(pdf: &[u8], page: usize) -> Option<Vec<u8>> {
    let pdf = Pdf::new(pdf.to_vec()).ok()?;
    let page = pdf.pages().get(page)?;
    let (width, height) = page.render_dimensions();
    let side = width.max(height);
    if !side.is_finite() || side < 1.0 {
        return None;
    }
    let scale = SIDE_PIXELS_MAX / side;
    let settings =
        RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let drawn = render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    drawn.into_png().ok()
}

/// How many pages there are; none where it is no PDF that can be read.
pub fn pages(pdf: &[u8]) -> usize {
    Pdf::new(pdf.to_vec()).map_or(0, |pdf| pdf.pages().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n";

    #[test]
    fn a_page_is_drawn_and_nonsense_is_not() {
        let png = picture(PAGE, 0).expect("a picture");
        assert!(png.starts_with(b"\x89PNG"));
        assert_eq!((pages(PAGE), pages(b"no pdf")), (1, 0));
        assert!(picture(PAGE, 1).is_none());
        assert!(picture(b"no pdf", 0).is_none());
        assert!(picture(&PAGE[..120], 0).is_none_or(|png| png.starts_with(b"\x89PNG")));
    }
}
