use super::*;

const DESK: Locale = Locale {
    name: "desk",
    ar: "waiting = { $count ->\n    [zero] لا طلبات\n    [one] طلب واحد\n    [two] طلبان\n    [few] { $count } طلبات\n    [many] { $count } طلبا\n   *[other] { $count } طلب\n }\nopen = افتح\n    .title = افتح الطلب\n",
    en: "waiting = { $count ->\n    [one] one request\n   *[other] { $count } requests\n }\nopen = Open\n    .title = Open the request\nonly-english = Only here\n",
};

#[test]
fn arabic_has_six_plurals_and_the_readers_digits() {
    let texts = Texts::assemble(&[DESK]).unwrap();
    for (count, said) in
        [(0, "لا طلبات"), (1, "طلب واحد"), (2, "طلبان"), (3, "٣ طلبات"), (11, "١١ طلبا"), (100, "١٠٠ طلب")]
    {
        assert_eq!(texts.say_in(Lang::Ar, Digits::Arabic, "waiting", &[("count", count.into())]), said);
    }
    assert_eq!(texts.say(Lang::Ar, "waiting", &[("count", 12.into())]), "12 طلبا");
    assert_eq!(texts.say(Lang::En, "waiting", &[("count", 1.into())]), "one request");
    assert_eq!(texts.say(Lang::Ar, "open.title", &[]), "افتح الطلب");
}

#[test]
fn a_missing_key_is_said_in_english_and_then_shown_as_it_is() {
    let texts = Texts::assemble(&[DESK]).unwrap();
    assert_eq!(texts.say(Lang::Ar, "only-english", &[]), "Only here");
    assert_eq!(texts.say(Lang::Ar, "nowhere", &[]), "nowhere");
    assert_eq!(texts.say(Lang::En, "open.nothing", &[]), "open.nothing");
    assert!(!texts.has(Lang::Ar, "only-english"));
}

#[test]
fn gaps_between_the_languages_are_listed() {
    let other =
        Locale { name: "other", ar: "sent = أرسل في { $at }\n", en: "sent = Sent on { $date }\n" };
    let said: Vec<String> =
        Texts::assemble(&[DESK, other]).unwrap().missing().iter().map(Gap::to_string).collect();
    assert_eq!(
        said,
        ["only-english has no text in ar", "sent takes {\"$at\"} in Arabic and {\"$date\"} in English"]
    );
    assert_eq!(Texts::assemble(&[crate::LOCALE]).unwrap().missing(), []);
}

#[test]
fn a_key_belongs_to_one_crate_and_files_must_parse() {
    let twice = Locale { name: "twice", ar: "open = فتح\n", en: "" };
    assert!(matches!(
        Texts::assemble(&[DESK, twice]),
        Err(TextsError::Twice { locale: "twice", lang: Lang::Ar, .. })
    ));
    let broken = Locale { name: "broken", ar: "ok = نعم\n", en: "fine = yes\nopen = { $count\n" };
    let said = Texts::assemble(&[broken]).unwrap_err().to_string();
    assert!(said.starts_with("locales/en.ftl of crate broken is not valid Fluent: line "), "{said}");
}
