//! The program itself: it says where it is, and ends with the process that it was started for.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

#[test]
fn it_says_where_it_is_and_ends_with_its_process() {
    let mut beside = Command::new("sleep").arg("600").spawn().expect("a process starts");
    let until = beside.id().to_string();
    let mut centre = Command::new(env!("CARGO_BIN_EXE_smsc"))
        .args(["--smpp", "127.0.0.1:0", "--page", "127.0.0.1:0", "--until", &until])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the centre starts");
    let mut said = String::new();
    let out = centre.stdout.take().expect("it writes");
    BufReader::new(out).read_line(&mut said).expect("it says something");
    assert!(said.starts_with("SMPP at 127.0.0.1:") && said.contains("http://127.0.0.1:"), "{said}");
    beside.kill().expect("the process can be ended");
    beside.wait().expect("it has ended");
    assert!(centre.wait().expect("it ends too").success());
}
