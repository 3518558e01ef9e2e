//! The malware scanner: a real one where `DIWAN_TEST_CLAMD` names it, and one that misbehaves on purpose.

use std::time::Duration;

use documents::State;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::world::{PDF, World, code, object_files, pdf_of};

/// The harmless file that every scanner reports, in two halves so that no scanner reports this source.
fn eicar() -> String {
    ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STAND", "ARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat()
}

/// How the server on the other side behaves.
#[derive(Clone, Copy)]
enum Manner {
    /// Answers as clamd does, with a limit on the length.
    Proper {
        stream_bytes_max: usize,
    },
    HangsUp,
    SaysNothing,
    Babbles,
}

/// A server that speaks the INSTREAM protocol.
async fn serve(manner: Manner) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((line, _)) = listener.accept().await {
            tokio::spawn(async move { answer(line, manner).await.ok() });
        }
    });
    address
}

async fn answer(mut line: TcpStream, manner: Manner) -> std::io::Result<()> {
    let Manner::Proper { stream_bytes_max } = manner else {
        match manner {
            Manner::SaysNothing => tokio::time::sleep(Duration::from_secs(60)).await,
            Manner::Babbles => line.write_all(b"stream: maybe\0").await?,
            _ => {}
        }
        return Ok(());
    };
    let mut command = [0; 10];
    line.read_exact(&mut command).await?;
    assert_eq!(&command, b"zINSTREAM\0");
    let mut content = Vec::new();
    loop {
        let length = line.read_u32().await? as usize;
        if length == 0 {
            break;
        }
        if content.len() + length > stream_bytes_max {
            return line.write_all(b"INSTREAM size limit exceeded. ERROR\0").await;
        }
        let start = content.len();
        content.resize(start + length, 0);
        line.read_exact(&mut content[start..]).await?;
    }
    let found = String::from_utf8_lossy(&content).contains(&eicar());
    let answer = if found { "stream: Eicar-Test-Signature FOUND\0" } else { "stream: OK\0" };
    line.write_all(answer.as_bytes()).await
}

async fn world_with(address: String) -> World {
    World::configured(|config| {
        config.clamd = Some(address);
        config.scan_timeout = Duration::from_millis(800);
    })
    .await
}

async fn finds_and_passes(world: &World) {
    assert_eq!(code(world.put("eicar.txt", eicar().into_bytes()).await), "document.malware_found");
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(object_files(world.folder.as_ref().unwrap()).is_empty(), "nothing infected stays");
    assert_eq!(world.put("a.pdf", pdf_of(500_000)).await.unwrap().state, State::Clean);
}

#[tokio::test]
async fn what_the_scanner_finds_is_refused_and_what_it_passes_is_marked() {
    finds_and_passes(&world_with(serve(Manner::Proper { stream_bytes_max: 1_000_000 }).await).await).await;
}

#[tokio::test]
async fn a_real_scanner_finds_and_passes() {
    let Ok(address) = std::env::var("DIWAN_TEST_CLAMD") else {
        eprintln!("the real scanner's test is skipped: DIWAN_TEST_CLAMD is not set");
        return;
    };
    let world = World::configured(|config| config.clamd = Some(address)).await;
    finds_and_passes(&world).await;
}

#[tokio::test]
async fn a_scanner_that_gives_no_verdict_passes_nothing() {
    for (manner, length) in [
        (Manner::HangsUp, 100),
        (Manner::HangsUp, 2_000_000),
        (Manner::SaysNothing, 100),
        (Manner::Babbles, 100),
        (Manner::Proper { stream_bytes_max: 1_000 }, 500_000),
    ] {
        let world = world_with(serve(manner).await).await;
        assert_eq!(code(world.put("a.pdf", pdf_of(length)).await), "document.scan_unavailable");
    }
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().to_string();
    assert_eq!(code(world_with(nobody).await.put("a.pdf", PDF.to_vec()).await), "document.scan_unavailable");
    let missing = world_with("unix:/nowhere/clamd.sock".into()).await;
    assert_eq!(code(missing.put("a.pdf", PDF.to_vec()).await), "document.scan_unavailable");
}
