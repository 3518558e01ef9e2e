use super::*;

const NAME: Field = Field { weight: 12.0, words_usual: 4.0, exact: true };
const TEXT: Field = Field { weight: 1.0, words_usual: 40.0, exact: false };

const CARDS: [(&str, &str, &str); 8] = [
    ("birth", "شهادة ميلاد", "نسخة رسمية من شهادة الميلاد للمواليد"),
    ("passport", "تجديد جواز السفر", "جواز جديد بدل المنتهي"),
    ("marriage", "توثيق عقد زواج", "قيد الزواج في السجل المدني"),
    ("licence", "رخصة محل تجاري", "فتح متجر أو دكان في البلدية"),
    ("renewal", "تجديد رخصة تجارية", "تمديد رخصة قائمة"),
    ("university", "القبول في الجامعة", "مفاضلة الطلاب الجدد"),
    ("extract", "مستخرج من السجل التجاري", "بيانات الشركات المقيدة"),
    ("passport-en", "Passport renewal", "A new passport for the old one"),
];

fn index() -> Index {
    let mut index = Index::default();
    index.extend(
        CARDS.iter().map(|(key, name, text)| Document { key, texts: vec![(NAME, *name), (TEXT, *text)] }),
    );
    index
}

fn keys(index: &Index, found: &Found) -> String {
    let key = |(place, _): &(Place, f32)| index.keys[*place as usize].to_string();
    found.hits.iter().map(key).collect::<Vec<_>>().join(" ")
}

fn find(index: &Index, words: &str) -> (String, Found) {
    let found = index.find(words, Thesaurus::built_in(), |_| true, 0..3);
    (keys(index, &found), found)
}

#[test]
fn the_right_card_comes_first() {
    let index = index();
    for (words, first) in [
        ("شهاده الميلاد", "birth"),
        ("شَهَادَة مِيلَاد", "birth"),
        ("وللمواليد", "birth"),
        ("باسبور", "passport"),
        ("الباسبورت", "passport"),
        ("عقد قران", "marriage"),
        ("دكان", "licence"),
        ("رخص تجارية", "renewal"),
        ("جامعات", "university"),
        ("passports", "passport-en"),
        // Slips: swapped, missing, neighbouring, doubled, in a dialect word.
        ("شهداة ميلاد", "birth"),
        ("شهادة ميلد", "birth"),
        ("رخسة محل", "licence"),
        ("زوااج", "marriage"),
        ("باسبرو", "passport"),
        ("pasport", "passport-en"),
        // Spaces too few and too many, and the other keyboard.
        ("شهادةميلاد", "birth"),
        ("جا معة", "university"),
        ("lpg j[hvd", "licence"),
        ("حشسسحخقف", "passport-en"),
    ] {
        let (keys, _) = find(&index, words);
        assert!(keys.split(' ').next() == Some(first), "{words} gave {keys}");
    }
}

#[test]
fn what_was_mended_and_widened_is_said() {
    let index = index();
    let meant = |words: &str| find(&index, words).1.reading.meant(words).unwrap_or_default();
    assert_eq!(meant("شهداة ميلاد"), "شهادة ميلاد");
    assert_eq!(meant("شهادةميلاد الآن"), "شهادة ميلاد الآن");
    assert_eq!(meant("شهادة ميلاد"), "");
    let (_, found) = find(&index, "متجر");
    assert_eq!(found.reading.also, ["محل", "دكان"]);
}

#[test]
fn what_is_typed_so_far_is_completed() {
    let index = index();
    let complete = |words: &str| keys(&index, &index.complete(words, Thesaurus::built_in(), |_| true, 0..1));
    assert_eq!(complete("شها"), "birth");
    assert_eq!(complete("الجوا"), "passport");
    assert_eq!(complete("تجديد ر"), "renewal");
    assert_eq!(complete("باسب"), "passport");
    assert_eq!(complete("شهادة "), "birth");
    assert_eq!(complete("قغف"), "");
}

#[test]
fn nothing_is_invented() {
    let index = index();
    for words in ["", "من في", "كهرباء", "طائرات نفاثة", "()"] {
        assert_eq!(find(&index, words).0, "", "{words}");
    }
}

#[test]
fn a_document_comes_and_goes_while_readers_keep_theirs() {
    let before = index();
    let mut after = before.clone();
    after.remove(0);
    let texts = vec![(NAME, "شهادة ميلاد جديدة")];
    after.extend([Document { key: "birth-2", texts }]);
    assert_eq!(find(&before, "ميلاد").0, "birth");
    assert_eq!(find(&after, "ميلاد").0, "birth-2");
    assert_eq!((before.len(), after.len(), after.places()), (8, 8, 9));
    assert!(after.bytes() > before.bytes());
}

#[test]
fn demand_decides_between_equals_only() {
    let mut index = index();
    let first = find(&index, "تجديد").0;
    assert!(first.starts_with("passport"), "{first}");
    index.set_demand(4, 1.0);
    assert!(find(&index, "تجديد").0.starts_with("renewal"));
    assert!(find(&index, "تجديد جواز").0.starts_with("passport"));
}

#[test]
fn ranks_are_cut_and_filtered_alike() {
    let index = index();
    let all = index.find("تجديد رخصة جواز", Thesaurus::built_in(), |_| true, 0..9);
    let second = index.find("تجديد رخصة جواز", Thesaurus::built_in(), |_| true, 1..2);
    assert_eq!((second.total, &second.hits[..]), (all.total, &all.hits[1..2]));
    let none = index.find("تجديد", Thesaurus::built_in(), |_| false, 0..9);
    assert_eq!((none.total, none.hits.len()), (0, 0));
}
