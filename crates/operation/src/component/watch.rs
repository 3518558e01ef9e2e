//! The watch: every node looks at every part, once a minute, and what it finds opens and ends alerts in one commit.
//!
//! It is a loop and not a job: an alarm that waits in the queue which it watches does not ring. Many nodes may look; an
//! alert is opened once, because the table holds one open alert for each component.

use std::{sync::Arc, time::Duration};

use authz::Failure;
use clock::{DAY, MINUTE, Timestamp};
use language::Texts;
use store::{Tx, Verb};
use uuid::Uuid;

use super::{Finding, Gap, Said, State, table};
use crate::{Operation, alert, run};

/// How often each node looks. Must stay below the time within which the regulation asks for an alert.
pub const LOOK_EVERY: Duration = MINUTE;
/// A node that was silent for this long does not come back under its id.
const NODE_FORGOTTEN: Duration = DAY;

/// What one node found.
struct Observe {
    found: Vec<Finding>,
    node: Uuid,
    role: &'static str,
    started: Timestamp,
    at: Timestamp,
    /// The time within which a part that failed or fell silent is told of.
    alert_time: Duration,
    texts: Arc<Texts>,
}

impl Verb for Observe {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        self.note_gap(tx).await?;
        table::beat(tx, self.node, self.role, self.started, self.at).await?;
        for found in &self.found {
            table::put(tx, found, self.at).await?;
            match found.state {
                State::Fail => self.ring(tx, &found.component, &found.said).await?,
                State::Ok | State::Off => alert::open::clear(tx, &found.component, self.at).await?,
                State::Warn => {}
            }
        }
        self.watch_nodes(tx).await
    }
}

impl Observe {
    async fn ring(&self, tx: &Tx, component: &str, said: &Said) -> Result<(), Failure> {
        alert::open::open(tx, &self.texts, component, said, self.at).await
    }

    /// Nobody looked for longer than an alert may take: that is listed, since nothing of that time is known.
    async fn note_gap(&self, tx: &Tx) -> Result<(), Failure> {
        if let Some(from) = table::looked_at(tx).await?
            && self.at > from + self.alert_time
        {
            table::insert_gap(tx, Gap { from, until: self.at }).await?;
        }
        Ok(())
    }

    /// Another node that fell silent is told of by this one; one that ended well has said goodbye.
    async fn watch_nodes(&self, tx: &Tx) -> Result<(), Failure> {
        for node in table::nodes(tx).await? {
            let name = format!("node/{}", node.id);
            if self.at > node.beat_at + NODE_FORGOTTEN {
                table::leave(tx, node.id).await?;
                alert::open::clear(tx, &name, self.at).await?;
            } else if self.at + LOOK_EVERY >= node.beat_at + self.alert_time {
                let silent = self.at.since(node.beat_at).as_secs();
                self.ring(tx, &name, &Said::new("node-silent").with("silent_seconds", silent)).await?;
            } else {
                alert::open::clear(tx, &name, self.at).await?;
            }
        }
        Ok(())
    }
}

/// A node ends and says so.
struct Leave {
    node: Uuid,
    at: Timestamp,
}

impl Verb for Leave {
    type Answer = ();
    type Error = Failure;

    async fn apply(&self, tx: &Tx) -> Result<(), Failure> {
        table::leave(tx, self.node).await?;
        alert::open::clear(tx, &format!("node/{}", self.node), self.at).await
    }
}

impl Operation {
    /// One look, told to whom it concerns; and the backups and restore tests that are due are ordered.
    pub async fn watch(&self) -> Result<(), Failure> {
        let observe = Observe {
            found: self.look().await,
            node: self.node,
            role: self.place.role,
            started: self.started,
            at: self.clock.now(),
            alert_time: self.alert_time(),
            texts: self.texts.clone(),
        };
        self.store.write(observe).await?;
        self.store.write(run::due::Order::of(self)).await?;
        self.ledger.wake();
        Ok(())
    }

    /// Looks until the node ends.
    pub async fn keep_watching(&self) {
        loop {
            if let Err(failure) = self.watch().await {
                tracing::error!(%failure, "what was seen could not be written down; nobody is told until the database answers");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// The last word of a node.
    pub async fn leave(&self) {
        let goodbye = Leave { node: self.node, at: self.clock.now() };
        if let Err(failure) = self.store.write(goodbye).await {
            tracing::warn!(%failure, "this node could not say goodbye; the others will miss it");
        }
    }
}
