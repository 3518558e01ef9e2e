//! The address that letters go to: it changes when its owner has shown that letters arrive there, and takes no more letters
//! once they come back.

use std::{io::Write, process::Stdio};

use serde_json::json;

use crate::{
    notices::{Server, ready},
    template::PROGRAM,
    world::{Person, TestDiwan, on_both_engines},
};

const NEW: &str = "salma.new@mail.example";

/// The code in the newest letter to the new address. The letter is in English, so that it needs no decoding.
async fn code(server: &Server) -> String {
    let letter = server.letters_to(NEW).await.pop().expect("a letter with the code");
    let after = letter.split("The code is ").nth(1).unwrap_or_else(|| panic!("{letter}"));
    after.chars().filter(char::is_ascii_digit).take(8).collect()
}

async fn address(world: &TestDiwan) -> String {
    let person = identity::person(&world.parts.store.read(), world.actor("Salma").await.person).await;
    person.expect("persons can be read").expect("she is there").email
}

async fn asks(person: &Person, email: &str) -> u16 {
    person.posts_form("/account/email", &[("email", email)]).await.status
}

async fn confirms(person: &Person, code: &str) -> crate::world::Answer {
    person.posts_form("/account/email/confirm?lang=en", &[("code", code)]).await
}

// refuses: GET /account/email, POST /account/email, POST /account/email/confirm, POST /account/email/drop
#[tokio::test]
async fn a_new_address_counts_when_its_owner_has_shown_it() {
    on_both_engines(|world| async move {
        let (salma, server) = (world.person("Salma"), Server::start().await);
        let stranger = world.stranger();
        stranger.gets("/account/email").await.is(303);
        for path in ["/account/email", "/account/email/confirm", "/account/email/drop"] {
            stranger.posts_form(path, &[]).await.is(303);
        }
        assert_eq!(asks(&salma, NEW).await, 503, "nothing can be sent before a worker says so");
        ready(&world).await;
        salma.posts_form("/account/preferences", &[("language", "en"), ("digits", "latn")]).await.is(303);
        for wrong in ["", "salma", "a@b\r\nBcc: c@d.e"] {
            assert_eq!(asks(&salma, wrong).await, 422, "{wrong}");
        }
        let before = address(&world).await;
        assert_eq!(asks(&salma, NEW).await, 303);
        let went = server.delivers(&world).await;
        assert!(went.contains(&NEW.to_owned()) && went.contains(&before), "both are written to: {went:?}");
        let inbox = salma.gets("/inbox?lang=en").await.is(200).page();
        let right = code(&server).await;
        assert!(
            inbox.contains("asked to change your e-mail") && !inbox.contains(&right),
            "no code in the inbox"
        );

        // Wrong codes are counted; the address stays.
        let wrong = if right == "00000000" { "00000001" } else { "00000000" };
        assert!(confirms(&salma, wrong).await.is(422).page().contains("Tries left: 4"));
        for _ in 0..3 {
            confirms(&salma, wrong).await.is(422);
        }
        confirms(&salma, wrong).await.is(409);
        confirms(&salma, &right).await.is(409);
        assert_eq!(address(&world).await, before);

        // A new code, in time, by the same person.
        assert_eq!(asks(&salma, NEW).await, 303);
        server.delivers(&world).await;
        let right = code(&server).await;
        confirms(&world.person("Huda"), &right).await.is(409);
        confirms(&salma, &right).await.is(303);
        assert_eq!(address(&world).await, NEW);
        confirms(&salma, &right).await.is(409);
        assert_eq!(server.delivers(&world).await.last(), Some(&before), "the old address is told");
        let history = world.history(&format!("person/{}", world.actor("Salma").await.person)).await;
        let changed = history.iter().filter(|entry| entry.kind == "person.email_changed").count();
        assert_eq!(changed, 1);
        assert!(!format!("{history:?}").contains(NEW), "the ledger holds no address");

        // So many codes a day, and none that is dropped.
        for _ in 0..3 {
            assert_eq!(asks(&salma, "other@mail.example").await, 303);
        }
        assert_eq!(asks(&salma, "other@mail.example").await, 429);
        salma.posts_form("/account/email/drop", &[]).await.is(303);
        assert!(!salma.gets("/account/email").await.is(200).page().contains("other@mail.example"));
    })
    .await;
}

// proves: LY-MAIL-3.02e
// refuses: GET /personal-mail, GET /api/v1/personal-mail
#[tokio::test]
async fn a_personal_address_abroad_is_taken_with_a_remark_and_counted() {
    on_both_engines(|world| async move {
        let (omar, amal, server) = (world.person("Omar"), world.person("Amal"), Server::start().await);
        for name in ["Omar", "Salma"] {
            world.person(name).gets("/api/v1/personal-mail").await.is(404);
            world.person(name).gets("/personal-mail").await.is(404);
        }
        let foreign = || async { amal.gets("/api/v1/personal-mail").await.is(200).json() };
        let before = foreign().await;
        assert_eq!(before["foreign"], json!(0), "{before}");
        ready(&world).await;
        omar.posts_form("/account/preferences", &[("language", "en"), ("digits", "latn")]).await.is(303);
        for (email, is_foreign) in [(NEW, true), ("omar@mail.ltt.ly", false)] {
            assert_eq!(asks(&omar, email).await, 303);
            server.delivers(&world).await;
            let letter = server.letters_to(email).await.pop().expect("a letter with the code");
            let after = letter.split("The code is ").nth(1).expect("a code");
            let code: String = after.chars().filter(char::is_ascii_digit).take(8).collect();
            confirms(&omar, &code).await.is(303);
            let page = omar.opens("/account/email?changed=1&lang=en").await.is(200).page();
            assert_eq!(page.contains("with a provider abroad"), is_foreign, "{email}");
            let now = foreign().await;
            assert_eq!(now["foreign"], json!(i64::from(is_foreign)));
            assert_eq!(now["people"], before["people"]);
            let shown = amal.opens("/personal-mail?lang=en").await.is(200).page();
            assert_eq!(shown.contains("mail.example"), is_foreign, "{email}");
            assert!(!shown.contains(email), "no address is shown");
            let history = world.history(&format!("person/{}", world.actor("Omar").await.person)).await;
            let entry = history.iter().rev().find(|entry| entry.kind == "person.email_changed");
            let entry = entry.expect("the change stands in the ledger");
            let advisory = is_foreign.then_some(identity::PERSONAL_MAIL_FOREIGN);
            let body = entry.body.clone().unwrap_or_default();
            assert_eq!(body["advisory"].as_str(), advisory);
        }
    })
    .await;
}

/// What a mail server says of a letter that did not arrive, handed to the program as from its pipe.
fn comes_back(world: &TestDiwan, return_path: &str, status: &str) -> String {
    let report = format!(
        "To: {return_path}\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; full@mail.example\r\nAction: failed\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; 550 no such mailbox full@mail.example\r\n\r\n--b--\r\n"
    );
    let settings = &world.parts.settings;
    let mut child = std::process::Command::new(PROGRAM)
        .arg("bounce")
        .env("DIWAN_DATA", &settings.data)
        .env("DIWAN_DATABASE_URL", settings.database_url.clone().unwrap_or_default())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(report.as_bytes()).expect("it reads");
    let ended = child.wait_with_output().expect("it ends");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    String::from_utf8_lossy(&ended.stderr).trim().to_owned()
}

#[tokio::test]
async fn letters_that_come_back_stop_and_the_person_is_told_in_the_portal() {
    on_both_engines(|world| async move {
        ready(&world).await;
        let (salma, server) = (world.person("Salma"), Server::start().await);
        let full = "full@mail.example";
        let mut asked =
            crate::world::application("residence-certificate", world.example("residence-certificate"));
        asked["email"] = json!(full);
        let mut numbers = Vec::new();
        for _ in 0..3 {
            numbers.push(salma.posts("/api/v1/requests", &asked).await.is(201).word("number"));
        }
        server.delivers(&world).await;
        let paths: Vec<String> = server
            .letters_to(full)
            .await
            .iter()
            .filter_map(|it| it.lines().next().map(str::to_owned))
            .collect();
        assert_eq!(paths.len(), 3);
        assert!(paths[0].starts_with("bounces+") && paths[0] != paths[1], "each has its own: {paths:?}");
        let state = async |number: &str| {
            let told = salma.gets(&format!("/api/v1/requests/{number}/notices")).await.is(200).json();
            told["notices"][0]["deliveries"][0].clone()
        };
        assert_eq!(state(&numbers[0]).await["state"], "sent");
        assert_eq!(
            comes_back(&world, "bounces+0198c0ffee0070008000000000000001@diwan.example", "5.1.1"),
            "Unknown"
        );
        assert_eq!(
            comes_back(&world, "postmaster@diwan.example", "5.1.1"),
            "No letter of ours is named; let go."
        );
        assert_eq!(comes_back(&world, &paths[0], "5.1.1"), "Noted");
        assert_eq!(comes_back(&world, &paths[0], "5.1.1"), "Nothing", "taken once");
        // Letters go out side by side, so which request's came back is seen by its state.
        let mut bounced = Vec::new();
        for number in &numbers {
            let delivery = state(number).await;
            if delivery["state"] == "bounced" {
                bounced.push(delivery["reason"].clone());
            }
        }
        assert_eq!(bounced, ["5.1.1 550 no such mailbox <address>"]);
        assert_eq!(comes_back(&world, &paths[1], "5.2.2"), "Noted");
        assert_eq!(comes_back(&world, &paths[2], "5.1.1"), "Stopped");

        let inbox = salma.gets("/inbox?lang=en").await.is(200).page();
        assert!(inbox.contains("We no longer send e-mail to you"), "told where no letter is needed");
        let number = salma.posts("/api/v1/requests", &asked).await.is(201).word("number");
        assert_eq!(state(&number).await["state"], "stopped");
        server.delivers(&world).await;
        assert_eq!(server.letters_to(full).await.len(), 3, "no more letters go there");
    })
    .await;
}
