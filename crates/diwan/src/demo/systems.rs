//! The systems of the demo at which people sign in with their account, and who did.

use std::net::{IpAddr, Ipv4Addr};

use authz::{Actor, Failure, Via};
use identity::{Credentials, Origin, Step};
use openid::NewSystem;
use uuid::Uuid;

use super::{
    files::{self, SystemFile},
    people::{Cast, Member},
};
use crate::parts::Parts;

pub async fn connect(parts: &Parts, cast: &Cast) -> Result<(), Failure> {
    for file in files::systems()?.system {
        let by = cast.actor(parts, &file.by).await?;
        let id = parts.openid.register_system(&by, new(&file)).await?;
        if file.secret {
            parts.openid.renew_secret(&by, id).await?;
        }
        for handle in &file.people {
            agree(parts, cast.member(handle)?, cast.actor(parts, handle).await?, id).await?;
        }
    }
    Ok(())
}

fn new(file: &SystemFile) -> NewSystem<'_> {
    NewSystem {
        body: &file.body,
        name: &file.name,
        kind: &file.kind,
        redirect_uris: &file.redirect_uris,
        logout_uri: &file.logout_uri,
        scopes: &file.scopes,
        assurance: &file.assurance,
    }
}

/// The person signs in, agrees, and leaves again, so that no session of the demo stays open. Members with a second factor show
/// its code, which counts once: the demo's clock moves on in between.
async fn agree(parts: &Parts, member: &Member, actor: Actor, system: Uuid) -> Result<(), Failure> {
    parts.clock.advance(clock::MINUTE);
    let secret = member.totp_secret.as_deref();
    let typed = Credentials {
        identifier: member.person.identifier.clone(),
        password: member.password.clone(),
        code: secret.and_then(|secret| identity::code_at(secret, parts.clock.now())),
    };
    let origin =
        Origin { address: IpAddr::V4(Ipv4Addr::LOCALHOST), user_agent: "Mozilla Firefox Linux".to_owned() };
    if let Step::Opened(opened) = parts.identity.sign_in(&typed, &origin).await? {
        parts.openid.agree(opened.session.id, system).await?;
        let actor = Actor { via: Via::Session(opened.session.id), ..actor };
        parts.identity.sign_out(&actor).await?;
    }
    Ok(())
}
