//! How often one address may call, and who that address is.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use authz::{Kind, Refusal};
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderValue},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DashMapStateStore,
};

use crate::Error;

/// After how many calls the addresses that have gone quiet are forgotten.
const FORGET_CALLS: u64 = 10_000;

/// A burst, and how fast it fills up again.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub burst_calls: NonZeroU32,
    pub calls_per_second: NonZeroU32,
}

impl Rate {
    /// Zero counts as one: a rate that lets nobody in is a mistake, not a rule.
    pub fn new(burst_calls: u32, calls_per_second: u32) -> Rate {
        let at_least_one = |count| NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        Rate { burst_calls: at_least_one(burst_calls), calls_per_second: at_least_one(calls_per_second) }
    }
}

impl Default for Rate {
    fn default() -> Rate {
        Rate::new(300, 50)
    }
}

/// The address of the caller, for whoever counts attempts or shows sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

type Buckets = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock, StateInformationMiddleware>;

pub struct Limiter {
    buckets: Option<(Rate, Buckets)>,
    trusted_proxies: Vec<IpAddr>,
    calls: AtomicU64,
}

impl Limiter {
    pub fn new(rate: Option<Rate>, trusted_proxies: Vec<IpAddr>) -> Limiter {
        let buckets = rate.map(|rate| {
            let quota = Quota::per_second(rate.calls_per_second).allow_burst(rate.burst_calls);
            (rate, RateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>())
        });
        Limiter { buckets, trusted_proxies, calls: AtomicU64::new(0) }
    }

    /// How many calls are left, or how many seconds to wait.
    fn ask(&self, peer: IpAddr) -> Option<(Rate, Result<u32, u64>)> {
        let (rate, buckets) = self.buckets.as_ref()?;
        if self.calls.fetch_add(1, Ordering::Relaxed) % FORGET_CALLS == FORGET_CALLS - 1 {
            buckets.retain_recent();
        }
        let asked = buckets.check_key(&network(peer));
        let asked = asked.map(|state| state.remaining_burst_capacity());
        Some((
            *rate,
            asked.map_err(|not_until| not_until.wait_time_from(DefaultClock::default().now()).as_secs() + 1),
        ))
    }
}

pub async fn check(limiter: Arc<Limiter>, mut request: Request, next: Next) -> Response {
    let peer = peer(&request, &limiter.trusted_proxies);
    request.extensions_mut().insert(Peer(peer));
    let path = request.uri().path();
    let exempt = path.starts_with("/assets/") || path == "/health";
    let asked = if exempt { None } else { limiter.ask(peer) };
    match asked {
        None => next.run(request).await,
        Some((rate, Ok(left))) => {
            let mut response = next.run(request).await;
            tell(response.headers_mut(), rate, left, 1);
            response
        }
        Some((rate, Err(seconds))) => {
            let refusal = Refusal::new(Kind::TooMany, "web.too_many", &[]);
            let mut response = Error::from(refusal).retry_after(seconds).into_response();
            tell(response.headers_mut(), rate, 0, seconds);
            response
        }
    }
}

/// The fields of draft-ietf-httpapi-ratelimit-headers.
fn tell(headers: &mut HeaderMap, rate: Rate, left: u32, seconds: u64) {
    let window = rate.burst_calls.get().div_ceil(rate.calls_per_second.get());
    let policy = format!("\"address\";q={};w={window}", rate.burst_calls);
    let state = format!("\"address\";r={left};t={seconds}");
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", state)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}

/// Somebody with IPv6 has a whole network of addresses: it counts as one.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let bits = address.to_bits() & (u128::MAX << 64);
            IpAddr::V6(Ipv6Addr::from_bits(bits))
        }
    }
}

/// The connection's other end; behind a trusted proxy, the last address that the proxies did not write
/// themselves. Without a connection (tests in process) nobody's address stands for everybody.
fn peer(request: &Request, trusted_proxies: &[IpAddr]) -> IpAddr {
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let direct = connection.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip().to_canonical());
    if !trusted_proxies.contains(&direct) {
        return direct;
    }
    let lines = request.headers().get_all("x-forwarded-for").into_iter();
    let hops: Vec<&str> =
        lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')).collect();
    let named = hops.iter().rev().map_while(|hop| hop.trim().parse::<IpAddr>().ok());
    named.map(|hop| hop.to_canonical()).find(|hop| !trusted_proxies.contains(hop)).unwrap_or(direct)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(direct: &str, forwarded: &str) -> String {
        let mut request = Request::new(axum::body::Body::empty());
        request.headers_mut().insert("x-forwarded-for", forwarded.parse().expect("a header"));
        let socket: SocketAddr = format!("{direct}:4711").parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(socket));
        peer(&request, &["10.0.0.1".parse().expect("a proxy")]).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_names_another_caller() {
        assert_eq!(check("203.0.113.9", "198.51.100.7"), "203.0.113.9");
        assert_eq!(check("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        assert_eq!(check("10.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.0.1"), "198.51.100.7");
        assert_eq!(check("10.0.0.1", "unknown"), "10.0.0.1");
    }

    #[test]
    fn a_network_counts_as_one_caller() {
        let one: IpAddr = "2001:db8:1:2:3:4:5:6".parse().expect("an address");
        let two: IpAddr = "2001:db8:1:2:ffff::1".parse().expect("an address");
        assert_eq!(network(one), network(two));
    }
}
