//! The malware scanner, by the INSTREAM command of clamd, over TCP or a local socket.
//!
//! The pieces go to the scanner while they are encrypted, so that nothing is held back or read twice. Anything
//! but a clear "OK" is not a pass: an unreachable, slow or overfed scanner refuses the upload for now.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpStream, UnixStream},
    time::timeout,
};

/// Bytes of an answer that are read; a longer one is no answer of clamd.
const ANSWER_BYTES_MAX: u64 = 1_024;

trait Line: AsyncRead + AsyncWrite + Unpin + Send + Sync {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync> Line for T {}

pub(crate) struct Clamd {
    address: Address,
    step_timeout: Duration,
}

enum Address {
    Tcp(String),
    Unix(String),
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Clean,
    /// The name of what was found.
    Found(String),
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum ScanError {
    #[error("the scanner cannot be reached")]
    Unreachable(#[from] io::Error),
    #[error("the scanner did not answer in time")]
    Slow(#[from] tokio::time::error::Elapsed),
    #[error("the scanner gave no verdict: {0}")]
    NoVerdict(String),
}

impl Clamd {
    /// `host:port`, `tcp://host:port`, `unix:/path` or `/path`.
    pub(crate) fn at(address: &str, step_timeout: Duration) -> Option<Clamd> {
        let address = match address.strip_prefix("unix:").unwrap_or(address) {
            path if path.starts_with('/') => Address::Unix(path.to_owned()),
            host => {
                let host = host.strip_prefix("tcp://").unwrap_or(host);
                let (_, port) = host.rsplit_once(':')?;
                port.parse::<u16>().ok()?;
                Address::Tcp(host.to_owned())
            }
        };
        Some(Clamd { address, step_timeout })
    }

    /// Whether it says PONG within the time of one step.
    pub(crate) async fn answers(&self) -> bool {
        let asked = async {
            let mut line = self.connect().await?;
            line.write_all(b"zPING\0").await?;
            let mut answer = Vec::new();
            line.take(ANSWER_BYTES_MAX).read_to_end(&mut answer).await?;
            io::Result::Ok(answer.starts_with(b"PONG"))
        };
        matches!(timeout(self.step_timeout, asked).await, Ok(Ok(true)))
    }

    pub(crate) async fn begin(&self) -> Result<Scan, ScanError> {
        let mut line = timeout(self.step_timeout, self.connect()).await??;
        timeout(self.step_timeout, line.write_all(b"zINSTREAM\0")).await??;
        Ok(Scan { line, step_timeout: self.step_timeout, cut: false })
    }

    async fn connect(&self) -> io::Result<Box<dyn Line>> {
        Ok(match &self.address {
            Address::Tcp(address) => Box::new(TcpStream::connect(address).await?),
            Address::Unix(path) => Box::new(UnixStream::connect(path).await?),
        })
    }
}

/// One document on its way through the scanner.
pub(crate) struct Scan {
    line: Box<dyn Line>,
    step_timeout: Duration,
    /// The scanner stopped listening: it has an answer already, or it is gone. The verdict tells.
    cut: bool,
}

impl Scan {
    pub(crate) async fn feed(&mut self, piece: &[u8]) -> Result<(), ScanError> {
        if self.cut || piece.is_empty() {
            return Ok(());
        }
        let length = u32::try_from(piece.len()).map_err(|_| ScanError::NoVerdict("piece too long".into()))?;
        let sent = async {
            self.line.write_all(&length.to_be_bytes()).await?;
            self.line.write_all(piece).await
        };
        self.cut = timeout(self.step_timeout, sent).await?.is_err();
        Ok(())
    }

    pub(crate) async fn verdict(mut self) -> Result<Verdict, ScanError> {
        if !self.cut {
            timeout(self.step_timeout, self.line.write_all(&0_u32.to_be_bytes())).await??;
            timeout(self.step_timeout, self.line.flush()).await??;
        }
        let mut answer = Vec::new();
        let mut line = self.line.take(ANSWER_BYTES_MAX);
        timeout(self.step_timeout, line.read_to_end(&mut answer)).await??;
        read(&String::from_utf8_lossy(&answer))
    }
}

/// `stream: OK`, `stream: NAME FOUND`; everything else is no verdict.
fn read(answer: &str) -> Result<Verdict, ScanError> {
    let answer = answer.trim_end_matches(['\0', '\n']);
    match answer.strip_prefix("stream: ") {
        Some("OK") => Ok(Verdict::Clean),
        Some(found) if found.ends_with(" FOUND") => {
            Ok(Verdict::Found(found.trim_end_matches(" FOUND").to_owned()))
        }
        _ => Err(ScanError::NoVerdict(answer.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_counts() {
        assert_eq!(read("stream: OK\0").unwrap(), Verdict::Clean);
        assert_eq!(
            read("stream: Eicar-Signature FOUND\0").unwrap(),
            Verdict::Found("Eicar-Signature".into())
        );
        for answer in ["", "OK", "stream: ", "INSTREAM size limit exceeded. ERROR\0", "stream: OK\0x"] {
            assert!(read(answer).is_err(), "{answer:?}");
        }
    }

    #[test]
    fn addresses() {
        let known = |address| Clamd::at(address, Duration::from_secs(1)).is_some();
        assert!(
            known("127.0.0.1:3310") && known("tcp://scanner:3310") && known("unix:/run/clamd") && known("/a")
        );
        assert!(!known("scanner") && !known("scanner:port") && !known(""));
    }
}
