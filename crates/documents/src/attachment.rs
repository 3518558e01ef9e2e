//! How a download is labelled, so that no name and no content can speak for the site.

/// Headers with which every document is handed out: saved under its name (RFC 6266, RFC 8187), never sniffed,
/// never run as a page of the site, never kept by a cache in between. The caller adds the content type.
pub fn attachment_headers(name: &str) -> [(&'static str, String); 4] {
    let clean = crate::name::cleaned(name).unwrap_or_else(|_| "document".to_owned());
    let disposition =
        format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", plain(&clean), percent(&clean));
    [
        ("content-disposition", disposition),
        ("x-content-type-options", "nosniff".to_owned()),
        ("content-security-policy", "sandbox; default-src 'none'".to_owned()),
        ("cache-control", "private, no-store".to_owned()),
    ]
}

/// The name for readers that know only ASCII.
fn plain(name: &str) -> String {
    let safe = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let plain: String = name.chars().map(|letter| if safe(letter) { letter } else { '_' }).collect();
    match plain.rsplit_once('.') {
        Some((stem, ending)) if stem.chars().all(|letter| letter == '_') => format!("document.{ending}"),
        _ if plain.chars().all(|letter| letter == '_') => "document".to_owned(),
        _ => plain,
    }
}

/// Everything but the attribute characters of RFC 8187 is written as `%XX`.
fn percent(name: &str) -> String {
    let mut out = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn disposition(name: &str) -> String {
        attachment_headers(name)[0].1.clone()
    }

    #[test]
    fn names_cannot_leave_their_header() {
        for (name, expected) in [
            ("a b.pdf", "attachment; filename=\"a_b.pdf\"; filename*=UTF-8''a%20b.pdf"),
            ("عقد.pdf", "attachment; filename=\"document.pdf\"; filename*=UTF-8''%D8%B9%D9%82%D8%AF.pdf"),
            ("a\"; x=\"b.pdf", "attachment; filename=\"a___x__b.pdf\"; filename*=UTF-8''a_%3B%20x%3D_b.pdf"),
            (
                "a\r\nset-cookie: x",
                "attachment; filename=\"a_set-cookie_x\"; filename*=UTF-8''a%20set-cookie%20x",
            ),
            ("\u{202E}", "attachment; filename=\"document\"; filename*=UTF-8''document"),
        ] {
            assert_eq!(disposition(name), expected, "{name:?}");
        }
    }

    #[test]
    fn every_byte_of_every_name_is_a_legal_header() {
        for code in (0..0x11_0000).filter_map(char::from_u32).step_by(61) {
            let value = disposition(&format!("a{code}b.pdf"));
            assert!(value.bytes().all(|byte| (0x20..0x7F).contains(&byte)), "{value:?}");
            assert_eq!(value.matches('"').count(), 2, "{value:?}");
        }
    }
}
