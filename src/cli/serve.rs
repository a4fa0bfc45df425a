//! `loa serve`: the gateway, until it is told to stop.

use std::io::{self, Write};

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal;

use super::{runtime, source, told};
use crate::config::Config;
use crate::page;
use crate::server::{self, App};

pub(super) fn run(config: &Config) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let listener = TcpListener::bind(config.listen)
            .await
            .with_context(|| format!("{} cannot be listened on", config.listen))?;
        let gateway = source::gateway(config);
        for fault in gateway.voices().faults() {
            writeln!(io::stderr(), "loa: {fault}")?;
        }
        let address = format!("http://{}/", listener.local_addr()?);
        writeln!(io::stderr(), "{}", page::ready(told::lang(), &address))?;
        let router = server::router(App::new(gateway, config.portals.clone()));
        server::serve(listener, router, config.connections, stopped).await?;
        Ok(())
    })
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
