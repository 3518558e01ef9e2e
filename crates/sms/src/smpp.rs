//! The line to an SMS centre: bound as transceiver, so that receipts come back the way messages went. A line that breaks is
//! opened again after a wait that grows to a limit; meanwhile messages wait in their jobs, not here.

mod config;
mod session;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use notify::SmsError;
use rand::RngExt;
use rusmpp::{
    CommandStatus, Pdu,
    pdus::SubmitSm,
    types::{COctetString, OctetString},
    values::{DataCoding, EsmClass, Npi, RegisteredDelivery, Ton},
};
use tokio::{sync::watch, time::sleep};

pub use config::{SmppConfig, SmppConfigError, SmppVersion};
use session::{Session, Submitted};

use crate::{
    Carrier, Receipts,
    piece::{Coding, Piece, pieces},
};

/// The first wait before a broken line is opened again; each later one is twice as long.
const REOPEN_WAIT_MIN: Duration = Duration::from_millis(500);
const REOPEN_WAIT_MAX: Duration = Duration::from_secs(60);
/// How long a message waits for a line before its job is put off.
const LINE_WAIT: Duration = Duration::from_secs(3);
/// The first wait after the centre said that it is given too much; each later one is twice as long.
const THROTTLED_WAIT: Duration = Duration::from_millis(500);
/// How often a part is offered to a centre that is given too much before its job is put off.
const THROTTLED_TRIES_MAX: u32 = 5;
/// UDH indicator of the esm_class.
const HAS_HEADER: u8 = 0x40;
/// A receipt is wanted, whatever becomes of the part.
const WANTS_RECEIPT: u8 = 0x01;

/// A line that keeps itself open until it is dropped.
pub struct Line {
    config: Arc<SmppConfig>,
    open: watch::Receiver<Option<Session>>,
}

impl Line {
    /// Opens it in the background; receipts go to `receipts`.
    pub fn open(config: SmppConfig, receipts: Arc<dyn Receipts>) -> Line {
        let config = Arc::new(config);
        let (told, open) = watch::channel(None);
        tokio::spawn(keep(config.clone(), receipts, told));
        Line { config, open }
    }

    async fn session(&self) -> Result<Session, SmsError> {
        let mut open = self.open.clone();
        let found = tokio::time::timeout(LINE_WAIT, open.wait_for(Option::is_some)).await;
        let session = found.ok().and_then(Result::ok).and_then(|session| session.clone());
        session.ok_or_else(|| SmsError::Later("the line to the SMS centre is down".into()))
    }

    fn submission(&self, phone: &str, coding: Coding, piece: &Piece) -> Result<SubmitSm, SmsError> {
        let unfit = || SmsError::Refused("the number or the text does not fit into SMPP".into());
        let number = phone.trim_start_matches('+').to_owned();
        let (ton, npi) = self.config.sender_kind();
        let data_coding = match coding {
            Coding::Latin => DataCoding::McSpecific,
            Coding::Wide => DataCoding::Ucs2,
        };
        Ok(SubmitSm::builder()
            .source_addr_ton(ton)
            .source_addr_npi(npi)
            .source_addr(COctetString::from_string(self.config.from.clone()).map_err(|_| unfit())?)
            .dest_addr_ton(Ton::International)
            .dest_addr_npi(Npi::Isdn)
            .destination_addr(COctetString::from_string(number).map_err(|_| unfit())?)
            .esm_class(EsmClass::from(if piece.has_header { HAS_HEADER } else { 0 }))
            .registered_delivery(RegisteredDelivery::from(WANTS_RECEIPT))
            .data_coding(data_coding)
            .short_message(OctetString::from_slice(&piece.octets).map_err(|_| unfit())?)
            .build())
    }

    /// Offers one part until it is taken, refused, or put off.
    async fn submit(&self, part: SubmitSm) -> Result<String, SmsError> {
        let mut wait = THROTTLED_WAIT;
        for _ in 0..THROTTLED_TRIES_MAX {
            let session = self.session().await?;
            match session.submit(Pdu::SubmitSm(part.clone())).await {
                Ok(Submitted::Taken(id)) => return Ok(id),
                Ok(Submitted::Refused(status)) if is_too_much(status) => {
                    sleep(wait).await;
                    wait *= 2;
                }
                Ok(Submitted::Refused(status)) if is_for_good(status) => {
                    return Err(SmsError::Refused(format!("the centre answered {status:?}")));
                }
                Ok(Submitted::Refused(status)) => {
                    return Err(SmsError::Later(format!("the centre answered {status:?}")));
                }
                Err(error) => return Err(SmsError::Later(error.to_string())),
            }
        }
        Err(SmsError::Later("the centre takes no more for now".into()))
    }
}

#[async_trait]
impl Carrier for Line {
    /// A line that breaks between two parts sends all parts again: phones that have some already put them together anew.
    async fn carry(&self, phone: &str, text: &str, _: &str) -> Result<Vec<String>, SmsError> {
        let mark = rand::rng().random::<u8>();
        let (coding, pieces) = pieces(text, mark)
            .ok_or_else(|| SmsError::Refused("the text is empty or too long for a message".into()))?;
        let mut ids = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            ids.push(self.submit(self.submission(phone, coding, piece)?).await?);
        }
        Ok(ids)
    }
}

/// Opens the line, tells of it, and opens it again, until nobody holds it any more.
async fn keep(config: Arc<SmppConfig>, receipts: Arc<dyn Receipts>, told: watch::Sender<Option<Session>>) {
    let mut wait = REOPEN_WAIT_MIN;
    loop {
        let end = match session::open(&config).await {
            Ok((session, wire)) => {
                tracing::info!(centre = %config.address, "the line to the SMS centre is open");
                wait = REOPEN_WAIT_MIN;
                told.send_replace(Some(session));
                let end = tokio::select! {
                    end = wire.speak(&config, receipts.as_ref()) => end,
                    () = told.closed() => return,
                };
                told.send_replace(None);
                end
            }
            Err(error) => error,
        };
        let longer = reopen_wait(wait, rand::rng().random());
        tracing::warn!(centre = %config.address, reason = %end, wait = ?longer, "no line to the SMS centre");
        tokio::select! {
            () = sleep(longer) => {}
            () = told.closed() => return,
        }
        wait = (wait * 2).min(REOPEN_WAIT_MAX);
    }
}

/// Nodes that lost the centre together do not come back together.
fn reopen_wait(wait: Duration, chance: f64) -> Duration {
    wait.mul_f64(0.75 + chance / 2.0).min(REOPEN_WAIT_MAX)
}

fn is_too_much(status: CommandStatus) -> bool {
    matches!(status, CommandStatus::EsmeRthrottled | CommandStatus::EsmeRmsgqful)
}

/// What another try does not mend.
fn is_for_good(status: CommandStatus) -> bool {
    matches!(
        status,
        CommandStatus::EsmeRinvdstadr
            | CommandStatus::EsmeRinvdstton
            | CommandStatus::EsmeRinvdstnpi
            | CommandStatus::EsmeRinvmsglen
            | CommandStatus::EsmeRinvdcs
            | CommandStatus::EsmeRinvesmclass
            | CommandStatus::EsmeRprohibited
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_to_its_limit_and_differs_between_nodes() {
        assert_eq!(reopen_wait(REOPEN_WAIT_MIN, 0.5), REOPEN_WAIT_MIN);
        assert!(reopen_wait(REOPEN_WAIT_MIN, 0.0) < reopen_wait(REOPEN_WAIT_MIN, 1.0));
        assert_eq!(reopen_wait(REOPEN_WAIT_MAX, 1.0), REOPEN_WAIT_MAX);
    }

    #[test]
    fn a_wrong_number_is_not_tried_again_and_a_full_centre_is() {
        assert!(is_for_good(CommandStatus::EsmeRinvdstadr) && !is_for_good(CommandStatus::EsmeRsyserr));
        assert!(is_too_much(CommandStatus::EsmeRthrottled) && !is_too_much(CommandStatus::EsmeRinvdstadr));
    }
}
