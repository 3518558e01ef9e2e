//! How secret a document was declared to be.

/// In rising order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Classification {
    Public,
    Internal,
    Confidential,
    Secret,
    TopSecret,
}

impl Classification {
    pub const ALL: [Classification; 5] = [
        Classification::Public,
        Classification::Internal,
        Classification::Confidential,
        Classification::Secret,
        Classification::TopSecret,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Classification::Public => "public",
            Classification::Internal => "internal",
            Classification::Confidential => "confidential",
            Classification::Secret => "secret",
            Classification::TopSecret => "top_secret",
        }
    }

    /// The level of this word. An unknown word is nobody's level: the caller refuses it.
    pub fn named(word: &str) -> Option<Classification> {
        Classification::ALL.into_iter().find(|level| level.as_str() == word)
    }

    /// Whether the platform may hold such a document at all.
    pub(crate) fn excluded(self) -> bool {
        self >= Classification::Confidential
    }
}
