//! The state as a tree: who orders it, who keeps a body, and who gives which role.

use serde_json::{Value, json};

use crate::world::{Person, TestDiwan, on_both_engines};

const REASON: &str = "قرار مجلس الوزراء رقم 7 لسنة 2026";

fn mission() -> Value {
    json!({ "slug": "mission-north", "kind": "mission", "parent": "foreign-ministry", "name_ar": "السفارة في الشمال",
        "name_en": "Embassy in the North" })
}

async fn registered(amal: &Person) {
    let ministry = json!({ "slug": "foreign-ministry", "kind": "ministry", "name_ar": "وزارة الخارجية",
        "name_en": "Ministry of Foreign Affairs" });
    amal.posts("/api/v1/bodies", &ministry).await.is(201);
    amal.posts("/api/v1/bodies", &mission()).await.is(201);
}

// proves: LY-SVC-1.05, LY-SVC-1.02
// refuses: POST /api/v1/bodies, POST /api/v1/bodies/{body}/functions, GET /api/v1/bodies, GET /api/v1/bodies/{body}
#[tokio::test]
async fn the_competent_administration_alone_orders_the_state_and_a_function_has_one_holder() {
    on_both_engines(|world| async move {
        let (amal, widad) = (world.person("Amal"), world.person("Widad"));
        world.person("Salma").gets("/api/v1/bodies").await.refused(403, "org.not_yours", &[]);
        widad.posts("/api/v1/bodies", &mission()).await.refused(
            403,
            "portal.not_competent",
            &["LY-SVC-12.1"],
        );
        let mut kindless = mission();
        kindless["kind"] = "".into();
        kindless["parent"] = "".into();
        let refused = amal.posts("/api/v1/bodies", &kindless).await;
        refused.refused(422, "org.type_missing", &["LY-SVC-1.05"]).names(&[("kind", "required")]);
        registered(&amal).await;
        amal.posts("/api/v1/bodies", &mission()).await.refused(409, "org.slug_taken", &[]);

        // The head of a body sees that body and those below, and nothing of others.
        let seen = widad.gets("/api/v1/bodies").await.is(200).json();
        let slugs: Vec<&str> =
            seen["items"].as_array().into_iter().flatten().filter_map(|it| it["body"].as_str()).collect();
        assert_eq!(slugs, ["civil-registry"]);
        widad.gets("/api/v1/bodies/foreign-ministry").await.refused(404, "not_found", &[]);
        let shown = amal.gets("/api/v1/bodies/mission-north").await.is(200).json();
        assert_eq!((&shown["parent"], &shown["kind"]), (&json!("foreign-ministry"), &json!("mission")));

        let give = |function: &str, hand_over: bool, reason: &str| {
            json!({ "function": function, "hand_over": hand_over, "reason": reason })
        };
        let path = "/api/v1/bodies/foreign-ministry/functions";
        amal.posts(path, &give("foreign_affairs", false, "")).await.is(204);
        for taken in ["competent_administration", "supervising_body"] {
            let refused = amal.posts(path, &give(taken, false, "")).await;
            refused.refused(409, "org.function_taken", &["LY-SVC-1.02"]);
        }
        amal.posts(path, &give("king", false, "")).await.is(422).names(&[("function", "choice")]);
        amal.posts(path, &give("supervising_body", true, "")).await.is(422).names(&[("reason", "required")]);
        amal.posts(path, &give("supervising_body", true, REASON)).await.is(204);
        let supervising = holders(&amal, "supervising_body").await;
        assert_eq!(supervising, ["foreign-ministry"], "it was handed over in one act");
        assert_eq!(holders(&amal, "competent_administration").await, ["digital-authority"]);
        let end = "/desk/bodies/digital-authority/functions/competent_administration/end";
        amal.posts_form(end, &[]).await.is(409);
        let own = "/api/v1/bodies/civil-registry/functions";
        let refused = widad.posts(own, &give("competent_administration", true, REASON)).await;
        refused.refused(403, "portal.not_competent", &["LY-SVC-12.1"]);
        widad.posts(own, &json!({ "function": "social_media", "unit": "reception" })).await.is(204);
    })
    .await;
}

/// Which bodies hold a function, and each of them in the tree as Amal sees it.
async fn holders(amal: &Person, function: &str) -> Vec<String> {
    let found = amal.gets(&format!("/api/v1/bodies?function={function}")).await.is(200).json();
    let bodies = found["items"].as_array().cloned().unwrap_or_default();
    bodies.iter().filter_map(|it| it["body"].as_str()).map(str::to_owned).collect()
}

async fn gives(world: &TestDiwan, who: &str, whom: &str, role: &str) -> (u16, String) {
    let wish = json!({ "person": world.line(whom).identifier, "role": role });
    let answer = world.person(who).posts("/api/v1/bodies/civil-registry/appointments", &wish).await;
    let code = serde_json::from_slice::<Value>(&answer.bytes).unwrap_or_default()["code"].clone();
    (answer.status, code.as_str().unwrap_or_default().to_owned())
}

// refuses: POST /api/v1/bodies/{body}/appointments, POST /desk/bodies/{slug}/people/{id}/end
// refuses: POST /desk/bodies/{slug}/people
#[tokio::test]
async fn nobody_gives_a_role_above_their_own_or_to_themselves_and_what_ends_is_gone_at_once() {
    on_both_engines(|world| async move {
        let check =
            |who: &'static str, whom: &'static str, role: &'static str, status: u16, code: &'static str| {
                let world = world.clone();
                async move {
                    let told = gives(&world, who, whom, role).await;
                    assert_eq!((told.0, told.1.as_str()), (status, code), "{who} makes {whom} {role}");
                }
            };
        check("Salma", "Salma", "officer", 404, "not_found").await;
        check("Hamad", "Hamad", "decider", 404, "not_found").await;
        check("Rashid", "Khalid", "officer", 404, "not_found").await;
        check("Widad", "Widad", "decider", 409, "org.appointment_own").await;
        check("Widad", "Hamad", "head", 403, "org.not_yours").await;
        check("Widad", "Hamad", "auditor", 403, "org.not_yours").await;
        check("Widad", "Hamad", "king", 422, "org.role_unknown").await;
        check("Widad", "Aisha", "administrator", 201, "").await;
        check("Aisha", "Hamad", "administrator", 403, "org.not_yours").await;
        check("Aisha", "Hamad", "head", 403, "org.not_yours").await;
        check("Aisha", "Aisha", "decider", 409, "org.appointment_own").await;
        check("Amal", "Amal", "head", 409, "org.appointment_own").await;

        let number = world.person("Salma").delivers("residence-certificate").await;
        let request = format!("/api/v1/requests/{number}");
        let tariq = world.person("Tariq");
        tariq.gets(&request).await.is(404);
        check("Aisha", "Tariq", "officer", 201, "").await;
        tariq.gets(&request).await.is(200);
        let at = world.actor("Tariq").await.person;
        let held = organisations::appointments_of(&world.parts.store.read(), at).await.expect("readable");
        let held = held.iter().find(|held| held.role == "officer").expect("the new role").id;
        let path = format!("/desk/bodies/civil-registry/people/{held}/end");
        for other in ["Hamad", "Rashid"] {
            world.person(other).posts_form(&path, &[]).await.is(404);
        }
        world.person("Widad").posts_form(&path, &[]).await.is(303);
        tariq.gets(&request).await.is(404);
        let page =
            world.person("Widad").posts_form("/desk/bodies/civil-registry/people", &[("person", "12")]).await;
        assert!(page.is(422).page().contains("value=\"12\""), "what was typed is still there");
    })
    .await;
}

// refuses: GET /desk/bodies, GET /desk/bodies/new, GET /desk/bodies/export, POST /desk/bodies
// refuses: GET /desk/bodies/{slug}, POST /desk/bodies/{slug}, POST /desk/bodies/{slug}/close
// refuses: GET /desk/bodies/{slug}/history, GET /desk/bodies/{slug}/delegations, GET /desk/bodies/{slug}/people
// refuses: GET /desk/bodies/{slug}/units, POST /desk/bodies/{slug}/units, GET /desk/bodies/{slug}/units/{unit}
// refuses: POST /desk/bodies/{slug}/units/{unit}, GET /desk/bodies/{slug}/functions
// refuses: POST /desk/bodies/{slug}/functions, POST /desk/bodies/{slug}/functions/{function}/end
#[tokio::test]
async fn a_body_is_kept_by_its_own_and_to_others_it_does_not_exist() {
    on_both_engines(|world| async move {
        let (amal, widad, rashid) = (world.person("Amal"), world.person("Widad"), world.person("Rashid"));
        let own = "/desk/bodies/civil-registry";
        let places = ["", "/units", "/units/reception", "/functions", "/people", "/delegations", "/history"];
        for place in places {
            widad.opens(&format!("{own}{place}")).await.is(200);
            rashid.opens(&format!("{own}{place}")).await.is(404);
        }
        for place in ["", "/close", "/units", "/units/reception", "/functions", "/functions/king/end"] {
            rashid.posts_form(&format!("{own}{place}"), &[]).await.is(404);
        }
        for path in ["/desk/bodies", "/desk/bodies/export", "/desk/bodies/new"] {
            world.person("Hamad").opens(path).await.is(403);
        }
        widad.opens("/desk/bodies/new").await.is(403);
        widad.posts_form("/desk/bodies", &[]).await.is(403);
        widad
            .posts_form(&format!("{own}/close"), &[("successor", "municipality"), ("decree", REASON)])
            .await
            .is(403);

        // Names are the body's own to change; what it is and where it stands is not.
        widad.posts_form(own, &[("phone", "1516")]).await.is(422);
        widad.posts_form(own, &[("phone", "1516"), ("reason", REASON)]).await.is(303);
        widad.posts_form(own, &[("kind", "ministry"), ("reason", REASON)]).await.is(403);
        assert!(widad.reads(&format!("{own}/history")).await.contains(REASON));

        // A unit below a marked one handles what is sensitive too.
        let below =
            [("slug", "counter"), ("name_ar", "شباك"), ("name_en", "Counter"), ("parent", "reception")];
        widad.posts_form(&format!("{own}/units"), &[("slug", "Counter")]).await.is(422);
        widad.posts_form(&format!("{own}/units"), &below).await.is(303);
        let mark = format!("{own}/units/reception");
        widad.posts_form(&mark, &[("from", "2026-01-01")]).await.is(422);
        widad.posts_form(&mark, &[("from", "2026-01-01"), ("reason", REASON)]).await.is(303);
        let shown = widad.gets("/api/v1/bodies/civil-registry").await.is(200).json();
        let sensitive = |unit: &str| {
            let units = shown["units"].as_array().into_iter().flatten();
            units.filter(|it| it["unit"] == unit).all(|it| it["handles_sensitive"] == true)
        };
        assert!(sensitive("reception") && sensitive("counter") && !sensitive("decision"));

        // A body is closed with a successor, which takes over its functions; nothing of it is deleted.
        let give = [("function", "social_media"), ("unit", "reception")];
        widad.posts_form(&format!("{own}/functions"), &give).await.is(303);
        widad.posts_form(&format!("{own}/functions"), &give).await.is(303);
        amal.posts_form(&format!("{own}/close"), &[("decree", REASON)]).await.is(422);
        let decree = [("successor", "municipality"), ("decree", REASON)];
        amal.posts_form(&format!("{own}/close"), &decree).await.is(303);
        amal.posts_form(&format!("{own}/close"), &decree).await.is(409);
        widad.opens(own).await.is(404);
        let heir = amal.gets("/api/v1/bodies/municipality").await.is(200).json();
        assert!(heir["functions"].as_array().is_some_and(|held| held.contains(&json!("social_media"))));
        let closed = amal.gets("/api/v1/bodies/civil-registry").await.is(200).json();
        assert!(closed["closed_at"].is_string());
        let file = amal.reads("/desk/bodies/export?kind=municipality").await;
        assert!(file.contains("municipality") && !file.contains("civil-registry"));
    })
    .await;
}
