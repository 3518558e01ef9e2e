//! The gateway's file follows the register: a job that is ordered in the transaction of each change, and at each moment at
//! which a permission or an approval begins or ends. So nobody's tunnel outlives what allowed it, also after a crash.
//!
//! The folder is the engineer's. In it lies one private key for each interface, made here once and readable to nobody else,
//! and the file, which takes the place of the one before in one step. Every node that works off jobs needs the same folder.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use async_trait::async_trait;
use authz::{Failure, Refusal};
use clock::Timestamp;
use jobs::{Job, JobError, Task, Work};
use serde_json::json;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{
    PolicyBook, State, Vpn,
    gateway::{Pair, Peer, gateway_file},
    table,
};
use crate::{
    Devices,
    permission::{self, end::EndDue},
};

/// The kind of job.
const KIND: &str = "devices.keep_vpn";
/// Networks that an hour looks at again.
const VPNS_MAX: i64 = 500;
/// Only the gateway's own program reads its key.
const PRIVATE_FILE: u32 = 0o600;

/// What the networks of this installation stand on.
#[derive(Default)]
pub struct Tunnels {
    /// Where the files of gateways lie; without it nothing is written, and no configuration is handed out.
    folder: Option<PathBuf>,
    book: RwLock<Option<Arc<dyn PolicyBook>>>,
    /// One file at a time, so that what was read earlier never overwrites what was read later.
    turn: tokio::sync::Mutex<()>,
}

impl Tunnels {
    pub fn new(folder: Option<PathBuf>) -> Tunnels {
        Tunnels { folder, ..Tunnels::default() }
    }

    /// Who knows the internal policies of bodies from now on.
    pub fn ask(&self, book: Arc<dyn PolicyBook>) {
        *self.book.write().unwrap_or_else(PoisonError::into_inner) = Some(book);
    }

    pub(crate) fn book(&self) -> Option<Arc<dyn PolicyBook>> {
        self.book.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Orders the job. Each order is one of its own: one that runs already has read what was before.
pub(crate) async fn order(tx: &Tx, vpn: Uuid, run_at: Timestamp) -> Result<(), Failure> {
    let key = format!("{vpn}/{}", Uuid::now_v7());
    jobs::enqueue(tx, Job { kind: KIND, key, payload: json!({ "vpn": vpn }), run_at }).await?;
    Ok(())
}

/// The worker of it.
pub struct KeepVpn(pub Arc<Devices>);

#[async_trait]
impl Work for KeepVpn {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let vpn = task.payload.get("vpn").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let vpn = vpn.ok_or_else(|| JobError::Never("the payload names no network".into()))?;
        self.0.keep_vpn(vpn).await.map_err(JobError::of)
    }
}

impl Devices {
    /// Every network once more, in case a file was changed by hand or the folder was set later.
    pub(crate) async fn keep_vpns(&self) -> Result<(), Failure> {
        for vpn in table::standing(&self.store.read(), None, VPNS_MAX).await? {
            self.keep_vpn(vpn.id).await?;
        }
        Ok(())
    }

    async fn keep_vpn(&self, id: Uuid) -> Result<(), Failure> {
        let at = self.clock.now();
        self.store.write(EndDue { vpn: id, at }).await?;
        self.ledger.wake();
        let Some(folder) = self.tunnels.folder.clone() else { return Ok(()) };
        let _turn = self.tunnels.turn.lock().await;
        let sql = self.store.read();
        let vpn = table::find(&sql, id).await?.ok_or_else(Refusal::not_found)?;
        if vpn.approved_at.is_none() {
            return Ok(());
        }
        let peers = match vpn.state(at) {
            State::Active => permission::table::peers(&sql, id, at).await?,
            _ => Vec::new(),
        };
        let known = vpn.gateway_key.clone();
        let written = tokio::task::spawn_blocking(move || write(&folder, &vpn, &peers)).await;
        let key = written.map_err(io::Error::other)??;
        if key != known {
            self.store.write(KeepKey { vpn: id, key, at }).await?;
            self.ledger.wake();
        }
        Ok(())
    }
}

/// The gateway's public key. An earlier file stays as it is until the new one is whole.
fn write(folder: &Path, vpn: &Vpn, peers: &[Peer]) -> io::Result<String> {
    fs::create_dir_all(folder)?;
    let pair = gateway_pair(&folder.join(format!("{}.key", vpn.interface)))?;
    let file = folder.join(format!("{}.conf", vpn.interface));
    let text = gateway_file(vpn, &pair.private, peers);
    // Unchanged, it is left alone: what watches the folder is not woken for nothing.
    if fs::read_to_string(&file).is_ok_and(|before| before == text) {
        return Ok(pair.public);
    }
    replace(&file, &text)?;
    Ok(pair.public)
}

fn gateway_pair(file: &Path) -> io::Result<Pair> {
    if let Ok(text) = fs::read_to_string(file) {
        let wrong = || io::Error::other(format!("{} is no key of WireGuard", file.display()));
        return Pair::read(text.trim()).ok_or_else(wrong);
    }
    let pair = Pair::new();
    replace(file, &format!("{}\n", pair.private))?;
    Ok(pair)
}

/// Puts a file in place in one step, readable to its owner alone.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let beside = file.with_extension(format!("{}.new", Uuid::now_v7()));
    let mut open = OpenOptions::new().write(true).create_new(true).mode(PRIVATE_FILE).open(&beside)?;
    open.set_permissions(Permissions::from_mode(PRIVATE_FILE))?;
    open.write_all(text.as_bytes())?;
    open.sync_all()?;
    fs::rename(&beside, file)?;
    file.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

/// The gateway's key is known from now on.
struct KeepKey {
    vpn: Uuid,
    key: String,
    at: Timestamp,
}

impl Verb for KeepKey {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        table::keep_gateway_key(tx, self.vpn, &self.key).await?;
        let entry = ledger::Entry {
            kind: "vpn.gateway_key",
            subject: format!("vpn/{}", self.vpn),
            actor: None,
            controls: &["LY-MAIL-2.01d"],
            body: json!({ "key": self.key }),
            at: self.at,
        };
        ledger::append(tx, entry).await?;
        Ok(())
    }
}
