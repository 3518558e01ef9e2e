//! What officers keep of their desk under a name: narrowings of the queue, for themselves or for their body.

use crate::world::on_both_engines;

const SERVICE: &str = "residence-certificate";

// refuses: POST /desk/views, POST /desk/views/{id}/forget
#[tokio::test]
async fn a_view_is_kept_under_a_name_and_only_a_head_shares_one() {
    on_both_engines(|world| async move {
        let hamad = world.person("Hamad");
        world.person("Salma").delivers(SERVICE).await;
        let view = [("name", "ما لم يتولّه أحد"), ("view", "holder=nobody")];
        hamad.posts_form("/desk/views", &view).await.is(303);
        let page = hamad.reads("/desk?holder=nobody").await;
        assert!(page.contains("ما لم يتولّه أحد"), "it stands on the desk");
        let id = page.split("/desk/views/").nth(1).and_then(|rest| rest.split('/').next());
        let id = id.expect("it can be forgotten").to_owned();
        assert!(!world.person("Aisha").reads("/desk").await.contains("ما لم يتولّه أحد"));
        hamad.posts_form("/desk/views", &[("name", ""), ("view", "")]).await.is(422);
        hamad.posts_form("/desk/views", &[("name", "للكل"), ("view", ""), ("shared", "1")]).await.is(403);
        world.person("Salma").posts_form("/desk/views", &view).await.is(403);
        let forget = format!("/desk/views/{id}/forget");
        world.person("Aisha").posts_form(&forget, &[]).await.is(404);
        hamad.posts_form(&forget, &[]).await.is(303);
        assert!(!hamad.reads("/desk").await.contains("ما لم يتولّه أحد"));
        let shared = [("name", "متأخر البلدية"), ("view", "due=late"), ("shared", "1")];
        world.person("Rashid").posts_form("/desk/views", &shared).await.is(303);
        assert!(world.person("Khalid").reads("/desk").await.contains("متأخر البلدية"));
    })
    .await;
}
