//! A loss: what ends at once, who reports it, and who opens the account again.

use reqwest::Method;
use serde_json::json;

use crate::{
    machines::{Browser, HOME, OFFICE, REASON, in_networks, just_now, ready, sign_in, state},
    world::Answer,
};

// proves: KW-RW-9.5.5a, KW-RW-9.5.5b
// refuses: POST /account/devices/loss, POST /api/v1/losses/{id}/enable, POST /desk/devices/losses/{id}/enable
#[tokio::test]
async fn a_loss_shuts_the_account_everywhere_at_once() {
    in_networks(
        |_| {},
        |world| async move {
            let (aisha, hamad) = (world.person("Aisha"), world.person("Hamad"));
            let (here, there) =
                (Browser::of(&world, "Noura", OFFICE).await, Browser::of(&world, "Noura", HOME).await);
            let (id, machine) = ready(&world, &here, "phone", None).await;
            let program = world.person("Noura");
            let code = ("account.disabled", ["KW-RW-9.5.5b"]);

            let tomorrow = [("lost_on", "2099-01-01"), ("lost_at", "10:00")];
            there.posts("/account/devices/loss", &tomorrow).await.is(422);
            let (day, time) = just_now(&world);
            let lost =
                [("device", id.as_str()), ("lost_on", &day), ("lost_at", &time), ("words", "in a taxi")];
            // From any device, known or not: here from outside, with none shown.
            there.posts("/account/devices/loss", &lost).await.is(200);

            here.gets("/desk").await.refused(401, code.0, &code.1);
            there.gets("/api/v1/me").await.refused(401, code.0, &code.1);
            program.gets("/api/v1/me").await.refused(401, code.0, &code.1);
            let page =
                Answer::to(here.call(Method::GET, "/desk").header("accept", "text/html")).await.is(401);
            assert!(page.header("set-cookie").starts_with("diwan_session=;"), "the browser forgets it");
            sign_in(&world, "Noura", OFFICE).await.refused(401, code.0, &code.1);
            assert_eq!(machine.reports(|_| {}).await, 401, "the device's key opens nothing");
            assert_eq!(state(&aisha, &id).await, "lost");

            let listed = aisha.gets("/api/v1/losses?state=open").await.is(200).json();
            let loss = listed["items"][0].clone();
            let noura = world.actor("Noura").await.person.to_string();
            assert_eq!(
                (loss["person"].as_str(), loss["reported_by"].as_str()),
                (Some(&*noura), Some(&*noura))
            );
            assert!(loss["lost_at"].as_str() <= loss["reported_at"].as_str());
            let loss = loss["id"].as_str().expect("an id").to_owned();
            let sheet = aisha.gets("/desk/devices/losses/file?state=open").await.is(200).text();
            assert!(sheet.contains("in a taxi") && sheet.lines().count() == 2, "{sheet}");
            let enable = format!("/api/v1/losses/{loss}/enable");
            hamad.posts(&enable, &json!({ "reason": REASON })).await.is(404);
            aisha.posts(&enable, &json!({ "reason": "" })).await.refused(
                422,
                "device.enable_reason_missing",
                &["KW-RW-9.5.5b"],
            );
            aisha.posts(&enable, &json!({ "reason": REASON })).await.is(204);
            let enable_page = format!("/desk/devices/losses/{loss}/enable");
            aisha.posts_form(&enable_page, &[("reason", REASON)]).await.is(409);
            // What ended stays ended; the person signs in anew.
            here.gets("/api/v1/me").await.refused(401, "auth.sign_in_required", &["LY-SVC-8.1"]);
            program.gets("/api/v1/me").await.is(401);
            Browser::of(&world, "Noura", OFFICE).await.gets("/desk").await.is(200);
        },
    )
    .await;
}

// proves: KW-RW-9.5.5a
// refuses: POST /api/v1/losses, POST /desk/devices/losses
#[tokio::test]
async fn the_help_desk_reports_a_loss_for_whoever_calls() {
    in_networks(
        |_| {},
        |world| async move {
            let (aisha, hamad) = (world.person("Aisha"), world.person("Hamad"));
            let (day, time) = just_now(&world);
            let code = ("account.disabled", ["KW-RW-9.5.5b"]);
            // Nobody else does, and nobody learns whether a number exists.
            let number = world.line("Khalid").identifier.clone();
            let mine = world.line("Noura").identifier.clone();
            for person in [mine.as_str(), number.as_str(), "119900000009"] {
                let asked = json!({ "person": person, "lost_on": day, "lost_at": time });
                hamad.posts("/api/v1/losses", &asked).await.refused(403, "device.not_yours", &[]);
            }
            let other_body = json!({ "person": number, "lost_on": day, "lost_at": time });
            aisha.posts("/api/v1/losses", &other_body).await.is(403);
            let pairs = [("person", mine.as_str()), ("lost_on", &day), ("lost_at", &time)];
            aisha.posts_form("/desk/devices/losses", &[("lost_on", &day)]).await.is(403);
            let href = aisha.posts_form("/desk/devices/losses", &pairs).await.leads_to();
            let entry = world.history(&href.replace("/desk/devices/losses", "loss")).await;
            let aisha_id = world.actor("Aisha").await.person;
            assert_eq!(entry[0].actor, Some(aisha_id), "the reporter stands in the ledger");
            sign_in(&world, "Noura", OFFICE).await.refused(401, code.0, &code.1);
            // Nobody opens their own account again, not even who keeps devices.
            let own = json!({ "lost_on": day, "lost_at": time });
            let amal = world.person("Amal");
            let id = aisha.posts("/api/v1/losses", &own).await.id();
            aisha.posts(&format!("/api/v1/losses/{id}/enable"), &json!({ "reason": REASON })).await.is(401);
            amal.posts(&format!("/api/v1/losses/{id}/enable"), &json!({ "reason": REASON })).await.is(204);
        },
    )
    .await;
}
