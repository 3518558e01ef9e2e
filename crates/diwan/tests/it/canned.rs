//! The texts that a body keeps ready for what it often writes.

use serde_json::json;

use crate::world::on_both_engines;

const ROAD: &str = "road-damage-report";

// refuses: GET /desk/texts, POST /desk/texts, POST /desk/texts/{id}/remove
// proves: LY-SVC-16.2
#[tokio::test]
async fn a_canned_text_is_sent_in_the_applicants_language() {
    on_both_engines(|world| async move {
        let (khalid, rashid, huda) = (world.person("Khalid"), world.person("Rashid"), world.person("Huda"));
        let text = [
            ("used_for", "correction"),
            ("name_ar", "مكان أوضح"),
            ("name_en", "Clearer place"),
            ("words_ar", "{applicant}، صف {item} وصفًا يُهتدى به."),
            ("words_en", "{applicant}, describe {item} so that it can be found."),
        ];
        khalid.gets("/desk/texts").await.is(403);
        khalid.posts_form("/desk/texts", &text).await.is(403);
        let mut wrong = text;
        wrong[4] = ("words_en", "{somebody}, describe it.");
        let refused = rashid.posts_form("/desk/texts", &wrong).await.is(422);
        assert!(refused.page().contains("describe it."), "what was typed stays");
        rashid.posts_form("/desk/texts", &text).await.is(303);
        let number = huda.delivers(ROAD).await;
        let case = khalid.reads(&format!("/desk/{number}")).await;
        let item = case.split("name=\"canned.").nth(1).and_then(|rest| rest.split('"').next());
        let item = item.expect("each item offers texts").to_owned();
        let id = case.split("<option value=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let id = id
            .filter(|value| value.len() == 36)
            .find(|id| case.contains(&format!("{id}\" data-words")))
            .expect("the text")
            .to_owned();

        // Without an instruction nothing goes back; with the text chosen and the box empty, the text is the instruction.
        let back = format!("/desk/{number}/send_back");
        let empty = format!("note.{item}");
        khalid.posts_form(&back, &[(empty.as_str(), "")]).await.is(422);
        let chosen = format!("canned.{item}");
        khalid.posts_form(&back, &[(empty.as_str(), ""), (chosen.as_str(), &id)]).await.is(303);
        let seen = huda.sees(&number).await;
        let instruction = seen["corrections"][0]["instruction"].as_str().expect("an instruction").to_owned();
        assert!(instruction.starts_with("Huda Mustafa Haddad, describe "), "{instruction}");
        // Only that item can be corrected.
        let mut answers = world.example(ROAD);
        let other = answers
            .as_object()
            .expect("answers")
            .keys()
            .find(|key| {
                **key != item
                    && answers[*key].is_string()
                    && answers[*key].as_str().is_some_and(|word| word.contains(' '))
            })
            .cloned();
        if let Some(other) = other {
            answers[&other] = json!("شيء آخر تمامًا في هذا الموضع");
            huda.acts(&number, "resubmit", json!({ "answers": answers })).await.refused(
                422,
                "request.item_not_returned",
                &["LY-SVC-16.2"],
            );
        }
        huda.acts(&number, "resubmit", json!({ "answers": world.example(ROAD) })).await.is(200);
        rashid.posts_form(&format!("/desk/texts/{id}/remove"), &[]).await.is(303);
        rashid.posts_form(&format!("/desk/texts/{id}/remove"), &[]).await.is(404);
        assert!(!khalid.reads(&format!("/desk/{number}")).await.contains(&id));
    })
    .await;
}
