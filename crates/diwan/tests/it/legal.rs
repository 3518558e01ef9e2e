//! What waits for a legal reviewer, where they begin; and the id of a registered service, which no card types over.

use serde_json::json;

use crate::{
    authoring::{registers, submission},
    world::on_both_engines,
};

const SERVICE: &str = "residence-certificate";
const REVIEWS: &str = "/api/v1/directory/legal_reviews";

// refuses: GET /desk/legal, GET /api/v1/directory/legal_reviews
#[tokio::test]
async fn a_legal_reviewer_begins_at_what_waits_for_them() {
    on_both_engines(|world| async move {
        let (halima, hamad, salma) = (world.person("Halima"), world.person("Hamad"), world.person("Salma"));
        assert_eq!(halima.opens("/desk").await.leads_to(), "/desk/legal");
        assert!(halima.reads("/desk/legal?lang=en").await.contains("No process waits for your review"));
        for nobody in [&salma, &hamad] {
            nobody.gets("/desk/legal").await.is(403);
            nobody.gets(REVIEWS).await.refused(403, "process.no_reviewer", &["LY-SVC-11.3"]);
        }

        let version = registers(&hamad, &submission(&world, |_| {})).await;
        let href = format!("/services/{SERVICE}/process?version={version}");
        let listed = halima.gets(REVIEWS).await.is(200).json();
        assert_eq!((&listed["items"][0]["href"], &listed["next"]), (&json!(href), &json!(null)));
        let page = halima.reads("/desk/legal").await;
        assert!(
            page.contains(&href.replace('&', "&amp;")) && page.contains("<span class=\"count\">"),
            "{page}"
        );
        assert!(halima.reads(&href).await.contains("process/attest"), "it leads to where it is attested");
        let attest = format!("/services/{SERVICE}/process/attest");
        halima.posts_form(&attest, &[("version", &version.to_string())]).await.is(303);
        assert_eq!(halima.gets(REVIEWS).await.is(200).json()["items"], json!([]));
        halima.gets(&format!("{REVIEWS}?cursor=%25")).await.refused(422, "web.cursor", &[]);
    })
    .await;
}

#[tokio::test]
async fn the_id_of_a_registered_service_is_not_typed_over() {
    on_both_engines(|world| async move {
        let hamad = world.person("Hamad");
        let begun = hamad.posts("/api/v1/directory/proposals", &json!({ "service": SERVICE })).await;
        let what = format!("/directory/proposals/{}/what", begun.id());
        let page = hamad.reads(&what).await;
        let (_, field) = page.split_once("name=\"id\"").expect("the field of the id");
        let field = field.split('>').next().unwrap_or_default();
        assert!(field.contains("readonly") && field.contains(SERVICE), "{field}");
        let typed = |id: &'static str| [("id", id), ("delivery", "e_service"), ("name.ar", "شهادة جديدة")];
        let refused = hamad.posts_form(&what, &typed("another-certificate")).await.is(409).page();
        assert!(refused.contains("شهادة جديدة"), "what else was typed stays");
        assert!(refused.contains("لا يتغير") && !refused.contains("value=\"another-certificate\""));
        hamad.posts_form(&what, &typed(SERVICE)).await.is(303);
        let held = hamad.reads(&what).await;
        assert!(held.contains("شهادة جديدة"));

        // A card of a new service keeps the id that is typed last, until it is registered.
        let new = hamad.posts_form("/directory/proposals", &[]).await.leads_to();
        for id in ["first-name", "second-name", SERVICE, "third-name"] {
            hamad.posts_form(&new, &typed(id)).await.is(303);
            assert!(hamad.reads(&new).await.contains(&format!("value=\"{id}\"")), "{id}");
        }
    })
    .await;
}
