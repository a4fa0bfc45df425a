//! Every row of `addresses.tsv`, up to the door that would be dialled.

use std::io;
use std::net::IpAddr;

use loa::fetch::{Error, Fetcher, Reach, Resolve, Settings, SourceUrl};

/// A DNS in which a name that is none of the rows' own is public: what must be refused by its name is
/// not refused by luck.
struct Dns;

impl Resolve for Dns {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let ip = match name {
            "loop4.example.org" => "127.0.0.1",
            "loop6.example.org" => "::1",
            "six.example.org" => "2606:4700:4700::1111",
            _ => "93.184.216.34",
        };
        Ok(vec![ip.parse().expect("an address")])
    }
}

/// Says what would be dialled.
async fn doors(given: &str) -> Result<Vec<String>, Error> {
    let address = SourceUrl::parse(given)?;
    let fetcher = Fetcher::with_resolver(Settings::new(Reach::Open), Dns);
    let doors = fetcher.would_dial(&address).await?;
    Ok(doors.iter().map(|door| door.ip().to_string()).collect())
}

#[tokio::test]
async fn every_address_is_judged_as_its_row_says() {
    let mut wrong = Vec::new();
    for row in include_str!("addresses.tsv").lines().skip(1) {
        let [category, value, verdict, expected, note] = cells(row);
        let value = value.replace("\\\\", "\\").replace("\\t", "\t");
        let doors = doors(&value).await;
        let is_right = match verdict {
            "allow" => doors.as_deref() == Ok(&[expected.to_owned()]),
            "deny" | "strict" => doors.is_err(),
            "policy" => true,
            _ => false,
        };
        if !is_right {
            wrong.push(format!("{category} {value:?} ({note}): {doors:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cells(row: &str) -> [&str; 5] {
    let mut cells = row.split('\t');
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}

#[tokio::test]
async fn where_a_row_leaves_it_open_only_public_addresses_are_dialled() {
    let public_inside = doors("http://[64:ff9b::808:808]/").await;
    assert_eq!(public_inside, Ok(vec!["64:ff9b::808:808".to_owned()]));
    let mapped = doors("http://[::ffff:8.8.8.8]/").await;
    assert_eq!(mapped, Ok(vec!["8.8.8.8".to_owned()]));
    for malformed in [
        "http://127.0.0.1%2f@example.com/",
        "http://http://10.1.2.3/",
    ] {
        assert!(doors(malformed).await.is_err(), "{malformed}");
    }
}
