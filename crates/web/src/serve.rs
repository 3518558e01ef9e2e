//! The listening end: connections that dawdle over their headers are closed, and stopping waits for answers.

use std::{convert::Infallible, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// How long the listener rests when the machine has no descriptor left.
const ACCEPT_REST: Duration = Duration::from_millis(50);

/// Limits of the listener.
#[derive(Clone, Debug)]
pub struct ServeConfig {
    pub connections_max: usize,
    /// How long the headers of a call may take to arrive, and how long an idle connection is kept.
    pub header_timeout: Duration,
    /// How long stopping waits for calls that are under way.
    pub stop_timeout: Duration,
}

impl Default for ServeConfig {
    fn default() -> ServeConfig {
        ServeConfig {
            connections_max: 4_096,
            header_timeout: Duration::from_secs(15),
            stop_timeout: Duration::from_secs(20),
        }
    }
}

/// Serves until `stop` is cancelled, then until the calls under way are answered.
pub async fn serve(listener: TcpListener, router: Router, config: ServeConfig, stop: CancellationToken) {
    let graceful = GracefulShutdown::new();
    let seats = Arc::new(Semaphore::new(config.connections_max));
    loop {
        let next = async { (seats.clone().acquire_owned().await, listener.accept().await) };
        tokio::select! {
            () = stop.cancelled() => break,
            (seat, accepted) = next => match accepted {
                Ok((stream, peer)) => {
                    let Ok(seat) = seat else { break };
                    connect(stream, peer, seat, &router, &config, &graceful);
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_REST).await;
                }
            },
        }
    }
    drop(listener);
    if tokio::time::timeout(config.stop_timeout, graceful.shutdown()).await.is_err() {
        tracing::warn!("some calls were not answered in time");
    }
}

fn connect(
    stream: TcpStream,
    peer: SocketAddr,
    seat: OwnedSemaphorePermit,
    router: &Router,
    config: &ServeConfig,
    graceful: &GracefulShutdown,
) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps small packets back");
    }
    let router = router.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move { Ok::<_, Infallible>(router.oneshot(request).await.unwrap_or_else(|never| match never {})) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(config.header_timeout)
        .serve_connection(TokioIo::new(stream), service);
    let watched = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = watched.await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(seat);
    });
}
