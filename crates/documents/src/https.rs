//! The line to an S3 server: HTTP/1.1 with kept connections, TLS by rustls on ring.
//!
//! The object store's own client would bring a second cryptography library into the tree, which the project
//! does not allow; this is what it needs of one.

use std::{
    io,
    path::Path,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use async_trait::async_trait;
use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::{
    client::legacy::{
        Client,
        connect::{Connected, Connection},
    },
    rt::{TokioExecutor, TokioIo, TokioTimer},
};
use object_store::{
    ClientOptions,
    client::{
        HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse,
        HttpResponseBody, HttpService,
    },
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        self, ClientConfig, RootCertStore,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

const CONNECT_TIME_MAX: Duration = Duration::from_secs(10);
const IDLE_TIME_MAX: Duration = Duration::from_secs(60);
const IDLE_CONNECTIONS_MAX: usize = 32;

/// Why the trust that TLS needs cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    #[error("the file of certificate authorities cannot be read")]
    Authorities(#[from] rustls::pki_types::pem::Error),
    #[error("a certificate authority or the TLS set-up is not usable")]
    Tls(#[from] rustls::Error),
}

/// Makes the client that the object store asks for.
#[derive(Debug)]
pub(crate) struct Connector {
    tls: Arc<ClientConfig>,
    call_time_max: Duration,
}

impl Connector {
    /// Trusts the public authorities, and those in `authorities` (a PEM file) for a state's own servers.
    pub(crate) fn new(authorities: Option<&Path>, call_time_max: Duration) -> Result<Connector, TrustError> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(path) = authorities {
            for certificate in CertificateDer::pem_file_iter(path)? {
                roots.add(certificate?)?;
            }
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Connector { tls: Arc::new(tls), call_time_max })
    }
}

impl HttpConnector for Connector {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        let tls = Arc::clone(&self.tls);
        let dial = Dial { tls };
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIME_MAX)
            .pool_max_idle_per_host(IDLE_CONNECTIONS_MAX)
            .build(dial);
        Ok(HttpClient::new(Caller { client, call_time_max: self.call_time_max }))
    }
}

#[derive(Debug)]
struct Caller {
    client: Client<Dial, HttpRequestBody>,
    call_time_max: Duration,
}

#[async_trait]
impl HttpService for Caller {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        match tokio::time::timeout(self.call_time_max, self.client.request(request)).await {
            Err(late) => Err(HttpError::new(HttpErrorKind::Timeout, late)),
            Ok(Err(error)) if error.is_connect() => Err(HttpError::new(HttpErrorKind::Connect, error)),
            Ok(Err(error)) => Err(HttpError::new(HttpErrorKind::Interrupted, error)),
            Ok(Ok(answer)) => {
                let broken = |error| HttpError::new(HttpErrorKind::Interrupted, error);
                Ok(answer.map(|body| HttpResponseBody::new(http_body_util::BodyExt::map_err(body, broken))))
            }
        }
    }
}

/// Opens connections, with TLS where the address says `https`.
#[derive(Clone, Debug)]
struct Dial {
    tls: Arc<ClientConfig>,
}

impl tower::Service<Uri> for Dial {
    type Response = Link;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Link>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, address: Uri) -> Self::Future {
        let tls = Arc::clone(&self.tls);
        Box::pin(async move {
            match tokio::time::timeout(CONNECT_TIME_MAX, dial(tls, &address)).await {
                Ok(outcome) => outcome,
                Err(_) => Err(io::ErrorKind::TimedOut.into()),
            }
        })
    }
}

async fn dial(tls: Arc<ClientConfig>, address: &Uri) -> io::Result<Link> {
    let host = address.host().ok_or(io::ErrorKind::InvalidInput)?.trim_matches(['[', ']']);
    let secure = address.scheme_str() == Some("https");
    let port = address.port_u16().unwrap_or(if secure { 443 } else { 80 });
    let plain = TcpStream::connect((host, port)).await?;
    plain.set_nodelay(true)?;
    if !secure {
        return Ok(Link(TokioIo::new(Box::new(plain))));
    }
    let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
    Ok(Link(TokioIo::new(Box::new(TlsConnector::from(tls).connect(name, plain).await?))))
}

trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

/// An open connection, plain or secured.
struct Link(TokioIo<Box<dyn Wire>>);

impl Connection for Link {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}

impl Read for Link {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl Write for Link {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}
