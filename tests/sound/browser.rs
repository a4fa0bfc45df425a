//! Drives Chromium through its debugging pipe: messages of JSON, each ended by a zero byte, on its
//! file descriptors 3 and 4. So no port is opened and no socket library is needed.
//!
//! Source: Chrome DevTools Protocol, and `--remote-debugging-pipe` in Chromium's `content_switches`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Where the system's Chromium may be found.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// No window, no network of its own, and sound without a click.
const FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync --disable-extensions \
    --disable-dev-shm-usage --autoplay-policy=no-user-gesture-required --remote-debugging-pipe";

/// A running Chromium with one page; it ends with this value.
pub(crate) struct Chromium {
    process: Child,
    commands: ChildStdin,
    told: BufReader<ChildStdout>,
    sent: u64,
    page: Option<String>,
    _profile: TempDir,
}

impl Chromium {
    pub(crate) fn start() -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let names = NAMES.join(" ");
        let script = format!(
            "for name in {names}; do command -v $name >/dev/null && \
            exec $name {FLAGS} --user-data-dir=\"$0\" 3<&0 4>&1 </dev/null >/dev/null 2>&1; done; exit 127"
        );
        let mut process = Command::new("sh")
            .args(["-c", &script])
            .arg(profile.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let commands = process.stdin.take().expect("its input");
        let told = BufReader::new(process.stdout.take().expect("its output"));
        let mut chromium = Self {
            process,
            commands,
            told,
            sent: 0,
            page: None,
            _profile: profile,
        };
        let target = chromium.call("Target.createTarget", &json!({"url": "about:blank"}));
        let attached = json!({"targetId": target["targetId"], "flatten": true});
        let session = chromium.call("Target.attachToTarget", &attached);
        chromium.page = session["sessionId"].as_str().map(str::to_owned);
        chromium.call("Page.enable", &json!({}));
        chromium
    }

    /// Runs a script at the beginning of every page that is opened from now on.
    pub(crate) fn before(&mut self, script: &str) {
        self.call(
            "Page.addScriptToEvaluateOnNewDocument",
            &json!({"source": script}),
        );
    }

    /// Opens an address and waits until it is loaded.
    pub(crate) fn open(&mut self, address: &str) {
        self.send("Page.navigate", &json!({"url": address}));
        while self.next()["method"] != "Page.loadEventFired" {}
    }

    /// Runs a script in the page, waits for what it promises, and returns that.
    #[track_caller]
    pub(crate) fn run(&mut self, script: &str) -> Value {
        let asked = json!({"expression": script, "awaitPromise": true, "returnByValue": true});
        let answer = self.call("Runtime.evaluate", &asked);
        let failed = &answer["exceptionDetails"];
        assert!(failed.is_null(), "{failed:#}");
        answer["result"]["value"].clone()
    }

    fn send(&mut self, method: &str, params: &Value) -> u64 {
        self.sent += 1;
        let mut message = json!({"id": self.sent, "method": method, "params": params});
        if let Some(page) = &self.page {
            message["sessionId"] = page.as_str().into();
        }
        let sent = self.commands.write_all(format!("{message}\0").as_bytes());
        sent.expect("Chromium must be installed for the tests (see ./run test)");
        self.sent
    }

    fn next(&mut self) -> Value {
        let mut message = Vec::new();
        self.told
            .read_until(0, &mut message)
            .expect("what Chromium says");
        let message = message.strip_suffix(b"\0");
        let message = message.expect("Chromium must be installed for the tests (see ./run test)");
        serde_json::from_slice(message).expect("JSON")
    }

    #[track_caller]
    fn call(&mut self, method: &str, params: &Value) -> Value {
        let id = self.send(method, params);
        loop {
            let mut message = self.next();
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].take();
            }
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Asked to end it takes its processes along; where it is gone already there is nobody to ask.
        let _ = self
            .commands
            .write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        let mut rest = Vec::new();
        while matches!(self.told.read_until(0, &mut rest), Ok(1..)) {}
        self.process.wait().expect("its end");
    }
}
