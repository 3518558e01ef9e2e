//! Staff sign in against the directory of their body: a real one, over TLS, on both engines.

use serde_json::{Value, json};
use store::Sql;

use crate::{
    machines::{Browser, OFFICE, in_networks, sign_in_with},
    slapd::{BASE, Member, READER, SECRET, Slapd},
    world::{Answer, TestDiwan},
};

const BODY: &str = "/api/v1/staff-directories/digital-authority";
const REASON: &str = "يشرف على المنصة عند انقطاع الدليل.";
const OMARS: &str = "omar's directory password";
const ARTICLE: [&str; 1] = ["KW-RW-9.5.6"];

fn wish(slapd: &Slapd) -> Value {
    json!({
        "host": "127.0.0.1",
        "port": slapd.secured.to_string(),
        "channel": "ldaps",
        "authorities": slapd.authority,
        "base": BASE,
        "filter": "(&(objectClass=inetOrgPerson)(employeeNumber={identifier}))",
        "attribute": "employeeNumber",
        "reader": READER,
        "secret": SECRET,
    })
}

/// Tries to sign in as somebody with this password, long enough after the last time that no guesses are counted together.
async fn tries(world: &TestDiwan, name: &str, password: &str) -> Answer {
    world.clock.advance(identity::LOCK_WINDOW);
    sign_in_with(world, name, password, OFFICE).await
}

async fn count(world: &TestDiwan, question: &str) -> i64 {
    let row = world.parts.store.read().one(question, vec![]).await.expect("it can be asked");
    row.expect("a count").get("found").expect("a number")
}

fn here(serve: &mut diwan::settings::ServeSettings) {
    serve.endpoint_networks = vec!["127.0.0.0/8".parse().expect("a network")];
}

// proves: KW-RW-9.5.6
// refuses: POST /api/v1/staff-directories/{body}/end
#[tokio::test]
async fn staff_sign_in_by_the_directory_of_their_body_and_by_nothing_else() {
    in_networks(here, |world| async move {
        let (amal, omar) = (world.line("Amal").clone(), world.line("Omar").clone());
        let amal_there = Member { number: &amal.identifier, name: "amal", password: "amal's own" };
        let omar_there = Member { number: &omar.identifier, name: "omar", password: OMARS };
        let slapd = Slapd::with(&[amal_there, Member { ..omar_there }]).await;
        tries(&world, "Omar", &omar.password).await.is(201);
        world.person("Amal").puts(BODY, &wish(&slapd)).await.is(204);

        tries(&world, "Omar", OMARS).await.is(201);
        tries(&world, "Omar", &omar.password).await.refused(401, "auth.wrong", &["LY-SVC-8.1"]);
        tries(&world, "Omar", "").await.refused(401, "auth.wrong", &["LY-SVC-8.1"]);
        // Who works elsewhere, or nowhere, is not asked about.
        let hamads = world.line("Hamad").password.clone();
        tries(&world, "Hamad", &hamads).await.is(201);
        let salmas = world.line("Salma").password.clone();
        tries(&world, "Salma", &salmas).await.is(201);

        // What is shut there is shut here, at the next attempt, whoever knows whichever password.
        let refused = ("auth.directory_refused", ARTICLE);
        for (attribute, value) in
            [("userAccountControl", "514"), ("accountExpires", "1"), ("pwdLastSet", "0")]
        {
            slapd.sets(&omar_there, attribute, Some(value)).await;
            tries(&world, "Omar", OMARS).await.refused(401, refused.0, &refused.1);
            tries(&world, "Omar", &omar.password).await.refused(401, refused.0, &refused.1);
            // Whoever knows neither learns nothing.
            tries(&world, "Omar", "a guess").await.refused(401, "auth.wrong", &["LY-SVC-8.1"]);
            slapd.sets(&omar_there, attribute, None).await;
            tries(&world, "Omar", OMARS).await.is(201);
        }
        // What was open before ends too, at the next look.
        let open = Browser::opened(&world, &tries(&world, "Omar", OMARS).await.is(201), OFFICE);
        world.parts.directories.keep_house().await.expect("the house is kept");
        open.gets("/api/v1/me").await.is(200);
        slapd.sets(&omar_there, "userAccountControl", Some("514")).await;
        world.parts.directories.keep_house().await.expect("the house is kept");
        open.gets("/api/v1/me").await.refused(401, "auth.sign_in_required", &["LY-SVC-8.1"]);
        world.person("Omar").gets("/api/v1/me").await.refused(401, "auth.token_invalid", &["LY-SVC-8.1"]);
        world.person("Amal").gets("/api/v1/me").await.is(200);
        slapd.removes(&omar_there).await;
        tries(&world, "Omar", &omar.password).await.refused(401, refused.0, &refused.1);
        let why = "SELECT COUNT(*) AS found FROM ledger_entry WHERE kind = 'staff_directory.refused'";
        assert_eq!(count(&world, why).await, 10, "each refusal stands in the ledger");

        // Out of force, the passwords that are kept here count again.
        let end = format!("{BODY}/end");
        let bare = json!({ "reason": "" });
        world.person("Amal").posts(&end, &bare).await.refused(
            422,
            "staff_directory.reason_missing",
            &ARTICLE,
        );
        world.person("Amal").posts(&end, &json!({ "reason": REASON })).await.is(204);
        tries(&world, "Omar", &omar.password).await.is(201);
    })
    .await;
}

// refuses: POST /api/v1/staff-directories/{body}/emergencies, POST /api/v1/emergencies/{id}/end
// refuses: POST /desk/staff-directory/emergencies, POST /desk/staff-directory/emergencies/{id}/end
#[tokio::test]
async fn a_silent_directory_lets_in_nobody_but_those_who_are_named() {
    in_networks(here, |world| async move {
        let (amal, omar) = (world.person("Amal"), world.line("Omar").clone());
        let amals = world.line("Amal").identifier.clone();
        let amal_there = Member { number: &amals, name: "amal", password: "amal's own" };
        let omar_there = Member { number: &omar.identifier, name: "omar", password: OMARS };
        let mut slapd = Slapd::with(&[amal_there, Member { ..omar_there }]).await;
        amal.puts(BODY, &wish(&slapd)).await.is(204);
        slapd.stops();
        let silent = ("auth.directory_unreachable", ARTICLE);
        for password in [OMARS, omar.password.as_str(), "a guess"] {
            tries(&world, "Omar", password).await.refused(503, silent.0, &silent.1);
        }
        assert_eq!(amal.gets(BODY).await.is(200).word("fault"), "unreachable");

        let until = |days: u32| (world.clock.now() + clock::DAY * days).to_string()[..10].to_owned();
        let path = format!("{BODY}/emergencies");
        let wish =
            |person: &str, days: u32| json!({ "person": person, "until": until(days), "reason": REASON });
        world.person("Omar").posts(&path, &wish(&omar.identifier, 9)).await.refused(
            403,
            "staff_directory.not_yours",
            &[],
        );
        amal.posts(&path, &wish(&amals, 9)).await.refused(409, "staff_directory.own", &ARTICLE);
        let incomplete = ("staff_directory.emergency_incomplete", ARTICLE);
        let hamads = &world.line("Hamad").identifier;
        amal.posts(&path, &wish(hamads, 9)).await.refused(422, incomplete.0, &incomplete.1);
        amal.posts(&path, &wish(&omar.identifier, 93)).await.refused(422, incomplete.0, &incomplete.1);
        amal.posts_form("/desk/staff-directory/emergencies", &[("person", "")]).await.is(422);
        let id = amal.posts(&path, &wish(&omar.identifier, 9)).await.id();

        tries(&world, "Omar", OMARS).await.refused(401, "auth.wrong", &["LY-SVC-8.1"]);
        tries(&world, "Omar", &omar.password).await.is(201);
        let held = amal.gets(&path).await.is(200).json()["items"][0].clone();
        assert_eq!((held["uses"].as_i64(), held["id"].as_str()), (Some(1), Some(id.as_str())));
        let told = amal.gets("/api/v1/inbox").await.is(200).page();
        assert!(told.contains("emergency-used") || told.contains("ودليل الموظفين لا يجيب"), "{told}");
        // Nobody else gets in by it.
        let amals_own = world.line("Amal").password.clone();
        tries(&world, "Amal", &amals_own).await.refused(503, silent.0, &silent.1);

        // What the directory refuses, no emergency opens; and once it answers, its own password counts.
        slapd.starts().await;
        slapd.sets(&omar_there, "userAccountControl", Some("514")).await;
        let refused = ("auth.directory_refused", ARTICLE);
        tries(&world, "Omar", &omar.password).await.refused(401, refused.0, &refused.1);
        slapd.sets(&omar_there, "userAccountControl", None).await;
        tries(&world, "Omar", &omar.password).await.refused(401, "auth.wrong", &["LY-SVC-8.1"]);
        tries(&world, "Omar", OMARS).await.is(201);

        slapd.stops();
        let end = format!("/api/v1/emergencies/{id}/end");
        world.person("Hamad").posts(&end, &json!({})).await.is(404);
        let page = format!("/desk/staff-directory/emergencies/{id}/end");
        world.person("Hamad").posts_form(&page, &[]).await.is(403);
        amal.posts(&end, &json!({})).await.is(204);
        tries(&world, "Omar", &omar.password).await.refused(503, silent.0, &silent.1);
    })
    .await;
}

// refuses: PUT /api/v1/staff-directories/{body}, POST /desk/staff-directory, POST /desk/staff-directory/end
#[tokio::test]
async fn a_directory_is_in_force_only_after_it_was_tried() {
    in_networks(here, |world| async move {
        let amal = world.person("Amal");
        let amals = world.line("Amal").identifier.clone();
        let amal_there = Member { number: &amals, name: "amal", password: "amal's own" };
        let slapd = Slapd::with(&[Member { ..amal_there }]).await;
        for (field, value, named, code) in [
            ("port", "1", "host", "staff_directory_unreachable"),
            ("host", "10.0.0.1", "host", "staff_directory_out_of_reach"),
            ("authorities", "", "channel", "staff_directory_untrusted"),
            ("secret", "another", "reader", "staff_directory_reader_refused"),
            ("base", "ou=nobody,dc=diwan,dc=test", "base", "staff_directory_base_missing"),
            ("filter", "(&(cn=amal)(sn={identifier}))", "filter", "staff_directory_absent"),
            ("filter", "(|(cn=amal)(sn={identifier}))", "filter", "staff_directory_other_number"),
        ] {
            let mut wish = wish(&slapd);
            wish[field] = json!(value);
            if code == "staff_directory_other_number" {
                wish["attribute"] = json!("sn");
            }
            amal.puts(BODY, &wish)
                .await
                .refused(422, "staff_directory.trial_failed", &ARTICLE)
                .names(&[(named, code)]);
        }
        let mut plain = wish(&slapd);
        (plain["channel"], plain["host"]) = (json!("plain"), json!("dc1.example.gov.ly"));
        amal.puts(BODY, &plain).await.refused(422, "staff_directory.incomplete", &ARTICLE);
        amal.gets(BODY).await.is(404);

        // Encrypted after the greeting, and from the first byte.
        let mut starttls = wish(&slapd);
        starttls["channel"] = json!("starttls");
        starttls["port"] = json!(slapd.starttls_port().to_string());
        amal.puts(BODY, &starttls).await.is(204);
        amal.puts(BODY, &wish(&slapd)).await.is(204);
        let shown = amal.gets(BODY).await.is(200);
        assert!(!shown.text().contains(SECRET), "the password is not shown");
        // It stays where it is, and goes to no other server.
        let mut kept = wish(&slapd);
        kept["secret"] = json!("");
        amal.puts(BODY, &kept).await.is(204);
        kept["port"] = json!("6360");
        amal.puts(BODY, &kept).await.refused(422, "staff_directory.incomplete", &ARTICLE);

        let trial = format!("{BODY}/trial");
        assert_eq!(amal.posts(&trial, &json!({})).await.is(200).json()["works"], json!(true));
        slapd.sets(&amal_there, "userAccountControl", Some("514")).await;
        let tried = amal.posts(&trial, &json!({})).await.is(200);
        assert_eq!((tried.word("stage"), tried.word("fault")), ("account".into(), "disabled".into()));

        // On the page the same, with what failed at its field, and nothing lost but the password.
        let pairs = [
            ("host", "127.0.0.1"),
            ("port", "1"),
            ("channel", "ldaps"),
            ("base", BASE),
            ("filter", "(cn={identifier})"),
            ("attribute", "cn"),
            ("reader", READER),
            ("secret", "typed"),
        ];
        let page = amal.posts_form("/desk/staff-directory", &pairs).await.is(422).page();
        assert!(page.contains("لا يقبل الخادم الاتصال") && page.contains(BASE) && !page.contains("typed"));
        amal.posts_form("/desk/staff-directory/end", &[("reason", "")]).await.is(422);
        assert!(amal.posts_form("/desk/staff-directory/try", &[]).await.is(200).page().contains("معطّل"));
    })
    .await;
}

// refuses: GET /api/v1/staff-directories/{body}, GET /api/v1/staff-directories/{body}/emergencies
// refuses: POST /api/v1/staff-directories/{body}/trial, GET /desk/staff-directory
// refuses: POST /desk/staff-directory/try, GET /desk/staff-directory/emergencies
#[tokio::test]
async fn the_directory_of_a_body_is_the_matter_of_its_administrators() {
    in_networks(here, |world| async move {
        for name in ["Omar", "Hamad"] {
            let other = world.person(name);
            other.opens("/desk/staff-directory").await.is(403);
            other.opens("/desk/staff-directory/emergencies").await.is(403);
            other.posts_form("/desk/staff-directory/try", &[]).await.is(403);
            other.gets(BODY).await.refused(403, "staff_directory.not_yours", &[]);
            other.gets(&format!("{BODY}/emergencies")).await.refused(403, "staff_directory.not_yours", &[]);
            other.puts(BODY, &json!({})).await.refused(403, "staff_directory.not_yours", &[]);
            other.posts(&format!("{BODY}/trial"), &json!({})).await.refused(
                403,
                "staff_directory.not_yours",
                &[],
            );
        }
    })
    .await;
}
