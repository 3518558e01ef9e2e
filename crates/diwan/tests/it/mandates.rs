//! Mandates as an entity sees them: who acts for it, what was sent under each, and taking one back.

use clock::{DAY, HOUR};
use identity::{GrantMandate, SCOPE_ALL};
use serde_json::json;

use crate::world::{TestDiwan, application, on_both_engines};

const SERVICE: &str = "road-damage-report";

/// Gives Huda a mandate for Yusuf's company, for one service.
async fn entrusts(world: &TestDiwan, scope: &str) -> (uuid::Uuid, uuid::Uuid) {
    let (yusuf, huda) = (world.actor("Yusuf").await.person, world.actor("Huda").await.person);
    let now = world.clock.now();
    let held = identity::mandates(&world.parts.store.read(), yusuf, now).await.expect("mandates can be read");
    let entity =
        held.iter().find(|(mandate, _)| mandate.scope == SCOPE_ALL).expect("he stands for it").0.entity;
    let grant = GrantMandate {
        actor: None,
        at: now,
        person: huda,
        entity,
        scope: scope.into(),
        from: now - HOUR,
        until: Some(now + DAY * 9),
    };
    (world.parts.store.write(grant).await.expect("it is granted").id, entity)
}

// refuses: GET /account/mandates, GET /account/mandates/{id}/withdraw, POST /account/mandates/{id}/withdraw
#[tokio::test]
async fn whoever_takes_a_mandate_back_sees_everything_that_it_made() {
    on_both_engines(|world| async move {
        let (mandate, entity) = entrusts(&world, SERVICE).await;
        let huda = world.surely("Huda", authz::Assurance::Substantial).await;
        let (yusuf, salma) = (world.person("Yusuf"), world.person("Salma"));
        let mut asked = application(SERVICE, world.example(SERVICE));
        asked["on_behalf_of"] = json!(entity);
        asked["if_incomplete"] = json!("keep");
        let sent = huda.posts("/api/v1/requests", &asked).await;
        assert!([201, 202].contains(&sent.status), "{}", sent.text());
        let number = sent.word("number");
        asked["on_behalf_of"] = json!(null);

        let page = yusuf.gets("/account/mandates?lang=en").await.is(200).page();
        let path = format!("/account/mandates/{mandate}/withdraw");
        assert!(page.contains(&path), "whoever stands for all of it sees every mandate");
        let shown = yusuf.gets(&format!("{path}?lang=en")).await.is(200).page();
        assert!(shown.contains(&number), "not his own requests alone: {shown}");
        salma.gets(&path).await.is(404);
        salma.posts_form(&path, &[]).await.is(404);
        assert!(!salma.gets("/account/mandates").await.is(200).page().contains(&path));
        world.stranger().gets("/account/mandates").await.is(303);
        world.stranger().posts_form(&path, &[]).await.is(303);

        yusuf.posts_form(&path, &[]).await.is(303);
        asked["on_behalf_of"] = json!(entity);
        huda.posts("/api/v1/requests", &asked).await.refused(403, "identity.no_mandate", &["LY-SVC-1.12"]);
        let inbox = huda.gets("/api/v1/inbox").await.is(200).json();
        assert!(
            inbox["items"][0]["about"].as_str().is_some_and(|about| about.starts_with("entity/")),
            "{inbox}"
        );
        let history = world.history(&format!("entity/{entity}")).await;
        let ended = history.iter().filter(|entry| entry.kind == "mandate.ended").count();
        yusuf.posts_form(&path, &[]).await.is(303);
        let again = world.history(&format!("entity/{entity}")).await;
        assert_eq!((ended, again.len()), (1, history.len()), "taken back once");
        huda.gets(&format!("/api/v1/requests/{number}")).await.is(200);
    })
    .await;
}
