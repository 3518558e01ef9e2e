//! Devices: who comes on the list and how, from where somebody works, and who sees what.

use serde_json::json;
use uuid::Uuid;

use crate::{
    machines::{
        Browser, HOME, Machine, OFFICE, REASON, code_on, in_networks, newest, ready, state, subjects,
    },
    world::TestDiwan,
};

// proves: KW-RW-9.5.3a
#[tokio::test]
async fn nobody_works_from_outside_with_a_device_that_is_unknown() {
    in_networks(
        |_| {},
        |world| async move {
            let noura = Browser::of(&world, "Noura", OFFICE).await;
            noura.gets("/desk").await.is(200);
            let home = noura.at(HOME);
            for _ in 0..2 {
                home.gets("/desk").await.refused(403, "device.not_listed", &["KW-RW-9.5.3a"]);
            }
            // Where the desks are not, whoever comes like that is a member of the public.
            home.gets("/api/v1/devices").await.is(403);
            home.gets("/services").await.is(200);
            assert_eq!(alerts(&world).await, 1, "one alert, however often");
        },
    )
    .await;
}

/// How many findings say that somebody came with a device that is not on the list.
async fn alerts(world: &TestDiwan) -> usize {
    let found = world.person("Omar").gets("/api/v1/findings?control=KW-RW-9.5.3a").await.is(200).json();
    found["items"].as_array().map(Vec::len).unwrap_or_default()
}

// proves: KW-RW-9.1.2.j1, KW-RW-9.5.3a
// refuses: POST /account/devices, POST /account/devices/{id}/accept, POST /account/device, POST /desk/devices/{id}/decide
// refuses: POST /api/v1/devices/enrol, POST /api/v1/devices/tickets
#[tokio::test]
async fn a_personal_device_works_from_outside_only_once_it_is_on_the_list() {
    in_networks(
        |_| {},
        |world| async move {
            let aisha = world.person("Aisha");
            let noura = Browser::of(&world, "Noura", OFFICE).await;
            let home = noura.at(HOME);
            noura.posts("/account/devices", &[("body", "civil-registry")]).await.is(422);
            let pairs = [("name", "Noura's laptop"), ("body", "civil-registry")];
            noura.posts("/account/devices", &pairs).await.is(303);
            assert!(subjects(&aisha).await.contains("Noura's laptop"));
            let id = newest(&aisha).await;
            let page = format!("/account/devices/{id}");

            let machine = Machine::new(&world);
            assert_eq!(machine.enrols(&identity::new_one_time_secret()).await, 401, "a code of nobody");
            let code = code_on(&noura.posts(&format!("{page}/code"), &[]).await.is(200).page());
            assert_eq!(machine.enrols(&code).await, 201);
            assert_eq!(Machine::new(&world).enrols(&code).await, 401, "a code counts once");
            assert_eq!(Machine::new(&world).posts("tickets", &json!({ "hash": "00" })).await, 401);

            // Neither the key nor the acceptance makes it allowed: somebody else puts it on the list.
            noura.posts(&format!("{page}/accept"), &[("care", "on")]).await.is(422);
            noura.posts(&format!("{page}/accept"), &[("care", "on"), ("hidden", "on")]).await.is(303);
            assert_eq!(state(&aisha, &id).await, "pending");
            let ticket = machine.ticket().await;
            let refused = home.posts("/account/device", &[("ticket", &ticket)]).await;
            refused.refused(403, "device.not_listed", &["KW-RW-9.5.3a"]);
            assert_eq!(alerts(&world).await, 1);
            let decide = format!("/desk/devices/{id}/decide");
            noura.posts(&decide, &[("ruling", "list")]).await.is(404);
            aisha.posts_form(&decide, &[("ruling", "list")]).await.is(303);
            assert_eq!(state(&aisha, &id).await, "active");
            aisha.posts_form(&decide, &[("ruling", "list")]).await.is(409);

            home.posts("/account/device", &[("ticket", &ticket)]).await.is(303);
            home.gets("/desk").await.is(200);
            home.posts("/account/device", &[("ticket", &ticket)]).await.refused(
                409,
                "device.ticket_wrong",
                &["KW-RW-9.5.3a"],
            );
            // Somebody else opens a ticket of this device in vain.
            let hamad = Browser::of(&world, "Hamad", OFFICE).await;
            let ticket = machine.ticket().await;
            hamad.posts("/account/device", &[("ticket", &ticket)]).await.is(409);
            let told = world.history(&format!("device/{id}")).await;
            let kinds: Vec<&str> = told.iter().map(|entry| entry.kind.as_str()).collect();
            let expected = [
                "device.registered",
                "device.code_given",
                "device.enrolled",
                "device.rules_accepted",
                "device.listed",
            ];
            assert!(expected.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");

            // Off the list it opens nothing any more.
            aisha.posts_form(&format!("/desk/devices/{id}/retire"), &[("reason", "")]).await.is(422);
            aisha.posts_form(&format!("/desk/devices/{id}/retire"), &[("reason", REASON)]).await.is(303);
            home.gets("/desk").await.refused(403, "device.not_listed", &["KW-RW-9.5.3a"]);
        },
    )
    .await;
}

// proves: KW-RW-9.5.2
#[tokio::test]
async fn a_personal_device_is_kept_in_the_isolated_zone() {
    in_networks(
        |_| {},
        |world| async move {
            let widad = Browser::of(&world, "Widad", OFFICE).await;
            widad.gets("/compliance/findings").await.is(200);
            let (_, machine) = ready(&world, &widad, "tablet", None).await;
            let ticket = machine.ticket().await;
            widad.posts("/account/device", &[("ticket", &ticket)]).await.is(303);
            for from in [OFFICE, HOME] {
                let browser = widad.at(from);
                for path in ["/compliance", "/desk/devices", "/api/v1/findings"] {
                    browser.gets(path).await.refused(403, "device.zone", &["KW-RW-9.5.2"]);
                }
                browser.gets("/desk/appeals").await.is(200);
            }
            let sessions = widad.gets("/api/v1/sessions").await.is(200).json();
            let own = sessions["items"].as_array().expect("items").iter().find(|it| it["current"] == true);
            let own = own.expect("the session of this call");
            assert_eq!((own["zone"].as_str(), own["bound_device"].as_str()), (Some("dmz"), Some("tablet")));
        },
    )
    .await;
}

#[tokio::test]
async fn nobody_moves_into_the_main_network_by_a_header() {
    in_networks(
        |serve| serve.trusted_proxies.clear(),
        |world| async move {
            let noura = Browser::of(&world, "Noura", OFFICE).await;
            noura.gets("/desk").await.refused(403, "device.not_listed", &["KW-RW-9.5.3a"]);
        },
    )
    .await;
}

// proves: IQ-SOC-6.u.2
#[tokio::test]
async fn a_personal_or_public_device_is_refused_where_an_institutions_own_is_asked_for() {
    in_networks(
        |serve| serve.institution_paths = vec!["/compliance".into()],
        |world| async move {
            let widad = Browser::of(&world, "Widad", OFFICE).await;
            let number = world.line("Widad").identifier.clone();
            let code = ("device.not_institutional", ["IQ-SOC-6.u.1", "IQ-SOC-6.u.2"]);
            widad.gets("/compliance").await.refused(403, code.0, &code.1);
            let (_, personal) = ready(&world, &widad, "phone", None).await;
            let ticket = personal.ticket().await;
            widad.posts("/account/device", &[("ticket", &ticket)]).await.is(303);
            widad.gets("/compliance").await.refused(403, code.0, &code.1);

            let aisha = world.person("Aisha");
            let public = [
                ("name", "library"),
                ("body", "civil-registry"),
                ("holder", &number),
                ("ownership", "public"),
            ];
            aisha.posts_form("/desk/devices", &public).await.is(303);
            let id = newest(&aisha).await;
            aisha.posts_form(&format!("/desk/devices/{id}/decide"), &[("ruling", "list")]).await.is(409);
            let shown = aisha.posts_form(&format!("/desk/devices/{id}/code"), &[]).await.is(200).page();
            let library = Machine::new(&world);
            assert_eq!(library.enrols(&code_on(&shown)).await, 201);
            let ticket = library.ticket().await;
            widad.posts("/account/device", &[("ticket", &ticket)]).await.refused(403, code.0, &code.1);

            let (_, own) = ready(&world, &widad, "office laptop", Some(&number)).await;
            let ticket = own.ticket().await;
            widad.posts("/account/device", &[("ticket", &ticket)]).await.is(303);
            widad.gets("/compliance/findings").await.is(200);
            let person = world.actor("Widad").await.person;
            let noted = world.history(&format!("person/{person}")).await;
            let refused = noted.iter().filter(|entry| entry.kind == "refused");
            let bodies = refused.filter_map(|entry| entry.body.as_ref());
            assert_eq!(bodies.filter(|body| body["code"] == code.0).count(), 3, "each refusal is audited");
        },
    )
    .await;
}

// proves: KW-RW-9.5.4
#[tokio::test]
async fn the_rules_of_care_are_accepted_again_and_again() {
    in_networks(
        |_| {},
        |world| async move {
            let aisha = world.person("Aisha");
            let number = world.line("Noura").identifier.clone();
            let noura = Browser::of(&world, "Noura", OFFICE).await;
            let (id, _) = ready(&world, &noura, "office laptop", Some(&number)).await;
            let asked = |inbox: String| inbox.matches("office laptop").count();
            let before = asked(subjects(&world.person("Noura")).await);
            assert!(before > 0, "whoever is handed a device is asked");
            world.clock.advance(clock::DAY * 179);
            world.parts.devices.keep_house().await.expect("the house is kept");
            assert_eq!(state(&aisha, &id).await, "active");
            world.clock.advance(clock::DAY);
            for _ in 0..2 {
                world.parts.devices.keep_house().await.expect("the house is kept");
            }
            assert_eq!(state(&aisha, &id).await, "pending");
            assert!(asked(subjects(&world.person("Noura")).await) > before, "and reminded");
            let noura = Browser::of(&world, "Noura", OFFICE).await;
            let rules = [("care", "on"), ("hidden", "on")];
            noura.posts(&format!("/account/devices/{id}/accept"), &rules).await.is(303);
            assert_eq!(state(&aisha, &id).await, "active");
        },
    )
    .await;
}

// refuses: GET /desk/devices, POST /desk/devices, GET /desk/devices/new, GET /desk/devices/{id}
// refuses: POST /desk/devices/{id}/code, POST /desk/devices/{id}/retire, GET /desk/devices/rules
// refuses: GET /desk/devices/losses, GET /desk/devices/losses/new, GET /desk/devices/losses/{id}
// refuses: GET /api/v1/devices, GET /api/v1/devices/{id}, GET /api/v1/devices/rules, GET /api/v1/losses
// refuses: GET /desk/devices/file, GET /desk/devices/losses/file
// refuses: GET /account/devices, GET /account/devices/{id}, POST /account/devices/{id}/code
// refuses: POST /account/devices/{id}/retire, GET /account/device, GET /account/devices/loss
#[tokio::test]
async fn the_inventory_is_for_those_who_keep_it_and_each_device_for_its_holder() {
    in_networks(
        |_| {},
        |world| async move {
            let noura = Browser::of(&world, "Noura", OFFICE).await;
            let (id, _) = ready(&world, &noura, "laptop", None).await;
            let (hamad, khalid) = (world.person("Hamad"), world.person("Khalid"));
            for path in ["", "/new", "/file", "/rules", "/losses", "/losses/new", "/losses/file"] {
                hamad.gets(&format!("/desk/devices{path}")).await.is(403);
            }
            for path in [id.clone(), format!("losses/{}", Uuid::nil())] {
                hamad.gets(&format!("/desk/devices/{path}")).await.is(404);
            }
            hamad.posts_form("/desk/devices", &[("name", "x")]).await.is(403);
            for act in ["code", "retire"] {
                khalid.posts_form(&format!("/desk/devices/{id}/{act}"), &[]).await.is(404);
                hamad.posts_form(&format!("/account/devices/{id}/{act}"), &[]).await.is(404);
            }
            hamad.gets(&format!("/account/devices/{id}")).await.is(404);
            for path in ["/api/v1/devices", "/api/v1/losses"] {
                hamad.gets(path).await.refused(403, "device.not_yours", &[]);
            }
            hamad.gets(&format!("/api/v1/devices/{id}")).await.is(404);
            let stranger = world.stranger();
            stranger.gets("/api/v1/devices/rules").await.is(401);
            for path in ["/account/devices", "/account/device", "/account/devices/loss"] {
                stranger.opens(path).await.is(303);
            }
            // Whoever keeps devices does not put their own on the list.
            let aisha = world.person("Aisha");
            let own = [("name", "own"), ("body", "civil-registry")];
            aisha.posts_form("/account/devices", &own).await.is(303);
            let own = format!("/desk/devices/{}/decide", newest(&aisha).await);
            aisha.posts_form(&own, &[("ruling", "list")]).await.is(409);
            // Whoever keeps all bodies' devices finds it by a word of its holder's name, and narrows the list.
            let amal = world.person("Amal");
            assert!(
                amal.reads("/desk/devices?q=%D9%86%D9%88%D8%B1%D8%A9&state=active").await.contains("laptop")
            );
            let sheet = amal.gets("/desk/devices/file?state=active").await.is(200).text();
            assert!(sheet.contains("laptop") && sheet.lines().count() == 2, "{sheet}");
            assert!(!amal.reads("/desk/devices?state=lost").await.contains("laptop"));
            assert!(!amal.reads("/desk/devices?ownership=public").await.contains("laptop"));
        },
    )
    .await;
}
