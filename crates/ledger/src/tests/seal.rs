//! Seals: an untouched document passes, and no bit of it can be changed unseen.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::canonical::any_json;
use super::{entry, fresh_keys};
use crate::checkpoint::Checkpoint;
use crate::entry::{Entry, Statement, id_in};
use crate::hash::leaf_hash;
use crate::inclusion::Inclusion;
use crate::tile::Growth;
use crate::{Form, Keys, Part, Seal, Tampered, verify_file, verify_handed_in};

fn statement(number: u64, body: Value) -> Statement {
    let Entry { kind, subject, actor, controls, at, .. } = entry(number);
    let controls = controls.iter().map(|control| control.to_string()).collect();
    let mut salt = [7; 32];
    salt[..16].copy_from_slice(Uuid::from_u128(u128::from(number)).as_bytes());
    Statement { kind: kind.to_owned(), subject, actor, controls, body, at: at.micros(), salt }
}

/// The inclusion of a statement among others, at index 5 of a log of 9.
fn included(statement: &Statement, keys: &Keys) -> Inclusion {
    let mut growth = Growth::empty();
    for number in 0..9 {
        let other = || self::statement(number, json!({"number": number})).commitment();
        growth.push(leaf_hash(&if number == 5 { statement.commitment() } else { other() }));
    }
    let checkpoint = Checkpoint { origin: "log.example.org".into(), size: 9, root: growth.root() };
    let note = checkpoint.signed(keys);
    Inclusion::from_tiles(&growth.into_tiles(), 5, 9, &note).expect("the tiles are there")
}

fn sealed(body: Value, file: Option<&[u8]>, keys: &Keys) -> Seal {
    let statement = statement(5, body);
    let inclusion = included(&statement, keys);
    Seal::signed(statement, Some(inclusion), file, keys)
}

/// One page that says "Document", with a cross-reference table whose offsets are right.
fn small_pdf() -> Vec<u8> {
    let content = "BT /F1 18 Tf 20 100 Td (Document) Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{number} 0 obj{object}endobj\n"));
    }
    let start = pdf.len();
    let trailer = format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
    [pdf, table, trailer].concat().into_bytes()
}

fn refuses_every_flip(document: &[u8], keys: &Arc<Keys>) {
    let known = keys.verifying();
    assert!(verify_file(document, &known).is_ok());
    let mut changed = document.to_vec();
    for position in 0..changed.len() {
        for bit in 0..8 {
            changed[position] ^= 1 << bit;
            assert!(
                verify_file(&changed, &known).is_err(),
                "bit {bit} of byte {position} was changed unseen"
            );
            changed[position] ^= 1 << bit;
        }
    }
}

fn refuses_every_cut_and_addition(document: &[u8], keys: &Arc<Keys>) {
    let known = keys.verifying();
    for length in 0..document.len() {
        assert!(verify_file(&document[..length], &known).is_err(), "{length} bytes passed");
    }
    for extra in [b"\n".as_slice(), b" ", b"\0", b"%%EOF\n"] {
        assert!(verify_file(&[document, extra].concat(), &known).is_err());
        assert!(verify_file(&[extra, document].concat(), &known).is_err());
    }
}

#[test]
fn no_bit_of_a_sealed_json_document_changes_unseen() {
    let keys = fresh_keys();
    let seal = sealed(json!({"number": "26-000123", "name": "سلمى", "fee": 0.1}), None, &keys);
    let document = seal.to_json();
    let verified = verify_file(document.as_bytes(), &keys.verifying()).expect("it is untouched");
    assert_eq!((verified.form, verified.seal), (Form::Json, seal));
    refuses_every_flip(document.as_bytes(), &keys);
    refuses_every_cut_and_addition(document.as_bytes(), &keys);
}

#[test]
fn no_bit_of_a_sealed_pdf_changes_unseen() {
    let keys = fresh_keys();
    let pdf = small_pdf();
    let seal = sealed(json!({"number": "26-000123"}), Some(&pdf), &keys);
    let document = seal.append_to_pdf(&pdf);
    assert!(document.starts_with(&pdf));
    let verified = verify_file(&document, &keys.verifying()).expect("it is untouched");
    assert_eq!((verified.form, verified.seal), (Form::Pdf, seal));
    assert_eq!(Seal::split_pdf(&document).expect("it is sealed").0, pdf);
    refuses_every_flip(&document, &keys);
    refuses_every_cut_and_addition(&document, &keys);
}

/// Readers look for the table from the end of the file.
#[test]
fn the_end_of_a_sealed_pdf_points_to_the_same_table() {
    let keys = fresh_keys();
    let pdf = small_pdf();
    let document = sealed(json!({}), Some(&pdf), &keys).append_to_pdf(&pdf);
    let end = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text[text.rfind("startxref").expect("there is a pointer")..].trim_end().to_owned()
    };
    assert_eq!(end(&pdf), end(&document));
    assert!(document.ends_with(b"%%EOF\n"));
}

#[test]
fn a_seal_can_be_sealed_again_and_a_file_without_one_is_refused() {
    let keys = fresh_keys();
    let pdf = small_pdf();
    let once = sealed(json!({}), Some(&pdf), &keys).append_to_pdf(&pdf);
    let twice = sealed(json!({}), Some(&once), &keys).append_to_pdf(&once);
    assert!(verify_file(&twice, &keys.verifying()).is_ok());
    for file in [pdf.as_slice(), b"", b"{}\n", b"\n%diwan-seal:", b"\xff\xfe"] {
        assert_eq!(verify_file(file, &keys.verifying()).map_err(|fault| fault.part), Err(Part::Form));
    }
}

/// A case: what somebody changes in the seal, whether they can sign it again, and what is found.
#[test]
fn the_sentence_names_what_was_changed() {
    let keys = fresh_keys();
    let pdf = small_pdf();
    let check = |change: &dyn Fn(&mut Seal)| {
        let mut seal = sealed(json!({"fee": 5}), Some(&pdf), &keys);
        change(&mut seal);
        seal.verify(Some(&pdf), &keys.verifying()).expect_err("it was changed").part
    };
    assert_eq!(check(&|seal| seal.statement.body = json!({"fee": 0})), Part::Statement);
    assert_eq!(check(&|seal| seal.statement.at += 1), Part::Statement);
    assert_eq!(check(&|seal| seal.statement.actor = Some(Uuid::nil())), Part::Statement);
    assert_eq!(check(&|seal| seal.statement.salt[31] ^= 1), Part::Statement);
    assert_eq!(check(&|seal| seal.statement.controls.clear()), Part::Statement);
    assert_eq!(check(&|seal| seal.commitment[0] ^= 1), Part::Statement);
    assert_eq!(check(&|seal| seal.file_sha256 = None), Part::File);
    assert_eq!(check(&|seal| seal.version = 2), Part::Form);
    assert_eq!(check(&|seal| seal.key_id.push('0')), Part::Key);
    assert_eq!(check(&|seal| seal.signature.clear()), Part::Signature);
    assert_eq!(check(&|seal| seal.inclusion = None), Part::Signature);
    let inclusion = |change: fn(&mut Inclusion)| check(&|seal| seal.inclusion.iter_mut().for_each(change));
    assert_eq!(inclusion(|inclusion| inclusion.index += 1), Part::Proof);
    assert_eq!(inclusion(|inclusion| inclusion.size += 1), Part::Proof);
    assert_eq!(inclusion(|inclusion| inclusion.proof[0][0] ^= 1), Part::Proof);
    assert_eq!(inclusion(|inclusion| inclusion.proof.clear()), Part::Proof);
    let nines = inclusion(|inclusion| inclusion.checkpoint = inclusion.checkpoint.replace('9', "8"));
    // The name of the key stands in the note as well, and chance decides whether it has a nine.
    assert!(matches!(nines, Part::Checkpoint | Part::Key), "{nines:?}");
}

#[test]
fn the_file_and_the_key_must_be_the_right_ones() {
    let keys = fresh_keys();
    let pdf = small_pdf();
    let for_file = sealed(json!({}), Some(&pdf), &keys);
    let alone = sealed(json!({}), None, &keys);
    let part = |outcome: Result<(), Tampered>| outcome.map_err(|fault| fault.part);
    let known = keys.verifying();
    assert_eq!(part(for_file.verify(Some(&pdf), &known)), Ok(()));
    assert_eq!(part(alone.verify(None, &known)), Ok(()));
    assert_eq!(part(for_file.verify(None, &known)), Err(Part::File));
    assert_eq!(part(for_file.verify(Some(b"other"), &known)), Err(Part::File));
    assert_eq!(part(alone.verify(Some(&pdf), &known)), Err(Part::File));
    assert_eq!(part(alone.verify(None, &fresh_keys().verifying())), Err(Part::Key));
}

/// Somebody with another key of the same name cannot pass as us, and a log that never had the entry cannot
/// be named as the one that has it.
#[test]
fn a_seal_of_a_stranger_is_refused() {
    let (keys, stranger) = (fresh_keys(), fresh_keys());
    let statement = statement(5, json!({"fee": 0}));
    let forged = Seal::signed(statement.clone(), Some(included(&statement, &stranger)), None, &stranger);
    let refused = verify_file(forged.to_json().as_bytes(), &keys.verifying()).expect_err("it is forged");
    assert_eq!(refused.part, Part::Key);
    let borrowed = sealed(json!({"fee": 5}), None, &keys).inclusion;
    let mixed = Seal::signed(statement, borrowed, None, &stranger);
    let refused = verify_file(mixed.to_json().as_bytes(), &keys.verifying()).expect_err("it is forged");
    assert_eq!(refused.part, Part::Proof);
}

#[test]
fn a_document_sealed_before_the_log_was_sequenced_is_held_by_the_signature() {
    let keys = fresh_keys();
    let seal = Seal::signed(statement(5, json!({"fee": 5})), None, None, &keys);
    refuses_every_flip(seal.to_json().as_bytes(), &keys);
    assert_eq!(id_in(&seal.statement.salt), seal.statement.entry_id());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_body_can_be_sealed_and_a_changed_byte_is_found(
        body in any_json(),
        at in any::<prop::sample::Index>(),
        other in 1_u8..,
    ) {
        let keys = fresh_keys();
        let mut document = sealed(body, None, &keys).to_json().into_bytes();
        prop_assert!(verify_file(&document, &keys.verifying()).is_ok());
        let position = at.index(document.len());
        document[position] ^= other;
        prop_assert!(verify_file(&document, &keys.verifying()).is_err());
    }
}

#[test]
fn a_seal_that_was_saved_in_another_layout_is_verified_by_what_it_says() {
    let keys = fresh_keys();
    let seal = sealed(json!({"number": "26-000123", "name": "سلمى"}), None, &keys).to_json();
    let value: Value = serde_json::from_str(&seal).unwrap();
    let known = keys.verifying();
    let verify = |text: &str| verify_handed_in(text.as_bytes(), &known).is_ok();
    assert!(verify(&seal) && verify(seal.trim_end()));
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    assert!(verify(&pretty));
    assert!(!verify(&pretty.replacen("\"version\": 1", "\"version\": 2", 1)));
    assert!(!verify(&pretty.replacen("سلمى", "سلوى", 1)));
    assert!(!verify(&seal.replacen('{', "{\"more\":1,", 1)));
    let mut bytes = seal.into_bytes();
    for position in 0..bytes.len() {
        for bit in 0..8 {
            bytes[position] ^= 1 << bit;
            assert!(
                verify_handed_in(&bytes, &known).is_err(),
                "bit {bit} of byte {position} was changed unseen"
            );
            bytes[position] ^= 1 << bit;
        }
    }
}
