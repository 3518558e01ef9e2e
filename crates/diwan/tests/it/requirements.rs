//! What one body has to keep beyond the documents: it sets its own, the competent administration attaches one, and neither is
//! ever weaker than the documents.

use serde_json::json;

use crate::{policies::today, world::on_both_engines};

const PATH: &str = "/api/v1/compliance/bodies/civil-registry/requirements";
const PAGE: &str = "/compliance/bodies/civil-registry/requirements";
const WHY: &str = "حسابات المصلحة مقصد لرسائل التصيد.";
const BOTH: [&str; 2] = ["LY-MAIL-2.04b", "IQ-SOC-2.3"];

// proves: LY-MAIL-2.04b, IQ-SOC-2.3
// refuses: GET /api/v1/compliance/bodies/{body}/requirements, POST /api/v1/compliance/bodies/{body}/requirements
// refuses: POST /api/v1/compliance/requirements/{id}/end, GET /compliance/bodies/{slug}/requirements
// refuses: POST /compliance/bodies/{slug}/requirements, POST /compliance/requirements/{id}/end
#[tokio::test]
async fn a_body_keeps_more_than_the_documents_and_never_less() {
    on_both_engines(|world| async move {
        let (widad, hamad, amal) = (world.person("Widad"), world.person("Hamad"), world.person("Amal"));
        let today = today(&world);
        let later = (world.clock.now() + clock::DAY * 9).to_string()[..10].to_owned();
        let asked = |value: &str, from: &str| {
            json!({ "parameter": "social.credential.max_age", "value": value, "reason": WHY, "from": from })
        };
        hamad.gets(PATH).await.refused(403, "compliance.not_yours", &[]);
        hamad.posts(PATH, &asked("60 days", &today)).await.refused(403, "compliance.not_yours", &[]);
        hamad.opens(PAGE).await.is(403);
        hamad.posts_form(PAGE, &[("value", "60 days")]).await.is(403);

        widad.posts(PATH, &asked("91 days", &today)).await.refused(409, "policy.weaker_than_baseline", &BOTH);
        amal.posts(PATH, &asked("120 days", &today)).await.refused(409, "policy.weaker_than_baseline", &BOTH);
        let same = widad.posts(PATH, &asked("90 days", &today)).await.refused(422, "requirement.incomplete", &BOTH);
        same.names(&[("value", "requirement_equal")]);
        let yesterday = widad.posts(PATH, &asked("60 days", "2020-01-01")).await.is(422);
        yesterday.names(&[("from", "requirement_from")]);
        let typed = [("parameter", "social.credential.max_age"), ("value", "91 days"), ("reason", WHY), ("from", &today)];
        let stays = widad.posts_form(PAGE, &typed).await.is(409).page();
        assert!(stays.contains("error-summary") && stays.contains("value=\"91 days\"") && stays.contains(WHY));

        let own = widad.posts(PATH, &asked("60 days", &today)).await.id();
        let attached = amal.posts(PATH, &asked("45 days", &later)).await.id();
        let duty = json!({ "duty": "تُعرض قائمة الحسابات كل ثلاثة أشهر.", "reason": WHY, "from": today });
        amal.posts(PATH, &duty).await.is(201);
        let seen = widad.gets(PATH).await.is(200).json();
        let effective = json!([{ "parameter": "social.credential.max_age", "value": "60 days", "baseline": "90 days" }]);
        assert_eq!(seen["effective"], effective, "the attached one has not begun");
        let told: Vec<_> = seen["items"].as_array().into_iter().flatten().collect();
        let origins: Vec<_> = told.iter().map(|it| (it["origin"].as_str(), it["state"].as_str())).collect();
        let national = Some("competent_administration");
        let expected = [(national, Some("in_force")), (national, Some("ahead")), (Some("body"), Some("in_force"))];
        assert_eq!(origins, expected);
        let page = widad.reads(PAGE).await;
        assert!(page.contains("90") && page.contains("60") && page.contains("تُعرض قائمة الحسابات"), "{page}");

        let end = |id: &str| format!("/api/v1/compliance/requirements/{id}/end");
        widad.posts(&end(&attached), &json!({ "reason": WHY })).await.refused(403, "compliance.not_yours", &[]);
        hamad.posts(&end(&own), &json!({ "reason": WHY })).await.is(404);
        hamad.posts_form(&format!("/compliance/requirements/{own}/end"), &[("reason", WHY)]).await.is(404);
        let short = widad.posts_form(&format!("/compliance/requirements/{own}/end"), &[("reason", "لا")]).await;
        assert!(short.is(422).page().contains(">لا</textarea>"), "what was typed stays");
        widad.posts(&end(&own), &json!({ "reason": WHY })).await.is(204);
        widad.posts(&end(&own), &json!({ "reason": WHY })).await.refused(409, "requirement.ended", &[]);
        assert_eq!(widad.gets(PATH).await.is(200).json()["effective"], json!([]));
        let kinds: Vec<String> =
            world.history(&format!("requirement/{own}")).await.into_iter().map(|it| it.kind).collect();
        assert_eq!(kinds, ["requirement.set", "refused", "requirement.ended"]);
    })
    .await;
}
