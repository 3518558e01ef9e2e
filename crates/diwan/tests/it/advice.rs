//! Advice that is asked of a colleague.

use crate::world::on_both_engines;

const SERVICE: &str = "residence-certificate";

// refuses: GET /desk/advice, POST /desk/advice/{id}
#[tokio::test]
async fn advice_is_asked_of_a_colleague_and_binds_nobody() {
    on_both_engines(|world| async move {
        let (hamad, noura) = (world.person("Hamad"), world.person("Noura"));
        let number = world.person("Salma").delivers(SERVICE).await;
        let ask = format!("/desk/{number}/ask");
        let of = format!("person.{}", world.actor("Noura").await.person);
        let stranger = format!("person.{}", world.actor("Khalid").await.person);
        hamad.posts_form(&ask, &[("of", &of), ("question", "")]).await.is(422);
        hamad.posts_form(&ask, &[("of", &stranger), ("question", "ما رأيك؟")]).await.is(422);
        hamad
            .posts_form(&ask, &[("of", &of), ("question", "هل يكفي هذا العنوان؟"), ("days", "٢")])
            .await
            .is(303);
        // The question opens the case to whom it is asked of, for that purpose.
        let owed = noura.reads("/desk/advice").await;
        assert!(owed.contains("هل يكفي هذا العنوان؟"));
        let case = noura.reads(&format!("/desk/{number}")).await;
        let id = case.split("/desk/advice/").nth(1).and_then(|rest| rest.split('"').next());
        let give = format!("/desk/advice/{}", id.expect("she may answer"));
        hamad.posts_form(&give, &[("answer", "يكفي بلا شك.")]).await.is(404);
        noura.posts_form(&give, &[("answer", "")]).await.is(422);
        noura.posts_form(&give, &[("answer", "يكفي إن ذُكر رقم العمارة.")]).await.is(303);
        noura.posts_form(&give, &[("answer", "بل لا يكفي.")]).await.is(409);
        assert!(hamad.reads(&format!("/desk/{number}")).await.contains("يكفي إن ذُكر رقم العمارة."));
        hamad.takes(&number, "verify").await.is(200);
        world.person("Salma").gets("/desk/advice").await.is(403);
        world.person("Salma").posts_form(&give, &[("answer", "رأيي أنا.")]).await.is(404);
    })
    .await;
}
