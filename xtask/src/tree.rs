//! The files of the project, read once.

use std::{
    collections::BTreeMap,
    error::Error,
    path::{Path, PathBuf},
    process::Command,
};

use crate::source::{self, Token};

/// Larger files are pictures, fonts or data, not text that somebody wrote.
const FILE_BYTES_MAX: u64 = 2 * 1024 * 1024;

/// A Rust file with its words.
pub(crate) struct Rust {
    pub path: String,
    pub tokens: Vec<Token>,
    /// For each token, whether it is test code.
    pub test: Vec<bool>,
}

pub(crate) struct Tree {
    pub root: PathBuf,
    /// Text files by their path from the root.
    pub files: BTreeMap<String, String>,
    pub rust: Vec<Rust>,
}

impl Tree {
    /// What version control knows or would take, so that build results are never looked at.
    pub(crate) fn read(root: &Path) -> Result<Tree, Box<dyn Error>> {
        let listed = Command::new("git")
            .current_dir(root)
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
            .output()?;
        if !listed.status.success() {
            return Err("git ls-files failed: run cargo xtask inside the checkout".into());
        }
        let names = String::from_utf8(listed.stdout)?;
        let mut files = BTreeMap::new();
        for name in names.split('\0').filter(|name| !name.is_empty()) {
            let path = root.join(name);
            let Ok(known) = path.metadata() else { continue };
            if !known.is_file() || known.len() > FILE_BYTES_MAX {
                continue;
            }
            if let Ok(text) = String::from_utf8(std::fs::read(&path)?) {
                files.insert(name.to_owned(), text);
            }
        }
        Ok(Tree::of(root.to_owned(), files))
    }

    pub(crate) fn of(root: PathBuf, files: BTreeMap<String, String>) -> Tree {
        let mut rust: Vec<Rust> = files
            .iter()
            .filter(|(path, _)| path.ends_with(".rs"))
            .map(|(path, text)| {
                let tokens = source::tokens(text);
                Rust { path: path.clone(), test: source::under_cfg_test(&tokens), tokens }
            })
            .collect();
        let declared: Vec<String> = rust.iter().flat_map(test_files).collect();
        for file in &mut rust {
            if is_test_path(&file.path, &declared) {
                file.test.fill(true);
            }
        }
        Tree { root, files, rust }
    }

    /// The file as the last commit has it, for lists that may only shrink.
    pub(crate) fn committed(&self, path: &str) -> Option<String> {
        let shown = Command::new("git")
            .current_dir(&self.root)
            .args(["show", &format!("HEAD:{path}")])
            .output()
            .ok()?;
        shown.status.success().then(|| String::from_utf8(shown.stdout).ok()).flatten()
    }

    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }
}

/// Paths (without ending) of the modules that a file declares for tests only.
fn test_files(file: &Rust) -> Vec<String> {
    let stem = file.path.trim_end_matches(".rs");
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let below = if matches!(name, "lib" | "main" | "mod") { folder } else { stem };
    source::test_modules(&file.tokens).into_iter().map(|module| format!("{below}/{module}")).collect()
}

fn is_test_path(path: &str, declared: &[String]) -> bool {
    let stem = path.trim_end_matches(".rs");
    let by_name = stem.split('/').any(|part| matches!(part, "tests" | "examples" | "benches" | "testkit"));
    by_name || declared.iter().any(|test| stem == test || stem.starts_with(&format!("{test}/")))
}

#[cfg(test)]
pub(crate) fn sample(files: &[(&str, &str)]) -> Tree {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    Tree::of(PathBuf::from("nowhere"), files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_declared_for_tests_is_test_code_with_all_below_it() {
        let tree = sample(&[
            ("crates/a/src/lib.rs", "mod b; #[cfg(test)] mod testing;"),
            ("crates/a/src/b.rs", "fn f() {} #[cfg(test)] mod samples;"),
            ("crates/a/src/b/samples.rs", "fn f() {}"),
            ("crates/a/src/testing.rs", "fn f() {}"),
            ("crates/a/tests/all/main.rs", "fn f() {}"),
        ]);
        let test: Vec<(&str, bool)> =
            tree.rust.iter().map(|file| (file.path.as_str(), file.test[0])).collect();
        assert_eq!(
            test,
            [
                ("crates/a/src/b.rs", false),
                ("crates/a/src/b/samples.rs", true),
                ("crates/a/src/lib.rs", false),
                ("crates/a/src/testing.rs", true),
                ("crates/a/tests/all/main.rs", true),
            ]
        );
    }
}
