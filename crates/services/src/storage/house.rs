//! The job that takes a document to its provider's storage and away from the portal (LY-SVC-20.1a).

use std::sync::Arc;

use async_trait::async_trait;
use jobs::{JobError, Task, Work};
use uuid::Uuid;

use crate::Services;

/// The kind of the job.
pub const KIND: &str = "services.house_document";

/// The worker of [`KIND`].
pub struct HouseDocuments(pub Arc<Services>);

#[async_trait]
impl Work for HouseDocuments {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, task: &Task) -> Result<(), JobError> {
        let id = task.payload.get("document").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
        let id: Uuid = id.ok_or_else(|| JobError::Never("the payload names no document".into()))?;
        self.0.documents.house(id).await.map_err(JobError::of)
    }
}
