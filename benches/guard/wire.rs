//! Known pages beside a bare hyper server that answers as many bytes, and kept sound in ranges beside nginx
//! serving it from a file. Needs wrk and nginx, which `./run bench guard` installs where it can.

use std::convert::Infallible;
use std::fs;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use bytes::Bytes;
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Response, header};
use hyper_util::rt::TokioIo;

use crate::PAGE;
use crate::common::client::get;
use crate::common::loa::Server;
use crate::portal::{TextPortal, own_text};

const CONNECTIONS: &str = "64";
const SECONDS: &str = "5";
const RUNS: usize = 3;
/// A part of a sound, as players ask for them.
const RANGE: &str = "bytes=500000-565535";

pub(crate) fn run() {
    if !has("wrk") {
        println!("wrk is not installed: nothing is measured");
        return;
    }
    pages();
    ranges();
}

fn has(program: &str) -> bool {
    let asked = Command::new(program)
        .arg("-v")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    asked.is_ok()
}

fn pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&[]);
    let bytes = get(server.address, PAGE, &[]).body.len();
    let bare = bare(bytes);
    let script = script(folder.path(), "");
    let mut ratios = Vec::new();
    for _ in 0..RUNS {
        let hyper = wrk(bare, "/", &script);
        let loa = wrk(server.address, PAGE, &script);
        ratios.push(loa / hyper);
        println!(
            "    known page of {bytes} bytes: {loa:.0} requests/s, bare hyper {hyper:.0}: {:.2}",
            loa / hyper
        );
    }
    println!(
        "known pages, {CONNECTIONS} connections: {:.2} of bare hyper (to reach: 0.70)",
        median(&mut ratios)
    );
}

/// A bare hyper server with as many threads, answering as many bytes.
#[expect(clippy::disallowed_methods, reason = "a benchmark's own server")]
fn bare(bytes: usize) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    listener.set_nonblocking(true).expect("a listener");
    let body = Bytes::from(vec![b'a'; bytes]);
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            loop {
                let (stream, _) = listener.accept().await.expect("a client");
                let body = body.clone();
                tokio::spawn(async move {
                    let answer = service_fn(move |_| {
                        let response = Response::builder()
                            .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
                            .body(Full::new(body.clone()));
                        async move { Ok::<_, Infallible>(response.expect("an answer")) }
                    });
                    // That wrk hangs up at its end is no fault.
                    let _ = http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), answer)
                        .await;
                });
            }
        });
    });
    address
}

fn ranges() {
    if !has("nginx") {
        println!("nginx is not installed: ranges are not measured");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let portal = TextPortal::start(own_text());
    let server = Server::start(&["--trust", &portal.address.to_string()]);
    let path = portal.sound("ranges");
    let sound = get(server.address, &path, &[]).body;
    fs::write(folder.path().join("sound.mp3"), &sound).expect("a file");
    let nginx = Nginx::start(folder.path());
    let script = script(folder.path(), RANGE);
    let mut ratios = Vec::new();
    for _ in 0..RUNS {
        let file = wrk(nginx.address, "/sound.mp3", &script);
        let loa = wrk(server.address, &path, &script);
        ratios.push(loa / file);
        println!(
            "    64 KB of kept sound: {loa:.0} requests/s, nginx {file:.0}: {:.2}",
            loa / file
        );
    }
    println!(
        "kept sound in ranges: {:.2} of nginx (to reach: 0.80)",
        median(&mut ratios)
    );
}

/// nginx with the files of a folder; it ends with this value.
struct Nginx {
    process: Child,
    address: SocketAddr,
}

impl Nginx {
    fn start(folder: &Path) -> Self {
        let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("its address");
        drop(free);
        let at = folder.display();
        let settings = format!(
            "daemon off; worker_processes auto; pid {at}/pid; error_log {at}/error.log;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log off; sendfile on; tcp_nopush off; keepalive_requests 1000000;\n\
             types {{ audio/mpeg mp3; }}\n\
             client_body_temp_path {at}/b; proxy_temp_path {at}/p; fastcgi_temp_path {at}/f;\n\
             uwsgi_temp_path {at}/u; scgi_temp_path {at}/s;\n\
             server {{ listen {address}; root {at}; }} }}\n"
        );
        let file = folder.join("nginx.conf");
        fs::write(&file, settings).expect("a settings file");
        open_to_all(folder);
        let process = Command::new("nginx")
            .arg("-c")
            .arg(&file)
            .stderr(Stdio::null())
            .spawn();
        let process = process.expect("nginx starts");
        while std::net::TcpStream::connect(address).is_err() {
            std::thread::yield_now();
        }
        Self { process, address }
    }
}

/// nginx' workers are not who started it.
fn open_to_all(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
            .expect("a folder of our own");
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let process = self.process.id().to_string();
        let asked = Command::new("kill").arg(process).status();
        assert!(asked.expect("kill").success());
        self.process.wait().expect("its end");
    }
}

/// A script for wrk that asks for a range, or for nothing.
fn script(folder: &Path, range: &str) -> String {
    let file = folder.join("ask.lua");
    let mut script = fs::File::create(&file).expect("a file");
    if !range.is_empty() {
        writeln!(script, "wrk.headers[\"Range\"] = \"{range}\"").expect("a line");
    }
    file.to_str().expect("a plain path").to_owned()
}

/// Returns how many requests a second a server answers.
fn wrk(server: SocketAddr, path: &str, script: &str) -> f64 {
    let url = format!("http://{server}{path}");
    let out = Command::new("wrk")
        .args([
            "-t",
            "2",
            "-c",
            CONNECTIONS,
            "-d",
            SECONDS,
            "-s",
            script,
            &url,
        ])
        .output()
        .expect("wrk runs");
    let told = String::from_utf8_lossy(&out.stdout);
    assert!(!told.contains("Non-2xx"), "{told}");
    let rate = told
        .lines()
        .find_map(|line| line.trim().strip_prefix("Requests/sec:"));
    rate.unwrap_or_else(|| panic!("{told}"))
        .trim()
        .parse()
        .expect("a number")
}

fn median(all: &mut [f64]) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}
