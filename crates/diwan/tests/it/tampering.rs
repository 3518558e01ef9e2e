//! Somebody with access to the machine changes a byte: `diwan verify` ends with a failure and says what.

use std::{
    path::Path,
    process::{Command, Output},
};

use store::{StoreError, Tx, Value, Verb};

use crate::{
    template::PROGRAM,
    world::{TestDiwan, on_both_engines},
};

const SERVICE: &str = "residence-certificate";

fn verify(world: &TestDiwan, file: Option<&Path>) -> Output {
    let settings = &world.parts.settings;
    let mut command = Command::new(PROGRAM);
    command
        .arg("verify")
        .args(file)
        .env("DIWAN_DATA", &settings.data)
        .env("DIWAN_DATABASE_URL", settings.database_url());
    command.output().expect("the program starts")
}

#[track_caller]
fn untouched(output: &Output) {
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.starts_with("untouched"), "{output:?}");
}

#[track_caller]
fn changed(output: &Output, what: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(said.contains("changed:") && said.contains(what), "{what}: {said}");
}

async fn completed(world: &TestDiwan) -> String {
    let number = world.person("Salma").delivers(SERVICE).await;
    world.person("Hamad").takes(&number, "verify").await.is(200);
    world.person("Noura").takes(&number, "approve").await.is(200);
    world.works_off_its_jobs().await;
    number
}

/// The bytes with `from` replaced by `to`, once.
fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).expect("it is in there");
    [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_byte_of_a_receipt_or_an_output_is_found() {
    on_both_engines(|world| async move {
        let number = completed(&world).await;
        let salma = world.person("Salma");
        let receipt = salma.gets(&format!("/api/v1/requests/{number}/receipt")).await.is(200).bytes;
        let output =
            salma.gets(&format!("/api/v1/requests/{number}/outputs/certificate")).await.is(200).bytes;
        let folder = world.parts.settings.data.join("handed-in");
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        let check = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).expect("a file can be written");
            verify(&world, Some(&path))
        };
        untouched(&check("receipt.json", &receipt));
        untouched(&check("output.pdf", &output));
        changed(
            &check("receipt.json", &replaced(&receipt, "\"fee_milli\":0", "\"fee_milli\":1")),
            "The statement",
        );
        let mut page = output.clone();
        page[300] ^= 1;
        changed(&check("output.pdf", &page), "SHA-256");
        let last = output.len() - 2;
        let mut end = output.clone();
        end[last] ^= 1;
        changed(&check("output.pdf", &end), "end of the file");
        changed(&check("output.pdf", &output[..output.len() - 1]), "end of the file");
        changed(&check("nothing.pdf", crate::world::PDF), "no seal");
        assert!(!check("empty.pdf", b"").status.success());
    })
    .await;
}

struct Change(&'static str, Vec<Value>);

impl Verb for Change {
    type Answer = u64;
    type Error = StoreError;

    async fn apply(&self, tx: &Tx) -> Result<u64, StoreError> {
        tx.run(self.0, self.1.clone()).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_row_of_the_ledger_is_found_and_named() {
    on_both_engines(|world| async move {
        let number = completed(&world).await;
        untouched(&verify(&world, None));
        let entries = world.history(&format!("request/{number}")).await;
        let delivered =
            entries.iter().find(|entry| entry.kind == "request.delivered").expect("it was delivered");
        let change = |sql, values| world.parts.store.write(Change(sql, values));
        let id: Value = delivered.id.into();

        let later = change("UPDATE ledger_entry SET at = at + 1 WHERE id = $1", vec![id.clone()]).await;
        assert_eq!(later.expect("a row can be changed"), 1);
        changed(&verify(&world, None), &delivered.id.to_string());
        change("UPDATE ledger_entry SET at = at - 1 WHERE id = $1", vec![id.clone()])
            .await
            .expect("changed back");
        untouched(&verify(&world, None));

        let place = delivered.index.expect("it has its place");
        change("DELETE FROM ledger_entry WHERE id = $1", vec![id]).await.expect("a row can be deleted");
        changed(&verify(&world, None), &place.to_string());
    })
    .await;
}
