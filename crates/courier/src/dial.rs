//! One call: the name is resolved once, an address that is out of reach is not called, and what was checked is what is
//! called, so that a name cannot point elsewhere in between.

use std::{io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{
    Method, Request,
    header::{AUTHORIZATION, HOST},
};
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use ledger::Keys;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        self, ClientConfig, RootCertStore,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

use crate::{Address, Letter, Reach, sign};

/// Resolving, connecting and the greeting of TLS.
pub const CONNECT_TIME_MAX: Duration = Duration::from_secs(5);
/// From the open line to the head of the answer.
pub const ANSWER_TIME_MAX: Duration = Duration::from_secs(10);
/// Bytes of the head of an answer; its content is not read.
const ANSWER_HEAD_BYTES_MAX: usize = 16 * 1024;
const AGENT: &str = "diwan";

/// Why the trust that TLS needs cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    #[error("the file of certificate authorities cannot be read")]
    Authorities(#[from] rustls::pki_types::pem::Error),
    #[error("a certificate authority or the set-up of TLS is not usable")]
    Tls(#[from] rustls::Error),
}

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    #[error("the name leads into a network that this installation does not call")]
    OutOfReach,
    #[error("the machine cannot be reached")]
    Unreachable(#[source] io::Error),
    #[error("its certificate is not trusted, or it speaks no TLS")]
    Untrusted(#[source] io::Error),
    #[error("it did not answer in time")]
    Slow,
    #[error("its answer is no HTTP")]
    Broken(#[source] hyper::Error),
    #[error("the letter cannot be written")]
    Letter(#[from] http::Error),
}

/// Carries letters.
pub struct Courier {
    reach: Reach,
    tls: Arc<ClientConfig>,
    keys: Arc<Keys>,
}

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

impl Courier {
    /// Trusts the public authorities, and those in `authorities` (a PEM file) for a state's own machines.
    pub fn new(reach: Reach, authorities: Option<&Path>, keys: Arc<Keys>) -> Result<Courier, TrustError> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(path) = authorities {
            for certificate in CertificateDer::pem_file_iter(path)? {
                roots.add(certificate?)?;
            }
        }
        let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Courier { reach, tls: Arc::new(tls), keys })
    }

    pub fn reach(&self) -> &Reach {
        &self.reach
    }

    /// The keys by whose public halves others know our letters.
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Posts a letter and answers the status. Whatever is not a status is an error, and may pass later.
    pub async fn post(&self, letter: &Letter) -> Result<u16, PostError> {
        let line =
            timeout(CONNECT_TIME_MAX, self.line(&letter.address)).await.map_err(|_| PostError::Slow)??;
        timeout(ANSWER_TIME_MAX, self.speak(line, letter)).await.map_err(|_| PostError::Slow)?
    }

    async fn line(&self, address: &Address) -> Result<Box<dyn Wire>, PostError> {
        let host = address.host();
        let found = tokio::net::lookup_host((host, address.port())).await.map_err(PostError::Unreachable)?;
        let found: Vec<SocketAddr> = found.collect();
        let within: Vec<SocketAddr> = found.iter().copied().filter(|at| self.reach.allows(at.ip())).collect();
        if within.is_empty() && !found.is_empty() {
            return Err(PostError::OutOfReach);
        }
        let plain = TcpStream::connect(within.as_slice()).await.map_err(PostError::Unreachable)?;
        if !address.is_secure() {
            return Ok(Box::new(plain));
        }
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|error| PostError::Untrusted(io::Error::other(error)))?;
        let secured = TlsConnector::from(self.tls.clone()).connect(name, plain).await;
        Ok(Box::new(secured.map_err(PostError::Untrusted)?))
    }

    /// Writes the letter and reads the head of the answer; the line closes behind it.
    async fn speak(&self, line: Box<dyn Wire>, letter: &Letter) -> Result<u16, PostError> {
        let uri = letter.address.uri();
        let path = uri.path_and_query().map_or("/", |it| it.as_str());
        let host = uri.authority().map(|it| it.as_str()).unwrap_or_default();
        let mut request = Request::builder().method(Method::POST).uri(path).header(HOST, host);
        request = request.header("user-agent", AGENT).header("connection", "close");
        for (name, value) in sign::headers(&self.keys, letter) {
            request = request.header(name, value);
        }
        if let Some(token) = &letter.bearer {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(Full::<Bytes>::new(letter.content.clone()))?;
        let mut greeting = hyper::client::conn::http1::Builder::new();
        let greeting = greeting.max_buf_size(ANSWER_HEAD_BYTES_MAX);
        let (mut sender, connection) =
            greeting.handshake(TokioIo::new(line)).await.map_err(PostError::Broken)?;
        let answer = sender.send_request(request);
        tokio::pin!(answer, connection);
        let first = tokio::select! {
            answer = &mut answer => return Ok(answer.map_err(PostError::Broken)?.status().as_u16()),
            ended = &mut connection => ended,
        };
        // The line ended first: the answer may have come with its last bytes.
        first.map_err(PostError::Broken)?;
        Ok(answer.await.map_err(PostError::Broken)?.status().as_u16())
    }
}
