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
    rule::set::{RuleWish, SetRule},
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
}
