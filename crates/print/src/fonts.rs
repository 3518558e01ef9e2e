//! The fonts that are part of the program. Nothing is read from the machine, so that documents look alike everywhere.

use std::sync::LazyLock;

use typst::{
    foundations::Bytes,
    text::{Font, FontBook, FontInfo},
    utils::LazyHash,
};

/// IBM Plex Sans Arabic, which also holds the Latin letters of its family, in two weights. SIL Open Font License 1.1,
/// see `fonts/OFL.txt`.
const FILES: [&[u8]; 2] = [
    include_bytes!("../fonts/IBMPlexSansArabic-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSansArabic-SemiBold.ttf"),
];

pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
}

/// The family under which templates ask for every weight. The files name their weights as families of their own
/// ("… SmBld"), so that a heading in weight 600 would otherwise be set in the regular cut.
const FAMILY: &str = "IBM Plex Sans Arabic";

/// Read once for all documents.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    let infos = fonts.iter().map(|font| FontInfo { family: FAMILY.into(), ..font.info().clone() });
    Fonts { book: LazyHash::new(FontBook::from_infos(infos)), fonts }
});

#[cfg(test)]
mod tests {
    use typst::text::{FontStretch, FontStyle, FontVariant, FontWeight};

    use super::*;

    #[test]
    fn each_weight_has_its_own_cut() {
        let cut = |weight| {
            let variant =
                FontVariant::new(FontStyle::Normal, FontWeight::from_number(weight), FontStretch::NORMAL);
            FONTS.book.select("ibm plex sans arabic", variant)
        };
        assert_eq!((FONTS.fonts.len(), cut(400), cut(600)), (2, Some(0), Some(1)));
    }
}
