//! Recording, sequencing and waiting, on both engines.

use std::{sync::Arc, time::Duration};

use futures::FutureExt;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Erase, Meddle, RecordBody, entry, grow, ledger_over, logs, record};
use crate::{
    BODY_BYTES_MAX, BODY_DEPTH_MAX, Checkpoint, Entry, Inclusion, LedgerError, ROUND_LEAVES_MAX, Statement,
    bundle, checkpoint, consistency, find, history, inclusion, statement, tile, verify_consistency,
    verify_file, verify_log,
};

const SOON: Duration = Duration::from_secs(20);

#[tokio::test]
async fn what_was_recorded_is_in_the_next_checkpoint() {
    for (store, ledger) in logs().await {
        assert_eq!(ledger.sequence().await.expect("nothing to do"), 0);
        assert_eq!(checkpoint(&store.read()).await.expect("the log answers"), None);
        let leaves = record(&store, 0, 3).await;
        assert_eq!(inclusion(&store.read(), leaves[0].id).await.expect("the log answers"), None);
        assert_eq!(ledger.sequence().await.expect("a round"), 3);
        assert_eq!(ledger.sequence().await.expect("nothing to do"), 0);
        let keys = ledger.keys().verifying();
        for (index, leaf) in (0..).zip(&leaves) {
            let found = inclusion(&store.read(), leaf.id).await.expect("the log answers").expect("it is in");
            let signed = found.verify(&leaf.commitment, &keys).expect("the proof holds");
            assert_eq!((found.index, signed.size, signed.origin.as_str()), (index, 3, "log.example.org"));
        }
    }
}

#[tokio::test]
async fn a_long_log_grows_in_rounds_and_every_leaf_stays_proven() {
    for (store, ledger) in logs().await {
        let mut leaves = Vec::new();
        for (first, count) in [(0, 1), (1, 254), (255, 1), (256, 1), (257, ROUND_LEAVES_MAX + 300)] {
            leaves.extend(grow(&store, &ledger, first, count).await.expect("rounds"));
        }
        let keys = ledger.keys().verifying();
        for leaf in leaves.iter().step_by(97).chain(leaves.last()) {
            let found = inclusion(&store.read(), leaf.id).await.expect("the log answers").expect("it is in");
            found.verify(&leaf.commitment, &keys).expect("the proof holds");
        }
        let report = verify_log(&store, &keys).await.expect("the log is whole");
        assert_eq!((report.size, report.waiting, report.erased), (leaves.len() as u64, 0, 0));
        check_public_tiles(&store, leaves.len() as u64).await;
        check_consistency(&store, leaves.len() as u64).await;
    }
}

async fn check_public_tiles(store: &store::Store, size: u64) {
    let sql = store.read();
    let first = tile(&sql, 0, 0).await.expect("the log answers").expect("the tile is there");
    assert_eq!((first.width, first.hashes.len()), (256, 256 * 32));
    assert_eq!(first.first(3).map(<[u8]>::len), Some(96));
    assert!(first.first(257).is_none() && first.first(0).is_none());
    let data = bundle(&sql, 0).await.expect("the log answers").expect("the bundle is there");
    assert_eq!(data.len(), 256 * 34);
    assert_eq!(crate::leaf_hash(&data[2..34]), first.hashes[..32]);
    let last = bundle(&sql, size / 256).await.expect("the log answers").expect("the bundle is there");
    assert_eq!(last.len() as u64, size % 256 * 34);
    assert!(bundle(&sql, size / 256 + 1).await.expect("the log answers").is_none());
    assert!(tile(&sql, 0, size / 256 + 1).await.expect("the log answers").is_none());
}

/// Every stored checkpoint is the beginning of the newest one.
async fn check_consistency(store: &store::Store, size: u64) {
    let sql = store.read();
    let stored = crate::checkpoint::table::after(&sql, -1, 100).await.expect("the log answers");
    let root = |stored: &crate::checkpoint::table::StoredCheckpoint| -> crate::Hash {
        stored.root.as_slice().try_into().expect("a root is 32 bytes")
    };
    let newest = root(stored.last().expect("there are checkpoints"));
    for old in &stored {
        let proof = consistency(&sql, old.size, size).await.expect("the proof is there");
        assert!(verify_consistency(old.size, size, &root(old), &newest, &proof));
    }
    let beyond = consistency(&sql, 1, size + 1).await;
    assert!(matches!(beyond, Err(LedgerError::OutOfRange { .. })));
    assert_eq!(consistency(&sql, 0, size).await.expect("no proof is needed"), Vec::<crate::Hash>::new());
}

#[tokio::test]
async fn one_who_waits_is_told_by_the_loop() {
    for (store, ledger) in logs().await {
        let cancel = CancellationToken::new();
        let running = tokio::spawn({
            let (ledger, cancel) = (ledger.clone(), cancel.clone());
            async move { ledger.run(cancel).await }
        });
        let mut waiting = Vec::new();
        for number in 0..40 {
            let (store, ledger) = (store.clone(), ledger.clone());
            waiting.push(tokio::spawn(async move {
                let leaf = record(&store, number, 1).await[0];
                ledger.wake();
                let found = ledger.included(leaf.id, SOON).await.expect("the log answers").expect("in time");
                found.verify(&leaf.commitment, &ledger.keys().verifying()).expect("the proof holds");
            }));
        }
        for waiter in waiting {
            waiter.await.expect("everybody was told");
        }
        assert_eq!(ledger.waiters().count(), 0);
        cancel.cancel();
        running.await.expect("the loop ends");
        verify_log(&store, &ledger.keys().verifying()).await.expect("the log is whole");
    }
}

#[tokio::test]
async fn one_who_waits_finds_what_another_node_sequenced() {
    for (store, ledger) in logs().await {
        let other = ledger_over(
            store.clone(),
            Arc::new(crate::Keys::load_or_create(super::fresh_path("keys")).expect("keys")),
        );
        let leaf = record(&store, 0, 1).await[0];
        let waiting = tokio::spawn({
            let ledger = ledger.clone();
            async move { ledger.included(leaf.id, SOON).await }
        });
        tokio::time::sleep(Duration::from_millis(30)).await;
        other.sequence().await.expect("the other node sequences");
        let found = waiting.await.expect("it ends").expect("the log answers").expect("it was found");
        found.verify(&leaf.commitment, &other.keys().verifying()).expect("the proof holds");
    }
}

#[tokio::test]
async fn one_who_begins_to_wait_after_the_round_knows_at_once() {
    for (store, ledger) in logs().await {
        let leaf = record(&store, 0, 1).await[0];
        ledger.sequence().await.expect("a round");
        let told = ledger.waiters().register(leaf.id).told().now_or_never().expect("no waiting");
        told.expect("it was placed").verify(&leaf.commitment, &ledger.keys().verifying()).expect("it holds");
        assert!(ledger.waiters().register(Uuid::now_v7()).told().now_or_never().is_none());
        assert_eq!(ledger.waiters().count(), 0);
    }
}

#[tokio::test]
async fn nobody_waits_longer_than_asked_and_nothing_is_left_behind() {
    for (store, ledger) in logs().await {
        let leaf = record(&store, 0, 1).await[0];
        let short = Duration::from_millis(150);
        assert_eq!(ledger.included(leaf.id, short).await.expect("the log answers"), None);
        assert_eq!(ledger.included(Uuid::now_v7(), short).await.expect("the log answers"), None);
        let gave_up = tokio::time::timeout(short, ledger.included(leaf.id, SOON)).await;
        assert!(gave_up.is_err());
        assert_eq!(ledger.waiters().count(), 0);
        assert_eq!(ledger.standing().await.expect("the log answers").size, 0);
        ledger.sequence().await.expect("a round");
        let standing = ledger.standing().await.expect("the log answers");
        assert_eq!((standing.size, standing.lag), (1, Duration::ZERO));
    }
}

/// Nodes that sequence the same log at once make one log.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nodes_share_one_log() {
    for (store, ledger) in logs().await {
        let cancel = CancellationToken::new();
        let keys = Arc::new(crate::Keys::load_or_create(super::fresh_path("keys")).expect("keys"));
        let nodes: Vec<_> = (0..3).map(|_| ledger_over(store.clone(), keys.clone())).collect();
        let running: Vec<_> = nodes
            .iter()
            .cloned()
            .map(|node| {
                let cancel = cancel.clone();
                tokio::spawn(async move { node.run(cancel).await })
            })
            .collect();
        let mut writers = Vec::new();
        for writer in 0..12_u64 {
            let (store, node) = (store.clone(), nodes[writer as usize % nodes.len()].clone());
            writers.push(tokio::spawn(async move {
                for number in 0..15 {
                    let leaf = record(&store, writer * 100 + number, 1).await[0];
                    let found =
                        node.included(leaf.id, SOON).await.expect("the log answers").expect("in time");
                    found.verify(&leaf.commitment, &node.keys().verifying()).expect("the proof holds");
                }
            }));
        }
        for writer in writers {
            writer.await.expect("all were included");
        }
        cancel.cancel();
        for node in running {
            node.await.expect("the node ends");
        }
        let report = verify_log(&store, &keys.verifying()).await.expect("the log is whole");
        assert_eq!(report.size, 180);
        assert_eq!(ledger.sequence().await.expect("nothing to do"), 0);
    }
}

#[tokio::test]
async fn erasure_leaves_the_log_whole() {
    for (store, ledger) in logs().await {
        let leaves = grow(&store, &ledger, 0, 5).await.expect("rounds");
        let late = record(&store, 5, 1).await[0];
        for id in [leaves[2].id, late.id] {
            assert!(store.write(Erase(id)).await.expect("it is erased"));
            assert!(!store.write(Erase(id)).await.expect("once only"));
            assert_eq!(
                find(&store.read(), id).await.expect("the log answers").expect("it is there").body,
                None
            );
            assert_eq!(statement(&store.read(), id).await.expect("the log answers"), None);
        }
        ledger.sequence().await.expect("a round");
        let keys = ledger.keys().verifying();
        let report = verify_log(&store, &keys).await.expect("the log is whole");
        assert_eq!((report.size, report.erased), (6, 2));
        let found = inclusion(&store.read(), leaves[2].id).await.expect("the log answers").expect("it is in");
        found.verify(&leaves[2].commitment, &keys).expect("the proof still holds");
    }
}

#[tokio::test]
async fn a_subject_has_its_history() {
    for (store, ledger) in logs().await {
        let leaves = grow(&store, &ledger, 0, 10).await.expect("rounds");
        let sql = store.read();
        let all = history(&sql, "request/1", None, 100).await.expect("the log answers");
        assert_eq!(
            all.iter().map(|entry| entry.id).collect::<Vec<_>>(),
            [leaves[1].id, leaves[4].id, leaves[7].id]
        );
        let page = history(&sql, "request/1", Some(leaves[1].id), 1).await.expect("the log answers");
        let [found] = page.as_slice() else { panic!("a page of one") };
        let expected = entry(4);
        assert_eq!((found.id, found.index, found.at), (leaves[4].id, Some(4), expected.at));
        assert_eq!(
            (found.kind.as_str(), &found.subject, found.actor),
            (expected.kind, &expected.subject, expected.actor)
        );
        assert_eq!((&found.body, found.controls.len()), (&Some(expected.body), 2));
        assert_eq!(history(&sql, "request/9", None, 100).await.expect("the log answers"), []);
    }
}

/// From the row to a document that verifies anywhere.
#[tokio::test]
async fn a_recorded_entry_can_be_sealed_at_once_or_later() {
    for (store, ledger) in logs().await {
        let leaf = grow(&store, &ledger, 7, 1).await.expect("rounds")[0];
        let included = inclusion(&store.read(), leaf.id).await.expect("the log answers");
        let later = statement(&store.read(), leaf.id).await.expect("the log answers").expect("it is there");
        assert_eq!(later, Statement::of(&entry(7), &leaf));
        assert_eq!((later.commitment(), later.entry_id()), (leaf.commitment, leaf.id));
        let at_once = ledger.seal(&entry(7), &leaf, included.clone(), None);
        let later = ledger.seal_statement(later, included, None);
        assert_eq!(at_once, later);
        let verified =
            verify_file(later.to_json().as_bytes(), &ledger.keys().verifying()).expect("it is untouched");
        assert_eq!(verified.seal.statement.body["name"], json!("سلمى"));
    }
}

#[tokio::test]
async fn limits_are_kept() {
    let nested = |levels: usize| (0..levels).fold(json!(1), |inner, _| json!([inner]));
    let text = |bytes: usize| Value::String("a".repeat(bytes - 2));
    for (store, ledger) in logs().await {
        assert!(store.write(RecordBody(text(BODY_BYTES_MAX))).await.is_ok());
        assert!(store.write(RecordBody(text(BODY_BYTES_MAX + 1))).await.is_err());
        assert!(store.write(RecordBody(nested(BODY_DEPTH_MAX))).await.is_ok());
        assert!(store.write(RecordBody(nested(BODY_DEPTH_MAX + 1))).await.is_err());
        ledger.sequence().await.expect("a round");
        verify_log(&store, &ledger.keys().verifying()).await.expect("the log is whole");
        let body = nested(BODY_DEPTH_MAX);
        let leaf = store.write(RecordBody(body.clone())).await.expect("it is recorded");
        let seal = ledger.seal(&Entry { body, ..entry(1) }, &leaf, None, None);
        assert!(verify_file(seal.to_json().as_bytes(), &ledger.keys().verifying()).is_ok());
    }
}

/// Over a tree that somebody changed, no further checkpoint is signed.
#[tokio::test]
async fn nothing_is_signed_over_changed_tiles() {
    for (store, ledger) in logs().await {
        grow(&store, &ledger, 0, 5).await.expect("rounds");
        let other = vec![7_u8; 5 * 32];
        let change = "UPDATE ledger_tile SET hashes = $1 WHERE level = 0 AND idx = 0";
        store.write(Meddle(vec![(change.into(), vec![other.into()])])).await.expect("the change is made");
        record(&store, 5, 1).await;
        assert!(matches!(ledger.sequence().await, Err(LedgerError::Corrupt(_))));
        let note = checkpoint(&store.read()).await.expect("the log answers").expect("there is one");
        let newest = Checkpoint::verified(&note, &ledger.keys().verifying()).expect("the note holds");
        assert_eq!(newest.size, 5);
    }
}

#[tokio::test]
async fn a_rotation_leaves_the_log_verifiable() {
    for (store, ledger) in logs().await {
        let early = grow(&store, &ledger, 0, 2).await.expect("rounds")[0];
        let old: Inclusion =
            inclusion(&store.read(), early.id).await.expect("the log answers").expect("it is in");
        ledger.keys().rotate().expect("a new key is made");
        grow(&store, &ledger, 2, 2).await.expect("rounds");
        let keys = ledger.keys().verifying();
        verify_log(&store, &keys).await.expect("the log is whole");
        old.verify(&early.commitment, &keys).expect("the old proof holds");
        assert_eq!(ledger.standing().await.expect("the log answers").lag, Duration::ZERO);
    }
}
