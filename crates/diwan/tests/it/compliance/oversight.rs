//! Each control over all bodies, one body narrowed and taken out, and what a body asks of itself.

use clock::DAY;
use serde_json::json;

use super::{REASON, WORDS, assigns, at_rest, finding, items, kinds};
use crate::world::{TestDiwan, on_both_engines, on_both_engines_at};

// refuses: GET /controls/{id}
#[tokio::test]
async fn every_control_has_its_page_and_those_who_oversee_bodies_see_how_they_stand() {
    on_both_engines(|world| async move {
        let (omar, widad, stranger) = (world.person("Omar"), world.person("Widad"), world.stranger());
        stranger.opens("/controls/LY-SVC-99").await.is(404);
        for control in world.parts.packs.all() {
            let page = stranger.reads(&format!("/controls/{}?lang=en", control.id)).await;
            let main = page.split("<main").nth(1).and_then(|page| page.split("</main>").next());
            let main = main.expect("a page has its words");
            assert!(
                main.contains(&control.id) && main.contains(&format!("/controls/packs/{}", control.pack))
            );
            assert!(!main.contains("controls-") && !main.contains("matrix-"), "{}: a key", control.id);
        }
        for body in ["civil-registry", "municipality"] {
            assigns(&world, body).await;
        }
        omar.posts("/api/v1/findings", &finding("municipality", WORDS)).await.is(201);
        while world.parts.ledger.sequence().await.expect("the log is sequenced") > 0 {}
        world.parts.compliance.count_evidence().await.expect("counted");
        let page = "/controls/LY-SVC-21.1?lang=en";
        let own = "/compliance/bodies/civil-registry/LY-SVC-21.1";
        let other = "/compliance/bodies/municipality/LY-SVC-21.1";
        let seen = omar.reads(page).await;
        let (first, second) = (seen.find(other), seen.find(own));
        assert!(first.is_some() && first < second, "all that it binds, and first the one with most to do");
        assert!(seen.contains("finding.opened"), "the last entry of the ledger that cites it");
        let seen = widad.reads(page).await;
        assert!(seen.contains(own) && !seen.contains(other), "a head sees the own body alone");
        for nobody in [&stranger, &world.person("Salma"), &world.person("Hamad")] {
            let seen = nobody.reads(page).await;
            assert!(!seen.contains(own) && !seen.contains("finding.opened"));
        }
    })
    .await;
}

// refuses: GET /compliance/bodies/{slug}/export
#[tokio::test]
async fn how_a_body_stands_is_narrowed_and_taken_out() {
    on_both_engines(|world| async move {
        let (omar, widad) = (world.person("Omar"), world.person("Widad"));
        let page = "/compliance/bodies/civil-registry";
        world.person("Noura").opens(&format!("{page}/export")).await.is(403);
        world.person("Rashid").opens(&format!("{page}/export")).await.is(403);
        world.stranger().opens(&format!("{page}/export")).await.is(303);
        assigns(&world, "civil-registry").await;
        omar.posts("/api/v1/findings", &finding("civil-registry", WORDS)).await.is(201);
        let rows = async |narrowed: &str| {
            let file = widad.gets(&format!("{page}/export?lang=en{narrowed}")).await.is(200);
            assert!(file.header("content-disposition").contains("civil-registry.csv"));
            let rows: Vec<String> = file.page().split("\r\n").skip(1).map(str::to_owned).collect();
            rows.into_iter().filter(|row| !row.is_empty()).collect::<Vec<_>>()
        };
        assert_eq!(rows("").await.len(), 117);
        assert_eq!(rows("&chapter=Art.%2013").await.len(), 6);
        let security = rows("&q=LY-SVC-21.1").await;
        assert!(security.len() == 1 && security[0].contains("A finding is open,1,"), "{security:?}");
        assert!(
            rows("&actor=service%20provider&state=action")
                .await
                .iter()
                .all(|row| row.contains("service provider"))
        );
        assert!(rows("&module=licences").await.len() < 10);
        // The public list is taken out as it is narrowed, too.
        let list =
            "/api/v1/lists/controls?form=csv&pack=ly-services&chapter=Art.%2013&actor=service%20provider";
        let list = world.stranger().gets(list).await.is(200).page();
        let public = list.split("\r\n").skip(1).filter(|row| !row.is_empty());
        let narrowed = rows("&chapter=Art.%2013&actor=service%20provider").await;
        assert_eq!(public.count(), narrowed.len(), "{list}");
        assert!(!narrowed.is_empty() && narrowed.len() < 6, "{narrowed:?}");
        let narrowed = widad.reads(&format!("{page}?lang=en&chapter=Art.%2021&pack=ly-services")).await;
        assert!(narrowed.contains("LY-SVC-21.1") && !narrowed.contains(">LY-SVC-13.4<"));
        assert!(narrowed.contains("/export?") && narrowed.contains("oscal/assessment-results"));
    })
    .await;
}

// proves: KW-RW-7.2.g4
// refuses: GET /api/v1/compliance/bodies/{body}/controls, POST /api/v1/compliance/bodies/{body}/controls
// refuses: POST /api/v1/compliance/bodies/{body}/controls/{control}/end
// refuses: GET /compliance/bodies/{slug}/own, POST /compliance/bodies/{slug}/own
// refuses: POST /compliance/bodies/{slug}/own/end
#[tokio::test]
async fn a_body_asks_a_control_of_itself_and_follows_it_up_like_any_other() {
    on_both_engines_at(at_rest, |world| async move {
        let (widad, noura) = (world.person("Widad"), world.person("Noura"));
        let path = "/api/v1/compliance/bodies/civil-registry/controls";
        let page = "/compliance/bodies/civil-registry/own";
        let owner = world.actor("Noura").await.person.to_string();
        let wish = json!({ "title": "جرد الأجهزة المعارة", "duty": WORDS, "subject": "service/residence-certificate",
            "cadence_days": 30, "owner": owner });
        for stranger in [&noura, &world.person("Rashid"), &world.person("Salma")] {
            stranger.posts(path, &wish).await.refused(403, "compliance.not_yours", &[]);
            stranger.gets(path).await.is(403);
            stranger.opens(page).await.is(403);
            stranger.posts_form(page, &[("title", "عنوان")]).await.is(403);
            stranger.posts_form(&format!("{page}/end"), &[("control", "OWN-1")]).await.is(403);
        }
        let stranger = json!({ "title": "", "duty": "قصير", "owner": world.actor("Rashid").await.person });
        let refused = widad.posts(path, &stranger).await;
        let refused = refused.refused(422, "own_control.incomplete", &["KW-RW-7.2.g4", "KW-RW-9.2.6d"]);
        refused.names(&[
            ("title", "required"),
            ("cadence_days", "own_control_cadence"),
            ("owner", "choice"),
            ("duty", "too_short"),
        ]);
        let stays = widad.posts_form(page, &[("title", "عنوان"), ("cadence_days", "1000")]).await.is(422).page();
        assert!(stays.contains("error-summary") && stays.contains("value=\"عنوان\""), "{stays}");

        let id = widad.posts(path, &wish).await.id();
        assert_eq!(id, "OWN-civil-registry-1");
        let asked = [("title", "زيارة فجائية"), ("duty", WORDS), ("cadence_days", "٩٠"), ("owner", owner.as_str())];
        assert_eq!(widad.posts_form(page, &asked).await.leads_to(), format!("{page}?done=added"));

        stands_beside_the_others(&world, &id).await;
        is_followed_up(&world, &id).await;
        is_ended_with_a_reason(&world, &id).await;
    })
    .await;
}

/// In the same list of what is confirmed, the same overview and the same files as what the documents ask.
async fn stands_beside_the_others(world: &TestDiwan, id: &str) {
    let (widad, noura, omar) = (world.person("Widad"), world.person("Noura"), world.person("Omar"));
    assigns(world, "civil-registry").await;
    let mine = items(&noura, "/api/v1/attestations?mine=yes").await;
    assert!(mine.iter().any(|it| it["control"] == id), "{mine:?}");
    assert_eq!(items(&widad, "/api/v1/attestations?mine=yes").await.len(), 6, "those of the document");
    assert!(noura.reads("/compliance/attestations?mine=yes").await.contains("جرد الأجهزة المعارة"));
    let body = "/compliance/bodies/civil-registry";
    assert!(widad.reads(&format!("{body}?pack=own")).await.contains("زيارة فجائية"));
    let rows = widad.gets(&format!("{body}/export?pack=own")).await.is(200).page();
    assert!(rows.contains(id) && rows.contains("OWN-civil-registry-2"), "{rows}");
    let results = omar.gets(&format!("/api/v1{body}/oscal/assessment-results")).await.is(200).page();
    assert!(results.contains(id));
    assert_eq!(state_of(world, id).await, "attestation_due");
}

/// How it stands in the overview, on whichever of its pages.
async fn state_of(world: &TestDiwan, id: &str) -> String {
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/compliance/bodies/civil-registry?{cursor}");
        let all = world.person("Omar").gets(&path).await.is(200).json();
        let found = all["items"].as_array().expect("items").iter().find(|it| it["control"] == id);
        if let Some(found) = found {
            return found["state"].as_str().expect("a state").to_owned();
        }
        cursor = format!("cursor={}", all["next"].as_str().expect("it stands on some page"));
    }
}

/// Its owner is asked, confirms, and is late after the cadence; that it does not hold is a finding.
async fn is_followed_up(world: &TestDiwan, id: &str) {
    let noura = world.person("Noura");
    world.clock.advance(DAY * 15);
    world.parts.compliance.keep_house().await.expect("it is asked for");
    assert!(noura.gets("/api/v1/inbox").await.is(200).json().to_string().contains("attestations"));
    let confirm = format!("/api/v1/attestations/civil-registry/{id}/confirm");
    noura.posts(&confirm, &json!({ "outcome": "holds", "words": WORDS })).await.is(204);
    assert_eq!(state_of(world, id).await, "attested");
    world.clock.advance(DAY * 31);
    assert_eq!(state_of(world, id).await, "attestation_late");
    noura.posts(&confirm, &json!({ "outcome": "fails", "words": REASON })).await.is(204);
    let found = items(&noura, "/api/v1/findings").await;
    assert!(found.iter().any(|it| it["control"] == id), "{found:?}");
}

/// It is asked for no more; what was confirmed stays in the ledger.
async fn is_ended_with_a_reason(world: &TestDiwan, id: &str) {
    let (widad, noura) = (world.person("Widad"), world.person("Noura"));
    let path = "/api/v1/compliance/bodies/civil-registry/controls";
    let page = "/compliance/bodies/civil-registry/own";
    let end = format!("{path}/{id}/end");
    noura.posts(&end, &json!({ "reason": REASON })).await.is(403);
    widad.posts(&end, &json!({ "reason": "لا" })).await.is(422);
    widad.posts_form(&format!("{page}/end"), &[("control", "OWN-x-9"), ("reason", REASON)]).await.is(422);
    widad.posts_form(&format!("{page}/end"), &[("control", id), ("reason", REASON)]).await.is(303);
    widad.posts(&end, &json!({ "reason": REASON })).await.refused(
        409,
        "own_control.ended",
        &["KW-RW-7.2.g4"],
    );
    let mine = items(&noura, "/api/v1/attestations?mine=yes").await;
    assert!(!mine.iter().any(|it| it["control"] == id), "{mine:?}");
    assert_eq!(items(&widad, path).await.len(), 2, "the ended one is listed as ended");
    let held = kinds(world, &format!("control/{id}")).await;
    assert_eq!(held, ["own_control.added", "refused", "own_control.ended", "refused"]);
}
