//! A document that was closed by mistake is opened again by a second person, and only after a clean scan.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use clock::Clock;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::{
    template::Place,
    world::{TestDiwan, on_both_engines},
};

const REASON: &str = "راجعها المشرف وتبيّن أنها مخطط عام منشور.";

/// Answers as clamd does, and finds something in everything once it is told to.
async fn scanner(finds: Arc<AtomicBool>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let address = listener.local_addr().expect("an address").to_string();
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            tokio::spawn(scan(line, finds.clone()));
        }
    });
    address
}

async fn scan(mut line: TcpStream, finds: Arc<AtomicBool>) -> std::io::Result<()> {
    line.read_exact(&mut [0; 10]).await?;
    loop {
        let length = line.read_u32().await? as usize;
        if length == 0 {
            break;
        }
        line.read_exact(&mut vec![0; length]).await?;
    }
    let found = finds.load(Ordering::SeqCst);
    line.write_all(if found { b"stream: Test FOUND\0" } else { b"stream: OK\0" }).await
}

/// A request for a building permit, one of its documents closed by the officer; the number and the document's path.
async fn closed(world: &TestDiwan) -> (String, String) {
    let salma = world.surely("Salma", authz::Assurance::Substantial).await;
    let khalid = world.person("Khalid");
    let number = salma.delivers("building-permit").await;
    let href = khalid.sees(&number).await["documents"][0]["href"].as_str().expect("a link").to_owned();
    let path = href.trim_start_matches("/api/v1").to_owned();
    khalid
        .posts_form(&format!("{path}/quarantine"), &[("level", "secret"), ("reason", REASON)])
        .await
        .is(303);
    (number, path)
}

// refuses: POST /requests/{number}/documents/{document}/release
#[tokio::test]
async fn a_closed_document_is_opened_by_a_second_person_after_a_clean_scan() {
    for place in Place::on_each_engine().await {
        let finds = Arc::new(AtomicBool::new(false));
        let address = scanner(finds.clone()).await;
        let world = TestDiwan::open_with(&place, Clock::System, |serve| serve.clamd = Some(address)).await;
        let (salma, khalid, rashid) = (world.person("Salma"), world.person("Khalid"), world.person("Rashid"));
        let (number, path) = closed(&world).await;
        let (page, release) = (format!("{path}/quarantine"), format!("{path}/release"));
        let why = [("reason", REASON)];
        assert!(
            khalid.reads(&format!("{page}?lang=en")).await.contains("Somebody else than who put it there")
        );
        khalid.posts_form(&release, &why).await.is(409);
        salma.posts_form(&release, &why).await.is(403);
        world.person("Maryam").posts_form(&release, &why).await.is(404);
        rashid.posts_form(&release, &[("reason", "لا")]).await.is(422);

        finds.store(true, Ordering::SeqCst);
        let infected = rashid.posts_form(&release, &why).await.is(422);
        assert!(infected.page().contains(REASON), "what was typed stays");
        khalid.gets(&path).await.is(409);
        finds.store(false, Ordering::SeqCst);
        rashid.posts_form(&release, &why).await.is(303);
        rashid.posts_form(&release, &why).await.is(409);
        for somebody in [&salma, &khalid] {
            somebody.gets(&path).await.is(200);
        }
        let history = world.history(&format!("request/{number}")).await;
        let released: Vec<_> = history.iter().filter(|entry| entry.kind == "document.released").collect();
        assert_eq!(released.len(), 1);
        assert_eq!(released[0].actor, Some(world.actor("Rashid").await.person));
        // Closed once more, it is closed like any other.
        khalid.posts_form(&page, &[("level", "confidential"), ("reason", REASON)]).await.is(303);
        salma.gets(&path).await.is(409);
        world.end();
        place.clear().await;
    }
}

#[tokio::test]
async fn nothing_is_opened_again_where_nobody_can_scan() {
    on_both_engines(|world| async move {
        let (_, path) = closed(&world).await;
        let release = format!("{path}/release");
        let refused = world.person("Rashid").posts_form(&release, &[("reason", REASON)]).await;
        assert_eq!(refused.status, 503, "{}", refused.text());
        world.person("Khalid").gets(&path).await.is(409);
    })
    .await;
}
