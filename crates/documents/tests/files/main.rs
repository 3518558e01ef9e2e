//! Files from hand to hand: on both engines, in a folder and on a real S3 server.

mod scanner;
mod world;

use authz::Failure;
use bytes::Bytes;
use clock::{DAY, HOUR};
use documents::{Accept, Classification, Documents, MediaType, OpenError, State, Swept};
use futures::{StreamExt, TryStreamExt, stream};
use uuid::Uuid;
use world::{PDF, World, code, object_files, pdf_of, worlds};

#[tokio::test]
async fn what_was_handed_in_comes_back() {
    for world in worlds().await {
        let content = pdf_of(300_000);
        let pieces =
            content.chunks(1_371).map(|piece| Ok::<_, std::io::Error>(Bytes::copy_from_slice(piece)));
        let pieces: Vec<_> = pieces.collect();
        let owner = Uuid::now_v7();
        let put =
            world.documents.put(owner, "شهادة.pdf", stream::iter(pieces), Accept::default()).await.unwrap();
        assert_eq!((put.bytes, put.media_type, put.state), (300_000, MediaType::Pdf, State::Unscanned));
        assert_eq!(put.name, "شهادة.pdf");
        let (found, stream) = world.documents.get(put.id).await.unwrap();
        assert_eq!(found, put);
        let pieces: Vec<Bytes> = stream.try_collect().await.unwrap();
        assert!(pieces.len() > 1, "a long document is streamed");
        assert_eq!(pieces.concat(), content);
        let listed = documents::list(&world.store.read(), owner, None, 10).await.unwrap();
        assert_eq!(listed, std::slice::from_ref(&put));
        assert!(documents::list(&world.store.read(), owner, Some(put.id), 10).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_file_larger_than_one_part_comes_back() {
    for world in worlds().await {
        let content = pdf_of(13 * 1024 * 1024 + 7);
        let put = world.put("large.pdf", content.clone()).await.unwrap();
        assert_eq!(world.documents.bytes(put.id).await.unwrap(), content);
    }
}

#[tokio::test]
async fn the_limit_is_a_limit_to_the_byte() {
    for world in worlds().await {
        let limit = world::FILE_BYTES_MAX as usize;
        assert_eq!(world.put("a.pdf", pdf_of(limit)).await.unwrap().bytes, limit as u64);
        assert_eq!(code(world.put("a.pdf", pdf_of(limit + 1)).await), "document.too_large");
        let accept = Accept { bytes_max: Some(100), ..Accept::default() };
        let put = |length| world.documents.put_bytes(Uuid::now_v7(), "a.pdf", pdf_of(length), accept.clone());
        assert!(put(100).await.is_ok());
        assert_eq!(code(put(101).await), "document.too_large");
    }
}

#[tokio::test]
async fn what_is_refused() {
    let world = World::in_folder().await;
    let html = "<!DOCTYPE html><script>alert(1)</script>";
    for (name, content, expected) in [
        ("a.pdf", &b""[..], "document.empty"),
        ("a.exe", b"MZ\x90\x00\x03\x00\x00\x00", "document.type_not_allowed"),
        ("a.pdf", b"MZ\x90\x00\x03\x00\x00\x00", "document.type_not_allowed"),
        ("a.png", PDF, "document.type_not_allowed"),
        ("تقرير\u{202E}fdp.exe", PDF, "document.type_not_allowed"),
        ("a.txt", html.as_bytes(), "document.type_not_allowed"),
        ("a.txt", b"half a letter \xD8", "document.type_not_allowed"),
        ("a.txt", b"\xFF\xFE\x00\x00", "document.type_not_allowed"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "document.type_not_allowed"),
        ("...", PDF, "document.name_invalid"),
        ("\u{202E}\u{200B}", PDF, "document.name_invalid"),
    ] {
        assert_eq!(code(world.put(name, content.to_vec()).await), expected, "{name:?}");
    }
    let only_images = Accept { types: &[MediaType::Png, MediaType::Jpeg], ..Accept::default() };
    let refused = world.documents.put_bytes(Uuid::now_v7(), "a.pdf", PDF, only_images).await;
    assert_eq!(code(refused), "document.type_not_allowed");
    assert_eq!(world.swept_later().await, Swept::default(), "a refusal leaves nothing behind");
}

// proves: LY-SVC-4.2a
#[tokio::test]
async fn a_document_declared_confidential_is_refused_by_its_article() {
    let world = World::in_folder().await;
    for level in Classification::ALL {
        let accept = Accept { classification: Some(level), ..Accept::default() };
        let outcome = world.documents.put_bytes(Uuid::now_v7(), "a.pdf", PDF, accept).await;
        if level < Classification::Confidential {
            assert_eq!(outcome.unwrap().classification, Some(level));
            continue;
        }
        let failure = outcome.unwrap_err();
        let refusal = failure.refusal().unwrap();
        assert_eq!((refusal.code, refusal.controls), ("document.classified_excluded", &["LY-SVC-4.2a"][..]));
    }
}

#[tokio::test]
async fn an_owner_has_so_many_files_and_no_more() {
    for world in worlds().await {
        let owner = Uuid::now_v7();
        let put = || world.documents.put_bytes(owner, "a.pdf", PDF, Accept::default());
        let together = futures::future::join_all((0..world::FILES_MAX + 3).map(|_| put())).await;
        let (kept, refused): (Vec<_>, Vec<_>) = together.into_iter().partition(Result::is_ok);
        assert_eq!(kept.len() as i64, world::FILES_MAX);
        assert!(refused.into_iter().all(|outcome| code(outcome) == "document.too_many"));
        assert_eq!(code(put().await), "document.too_many");
        let listed = documents::list(&world.store.read(), owner, None, 100).await.unwrap();
        assert_eq!(listed.len() as i64, world::FILES_MAX);
    }
}

#[tokio::test]
async fn an_upload_that_is_cut_off_leaves_nothing() {
    for world in worlds().await {
        let owner = Uuid::now_v7();
        let pieces =
            vec![Ok(Bytes::from(pdf_of(6 * 1024 * 1024))), Err(std::io::Error::other("the line broke"))];
        let outcome = world.documents.put(owner, "a.pdf", stream::iter(pieces), Accept::default()).await;
        assert_eq!(code(outcome), "document.interrupted");

        let endless = stream::iter([Ok::<_, std::io::Error>(Bytes::from(pdf_of(6 * 1024 * 1024)))])
            .chain(stream::pending());
        let upload = world.documents.put(owner, "a.pdf", endless, Accept::default());
        assert!(tokio::time::timeout(std::time::Duration::from_millis(700), upload).await.is_err());

        assert!(documents::list(&world.store.read(), owner, None, 10).await.unwrap().is_empty());
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let swept = world.swept_later().await;
        assert_eq!((swept.settled, swept.removed, swept.failed), (0, 0, 0));
        if let Some(folder) = &world.folder {
            assert!(object_files(folder).is_empty(), "{:?}", object_files(folder));
        }
    }
}

#[tokio::test]
async fn the_sweep_clears_what_a_killed_process_left() {
    let world = World::in_folder().await;
    let incoming = world.folder.clone().unwrap().join("incoming");
    let put = world.put("a.pdf", PDF.to_vec()).await.unwrap();
    std::fs::write(incoming.join(Uuid::now_v7().to_string()), b"whole, but without a row").unwrap();
    std::fs::write(incoming.join(format!("{}#1", Uuid::now_v7())), b"half").unwrap();
    assert_eq!(world.documents.sweep().await.unwrap(), Swept::default(), "what is young may be under way");
    assert_eq!(world.swept_later().await, Swept { orphans: 2, ..Swept::default() });
    assert_eq!(world.documents.bytes(put.id).await.unwrap(), PDF);
    assert_eq!(object_files(&world.folder.clone().unwrap()).len(), 1);
}

#[tokio::test]
async fn a_document_that_was_not_moved_is_read_and_moved_later() {
    let world = World::in_folder().await;
    let folder = world.folder.clone().unwrap();
    let put = world.put("a.pdf", PDF.to_vec()).await.unwrap();
    let settled = folder.join(&put.sha256[..2]).join(format!("{}-{}", put.sha256, put.id));
    std::fs::rename(&settled, folder.join("incoming").join(put.id.to_string())).unwrap();
    assert_eq!(world.documents.bytes(put.id).await.unwrap(), PDF);
    assert_eq!(world.swept_later().await, Swept { settled: 1, ..Swept::default() });
    assert!(settled.exists());
    assert_eq!(world.documents.bytes(put.id).await.unwrap(), PDF);
}

#[tokio::test]
async fn what_has_passed_its_time_goes_and_leaves_its_row() {
    for world in worlds().await {
        let owner = Uuid::now_v7();
        let until = |by| Accept { retention_until: Some(world.clock.now() + by), ..Accept::default() };
        let short = world.documents.put_bytes(owner, "short.pdf", PDF, until(HOUR)).await.unwrap();
        let long = world.documents.put_bytes(owner, "long.pdf", PDF, until(30 * DAY)).await.unwrap();
        let found_its_place = world.documents.put_bytes(owner, "kept.pdf", PDF, until(HOUR)).await.unwrap();
        assert!(world.retain(found_its_place.id, None).await);
        world.clock.advance(DAY);
        assert_eq!(world.documents.sweep().await.unwrap().removed, 1);
        assert_eq!(world.documents.sweep().await.unwrap().removed, 0);
        assert_eq!(code(world.documents.bytes(short.id).await), "not_found");
        let row = documents::find(&world.store.read(), short.id).await.unwrap().unwrap();
        assert_eq!((row.state, row.name.as_str(), &row.sha256), (State::Removed, "", &short.sha256));
        assert!(!world.retain(short.id, None).await, "what is gone cannot be kept");
        let names: Vec<String> = documents::list(&world.store.read(), owner, None, 10)
            .await
            .unwrap()
            .into_iter()
            .map(|document| document.name)
            .collect();
        assert_eq!(names, ["kept.pdf", "long.pdf"]);
        assert_eq!(world.documents.bytes(long.id).await.unwrap(), PDF);
    }
}

#[tokio::test]
async fn a_flipped_byte_in_the_store_is_an_error() {
    let world = World::in_folder().await;
    let content = pdf_of(200_000);
    let put = world.put("a.pdf", content.clone()).await.unwrap();
    let path = object_files(&world.folder.clone().unwrap()).remove(0);
    let whole = std::fs::read(&path).unwrap();
    for at in [0, 5, 20, 40, 75, 100, 70_000, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 0x40;
        std::fs::write(&path, &changed).unwrap();
        assert!(matches!(world.documents.bytes(put.id).await, Err(Failure::Broken(_))), "byte {at}");
    }
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert!(world.documents.bytes(put.id).await.is_err());
    std::fs::write(&path, &whole).unwrap();
    assert_eq!(world.documents.bytes(put.id).await.unwrap(), content);
    assert!(!whole.windows(5).any(|window| window == b"%PDF-"), "nothing lies there in the clear");
}

#[tokio::test]
async fn a_lost_key_is_not_replaced_in_silence() {
    let world = World::in_folder().await;
    world.put("a.pdf", PDF.to_vec()).await.unwrap();
    std::fs::remove_file(&world.config.master_key_file).unwrap();
    let again = Documents::open(world.config.clone(), world.store.clone(), world.clock.clone()).await;
    assert!(matches!(again.err(), Some(OpenError::KeyLost(_))));
}

#[tokio::test]
async fn what_nobody_handed_in_is_not_found() {
    let world = World::in_folder().await;
    assert_eq!(code(world.documents.bytes(Uuid::now_v7()).await), "not_found");
    world.documents.ping().await.unwrap();
}
