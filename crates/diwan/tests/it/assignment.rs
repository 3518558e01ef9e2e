//! The rules by which a head gives out new work, and how much everybody has.

use crate::{
    desk::{numbers, tasks},
    world::on_both_engines,
};

const SERVICE: &str = "residence-certificate";
const ROAD: &str = "road-damage-report";

// refuses: GET /desk/assignment, POST /desk/assignment, GET /desk/load
#[tokio::test]
async fn a_rule_gives_new_work_to_whoever_is_there() {
    on_both_engines(|world| async move {
        let (khalid, rashid) = (world.person("Khalid"), world.person("Rashid"));
        for page in ["/desk/assignment", "/desk/load"] {
            khalid.gets(page).await.is(403);
            rashid.gets(page).await.is(200);
        }
        let rule = [("role", "officer"), ("service", ROAD), ("way", "least_load")];
        khalid.posts_form("/desk/assignment", &rule).await.is(403);
        rashid.posts_form("/desk/assignment", &[("role", "officer"), ("way", "by_lot")]).await.is(422);
        rashid
            .posts_form("/desk/assignment", &[("role", "officer"), ("service", SERVICE), ("way", "by_hand")])
            .await
            .is(422);
        rashid.posts_form("/desk/assignment", &rule).await.is(303);
        let number = world.person("Salma").delivers(ROAD).await;
        assert_eq!(numbers(&tasks(&khalid, "holder=mine").await), [&number]);
        khalid.posts_form("/desk/presence", &[("away", "1")]).await.is(303);
        let second = world.person("Salma").delivers(ROAD).await;
        assert_eq!(numbers(&tasks(&khalid, "holder=nobody").await), [&second]);
        // Nobody is handed their own request.
        khalid.posts_form("/desk/presence", &[("away", "")]).await.is(303);
        let own = khalid.delivers(ROAD).await;
        assert!(!numbers(&tasks(&khalid, "holder=mine").await).contains(&own.as_str()));
        let load = rashid.reads("/desk/load").await;
        assert!(load.contains("خالد بشير المصراتي"), "the head reads who has how much");
    })
    .await;
}
