//! A letter that is no notice: what only the owner of an address may learn, and what therefore lies in no inbox.

use jobs::JobError;
use language::Lang;
use uuid::Uuid;

use super::{Post, letter::Letter};

/// What it says, by the keys of its texts.
pub struct Direct {
    /// The same for every try, so that mail programs show it once.
    pub id: Uuid,
    pub to: String,
    pub language: Lang,
    pub subject: &'static str,
    pub lead: &'static str,
    pub foot: &'static str,
    pub values: Vec<(&'static str, String)>,
    /// Where its button leads: a path of this portal.
    pub path: String,
}

impl Post {
    pub async fn send_direct(&self, direct: Direct) -> Result<(), JobError> {
        let Some(server) = &self.server else {
            return Err(JobError::Never("this installation sends no e-mail".into()));
        };
        let say = |key: &str| {
            let values: Vec<_> =
                direct.values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
            self.texts.say(direct.language, key, &values)
        };
        let letter = Letter {
            lang: direct.language,
            to: direct.to.clone(),
            subject: say(direct.subject),
            id: direct.id.to_string(),
            lead: say(direct.lead),
            groups: Vec::new(),
            href: format!("{}{}", server.config.public_address, direct.path),
            leave: None,
            foot: Some(direct.foot),
        };
        let letter =
            letter.compose(&server.config, &self.texts, self.clock.now()).map_err(JobError::Never)?;
        server.send(letter, &direct.to).await.map(drop).map_err(JobError::from)
    }
}
