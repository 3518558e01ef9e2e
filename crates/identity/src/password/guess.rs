//! How soon a password is guessed by somebody who knows what people choose: lists of common and leaked passwords, names,
//! keyboard walks, dates and repetitions, all of them local. Composition rules are absent on purpose (NIST SP 800-63B).

use zxcvbn::{Score, zxcvbn};

/// What people here put into passwords and no foreign list holds.
const LOCAL: [&str; 28] = [
    "diwan",
    "ديوان",
    "libya",
    "ليبيا",
    "tripoli",
    "طرابلس",
    "benghazi",
    "بنغازي",
    "misrata",
    "مصراتة",
    "sabha",
    "سبها",
    "mohamed",
    "محمد",
    "ahmed",
    "احمد",
    "fatima",
    "فاطمة",
    "allah",
    "الله",
    "bismillah",
    "بسم",
    "password",
    "كلمة",
    "السر",
    "مرور",
    "ضصثقفغعهخحج",
    "شسيبلاتنمك",
];

/// Fewer guesses than this many do not make a password: about ten to the sixth.
const SCORE_MIN: Score = Score::Two;

/// Letters that are looked at; what follows only makes it longer.
const LOOKED_AT: usize = 64;

pub(super) fn is_guessed_soon(password: &str, identifier: &str) -> bool {
    let looked_at: String = language::fold_digits(password).chars().take(LOOKED_AT).collect();
    let known: Vec<&str> = LOCAL.into_iter().chain([identifier]).filter(|word| !word.is_empty()).collect();
    zxcvbn(&looked_at, &known).score() < SCORE_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_many_choose_is_refused_and_what_one_invents_is_not() {
        for (password, soon) in [
            ("passwordpassword", true),
            ("123456789012", true),
            ("١٢٣٤٥٦٧٨٩٠١٢", true),
            ("qwertyuiop123", true),
            ("aaaaaaaaaaaaaaaa", true),
            ("diwandiwandiwan", true),
            ("ليبياليبياليبيا", true),
            ("a long pass phrase", false),
            ("قهوة الصباح على الشرفة", false),
            ("kT9#vLq2!xWm", false),
        ] {
            assert_eq!(is_guessed_soon(password, "119900000001"), soon, "{password}");
        }
    }
}
