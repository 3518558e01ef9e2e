//! What lies on desks beside requests: the texts that officers send often, who holds what, a question to a colleague.

use authz::Failure;
use language::Text;
use services::{Canned, CannedUse, RequestNumber};
use uuid::Uuid;

use super::people::Cast;
use crate::parts::Parts;

/// Where it is used (a body's slug; everywhere when empty), for what, name and words in both languages.
type Written = (&'static str, CannedUse, [&'static str; 2], [&'static str; 2]);

const TEXTS: [Written; 6] = [
    (
        "",
        CannedUse::Correction,
        ["صورة غير واضحة", "Picture not clear"],
        [
            "{applicant}، الصورة في «{item}» غير واضحة. أرفق صورة تُقرأ فيها كل الكلمات.",
            "{applicant}, the picture under “{item}” is not clear. Attach one in which every word can be read.",
        ],
    ),
    (
        "",
        CannedUse::Correction,
        ["عنوان ناقص", "Address incomplete"],
        [
            "اكتب العنوان كاملًا: الحي والشارع ورقم المبنى.",
            "Write the whole address: district, street and number of the building.",
        ],
    ),
    (
        "municipality",
        CannedUse::Refusal,
        ["خارج النطاق", "Outside the area"],
        [
            "المكان خارج نطاق البلدية. قدم الطلب {number} من جديد إلى البلدية التي يقع فيها.",
            "The place lies outside this municipality. Apply again, quoting {number}, to the one in which it lies.",
        ],
    ),
    (
        "municipality",
        CannedUse::Measures,
        ["إصلاح خلال يومين", "Repair within two days"],
        [
            "سيصلح فريق الطرق الضرر خلال يومي عمل، وتوضع إشارة تنبيه إلى حين الإصلاح.",
            "The roads team repairs the damage within two working days, and a warning sign stands there until then.",
        ],
    ),
    (
        "",
        CannedUse::Refusal,
        ["خارج الاختصاص", "Not ours to decide"],
        [
            "لا يدخل الطلب {number} في اختصاصنا. تجد في دليل الخدمات الجهة التي تقدم ما تطلبه، وقدم إليها.",
            "Your request {number} is not ours to decide. The directory of services names the office that is; apply there.",
        ],
    ),
    (
        "",
        CannedUse::Measures,
        ["إجراء خلال يومين", "Done within two days"],
        [
            "ننفذ ما طلبته خلال يومي عمل، ونبلغك في هذه الصفحة عند الانتهاء.",
            "We carry out what you asked for within two working days, and tell you on this page when it is done.",
        ],
    ),
];

/// The texts of every body of the demo that has a head.
pub async fn furnish(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    for member in &cast.members {
        if !member.file.appointment.iter().any(|held| held.role == "head") {
            continue;
        }
        let head = cast.actor(parts, &member.file.handle).await?;
        let Some(role) = head.roles.iter().find(|role| role.name == "head") else { continue };
        let body = organisations::body(&parts.store.read(), role.body).await?;
        let slug = body.map(|body| body.slug).unwrap_or_default();
        for (only, used_for, name, words) in TEXTS {
            if !only.is_empty() && only != slug {
                continue;
            }
            let canned = Canned {
                id: Uuid::now_v7(),
                body: role.body,
                used_for,
                name: Text::new(name[0], name[1]),
                words: Text::new(words[0], words[1]),
                revision: 0,
            };
            parts.services.write_canned(&head, canned).await?;
        }
    }
    Ok(())
}

/// At the end of the history some of what waits is held, and one officer asks another.
pub async fn share_out(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    let services = &parts.services;
    for handle in ["hamad", "aisha", "khalid", "noura"] {
        let officer = cast.actor(parts, handle).await?;
        let waiting = services.waiting_numbers(&officer, 4).await?;
        let own = if handle == "aisha" { 2..4 } else { 0..2 };
        for number in waiting.get(own).unwrap_or_default() {
            let number: RequestNumber = number.parse()?;
            services.hand(&officer, &number, None, Some(officer.person)).await?;
        }
    }
    let (hamad, aisha) = (cast.actor(parts, "hamad").await?, cast.actor(parts, "aisha").await?);
    if let Some(number) = services.waiting_numbers(&aisha, 4).await?.last() {
        let question = "هل يكفي هذا المستند بعد تغيير العنوان، أم نطلب عقدًا جديدًا؟";
        let of = format!("person.{}", hamad.person);
        services.ask_advice(&aisha, &number.parse()?, &of, question, "3").await?;
    }
    Ok(())
}
