//! Libraries that must not come in through somebody's defaults: they need tools that a fresh machine lacks, and
//! a second cryptography library is a second thing to keep safe.

use std::{collections::BTreeSet, error::Error, process::Command};

use crate::{Findings, tree::Tree};

const BANNED: [&str; 3] = ["aws-lc-sys", "aws-lc-rs", "openssl-sys"];

pub(super) fn check(tree: &Tree) -> Result<Findings, Box<dyn Error>> {
    let output = Command::new("cargo")
        .current_dir(&tree.root)
        .args(["tree", "--workspace", "--offline", "--prefix", "none", "--format", "{lib} {p}"])
        .output()?;
    if !output.status.success() {
        return Err(format!("cargo tree failed: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(judge(&String::from_utf8(output.stdout)?))
}

fn judge(listed: &str) -> Findings {
    let words: BTreeSet<&str> = listed.split_whitespace().collect();
    BANNED
        .iter()
        .filter(|name| words.contains(**name))
        .map(|name| {
            format!("{name} came into the tree: find it with cargo tree -i {name} and turn off the feature")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banned_libraries_are_named() {
        assert_eq!(judge("ring ring v0.17\naws_lc_sys aws-lc-sys v0.4\n").len(), 1);
        assert!(judge("ring ring v0.17\nrustls rustls v0.23\n").is_empty());
    }
}
