//! The acts on devices for whoever has an actor and no call: the loading of the demo, and other parts of the product.

use authz::{Actor, Failure};
use compliance::Door;
use ledger::VerifierKey;
use uuid::Uuid;

use crate::{
    Devices,
    device::{
        accept::Accept,
        code::GiveCode,
        decide::Decide,
        enrol::Enrol,
        posture::DevicePosture,
        register::{DeviceWish, RegisterDevice},
        report::Report,
    },
    loss::{
        enable::Enable,
        report::{LossWish, ReportLoss},
    },
    permission::grant::{GrantVpn, PermissionWish},
    release::enter::{EnterRelease, ReleaseWish},
    rule::set::{RuleWish, SetRule},
    vpn::{
        activate::ActivateVpn,
        approve::{ApproveVpn, Attested},
        register::{RegisterVpn, VpnWish},
    },
};

/// A device for the inventory. Without a holder's number it is the actor's own.
#[derive(Clone, Copy, Debug)]
pub struct NewDevice<'a> {
    /// A body's slug.
    pub body: &'a str,
    pub holder: &'a str,
    pub name: &'a str,
    /// `institution`, `personal` or `public`.
    pub ownership: &'a str,
}

/// A network for the register. It is declared neither free of charge nor public, unless it is a draft.
#[derive(Clone, Copy, Debug)]
pub struct NewVpn<'a> {
    /// A body's slug.
    pub body: &'a str,
    pub name: &'a str,
    pub interface: &'a str,
    pub gateway: &'a str,
    pub range: &'a str,
    pub routes: &'a str,
    pub is_draft: bool,
}

/// A permission for the holder of a device; the days are local.
#[derive(Clone, Copy, Debug)]
pub struct NewPermission<'a> {
    pub vpn: Uuid,
    pub device: Uuid,
    pub from: &'a str,
    pub until: &'a str,
    pub why: &'a str,
}

impl Devices {
    pub async fn register_device(&self, actor: &Actor, new: NewDevice<'_>) -> Result<Uuid, Failure> {
        let wish = DeviceWish {
            body: new.body.to_owned(),
            holder: new.holder.to_owned(),
            name: new.name.to_owned(),
            ownership: new.ownership.to_owned(),
        };
        let verb = RegisterDevice { acting: self.acting(actor), wish };
        self.carry_out(actor, "devices", verb, None).await
    }

    /// Puts it on the list, or refuses it when there is a reason.
    pub async fn decide_device(&self, actor: &Actor, device: Uuid, reason: &str) -> Result<(), Failure> {
        let (acting, lists) = (self.acting(actor), reason.is_empty());
        let verb = Decide { acting, device, lists, reason: reason.to_owned() };
        self.carry_out(actor, &format!("device/{device}"), verb, None).await
    }

    /// Its holder accepts the rules, and the device hands in its key by a code.
    pub async fn make_ready(&self, holder: &Actor, device: Uuid, key: VerifierKey) -> Result<(), Failure> {
        let acting = self.acting(holder);
        let subject = format!("device/{device}");
        let accept = Accept { acting: acting.clone(), device, care: true, hidden: true };
        self.carry_out(holder, &subject, accept, None).await?;
        let hash = identity::secret_hash(&identity::new_one_time_secret());
        let give = GiveCode { acting, device, hash: hash.clone() };
        self.carry_out(holder, &subject, give, None).await?;
        let system = Default::default();
        let letter = Uuid::now_v7();
        let enrol = Enrol { letter, code_hash: hash, key, system, clock: self.clock.clone() };
        self.carry_out(holder, &subject, enrol, None).await.map(drop)
    }

    /// What a device says of itself, as it would arrive. The key has been checked.
    pub async fn take_report(&self, key_id: &str, posture: serde_json::Value) -> Result<(), Failure> {
        let posture: DevicePosture = serde_json::from_value(posture)?;
        let letter = Uuid::now_v7();
        let report = Report { letter, key_id: key_id.to_owned(), posture, clock: self.clock.clone() };
        self.store.write(report).await?;
        self.ledger.wake();
        Ok(())
    }

    /// `kind` is `banned`, `system`, `application` or `antivirus`.
    pub async fn set_device_rule(
        &self,
        actor: &Actor,
        kind: &str,
        (name, least): (&str, &str),
        why: &str,
    ) -> Result<Uuid, Failure> {
        let wish = RuleWish { kind: kind.into(), name: name.into(), least: least.into(), why: why.into() };
        let verb = SetRule { acting: self.acting(actor), wish };
        self.carry_out(actor, "device-rules", verb, None).await
    }

    /// Of whoever has this national number, lost just now.
    pub async fn report_device_lost(
        &self,
        actor: &Actor,
        person: &str,
        device: Uuid,
        words: &str,
    ) -> Result<Uuid, Failure> {
        let (lost_on, lost_at) = self.now_words();
        let wish = LossWish {
            person: person.to_owned(),
            device: device.to_string(),
            lost_on,
            lost_at,
            words: words.to_owned(),
        };
        let verb = ReportLoss { acting: self.acting(actor), offset: self.offset, wish };
        self.carry_out(actor, "losses", verb, None).await
    }

    pub async fn enable_account(&self, actor: &Actor, loss: Uuid, reason: &str) -> Result<(), Failure> {
        let verb = Enable { acting: self.acting(actor), loss, reason: reason.to_owned() };
        self.carry_out(actor, &format!("loss/{loss}"), verb, None).await
    }

    pub async fn register_vpn(&self, actor: &Actor, new: NewVpn<'_>) -> Result<Uuid, Failure> {
        let declared = if new.is_draft { "" } else { "no" };
        let wish = VpnWish {
            body: new.body.to_owned(),
            name: new.name.to_owned(),
            free: declared.to_owned(),
            public: declared.to_owned(),
            interface: new.interface.to_owned(),
            gateway: new.gateway.to_owned(),
            range: new.range.to_owned(),
            routes: new.routes.to_owned(),
        };
        let verb = RegisterVpn { acting: self.acting(actor), wish };
        self.carry_out(actor, "vpns", verb, None).await
    }

    /// Attests purpose and ownership until a local day, with a file of the actor's own.
    pub async fn approve_vpn(
        &self,
        actor: &Actor,
        vpn: Uuid,
        (purpose, ownership, expires_on): (&str, &str, &str),
        document: (Uuid, String),
    ) -> Result<(), Failure> {
        let attested = Attested {
            purpose: purpose.to_owned(),
            ownership: ownership.to_owned(),
            expires_on: expires_on.to_owned(),
        };
        let (acting, offset) = (self.acting(actor), self.offset);
        let verb = ApproveVpn { acting, offset, vpn, attested, document: Some(document) };
        self.carry_out(actor, &format!("vpn/{vpn}"), verb, None).await
    }

    pub async fn activate_vpn(&self, actor: &Actor, vpn: Uuid) -> Result<(), Failure> {
        let verb = ActivateVpn { acting: self.acting(actor), vpn, book: self.tunnels.book() };
        self.carry_out(actor, &format!("vpn/{vpn}"), verb, None).await
    }

    pub async fn grant_vpn(&self, actor: &Actor, new: NewPermission<'_>) -> Result<Uuid, Failure> {
        let wish = PermissionWish {
            vpn: new.vpn.to_string(),
            from: new.from.to_owned(),
            until: new.until.to_owned(),
            why: new.why.to_owned(),
        };
        let verb = GrantVpn { acting: self.acting(actor), offset: self.offset, device: new.device, wish };
        self.carry_out(actor, &format!("device/{}", new.device), verb, None).await
    }

    /// `published` is a local day.
    pub async fn enter_release(
        &self,
        actor: &Actor,
        (system, version): (&str, &str),
        published: &str,
        note: &str,
    ) -> Result<Uuid, Failure> {
        let wish = ReleaseWish {
            system: system.to_owned(),
            version: version.to_owned(),
            published: published.to_owned(),
            note: note.to_owned(),
        };
        let verb = EnterRelease { acting: self.acting(actor), offset: self.offset, wish };
        self.carry_out(actor, "device-releases", verb, None).await
    }
}
