//! Which system calls a worker may make, and which its copies.
//!
//! Any other call fails with EPERM, which the C library tells its caller like any other failure. The processors
//! that the filters are made for number calls alike but for the elders.

use std::collections::BTreeMap;

use seccompiler::{
    BackendError, BpfProgram, Error, SeccompAction, SeccompCmpArgLen, SeccompCmpOp,
    SeccompCondition, SeccompFilter, SeccompRule, apply_filter, apply_filter_all_threads,
};

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// What a copy may do as it likes while it speaks.
const SPEAKING: &[i64] = &[
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
    // memory
    libc::SYS_brk,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_madvise,
    // time and chance
    libc::SYS_clock_gettime,
    libc::SYS_gettimeofday,
    libc::SYS_getrandom,
    // oneself
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_futex,
    libc::SYS_set_robust_list,
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
    libc::SYS_time,
];
#[cfg(not(target_arch = "x86_64"))]
const ELDERS: &[i64] = &[];

/// What a worker may do besides, for its copies.
const COPYING: &[i64] = &[
    libc::SYS_wait4,
    libc::SYS_set_tid_address,
    libc::SYS_rseq,
    libc::SYS_setitimer, // the time that a copy has
    libc::SYS_prlimit64,
    libc::SYS_getppid,
    libc::SYS_seccomp, // a filter can only take away
    #[cfg(target_arch = "x86_64")]
    libc::SYS_alarm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
];
/// Of what a process may ask about itself: the ways to have less.
const PRCTL: &[libc::c_int] = &[libc::PR_SET_NO_NEW_PRIVS, libc::PR_SET_PDEATHSIG];
/// Of what may be asked of an open file: nothing that has signals sent or that others notice.
const FCNTL: &[libc::c_int] = &[
    libc::F_GETFD,
    libc::F_SETFD,
    libc::F_GETFL,
    libc::F_DUPFD_CLOEXEC,
];
const WRITING: libc::c_int = libc::O_WRONLY | libc::O_RDWR | libc::O_CREAT | libc::O_TRUNC;
/// A copy is no thread, shares no memory, and is in no namespace of its own.
const NO_MERE_COPY: libc::c_int = libc::CLONE_NEWUSER
    | libc::CLONE_NEWNS
    | libc::CLONE_NEWNET
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_THREAD
    | libc::CLONE_VM
    | libc::CLONE_PARENT;

/// A filter that is made and not yet in force.
pub(super) struct Filter(BpfProgram);

impl Filter {
    /// Makes the filter of copies: once, so that no copy loses time with it.
    pub(super) fn of_copies() -> Result<Self, BackendError> {
        Ok(Self(program(speaking()?)?))
    }

    /// Puts the filter in force for this thread, which must be the only one.
    pub(super) fn apply(&self) -> Result<(), Error> {
        apply_filter(&self.0)
    }
}

/// Puts the filter of workers in force, for the engine's own threads, too.
pub(super) fn restrict() -> Result<(), Error> {
    apply_filter_all_threads(&program(speaking_and_copying()?)?)
}

fn program(rules: Rules) -> Result<BpfProgram, BackendError> {
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let processor = std::env::consts::ARCH.try_into()?;
    SeccompFilter::new(rules, refused, SeccompAction::Allow, processor)?.try_into()
}

fn speaking() -> Result<Rules, BackendError> {
    let calls = SPEAKING.iter().chain(ELDERS);
    let mut rules: Rules = calls.map(|call| (*call, Vec::new())).collect();
    rules.insert(libc::SYS_openat, vec![without(&[(2, WRITING)])?]);
    #[cfg(target_arch = "x86_64")]
    rules.insert(libc::SYS_open, vec![without(&[(1, WRITING)])?]);
    // Memory that others share is in no limit, and no code comes in once the engine is there.
    let memory = without(&[(2, libc::PROT_EXEC), (3, libc::MAP_SHARED)])?;
    rules.insert(libc::SYS_mmap, vec![memory]);
    rules.insert(libc::SYS_mprotect, vec![without(&[(2, libc::PROT_EXEC)])?]);
    rules.insert(libc::SYS_fcntl, one_of(1, FCNTL)?);
    Ok(rules)
}

fn speaking_and_copying() -> Result<Rules, BackendError> {
    let mut rules = speaking()?;
    rules.extend(COPYING.iter().map(|call| (*call, Vec::new())));
    rules.insert(libc::SYS_clone, vec![without(&[(0, NO_MERE_COPY)])?]);
    rules.insert(libc::SYS_prctl, one_of(0, PRCTL)?);
    Ok(rules)
}

/// A rule that holds where no argument has any of its bits.
fn without(arguments: &[(u8, libc::c_int)]) -> Result<SeccompRule, BackendError> {
    let none = |&(argument, bits): &(u8, libc::c_int)| {
        let bits = u64::from(bits.cast_unsigned());
        let operator = SeccompCmpOp::MaskedEq(bits);
        SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, 0)
    };
    SeccompRule::new(arguments.iter().map(none).collect::<Result<_, _>>()?)
}

/// Rules of which one holds where an argument is one of these.
fn one_of(argument: u8, values: &[libc::c_int]) -> Result<Vec<SeccompRule>, BackendError> {
    let rule = |value: &libc::c_int| {
        let value = u64::from(value.cast_unsigned());
        let equal = SeccompCmpOp::Eq;
        SeccompCondition::new(argument, SeccompCmpArgLen::Dword, equal, value)
            .and_then(|condition| SeccompRule::new(vec![condition]))
    };
    values.iter().map(rule).collect()
}
