//! `loa serve`: the gateway, until it is told to stop.

use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal;

use super::{runtime, source, told};
use crate::config::Config;
use crate::page;
use crate::server::{self, App};
use crate::store::Disk;

pub(super) fn run(config: &Config) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let listener = TcpListener::bind(config.listen)
            .await
            .with_context(|| format!("{} cannot be listened on", config.listen))?;
        let store = config
            .store
            .clone()
            .map(|settings| Arc::new(Disk::new(settings)));
        let mut gateway = source::gateway(config);
        if let Some(store) = &store {
            gateway = gateway.kept_in(Arc::clone(store) as _);
        }
        for fault in gateway.voices().faults() {
            writeln!(io::stderr(), "loa: {fault}")?;
        }
        let address = format!("http://{}/", listener.local_addr()?);
        writeln!(io::stderr(), "{}", page::ready(told::lang(), &address))?;
        let router = server::router(
            App::new(gateway, config.portals.clone()),
            &config.connections,
        );
        // Readers are not kept waiting until the store has read what it holds.
        let serving = server::serve(listener, router, config.connections.clone(), stopped);
        let (served, ()) = tokio::join!(serving, open(store.as_deref()));
        close(store.as_deref()).await;
        Ok(served?)
    })
}

/// Opens the store; where that fails, sound goes on without it.
async fn open(store: Option<&Disk>) {
    let Some(store) = store else { return };
    if let Err(error) = store.open().await {
        tracing::warn!(error = &error as &dyn Error, "sound is not kept on disk");
    }
}

/// Writes what waits to be written. What fails is made anew when it is asked for.
async fn close(store: Option<&Disk>) {
    let Some(store) = store else { return };
    if let Err(error) = store.close().await {
        tracing::warn!(
            error = &error as &dyn Error,
            "the store was not closed in order"
        );
    }
}

/// Resolves when the process is asked to end, and says so: Ctrl-C, or SIGTERM from an init system.
async fn stopped() {
    let interrupted = signal::ctrl_c();
    #[cfg(unix)]
    match signal::unix::signal(signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be heard");
            let _ = interrupted.await; // an error here means that Ctrl-C cannot be heard either
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
    // Nobody is left to tell where standard error is closed.
    let _ = writeln!(io::stderr(), "{}", page::stopping(told::lang()));
}
