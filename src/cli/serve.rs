//! `loa serve`: the gateway, until it is told to stop; told to read its settings again, it does.

use std::error::Error;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;

use super::{runtime, source, told};
use crate::config::Config;
use crate::gateway::Gateway;
use crate::page;
use crate::server::{self, App, Current, Metrics, Site};
use crate::store::Disk;

/// Runs the gateway; `reread` reads the settings anew, from where they were read first.
pub(super) fn run(
    config: &Config,
    reread: impl Fn() -> anyhow::Result<Config>,
) -> anyhow::Result<()> {
    runtime()?.block_on(async {
        let listener = listen(config.listen).await?;
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
        if config.reads_no_site() {
            tracing::warn!(
                "readers come through a proxy, and no portal is named: name some (portals), or allow all public sites (open)"
            );
        }
        let address = format!("http://{}/", listener.local_addr()?);
        writeln!(io::stderr(), "{}", page::ready(told::lang(), &address))?;
        let wyoming = match config.wyoming {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let metrics = Metrics::beside(gateway.metrics());
        let (put_gateway, current_gateway) = watch::channel(gateway.clone());
        let (put, site) = watch::channel(site(&gateway, config, &metrics));
        let current = Current {
            site,
            metrics: metrics.clone(),
        };
        let reading = Rereading {
            gateway,
            metrics,
            put,
            put_gateway,
        };
        let serving = server::serve(listener, current, config.connections.clone(), stopped);
        // Readers are not kept waiting until the store has read what it holds.
        let opening = open(store.as_deref());
        let served = tokio::select! {
            (served, ()) = async { tokio::join!(serving, opening) } => served,
            never = reading.whenever_asked(config, reread) => match never {},
            broken = speak_wyoming(wyoming, current_gateway) => broken,
        };
        close(store.as_deref()).await;
        Ok(served?)
    })
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let bound = TcpListener::bind(address).await;
    bound.with_context(|| format!("{address} cannot be listened on"))
}

/// Answers those who speak the Wyoming protocol, where that was asked for.
async fn speak_wyoming(
    listener: Option<TcpListener>,
    gateway: watch::Receiver<Gateway>,
) -> io::Result<()> {
    let Some(listener) = listener else {
        return std::future::pending().await;
    };
    tell(&format!("loa: wyoming://{}", listener.local_addr()?));
    server::wyoming::serve(listener, gateway).await
}

fn site(gateway: &Gateway, config: &Config, metrics: &Metrics) -> Site {
    let app = App::new(gateway.clone(), config.portals.clone()).with_keys(&config.api_keys);
    server::site(app, &config.connections, metrics)
}

/// What takes new settings while it runs.
struct Rereading {
    gateway: Gateway,
    metrics: Metrics,
    put: watch::Sender<Site>,
    put_gateway: watch::Sender<Gateway>,
}

impl Rereading {
    /// Reads the settings again at each SIGHUP. Wrong ones change nothing.
    async fn whenever_asked(
        mut self,
        first: &Config,
        reread: impl Fn() -> anyhow::Result<Config>,
    ) -> std::convert::Infallible {
        let mut asked = Asked::listen();
        loop {
            asked.again().await;
            match reread() {
                Ok(config) => {
                    self.take(first, &config);
                    tell("loa: the settings have been read again");
                }
                Err(error) => tell(&format!("loa: the settings stay as they were: {error:#}")),
            }
        }
    }

    /// Takes what can be changed in a running gateway, and says what cannot.
    fn take(&mut self, first: &Config, config: &Config) {
        for (name, is_changed) in first.fixed_beside(config) {
            if is_changed {
                tell(&format!("loa: {name} will change when Loa is started anew"));
            }
        }
        self.gateway = source::renewed(&self.gateway, config);
        self.put_gateway.send_replace(self.gateway.clone());
        let site = site(&self.gateway, config, &self.metrics);
        self.put.send_modify(|current| *current = site);
    }
}

/// Says something to who runs Loa; nobody is left to tell where standard error is closed.
fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Hears SIGHUP, where there is such a thing.
struct Asked {
    #[cfg(unix)]
    signal: Option<signal::unix::Signal>,
}

impl Asked {
    fn listen() -> Self {
        Self {
            #[cfg(unix)]
            signal: signal::unix::signal(signal::unix::SignalKind::hangup())
                .map_err(|error| tracing::warn!(%error, "SIGHUP cannot be heard"))
                .ok(),
        }
    }

    async fn again(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
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
    tell(&page::stopping(told::lang()));
}
