//! What devices report: what shuts one out, what becomes a task to mend, and what is told of the rules.

use clock::DAY;
use serde_json::{Value, json};

use crate::{
    machines::{Browser, HOME, Machine, OFFICE, in_networks, open_gaps, ready, state, subjects},
    world::TestDiwan,
};

const RULES: &str = "/desk/devices/rules";
const BANNED: [(&str, &str); 3] = [("kind", "banned"), ("name", "AnyDesk"), ("why", "remote control")];

/// The baseline that these tests are about.
async fn sets_rules(world: &TestDiwan) {
    let wanted: [&[(&str, &str)]; 4] = [
        &BANNED,
        &[("kind", "system"), ("name", "debian"), ("least", "12"), ("why", "support ends")],
        &[("kind", "application"), ("name", "firefox-esr"), ("least", "128.4"), ("why", "a hole")],
        &[("kind", "antivirus"), ("least", "7"), ("why", "fresh")],
    ];
    for rule in wanted {
        world.person("Amal").posts_form(RULES, rule).await.is(303);
    }
}

/// Noura at home, with a listed laptop of her own that has shown itself.
async fn noura_at_home(world: &TestDiwan) -> (Browser, String, Machine) {
    let noura = Browser::of(world, "Noura", HOME).await;
    let (id, machine) = ready(world, &noura, "laptop", None).await;
    let ticket = machine.ticket().await;
    noura.posts("/account/device", &[("ticket", &ticket)]).await.is(303);
    (noura, id, machine)
}

// proves: KW-RW-9.1.2.j2
// refuses: POST /desk/devices/rules, POST /desk/devices/rules/{id}/end
#[tokio::test]
async fn what_is_banned_is_published_and_each_change_is_told() {
    in_networks(
        |_| {},
        |world| async move {
            let (aisha, amal) = (world.person("Aisha"), world.person("Amal"));
            let (noura, _, _) = noura_at_home(&world).await;
            aisha.posts_form(RULES, &BANNED).await.is(403);
            amal.posts_form(RULES, &[("kind", "banned")]).await.is(422);
            amal.posts_form(RULES, &BANNED).await.is(303);
            assert!(noura.gets("/account/devices").await.is(200).page().contains("anydesk"));
            let told = async || subjects(&world.person("Noura")).await.matches("anydesk").count();
            assert_eq!(told().await, 0);
            world.works_off_all_but_mail().await;
            let once = told().await;
            assert!(once > 0, "whoever holds a device is told");

            let listed = amal.gets("/api/v1/devices/rules").await.is(200).json();
            let end = format!("{RULES}/{}/end", listed["items"][0]["id"].as_str().expect("an id"));
            aisha.posts_form(&end, &[]).await.is(403);
            amal.posts_form(&end, &[]).await.is(303);
            amal.posts_form(&end, &[]).await.is(404);
            world.works_off_all_but_mail().await;
            assert_eq!(told().await, once * 2, "and told again when it ends");
            assert!(!noura.gets("/account/devices").await.is(200).page().contains("anydesk"));
        },
    )
    .await;
}

// proves: LY-MAIL-3.05b, LY-MAIL-3.05c, KW-RW-9.5.7
#[tokio::test]
async fn what_a_report_shows_shuts_a_device_out_until_it_is_mended() {
    in_networks(
        |_| {},
        |world| async move {
            let aisha = world.person("Aisha");
            let (noura, id, machine) = noura_at_home(&world).await;
            sets_rules(&world).await;
            assert_eq!(machine.reports(|_| {}).await, 200);
            noura.gets("/desk").await.is(200);
            assert_eq!(machine.reports(|it| it["bluetooth_discoverable"] = true.into()).await, 202);
            noura.gets("/desk").await.refused(403, "device.bluetooth_discoverable", &["KW-RW-9.5.7"]);
            let with_anydesk = |it: &mut Value| {
                it["applications"] = json!([{ "name": "anydesk", "version": "7.0" }, { "name": "firefox-esr", "version": "128.4" }]);
            };
            assert_eq!(machine.reports(with_anydesk).await, 202);
            let refused = noura.gets("/desk").await.refused(403, "device.banned_app", &["KW-RW-9.5.3b"]);
            assert!(refused.text().contains("anydesk"), "{}", refused.text());

            // One task for each thing, once, closed by the report that no longer shows it.
            let old = |it: &mut Value| {
                it["antivirus"] = Value::Null;
                it["applications"] = json!([{ "name": "firefox-esr", "version": "115.9" }]);
            };
            for _ in 0..2 {
                assert_eq!(machine.reports(old).await, 202);
                assert_eq!(open_gaps(&aisha, &id).await, ["antivirus/", "application/firefox-esr"]);
            }
            assert_eq!(state(&aisha, &id).await, "non_compliant");
            assert!(subjects(&aisha).await.contains("laptop"), "the keeper is told");
            noura.gets("/desk").await.is(200);
            assert_eq!(machine.reports(|it| it["antivirus"] = Value::Null).await, 202);
            assert_eq!(open_gaps(&aisha, &id).await, ["antivirus/"]);
            assert_eq!(machine.reports(|_| {}).await, 200);
            assert_eq!(open_gaps(&aisha, &id).await, Vec::<String>::new());
            assert_eq!(state(&aisha, &id).await, "active");

            // After the time of grace nothing opens with it any more.
            assert_eq!(machine.reports(|it| it["system"]["version"] = "11.9".into()).await, 202);
            world.clock.advance(DAY * 7);
            let noura = Browser::of(&world, "Noura", HOME).await;
            let ticket = machine.ticket().await;
            let refused = noura.posts("/account/device", &[("ticket", &ticket)]).await;
            refused.refused(403, "device.non_compliant", &["LY-MAIL-3.05a"]);
        },
    )
    .await;
}

// refuses: POST /api/v1/devices/reports
#[tokio::test]
async fn a_letter_counts_once_and_only_young_and_only_of_a_known_key() {
    in_networks(
        |_| {},
        |world| async move {
            let (_, _, machine) = noura_at_home(&world).await;
            let letter = machine.letter("reports", &json!({}));
            let sent =
                async |letter: &courier::Letter| machine.courier.post(letter).await.expect("an answer");
            assert_eq!((sent(&letter).await, sent(&letter).await), (200, 409));
            let mut late = machine.letter("reports", &json!({}));
            late.signed_at -= courier::SKEW_SECONDS_MAX + 1;
            assert_eq!(sent(&late).await, 401);
            assert_eq!(Machine::new(&world).reports(|_| {}).await, 401, "a key that nobody handed in");
            let answer = world.stranger().posts("/api/v1/devices/reports", &json!({})).await;
            answer.refused(401, "device.signature", &["KW-RW-9.5.3a"]);
        },
    )
    .await;
}

// proves: LY-MAIL-3.05d
// refuses: GET /api/v1/devices/releases, POST /api/v1/devices/releases, GET /desk/devices/releases
// refuses: POST /desk/devices/releases, GET /desk/devices/releases/file, POST /desk/devices/releases/{id}/end
#[tokio::test]
async fn each_device_shows_for_how_many_days_it_lacks_a_recommended_release() {
    in_networks(
        |_| {},
        |world| async move {
            let (aisha, amal, hamad) = (world.person("Aisha"), world.person("Amal"), world.person("Hamad"));
            let (releases, page) = ("/api/v1/devices/releases", "/desk/devices/releases");
            let (_, id, machine) = noura_at_home(&world).await;
            machine.reports(|_| {}).await;
            let day = |back: u32| {
                let at = world.parts.devices.offset.local(world.clock.now() - DAY * back).to_string();
                at[..10].to_owned()
            };
            let release = json!({ "system": "Debian", "version": "12.9", "published": day(3), "note": "" });
            aisha.posts(releases, &release).await.refused(403, "device.not_yours", &[]);
            aisha.posts_form(page, &[("system", "debian")]).await.is(403);
            for path in [releases, page, "/desk/devices/releases/file"] {
                hamad.gets(path).await.is(403);
            }
            let wrong = [("system", "debian"), ("version", "next"), ("published", "2099-01-01")];
            amal.posts_form(page, &wrong).await.is(422);
            let entered = amal.posts(releases, &release).await.is(201).word("id");
            amal.posts(releases, &release).await.refused(409, "device.release_known", &["LY-MAIL-3.05d"]);

            // The days count from the publication, and never from before the device was there.
            let lacks = async || {
                let shown = aisha.gets(&format!("/api/v1/devices/{id}")).await.is(200).json();
                shown["outstanding"][0]["days"].as_i64()
            };
            assert_eq!(lacks().await, Some(0));
            world.clock.advance(DAY * 2);
            assert_eq!(lacks().await, Some(2));
            assert!(aisha.reads(&format!("/desk/devices/{id}")).await.contains("debian 12.9"));
            let (second, other) =
                ready(&world, &Browser::of(&world, "Hamad", OFFICE).await, "tablet", None).await;
            other.reports(|posture| posture["system"]["version"] = "12.10".into()).await;
            let share = async || {
                let report = aisha.gets(releases).await.is(200).json();
                let share = report["items"][0]["shares"][0].clone();
                (share["patched"].as_i64(), share["devices"].as_i64(), share["percent"].as_i64())
            };
            assert_eq!(share().await, (Some(1), Some(2), Some(50)), "a later version counts: {second}");
            let sheet = amal.gets("/desk/devices/releases/file").await.is(200).text();
            assert!(sheet.contains(",1,2,50"), "{sheet}");
            machine.reports(|posture| posture["system"]["version"] = "12.9".into()).await;
            assert_eq!((lacks().await, share().await), (None, (Some(2), Some(2), Some(100))));

            let end = format!("{page}/{entered}/end");
            aisha.posts_form(&end, &[]).await.is(403);
            amal.posts_form(&end, &[]).await.is(303);
            amal.posts_form(&end, &[]).await.is(404);
        },
    )
    .await;
}
