//! All that a template can see: itself, the shared `paper.typ`, `data.json` and the files handed in.

use std::{collections::BTreeMap, sync::LazyLock};

use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::fonts::FONTS;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// What templates share; see there.
const PAPER: &str = include_str!("../templates/paper.typ");

pub(crate) struct Sandbox {
    main: Source,
    files: BTreeMap<String, Bytes>,
    today: Option<Datetime>,
}

impl Sandbox {
    /// None where a name among the files is not a plain relative path.
    pub(crate) fn new(
        template: &str,
        mut files: BTreeMap<String, Bytes>,
        today: Option<Datetime>,
    ) -> Option<Sandbox> {
        if files.keys().any(|name| VirtualPath::new(name).is_err()) {
            return None;
        }
        files.insert("paper.typ".into(), Bytes::from_string(PAPER));
        let main = VirtualPath::new("main.typ").ok()?;
        let id = RootedPath::new(VirtualRoot::Project, main).intern();
        Some(Sandbox { main: Source::new(id, template.to_owned()), files, today })
    }

    /// The file of this name; packages and everything else are refused.
    fn read(&self, id: FileId) -> FileResult<&Bytes> {
        let path = id.get();
        if *path.root() != VirtualRoot::Project {
            return Err(FileError::AccessDenied);
        }
        self.files.get(path.vpath().get_without_slash()).ok_or(FileError::AccessDenied)
    }
}

impl World for Sandbox {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        let text = std::str::from_utf8(self.read(id)?).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.read(id).cloned()
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    /// The moment that the caller gave, so that a template that asks for the date prints the same twice.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
