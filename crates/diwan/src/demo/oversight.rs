//! How the bodies of the demo stand with the regulation: what binds them, what was found and answered, what their people
//! confirmed, and from what one of them is exempt.

use authz::Failure;
use clock::Timestamp;
use compliance::{At, Enforcement, Severity};
use identity::{Credentials, Origin};
use jobs::Workers;

use super::people::Cast;
use crate::{parts::Parts, settings::ServeSettings};

/// The bodies that every document of this list binds. The admission centre is left out: it shows what a gap is.
const BOUND: [(&str, &[&str]); 3] = [
    (
        "ly-services",
        &[
            "digital-authority",
            "civil-registry",
            "commercial-registry",
            "land-registry",
            "health-ministry",
            "municipality",
        ],
    ),
    ("ly-mail", &["digital-authority", "civil-registry", "health-ministry", "municipality"]),
    ("kw-remote", &["civil-registry", "digital-authority"]),
];
/// Who confirms for a body, and every how many of its duties they left out; nobody at the land registry has begun.
const CONFIRMING: [(&str, &str, usize); 5] = [
    ("digital-authority", "amal", 7),
    ("civil-registry", "widad", 6),
    ("municipality", "rashid", 3),
    ("commercial-registry", "tariq", 4),
    ("health-ministry", "faraj", 2),
];
const CONFIRMED: &str = "راجعنا الإعدادات وقائمة الأجهزة مع مسؤول أمن المعلومات، ووجدناها كما يجب.";

/// Networks that exist in documents alone.
const GUESSER: [u8; 4] = [198, 51, 100, 23];
const OTHER_GUESSER: [u8; 4] = [203, 0, 113, 77];

fn at<'a>(body: &'a str, control: &'a str) -> At<'a> {
    At { body, control }
}

fn day(at: Timestamp, later: i64) -> String {
    let (year, month, day) = clock::civil_from_days(at.day() + later);
    format!("{year:04}-{month:02}-{day:02}")
}

/// What lies a month back.
pub async fn begin(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    let kernel = &parts.compliance;
    let (amal, omar) = (cast.actor(parts, "amal").await?, cast.actor(parts, "omar").await?);
    for (pack, bodies) in BOUND {
        for body in bodies {
            kernel.assign_pack(&amal, pack, body, &day(parts.clock.now(), -60)).await?;
        }
    }
    kernel.open_attestations().await?;
    for (body, handle) in [("commercial-registry", "tariq"), ("health-ministry", "faraj")] {
        kernel.name_attester(&amal, body, cast.member(handle)?.person.id).await?;
    }
    for (body, handle, left_out) in CONFIRMING {
        let actor = cast.actor(parts, handle).await?;
        let bound = BOUND.iter().filter(|(_, bodies)| bodies.contains(&body)).map(|(pack, _)| *pack);
        let bound: Vec<&str> = bound.collect();
        let attested = parts
            .packs
            .all()
            .iter()
            .filter(|it| it.enforcement == Enforcement::Attest && bound.contains(&it.pack.as_str()));
        for (place, control) in attested.enumerate().filter(|(place, _)| (place + 1) % left_out != 0) {
            let holds = !(body == "municipality" && place == 0);
            let words = if holds {
                CONFIRMED
            } else {
                "لم يُحدَّث الجرد منذ انتقال المكاتب، وبدأنا تحديثه."
            };
            kernel.confirm(&actor, at(body, &control.id), holds, words).await?;
        }
    }
    let what = "لم تُسلَّم نسخة من اتفاق حفظ المستندات إلى مكتب المراجعة.";
    kernel.report_finding(&omar, at("land-registry", "LY-SVC-20.1b"), Severity::High, what).await?;
    let what = "تأخر الرد على بلاغات المستخدمين عن أخطاء ثلاث بطاقات خدمة.";
    let finding =
        kernel.report_finding(&omar, at("civil-registry", "LY-SVC-23.5"), Severity::Medium, what).await?;
    let widad = cast.actor(parts, "widad").await?;
    let answer = "صححنا البطاقات الثلاث، وكلفنا محرراً ثانياً بمتابعة البلاغات كل يوم.";
    kernel.answer_finding(&widad, finding, answer).await?;
    kernel.close_finding(&omar, finding, "راجعت البطاقات الثلاث ووجدتها مصححة.").await?;
    own_controls(parts, cast, &widad).await?;
    let facts = "أعطى الموظف كلمة مروره لزميل مدة إجازته، ودخل الزميل بها ثلاث مرات.";
    let aisha = &cast.member("aisha")?.file.identifier;
    let said = ("إعطاء كلمة المرور لزميل", facts);
    let case = kernel.open_case(&widad, at("civil-registry", "LY-SVC-21.1"), aisha, said).await?;
    kernel.take_case_step(&widad, case, "notify", "أُبلغت الموظفة كتابةً بالوقائع وبالمادة.").await?;
    guess_at(parts, cast, "yasin", 5).await
}

/// What the civil registry asks of itself: one was confirmed, one waits for its first time.
async fn own_controls(parts: &Parts, cast: &Cast, widad: &authz::Actor) -> Result<(), Failure> {
    let kernel = &parts.compliance;
    let noura = cast.member("noura")?.person.id;
    let asked = ("جرد الأختام الرسمية", "تُجرد الأختام الرسمية كل شهر، ويُقارن الجرد بسجل عهدتها.");
    let own = kernel.add_own_control(widad, "civil-registry", asked, (noura, 30)).await?;
    let confirming = cast.actor(parts, "noura").await?;
    let words = "جُردت الأختام كلها ووافقت سجل العهدة.";
    kernel.confirm(&confirming, at("civil-registry", &own), true, words).await?;
    let asked = ("مراجعة صلاحيات الشبابيك", "تُراجع صلاحيات موظفي الشبابيك مع تغيّر المناوبات.");
    kernel.add_own_control(widad, "civil-registry", asked, (widad.person, 90)).await.map(drop)
}

/// Somebody guesses at the password of one of the cast, from two networks in turn.
async fn guess_at(parts: &Parts, cast: &Cast, handle: &str, times: usize) -> Result<(), Failure> {
    let member = cast.member(handle)?;
    for time in 0..times {
        let address = if time % 2 == 0 { GUESSER } else { OTHER_GUESSER };
        let from = Origin { address: address.into(), user_agent: String::new() };
        let identifier = member.file.identifier.clone();
        let typed = Credentials { identifier, password: format!("guess-{time}"), code: None };
        if let Err(broken @ Failure::Broken(_)) = parts.identity.sign_in(&typed, &from).await {
            return Err(broken);
        }
    }
    Ok(())
}

/// What happened in these days.
pub async fn end(parts: &Parts, serve: &ServeSettings, cast: &Cast) -> Result<(), Failure> {
    let (kernel, now) = (&parts.compliance, parts.clock.now());
    let (amal, omar) = (cast.actor(parts, "amal").await?, cast.actor(parts, "omar").await?);
    let (rashid, maryam) = (cast.actor(parts, "rashid").await?, cast.actor(parts, "maryam").await?);
    let what = "حساب مشترك يستعمله ثلاثة موظفين للدخول إلى نظام الرخص.";
    kernel.report_finding(&omar, at("municipality", "LY-SVC-21.1"), Severity::Critical, what).await?;
    let what = "لا تذكر صفحة الإفصاح مدة الاحتفاظ ببيانات التسجيل.";
    let finding =
        kernel.report_finding(&omar, at("commercial-registry", "LY-SVC-6.5"), Severity::Low, what).await?;
    let tariq = cast.actor(parts, "tariq").await?;
    kernel.answer_finding(&tariq, finding, "أضفنا المدة إلى صفحة الإفصاح وإلى بطاقات الخدمات.").await?;
    let why = "نظام الأرشيف الجديد قيد التركيب، وتُحفظ المستندات في البوابة حتى تشغيله.";
    let exemption = kernel
        .ask_exemption(&rashid, at("municipality", "LY-SVC-20.1b"), why, (&day(now, 0), &day(now, 90)))
        .await?;
    let reason = "التأخير خارج عن إرادة البلدية، وموعد التشغيل معلوم.";
    kernel.grant_exemption(&amal, exemption, reason).await?;
    let why = "نماذج السجل القديمة تُحوَّل على مراحل، وتبقى الورقية إلى نهاية السنة.";
    let days = (day(now, 7), day(now, 60));
    kernel.ask_exemption(&maryam, at("commercial-registry", "LY-SVC-10.1b"), why, (&days.0, &days.1)).await?;
    guess_at(parts, cast, "tariq", 5).await?;
    let works = crate::serve::works(parts, serve)?;
    Workers::new(parts.store.clone(), parts.clock.clone(), works).drain().await?;
    while parts.ledger.sequence().await? > 0 {}
    kernel.keep_house().await?;
    kernel.count_evidence().await
}
