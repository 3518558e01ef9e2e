//! Letters through a real server.

use clock::{Clock, HOUR, SECOND};
use language::Lang;
use notify::Address;
use testkit::database::stores;

use super::{
    NOON, SALMA, Tell, decided, delivery, mail_config, ready,
    server::{Server, free_port, python},
    workers,
};

const MIGRATIONS: [store::Migrations; 2] = [jobs::MIGRATIONS, notify::MIGRATIONS];

fn smtp(port: u16) -> String {
    format!("smtp://127.0.0.1:{port}")
}

#[tokio::test]
async fn an_arabic_letter_arrives_as_it_was_meant() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let server = Server::start(&python, free_port(), &[]);
        store.write(Tell::salma("26-000123", "salma@mail.example", Lang::Ar)).await.unwrap();
        assert_eq!(delivery(&store).await, ("queued", String::new()));
        workers(&store, &Clock::fixed(NOON), Some(mail_config(smtp(server.port)))).drain().await.unwrap();
        assert_eq!(delivery(&store).await, ("sent", "250 OK".into()));

        let id = notify::list(&store.read(), SALMA, None, 1).await.unwrap()[0].id;
        let understood = server.understood(&python, 1);
        assert_eq!(understood[0], "صدر القرار في طلبك \u{200e}26-000123: شهادة إقامة");
        assert_eq!(understood[1], "الهيئة الوطنية للخدمات الرقمية <no-reply@gov.example>");
        assert_eq!(understood[2], "salma@mail.example");
        let link = format!("https://services.example/inbox/{id}");
        let (plain, html) = (&understood[3], &understood[4]);
        assert!(
            plain.starts_with("لديك رسالة جديدة من الهيئة الوطنية للخدمات الرقمية في صندوق رسائلك."),
            "{plain}"
        );
        for body in [plain, html] {
            assert!(body.contains(&link) && !body.contains("صدر القرار في 1"), "{body}");
        }
        assert!(html.starts_with("<!doctype html><html lang=\"ar\" dir=\"rtl\">"), "{html}");
        assert_eq!(understood[5], "[]", "a real parser finds no defect");
        let letter = &server.letters()[0];
        for line in [
            &format!("Message-ID: <{id}@gov.example>"),
            "Auto-Submitted: auto-generated",
            "Content-Language: ar",
            "Date: Sun, 01 Mar 2026 12:00:00 +0000",
        ] {
            assert!(letter.contains(line), "{line} is missing in {letter}");
        }
    }
}

#[tokio::test]
async fn an_english_reader_is_written_to_in_english() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let server = Server::start(&python, free_port(), &[]);
        store.write(Tell::salma("26-000123", "salma@mail.example", Lang::En)).await.unwrap();
        workers(&store, &Clock::fixed(NOON), Some(mail_config(smtp(server.port)))).drain().await.unwrap();
        let understood = server.understood(&python, 1);
        assert_eq!(understood[0], "Your request 26-000123 was decided: Residence certificate");
        assert_eq!(understood[1], "\"National Digital Services Authority\" <no-reply@gov.example>");
        assert!(
            understood[4].starts_with("<!doctype html><html lang=\"en\" dir=\"ltr\">"),
            "{}",
            understood[4]
        );
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_tried_again_and_gets_the_letter_once() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let (clock, port) = (Clock::fixed(NOON), free_port());
        let workers = workers(&store, &clock, Some(mail_config(smtp(port))));
        store.write(Tell::salma("26-000123", "salma@mail.example", Lang::Ar)).await.unwrap();
        assert_eq!(workers.drain().await.unwrap(), 1);
        let (state, reason) = delivery(&store).await;
        assert_eq!(state, "delayed");
        assert!(reason.to_lowercase().contains("connection"), "{reason}");

        let server = Server::start(&python, port, &[]);
        clock.advance(HOUR);
        assert_eq!(workers.drain().await.unwrap(), 1);
        clock.advance(HOUR);
        assert_eq!(workers.drain().await.unwrap(), 0);
        assert_eq!(delivery(&store).await, ("sent", "250 OK".into()));
        assert_eq!(server.letters().len(), 1);
    }
}

#[tokio::test]
async fn a_refusal_for_good_is_shown_without_the_address_and_tried_no_more() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let clock = Clock::fixed(NOON);
        let server = Server::start(&python, free_port(), &[]);
        let workers = workers(&store, &clock, Some(mail_config(smtp(server.port))));
        store.write(Tell::salma("26-000123", "unknown.salma@mail.example", Lang::Ar)).await.unwrap();
        workers.drain().await.unwrap();
        let (state, reason) = delivery(&store).await;
        assert_eq!(state, "bounced");
        assert!(reason.contains("nobody of this name here"), "{reason}");
        assert!(!reason.contains("salma"), "{reason}");
        let dead = jobs::dead(&store.read(), None, 9).await.unwrap();
        assert_eq!((dead.len(), dead[0].reason.contains("salma")), (1, false));
        clock.advance(HOUR);
        assert_eq!(workers.drain().await.unwrap(), 0);
        assert!(server.letters().is_empty());
    }
}

#[tokio::test]
async fn a_refusal_for_now_and_one_that_is_our_own_fault_are_tried_again() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        for (address, words) in [("later@mail.example", "later"), ("signin@mail.example", "sign in first")] {
            let clock = Clock::fixed(NOON);
            let server = Server::start(&python, free_port(), &[]);
            let workers = workers(&store, &clock, Some(mail_config(smtp(server.port))));
            store.write(Tell::salma("26-000124", address, Lang::Ar)).await.unwrap();
            workers.drain().await.unwrap();
            let (state, reason) = delivery(&store).await;
            assert_eq!(state, "delayed");
            assert!(reason.contains(words), "{reason}");
            clock.advance(3 * SECOND);
            assert_eq!(workers.drain().await.unwrap(), 1);
            for _ in 0..15 {
                clock.advance(3 * HOUR);
                workers.drain().await.unwrap();
            }
            let (state, reason) = delivery(&store).await;
            assert_eq!(state, "failed", "in the end it is given up");
            assert!(reason.contains("attempt 15, the last"), "{reason}");
        }
    }
}

#[tokio::test]
async fn nothing_can_be_slipped_into_the_headers() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let clock = Clock::fixed(NOON);
        let server = Server::start(&python, free_port(), &[]);
        let workers = workers(&store, &clock, Some(mail_config(smtp(server.port))));
        let hostile = "26-1\r\nBcc: all@mail.example\r\n\r\nwords\u{202e}";
        store.write(Tell::salma(hostile, "salma@mail.example", Lang::En)).await.unwrap();
        workers.drain().await.unwrap();
        let letter = &server.letters()[0];
        let headers = letter.split("\n\n").next().unwrap();
        assert!(!headers.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{headers}");
        let subject = &server.understood(&python, 1)[0];
        assert_eq!(
            subject,
            "Your request 26-1 Bcc: all@mail.example words was decided: Residence certificate"
        );

        for address in [
            "salma@mail.example\r\nRCPT TO:<all@mail.example>",
            "salma@mail.example, b@mail.example",
            "",
            "@",
        ] {
            store.write(Tell::salma("26-2", address, Lang::En)).await.unwrap();
            workers.drain().await.unwrap();
            assert_eq!(delivery(&store).await, ("failed", "the person's e-mail address is not one".into()));
            clock.advance(SECOND);
        }
        assert_eq!(server.letters().len(), 1);
    }
}

#[tokio::test]
async fn a_letter_travels_encrypted_to_a_server_that_proves_its_name() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let clock = Clock::fixed(NOON);
        let server = Server::start(&python, free_port(), &["tls"]);
        let mut config = mail_config(format!("smtps://127.0.0.1:{}", server.port));
        store.write(Tell::salma("26-000123", "salma@mail.example", Lang::Ar)).await.unwrap();
        workers(&store, &clock, Some(config.clone())).drain().await.unwrap();
        let (state, reason) = delivery(&store).await;
        assert_eq!(state, "delayed", "a certificate of an unknown authority is not trusted");
        assert!(reason.to_lowercase().contains("certificate"), "{reason}");

        config.authority_pem = Some(server.file("authority.pem"));
        clock.advance(HOUR);
        workers(&store, &clock, Some(config)).drain().await.unwrap();
        assert_eq!(delivery(&store).await, ("sent", "250 OK".into()));
        assert_eq!(server.letters().len(), 1);
    }
}

#[tokio::test]
async fn without_an_address_or_a_server_the_delivery_says_so() {
    for store in stores(&MIGRATIONS).await {
        let clock = Clock::fixed(NOON);
        let nowhere: Option<Address> = None;
        let tell = Tell { message: decided(SALMA, "26-1"), address: nowhere, fails: false, at: None };
        store.write(tell).await.unwrap();
        assert_eq!(delivery(&store).await, ("no_means", String::new()));
        assert_eq!(workers(&store, &clock, None).drain().await.unwrap(), 0);
        store.write(Tell::salma("26-2", "salma@mail.example", Lang::Ar)).await.unwrap();
        assert_eq!(delivery(&store).await, ("no_means", String::new()));
        assert!(
            jobs::counts(&store.read()).await.unwrap().is_empty(),
            "nothing is ordered that cannot be done"
        );
        // Ordered while there was a server, run by a worker that has none any more.
        ready(&store).await;
        store.write(Tell::salma("26-3", "salma@mail.example", Lang::Ar)).await.unwrap();
        assert_eq!(workers(&store, &clock, None).drain().await.unwrap(), 1);
        assert_eq!(delivery(&store).await, ("no_means", String::new()));
    }
}

struct Retry(uuid::Uuid);

impl store::Verb for Retry {
    type Answer = bool;
    type Error = store::StoreError;

    async fn apply(&self, tx: &store::Tx) -> Result<bool, store::StoreError> {
        notify::retry(tx, self.0, None, NOON + HOUR).await
    }
}

#[tokio::test]
async fn what_did_not_arrive_is_sent_again_when_a_person_asks() {
    let Some(python) = python() else { return };
    for store in stores(&MIGRATIONS).await {
        ready(&store).await;
        let (clock, port) = (Clock::fixed(NOON), free_port());
        let workers = workers(&store, &clock, Some(mail_config(smtp(port))));
        store.write(Tell::salma("26-1", "salma@mail.example", Lang::Ar)).await.unwrap();
        let id = notify::list(&store.read(), SALMA, None, 1).await.unwrap()[0].id;
        assert!(!store.write(Retry(id)).await.unwrap(), "it is on its way");
        for _ in 0..6 {
            workers.drain().await.unwrap();
            clock.advance(HOUR);
        }
        let delayed = notify::deliveries(&store.read(), &[id]).await.unwrap().remove(0);
        assert_eq!(delayed.state.code(), "delayed");
        assert!(delayed.retry_at.is_some());
        let server = Server::start(&python, port, &[]);
        assert!(store.write(Retry(id)).await.unwrap());
        workers.drain().await.unwrap();
        assert_eq!(delivery(&store).await, ("sent", "250 OK".into()));
        assert_eq!(server.letters().len(), 1);
        assert!(!store.write(Retry(id)).await.unwrap(), "what arrived is not sent again");
    }
}
