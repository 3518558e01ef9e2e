//! Every component in every state, on one page: what designers look at, and what the accessibility tests read.
//!
//! The samples are made up; `?desk=1` shows them as dense as a desk does.

use askama::Template;
use authz::{Kind, Refusal};
use axum::{Router, routing::get};
use clock::Timestamp;
use language::Lang;

use crate::{
    Fault, Page, Query, Shell,
    components::{Bar, Chart, Choice, Columns, Field, Link, Moment, Qr, named},
};

const ICONS: [&str; 11] =
    ["check", "clock", "hand", "cross", "info", "warn", "search", "forward", "copy", "print", "file"];

/// The gallery's own route.
pub fn routes() -> Router {
    Router::new().route("/gallery", get(show))
}

#[derive(serde::Deserialize)]
struct Wish {
    desk: Option<u8>,
}

async fn show(shell: Shell, Query(wish): Query<Wish>) -> Page<Gallery> {
    Page(Gallery::new(shell, wish.desk.is_some()))
}

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery {
    now: Timestamp,
    desk: bool,
    fields: Vec<Field>,
    filter_field: Field,
    faults: Vec<Fault>,
    refusal: Refusal,
    steps: Vec<String>,
    moments: Vec<Moment>,
    icons: Vec<&'static str>,
    chips: Vec<Link>,
    trail: Vec<Link>,
    tabs_links: Vec<Link>,
    bars: Chart,
    ranges: Chart,
    columns: Columns,
    qr: Option<Qr>,
    shell: Shell,
}

/// A sample in the language of the page.
fn sample(shell: &Shell, ar: &str, en: &str) -> String {
    if shell.lang == Lang::Ar { ar.to_owned() } else { en.to_owned() }
}

impl Gallery {
    fn new(shell: Shell, desk: bool) -> Gallery {
        let say = |ar: &str, en: &str| sample(&shell, ar, en);
        let refusal = Refusal::new(Kind::Invalid, "web.sample", &["XX-GAL-1.1", "XX-GAL-2.4"])
            .with_item("wrong-city", "required", "")
            .with_item("wrong-reason", "too_long", "200");
        let fields = fields(&shell, &shell.faults(&refusal));
        Gallery {
            now: shell.site().clock.now(),
            desk,
            faults: named(shell.faults(&refusal), &fields),
            fields,
            filter_field: Field::select(&shell, "state", say("الحالة", "State"), states(&shell))
                .blank(shell.t("web-any"))
                .optional(),
            steps: vec![
                say("بياناتك", "About you"),
                say("العنوان", "Address"),
                say("الوثائق", "Documents"),
                say("المراجعة", "Review"),
            ],
            moments: moments(&shell),
            icons: ICONS.to_vec(),
            chips: vec![
                Link::new("#filter", say("بانتظارك", "Needs you")),
                Link::new("#filter", say("هذا الأسبوع", "This week")),
            ],
            trail: vec![
                Link::new("#a", say("الخدمات", "Services")),
                Link::new("#b", say("السكن", "Housing")),
            ],
            tabs_links: vec![
                Link::new("#tabs", say("المتأخرة", "Overdue")).count(2).current(true),
                Link::new("#tabs", say("المعادة", "Returned")).count(5),
                Link::new("#tabs", say("الجديدة", "New")).count_up_to(200, 200),
            ],
            bars: bars(&shell),
            ranges: ranges(&shell),
            columns: columns(&shell),
            qr: Qr::new(&format!("{}/verify", shell.site().public_address), shell.t("web-qr")).ok(),
            refusal,
            shell,
        }
    }

    fn say(&self, ar: &str, en: &str) -> String {
        sample(&self.shell, ar, en)
    }
}

fn states(shell: &Shell) -> Vec<Choice> {
    vec![
        Choice::new("waiting", shell.t("web-tag-waiting")),
        Choice::new("needs-you", shell.t("web-tag-needs-you")),
        Choice::new("done", shell.t("web-tag-done")),
    ]
}

fn fields(shell: &Shell, faults: &[Fault]) -> Vec<Field> {
    let say = |ar: &str, en: &str| sample(shell, ar, en);
    let cities = vec![
        Choice::new("tripoli", say("طرابلس", "Tripoli")),
        Choice::new("benghazi", say("بنغازي", "Benghazi")),
        Choice::new("sabha", say("سبها", "Sabha")),
    ];
    let ways = vec![
        Choice::new("download", say("أنزّلها من هنا", "Download it here"))
            .hint(say("متاحة فور صدورها", "Ready at once")),
        Choice::new("office", say("أستلمها من المكتب", "Collect it at the office")),
    ];
    vec![
        Field::text(shell, "name", say("الاسم كما في الهوية", "Name as on your identity card"))
            .hint(say("الاسم الأول ثم الأب ثم اللقب", "Given name, father's name, family name"))
            .value(say("سلمى الفيتوري", "Salma Al-Fituri"))
            .autocomplete("name"),
        Field::text(shell, "wrong-city", say("المدينة", "City")).faults(faults),
        Field::email(shell, "email", say("البريد الإلكتروني", "E-mail")).value("salma@example.ly").optional(),
        Field::text(
            shell,
            "long",
            say(
                "اسم الجهة التي كنت تعمل فيها قبل أن تنتقل إلى عملك الحالي كما هو في شهادة الخبرة",
                "Name of the body you worked for before your present work, as on the certificate of experience",
            ),
        )
        .hint(say(
            "إن كنت تعمل في أكثر من جهة فاكتب آخرها، مثل: Al-Madar Trading Company (104582).",
            "If you worked for more than one, write the last, such as: شركة المدار للتجارة (104582).",
        ))
        .optional(),
        Field::telephone(shell, "phone", say("رقم الهاتف", "Telephone"))
            .basis(say("المادة 7", "Article 7"), "/controls/XX-GAL-7"),
        Field::number(shell, "persons", say("عدد أفراد الأسرة", "Persons in the household")),
        Field::date(shell, "moved", say("تاريخ الانتقال", "Date of moving")),
        Field::select(shell, "city", say("مدينة الميلاد", "City of birth"), cities.clone()).value("sabha"),
        Field::radios(
            shell,
            "delivery",
            say("كيف تستلم الوثيقة؟", "How will you receive the document?"),
            ways,
        )
        .value("download"),
        Field::checkboxes(shell, "reasons", say("لأي غرض؟", "For which purposes?"), cities)
            .value("tripoli\nsabha")
            .optional(),
        Field::area(shell, "wrong-reason", say("سبب الطلب", "Reason")).faults(faults).rows(3),
        Field::file(shell, "lease", say("عقد الإيجار", "Lease"), ".pdf,image/png,image/jpeg").hint(shell.t2(
            "web-file-hint",
            "types",
            "PDF, PNG, JPEG",
            "size",
            "10 MB",
        )),
        Field::password(shell, "password", say("كلمة المرور", "Password")).autocomplete("current-password"),
        Field::tick(shell, "declaration", say("أقر بصحة ما ذكرته", "I declare that what I said is true")),
    ]
}

fn moments(shell: &Shell) -> Vec<Moment> {
    let say = |ar: &str, en: &str| sample(shell, ar, en);
    let now = shell.site().clock.now();
    let moment = |state, title, when, note| Moment { state, title, when, note };
    vec![
        moment("done", say("وصل الطلب", "Received"), shell.moment(now - 3 * clock::DAY), String::new()),
        moment(
            "done",
            say("تحققنا من العنوان", "Address checked"),
            shell.moment(now - clock::DAY),
            say("من السجل نفسه", "In the register itself"),
        ),
        moment(
            "needs-you",
            say("بانتظار وثيقة منك", "Waiting for a document from you"),
            shell.ago(now - clock::HOUR),
            say("صورة واضحة من العقد", "A clear copy of the lease"),
        ),
        moment(
            "now",
            say("المراجعة", "Under review"),
            shell.ago(now - clock::HOUR),
            say("عند نورة العبري", "With Noura Al-Abri"),
        ),
        moment(
            "next",
            say("صدور الشهادة", "The certificate is issued"),
            say("من يوم إلى 3 أيام", "1 to 3 days"),
            String::new(),
        ),
    ]
}

fn bars(shell: &Shell) -> Chart {
    let bar = |key, count: i64, state| Bar::new(shell.t(key), shell.num(count), count as f64).state(state);
    let bars = vec![
        bar("web-tag-done", 1_284, "done"),
        bar("web-tag-waiting", 310, "waiting"),
        bar("web-tag-needs-you", 96, "needs-you"),
        bar("web-tag-refused", 41, "refused"),
    ];
    Chart::new(shell, sample(shell, "الطلبات هذا الشهر", "Requests this month"), bars)
}

fn ranges(shell: &Shell) -> Chart {
    let say = |ar: &str, en: &str| sample(shell, ar, en);
    let bars = vec![
        Bar::range(
            say("شهادة إقامة", "Certificate of residence"),
            say("من يوم إلى 3 أيام", "1 to 3 days"),
            1.0,
            3.0,
        ),
        Bar::range(
            say("تجديد رخصة", "Renewal of a licence"),
            say("من 2 إلى 8 أيام", "2 to 8 days"),
            2.0,
            8.0,
        ),
    ];
    Chart::new(shell, say("المدة الفعلية", "How long it really takes"), bars)
}

fn columns(shell: &Shell) -> Columns {
    let say = |ar: &str, en: &str| sample(shell, ar, en);
    let day = |day: u64| shell.day(shell.site().clock.now() - clock::DAY * (7 - day as u32));
    let figures = [(12, 9), (15, 14), (4, 11), (0, 6), (18, 10), (14, 16), (9, 12)];
    let rows = figures.iter().enumerate();
    let rows = rows.map(|(place, (came, went))| (day(place as u64), *came, *went)).collect();
    let series = [say("وصل", "Came"), say("أُنجز", "Done")];
    Columns::new(shell, say("أسبوع على المكتب", "A week at the desk"), series, rows)
}
