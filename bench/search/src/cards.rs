//! The cards that are searched: those of the demo, and many that answer none of the queries.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Text {
    pub ar: String,
    pub en: String,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Keywords {
    pub ar: Vec<String>,
    pub en: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Titled {
    pub title: Text,
}

/// What is searched of a card.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Card {
    pub id: String,
    pub name: Text,
    pub summary: Text,
    pub description: Text,
    pub keywords: Keywords,
    #[serde(default, rename = "document")]
    pub documents: Vec<Titled>,
    #[serde(default, rename = "output")]
    pub outputs: Vec<Titled>,
}

/// The demo's cards, in the order of their ids.
pub fn demo() -> Vec<Card> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/services");
    let files = std::fs::read_dir(folder).expect("the demo's services are there");
    let mut cards: Vec<Card> = files
        .map(|file| file.expect("a file").path())
        // Beside a card `name.toml` may lie other files of the service: `name.process.toml`.
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter(|path| path.file_stem().is_some_and(|stem| !stem.to_string_lossy().contains('.')))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a card is readable");
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        })
        .collect();
    cards.sort_by(|a, b| a.id.cmp(&b.id));
    cards
}

/// What is done, to what, and for whom; words of other offices than the demo's.
const ACTS: [(&str, &str); 18] = [
    ("إصدار", "Issue of"),
    ("تجديد", "Renewal of"),
    ("تعديل", "Amendment of"),
    ("إلغاء", "Cancellation of"),
    ("طلب", "Request for"),
    ("تمديد", "Extension of"),
    ("اعتماد", "Approval of"),
    ("تسجيل", "Registration of"),
    ("استعلام عن", "Enquiry about"),
    ("تحديث بيانات", "Update of details of"),
    ("وقف", "Suspension of"),
    ("استرداد رسوم", "Refund of fees of"),
    ("نقل", "Transfer of"),
    ("بدل فاقد", "Replacement of"),
    ("تصديق", "Attestation of"),
    ("حجز", "Booking of"),
    ("معاينة", "Inspection of"),
    ("شكوى بشأن", "Complaint about"),
];

const THINGS: [(&str, &str); 76] = [
    ("رخصة صيد بحري", "sea fishing licence"),
    ("رخصة قيادة", "driving licence"),
    ("شهادة منشأ", "certificate of origin"),
    ("ترخيص محجر", "quarry licence"),
    ("بطاقة صحفي", "press card"),
    ("رخصة طائرة مسيرة", "drone licence"),
    ("سجل السفن", "register of ships"),
    ("تأشيرة عمل", "work visa"),
    ("عقد إيجار زراعي", "farm lease"),
    ("ترخيص بث إذاعي", "broadcasting licence"),
    ("شهادة مطابقة منتج", "product conformity certificate"),
    ("تصريح حفر بئر", "well drilling permit"),
    ("رخصة سلاح صيد", "hunting gun licence"),
    ("رخصة حضانة", "nursery licence"),
    ("ترخيص مكتب سياحة", "tourism office licence"),
    ("براءة اختراع", "patent"),
    ("بطاقة مستورد", "importer card"),
    ("شهادة خلو سوابق", "criminal record certificate"),
    ("محضر حادث", "accident report"),
    ("عداد كهرباء", "electricity meter"),
    ("توصيل مياه", "water connection"),
    ("خط هاتف", "telephone line"),
    ("معاش تقاعد", "retirement pension"),
    ("تعويض إصابة عمل", "work injury compensation"),
    ("مخالفة مرورية", "traffic fine"),
    ("فحص فني لشاحنة", "technical inspection of a lorry"),
    ("لوحة شاحنة", "lorry plate"),
    ("تصريح عبور", "transit permit"),
    ("ترخيص تنقيب عن آثار", "archaeological dig licence"),
    ("رخصة دليل سياحي", "tour guide licence"),
    ("تصنيف فندق", "hotel grading"),
    ("ترخيص مختبر", "laboratory licence"),
    ("ترخيص مستودع كيماويات", "chemicals depot licence"),
    ("ترخيص جمعية خيرية", "charity licence"),
    ("ترخيص ناد رياضي", "sports club licence"),
    ("شهادة بيطرية", "veterinary certificate"),
    ("حجر زراعي", "plant quarantine"),
    ("استيراد بذور", "seed import"),
    ("دعم أعلاف", "fodder subsidy"),
    ("قرض زراعي", "farming loan"),
    ("قاعة مؤتمرات", "conference hall"),
    ("عضوية مكتبة", "library membership"),
    ("نسخة من الأرشيف", "copy from the archive"),
    ("شهادة خبرة", "certificate of experience"),
    ("إجازة موظف", "employee leave"),
    ("تقييم أداء موظف", "appraisal of an employee"),
    ("شهادة راتب", "salary certificate"),
    ("دورة تدريبية", "training course"),
    ("رخصة مدرب سياقة", "driving instructor licence"),
    ("رخصة صرافة", "money exchange licence"),
    ("إذن تصدير", "export permit"),
    ("تخليص جمركي", "customs clearance"),
    ("مستودع جمركي", "customs depot"),
    ("سجل صناعي", "industrial register"),
    ("رخصة مصنع", "factory licence"),
    ("رخصة محطة وقود", "fuel station licence"),
    ("أسطوانة غاز", "gas cylinder"),
    ("ربط بالصرف الصحي", "sewer connection"),
    ("فحص عينة مياه", "test of a water sample"),
    ("تصريح غوص", "diving permit"),
    ("مرسى قارب", "boat berth"),
    ("شهادة بحار", "seafarer certificate"),
    ("رخصة تخليص بضائع", "forwarding licence"),
    ("بطاقة متطوع", "volunteer card"),
    ("إفادة عدم عمل", "statement of unemployment"),
    ("تصريح تصوير", "filming permit"),
    ("رخصة توصيل طلبات", "delivery licence"),
    ("شهادة جودة", "quality certificate"),
    ("ترخيص مطبعة", "printing house licence"),
    ("رقم إيداع كتاب", "book deposit number"),
    ("ترخيص إعلان مضيء", "illuminated sign licence"),
    ("سجل الموردين", "register of suppliers"),
    ("كفالة مقاول", "contractor guarantee"),
    ("تصنيف مقاول", "contractor grading"),
    ("شهادة ضريبية", "tax certificate"),
    ("إقرار ضريبي", "tax return"),
];

/// Districts that there are not.
const PLACES: [(&str, &str); 74] = [
    ("الزيتون", "Zaytun"),
    ("الرمال", "Rimal"),
    ("النخيل", "Nakheel"),
    ("الواحة", "Waha"),
    ("المنارة", "Manara"),
    ("الهضبة", "Hadba"),
    ("السرايا", "Saraya"),
    ("الميناء", "Mina"),
    ("الفرناج", "Furnaj"),
    ("القلعة", "Qalaa"),
    ("البستان", "Bustan"),
    ("العين", "Ain"),
    ("الصخور", "Sukhur"),
    ("الشاطئ", "Shati"),
    ("الربوة", "Rabwa"),
    ("المرج", "Marj"),
    ("الوادي", "Wadi"),
    ("الغدير", "Ghadir"),
    ("السهل", "Sahl"),
    ("الجبل الشرقي", "East Jabal"),
    ("الجبل الغربي", "West Jabal"),
    ("الحوض", "Hawd"),
    ("المروج", "Muruj"),
    ("الخليج", "Khalij"),
    ("الكثبان", "Kuthban"),
    ("السد", "Sadd"),
    ("الينابيع", "Yanabi"),
    ("الزهراء", "Zahra"),
    ("الفيحاء", "Fayha"),
    ("البيضاء", "Bayda"),
    ("الخضراء", "Khadra"),
    ("الحمراء", "Hamra"),
    ("الصفوة", "Safwa"),
    ("المشرق", "Mashriq"),
    ("المغيب", "Maghib"),
    ("الضحى", "Duha"),
    ("الفجر", "Fajr"),
    ("الندى", "Nada"),
    ("السنابل", "Sanabil"),
    ("الأمل", "Amal"),
    ("التلال", "Tilal"),
    ("القنطرة", "Qantara"),
    ("الساقية", "Saqiya"),
    ("الطاحونة", "Tahuna"),
    ("المحجوب", "Mahjub"),
    ("الرابية", "Rabiya"),
    ("اللؤلؤة", "Luluah"),
    ("المرجان", "Murjan"),
    ("الصدفة", "Sadafa"),
    ("الريحان", "Rayhan"),
    ("الياسمين", "Yasmin"),
    ("النرجس", "Narjis"),
    ("الأقحوان", "Uqhuwan"),
    ("السوسن", "Sawsan"),
    ("الخزامى", "Khuzama"),
    ("الصفصاف", "Safsaf"),
    ("الأثل", "Athl"),
    ("السدر", "Sidr"),
    ("الكرمة", "Karma"),
    ("اللوز", "Lawz"),
    ("التوت", "Tut"),
    ("الرمان", "Rumman"),
    ("العناب", "Unnab"),
    ("الخروب", "Kharrub"),
    ("الصنوبر", "Sanawbar"),
    ("الأرز", "Arz"),
    ("العرعر", "Arar"),
    ("البلوط", "Ballut"),
    ("الزعتر", "Zatar"),
    ("الشيح", "Shih"),
    ("الغاف", "Ghaf"),
    ("الطلح", "Talh"),
    ("السلم", "Salam"),
    ("الهيل", "Hayl"),
];

/// `count` cards beside the demo's, each another, the same in every run.
pub fn made_up(count: usize) -> impl Iterator<Item = Card> {
    let all = ACTS.len() * THINGS.len() * PLACES.len();
    assert!(count <= all, "no more than {all} different cards can be made");
    // A stride that shares no factor with the whole visits every card once, and mixes them.
    const STRIDE: usize = 15_485_863;
    (0..count).map(move |number| {
        let at = number * STRIDE % all;
        let (act, rest) = (ACTS[at % ACTS.len()], at / ACTS.len());
        card(number, act, THINGS[rest % THINGS.len()], PLACES[rest / THINGS.len()])
    })
}

fn card(number: usize, act: (&str, &str), thing: (&str, &str), place: (&str, &str)) -> Card {
    let text = |ar: String, en: String| Text { ar, en };
    let evidence =
        [("صورة البطاقة الشخصية", "Copy of the identity card"), ("إيصال سداد الرسم", "Receipt of the fee")];
    Card {
        id: format!("made-up-{number:06}"),
        name: text(
            format!("{} {} في {}", act.0, thing.0, place.0),
            format!("{} {} in {}", act.1, thing.1, place.1),
        ),
        summary: text(
            format!("خدمة إلكترونية تقدم لسكان {} ومنشآتها من أجل {}.", place.0, thing.0),
            format!("An online service for residents and firms of {}: {}.", place.1, thing.1),
        ),
        description: text(
            format!(
                "تملأ النموذج وترفق الوثائق، ثم يراجع المكتب المختص في {} طلبك ويتحقق من بياناتك. إذا كان الطلب كاملاً صدر القرار في \"{} {}\" خلال المدة المعلنة، ويصلك إشعار بالنتيجة. لك أن تتابع معاملتك من صفحتها وأن تتظلم من القرار.",
                place.0, act.0, thing.0
            ),
            format!(
                "Fill in the form and attach the documents; the office in {} then checks your details. If the request is complete, the decision on the {} follows within the announced time and you are told. You may follow it and appeal.",
                place.1, thing.1
            ),
        ),
        keywords: Keywords {
            ar: vec![thing.0.into(), format!("{} {}", act.0, thing.0), format!("مكتب {}", place.0)],
            en: vec![thing.1.into(), format!("{} office", place.1)],
        },
        documents: evidence
            .iter()
            .map(|(ar, en)| Titled { title: text((*ar).into(), (*en).into()) })
            .collect(),
        outputs: vec![Titled { title: text(thing.0.into(), thing.1.into()) }],
    }
}
