//! Who may do what: the matrix as it is told, and what an installation narrows with four eyes.

use serde_json::{Value, json};

use crate::{
    deciding::every_item,
    world::{TestDiwan, on_both_engines},
};

const SERVICE: &str = "residence-certificate";
const REASON: &str = "تعليمات أمن المعلومات تطلب مفتاح أمان لهذا الفعل.";

fn proposal(action: &str, what: &str) -> Value {
    json!({ "capability": "services", "action": action, "what": what, "controls": ["LY-SVC-8.1"], "reason": REASON })
}

async fn kinds(world: &TestDiwan, id: &str) -> Vec<String> {
    world.history(&format!("narrowing/{id}")).await.into_iter().map(|it| it.kind).collect()
}

// refuses: GET /api/v1/permissions/narrowings, POST /api/v1/permissions/narrowings
// refuses: GET /api/v1/permissions/narrowings/{id}, POST /api/v1/permissions/narrowings/{id}/decide
// refuses: POST /api/v1/permissions/narrowings/{id}/end
// refuses: GET /permissions/narrowings, POST /permissions/narrowings, GET /permissions/narrowings/new
// refuses: GET /permissions/narrowings/{id}, POST /permissions/narrowings/{id}/decide
// refuses: POST /permissions/narrowings/{id}/end
#[tokio::test]
async fn a_permission_is_narrowed_with_four_eyes() {
    on_both_engines(|world| async move {
        let (hamad, omar, amal) = (world.person("Hamad"), world.person("Omar"), world.person("Amal"));
        let list = "/api/v1/permissions/narrowings";
        let wanted = proposal("verify", "assurance:high");
        let law = &["LY-SVC-12.1"];
        hamad.gets(list).await.refused(403, "portal.not_competent", law);
        hamad.posts(list, &wanted).await.refused(403, "portal.not_competent", law);
        hamad.opens("/permissions/narrowings").await.is(403);
        hamad.opens("/permissions/narrowings/new?of=services&act=verify").await.is(403);
        let typed = [("of", "services"), ("act", "verify"), ("what", "assurance:high"), ("reason", REASON)];
        hamad.posts_form("/permissions/narrowings", &typed).await.is(403);
        // An auditor oversees and does not propose.
        omar.posts(list, &wanted).await.refused(403, "portal.not_competent", law);
        let own = json!({ "capability": "permissions", "action": "propose_narrowing", "what": "without:head",
            "reason": REASON });
        amal.posts(list, &own).await.refused(409, "narrowing.locks_out", law);
        for unknown in [proposal("burn", "assurance:high"), proposal("publish", "without:officer")] {
            amal.posts(list, &unknown).await.refused(422, "narrowing.unknown", law);
        }
        let id = amal.posts(list, &wanted).await.is(201).word("id");
        let (one, page) = (format!("{list}/{id}"), format!("/permissions/narrowings/{id}"));
        amal.posts(list, &wanted).await.refused(409, "narrowing.exists", law);
        hamad.gets(&one).await.refused(404, "not_found", &[]);
        hamad.opens(&page).await.is(404);
        let yes = json!({ "agrees": true, "words": REASON });
        hamad.posts(&format!("{one}/decide"), &yes).await.refused(404, "not_found", &[]);
        hamad.posts_form(&format!("{page}/decide"), &[("ruling", "agree"), ("words", REASON)]).await.is(404);

        // A proposal changes nothing, and nobody decides on their own.
        let first = world.person("Salma").delivers(SERVICE).await;
        hamad.takes(&first, "verify").await.is(200);
        amal.posts(&format!("{one}/decide"), &yes).await.refused(409, "narrowing.own", law);
        omar.posts(&format!("{one}/decide"), &yes).await.is(204);
        omar.posts(&format!("{one}/decide"), &yes).await.refused(409, "narrowing.decided", law);

        let second = world.person("Salma").delivers(SERVICE).await;
        let items = every_item(&world, SERVICE);
        let refused = hamad.acts(&second, "verify", items.clone()).await;
        refused.refused(401, "identity.assurance_required", &["LY-SVC-8.1"]);
        let read = omar.reads(&page).await;
        assert!(read.contains("principal.assurance"), "the policy can be read: {read}");

        // Its end needs a second person too; until then it holds.
        let end = json!({ "reason": REASON });
        hamad.posts(&format!("{one}/end"), &end).await.refused(404, "not_found", &[]);
        hamad.posts_form(&format!("{page}/end"), &[("reason", REASON)]).await.is(404);
        amal.posts(&format!("{one}/end"), &end).await.is(204);
        hamad.acts(&second, "verify", items).await.refused(
            401,
            "identity.assurance_required",
            &["LY-SVC-8.1"],
        );
        amal.posts(&format!("{one}/decide"), &yes).await.refused(409, "narrowing.own", law);
        omar.posts(&format!("{one}/decide"), &yes).await.is(204);
        hamad.takes(&second, "verify").await.is(200);
        let steps = ["narrowing.proposed", "narrowing.in_force", "narrowing.end_proposed", "narrowing.ended"];
        let kept: Vec<String> =
            kinds(&world, &id).await.into_iter().filter(|kind| kind != "refused").collect();
        assert_eq!(kept, steps);
    })
    .await;
}

// refuses: GET /api/v1/permissions, GET /permissions, GET /permissions/matrix.csv
// refuses: GET /permissions/{capability}/{action}
#[tokio::test]
async fn a_role_that_is_not_enough_any_more_is_told_who_may() {
    on_both_engines(|world| async move {
        let (hamad, omar, amal) = (world.person("Hamad"), world.person("Omar"), world.person("Amal"));
        let list = "/api/v1/permissions/narrowings";
        omar.gets("/delays").await.is(200);
        let id = amal.posts(list, &proposal("see_delays", "without:auditor")).await.is(201).word("id");
        let yes = json!({ "agrees": true, "words": REASON });
        omar.posts(&format!("{list}/{id}/decide"), &yes).await.is(204);
        omar.gets("/delays").await.is(403);
        amal.gets("/delays").await.is(200);
        // Another node follows when it looks; this one does so at once.
        world.parts.permissions.follow().await.expect("it follows");

        let number = world.person("Salma").delivers(SERVICE).await;
        hamad.takes(&number, "verify").await.is(200);
        let no = hamad.acts(&number, "appeal", json!({ "grounds": REASON })).await;
        no.is(403).names(&[("who", "person")]);
        assert!(hamad.reads("/permissions").await.contains("/permissions/services/verify"));
        let act = hamad.reads("/permissions/services/publish").await;
        assert!(act.contains("entry-verifier-acts") && act.contains("LY-SVC-24.2"), "{act}");
        hamad.opens("/permissions/services/burn").await.is(404);
        world.stranger().gets("/api/v1/permissions").await.is(401);
        for page in ["/permissions", "/permissions/matrix.csv", "/permissions/services/publish"] {
            assert!(world.stranger().opens(page).await.is(303).leads_to().starts_with("/sign-in"));
        }
        let matrix = hamad.gets("/api/v1/permissions").await.is(200).json();
        let rows = matrix["items"].as_array().expect("rows");
        let publish = rows.iter().find(|row| row["action"] == "publish").expect("a row");
        assert_eq!(publish["roles"], json!([{ "role": "verifier", "at": "administration", "person": null }]));
        let file = hamad.gets("/permissions/matrix.csv").await.is(200);
        let file = String::from_utf8(file.bytes.to_vec()).expect("UTF-8");
        assert!(file.lines().count() > 100 && file.contains("entry-verifier-acts"), "{file}");
    })
    .await;
}
