//! What is done for whoever has an actor and no call: the loading of the demo.

use authz::{Actor, Failure, Refusal};
use compliance::Door;
use uuid::Uuid;

use crate::{
    OpenId,
    asked::{Prompt, Wanted},
    authorize::give::GiveCode,
    client::{register::RegisterClient, table, wish::ClientWish},
};

/// A system to register. Addresses are separated by spaces.
#[derive(Clone, Copy, Debug)]
pub struct NewSystem<'a> {
    /// A body's slug.
    pub body: &'a str,
    pub name: &'a language::Text,
    /// `confidential` or `public`.
    pub kind: &'a str,
    pub redirect_uris: &'a str,
    pub logout_uri: &'a str,
    /// `profile`, `email`, `phone`.
    pub scopes: &'a str,
    /// `basic` or `substantial`.
    pub assurance: &'a str,
}

impl OpenId {
    pub async fn register_system(&self, actor: &Actor, new: NewSystem<'_>) -> Result<Uuid, Failure> {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        let wish = ClientWish {
            body: new.body.to_owned(),
            name_ar: new.name.ar.clone(),
            name_en: new.name.en.clone(),
            kind: new.kind.to_owned(),
            redirect_uris: words(new.redirect_uris),
            after_logout_uris: Vec::new(),
            logout_uri: new.logout_uri.to_owned(),
            scopes: words(new.scopes),
            assurance: new.assurance.to_owned(),
        };
        let verb = RegisterClient { acting: self.acting(actor), reach: self.courier.reach().clone(), wish };
        self.carry_out(actor, "systems", verb, None).await
    }

    /// The person of a session agrees to all that a system may learn, as on the page that asks; the code goes to nobody.
    pub async fn agree(&self, session: Uuid, system: Uuid) -> Result<(), Failure> {
        let client = table::find(&self.store.read(), system).await?.ok_or_else(Refusal::not_found)?;
        let wanted = Wanted {
            scopes: client.scopes.clone(),
            nonce: String::new(),
            challenge: String::new(),
            prompt: Prompt::default(),
            max_age: None,
            level: client.assurance,
        };
        let redirect_uri = client.redirect_uris.first().cloned().unwrap_or_default();
        let hash = identity::secret_hash(&identity::new_one_time_secret());
        let verb = GiveCode {
            client: system,
            redirect_uri,
            session,
            wanted,
            agrees: true,
            hash,
            at: self.clock.now(),
        };
        self.write(verb).await
    }
}
