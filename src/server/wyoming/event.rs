//! Events as they come over the wire: a line of JSON, then the JSON and the bytes that it announces.

use std::io::{self, ErrorKind};

use serde::Deserialize;
use serde_json::{Map, Value};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader, Take};

/// Most bytes of an event's line, and of the JSON after it.
const MOST_JSON: u64 = 256 << 10;
/// Most bytes that follow it, which only microphones send and nobody here hears.
const MOST_PAYLOAD: u64 = 1 << 20;

/// An event without what only sounds carry.
#[derive(Debug, PartialEq)]
pub(super) struct Event {
    pub(super) kind: String,
    pub(super) data: Map<String, Value>,
}

#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    data: Option<Map<String, Value>>,
    #[serde(default)]
    data_length: Option<u64>,
    #[serde(default)]
    payload_length: Option<u64>,
}

/// The events that come.
pub(super) struct Events<R> {
    from: Take<BufReader<R>>,
}

impl<R: AsyncRead + Unpin> Events<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            from: BufReader::new(from).take(0),
        }
    }

    /// Returns the next event; none where the client has left.
    ///
    /// # Errors
    /// Where it is no event, or longer than events may be.
    pub(super) async fn next(&mut self) -> io::Result<Option<Event>> {
        let mut line = Vec::new();
        self.from.set_limit(MOST_JSON);
        self.from.read_until(b'\n', &mut line).await?;
        if line.is_empty() {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') {
            return Err(bad("an event broke off, or is too long"));
        }
        let head: Head = serde_json::from_slice(&line).map_err(|_| bad("it is no event"))?;
        let mut data = head.data.unwrap_or_default();
        let more = self.bytes(head.data_length, MOST_JSON).await?;
        if !more.is_empty() {
            let more: Map<String, Value> =
                serde_json::from_slice(&more).map_err(|_| bad("its data is no JSON object"))?;
            data.extend(more);
        }
        self.bytes(head.payload_length, MOST_PAYLOAD).await?;
        Ok(Some(Event {
            kind: head.kind,
            data,
        }))
    }

    async fn bytes(&mut self, length: Option<u64>, most: u64) -> io::Result<Vec<u8>> {
        let length = length.unwrap_or(0);
        if length > most {
            return Err(bad("an event is too long"));
        }
        self.from.set_limit(length);
        let mut bytes = Vec::new();
        self.from.read_to_end(&mut bytes).await?;
        if bytes.len() as u64 == length {
            return Ok(bytes);
        }
        Err(bad("an event broke off"))
    }
}

/// Writes an event as it goes over the wire.
pub(super) fn written(kind: &str, data: &Value, payload: &[u8]) -> Vec<u8> {
    let data = data.to_string();
    let head = serde_json::json!({
        "type": kind,
        "version": "1.10.2",
        "data_length": data.len(),
        "payload_length": payload.len(),
    });
    let mut bytes = head.to_string().into_bytes();
    bytes.push(b'\n');
    bytes.extend_from_slice(data.as_bytes());
    bytes.extend_from_slice(payload);
    bytes
}

fn bad(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(bytes: &[u8]) -> Vec<Result<Option<Event>, String>> {
        let mut events = Events::new(bytes);
        let mut read = Vec::new();
        loop {
            let next = events.next().await.map_err(|error| error.to_string());
            let is_last = !matches!(next, Ok(Some(_)));
            read.push(next);
            if is_last {
                return read;
            }
        }
    }

    #[tokio::test]
    async fn what_is_written_is_read_and_what_others_carry_is_passed_over() {
        let data = serde_json::json!({ "text": "xin chào" });
        let mut bytes = written("synthesize", &data, &[]);
        bytes.extend(written("audio-chunk", &serde_json::json!({}), &[7; 300]));
        bytes.extend(b"{\"type\": \"describe\", \"data\": null}\n");
        let read = read(&bytes).await;
        let kinds: Vec<_> = read
            .iter()
            .flatten()
            .flatten()
            .map(|e| e.kind.as_str())
            .collect();
        assert_eq!(kinds, ["synthesize", "audio-chunk", "describe"]);
        assert_eq!(
            read[0]
                .as_ref()
                .expect("read")
                .as_ref()
                .expect("an event")
                .data["text"],
            "xin chào"
        );
        assert_eq!(read[3], Ok(None));
    }

    #[tokio::test]
    async fn what_is_no_event_or_too_long_is_an_error() {
        let endless = vec![b'x'; 300 << 10];
        for bytes in [
            &b"hello\n"[..],
            b"{\"type\": \"describe\"",
            b"{\"type\": 7}\n",
            b"{\"type\": \"x\", \"data_length\": 9}\n{}",
            b"{\"type\": \"x\", \"data_length\": 2}\n[]",
            b"{\"type\": \"x\", \"data_length\": 99999999999}\n",
            b"{\"type\": \"x\", \"payload_length\": 99999999999}\n",
            b"{\"type\": \"x\", \"data_length\": -1}\n",
            &endless,
        ] {
            assert!(
                matches!(&read(bytes).await[..], [Err(_)]),
                "{:?}",
                &bytes[..20.min(bytes.len())]
            );
        }
    }
}
