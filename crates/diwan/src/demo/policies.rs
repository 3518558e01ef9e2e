//! The policies of the demo: of one body, in every state, with people who acknowledged them and people who did not; and what
//! two bodies require beyond the documents.

use authz::Failure;
use compliance::Requires;
use policies::{NewPolicy, PolicyText};
use uuid::Uuid;

use super::{
    files::{self, PolicyFile, PolicyVersionFile},
    people::Cast,
    state::State,
};
use crate::parts::Parts;

/// The body whose policies these are, the unit that owns them, and the one that answers the public.
const BODY: &str = "civil-registry";
const OWNER: &str = "decision";
const SECOND: &str = "reception";
/// Who writes them, who approves them, and who is heard at the implementing body.
const WRITES: &str = "noura";
const APPROVES: &str = "widad";
const IS_HEARD: &str = "sanad";
/// How long somebody has to acknowledge; a month later it is overdue.
const DUE_DAYS: i64 = 14;

/// What lies a month back, and what is required beyond the documents since then.
pub async fn begin(parts: &Parts, state: &State, cast: &Cast) -> Result<Vec<(PolicyFile, Uuid)>, Failure> {
    let mut begun = Vec::new();
    for file in files::policies()?.policy.into_iter().filter(|file| file.begins) {
        let id = register(parts, state, cast, &file).await?;
        if let Some(first) = file.version.first() {
            publish(parts, state, cast, (&file, first), id).await?;
        }
        acknowledge(parts, cast, &file, id).await?;
        begun.push((file, id));
    }
    let today = day(parts);
    let own = Requires {
        parameter: "social.credential.max_age",
        value: "60 days",
        reason: "حسابات المصلحة مقصد لرسائل التصيد، فنبدل كلمات مرورها كل شهرين.",
        from: &today,
        ..Requires::default()
    };
    parts.compliance.require(&cast.actor(parts, APPROVES).await?, BODY, own).await?;
    let attached = Requires {
        duty: "تُعرض قائمة الحسابات الرسمية على الإدارة المختصة كل ثلاثة أشهر.",
        reason: "طلبتها اللجنة بعد حساب انتحل اسم المصلحة.",
        from: &today,
        ..Requires::default()
    };
    parts.compliance.require(&cast.actor(parts, "amal").await?, BODY, attached).await?;
    Ok(begun)
}

/// What happened in these days.
pub async fn end(
    parts: &Parts,
    state: &State,
    cast: &Cast,
    begun: Vec<(PolicyFile, Uuid)>,
) -> Result<(), Failure> {
    let noura = cast.actor(parts, WRITES).await?;
    for (file, id) in begun {
        for later in file.version.iter().skip(1) {
            parts.register.open_revision(&noura, id).await?;
            publish(parts, state, cast, (&file, later), id).await?;
        }
    }
    for file in files::policies()?.policy.into_iter().filter(|file| !file.begins) {
        let id = register(parts, state, cast, &file).await?;
        let Some(first) = file.version.first() else { continue };
        if file.draft {
            write(parts, state, cast, (&file, first), id).await?;
            continue;
        }
        publish(parts, state, cast, (&file, first), id).await?;
        acknowledge(parts, cast, &file, id).await?;
    }
    parts.register.keep_house().await
}

fn unit(state: &State, unit: &str) -> Uuid {
    state.units.get(&(BODY.to_owned(), unit.to_owned())).copied().unwrap_or_default()
}

/// Today where the body is, which is not always the day in UTC.
fn day(parts: &Parts) -> String {
    let east = u32::try_from(parts.site.offset.minutes).unwrap_or_default();
    let (year, month, day) = clock::civil_from_days((parts.clock.now() + clock::MINUTE * east).day());
    format!("{year:04}-{month:02}-{day:02}")
}

async fn register(parts: &Parts, state: &State, cast: &Cast, file: &PolicyFile) -> Result<Uuid, Failure> {
    let new = NewPolicy {
        kind: &file.kind,
        owner_unit: unit(state, OWNER),
        second_unit: file.second.then(|| unit(state, SECOND)),
        titles: (&file.title.ar, &file.title.en),
        is_everywhere: false,
        issuer: "",
        address: "",
    };
    parts.register.register_policy(&cast.actor(parts, WRITES).await?, new).await
}

type Written<'a> = (&'a PolicyFile, &'a PolicyVersionFile);

async fn write(
    parts: &Parts,
    state: &State,
    cast: &Cast,
    (file, version): Written<'_>,
    id: Uuid,
) -> Result<(), Failure> {
    let (writer, reviewer) = (cast.member(WRITES)?, cast.member(APPROVES)?);
    let text = PolicyText {
        issue: &version.issue,
        subject: (&file.subject.ar, &file.subject.en),
        text: (version.ar.trim(), version.en.trim()),
        preparer: &writer.file.name.ar,
        classification: "internal",
        storage_place: "ديوان / مصلحة الأحوال المدنية / السياسات",
        reviewed_on: &day(parts),
        reviewer: &reviewer.file.name.ar,
        reasons: &version.reasons,
        parts: &version.parts,
        separate: &file.separate,
        extra: (!file.extra.is_empty()).then(|| (unit(state, SECOND), file.extra.as_str())),
        due_days: DUE_DAYS,
        repeat_months: file.repeat_months,
    };
    parts.register.write_policy(&cast.actor(parts, WRITES).await?, id, text).await
}

async fn publish(
    parts: &Parts,
    state: &State,
    cast: &Cast,
    written: Written<'_>,
    id: Uuid,
) -> Result<(), Failure> {
    write(parts, state, cast, written, id).await?;
    let (file, version) = written;
    if !file.opinion.is_empty() {
        parts.register.consult(&cast.actor(parts, IS_HEARD).await?, id, &file.opinion).await?;
    }
    parts.register.approve_policy(&cast.actor(parts, APPROVES).await?, id).await?;
    let noura = cast.actor(parts, WRITES).await?;
    parts.register.publish_policy(&noura, id, &day(parts), version.notifies).await
}

async fn acknowledge(parts: &Parts, cast: &Cast, file: &PolicyFile, id: Uuid) -> Result<(), Failure> {
    for handle in &file.acknowledged {
        parts.register.acknowledge_policy(&cast.actor(parts, handle).await?, id).await?;
    }
    Ok(())
}
