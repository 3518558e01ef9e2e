//! The server under load, as its API shows it.

use std::{collections::HashSet, net::IpAddr, time::Duration};

use reqwest::{Client, StatusCode, redirect};
use serde_json::{Value, json};

use crate::{
    LoadError, Whom,
    limits::{CALL_SECONDS_MAX, LIST_PAGES_MAX},
};

pub struct Server {
    base: String,
    client: Client,
    tokens: Vec<String>,
}

/// What came of one submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Acknowledged(String),
    /// The server said no: its status.
    Refused(u16),
    /// The connection broke or nothing came in time: nobody knows whether it was done.
    Silence,
}

impl Server {
    pub fn open(whom: &Whom) -> Result<Server, LoadError> {
        let base = ours(&whom.base).ok_or_else(|| LoadError::Base(whom.base.clone()))?;
        let file = whom.token_file.display().to_string();
        let text = std::fs::read_to_string(&whom.token_file)
            .map_err(|error| LoadError::File(file.clone(), error))?;
        let tokens: Vec<String> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        if tokens.is_empty() {
            return Err(LoadError::Tokens(file));
        }
        let client = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(CALL_SECONDS_MAX))
            .tcp_nodelay(true)
            .build()?;
        Ok(Server { base, client, tokens })
    }

    pub fn tokens(&self) -> usize {
        self.tokens.len()
    }

    /// Whether it answers at all.
    pub async fn is_up(&self) -> bool {
        let health =
            self.client.get(format!("{}/health", self.base)).timeout(Duration::from_secs(1)).send().await;
        health.is_ok_and(|answer| answer.status().is_success())
    }

    /// The body of a submission, made of the example that the service's own form gives.
    pub async fn example(&self, service: &str) -> Result<Value, LoadError> {
        let answer = self.client.get(format!("{}/api/v1/services/{service}", self.base)).send().await?;
        if !answer.status().is_success() {
            return Err(LoadError::Status(answer.status().as_u16()));
        }
        let card: Value = serde_json::from_slice(&answer.bytes().await?)?;
        let wanted = card["documents"].as_array().into_iter().flatten();
        if wanted.into_iter().any(|document| document["required"] == true) {
            return Err(LoadError::WantsDocuments);
        }
        let answers = card["form"]["schema"]["examples"].get(0).ok_or(LoadError::NoExample)?;
        Ok(json!({ "service": service, "answers": answers, "documents": [], "declaration": true }))
    }

    /// Submits once, as the owner of one of the tokens, under a key.
    pub async fn submit(&self, token: usize, key: &str, body: &[u8]) -> Answer {
        let sent = self
            .client
            .post(format!("{}/api/v1/requests", self.base))
            .bearer_auth(&self.tokens[token])
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(body.to_owned())
            .send()
            .await;
        let Ok(answer) = sent else { return Answer::Silence };
        let status = answer.status();
        let Ok(bytes) = answer.bytes().await else { return Answer::Silence };
        if status != StatusCode::CREATED {
            return Answer::Refused(status.as_u16());
        }
        let parsed: Option<Value> = serde_json::from_slice(&bytes).ok();
        match parsed.as_ref().and_then(|answer| answer["number"].as_str()) {
            Some(number) => Answer::Acknowledged(number.to_owned()),
            None => Answer::Refused(status.as_u16()),
        }
    }

    /// Whether the owner of the token is shown a request of this number.
    pub async fn knows(&self, token: usize, number: &str) -> Result<bool, LoadError> {
        let answer = self
            .client
            .get(format!("{}/api/v1/requests/{number}", self.base))
            .bearer_auth(&self.tokens[token])
            .send()
            .await?;
        let status = answer.status();
        let body: Value = serde_json::from_slice(&answer.bytes().await?)?;
        match status {
            StatusCode::OK => Ok(body["number"] == number),
            StatusCode::NOT_FOUND => Ok(false),
            other => Err(LoadError::Status(other.as_u16())),
        }
    }

    /// All numbers that the owner of the token is shown. None where the server has no such list.
    pub async fn all_numbers(&self, token: usize) -> Result<Option<HashSet<String>>, LoadError> {
        let (mut numbers, mut cursor) = (HashSet::new(), None::<String>);
        for _ in 0..LIST_PAGES_MAX {
            let mut address = format!("{}/api/v1/requests?limit=100", self.base);
            if let Some(cursor) = &cursor {
                address.push_str(&format!("&cursor={cursor}"));
            }
            let answer = self.client.get(address).bearer_auth(&self.tokens[token]).send().await?;
            match answer.status() {
                StatusCode::OK => {}
                StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => return Ok(None),
                other => return Err(LoadError::Status(other.as_u16())),
            }
            let page: Value = serde_json::from_slice(&answer.bytes().await?)?;
            let items = page["items"].as_array().into_iter().flatten();
            numbers.extend(items.filter_map(|item| item["number"].as_str()).map(str::to_owned));
            match page["next"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break,
            }
        }
        Ok(Some(numbers))
    }
}

/// `http://` and a loopback address with a port, without anything behind it.
pub fn ours(base: &str) -> Option<String> {
    let place = base.strip_prefix("http://")?.trim_end_matches('/');
    let (host, port) = place.rsplit_once(':')?;
    let port: u16 = port.parse().ok()?;
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let loopback = match bare.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        // A name may be made to point anywhere: the one that means this machine is replaced by its address.
        Err(_) if host == "localhost" => return Some(format!("http://127.0.0.1:{port}")),
        Err(_) => false,
    };
    (loopback && port != 0).then(|| format!("http://{host}:{port}"))
}
