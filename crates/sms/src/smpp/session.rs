//! One bound connection: what is asked travels out under a number, and its answer comes back under the same one.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures::{SinkExt, StreamExt};
use rusmpp::{
    Command, CommandStatus, Pdu,
    pdus::{BindTransceiver, DeliverSmResp},
    tokio_codec::CommandCodec,
    types::COctetString,
};
use tokio::{
    net::TcpStream,
    sync::{Semaphore, mpsc, oneshot},
    time::{Instant, MissedTickBehavior, interval, timeout},
};
use tokio_util::codec::Framed;

use super::SmppConfig;
use crate::{Receipts, receipt::receipt_in};

/// How often answers that are late are looked for.
const TICK: Duration = Duration::from_millis(250);

/// Why there is no line, or none any more. None of it says what was typed or sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum LineError {
    #[error("the centre cannot be reached: {0}")]
    Unreachable(#[from] std::io::Error),
    #[error("the centre did not answer in time")]
    Slow,
    #[error("the centre refused the bind with {0:?}")]
    Refused(CommandStatus),
    #[error("the name or the password does not fit into SMPP")]
    Unfit,
    #[error("the centre said what is no SMPP")]
    Broken,
    #[error("the centre ended the line")]
    Ended,
}

/// What the centre answered to a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Submitted {
    /// Under this name.
    Taken(String),
    Refused(CommandStatus),
}

struct Wish {
    pdu: Pdu,
    answer: oneshot::Sender<Command>,
}

/// The handle by which parts are submitted.
#[derive(Clone)]
pub(super) struct Session {
    wishes: mpsc::Sender<Wish>,
    window: Arc<Semaphore>,
}

/// The connection itself.
pub(super) struct Wire {
    framed: Framed<TcpStream, CommandCodec>,
    wishes: mpsc::Receiver<Wish>,
    sequence: u32,
}

/// Connects and binds.
pub(super) async fn open(config: &SmppConfig) -> Result<(Session, Wire), LineError> {
    let plain = timeout(config.answer_max, TcpStream::connect(&config.address)).await;
    let plain = plain.map_err(|_| LineError::Slow)??;
    plain.set_nodelay(true)?;
    let mut framed = Framed::new(plain, CommandCodec::new());
    let bind = BindTransceiver::builder()
        .system_id(COctetString::from_string(config.system.clone()).map_err(|_| LineError::Unfit)?)
        .password(COctetString::from_string(config.password.clone()).map_err(|_| LineError::Unfit)?)
        .interface_version(config.interface())
        .build();
    framed.send(Command::new(CommandStatus::EsmeRok, 1, bind)).await.map_err(|_| LineError::Broken)?;
    let answer = timeout(config.answer_max, framed.next()).await.map_err(|_| LineError::Slow)?;
    let answer = answer.ok_or(LineError::Ended)?.map_err(|_| LineError::Broken)?;
    if answer.status() != CommandStatus::EsmeRok {
        return Err(LineError::Refused(answer.status()));
    }
    let (sender, wishes) = mpsc::channel(config.window);
    let session = Session { wishes: sender, window: Arc::new(Semaphore::new(config.window)) };
    Ok((session, Wire { framed, wishes, sequence: 1 }))
}

impl Session {
    /// Submits one part as soon as the window has room.
    pub async fn submit(&self, pdu: Pdu) -> Result<Submitted, LineError> {
        let _room = self.window.acquire().await.map_err(|_| LineError::Ended)?;
        let (answer, answered) = oneshot::channel();
        self.wishes.send(Wish { pdu, answer }).await.map_err(|_| LineError::Ended)?;
        let command = answered.await.map_err(|_| LineError::Ended)?;
        match (command.status(), command.pdu()) {
            (CommandStatus::EsmeRok, Some(Pdu::SubmitSmResp(taken))) => {
                Ok(Submitted::Taken(taken.message_id().as_str().to_owned()))
            }
            (CommandStatus::EsmeRok, _) => Err(LineError::Broken),
            (status, _) => Ok(Submitted::Refused(status)),
        }
    }
}

/// What waits for its answer.
struct Pending {
    answer: Option<oneshot::Sender<Command>>,
    until: Instant,
}

impl Wire {
    /// Speaks until the line ends, and says why it did.
    pub async fn speak(mut self, config: &SmppConfig, receipts: &dyn Receipts) -> LineError {
        let (mut pending, mut last_heard) = (HashMap::<u32, Pending>::new(), Instant::now());
        let mut tick = interval(TICK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let pace = Duration::from_secs(1) / config.per_second_max.max(1);
        let mut next_at = Instant::now();
        loop {
            let paced = tokio::time::sleep_until(next_at);
            let outcome = tokio::select! {
                command = self.framed.next() => match command {
                    None => Err(LineError::Ended),
                    Some(Err(_)) => Err(LineError::Broken),
                    Some(Ok(command)) => {
                        last_heard = Instant::now();
                        self.hear(command, &mut pending, receipts).await
                    }
                },
                wish = async { paced.await; self.wishes.recv().await } => match wish {
                    None => Err(LineError::Ended),
                    Some(wish) => {
                        next_at = Instant::now() + pace;
                        let until = Instant::now() + config.answer_max;
                        self.ask(wish.pdu, Pending { answer: Some(wish.answer), until }, &mut pending).await
                    }
                },
                _ = tick.tick() => {
                    let now = Instant::now();
                    let is_late = pending.values().any(|one| one.until < now);
                    let is_quiet = pending.is_empty() && last_heard + config.enquire_every <= now;
                    match (is_late, is_quiet) {
                        (true, _) => Err(LineError::Slow),
                        (false, true) => {
                            let until = now + config.answer_max;
                            self.ask(Pdu::EnquireLink, Pending { answer: None, until }, &mut pending).await
                        }
                        (false, false) => Ok(()),
                    }
                }
            };
            if let Err(end) = outcome {
                return end;
            }
        }
    }

    async fn ask(
        &mut self,
        pdu: Pdu,
        waiting: Pending,
        pending: &mut HashMap<u32, Pending>,
    ) -> Result<(), LineError> {
        self.sequence = self.sequence % 0x7fff_ffff + 1;
        pending.insert(self.sequence, waiting);
        self.say(CommandStatus::EsmeRok, self.sequence, pdu).await
    }

    async fn say(&mut self, status: CommandStatus, sequence: u32, pdu: Pdu) -> Result<(), LineError> {
        let command = Command::new(status, sequence, pdu);
        self.framed.send(command).await.map_err(|_| LineError::Ended)
    }

    async fn hear(
        &mut self,
        command: Command,
        pending: &mut HashMap<u32, Pending>,
        receipts: &dyn Receipts,
    ) -> Result<(), LineError> {
        let sequence = command.sequence_number();
        match command.pdu() {
            Some(Pdu::EnquireLink) => self.say(CommandStatus::EsmeRok, sequence, Pdu::EnquireLinkResp).await,
            Some(Pdu::DeliverSm(delivered)) => {
                let taken = match receipt_in(delivered) {
                    Some(receipt) => receipts.take(receipt).await,
                    None => true,
                };
                let status = if taken { CommandStatus::EsmeRok } else { CommandStatus::EsmeRxTAppn };
                self.say(status, sequence, DeliverSmResp::default().into()).await
            }
            Some(Pdu::Unbind) => {
                self.say(CommandStatus::EsmeRok, sequence, Pdu::UnbindResp).await?;
                Err(LineError::Ended)
            }
            _ => {
                if let Some(answer) = pending.remove(&sequence).and_then(|waiting| waiting.answer) {
                    // Whoever asked may have gone; the answer is then nobody's.
                    let _ = answer.send(command);
                }
                Ok(())
            }
        }
    }
}
