//! How a host name becomes addresses.

use std::future::Future;
use std::io;
use std::net::IpAddr;

/// Looks host names up. What it finds is judged before it is dialled, so it need not be believed.
pub trait Resolve: Send + Sync {
    /// Finds the addresses of a host name, the preferred one first.
    ///
    /// # Errors
    /// Where the name has none, or nobody who knows can be asked.
    fn addresses(&self, name: &str) -> impl Future<Output = io::Result<Vec<IpAddr>>> + Send;
}

/// The computer's own resolver: its hosts file and its name servers.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let any_port = 0;
        let found = tokio::net::lookup_host((name, any_port)).await?;
        Ok(found.map(|socket| socket.ip()).collect())
    }
}
