//! Locks a speech worker in: the engine is a large C library that reads whatever strangers write.
//!
//! Once the engine is loaded, a worker needs to read its pipe and the engine's data, to write its pipe, and to
//! copy itself; it gives up everything else. System calls beyond these fail (seccomp), files outside the data
//! folder cannot be read (Landlock), and memory, files and their sizes have limits. Where a kernel has one of
//! them not, the others hold; `loa check` tries from inside what holds.
//!
//! Sources: seccomp(2), landlock(7), setrlimit(2); the calls are those that glibc and musl make for what is done.

use std::fs::{self, File};
use std::net::UdpSocket;
use std::path::Path;
use std::process::Command;

/// Most bytes of a worker's own memory. It takes some 20 MB; a minute of speech is 3 MB.
const MOST_MEMORY: u64 = 256 << 20;
/// Most files that a worker has open: its pipes, and one or two of the engine's.
const MOST_FILES: u64 = 32;

/// Locks this process in, which must have one thread and have loaded all code that it needs. What the system
/// does not have is left out.
pub(super) fn lock_in(data: &Path) {
    limit();
    #[cfg(target_os = "linux")]
    {
        // Whichever is missing, the other holds; what holds is told by `try_out`.
        let _ = files::restrict(data);
        #[cfg(any(
            target_arch = "x86_64",
            target_arch = "aarch64",
            target_arch = "riscv64"
        ))]
        let _ = calls::restrict();
    }
    #[cfg(not(target_os = "linux"))]
    let _ = data;
}

#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (resource, most) in [
        (Resource::Data, MOST_MEMORY),
        (Resource::Nofile, MOST_FILES),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        let _ = setrlimit(resource, limit); // a lower limit of the system's own holds as well
    }
}

/// What a worker must not be able to do.
pub(super) const KEPT_FROM: [&str; 5] = [
    "network",
    "programs",
    "writing files",
    "reading other files",
    "much memory",
];

/// Tries from inside all of [`KEPT_FROM`]; each with whether it was kept from it.
pub(super) fn try_out() -> [bool; 5] {
    let file = std::env::temp_dir().join(format!("loa-{}", std::process::id()));
    let writes = File::create(&file).is_ok();
    if writes {
        let _ = fs::remove_file(&file);
    }
    let mut memory: Vec<u8> = Vec::new();
    [
        UdpSocket::bind("127.0.0.1:0").is_err(),
        Command::new("/bin/true").status().is_err(),
        !writes,
        File::open("/etc/passwd").is_err(),
        memory.try_reserve_exact(4 * MOST_MEMORY as usize).is_err(),
    ]
}

#[cfg(target_os = "linux")]
mod files {
    use super::Path;

    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, Ruleset, RulesetAttr,
        RulesetCreatedAttr, RulesetError, path_beneath_rules,
    };

    /// What may be read: the engine's data, nothing else; nothing may be written, no port bound or dialled.
    pub(super) fn restrict(data: &Path) -> Result<(), RulesetError> {
        let abi = ABI::V5;
        Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessFs::from_all(abi))?
            .handle_access(AccessNet::from_all(abi))?
            .create()?
            .add_rules(path_beneath_rules([data], AccessFs::from_read(abi)))?
            .restrict_self()
            .map(drop)
    }
}

/// The processors that the filter is made for; their kernels number calls alike but for the elders.
#[cfg(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64"
    )
))]
mod calls {
    use std::collections::BTreeMap;

    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule, apply_filter,
    };

    /// Calls that may be made as they are.
    const CALLS: &[i64] = &[
        // pipes and files that are open
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_pread64,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_lseek,
        libc::SYS_fstat,
        libc::SYS_newfstatat,
        libc::SYS_statx,
        libc::SYS_faccessat,
        libc::SYS_faccessat2,
        libc::SYS_readlinkat,
        libc::SYS_getdents64,
        libc::SYS_fcntl,
        libc::SYS_ioctl,
        libc::SYS_dup,
        libc::SYS_dup3,
        libc::SYS_ppoll,
        // memory
        libc::SYS_brk,
        libc::SYS_mmap,
        libc::SYS_mprotect,
        libc::SYS_mremap,
        libc::SYS_munmap,
        libc::SYS_madvise,
        // time and chance
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_nanosleep,
        libc::SYS_gettimeofday,
        libc::SYS_setitimer,
        libc::SYS_getrandom,
        // oneself and one's copy
        libc::SYS_wait4,
        libc::SYS_exit,
        libc::SYS_exit_group,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_tgkill,
        libc::SYS_futex,
        libc::SYS_set_robust_list,
        libc::SYS_set_tid_address,
        libc::SYS_rseq,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_sched_yield,
        libc::SYS_getrusage,
        libc::SYS_uname,
    ];

    /// Their elders, which newer processors' kernels do not have.
    #[cfg(target_arch = "x86_64")]
    const ELDERS: &[i64] = &[
        libc::SYS_stat,
        libc::SYS_lstat,
        libc::SYS_access,
        libc::SYS_readlink,
        libc::SYS_dup2,
        libc::SYS_poll,
        libc::SYS_alarm,
        libc::SYS_time,
        libc::SYS_fork,
        libc::SYS_arch_prctl,
    ];
    #[cfg(not(target_arch = "x86_64"))]
    const ELDERS: &[i64] = &[];

    /// Lets the calls above be made, files be opened for reading, and this process be copied; any other call
    /// fails with EPERM, which the C library tells its caller like any other failure.
    pub(super) fn restrict() -> Result<(), seccompiler::Error> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> = CALLS
            .iter()
            .chain(ELDERS)
            .map(|call| (*call, Vec::new()))
            .collect();
        let writing = libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC;
        rules.insert(libc::SYS_openat, vec![without(2, writing)?]);
        #[cfg(target_arch = "x86_64")]
        rules.insert(libc::SYS_open, vec![without(1, writing)?]);
        // A copy of one's own, in no namespace of its own and no thread.
        let apart = libc::CLONE_NEWUSER
            | libc::CLONE_NEWNS
            | libc::CLONE_NEWNET
            | libc::CLONE_NEWPID
            | libc::CLONE_NEWIPC
            | libc::CLONE_NEWUTS
            | libc::CLONE_NEWCGROUP
            | libc::CLONE_THREAD
            | libc::CLONE_VM;
        rules.insert(libc::SYS_clone, vec![without(0, apart)?]);
        let (refused, allowed) = (
            SeccompAction::Errno(libc::EPERM.unsigned_abs()),
            SeccompAction::Allow,
        );
        let filter =
            SeccompFilter::new(rules, refused, allowed, std::env::consts::ARCH.try_into()?)?;
        let program: BpfProgram = filter.try_into()?;
        apply_filter(&program)
    }

    /// A rule that holds where an argument has none of these bits.
    fn without(argument: u8, bits: libc::c_int) -> Result<SeccompRule, seccompiler::BackendError> {
        let bits = u64::from(bits.cast_unsigned());
        let none = SeccompCondition::new(
            argument,
            SeccompCmpArgLen::Dword,
            SeccompCmpOp::MaskedEq(bits),
            0,
        )?;
        SeccompRule::new(vec![none])
    }
}
