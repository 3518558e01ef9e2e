//! Many requests that are decided at once, after a preview.

use serde_json::json;

use crate::world::on_both_engines;

const SERVICE: &str = "residence-certificate";
const REASON: &str = "العنوان المذكور لا يطابق القيد في السجل.";

// refuses: POST /desk/batches/preview, POST /desk/batches, GET /desk/batches/{id}
#[tokio::test]
async fn many_are_decided_after_a_preview_each_by_itself() {
    on_both_engines(|world| async move {
        let (salma, hamad, noura) = (world.person("Salma"), world.person("Hamad"), world.person("Noura"));
        let mut sent = Vec::new();
        for _ in 0..4 {
            let number = salma.delivers(SERVICE).await;
            hamad.takes(&number, "verify").await.is(200);
            sent.push(number);
        }
        let unverified = salma.delivers(SERVICE).await;
        let own = noura.delivers(SERVICE).await;
        hamad.takes(&own, "verify").await.is(200);
        let mut picked: Vec<(&str, &str)> = sent.iter().map(|number| ("request", number.as_str())).collect();
        picked.extend([("request", unverified.as_str()), ("request", own.as_str()), ("act", "approve")]);
        let preview = noura.posts_form("/desk/batches/preview", &picked).await.is(200);
        let page = preview.page();
        let seen: Vec<String> = page
            .split("name=\"seen\" value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect();
        assert_eq!(seen.len(), 4, "the unverified one and her own are left out: {page}");
        assert!(page.contains("لا يصح هذا القرار عليه الآن"), "and it says why");
        hamad.posts_form("/desk/batches/preview", &[("act", "verify"), ("request", &sent[0])]).await.is(422);
        noura.posts_form("/desk/batches/preview", &[("act", "approve")]).await.is(422);

        // One moves between preview and confirmation; the others are decided all the same.
        let correction = json!({ "corrections": [{ "item": "city", "instruction": "اكتب اسم المدينة." }] });
        noura.acts(&sent[3], "send_back", correction).await.is(200);
        let mut confirm: Vec<(&str, &str)> = seen.iter().map(|seen| ("seen", seen.as_str())).collect();
        confirm.push(("act", "approve"));
        let place = noura.posts_form("/desk/batches", &confirm).await.leads_to();
        world.works_off_its_jobs().await;
        let page = noura.reads(&place).await;
        assert_eq!(page.matches("tag done").count(), 3, "{page}");
        for number in &sent[..3] {
            assert_eq!(salma.sees(number).await["state"], "completed");
            let kinds: Vec<String> = world
                .history(&format!("request/{number}"))
                .await
                .into_iter()
                .map(|entry| entry.kind)
                .collect();
            assert_eq!(kinds.iter().filter(|kind| *kind == "request.approved").count(), 1, "{kinds:?}");
        }
        assert_eq!(salma.sees(&sent[3]).await["state"], "returned");
        world.works_off_its_jobs().await;
        hamad.gets(&place).await.is(404);

        // A refusal in a batch is reasoned like any other.
        let refuse = [("seen", seen[0].as_str()), ("act", "refuse"), ("reason", "")];
        noura.posts_form("/desk/batches", &refuse).await.is(422);
        let last = salma.delivers(SERVICE).await;
        hamad.takes(&last, "verify").await.is(200);
        let revision = noura.sees(&last).await["revision"].to_string();
        let seen = format!("{last}@{revision}");
        let refuse = [("seen", seen.as_str()), ("act", "refuse"), ("reason", REASON)];
        noura.posts_form("/desk/batches", &refuse).await.is(303);
        world.works_off_its_jobs().await;
        assert_eq!(salma.sees(&last).await["decision"], REASON);
    })
    .await;
}
