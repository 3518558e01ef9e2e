//! The key file, its public half, and signed notes as other tools write and read them.

use std::{fs, os::unix::fs::PermissionsExt, thread};

use super::fresh_path;
use crate::keys::{Keys, KeysError, VerifyingKeys};
use crate::{Part, note};

/// The example of Go's sumdb/note package.
const OTHERS_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const OTHERS_NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

#[test]
fn a_note_of_another_tool_is_read() {
    let keys: VerifyingKeys = OTHERS_KEY.parse().expect("the key is read");
    assert_eq!(keys.to_string(), format!("{OTHERS_KEY}\n"));
    let text = note::open(OTHERS_NOTE, &keys).expect("the note holds");
    assert!(text.ends_with("what your problem is.\n"));
    let forged = OTHERS_NOTE.replace("your problem,", "my problem,");
    assert_eq!(note::open(&forged, &keys).map_err(|fault| fault.part), Err(Part::Checkpoint));
    let unknown = VerifyingKeys::default();
    assert_eq!(note::open(OTHERS_NOTE, &unknown).map_err(|fault| fault.part), Err(Part::Key));
}

#[test]
fn the_file_is_made_once_for_its_owner_only() {
    let path = fresh_path("keys");
    let made = Keys::load_or_create(&path).expect("the keys are made");
    assert_eq!(fs::metadata(&path).expect("it is there").permissions().mode() & 0o777, 0o600);
    let again = Keys::load_or_create(&path).expect("the keys are read");
    assert_eq!(made.verifying(), again.verifying());
    let public = VerifyingKeys::load(path.with_extension("pub")).expect("the public half is read");
    assert_eq!(public, made.verifying());
    let shown = format!("{made:?}");
    let secret = fs::read_to_string(&path).expect("it is there");
    let seed = secret.split('"').find(|word| word.len() == 64).expect("the file holds the seed");
    assert!(!shown.contains(seed));
}

#[test]
fn processes_that_start_at_once_agree_on_one_key() {
    let path = fresh_path("keys");
    let starts: Vec<_> = (0..8)
        .map(|_| {
            let path = path.clone();
            thread::spawn(move || Keys::load_or_create(path).expect("the keys are there").verifying())
        })
        .collect();
    let found: Vec<_> = starts.into_iter().map(|start| start.join().expect("the start ends")).collect();
    assert!(found.iter().all(|keys| *keys == found[0]));
}

#[test]
fn a_file_that_others_may_read_is_refused() {
    let path = fresh_path("keys");
    Keys::load_or_create(&path).expect("the keys are made");
    for mode in [0o644, 0o604, 0o660, 0o602] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("the mode is set");
        assert!(matches!(Keys::load_or_create(&path), Err(KeysError::Open { .. })), "{mode:o} passed");
    }
}

#[test]
fn what_was_signed_before_a_rotation_stays_valid() {
    let path = fresh_path("keys");
    let keys = Keys::load_or_create_named(&path, "log.example.org").expect("the keys are made");
    let first = keys.verifying();
    let old = note::sign("said before\n", &keys);
    keys.rotate().expect("a new key is made");
    keys.rotate().expect("and another");
    let new = note::sign("said after\n", &keys);
    for found in [keys.verifying(), Keys::load_or_create(&path).expect("the keys are read").verifying()] {
        assert_eq!(found.iter().count(), 3);
        assert!(note::open(&old, &found).is_ok());
        assert!(note::open(&new, &found).is_ok());
    }
    assert!(note::open(&new, &first).is_err());
    let public = VerifyingKeys::load(path.with_extension("pub")).expect("the public half is read");
    assert_eq!(public, keys.verifying());
}

#[test]
fn bad_names_lines_and_files_are_refused() {
    for name in ["", "two words", "a+b", "line\n"] {
        assert!(matches!(Keys::load_or_create_named(fresh_path("keys"), name), Err(KeysError::Name(_))));
    }
    let changed = OTHERS_KEY.replace("c74f20a3", "c74f20a4");
    for line in ["nonsense", "a+b", "a+00000000+AA==", changed.as_str()] {
        let text = format!("# former\n\n{line}\n");
        assert!(matches!(text.parse::<VerifyingKeys>(), Err(KeysError::Line(3))), "{line} passed");
    }
    let path = fresh_path("keys");
    for text in ["", "{}", "{\"version\":2,\"name\":\"a\",\"seed\":\"\",\"former\":[]}"] {
        fs::write(&path, text).expect("the file is written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("the mode is set");
        assert!(matches!(Keys::load_or_create(&path), Err(KeysError::Form { .. })), "{text:?} passed");
    }
}

#[test]
fn a_note_is_refused_unless_each_line_is_as_it_should_be() {
    let keys = super::fresh_keys();
    let known = keys.verifying();
    let note = note::sign("origin\n", &keys);
    let line = note.lines().last().expect("there is a signature").to_owned();
    assert!(note::open(&note, &known).is_ok());
    let beside = format!("{note}— other.example.org AAAAAAAA\n");
    assert!(note::open(&beside, &known).is_ok(), "a signature of somebody else is passed over");
    let many = format!("origin\n\n{}\n", vec![line.as_str(); 101].join("\n"));
    for broken in
        [note.trim_end(), "origin\n", "origin\n\n", &format!("{note}\n"), &format!("{note}x\n"), &many]
    {
        assert!(note::open(broken, &known).is_err(), "{broken:?} passed");
    }
}
