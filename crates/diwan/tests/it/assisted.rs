//! Requests that an officer enters for somebody who is there.

use serde_json::json;

use crate::world::{Answer, on_both_engines};

const SERVICE: &str = "residence-certificate";
const ROAD: &str = "road-damage-report";

// refuses: GET /desk/assisted, POST /desk/assisted, GET /desk/assisted/{id}, POST /desk/assisted/{id}
// proves: LY-SVC-13.1
#[tokio::test]
async fn an_officer_enters_a_request_for_somebody_who_is_here_and_agrees() {
    on_both_engines(|world| async move {
        let (hamad, salma) = (world.person("Hamad"), world.person("Salma"));
        // In the portal there is one way in, and none of it names somebody else.
        let mut forged = crate::world::application(SERVICE, world.example(SERVICE));
        forged["applicant"] = json!(world.actor("Salma").await.person);
        assert_eq!(hamad.posts("/api/v1/requests", &forged).await.status, 422);
        salma.gets("/desk/assisted").await.is(403);
        let said = |service: &'static str, identifier: &'static str, consent: &'static str| {
            [
                ("service", service),
                ("identifier", identifier),
                ("identified_by", "بطاقة شخصية 5512340"),
                ("reason", "كفيفة ولا قارئ شاشة لديها."),
                ("consent", consent),
            ]
        };
        let begin = "/desk/assisted";
        hamad.posts_form(begin, &said(SERVICE, "219880412736", "")).await.is(422);
        hamad.posts_form(begin, &said(SERVICE, "219880412700", "true")).await.is(422);
        hamad.posts_form(begin, &said(ROAD, "219880412736", "true")).await.is(403);
        hamad.posts_form(begin, &said(SERVICE, "119840193527", "true")).await.is(403);
        salma.posts_form(begin, &said(SERVICE, "219910257184", "true")).await.is(403);
        let place = hamad.posts_form(begin, &said(SERVICE, "219880412736", "true")).await.leads_to();
        world.person("Aisha").gets(&place).await.is(404);
        assert!(hamad.reads(&place).await.contains("سلمى عبد السلام الورفلي"));

        // The form is as strict as for anybody; then the request is hers, and marked for good.
        let fill = |declared: bool| {
            let mut form = reqwest::multipart::Form::new();
            for (name, value) in world.example(SERVICE).as_object().expect("answers") {
                let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                form = form.text(name.clone(), word);
            }
            if declared { form.text("declaration", "true") } else { form }
        };
        let post = |form| hamad.call(reqwest::Method::POST, &place).multipart(form);
        Answer::to(post(fill(false))).await.is(422);
        let case = Answer::to(post(fill(true))).await.leads_to();
        let number = case.rsplit('/').next().expect("a number").to_owned();
        assert_eq!(salma.sees(&number).await["state"], "received");
        let page = salma.reads(&format!("/requests/{number}")).await;
        for words in ["حمد سالم الزنتاني", "كفيفة ولا قارئ شاشة لديها."] {
            assert!(page.contains(words), "{words}");
        }
        assert_eq!(hamad.gets(&place).await.leads_to(), case, "it is entered once");
        Answer::to(post(fill(true))).await.is(422);
        let history = world.history(&format!("request/{number}")).await;
        let marked =
            history.iter().find(|entry| entry.kind == "request.assisted").expect("it is in the ledger");
        assert_eq!(marked.actor, Some(world.actor("Hamad").await.person));
        let body = marked.body.clone().expect("it says how");
        assert!(body["consent_at"].is_string() && body["reason"] == "كفيفة ولا قارئ شاشة لديها.");
    })
    .await;
}
