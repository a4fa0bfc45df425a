//! A thousand connections that say nothing, stop in the midst of a head, or say a byte a second, against the
//! real server over loopback; meanwhile a known page is read again and again. It ends when all are closed, or
//! after a minute.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use crate::common::loa::Server;
use crate::{read, told};

const CONNECTIONS: usize = 1_000;
const IDLE_RUNS: usize = 1_000;
const LONGEST: Duration = Duration::from_secs(60);

/// What each third of the connections begins with, and what it then says byte by byte.
const MANNERS: [(&str, &str, &str); 3] = [
    ("silent", "", ""),
    ("half a preface", "PRI * HTTP/2.0\r", ""),
    (
        "slow",
        "GET / HTTP/1.1\r\n",
        "X-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ),
];

pub(crate) fn run() {
    allow_files();
    let server = Server::start(&[]);
    read(server.address);
    let mut idle: Vec<_> = (0..IDLE_RUNS).map(|_| read(server.address)).collect();
    println!("known page, nobody else there: {}", told(&mut idle));
    besieged(server.address);
}

/// Each of the connections takes a file of this process too.
fn allow_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let raised = Rlimit {
            current: limit.maximum,
            ..limit
        };
        setrlimit(Resource::Nofile, raised).expect("the hard limit is allowed");
    }
}

/// A connection that does harm.
struct Hostile {
    stream: TcpStream,
    drip: &'static [u8],
    is_open: bool,
}

impl Hostile {
    fn new(server: SocketAddr, (_, begins, drips): (&str, &'static str, &'static str)) -> Self {
        let mut stream = TcpStream::connect(server).expect("a connection");
        stream.write_all(begins.as_bytes()).expect("a beginning");
        stream.set_nonblocking(true).expect("a socket");
        Self {
            stream,
            drip: drips.as_bytes(),
            is_open: true,
        }
    }

    /// Says its next byte, if it has one. That nobody listens any more is seen by the next look.
    fn drip(&mut self) {
        if let Some((byte, rest)) = self.drip.split_first() {
            let _ = self.stream.write(&[*byte]);
            self.drip = rest;
        }
    }

    /// Looks whether the server has closed it.
    fn look(&mut self) {
        let mut bytes = [0; 1024];
        loop {
            match self.stream.read(&mut bytes) {
                Ok(1..) => {}
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return,
                Ok(0) | Err(_) => {
                    self.is_open = false;
                    return;
                }
            }
        }
    }
}

fn besieged(server: SocketAddr) {
    let began = Instant::now();
    let manner = |at: usize| MANNERS[at % MANNERS.len()];
    let mut hostile: Vec<_> = (0..CONNECTIONS)
        .map(|at| Hostile::new(server, manner(at)))
        .collect();
    let opened = began.elapsed();
    let (mut meanwhile, mut second) = (Vec::new(), 0);
    while hostile.iter().any(|one| one.is_open) && began.elapsed() < LONGEST {
        meanwhile.push(read(server));
        if began.elapsed().as_secs() > second {
            second = began.elapsed().as_secs();
            hostile
                .iter_mut()
                .filter(|one| one.is_open)
                .for_each(Hostile::drip);
        }
        hostile
            .iter_mut()
            .filter(|one| one.is_open)
            .for_each(Hostile::look);
    }
    let left = hostile.iter().filter(|one| one.is_open).count();
    let kinds: Vec<_> = MANNERS.iter().map(|(name, _, _)| *name).collect();
    println!(
        "{CONNECTIONS} connections ({}), opened in {:.2} s: {left} still open {:.1} s after the first (to reach: 0 after 15 s)",
        kinds.join(", "),
        opened.as_secs_f64(),
        began.elapsed().as_secs_f64(),
    );
    println!(
        "known page meanwhile: {} (to reach: p99 50 ms)",
        told(&mut meanwhile)
    );
}
