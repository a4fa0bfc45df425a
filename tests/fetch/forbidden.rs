//! What must never be reached: each case ends with nobody having knocked at the forbidden door.

use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicBool, Ordering};

use loa::fetch::{Error, Fetcher, Reach, Resolve, Settings, SourceUrl};

use crate::stub::{Names, Stub, fetch, fetch_by, ok, trusting};

const PAGE: &[u8] = b"<p>Mat</p>";

/// Spellings of loopback that a router or a kernel would take there.
const LOOPBACKS: [&str; 12] = [
    "127.0.0.1",
    "0x7f.1",
    "2130706433",
    "127.0.0.2",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "[::ffff:0:127.0.0.1]",
];

async fn secret() -> Stub {
    Stub::saying(ok("text/html", PAGE)).await
}

/// Settings whose list of portals names a host at the secret's own port, but trusts nobody.
fn portal(host: &str, secret: &Stub) -> Settings {
    let portal = format!("{host}:{}", secret.port());
    let mut settings = Settings::new(Reach::Portals(vec![portal]));
    settings.robots = false; // a lure says the same to whatever it is asked
    settings
}

#[tokio::test]
async fn a_private_address_is_refused_even_as_a_portal() {
    let secret = secret().await;
    for host in LOOPBACKS {
        let address = format!("http://{host}:{}/", secret.port());
        let got = fetch(portal(host, &secret), &address).await.map(drop);
        assert!(matches!(got, Err(Error::Refused(_))), "{host} {got:?}");
    }
    assert_eq!(secret.visits().await, 0);
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_is_refused() {
    let secret = secret().await;
    for inside in [
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "10.0.0.1",
        "fd00::1",
    ] {
        let names = Names(vec![("tin.example.org", vec![inside, "127.0.0.1"])]);
        let address = format!("http://tin.example.org:{}/", secret.port());
        let got = fetch_by(names, portal("tin.example.org", &secret), &address).await;
        assert!(matches!(got, Err(Error::Refused(_))), "{inside} {got:?}");
    }
    assert_eq!(secret.visits().await, 0);
}

#[tokio::test]
async fn of_a_mixed_answer_only_the_public_address_is_dialled() {
    let names = Names(vec![(
        "tin.example.org",
        vec!["127.0.0.1", "9.9.9.9", "::1"],
    )]);
    let fetcher = Fetcher::with_resolver(Settings::new(Reach::Open), names);
    let address = SourceUrl::parse("https://tin.example.org/").expect("an address");
    let doors = fetcher.would_dial(&address).await;
    assert_eq!(doors, Ok(vec![(Ipv4Addr::new(9, 9, 9, 9), 443).into()]));
}

/// A name server that gives a public address first and loopback ever after.
#[derive(Default)]
struct Rebinding(AtomicBool);

impl Resolve for Rebinding {
    async fn addresses(&self, _name: &str) -> io::Result<Vec<IpAddr>> {
        let ip = match self.0.swap(true, Ordering::SeqCst) {
            false => Ipv4Addr::new(9, 9, 9, 9),
            true => Ipv4Addr::LOCALHOST,
        };
        Ok(vec![ip.into()])
    }
}

#[tokio::test]
async fn a_name_that_changes_its_mind_gains_nothing() {
    let secret = secret().await;
    let settings = portal("tin.example.org", &secret);
    let fetcher = Fetcher::with_resolver(settings, Rebinding::default());
    let address = format!("http://tin.example.org:{}/", secret.port());
    let address = SourceUrl::parse(&address).expect("an address");
    assert!(fetcher.would_dial(&address).await.is_ok());
    let got = fetcher.page(&address).await;
    assert_eq!(got.map(drop), Err(Error::Refused("loopback".to_owned())));
    assert_eq!(secret.visits().await, 0);
}

#[tokio::test]
async fn a_redirect_to_a_private_address_is_refused() {
    let secret = secret().await;
    for host in LOOPBACKS {
        for status in [301, 302, 303, 307, 308] {
            let location = format!("http://{host}:{}/", secret.port());
            let lure = Stub::redirecting(status, &location).await;
            let mut settings = portal(host, &secret);
            settings.trusted = vec![lure.host_port()];
            let got = fetch(settings, &lure.url("/")).await.map(drop);
            assert!(matches!(got, Err(Error::Refused(_))), "{location} {got:?}");
            assert_eq!(lure.visits().await, 1);
        }
    }
    assert_eq!(secret.visits().await, 0);
}

#[tokio::test]
async fn a_form_that_is_sent_on_to_a_private_address_is_refused() {
    let secret = secret().await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("http://127.0.0.1:{}/", secret.port());
        let lure = Stub::redirecting(status, &location).await;
        let mut settings = portal("127.0.0.1", &secret);
        settings.trusted = vec![lure.host_port()];
        let fetcher = Fetcher::new(settings);
        let address = SourceUrl::parse(&lure.url("/")).expect("an address");
        let got = fetcher.visit().post(&address, "q=1".to_owned()).await;
        let got = got.map(drop);
        assert!(matches!(got, Err(Error::Refused(_))), "{status} {got:?}");
    }
    assert_eq!(secret.visits().await, 0);
}

#[tokio::test]
async fn a_redirect_leaves_the_portals_for_nobody() {
    let lure = Stub::redirecting(302, "http://tin.example.org/").await;
    let names = Names(vec![("tin.example.org", vec!["9.9.9.9"])]);
    let got = fetch_by(names, trusting(&[&lure]), &lure.url("/")).await;
    let host = "tin.example.org".to_owned();
    assert_eq!(got.map(drop), Err(Error::NotAPortal { host }));
}

#[tokio::test]
async fn a_redirect_off_the_web_is_refused() {
    for location in [
        "file:///etc/hostname",
        "javascript:1",
        "ftp://127.0.0.1/",
        "http://a@b/",
    ] {
        let lure = Stub::redirecting(302, location).await;
        let got = fetch(trusting(&[&lure]), &lure.url("/")).await.map(drop);
        assert!(matches!(got, Err(Error::Refused(_))), "{location} {got:?}");
    }
}

#[tokio::test]
async fn trust_in_one_port_is_no_trust_in_its_neighbour() {
    let (open, secret) = (secret().await, secret().await);
    let settings = Settings {
        reach: Reach::Open,
        ..trusting(&[&open])
    };
    assert!(fetch(settings.clone(), &open.url("/")).await.is_ok());
    let by_name = format!("http://localhost:{}/", open.port());
    let mapped = format!("http://[::ffff:127.0.0.1]:{}/", open.port());
    for address in [secret.url("/"), by_name, mapped] {
        let got = fetch(settings.clone(), &address).await.map(drop);
        assert!(matches!(got, Err(Error::Refused(_))), "{address} {got:?}");
    }
    assert_eq!((open.visits().await, secret.visits().await), (1, 0));
}
