//! The alerts, narrowed, and one of them, for page and API alike.

use authz::{Actor, Failure, Kind, Refusal};
use identity::{Attack, AttackSource, AttackState, AttacksWanted, Ladder, Person, Warning};
use notify::Delivery;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;
use web::Cursor;

use crate::{Compliance, authority::About};

pub(crate) const ATTACK_STATES: [&str; 4] = ["open", "due", "answered", "reset"];
const WORDS_CHARACTERS_MAX: usize = 100;
const INVALID: Refusal = Refusal::new(Kind::Invalid, "attack.incomplete", &["LY-MAIL-3.07a"]);

#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct AttacksAsked {
    /// Part of a name or of a national number.
    pub q: String,
    /// `open`, `due` (its password may be ended now), `answered` or `reset`.
    pub state: String,
    pub cursor: String,
}

pub(crate) struct AttacksListed {
    pub attacks: Vec<Attack>,
    pub ladder: Ladder,
    pub next: String,
}

/// An alert with everything that belongs to it.
pub(crate) struct AttackFile {
    pub attack: Attack,
    pub person: Person,
    pub ladder: Ladder,
    pub sources: Vec<AttackSource>,
    /// Each with how its text message travelled.
    pub warnings: Vec<(Warning, Option<Delivery>)>,
    /// Whether its person has no password, and waits for a code.
    pub lacks_password: bool,
}

impl Compliance {
    pub(crate) async fn attacks(
        &self,
        actor: &Actor,
        asked: &AttacksAsked,
        page: usize,
    ) -> Result<AttacksListed, Failure> {
        let sql = self.store.read();
        self.acting(actor).check(&sql, "see_attack", None, About::default()).await?;
        let ladder = self.identity.ladder(&sql).await?;
        let mut wanted = AttacksWanted {
            words: asked.q.chars().take(WORDS_CHARACTERS_MAX).collect(),
            ..AttacksWanted::default()
        };
        match asked.state.as_str() {
            "" => {}
            "due" => wanted.due = Some((ladder, self.clock.now())),
            word => {
                let state = AttackState::named(word);
                wanted.state = Some(state.ok_or_else(|| INVALID.with_item("state", "choice", ""))?);
            }
        }
        let after = Cursor::decode_given(Some(&asked.cursor))?;
        let mut attacks = identity::attacks(&sql, &wanted, after, page as i64 + 1).await?;
        let next = Cursor::cut(&mut attacks, page, |last| (last.opened_at.0, last.id))?;
        Ok(AttacksListed { attacks, ladder, next: next.unwrap_or_default() })
    }

    /// An alert that this person may see; nothing tells a stranger that it exists.
    pub(crate) async fn attack_seen(&self, actor: &Actor, id: Uuid) -> Result<Attack, Failure> {
        let sql = self.store.read();
        if !self.acting(actor).may(&sql, "see_attack", None, About::default()).await? {
            return Err(Refusal::not_found().into());
        }
        Ok(identity::attack(&sql, id).await?.ok_or_else(Refusal::not_found)?)
    }

    pub(crate) async fn attack_file(&self, actor: &Actor, id: Uuid) -> Result<AttackFile, Failure> {
        let sql = self.store.read();
        let attack = self.attack_seen(actor, id).await?;
        let person = identity::person(&sql, attack.person).await?.ok_or_else(Refusal::not_found)?;
        let warnings = identity::attack_warnings(&sql, id).await?;
        let notices: Vec<Uuid> = warnings.iter().map(|warning| warning.notice).collect();
        let deliveries = notify::deliveries(&sql, &notices).await?;
        let travelled = |warning: Warning| {
            let delivery = deliveries.iter().find(|delivery| delivery.notice == warning.notice).cloned();
            (warning, delivery)
        };
        Ok(AttackFile {
            ladder: self.identity.ladder(&sql).await?,
            sources: identity::attack_sources(&sql, id).await?,
            warnings: warnings.into_iter().map(travelled).collect(),
            lacks_password: identity::lacks_password(&sql, person.id).await?,
            attack,
            person,
        })
    }
}
