//! A running node: routes, workers, and an orderly end.

mod health;
mod housekeeping;
mod metrics;
pub mod routes;
mod texting;

use std::{future::Future, sync::Arc};

use authz::Failure;
use devices::{KeepVpn, TellOfRule};
use identity::{GatherGuesses, ProveEmail, SendTextCode, WarnOfAttack};
use jobs::{Work, Workers};
use notify::{Digester, MailConfig, Mailer, Post, Texter};
use openid::{SayFarewell, TellOfEnd};
use operation::{TakeBackup, TestRestore};
use permissions::FOLLOW_EVERY;
use policies::AssignPolicies;
use services::{
    CarryOutBatches, DeliverToEndpoints, ExpireArrivals, FireTimers, HouseDocuments, IssueOutputs,
    MakeExports, REFRESH_EVERY, RefitClocks, RemindOfAppointment, TellOfPublication,
};
use tokio::{net::TcpListener, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{
    parts::Parts,
    settings::{NodeRole, ServeSettings},
};

/// Serves until the process is told to end.
pub async fn serve(parts: Parts, serve: &ServeSettings) -> Result<(), Failure> {
    let parts = Arc::new(parts);
    let stop = CancellationToken::new();
    let mut running = JoinSet::new();
    start_loops(&parts, &stop, &mut running);
    if serve.role != NodeRole::Web {
        let email = serve.mail_server().is_some();
        parts.store.write(notify::Announce { email, now: parts.clock.now() }).await?;
        let ready = texting::is_set(serve);
        parts.store.write(notify::AnnounceSms { ready, now: parts.clock.now() }).await?;
        let workers = Workers::new(parts.store.clone(), parts.clock.clone(), works(&parts, serve)?);
        let cancel = stop.clone();
        running.spawn(async move { workers.run(cancel).await });
        let compliance = parts.compliance.clone();
        running.spawn(until(stop.clone(), async move { compliance.keep_counting().await }));
        let parts = parts.clone();
        running.spawn(until(stop.clone(), async move { housekeeping::run(&parts).await }));
    }
    if serve.role != NodeRole::Worker {
        let listener = TcpListener::bind(&serve.listen).await?;
        let router = routes::router(&parts, serve);
        println!("Diwan answers at {}", parts.site.public_address);
        running.spawn(web::serve(listener, router, web::ServeConfig::default(), stop.clone()));
    }
    told_to_end().await;
    tracing::info!("ending: calls under way are answered first");
    stop.cancel();
    while running.join_next().await.is_some() {}
    parts.operation.leave().await;
    Ok(())
}

/// What every node does, whatever its role: sequence the ledger, watch the directory, and look after the parts.
fn start_loops(parts: &Arc<Parts>, stop: &CancellationToken, running: &mut JoinSet<()>) {
    let (ledger, cancel) = (parts.ledger.clone(), stop.clone());
    running.spawn(async move { ledger.run(cancel).await });
    let (services, store, cancel) = (parts.services.clone(), parts.store.clone(), stop.clone());
    running.spawn(until(cancel, async move {
        loop {
            tokio::time::sleep(REFRESH_EVERY).await;
            if let Err(failure) = services.directory.refresh(&store).await {
                tracing::warn!(%failure, "the directory could not be read anew");
            }
        }
    }));
    let (permissions, cancel) = (parts.permissions.clone(), stop.clone());
    running.spawn(until(cancel, async move {
        loop {
            tokio::time::sleep(FOLLOW_EVERY).await;
            if let Err(failure) = permissions.follow().await {
                tracing::warn!(%failure, "what is narrowed could not be read anew");
            }
        }
    }));
    let (operation, cancel) = (parts.operation.clone(), stop.clone());
    running.spawn(until(cancel, async move { operation.keep_watching().await }));
}

async fn until(stop: CancellationToken, work: impl Future<Output = ()>) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = work => {}
    }
}

/// The kinds of job that this program knows.
pub fn works(parts: &Parts, serve: &ServeSettings) -> Result<Vec<Arc<dyn Work>>, Failure> {
    let (store, clock, texts) = (parts.store.clone(), parts.clock.clone(), parts.site.texts.clone());
    let mail = serve.mail_server().map(|server| mail_config(parts, serve, server));
    let post = Post::new(store.clone(), clock.clone(), texts.clone(), mail)?;
    let gateway = texting::gateway(parts, serve)?;
    Ok(vec![
        Arc::new(Mailer::new(post.clone())),
        Arc::new(Digester::new(post.clone())),
        Arc::new(ProveEmail::new(parts.identity.clone(), post)),
        Arc::new(GatherGuesses(parts.identity.clone())),
        Arc::new(WarnOfAttack::new(parts.identity.clone(), texts.clone())),
        Arc::new(SendTextCode::new(parts.identity.clone(), texts.clone(), gateway.clone())),
        Arc::new(Texter::new(store, clock, texts, gateway)),
        Arc::new(IssueOutputs(parts.services.clone())),
        Arc::new(CarryOutBatches(parts.services.clone())),
        Arc::new(RemindOfAppointment(parts.services.clone())),
        Arc::new(MakeExports(parts.services.clone())),
        Arc::new(FireTimers(parts.services.clone())),
        Arc::new(RefitClocks(parts.services.clone())),
        Arc::new(HouseDocuments(parts.services.clone())),
        Arc::new(TellOfPublication(parts.services.clone())),
        Arc::new(ExpireArrivals(parts.services.clone())),
        Arc::new(DeliverToEndpoints(parts.services.clone())),
        Arc::new(TakeBackup(parts.operation.clone())),
        Arc::new(TestRestore(parts.operation.clone())),
        Arc::new(TellOfRule(parts.devices.clone())),
        Arc::new(TellOfEnd(parts.openid.clone())),
        Arc::new(SayFarewell(parts.openid.clone())),
        Arc::new(KeepVpn(parts.devices.clone())),
        Arc::new(AssignPolicies(parts.register.clone())),
    ])
}

fn mail_config(parts: &Parts, serve: &ServeSettings, server: &str) -> MailConfig {
    let secret = |name| std::env::var(name).ok();
    MailConfig {
        server: server.to_owned(),
        sign_in: secret("DIWAN_SMTP_USER").zip(secret("DIWAN_SMTP_PASSWORD")),
        authority_pem: None,
        from: serve.mail_from.clone(),
        bounces: serve.mail_bounces.clone().filter(|mailbox| !mailbox.is_empty()),
        name: parts.site.name.clone(),
        public_address: parts.site.public_address.clone(),
        offset: parts.site.offset,
    }
}

async fn told_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        },
        Err(_) => drop(interrupt.await),
    }
}
