//! The SMPP side: binds, submissions, receipts.

use std::collections::HashMap;

use futures::{SinkExt, StreamExt};
use rusmpp::{
    Command, CommandStatus, Pdu,
    pdus::{BindReceiverResp, BindTransceiverResp, BindTransmitterResp, DeliverSm, SubmitSm, SubmitSmResp},
    tlvs::{MessageDeliveryRequestTlvValue, TlvValue},
    tokio_codec::CommandCodec,
    types::{COctetString, OctetString},
    values::{EsmClass, InterfaceVersion, MessageState},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::sleep,
};
use tokio_util::codec::Framed;

use crate::{
    Centre, Received, UNREACHABLE_END, now,
    text::{Place, apart, text},
};

/// The answer to a bind of any kind.
macro_rules! bound {
    ($kind:ident) => {
        $kind::builder()
            .system_id(COctetString::from_static_slice(b"SMSC\0").unwrap_or_default())
            .sc_interface_version(Some(InterfaceVersion::Smpp5_0))
            .build()
            .into()
    };
}

const IS_RECEIPT: u8 = 0x04;
const HAS_HEADER: u8 = 0x40;
const RECEIPT_ASKED: u8 = 0x03;
/// What waits for a connection that reads slowly.
const RECEIPTS_WAITING_MAX: usize = 1_000;

pub(crate) async fn take(centre: Centre, listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        let centre = centre.clone();
        tokio::spawn(async move { Connection::new(centre, stream).serve().await });
    }
}

struct Connection {
    centre: Centre,
    framed: Framed<TcpStream, CommandCodec>,
    is_bound: bool,
    sequence: u32,
    /// Parts of messages that are not whole yet.
    parts: HashMap<(String, u16), Vec<(u8, String)>>,
    receipts: (mpsc::Sender<DeliverSm>, mpsc::Receiver<DeliverSm>),
}

impl Connection {
    fn new(centre: Centre, stream: TcpStream) -> Connection {
        Connection {
            centre,
            framed: Framed::new(stream, CommandCodec::new()),
            is_bound: false,
            sequence: 0,
            parts: HashMap::new(),
            receipts: mpsc::channel(RECEIPTS_WAITING_MAX),
        }
    }

    async fn serve(mut self) {
        loop {
            let sent = tokio::select! {
                command = self.framed.next() => match command {
                    Some(Ok(command)) => self.answer(command).await,
                    _ => return,
                },
                receipt = self.receipts.1.recv() => match receipt {
                    Some(receipt) => {
                        self.sequence += 1;
                        self.say(CommandStatus::EsmeRok, self.sequence, receipt.into()).await
                    }
                    None => return,
                },
            };
            if !sent {
                return;
            }
        }
    }

    /// False when the connection is over.
    async fn say(&mut self, status: CommandStatus, sequence: u32, pdu: Pdu) -> bool {
        self.framed.send(Command::new(status, sequence, pdu)).await.is_ok()
    }

    async fn answer(&mut self, command: Command) -> bool {
        let sequence = command.sequence_number();
        match command.pdu() {
            Some(Pdu::BindTransceiver(bind)) => {
                let status = self.bind(bind.system_id.as_str(), bind.password.as_str());
                self.say(status, sequence, bound!(BindTransceiverResp)).await
            }
            Some(Pdu::BindTransmitter(bind)) => {
                let status = self.bind(bind.system_id.as_str(), bind.password.as_str());
                self.say(status, sequence, bound!(BindTransmitterResp)).await
            }
            Some(Pdu::BindReceiver(bind)) => {
                let status = self.bind(bind.system_id.as_str(), bind.password.as_str());
                self.say(status, sequence, bound!(BindReceiverResp)).await
            }
            Some(Pdu::EnquireLink) => self.say(CommandStatus::EsmeRok, sequence, Pdu::EnquireLinkResp).await,
            Some(Pdu::Unbind) => {
                self.say(CommandStatus::EsmeRok, sequence, Pdu::UnbindResp).await;
                false
            }
            Some(Pdu::SubmitSm(part)) => {
                let (status, taken) = self.submit(part);
                self.say(status, sequence, taken.into()).await
            }
            Some(Pdu::DeliverSmResp(_) | Pdu::EnquireLinkResp) | None => true,
            _ => self.say(CommandStatus::EsmeRinvcmdid, sequence, Pdu::GenericNack).await,
        }
    }

    fn bind(&mut self, system: &str, password: &str) -> CommandStatus {
        let habits = &self.centre.habits;
        if system != habits.system {
            return CommandStatus::EsmeRinvsysid;
        }
        if password != habits.password {
            return CommandStatus::EsmeRinvpaswd;
        }
        self.is_bound = true;
        self.centre.kept.binds.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        CommandStatus::EsmeRok
    }

    fn submit(&mut self, part: &SubmitSm) -> (CommandStatus, SubmitSmResp) {
        let refused = |status| (status, SubmitSmResp::default());
        if !self.is_bound {
            return refused(CommandStatus::EsmeRinvbndsts);
        }
        let number = part.destination_addr.as_str();
        if number.len() < 8 || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return refused(CommandStatus::EsmeRinvdstadr);
        }
        if !self.centre.has_room() {
            return refused(CommandStatus::EsmeRthrottled);
        }
        let id = self.centre.next_id();
        let Ok(name) = COctetString::from_string(id.clone()) else {
            return refused(CommandStatus::EsmeRsyserr);
        };
        self.put_together(part, &id);
        if u8::from(part.registered_delivery) & RECEIPT_ASKED != 0 {
            self.promise_receipt(part, id);
        }
        (CommandStatus::EsmeRok, SubmitSmResp::builder().message_id(name).build())
    }

    /// A message shows once all of its parts are there. A text that came as a payload counts before the short one.
    fn put_together(&mut self, part: &SubmitSm, id: &str) {
        let payload = part.tlvs().iter().find_map(|tlv| match tlv.value() {
            Some(TlvValue::MessagePayload(payload)) => Some(payload.value.as_ref().to_vec()),
            _ => None,
        });
        let octets = payload.unwrap_or_else(|| part.short_message().as_ref().to_vec());
        let (place, rest) = apart(&octets, u8::from(part.esm_class) & HAS_HEADER != 0);
        let said = text(rest, part.data_coding);
        let to = format!("+{}", part.destination_addr.as_str());
        let whole = match place {
            None => Some((said, 1)),
            Some(place) => self.with_part(&to, place, said),
        };
        if let Some((text, parts)) = whole {
            let from = part.source_addr.as_str().to_owned();
            self.centre.keep(Received { id: id.to_owned(), from, to, text, parts, at: now() });
        }
    }

    fn with_part(&mut self, to: &str, place: Place, said: String) -> Option<(String, usize)> {
        let key = (to.to_owned(), place.mark);
        let parts = self.parts.entry(key.clone()).or_default();
        parts.retain(|(number, _)| *number != place.number);
        parts.push((place.number, said));
        if parts.len() < usize::from(place.count) {
            return None;
        }
        let mut parts = self.parts.remove(&key)?;
        parts.sort();
        Some((parts.iter().map(|(_, said)| said.as_str()).collect(), parts.len()))
    }

    fn promise_receipt(&self, part: &SubmitSm, id: String) {
        let arrives = !part.destination_addr.as_str().ends_with(UNREACHABLE_END);
        let receipt = receipt(part, &id, arrives);
        let (sender, after) = (self.receipts.0.clone(), self.centre.habits.receipt_after);
        tokio::spawn(async move {
            sleep(after).await;
            // The connection may have ended; a real centre would say it on the next one.
            let _ = sender.send(receipt).await;
        });
    }
}

fn receipt(part: &SubmitSm, id: &str, arrives: bool) -> DeliverSm {
    let (word, error, state) = match arrives {
        true => ("DELIVRD", "000", MessageState::Delivered),
        false => ("UNDELIV", "001", MessageState::Undeliverable),
    };
    let count = if arrives { "001" } else { "000" };
    let said = format!(
        "id:{id} sub:001 dlvrd:{count} submit date:2601010000 done date:2601010000 stat:{word} err:{error} text:"
    );
    let mut receipt = DeliverSm::builder()
        .source_addr(part.destination_addr.clone())
        .destination_addr(part.source_addr.clone())
        .esm_class(EsmClass::from(IS_RECEIPT))
        .short_message(OctetString::from_string(said).unwrap_or_default())
        .build();
    if let Ok(name) = COctetString::from_string(id.to_owned()) {
        receipt.push_tlv(MessageDeliveryRequestTlvValue::ReceiptedMessageId(name));
    }
    receipt.push_tlv(MessageDeliveryRequestTlvValue::MessageState(state));
    receipt
}
